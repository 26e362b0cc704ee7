"""Shared pictures: drafts, parties that endorse or dissent, and what holds no longer."""

from __future__ import annotations

import pytest

from tests.rooms.risk.conftest import NOW
from tests.rooms.risk.watch.conftest import at, later, somebody
from verband.language.errors import InputError, RefusedError
from verband.rooms.risk.models import PictureLine, SituationPicture
from verband.rooms.risk.watch import pictures
from verband.rooms.risk.watch.pictures import PictureView

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R018")]
WHO = somebody()
PARTNER = somebody("bo", party="ministry", role="decider", powers="decide")
PICTURE = {"theme": "digital_threats", "title": "June", "valid_until": "2026-07-01", "marking": "CLEAR"}
LINE = {"text": "Attacks on operators grew.", "source": "Own collection"}


@pytest.fixture
def drawn() -> tuple[SituationPicture, PictureLine]:
    made = pictures.draw_up(PICTURE, who=WHO, now=NOW)
    return made, pictures.add_line(str(made.pk), LINE, who=WHO, now=NOW)


def view(days: int = 0, *, known_on: int | None = None) -> PictureView:
    return pictures.pictures(WHO, now=later(days), known_on=known_on)[0]


def test_parties_endorse_or_dissent_and_dissent_stays_visible(drawn: tuple[SituationPicture, PictureLine]) -> None:
    picture, line = drawn
    draft = view().state
    pictures.propose(str(picture.pk), who=WHO, now=NOW)
    proposed = view().state

    pictures.speak(str(line.pk), verdict="endorse", reason="Our figures too", who=WHO, now=NOW)
    pictures.speak(str(line.pk), verdict="dissent", reason="Counted twice", who=PARTNER, now=later(1))
    pictures.speak(str(line.pk), verdict="endorse", reason="Counted again", who=PARTNER, now=later(2))
    pictures.speak(str(line.pk), verdict="dissent", reason="Still twice", who=PARTNER, now=later(3))

    (found,) = view(3).lines
    assert (draft, proposed, view(3).state) == ("draft", "proposed", "endorsed")
    assert [(voice.party, voice.reason) for voice in found.dissent] == [("ministry", "Still twice")]
    assert [voice.reason for voice in found.endorsed] == ["Our figures too"]
    assert [voice.reason for voice in found.earlier] == ["Counted again", "Counted twice"]
    assert view(3).dissents == 1
    assert [voice.reason for voice in view(3, known_on=at(1)).lines[0].dissent] == ["Counted twice"]


def test_a_picture_older_than_its_last_day_is_outdated_and_keeps_its_voices(
    drawn: tuple[SituationPicture, PictureLine],
) -> None:
    picture, line = drawn
    pictures.propose(str(picture.pk), who=WHO, now=NOW)
    pictures.speak(str(line.pk), verdict="dissent", reason="No", who=PARTNER, now=NOW)

    with pytest.raises(InputError) as caught:
        pictures.speak(str(line.pk), verdict="endorse", reason="Yes", who=WHO, now=later(31))

    assert (view(30).state, view(31).state) == ("proposed", "outdated")
    assert caught.value.code == "watch.outdated"
    assert view(31).dissents == 1


def test_a_draft_is_not_spoken_about_and_a_proposed_picture_no_longer_changes(
    drawn: tuple[SituationPicture, PictureLine],
) -> None:
    picture, line = drawn
    with pytest.raises(InputError) as draft:
        pictures.speak(str(line.pk), verdict="endorse", reason="Yes", who=PARTNER, now=NOW)

    pictures.propose(str(picture.pk), who=WHO, now=NOW)

    with pytest.raises(InputError) as fixed:
        pictures.add_line(str(picture.pk), LINE, who=WHO, now=NOW)
    with pytest.raises(InputError) as again:
        pictures.propose(str(picture.pk), who=WHO, now=NOW)
    codes = [caught.value.code for caught in (draft, fixed, again)]
    assert codes == ["watch.not_proposed_yet", "watch.proposed", "watch.proposed"]


def test_an_empty_picture_is_not_proposed_and_a_voice_needs_reason_party_and_power() -> None:
    made = pictures.draw_up(PICTURE, who=WHO, now=NOW)
    with pytest.raises(InputError) as empty:
        pictures.propose(str(made.pk), who=WHO, now=NOW)
    line = str(pictures.add_line(str(made.pk), LINE, who=WHO, now=NOW).pk)
    pictures.propose(str(made.pk), who=WHO, now=NOW)

    codes = []
    for verdict, reason, who in (
        ("endorse", "", WHO),
        ("perhaps", "Why", WHO),
        ("endorse", "Why", somebody(party="")),
        ("endorse", "Why", somebody(powers="read")),
    ):
        with pytest.raises((InputError, RefusedError)) as caught:
            pictures.speak(line, verdict=verdict, reason=reason, who=who, now=NOW)
        codes.append(caught.value.code)

    assert empty.value.code == "watch.no_lines"
    assert codes == ["watch.empty", "watch.word", "watch.no_party", "people.no_power"]
    assert view().lines[0].voices == ()
