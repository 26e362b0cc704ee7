"""A group that a person gives is weighed as one that was found, and its chance is not asked."""

from __future__ import annotations

from verband.methods.connecting import Evidence, Incident, Parameters, weigh


def incident(key: str, day: float, *values: str) -> Incident:
    return Incident(
        key=key,
        domain="cyber" if day < 500 else "maritime",
        start=day,
        end=day + 1,
        evidence=tuple(Evidence("means", value, key) for value in values),
    )


SAMPLE = (
    incident("a", 100.0, "wiper"),
    incident("b", 103.0, "wiper"),
    incident("c", 108.0, "wiper"),
    incident("d", 900.0, "anchor"),
    incident("e", 1800.0, "balloon"),
    *(incident(f"x{number}", 60.0 * number, f"means {number}") for number in range(30)),
)


def test_a_group_that_shares_a_rare_value_weighs_more_than_one_that_shares_nothing() -> None:
    alike, apart = weigh(SAMPLE, Parameters(), [(0, 1, 2), (0, 3, 4)])

    assert alike.bans is not None
    assert apart.bans is not None
    assert alike.bans > apart.bans
    assert [item.value for item in alike.shared] == ["wiper"]
    assert apart.links == ()


def test_two_reports_are_too_few_to_weigh() -> None:
    (pair,) = weigh(SAMPLE, Parameters(), [(1, 0)])

    assert (pair.incidents, pair.bans, pair.reports) == ((0, 1), None, 2)


def test_without_the_feature_that_they_share_the_weight_is_gone() -> None:
    (whole,) = weigh(SAMPLE, Parameters(), [(0, 1, 2)])
    (without,) = weigh(SAMPLE, Parameters(exclude_features=("means",)), [(0, 1, 2)])

    assert whole.bans is not None
    assert without.bans is None
    assert without.shared == ()
