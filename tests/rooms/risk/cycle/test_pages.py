"""The pages of the cycle, as people with different ceilings and roles get them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.risk.cycle.conftest import FIRST, NOW, SECOND, commitment, edition, fill, said
from tests.rooms.risk.test_pages import sign_in
from verband.rooms.audit import services as audit
from verband.rooms.measures import services as measures
from verband.rooms.people.services import Reader
from verband.rooms.risk import services as risk
from verband.rooms.risk.cycle import services as cycle

__all__ = ["sign_in"]

PAGES = (
    "/risk/cycle/",
    f"/risk/cycle/phases/{FIRST}/",
    "/risk/cycle/editions/",
    "/risk/cycle/editions/difference/",
    "/risk/cycle/trace/",
    "/risk/cycle/trace/A1/",
    f"/risk/cycle/review/{FIRST}/",
    "/risk/cycle/strategies/",
    "/risk/cycle/functions/",
)
EXPORTED = tuple(page for page in PAGES if "phases" not in page and "trace/A1" not in page)


@pytest.fixture
def filled(texts: Reader) -> Reader:
    """Two editions with statements, one of them AMBER, a whole review, a strategy and a commitment."""
    rows = [
        said("A1", "Eerste"),
        said("A2", "Eerste", actor_en="Hidden actor", marking="AMBER"),
        said("B1", "Tweede", certainty_as_stated="Nearly certain"),
    ]
    risk.load_statements(rows, who=texts, now=NOW)
    cycle.load_editions([edition("plan", "strategy", appeared=True, appeared_on="2019")], who=texts, now=NOW)
    measures.load([commitment("COM-1")], who=texts, now=NOW)
    fill(FIRST, texts)
    return texts


@pytest.mark.requirement("R019")
def test_no_page_or_export_names_what_lies_above_the_ceiling(filled: Reader, sign_in: Callable[..., Client]) -> None:
    high, low = sign_in("high"), sign_in("low", tlp="CLEAR")

    for page in (*PAGES, *(f"{page}?format=csv" for page in EXPORTED)):
        answer = low.get(page)
        assert answer.status_code == 200, page
        assert "Hidden actor" not in answer.content.decode(), page
    assert "Hidden actor" in high.get("/risk/cycle/editions/").content.decode()
    assert "Hidden actor" in high.get("/risk/cycle/trace/?format=json").content.decode()


@pytest.mark.requirement("R008")
@pytest.mark.requirement("P18")
def test_the_difference_has_its_title_the_rule_the_words_as_stated_and_each_line(
    filled: Reader, sign_in: Callable[..., Client]
) -> None:
    page = sign_in("ann").get(f"/risk/cycle/editions/difference/?from={FIRST}&to={SECOND}").content.decode()

    assert f"What Title {FIRST} says and what Title {SECOND} says" in page
    assert "the actor as stated is the same, the domain is the same" in page
    assert '<td lang="en" class="differs">Nearly certain</td>' in page
    assert "Eerste (en)" in page
    assert "gone" not in page.replace("Not mentioned is not gone", "")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("editions/difference/?from=no-such&to=second-letter", 404),
        ("editions/difference/?from=first-review&to=first-review", 400),
        ("phases/no-such/", 404),
        ("trace/?state=perhaps", 400),
        ("trace/?theme=profit", 400),
        ("trace/no-such/", 404),
        ("review/second-letter/", 404),
        ("functions/?function=no-scheme:defend", 400),
        ("phases/first-review/frozen/7/", 404),
    ],
)
def test_an_unknown_edition_finding_or_filter_is_answered_with_its_reason(
    address: str, status: int, filled: Reader, sign_in: Callable[..., Client]
) -> None:
    assert sign_in("ann").get(f"/risk/cycle/{address}").status_code == status


@pytest.mark.requirement("R009")
def test_a_proposal_is_confirmed_and_withdrawn_on_the_page_of_the_finding(
    filled: Reader, sign_in: Callable[..., Client]
) -> None:
    client, there = sign_in("ann"), "/risk/cycle/trace/A1/"
    values = {"kind": "measure", "target": "MEA-1", "marking": "CLEAR", "confirms": "1"}

    before = client.get(there)
    empty = client.post(f"{there}answer/", {**values, "reason": " "})
    kept = client.post(f"{there}answer/", {**values, "reason": "It forbids it"}, follow=True)
    number = kept.context["answers"][0]["one"].stamp.number
    taken = client.post(f"{there}{number}/withdraw/", {"reason": "Another law"}, follow=True)

    assert "Proposed, not answered" in before.content.decode()
    assert empty.status_code == 400
    assert 'id="confirm-MEA-1-reason-error"' in empty.content.decode()
    assert "<title>Error" in empty.content.decode()
    assert kept.context["item"].state == "answered"
    assert taken.context["item"].state == "unanswered"
    assert "Another law" in taken.content.decode()


@pytest.mark.requirement("R004")
def test_closing_with_an_open_product_says_so_beside_the_field(filled: Reader, sign_in: Callable[..., Client]) -> None:
    client, there = sign_in("ann"), "/risk/cycle/phases/next-analysis/"

    refused = client.post(f"{there}close/", {"reason": "Done"})

    assert refused.status_code == 400
    assert 'id="close-reason-error"' in refused.content.decode()
    assert "integrated risk analysis" in refused.content.decode()


@pytest.mark.requirement("R007")
def test_an_edition_is_frozen_made_again_and_a_change_refused_on_its_pages(
    filled: Reader, sign_in: Callable[..., Client]
) -> None:
    client, there = sign_in("ann"), f"/risk/cycle/phases/{FIRST}/"
    line = {"part": "conclusion", "text": "More", "source": "Nota", "language": "en", "marking": "CLEAR"}

    frozen = client.post(f"{there}freeze/", {"reason": "Sent"}, follow=True)
    remade = client.post(f"{there}frozen/1/again/")
    changed = client.post(f"/risk/cycle/review/{FIRST}/write/", line)
    content = client.get(f"{there}frozen/1/")

    digest = frozen.context["stands"].sha256
    assert digest in frozen.content.decode()
    assert "ann" in frozen.content.decode()
    assert "the digest is the same" in remade.content.decode()
    assert changed.status_code == 403
    assert "is frozen; it cannot be changed" in changed.content.decode()
    assert next(audit.entries(action="change of a frozen edition refused")).object == f"edition {FIRST}"
    assert content["Content-Disposition"] == f'attachment; filename="{FIRST}-1.json"'


@pytest.mark.requirement("R007")
def test_the_review_lists_what_is_empty_and_where_to_fill_it(texts: Reader, sign_in: Callable[..., Client]) -> None:
    fill(FIRST, texts, but=cycle.Slot("threat", "cbrn"))

    page = sign_in("ann").get(f"/risk/cycle/review/{FIRST}/").content.decode()

    assert "<strong>1 place</strong> is empty" in page
    assert 'href="?part=threat&amp;theme=cbrn#place"' in page


def test_a_line_and_a_verdict_are_written_on_the_page_of_the_review(
    filled: Reader, sign_in: Callable[..., Client]
) -> None:
    client, there = sign_in("ann"), f"/risk/cycle/review/{FIRST}/"
    values = {"part": "verdict", "theme": "cbrn", "text": "Fewer hands", "language": "en", "marking": "CLEAR"}

    without = client.post(f"{there}write/", {**values, "verdict": "adjust", "source": ""})
    kept = client.post(f"{there}write/", {**values, "verdict": "adjust", "source": "Nota", "line": "9"}, follow=True)

    assert 'id="write-source-error"' in without.content.decode()
    assert kept.context["lines"][0]["line"].verdict == "adjust"


def test_goal_fate_cell_and_tag_are_kept_and_withdrawn_on_their_pages(
    filled: Reader, sign_in: Callable[..., Client]
) -> None:
    client, there = sign_in("ann"), "/risk/cycle/strategies/"
    text = {"edition": "plan", "text": "Guard the port", "language": "en", "source": "Nota", "marking": "CLEAR"}

    goal = client.post(f"{there}goal/", {**text, "theme": ""}, follow=True)
    cell = client.post(f"{there}cell/", {**text, "aspect": "term"}, follow=True)
    number = goal.context["strategies"][0]["goals"][0]["goal"].number
    fate = client.post(f"{there}goals/{number}/fate/", {"successor": "not_continued", "reason": "r"}, follow=True)
    told = fate.context["strategies"][0]["goals"][0]["goal"].fate.stamp.number
    back = client.post(f"{there}fates/{told}/withdraw/", {"reason": "r"}, follow=True)
    cells = [one for row in cell.context["aspects"] for column in row["cells"] for one in column]
    gone = client.post(f"{there}cells/{cells[0]['cell'].stamp.number}/withdraw/", {"reason": "r"}, follow=True)
    tag = {"measure": "MEA-1", "function": "functions_prevent_defend_strengthen:defend", "reason": "r"}
    tagged = client.post("/risk/cycle/functions/tag/", tag, follow=True)
    stamp = tagged.context["rows"][0]["item"].tags[0].stamp.number
    untagged = client.post(f"/risk/cycle/functions/{stamp}/withdraw/", {"reason": "r"}, follow=True)

    assert [one["cell"].text for one in cells] == ["Guard the port"]
    assert fate.context["strategies"][0]["goals"][0]["goal"].state == "not_continued"
    assert back.context["strategies"][0]["goals"][0]["goal"].fate is None
    assert not [one for row in gone.context["aspects"] for column in row["cells"] for one in column]
    assert (tagged.context["tagged"], untagged.context["tagged"]) == (1, 0)


def test_an_edition_is_opened_on_the_board_and_a_wrong_one_keeps_what_was_filled_in(
    filled: Reader, sign_in: Callable[..., Client]
) -> None:
    client = sign_in("ann")
    values = {
        "key": "scan-2027",
        "kind": "scan",
        "title": "Scan of 2027",
        "follows": "",
        "due": "2027-03",
        "source": "Plan",
    }

    wrong = client.post("/risk/cycle/add/", {**values, "due": "someday"})
    made = client.post("/risk/cycle/add/", values, follow=True)

    assert wrong.status_code == 400
    assert 'id="add-due-error"' in wrong.content.decode()
    assert 'value="Scan of 2027"' in wrong.content.decode()
    assert "Scan of 2027" in made.content.decode()


@pytest.mark.requirement("P4")
def test_who_may_not_assess_gets_no_form_and_is_refused(filled: Reader, sign_in: Callable[..., Client]) -> None:
    decider = sign_in("dee", role="decider")

    shown = [decider.get(page).content.decode() for page in PAGES]
    refused = decider.post("/risk/cycle/trace/A1/answer/", {"kind": "elsewhere", "reason": "r"})

    # Looking whether frozen content is still the same is reading.
    assert not [page for page in shown if 'method="post" action="/risk/cycle' in page]
    assert refused.status_code == 403


@pytest.mark.parametrize("page", ["", "editions/", "trace/", "review/", "strategies/", "functions/"])
def test_an_empty_page_says_what_to_do_first(page: str, db: None, sign_in: Callable[..., Client]) -> None:
    shown = sign_in("ann").get(f"/risk/cycle/{page}").content.decode()

    assert 'class="empty"' in shown
    assert "verband demo" in shown
