"""Indicators: the validator, who looked, levels by rule and confirmation together, misses and false alarms."""

from __future__ import annotations

import pytest

from tests.rooms.risk.conftest import NOW
from tests.rooms.risk.watch.conftest import INDICATOR, at, later, somebody
from verband.language.errors import InputError, RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.risk.models import LevelChange, WarningIndicator
from verband.rooms.risk.watch import warning
from verband.rooms.risk.watch.warning import IndicatorView

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R097")]
WHO = somebody()


def view(days: int = 0, *, known_on: int | None = None) -> IndicatorView:
    return warning.indicators(WHO, now=later(days), known_on=known_on)[0]


def see(number: int, *values: float, days: int = 0) -> None:
    for value in values:
        seen = {"observed_on": later(days).date().isoformat(), "value": str(value), "seen": "Counted"}
        warning.observe(str(number), seen, who=WHO, now=later(days))


def test_a_level_changes_only_when_the_rule_proposes_it_and_a_person_confirms_it() -> None:
    made = warning.set_up(INDICATOR, who=WHO, now=NOW)
    with pytest.raises(InputError) as without_rule:
        warning.confirm(str(made.pk), level="raised", reason="I think so", who=WHO, now=NOW)

    see(made.pk, 11, 12)
    unconfirmed = view()
    with pytest.raises(InputError):
        warning.confirm(str(made.pk), level="high", reason="More than asked", who=WHO, now=NOW)
    warning.confirm(str(made.pk), level="raised", reason="Two weeks above ten", who=WHO, now=NOW)

    assert without_rule.value.code == "watch.not_proposed"
    assert (unconfirmed.level, unconfirmed.proposes) == ("normal", "raised")
    assert (view().level, view().proposes) == ("raised", "raised")
    assert [(one.was, one.level, one.values) for one in LevelChange.objects.all()] == [
        ("normal", "raised", [11.0, 12.0])
    ]
    assert [entry.actor for entry in audit.entries(action="warning level confirmed")] == [WHO.signature]


def test_a_level_does_not_flap_around_its_threshold() -> None:
    made = warning.set_up(INDICATOR, who=WHO, now=NOW)
    see(made.pk, 11, 12)
    warning.confirm(str(made.pk), level="raised", reason="Above ten", who=WHO, now=NOW)

    see(made.pk, 9.5, 10.5, 9.0, 8.1)
    still = view().proposes
    see(made.pk, 7.5, 7.0)

    assert still == "raised"
    assert view().proposes == "normal"
    assert view().level == "raised"


@pytest.mark.parametrize(
    ("expected", "nothing"),
    [
        ({}, True),
        ({"coincidence": "C"}, True),
        ({"coincidence": "C", "criminal": "C", "one_state": "C"}, True),
        ({"coincidence": "N", "criminal": "N", "one_state": "C"}, False),
    ],
)
def test_an_indicator_that_is_expected_alike_under_every_hypothesis_is_flagged(
    expected: dict[str, str], nothing: bool
) -> None:
    bare = {name: value for name, value in INDICATOR.items() if not name.startswith("expected-")}
    warning.set_up({**bare, **{f"expected-{key}": word for key, word in expected.items()}}, who=WHO, now=NOW)

    assert view().says_nothing is nothing


def test_an_indicator_that_nobody_looked_at_within_its_period_is_shown_as_such() -> None:
    made = warning.set_up(INDICATOR, who=WHO, now=NOW)
    never = view()
    see(made.pk, 1, days=5)

    assert (never.unlooked, never.looked_at) == (True, None)
    assert (view(35).unlooked, view(36).unlooked) == (False, True)
    assert view(36).looked_at == at(5)
    assert view(36, known_on=at(4)).looked_at is None
    assert not view(300).unlooked


def test_an_indicator_ends_on_its_day_and_then_neither_looks_nor_warns() -> None:
    made = warning.set_up(INDICATOR, who=WHO, now=NOW)
    see(made.pk, 30, 30)

    with pytest.raises(InputError) as caught:
        see(made.pk, 30, days=300)

    assert caught.value.code == "watch.expired"
    assert (view(300).expired, view(300).proposes) == (True, "normal")


def test_misses_and_false_alarms_are_logged_also_after_the_end() -> None:
    made = warning.set_up(INDICATOR, who=WHO, now=NOW)
    miss = {"outcome": "miss", "happened_on": "2026-12-30", "text": "Codes were stolen without a call"}

    warning.judge_outcome(str(made.pk), miss, who=WHO, now=later(300))
    warning.judge_outcome(str(made.pk), {**miss, "outcome": "false_alarm"}, who=WHO, now=later(301))

    assert (view(301).misses, view(301).false_alarms) == (1, 1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"observer": " "}, "watch.nobody_lawful"),
        ({"lawful_ground": ""}, "watch.nobody_lawful"),
        ({"high_at": "9"}, "watch.thresholds"),
        ({"direction": "falling"}, "watch.thresholds"),
        ({"margin": "0", "in_a_row": "1"}, "watch.no_hysteresis"),
        ({"margin": "-1"}, "watch.number"),
        ({"raised_at": "many"}, "watch.number"),
        ({"raised_at": "nan"}, "watch.number"),
        ({"expires_on": "2026-05-31"}, "watch.order"),
        ({"expires_on": "soon"}, "watch.day"),
        ({"expected-criminal": "maybe"}, "watch.word"),
        ({"look_days": "0"}, "watch.number"),
    ],
)
def test_what_cannot_be_an_indicator_is_refused_at_its_field(given: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as caught:
        warning.set_up({**INDICATOR, **given}, who=WHO, now=NOW)

    assert caught.value.code == code
    assert caught.value.params["field"]
    assert not WarningIndicator.objects.exists()


@pytest.mark.requirement("P4")
def test_who_may_not_assess_neither_sets_nor_confirms() -> None:
    made = warning.set_up(INDICATOR, who=WHO, now=NOW)
    see(made.pk, 11, 12)
    other = somebody("dee", role="decider", powers="decide")

    with pytest.raises(RefusedError):
        warning.set_up(INDICATOR, who=other, now=NOW)
    with pytest.raises(RefusedError):
        warning.confirm(str(made.pk), level="raised", reason="Yes", who=other, now=NOW)
    assert view().level == "normal"
