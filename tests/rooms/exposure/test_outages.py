"""An outage that is saved stands as it was computed; it says when the network has changed since, and what now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.rooms.exposure.conftest import NOW, WRITER, add, fill, process, reader
from tests.rooms.risk.test_pages import sign_in
from verband.language.errors import InputError, NotFoundError, VerbandError
from verband.rooms.exposure import outages, services
from verband.rooms.exposure.models import Outage, Requirement
from verband.rooms.exposure.outages import OutageView
from verband.rooms.people.services import Reader

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
STATED = {"name": "Storm in the north", "text": "One storm takes both", "source": "A plan of 2026"}


def save(*picks: str, who: Reader = WRITER, hours: float = 24, marking: str = "", **words: str) -> OutageView:
    return outages.save(picks, horizon_h=hours, marking=marking, language="en", who=who, now=NOW, **{**STATED, **words})


def code_of(act: Callable[[], object]) -> str:
    """The code of the error that it ends in."""
    with pytest.raises(VerbandError) as ended:
        act()
    return ended.value.code


def post(client: Client, **filled: object) -> tuple[int, str]:
    posted = {"fail": ["grid"], "hours": "24", "marking": "CLEAR", **STATED, **filled}
    answer = client.post("/exposure/outages/keep/", posted, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.mark.requirement("R062")
def test_what_is_saved_is_what_was_computed_then() -> None:
    fill()

    view = save("grid")

    assert [(one.key, one.fails_at_h) for one in view.fallen] == [("grid", 0), ("pumps", 4), ("water", 12)]
    # grid 3 * 24, water 3 * 12; the pumps have no class.
    assert view.row.lost_h == 108
    assert view.row.low_h < 108 < view.row.high_h
    assert (view.row.picks, view.row.horizon_h, view.row.method_version) == (["grid"], 24, "1")
    assert view.fallen[2].missing_names("en") == "Process pumps"
    assert outages.outage(view.key, WRITER) == view


def test_a_change_elsewhere_in_the_network_changes_nothing_of_it() -> None:
    fill()
    view = save("grid")

    services.add("processes", process("port"), who=WRITER, now=NOW)
    add("requirements", node="port", members="reagent", k="1", buffer_h="3")
    now = outages.compared(view, WRITER, "en")

    assert (now.changed, now.gone) == (False, ())
    assert now.blast is not None
    assert (now.blast.lost_h, now.blast.low_h, now.blast.high_h) == (view.row.lost_h, view.row.low_h, view.row.high_h)


def test_it_says_when_the_network_has_changed_and_what_it_would_be_now() -> None:
    fill()
    view = save("grid")

    number = str(Requirement.objects.get(node="water", members=["pumps"]).pk)
    services.withdraw("requirements", number, reason="A spare was built", who=WRITER, now=NOW)
    now = outages.compared(view, WRITER, "en")

    assert now.changed
    assert [(row.key, row.then_h, row.now_h) for row in now.rows] == [
        ("grid", 0, 0),
        ("pumps", 4, 4),
        ("water", 12, None),
    ]
    assert now.blast is not None
    assert now.blast.lost_h == 72
    assert [one.key for one in outages.outage(view.key, WRITER).fallen] == ["grid", "pumps", "water"]


def test_a_pick_that_is_gone_is_named_and_nothing_is_computed() -> None:
    fill()
    view = save("grid")

    row = next(row for row in services.rows("processes", WRITER) if row.key == "grid")  # type: ignore[attr-defined]
    services.withdraw("processes", str(row.pk), reason="Entered twice", who=WRITER, now=NOW)

    assert outages.compared(view, WRITER, "en") == outages.Now(("Process grid",), True, None, ())


def test_its_marking_is_the_highest_of_what_decides_over_it_and_no_more() -> None:
    fill()
    services.add("processes", process("harbour", marking="RED"), who=WRITER, now=NOW)
    services.add("processes", process("homes", grade="B", impact="Cold", marking="AMBER"), who=WRITER, now=NOW)
    add("requirements", node="homes", members="grid", k="1", buffer_h="1", marking="AMBER")

    assert save("reagent").marking.tlp == "CLEAR"
    found = save("grid")
    assert found.marking.tlp == "AMBER"
    assert code_of(lambda: save("grid", name="Too open", marking="GREEN")) == "exposure.below_base"
    assert code_of(lambda: outages.outage(found.key, reader(tlp="GREEN"))) == "exposure.no_outage"
    assert [one.row.name for one in outages.outages(reader(tlp="GREEN"))] == [STATED["name"]]


def test_what_misses_is_named_and_who_may_not_write_is_refused() -> None:
    fill()

    for field in STATED:
        with pytest.raises(InputError) as refused:
            save("grid", **{field: " "})
        assert refused.value.params["field"] == field
    assert code_of(lambda: save("grid", name="x" * 201)) == "exposure.long"
    assert code_of(save) == "exposure.empty"
    assert code_of(lambda: save("grid", who=reader())) == "people.no_power"
    assert code_of(lambda: save("gird")) == "exposure.no_node"
    save("grid")
    assert code_of(lambda: save("grid")) == "exposure.saved"
    assert Outage.objects.count() == 1


def test_one_that_is_taken_back_stays_with_its_reason_and_as_known_before_it_stood() -> None:
    fill()
    view = save("grid")

    assert code_of(lambda: outages.withdraw(view.key, reason=" ", who=WRITER, now=NOW)) == "exposure.empty"
    later = NOW + timedelta(days=2)
    outages.withdraw(view.key, reason="The plan changed", who=WRITER, now=later)

    assert outages.outage(view.key, WRITER).row.withdrawn_reason == "The plan changed"
    before = int((NOW + timedelta(days=1)).timestamp())
    assert not outages.outage(view.key, WRITER, known_on=before).withdrawn
    with pytest.raises(NotFoundError):
        outages.outage(view.key, WRITER, known_on=int(NOW.timestamp()) - 1)


def test_the_cascade_in_words_names_each_hour_cause_and_source() -> None:
    fill()

    told = outages.told(save("grid"), "en").split("\n")

    assert told[0].startswith("Within 24 hours, by method version 1")
    assert told[1:] == [
        "0 h: Process grid (A); chosen",
        "4 h: Process pumps; because these were down: Process grid; A paper",
        "12 h: Process water (A); because these were down: Process pumps; A paper",
    ]


def test_it_is_saved_opened_and_taken_back_on_the_pages(sign_in: Callable[..., Client]) -> None:
    fill()
    client = sign_in("ann")

    asked = client.get("/exposure/what-if/?fail=grid&hours=24").content.decode()
    status, shown = post(client)
    key = Outage.objects.get().key
    listed = client.get("/exposure/outages/").content.decode()
    empty = client.post(f"/exposure/outages/{key}/withdraw/", {"reason": ""})
    gone = client.post(f"/exposure/outages/{key}/withdraw/", {"reason": "Not so"}, follow=True).content.decode()

    assert 'action="/exposure/outages/keep/"' in asked
    assert status == 200
    for words in ("Storm in the north", "One storm takes both", "it would come out the same now", "Process water"):
        assert words in shown
    assert f'href="/exposure/outages/{key}/"' in listed
    assert empty.status_code == 400
    assert 'id="withdraw-reason-error"' in empty.content.decode()
    assert "Not so" in gone
    assert "Begin a scenario" not in gone
    assert "fails_at_h" in client.get(f"/exposure/outages/{key}/?format=csv").content.decode()
    assert client.get("/exposure/outages/none/").status_code == 404


@pytest.mark.parametrize(
    ("filled", "field"),
    [
        ({"name": ""}, "name"),
        ({"source": ""}, "source"),
        ({"marking": "PURPLE"}, "marking"),
        ({"hours": "-3"}, "hours"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(
    filled: dict[str, str], field: str, sign_in: Callable[..., Client]
) -> None:
    fill()

    status, shown = post(sign_in("ann"), **filled)

    assert status == 400
    assert (f'id="save-{field}-error"' in shown) or (field == "hours" and 'id="f-hours-error"' in shown)
    assert Outage.objects.count() == 0
    if field != "hours":
        assert "One storm takes both" in shown
        assert 'name="fail" value="grid"' in shown
