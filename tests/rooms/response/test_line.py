"""The whole line: a public incident becomes a case, a decision, an execution and an effect, by named people."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.rooms.response.conftest import ADVICE, NATIONAL, NOW, YES, Prepared, Room, ingested, one_row, prepare
from verband.language.errors import InputError
from verband.rooms.audit import services as audit
from verband.rooms.response import services as response
from verband.rooms.response.models import Step

pytestmark = pytest.mark.django_db
SEEN = {
    "observed_on": "2026-06-02",
    "seen": "The embassy answered that it knows of nothing.",
    "verdict": "not_seen",
    "source": "Own reading of the answer",
    "marking": "",
}


@pytest.mark.requirement("R028")
@pytest.mark.requirement("R030")
@pytest.mark.requirement("P19")
def test_a_public_incident_goes_from_case_to_closed_by_four_people_with_actor_time_and_reason(
    room: Room, prepared: Prepared
) -> None:
    package = prepared.political
    room.move(package, "advise", "bo", ADVICE)
    room.move(package, "decide", "min", YES)
    room.move(package, "execute", "des", {"reason": "Partners agreed; said on one day."}, days=1)
    view = response.package(package.key, response.case(prepared.case.key, room.who("ann")), room.who("ann"), now=NOW)
    indicator = view.watched[0].indicator.key
    response.observe_effect(package.key, SEEN | {"indicator": indicator}, who=room.who("ann"), now=NOW.replace(day=3))
    room.move(package, "follow", "ann", {"reason": "One answer so far."}, days=3)
    room.move(package, "close", "ann", {"reason": "Nothing more is expected."}, days=4)

    steps = list(Step.objects.filter(package=package))
    assert [step.state for step in steps] == ["prepared", "advised", "decided_yes", "executed", "followed", "closed"]
    assert [step.person for step in steps] == ["ann", "bo", "min", "des", "ann", "ann"]
    assert all(step.reason and step.kept_at and step.source for step in steps)
    assert steps[2].mandate_words.startswith("Function of min")
    assert audit.verify().intact
    acts = [entry.action for entry in audit.entries() if entry.action.startswith("response ")]
    assert {"response advise", "response decide", "response execute", "response close"} <= set(acts)


@pytest.mark.requirement("R040")
def test_an_effect_before_its_decision_is_refused_by_state_and_by_day(room: Room, prepared: Prepared) -> None:
    package = prepared.political
    view = response.package(package.key, response.case(prepared.case.key, room.who("ann")), room.who("ann"), now=NOW)
    seen = SEEN | {"indicator": view.watched[0].indicator.key}

    with pytest.raises(InputError) as undecided:
        response.observe_effect(package.key, seen, who=room.who("ann"), now=NOW.replace(day=3))
    room.move(package, "advise", "bo", ADVICE)
    room.move(package, "decide", "min", YES)
    with pytest.raises(InputError) as early:
        response.observe_effect(
            package.key, seen | {"observed_on": "2026-05-31"}, who=room.who("ann"), now=NOW.replace(day=3)
        )
    with pytest.raises(InputError) as future:
        response.observe_effect(
            package.key, seen | {"observed_on": "2026-07-01"}, who=room.who("ann"), now=NOW.replace(day=3)
        )

    assert (undecided.value.code, early.value.code) == ("response.effect_undecided", "response.effect_too_early")
    assert early.value.params["first"] == "2026-06-01"
    assert future.value.code == "response.effect_in_future"


@pytest.mark.requirement("R040")
def test_what_nobody_looked_at_after_its_day_shows_as_open_and_nothing_is_followed_without_an_effect(
    room: Room, prepared: Prepared
) -> None:
    package = prepared.political
    room.move(package, "advise", "bo", ADVICE)
    room.move(package, "decide", "min", YES)
    room.move(package, "execute", "des", {"reason": "Done."})
    case = response.case(prepared.case.key, room.who("ann"))

    before = response.package(package.key, case, room.who("ann"), now=NOW.replace(day=20)).watched
    after = response.package(package.key, case, room.who("ann"), now=NOW.replace(day=21)).watched

    assert ([one.open for one in before], [one.open for one in after]) == ([False, False], [True, True])
    with pytest.raises(InputError) as caught:
        room.move(package, "follow", "ann", {"reason": "Looked."})
    assert caught.value.code == "response.no_effect"


@pytest.mark.requirement("R118")
@pytest.mark.requirement("R041")
def test_the_prosecution_decides_under_its_own_law_and_passes_no_political_gate(room: Room, prepared: Prepared) -> None:
    package = prepared.competent

    room.move(package, "advise", "bo", ADVICE | NATIONAL)
    decided = room.move(package, "decide", "officer", YES)
    room.move(package, "execute", "des", {"reason": "Charges brought."})

    assert room.state(package) == "executed"
    assert decided.mandate is not None
    assert (decided.mandate.power, decided.mandate.organisation.key) == ("decide_prosecution", "prosecution")


@pytest.mark.requirement("R030")
@pytest.mark.parametrize("told", ["", "unknown"])
def test_a_case_about_an_actor_that_nobody_named_goes_the_same_way(room: Room, tmp_path: Path, told: str) -> None:
    held = next(csv.DictReader(io.StringIO(one_row("CYB-001"))))
    nobody = {"id": "X-1", "actor_as_stated": told, "actor_kind": "", "attribution_as_stated": "", "attributed_by": ""}
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(held))
    writer.writeheader()
    writer.writerow(held | nobody)
    room.incident = ingested(stream.getvalue(), tmp_path, "unnamed.csv")

    package = prepare(room).political
    room.move(package, "advise", "bo", ADVICE)
    room.move(package, "decide", "min", YES)
    room.move(package, "execute", "des", {"reason": "Said on one day."}, days=1)

    assert room.state(package) == "executed"
