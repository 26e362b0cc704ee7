"""What is overdue, and what is known later beside a status as stated that stays as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.rooms.measures.progress.conftest import LOW, NOW, ROWS, WRITER, reader, row
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.measures import services
from verband.rooms.measures.models import Commitment, KnownLater
from verband.rooms.measures.progress import knowing, tracker

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
LATE = {"state": "late", "text": "Delayed.", "source": "Letter 2", "day": "2026-05-01", "marking": ""}


def keep(key: str = "COM-1", **told: str) -> None:
    knowing.keep(key, {**LATE, **told}, who=WRITER, now=NOW)


def overdue(on: date = DAY) -> list[str]:
    return [one.view.key for one in tracker.tracked(WRITER, on=on) if one.overdue]


@pytest.mark.requirement("R103")
def test_overdue_is_only_what_stated_an_end_that_is_past_and_that_nobody_says_was_done(promises: None) -> None:
    assert overdue() == ["COM-1", "COM-5"]
    assert overdue(date(2022, 12, 31)) == ["COM-5"]


@pytest.mark.requirement("R103")
def test_what_is_known_later_stands_beside_the_status_as_stated_and_never_overwrites_it(promises: None) -> None:
    before = Commitment.objects.filter(key="COM-1").values().get()

    keep(state="fulfilled")

    found = next(one for one in tracker.tracked(WRITER, on=DAY) if one.view.key == "COM-1")
    assert (found.view.status_as_stated, found.state, found.overdue) == ("promised", "fulfilled", False)
    assert Commitment.objects.filter(key="COM-1").values().get() == before


@pytest.mark.requirement("R103")
@pytest.mark.parametrize("state", ["late", "changed", "running", "unknown"])
def test_no_other_state_counts_as_fulfilled(promises: None, state: str) -> None:
    keep(state=state)

    assert "COM-1" in overdue()
    assert tracker.counts(tracker.tracked(WRITER, on=DAY))["fulfilled"] == 0


@pytest.mark.requirement("R103")
def test_where_nothing_is_known_later_the_state_is_unknown(promises: None) -> None:
    found = tracker.counts(tracker.tracked(WRITER, on=DAY))

    assert (found["unknown"], found["fulfilled"], found["all"]) == (5, 0, 5)


def test_the_newest_day_counts_and_a_day_after_the_one_asked_does_not(promises: None) -> None:
    keep(state="fulfilled", day="2026-05-20")
    keep(state="running", day="2026-05-10")

    assert tracker.tracked(WRITER, on=DAY)[0].state == "fulfilled"
    assert tracker.tracked(WRITER, on=date(2026, 5, 15))[0].state == "running"
    assert tracker.tracked(WRITER, on=date(2026, 5, 1))[0].state == "unknown"


def test_what_was_taken_back_counts_no_more_and_stays_in_the_history(promises: None) -> None:
    keep(state="fulfilled")
    number = str(KnownLater.objects.get().pk)

    assert knowing.withdraw(number, reason="Wrong row.", who=WRITER, now=NOW) == "COM-1"

    assert "COM-1" in overdue()
    assert [one.withdrawn_reason for one in knowing.history("COM-1", WRITER)] == ["Wrong row."]
    with pytest.raises(InputError, match="already"):
        knowing.withdraw(number, reason="Again.", who=WRITER, now=NOW)


def test_as_known_on_an_earlier_day_nothing_was_known(promises: None) -> None:
    keep(state="fulfilled")
    earlier = int((NOW - timedelta(days=1)).timestamp())

    assert tracker.tracked(WRITER, on=DAY, known_on=earlier)[0].state == "unknown"


@pytest.mark.parametrize(
    ("told", "field", "code"),
    [
        ({"state": "done"}, "state", "progress.word"),
        ({"text": " "}, "text", "progress.empty"),
        ({"source": ""}, "source", "progress.empty"),
        ({"text": "x" * 10_001}, "text", "progress.long"),
        ({"day": "yesterday"}, "day", "progress.day"),
        ({"day": "2026-06-02"}, "day", "progress.future"),
        ({"marking": "PINK"}, "marking", "progress.word"),
    ],
)
def test_what_cannot_be_kept_names_its_field(promises: None, told: dict[str, str], field: str, code: str) -> None:
    with pytest.raises(InputError) as error:
        keep(**told)

    assert (error.value.code, error.value.params["field"]) == (code, field)
    assert not KnownLater.objects.exists()


def test_nobody_keeps_below_the_marking_of_the_commitment_or_without_the_power(promises: None) -> None:
    with pytest.raises(InputError) as below:
        keep("COM-5", marking="CLEAR")
    with pytest.raises(RefusedError):
        knowing.keep("COM-1", LATE, who=reader("read"), now=NOW)
    with pytest.raises(NotFoundError):
        knowing.keep("COM-5", LATE, who=LOW, now=NOW)

    assert below.value.code == "progress.below_base"


@pytest.mark.requirement("R019")
def test_a_reader_sees_what_is_known_later_only_under_his_ceiling(promises: None) -> None:
    keep(state="fulfilled", marking="AMBER")

    assert tracker.tracked(WRITER, on=DAY)[0].state == "fulfilled"
    assert tracker.tracked(LOW, on=DAY)[0].state == "unknown"


def test_what_is_kept_and_taken_back_is_logged_with_who(promises: None) -> None:
    keep()
    knowing.withdraw(str(KnownLater.objects.get().pk), reason="So.", who=WRITER, now=NOW)

    found = [(entry.action, entry.object) for entry in audit.Entry.objects.order_by("pk")][-2:]
    assert found == [("later knowledge kept", "commitment COM-1"), ("later knowledge withdrawn", "commitment COM-1")]


@pytest.mark.requirement("R107")
def test_each_commitment_stands_under_one_accent_or_generic_and_the_sums_agree(promises: None) -> None:
    rows = tracker.tracked(WRITER, on=DAY)
    grouped = tracker.by_accent(rows)

    assert sorted(one.view.key for held in grouped.values() for one in held) == [one.key for one in ROWS]
    assert list(grouped) == [
        "proactive_action",
        "economic_and_knowledge_security",
        "interference",
        "democratic_processes",
        "generic",
    ]


@pytest.mark.requirement("P6")
def test_the_owners_whose_word_is_wanted_are_those_who_owe_something_inside_and_outside_a_department(
    promises: None,
) -> None:
    services.load([row("COM-6", owner="RIVM", owed_to_parliament="rapportage")], who=WRITER, now=NOW)

    assert tracker.owners(tracker.tracked(WRITER, on=DAY)) == ["BZ", "EZK", "OCW", "RIVM"]


def test_a_row_loaded_twice_is_kept_once(promises: None) -> None:
    for _ in range(2):
        knowing.load([{"commitment": "COM-1", **LATE}], who=WRITER, now=NOW)

    assert KnownLater.objects.count() == 1
