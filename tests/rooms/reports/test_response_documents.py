"""The documents of a response: what stands in each, in both languages and all formats, and never above its marking."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.rooms.response.conftest import *  # noqa: F403
from tests.rooms.response.conftest import ADVICE, NATIONAL, NOW, STATEMENT, YES, Prepared, Room
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import TLP
from verband.rooms.people import services as people
from verband.rooms.reports import rendering, services
from verband.rooms.reports.document import Document
from verband.rooms.reports.models import Report
from verband.rooms.response import services as response
from verband.rooms.response.models import Indicator

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
LATER = NOW + timedelta(hours=1)
KINDS = ("option-note", "decision-note", "eu-nato-proposal", "response-letter")
OPEN = {
    "en": "The real thresholds and option list of the framework are not public; this is an open framework.",
    "nl": "De echte drempels en optielijst van het kader zijn niet openbaar; dit is een open kader.",
}


@pytest.fixture
def decided(room: Room, prepared: Prepared) -> Prepared:
    """The political package was decided, executed, and one of its indicators looked at."""
    package = prepared.political
    room.move(package, "advise", "bo", ADVICE)
    room.move(package, "decide", "min", YES)
    room.move(package, "execute", "des", {"reason": "Asked at the embassy"})
    indicator = Indicator.objects.get(option=prepared.options["dialogue"])
    seen = {"indicator": indicator.key, "observed_on": NOW.date().isoformat(), "seen": "No answer yet"}
    seen |= {"verdict": "not_seen", "source": "Own reading"}
    response.observe_effect(package.key, seen, who=room.who("ann"), now=NOW)
    return prepared


def about(kind: str, prepared: Prepared) -> str:
    return prepared.case.key if kind in ("option-note", "eu-nato-proposal") else prepared.political.key


def document(room: Room, kind: str, prepared: Prepared, language: str = "en") -> Document:
    key = about(kind, prepared)
    return services.draft(kind, who=room.who("ann"), now=LATER, language=language, about=[key]).document


def html(made: Document) -> str:
    text = rendering.render(made, ("html",), made_at=LATER)["html"].decode()
    return text.replace("&#x27;", "'").replace("&quot;", '"')


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_document_says_that_the_framework_is_an_open_one_in_pdf_and_word_too(
    kind: str, language: str, room: Room, decided: Prepared
) -> None:
    files = rendering.render(document(room, kind, decided, language), ("pdf", "docx"), made_at=LATER)

    pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"])).pages)
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as word:
        text = word.read("word/document.xml").decode()
    assert OPEN[language] in " ".join(pdf.split())
    assert OPEN[language] in text


@pytest.mark.requirement("R110")
@pytest.mark.requirement("R028")
def test_the_option_note_sets_every_option_beside_the_others_with_its_trade_off(room: Room, decided: Prepared) -> None:
    made = document(room, "option-note", decided)
    text = html(made)
    head = next(section for section in made.sections if section.key == "options").blocks[0].head  # type: ignore[union-attr]

    assert head == ("Part", "1. Attribution with partners", "2. Talks and dialogue", "3. Prosecution and sentence")
    for words in (
        "It cannot well be taken back.",
        "Trade-off: what it costs",
        "Less intrusive",
        "Legal basis",
        "In proportion because",
        "Escalation",
        "Taken back",
        "EU; EU type: cooperative",
        "Talks and dialogue are among the options: Ask the other state for clarification through its embassy",
        "Nothing was coded of what the reader may see: no figure can be given.",
        "collected because they were notable",
        "no advice, no order and no score",
    ):
        assert words in text


@pytest.mark.requirement("R030")
def test_the_decision_note_first_says_what_lacks_and_which_mandate_is_asked(room: Room, prepared: Prepared) -> None:
    text = html(document(room, "decision-note", prepared))
    own_law = services.draft(
        "decision-note", who=room.who("ann"), now=LATER, language="en", about=[prepared.competent.key]
    ).document

    assert "A political decision by a registered holder of a mandate for it" in text
    assert "how EU and NATO were considered" in text
    assert "Nothing has been decided." in text
    assert "a political mandate does not open this gate" in html(own_law)


@pytest.mark.requirement("R030")
def test_the_decision_note_then_has_the_text_the_conditions_the_mandate_and_the_day(
    room: Room, decided: Prepared
) -> None:
    text = html(document(room, "decision-note", decided))

    for words in ("Go on as advised.", "Not before partners agree.", "Function of min", "1 June 2026", "Fits."):
        assert words in text
    assert "Nothing has been decided." not in text


@pytest.mark.requirement("R031")
@pytest.mark.requirement("R035")
def test_the_proposal_holds_only_options_through_eu_and_nato_by_category_and_no_internal_name(
    room: Room, decided: Prepared
) -> None:
    made = document(room, "eu-nato-proposal", decided)
    text = html(made)

    assert "Say with partners who did it" in text
    assert "Options through the EU: 1; through NATO: 0." in text
    assert "Options through the EU by type of measure" in text
    for words in (
        "Bring charges",
        "through its embassy",
        "Close-access operation against an international organisation",
        "minister of Foreign Affairs",
        "Nothing against it from",
        "Own reading of the case",
        "Function of min",
        "ann (analyst",
        "Go on as advised.",
    ):
        assert words not in text


@pytest.mark.requirement("R040")
def test_the_letter_says_what_was_decided_why_and_what_was_seen_so_far(room: Room, decided: Prepared) -> None:
    text = html(document(room, "response-letter", decided, "nl"))

    for words in ("Go on as advised.", "Fits.", "No answer yet", "Function of min", "nog niemand heeft gekeken"):
        assert words in text
    assert "ann (" not in text


WITHDRAWN = {"en": "It was withdrawn", "nl": "Het is ingetrokken"}


@pytest.mark.parametrize("language", WITHDRAWN)
def test_each_document_about_what_was_withdrawn_begins_by_saying_so(
    language: str, room: Room, prepared: Prepared
) -> None:
    def texts(key: str, *kinds: str) -> list[str]:
        who = room.who("ann")
        drafts = [services.draft(kind, who=who, now=LATER, language=language, about=[key]) for kind in kinds]
        return [html(one.document) for one in drafts]

    room.move(prepared.political, "advise", "bo", ADVICE)
    room.move(prepared.political, "decide", "min", YES)
    assert not any(WITHDRAWN[language] in text for text in texts(prepared.political.key, *KINDS))
    for package in (prepared.political, prepared.competent):
        room.move(package, "withdraw", "ann", {"reason": "It rested on a wrong report"})

    assert all(WITHDRAWN[language] in text for text in texts(prepared.political.key, *KINDS))
    assert not any(WITHDRAWN[language] in text for text in texts(prepared.case.key, "option-note", "eu-nato-proposal"))
    response.withdraw_case(prepared.case.key, reason="A wrong report", who=room.who("ann"), now=NOW)
    assert all(WITHDRAWN[language] in text for text in texts(prepared.case.key, "option-note", "eu-nato-proposal"))


def test_there_is_no_letter_before_a_decision_and_no_document_without_its_key(room: Room, prepared: Prepared) -> None:
    who = room.who("ann")

    def code(kind: str, *keys: str) -> str:
        with pytest.raises((InputError, NotFoundError)) as caught:
            services.draft(kind, who=who, now=LATER, language="en", about=keys)
        return caught.value.code

    assert code("response-letter", prepared.political.key) == "reports.not_decided"
    assert code("option-note") == "reports.about"
    assert code("option-note", "a", "b") == "reports.about"
    assert code("option-note", "0" * 16) == "response.none"
    assert code("decision-note", prepared.case.key) == "response.none"


def test_a_document_about_a_case_that_its_reader_may_not_see_is_refused_as_one_that_is_not_there(
    room: Room, decided: Prepared
) -> None:
    home = room.people["ann"].organisation
    low = people.add_person("low", role="analyst", organisation=home, actor="test", tlp="CLEAR", language="en")
    high = room.case(marking="AMBER", title="Another one")

    with pytest.raises(NotFoundError):
        services.draft("option-note", who=people.reader(low), now=LATER, language="en", about=[high.key])


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_a_document_is_above_the_marking_that_it_shows(kind: str, room: Room, decided: Prepared) -> None:
    low = html(document(room, kind, decided))
    response.keep_legal_basis(
        "attribution_with_partners",
        {"basis": "Article 9 amber", "source": "A closed reading", "marking": "AMBER"},
        who=room.who("ann"),
        now=NOW,
    )
    made = document(room, kind, decided)

    assert "Article 9 amber" not in low
    if "Article 9 amber" in html(made):
        assert TLP.index(made.tlp) >= TLP.index("AMBER")


def test_the_buttons_of_a_case_make_its_documents_and_the_list_offers_none_of_them(
    room: Room, decided: Prepared, sign_in: SignIn
) -> None:
    ann = sign_in("ann")
    case = ann.get(f"/response/{decided.case.key}/").content.decode()

    made = ann.post("/reports/make/", {"kind": "response-letter", "about": decided.political.key, "language": "en"})
    page = ann.get(made["Location"]).content.decode()
    offered = ann.get("/reports/").content.decode()
    wrong = ann.post("/reports/make/", {"kind": "option-note", "language": "en"})

    assert case.count('name="kind" value="decision-note"') == 2
    assert case.count('name="kind" value="response-letter"') == 1
    assert "Go on as advised." in page
    assert Report.objects.get().kind == "response-letter"
    assert '<option value="option-note"' not in offered
    assert (wrong.status_code, "is about one case or package" in wrong.content.decode()) == (400, True)


def test_an_option_of_the_competent_gate_stands_in_the_note_with_its_reasons(room: Room, prepared: Prepared) -> None:
    room.move(prepared.competent, "advise", "bo", ADVICE | NATIONAL)
    text = html(
        services.draft(
            "decision-note", who=room.who("ann"), now=LATER, language="en", about=[prepared.competent.key]
        ).document
    )

    assert "Prosecution is national by its own law." in text
    assert STATEMENT["what"] not in text
