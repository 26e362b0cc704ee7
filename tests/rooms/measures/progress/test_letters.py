"""The progress letter: draft, agreed, sent, each by a person; what is missing is named, and what was sent stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.rooms.measures.progress.conftest import LOW, NOW, WRITER, reader, row
from verband.language.errors import InputError, NotFoundError, RefusedError, StateError
from verband.rooms.audit.models import Entry
from verband.rooms.measures import services as measures
from verband.rooms.measures.models import Commitment, Contribution, LetterStep
from verband.rooms.measures.progress import knowing, letters
from verband.rooms.measures.progress.content import Change

pytestmark = pytest.mark.django_db
GIVEN = {"owner": "EZK", "text": "Nothing new.", "source": "Mail of the owner", "day": "2026-05-30"}
LATER = NOW + timedelta(days=30)


def opened(title: str = "First", marking: str = "", now: datetime = NOW) -> str:
    told = {"title": title, "day": now.date().isoformat(), "reason": "It is due.", "marking": marking}
    return letters.open_letter(told, who=WRITER, now=now)


def filled(key: str, *owners: str, now: datetime = NOW) -> str:
    for owner in owners or ("BZ", "EZK"):
        letters.contribute(key, {**GIVEN, "owner": owner}, who=WRITER, now=now)
    return key


def sent(title: str = "First", now: datetime = NOW) -> str:
    key = filled(opened(title, now=now), now=now)
    for step in ("agree", "send"):
        letters.move(key, step, reason="Ready.", who=WRITER, now=now)
    return key


@pytest.mark.requirement("R104")
def test_a_draft_names_the_owners_that_gave_no_contribution(promises: None) -> None:
    key = filled(opened(), "EZK")

    assert letters.letter(key, WRITER).missing == ("BZ",)


@pytest.mark.requirement("R104")
def test_nobody_agrees_while_a_contribution_is_missing(promises: None) -> None:
    key = filled(opened(), "EZK")

    with pytest.raises(RefusedError) as error:
        letters.move(key, "agree", reason="Ready.", who=WRITER, now=NOW)

    assert (error.value.code, error.value.params["owners"]) == ("progress.missing", "BZ")
    assert letters.letter(key, WRITER).state == "draft"


@pytest.mark.requirement("R104")
def test_a_letter_goes_from_draft_to_agreed_to_sent_each_step_by_a_person_with_a_reason(promises: None) -> None:
    view = letters.letter(sent(), WRITER)

    assert view.state == "sent"
    assert [(step.state, step.reason, step.by) for step in view.steps] == [
        ("agreed", "Ready.", WRITER.signature),
        ("sent", "Ready.", WRITER.signature),
    ]


@pytest.mark.parametrize(
    ("taken", "wrong"), [((), "send"), ((), "reopen"), (("agree",), "agree"), (("agree", "send"), "reopen")]
)
def test_no_step_is_taken_out_of_turn(promises: None, taken: tuple[str, ...], wrong: str) -> None:
    key = filled(opened())
    for step in taken:
        letters.move(key, step, reason="r", who=WRITER, now=NOW)

    with pytest.raises(RefusedError) as error:
        letters.move(key, wrong, reason="r", who=WRITER, now=NOW)

    assert error.value.code == "progress.not_now"


def test_a_step_without_a_reason_or_power_or_name_is_not_taken(promises: None) -> None:
    key = filled(opened())

    with pytest.raises(InputError):
        letters.move(key, "agree", reason=" ", who=WRITER, now=NOW)
    with pytest.raises(RefusedError):
        letters.move(key, "agree", reason="r", who=reader("read"), now=NOW)
    with pytest.raises(NotFoundError):
        letters.move(key, "burn", reason="r", who=WRITER, now=NOW)
    assert not LetterStep.objects.exists()


@pytest.mark.requirement("R104")
def test_what_was_sent_is_fixed_by_digest_whatever_happens_to_the_rows_after_it(promises: None) -> None:
    key = sent()
    before = letters.letter(key, LOW)
    later = {"state": "fulfilled", "text": "Done.", "source": "s", "day": "2026-05-01", "marking": ""}

    knowing.keep("COM-1", later, who=WRITER, now=LATER)
    Contribution.objects.update(text="altered")
    Commitment.objects.filter(key="COM-1").update(status_as_stated="altered")

    after = letters.letter(key, LOW)
    assert (after.content, after.sha256) == (before.content, before.sha256)
    assert after.content.entries[0].status == "promised"
    assert len(after.sha256) == 64


def test_fixed_content_that_was_altered_is_not_shown(promises: None) -> None:
    key = sent()
    step = LetterStep.objects.get(state="sent")
    LetterStep.objects.filter(pk=step.pk).update(content=step.content.replace("promised", "fulfilled"))

    with pytest.raises(StateError, match="digest"):
        letters.letter(key, WRITER)


@pytest.mark.requirement("R104")
def test_the_next_letter_tells_what_changed_since_the_last_one_that_was_sent(promises: None) -> None:
    sent()
    told = {"state": "fulfilled", "text": "Done.", "source": "s", "day": "2026-06-20", "marking": ""}
    knowing.keep("COM-1", told, who=WRITER, now=LATER)
    measures.load([row("COM-9")], who=WRITER, now=LATER)

    content = letters.letter(opened("Second", now=LATER), WRITER).content

    assert content.since == NOW.date()
    assert content.changes == (
        Change("COM-1", "later", "unknown", "fulfilled"),
        Change("COM-1", "overdue", "yes", "no"),
        Change("COM-9", "new"),
    )


def test_the_first_letter_has_nothing_to_compare_with(promises: None) -> None:
    content = letters.letter(opened(), WRITER).content

    assert (content.since, content.changes) == (None, ())


@pytest.mark.requirement("R019")
def test_everybody_who_may_see_a_letter_sees_the_same_and_nothing_above_its_marking(promises: None) -> None:
    key = opened()

    high, low = letters.letter(key, WRITER), letters.letter(key, LOW)

    assert high.content == low.content
    assert [entry.key for entry in high.content.entries] == ["COM-1", "COM-2", "COM-3", "COM-4"]
    assert (high.above, low.above) == (1, 0)


@pytest.mark.requirement("R019")
def test_a_letter_above_the_ceiling_is_not_told_apart_from_none(promises: None) -> None:
    key = opened(marking="AMBER")

    assert letters.letter(key, WRITER).owners == ("BZ", "EZK", "OCW")
    assert letters.letters(LOW) == []
    with pytest.raises(NotFoundError):
        letters.letter(key, LOW)


def test_contributions_are_given_and_taken_back_in_a_draft_only(promises: None) -> None:
    key = filled(opened())
    number = str(Contribution.objects.filter(owner="BZ").get().pk)
    letters.move(key, "agree", reason="r", who=WRITER, now=NOW)

    for attempt in (
        lambda: letters.contribute(key, GIVEN, who=WRITER, now=NOW),
        lambda: letters.take_back(key, number, reason="r", who=WRITER, now=NOW),
    ):
        with pytest.raises(RefusedError) as error:
            attempt()
        assert error.value.code == "progress.fixed"

    letters.move(key, "reopen", reason="r", who=WRITER, now=NOW)
    letters.take_back(key, number, reason="r", who=WRITER, now=NOW)
    assert letters.letter(key, WRITER).missing == ("BZ",)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"owner": "KNMI"}, "progress.word"),
        ({"text": ""}, "progress.empty"),
        ({"source": ""}, "progress.empty"),
        ({"day": "2027-01-01"}, "progress.future"),
    ],
)
def test_a_contribution_that_cannot_be_kept_names_why(promises: None, told: dict[str, str], code: str) -> None:
    key = opened()

    with pytest.raises(InputError) as error:
        letters.contribute(key, {**GIVEN, **told}, who=WRITER, now=NOW)

    assert error.value.code == code


def test_a_letter_that_was_not_sent_can_be_taken_back_and_one_that_was_stays(promises: None) -> None:
    draft, gone = opened("Draft"), sent()

    letters.withdraw(draft, reason="Not now.", who=WRITER, now=NOW)

    assert [view.withdrawn for view in letters.letters(WRITER)] == [False, True]
    current = letters.current(WRITER)
    assert current is not None
    assert current.key == gone
    with pytest.raises(RefusedError):
        letters.withdraw(gone, reason="r", who=WRITER, now=NOW)
    with pytest.raises(InputError):
        letters.contribute(draft, GIVEN, who=WRITER, now=NOW)


def test_as_known_on_an_earlier_day_the_letter_is_where_it_was_then(promises: None) -> None:
    key = filled(opened())
    letters.move(key, "agree", reason="r", who=WRITER, now=LATER)

    assert letters.letter(key, WRITER, known_on=int(NOW.timestamp())).state == "draft"
    assert letters.letters(WRITER, known_on=int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())) == []


@pytest.mark.requirement("P3", "D1")
def test_no_address_of_a_person_comes_into_a_letter_and_the_refusal_stays_in_the_log(promises: None) -> None:
    key = filled(opened())

    with pytest.raises(InputError) as given:
        letters.contribute(key, {**GIVEN, "owner": "EZK", "text": "Ask a.b@example.org."}, who=WRITER, now=NOW)
    with pytest.raises(InputError) as moved:
        letters.move(key, "agree", reason="Agreed by a.b@example.org.", who=WRITER, now=NOW)

    assert [(one.value.code, one.value.params["field"]) for one in (given, moved)] == [
        ("people.contact", "text"),
        ("people.contact", "reason"),
    ]
    assert letters.letter(key, WRITER).state == "draft"
    assert Entry.objects.filter(action="refused").count() == 2
