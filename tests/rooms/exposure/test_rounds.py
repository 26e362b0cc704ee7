"""Processes that sectors repeat: all steps in order, round by round, and taken over by a second sector."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.rooms.exposure.conftest import NOW, WRITER, reader
from tests.rooms.exposure.test_pages import text
from tests.rooms.risk.test_pages import sign_in
from verband.demo import process_rows
from verband.language.errors import InputError, NotFoundError, RefusedError, VerbandError
from verband.rooms.exposure import rounds, services
from verband.rooms.exposure.models import SectorProcess, SectorStep

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
STEPS = ("agenda", "threat_input", "measure_review", "decisions", "follow_up")


def begin(sector: str, *, from_key: str = "", **cells: str) -> SectorProcess:
    of = {"sector": sector, "title_nl": f"Proces {sector}", "title_en": f"Process {sector}", "source": "P"}
    return rounds.begin({**of, "marking": "CLEAR", **cells}, from_key=from_key, who=WRITER, now=NOW)


def take(key: str, step: str, **cells: str) -> SectorStep:
    of = {"step": step, "done_on": "2026-05-01", "outcome": f"Did {step}", "decided_by": "Board", "source": "P"}
    return rounds.take(key, {**of, "marking": "CLEAR", **cells}, who=WRITER, now=NOW)


def test_the_template_has_agenda_threat_input_measures_and_decisions() -> None:
    assert rounds.template() == STEPS


@pytest.mark.requirement("R051")
def test_a_second_sector_begins_with_all_steps_of_the_first() -> None:
    services.load_sector_processes(process_rows.sector_processes(), who=WRITER, now=NOW)
    SectorProcess.objects.update(steps=[*STEPS, "joint_exercise"])

    made = begin("electricity_national", from_key="telecom")

    assert made.key == "electricity-national"
    assert made.begun_from == "telecom"
    (_, electricity) = services.sector_processes(WRITER)
    assert [step for step, _ in electricity.running.steps] == [*STEPS, "joint_exercise"]
    assert electricity.running.next_step == "agenda"


@pytest.mark.requirement("R051")
def test_the_process_repeats_when_its_last_step_is_taken() -> None:
    begin("telecom", every_months="6")
    for step in STEPS:
        take("telecom", step)

    (view,) = services.sector_processes(WRITER)

    assert [one.number for one in view.rounds] == [1, 2]
    assert view.running.next_step == "agenda"
    assert str(view.due_on()) == "2026-11-01"
    assert [row.outcome for _, row in view.rounds[0].steps if row] == [f"Did {step}" for step in STEPS]


def test_steps_are_taken_in_order_and_taken_back_from_the_last() -> None:
    begin("telecom")
    first = take("telecom", "agenda")
    second = take("telecom", "threat_input")

    for step, code in (("decisions", "exposure.round_order"), ("party", "exposure.word")):
        with pytest.raises(InputError) as caught:
            take("telecom", step)
        assert caught.value.code == code
    with pytest.raises(InputError, match="threat_input"):
        rounds.withdraw_step(str(first.pk), reason="Wrong", who=WRITER, now=NOW)
    rounds.withdraw_step(str(second.pk), reason="Wrong", who=WRITER, now=NOW)
    assert services.sector_processes(WRITER)[0].running.next_step == "threat_input"
    assert SectorStep.objects.get(pk=second.pk).withdrawn_reason == "Wrong"


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"every_months": "0"}, "exposure.months", "every_months"),
        ({"every_months": "half"}, "exposure.number", "every_months"),
        ({"sector": "  "}, "exposure.empty", "sector"),
        ({"sector": "…"}, "exposure.key", "sector"),
        ({"sector": "telecom"}, "exposure.taken", "sector"),
        ({"title_en": ""}, "exposure.empty", "title_en"),
        ({"marking": ""}, "exposure.empty", "marking"),
    ],
)
def test_a_process_that_cannot_be_is_refused_at_its_field(cells: dict[str, str], code: str, field: str) -> None:
    begin("telecom")

    with pytest.raises(InputError) as caught:
        begin(**{"sector": "rail", **cells})

    assert (caught.value.code, caught.value.params["field"]) == (code, field)


def test_a_step_of_tomorrow_is_refused() -> None:
    begin("telecom")

    with pytest.raises(InputError, match="not come yet"):
        take("telecom", "agenda", done_on="2026-06-02")


def test_a_sector_that_begins_anew_has_none_of_the_old_steps() -> None:
    old = begin("telecom")
    take("telecom", "agenda")
    rounds.withdraw(str(old.pk), reason="Merged", who=WRITER, now=NOW)
    begin("telecom")

    assert services.sector_processes(WRITER)[0].running.next_step == "agenda"
    day_before = int((NOW - timedelta(days=1)).timestamp())
    assert services.sector_processes(WRITER, known_on=day_before) == []


def test_who_may_not_write_or_see_is_refused() -> None:
    begin("telecom", marking="AMBER")
    of = {"sector": "rail", "title_nl": "R", "title_en": "R", "source": "P", "marking": "CLEAR"}

    with pytest.raises(RefusedError):
        rounds.begin(of, from_key="", who=reader("read"), now=NOW)
    with pytest.raises(NotFoundError):
        rounds.process("telecom", reader())
    with pytest.raises(VerbandError) as caught:
        begin("rail", from_key="telecom", marking="GREEN")
    assert caught.value.code == "exposure.below_base"


@pytest.mark.requirement("R051")
def test_a_process_is_begun_from_another_and_a_step_kept_on_the_pages(sign_in: Callable[..., Client]) -> None:
    services.load_sector_processes(process_rows.sector_processes(), who=WRITER, now=NOW)
    client = sign_in("ann")
    of = {"title_nl": "Elektriciteit", "title_en": "Electricity", "source": "P", "marking": "CLEAR"}

    wrong = client.post("/exposure/rounds/act/begin/", {**of, "sector": "", "from": "telecom"})
    assert (wrong.status_code, 'id="begin-sector-error"' in wrong.content.decode()) == (400, True)
    begun = client.post(
        "/exposure/rounds/act/begin/", {**of, "sector": "electricity_national", "from": "telecom"}, follow=True
    )
    assert "Round 1: 0 of 5 steps done." in begun.content.decode()
    step = {"key": "electricity-national", "step": "agenda", "outcome": "Set", "decided_by": "Board", "source": "P"}
    step["marking"] = "CLEAR"
    empty = client.post("/exposure/rounds/act/take/", {**step, "done_on": ""})
    assert (empty.status_code, 'id="take-done_on-error"' in empty.content.decode()) == (400, True)
    taken = client.post("/exposure/rounds/act/take/", {**step, "done_on": "2026-05-01"}, follow=True)
    assert "Round 1: 1 of 5 steps done." in taken.content.decode()
    number = SectorStep.objects.get().pk
    gone = {"key": "electricity-national", "number": number, "reason": " "}
    assert 'id="step-reason-error"' in client.post("/exposure/rounds/act/withdraw-step/", gone).content.decode()
    assert "electricity-national,electricity_national,1,agenda,2026-05-01" in text(client, "rounds/?format=csv")
    text(client, "rounds/none/", 404)
