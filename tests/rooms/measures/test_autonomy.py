"""The board of open strategic autonomy: one pillar for each measure, by a person; what is empty or one-sided shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.rooms.exposure.conftest import WRITER, reader
from tests.rooms.exposure.dependence.conftest import identified, judged, mitigated
from tests.rooms.risk.test_pages import sign_in
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit.models import Entry
from verband.rooms.measures import autonomy, services
from verband.rooms.measures.models import AutonomyTag

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)
MEASURES = (
    ("COM-1", "Investment test on takeovers", "CLEAR"),
    ("COM-2", "Research agenda", "CLEAR"),
    ("COM-3", "NATO support teams", "AMBER"),
    ("COM-4", "A desk", "CLEAR"),
)


@pytest.fixture(autouse=True)
def measures(db: None) -> None:
    services.load(
        [
            services.CommitmentRow(
                key=key,
                kind="law",
                title_nl=f"{title} (nl)",
                title_en=title,
                owner="EZK",
                owner_basis="stated",
                accent="generic",
                source_nl="Brief",
                source_en="Letter",
                marking=marking,
            )
            for key, title, marking in MEASURES
        ],
        who=WRITER,
        now=NOW,
    )


def place(measure: str, pillar: str = "risky_dependencies", direction: str = "protect", reason: str = "r") -> None:
    autonomy.place(measure, pillar=pillar, direction=direction, reason=reason, who=WRITER, now=NOW)


def test_a_reason_is_no_longer_than_another_text() -> None:
    with pytest.raises(InputError) as placed:
        place("MEA-1", reason="x" * 10_001)
    place("MEA-1")
    number = str(AutonomyTag.objects.get().pk)
    with pytest.raises(InputError) as taken_back:
        autonomy.withdraw(number, reason="x" * 10_001, who=WRITER, now=NOW)

    assert (placed.value.code, taken_back.value.code) == ("autonomy.long", "autonomy.long")
    assert AutonomyTag.objects.get().withdrawn_at is None


@pytest.mark.requirement("R050")
def test_a_measure_stands_under_exactly_one_pillar_and_an_empty_pillar_is_flagged() -> None:
    place("MEA-1")
    place("MEA-2", "eu_strength", "promote")

    found = autonomy.board(WRITER)
    with pytest.raises(InputError) as error:
        place("MEA-1", "eu_strength")

    pillars = [sum(one in found.under(key) for key in autonomy.choices(autonomy.PILLARS)) for one in found.placed]
    assert pillars == [1, 1, 0, 0]
    assert [one.measure.key for one in found.untagged] == ["MEA-3", "MEA-4"]
    assert found.empty == ("power_to_act",)
    assert error.value.code == "autonomy.tagged"


@pytest.mark.requirement("R050")
def test_what_a_rule_proposes_is_no_tag_until_a_person_puts_it_there() -> None:
    found = autonomy.board(WRITER)

    assert [(one.proposal.pillar, one.proposal.word) if one.proposal else None for one in found.placed] == [
        ("risky_dependencies", "investment"),
        ("eu_strength", "research"),
        ("power_to_act", "nato"),
        None,
    ]
    assert len(found.untagged) == 4
    assert found.empty == ("eu_strength", "risky_dependencies", "power_to_act")
    assert not AutonomyTag.objects.exists()


def test_a_tag_is_taken_back_with_a_reason_and_stays_in_the_history() -> None:
    place("MEA-1")
    number = str(AutonomyTag.objects.get().pk)

    autonomy.withdraw(number, reason="Another pillar", who=WRITER, now=datetime(2026, 7, 1, tzinfo=UTC))
    with pytest.raises(InputError) as twice:
        autonomy.withdraw(number, reason="Again", who=WRITER, now=NOW)
    place("MEA-1", "eu_strength")

    june = int(datetime(2026, 6, 15, tzinfo=UTC).timestamp())
    assert twice.value.code == "autonomy.withdrawn"
    assert [one.measure.key for one in autonomy.board(WRITER).under("eu_strength")] == ["MEA-1"]
    assert [one.measure.key for one in autonomy.board(WRITER, known_on=june).under("eu_strength")] == ["MEA-1"]
    assert Entry.objects.filter(action="measure put under a pillar").count() == 2


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"pillar": "fortress"}, "autonomy.word", "pillar"),
        ({"direction": "punish"}, "autonomy.word", "direction"),
        ({"reason": " "}, "autonomy.empty", "reason"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(changed: dict[str, str], code: str, field: str) -> None:
    with pytest.raises(InputError) as error:
        place("MEA-1", **changed)

    assert (error.value.code, error.value.params["field"]) == (code, field)


def test_a_tag_is_marked_as_its_measure_is_and_unseen_below_it() -> None:
    place("MEA-3", "power_to_act", "partner")

    assert autonomy.board(reader()).empty == ("eu_strength", "risky_dependencies", "power_to_act")
    assert autonomy.board(WRITER).under("power_to_act")[0].measure.key == "MEA-3"
    with pytest.raises(NotFoundError):
        autonomy.place("MEA-3", pillar="eu_strength", direction="promote", reason="r", who=reader("assess"), now=NOW)
    with pytest.raises(RefusedError):
        autonomy.place("MEA-1", pillar="eu_strength", direction="promote", reason="r", who=reader(), now=NOW)


@pytest.mark.requirement("R050")
def test_the_board_shows_pillars_directions_and_what_is_empty(sign_in: Callable[..., Client]) -> None:
    place("MEA-1")
    client = sign_in("ann")

    shown = client.get("/measures/autonomy/").content.decode()
    filled = client.get("/measures/autonomy/?measure=MEA-2&pillar=eu_strength&direction=promote").content.decode()

    assert "1 of 4 measures stand under a pillar." in shown
    assert "2 empty pillars" in shown
    assert "No measure stands under this pillar." in shown
    assert 'data-chart="autonomy' in shown
    assert "its English title has “research”" in shown
    assert '<option value="eu_strength" selected>' in filled
    assert '<option value="MEA-2" selected>' in filled


def test_a_measure_is_put_there_and_taken_back_on_the_page(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")
    told = {"measure": "MEA-1", "pillar": "risky_dependencies", "direction": "protect"}

    wrong = client.post("/measures/autonomy/place/", {**told, "reason": ""})
    right = client.post("/measures/autonomy/place/", {**told, "reason": "The letter says so"}, follow=True)
    number = AutonomyTag.objects.get().pk
    empty = client.post("/measures/autonomy/withdraw/", {"number": number, "reason": ""})
    back = client.post("/measures/autonomy/withdraw/", {"number": number, "reason": "Wrong"}, follow=True)

    assert (wrong.status_code, empty.status_code) == (400, 400)
    assert 'id="p-reason-error"' in wrong.content.decode()
    assert "The letter says so" in right.content.decode()
    assert f'id="withdraw-{number}-error"' in empty.content.decode()
    assert "0 of 4 measures stand under a pillar." in back.content.decode()
    assert client.post("/measures/autonomy/burn/", {}).status_code == 404


@pytest.mark.requirement("R123")
def test_a_dependency_shows_the_measures_that_it_names_strengthening_beside_protecting(
    sign_in: Callable[..., Client],
) -> None:
    identified()
    judged()
    mitigated(direction="protect", measure="MEA-1")
    client = sign_in("ann", tlp="GREEN")

    one_sided = client.get("/exposure/strategic/register/chips/").content.decode()
    mitigated(direction="promote", measure="MEA-2")
    mitigated(direction="partner", measure="MEA-3")
    both = client.get("/exposure/strategic/register/chips/").content.decode()

    assert "Only protection stands here: no measure strengthens." in one_sided
    assert "Investment test on takeovers" in one_sided
    assert "Research agenda" in both
    assert "Only protection stands here" not in both
    assert "NATO support teams" not in both
    assert "Named, but there is no measure of that number that you may see:" in both


@pytest.mark.requirement("R123")
def test_the_dashboard_of_dependencies_shows_the_measures_of_the_board(sign_in: Callable[..., Client]) -> None:
    place("MEA-1")
    client = sign_in("ann")

    one_sided = client.get("/exposure/strategic/").content.decode()
    place("MEA-2", "eu_strength", "promote")
    both = client.get("/exposure/strategic/").content.decode()

    assert "Only protection stands here: no measure strengthens." in one_sided
    assert "Research agenda" in both
    assert "Only protection stands here" not in both


def test_the_board_is_downloaded_with_proposals_apart(sign_in: Callable[..., Client]) -> None:
    place("MEA-1")

    rows = sign_in("ann").get("/measures/autonomy/?format=json").json()

    told = rows["rows"] if isinstance(rows, dict) else rows
    assert [(row["measure"], row["pillar"], row["proposed_pillar"]) for row in told] == [
        ("MEA-1", "risky_dependencies", ""),
        ("MEA-2", "", "eu_strength"),
        ("MEA-3", "", "power_to_act"),
        ("MEA-4", "", ""),
    ]
