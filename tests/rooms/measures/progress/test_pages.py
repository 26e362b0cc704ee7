"""The pages of commitments and progress letters: filters, figures, forms with their errors, the letter itself."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.risk.test_pages import sign_in
from verband.rooms.measures.models import Contribution, KnownLater, LetterStep, ProgressLetter

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
PAGE = "/measures/commitments/"
TOLD = {"commitment": "COM-1", "state": "late", "text": "Delayed.", "source": "Letter", "day": "2026-05-01"}
OPEN = {"title": "Spring letter", "day": "2026-06-01", "reason": "It is due.", "marking": "CLEAR"}


@pytest.fixture
def analyst(promises: None, sign_in: Callable[..., Client]) -> Client:
    """Reads English, may see AMBER."""
    return sign_in("analyst", tlp="AMBER")


@pytest.fixture
def low(analyst: Client, sign_in: Callable[..., Client]) -> Client:
    """Reads English, may see what is clear."""
    return sign_in("low", tlp="CLEAR")


def keys(client: Client, query: str) -> list[str]:
    return [row["view"].key for row in client.get(f"{PAGE}?{query}").context["rows"]]


@pytest.mark.requirement("R103")
def test_commitments_stand_by_term_and_can_be_asked_by_what_is_owed_overdue_or_unknown(analyst: Client) -> None:
    analyst.post("/measures/commitments/act/keep/", {**TOLD, "marking": ""})

    assert keys(analyst, "") == ["COM-5", "COM-4", "COM-1", "COM-3", "COM-2"]
    assert keys(analyst, "owed=yes") == ["COM-5", "COM-1", "COM-2"]
    assert keys(analyst, "term=overdue") == ["COM-5", "COM-1"]
    assert keys(analyst, "term=earliest") == ["COM-3"]
    assert keys(analyst, "later=unknown&owed=yes") == ["COM-5", "COM-2"]
    assert keys(analyst, "accent=interference") == ["COM-2"]
    assert keys(analyst, "owner=OCW") == ["COM-5"]


@pytest.mark.requirement("R104")
def test_a_step_that_is_refused_says_why_and_keeps_its_reason_and_so_does_one_that_is_no_longer_offered(
    analyst: Client,
) -> None:
    act = "/measures/letters/act"
    analyst.post(f"{act}/open/", OPEN)
    key = ProgressLetter.objects.get().key

    missing = analyst.post(f"{act}/agree/", {"letter": key, "reason": "Everybody was asked"})
    early = analyst.post(f"{act}/send/", {"letter": key, "reason": "It has to go out"})
    analyst.post(f"{act}/withdraw/", {"letter": key, "reason": "An error"})
    words = {"owner": "BZ", "text": "Nothing new so far", "source": "Mail of BZ", "day": "2026-05-01"}
    gone = analyst.post(f"{act}/contribute/", {"letter": key, **words})

    for answer, status, message, text in (
        (missing, 403, "A contribution is still missing from", "Everybody was asked"),
        (early, 403, "This step cannot be taken now", "It has to go out"),
        (gone, 400, "This was taken back already", "Nothing new so far"),
    ):
        page = answer.content.decode()
        assert (answer.status_code, message in page, text in page) == (status, True, True), message


@pytest.mark.requirement("R103")
def test_the_page_has_a_timeline_with_its_table_and_a_grid_of_owners(analyst: Client) -> None:
    answer = analyst.get(PAGE)

    assert [row[0] for row in answer.context["figure"]["table"]["rows"]] == ["COM-5", "COM-4", "COM-1", "COM-3"]
    assert [(owner, n) for owner, _cells, n in answer.context["grid"]] == [("BZ", 1), ("EZK", 3), ("OCW", 1)]


def test_a_word_that_no_filter_knows_is_answered_with_those_it_knows(analyst: Client) -> None:
    answer = analyst.get(f"{PAGE}?later=perhaps")

    assert answer.status_code == 400
    assert "fulfilled, late, changed, running, unknown" in answer.content.decode()


@pytest.mark.requirement("R103")
def test_the_export_has_what_was_stated_and_what_is_known_later_apart(analyst: Client) -> None:
    analyst.post("/measures/commitments/act/keep/", {**TOLD, "marking": ""})

    rows = list(csv.DictReader(io.StringIO(analyst.get(f"{PAGE}?owner=EZK&owed=yes&format=csv").content.decode())))

    assert [(row["status_as_stated"], row["later_state"], row["overdue"], row["line"]) for row in rows] == [
        ("promised", "late", "yes", "156")
    ]


def test_what_is_known_later_is_kept_on_the_page_and_taken_back_there(analyst: Client) -> None:
    analyst.post("/measures/commitments/act/keep/", {**TOLD, "marking": ""})
    page = analyst.get(f"{PAGE}COM-1/").content.decode()
    number = str(KnownLater.objects.get().pk)
    analyst.post("/measures/commitments/act/withdraw/", {"number": number, "reason": "Wrong.", "commitment": "COM-1"})

    assert "Delayed." in page
    assert "promised" in page
    assert KnownLater.objects.get().withdrawn_reason == "Wrong."


def test_an_error_stands_beside_its_field_with_what_was_filled_in(analyst: Client) -> None:
    answer = analyst.post("/measures/commitments/act/keep/", {**TOLD, "source": ""})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert 'id="keep-source-error"' in page
    assert ">Delayed.</textarea>" in page
    assert "<title>Error:" in page
    assert not KnownLater.objects.exists()


@pytest.mark.requirement("R104")
def test_a_letter_is_opened_filled_agreed_and_sent_on_its_pages(analyst: Client) -> None:
    key = analyst.post("/measures/letters/act/open/", OPEN).headers["Location"].split("/")[-2]
    draft = analyst.get(f"/measures/letters/{key}/").content.decode()
    refused = analyst.post("/measures/letters/act/agree/", {"letter": key, "reason": "Ready."})
    for owner in ("BZ", "EZK"):
        told = {"letter": key, "owner": owner, "text": "Nothing new.", "source": "Mail", "day": "2026-05-30"}
        analyst.post("/measures/letters/act/contribute/", told)
    for step in ("agree", "send"):
        analyst.post(f"/measures/letters/act/{step}/", {"letter": key, "reason": "Ready."})

    assert "Missing: BZ, EZK" in draft
    assert refused.status_code == 403
    assert "A contribution is still missing from: BZ, EZK" in refused.content.decode()
    assert re.search(r"SHA-256 [0-9a-f]{64}", analyst.get(f"/measures/letters/{key}/").content.decode())
    assert LetterStep.objects.count() == 2


def test_a_contribution_with_an_error_is_shown_again_and_one_can_be_taken_back(analyst: Client) -> None:
    key = analyst.post("/measures/letters/act/open/", OPEN).headers["Location"].split("/")[-2]
    told = {"letter": key, "owner": "BZ", "text": "Nothing new.", "source": "", "day": "2026-05-30"}
    wrong = analyst.post("/measures/letters/act/contribute/", told)
    analyst.post("/measures/letters/act/contribute/", {**told, "source": "Mail"})
    number = str(Contribution.objects.get().pk)
    empty = analyst.post("/measures/letters/act/take-back/", {"letter": key, "number": number, "reason": ""})
    analyst.post("/measures/letters/act/take-back/", {"letter": key, "number": number, "reason": "Old."})

    assert 'id="contribute-source-error"' in wrong.content.decode()
    assert f'id="take-back-{number}-reason-error"' in empty.content.decode()
    assert Contribution.objects.get().withdrawn_reason == "Old."


def test_opening_with_an_empty_field_names_it_and_a_letter_can_be_withdrawn(analyst: Client) -> None:
    wrong = analyst.post("/measures/letters/act/open/", {**OPEN, "reason": ""})
    key = analyst.post("/measures/letters/act/open/", OPEN).headers["Location"].split("/")[-2]
    analyst.post("/measures/letters/act/withdraw/", {"letter": key, "reason": "Not now."})

    assert wrong.status_code == 400
    assert 'id="open-reason-error"' in wrong.content.decode()
    assert ProgressLetter.objects.get().withdrawn_reason == "Not now."
    assert "withdrawn" in analyst.get("/measures/letters/").content.decode()


@pytest.mark.requirement("R103")
def test_the_letter_is_one_click_away(analyst: Client) -> None:
    page = analyst.get(PAGE).content.decode()
    answer = analyst.post("/reports/make/", {"kind": "progress-letter", "language": "en"})

    assert '<input type="hidden" name="kind" value="progress-letter">' in page
    assert answer.status_code == 302
    assert "/reports/" in answer.headers["Location"]


@pytest.mark.requirement("R019")
def test_what_lies_above_the_ceiling_is_on_no_page_and_in_no_count(analyst: Client, low: Client) -> None:
    analyst.post("/measures/commitments/act/keep/", {**TOLD, "text": "Hidden words", "marking": "AMBER"})
    key = analyst.post("/measures/letters/act/open/", {**OPEN, "marking": "AMBER"}).headers["Location"].split("/")[-2]

    assert keys(low, "") == ["COM-4", "COM-1", "COM-3", "COM-2"]
    assert low.get(f"/measures/letters/{key}/").status_code == 404
    for page in (PAGE, f"{PAGE}COM-1/", "/measures/letters/", f"{PAGE}?format=json"):
        text = low.get(page).content.decode()
        assert "Hidden words" not in text
        assert "Spring letter" not in text


def test_acts_that_are_not_there_and_readers_without_the_power_are_refused(
    analyst: Client, sign_in: Callable[..., Client]
) -> None:
    assert analyst.post("/measures/letters/act/burn/", {"letter": "x", "reason": "r"}).status_code == 404
    assert analyst.post("/measures/commitments/act/burn/", TOLD).status_code == 404
    decider = sign_in("decider", role="decider")
    assert decider.post("/measures/commitments/act/keep/", TOLD).status_code == 403
    assert decider.post("/measures/letters/act/open/", OPEN).status_code == 403
