"""The threat picture: what it says, to whom, and that it says the same twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.rooms.reports.conftest import NOW, ROWS, row
from verband.language.errors import InputError, RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.models import Run
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.people.services import Reader
from verband.rooms.picture.models import Attribute, Link, Name, Record
from verband.rooms.picture.models import Document as RawDocument
from verband.rooms.picture.services import IncidentView
from verband.rooms.reports import rendering, services
from verband.rooms.reports.document import Chart, Document, Section, Table

RUNS = pytest.mark.usefixtures("runs")


def document(who: Reader, language: str = "en", now: datetime = NOW, **asked: int) -> Document:
    """The picture of that reader."""
    return services.draft("picture", who=who, now=now, language=language, **asked).document


def text(of: Document) -> str:
    """Everything that the document says, specifications of charts included."""
    return json.dumps(json.loads(rendering.as_json(of)), ensure_ascii=False)


def section(of: Document, key: str) -> Section:
    return next(item for item in of.sections if item.key == key)


def said(of: Section) -> str:
    return text(Document("", "en", "", "", "", "", "", "", (), (), (of,), {}))


@RUNS
def test_the_picture_has_every_section_in_its_order(ann: Reader) -> None:
    made = document(ann)

    keys = [item.key for item in made.sections]
    assert keys == ["new", "campaigns", "coincidence", "interests", "gaps", "same", "method", "sources"]


@RUNS
def test_a_campaign_is_told_with_its_chance_its_evidence_and_its_sources(ann: Reader) -> None:
    campaign = section(document(ann), "campaigns").sections[0]

    told = said(campaign)
    assert campaign.title == "drone overflight · 3 incidents"
    assert campaign.marking == "TLP:AMBER"
    assert "How often a group like this arises by chance in this collection: 0.8 % of the time." in told
    assert "name “drone overflight” (means)" in told.replace("\\u201c", "“")
    assert "https://news.example/b1" in told
    assert "proposed, nobody has decided yet" in told


@RUNS
def test_a_decision_stands_with_who_took_it_and_why(ann: Reader) -> None:
    campaigns.decide("22222222-2222-5222-8222-222222222222", verdict="accept", reason="Same crew.", who=ann, now=NOW)

    told = said(section(document(ann), "campaigns"))

    assert "accepted by ann (analyst, home) on 10 March 2025" in told
    assert "Reason: Same crew." in told


@RUNS
def test_what_is_held_for_coincidence_is_told_apart(ann: Reader) -> None:
    made = document(ann)

    assert "anchor dragging" in said(section(made, "coincidence"))
    assert "anchor dragging · 3 incidents" not in said(section(made, "campaigns"))


@RUNS
def test_the_words_of_chance_never_speak_of_the_chance_that_it_is_coincidence(ann: Reader) -> None:
    for language, forbidden in (("en", "chance that this is"), ("nl", "kans dat dit toeval")):
        assert forbidden not in text(document(ann, language)).lower()


@RUNS
def test_a_clear_reader_gets_no_title_figure_or_count_of_amber_rows(ann: Reader, cleo: Reader) -> None:
    made = document(cleo)

    told = text(made)
    for key, title, *_ in ROWS[3:]:
        assert title not in told
        assert f"news.example/{key}" not in told
    assert "drone" not in told.lower()
    assert "Bravia" not in told
    assert "22222222" not in told
    assert made.marking == "TLP:CLEAR"
    assert "TLP:AMBER" not in told
    assert "3 incidents that this reader may see" in told
    assert "6 incidents" not in told


@RUNS
def test_the_marking_is_the_highest_of_everything_in_it(ann: Reader) -> None:
    assert document(ann).marking == "TLP:AMBER"


@RUNS
@pytest.mark.requirement("P18")
def test_certainty_is_the_text_of_the_source_letter_for_letter(cleo: Reader) -> None:
    tables = [block for block in section(document(cleo), "new").blocks if isinstance(block, Chart)]

    cells = {plain for line in tables[0].table.rows for plain in [line[3][0].text]}

    assert {"probable, “not proven” <yet>", "under investigation"} & cells
    assert "under investigation" in cells


@RUNS
@pytest.mark.requirement("P18")
def test_stored_text_is_marked_with_its_own_language(cleo: Reader) -> None:
    dutch = document(cleo, "nl")

    spans = [span for line in _new_table(dutch).rows for cell in line for span in cell]

    assert {span.lang for span in spans if span.text == "under investigation"} == {"en"}


@RUNS
def test_a_title_that_may_not_be_shown_is_withheld_and_its_address_stays(cleo: Reader) -> None:
    told = said(section(document(cleo), "sources"))

    assert "Headline of a2" in told
    assert "Headline of a3" not in told
    assert "https://news.example/a3" in told


@RUNS
def test_every_cited_source_names_row_and_line(cleo: Reader) -> None:
    assert "a2, line 3" in said(section(document(cleo), "sources"))


@RUNS
def test_a_row_that_calls_its_actor_unknown_names_nobody(cleo: Reader) -> None:
    told = text(document(cleo))

    assert "Aland" in told
    assert "unknown crew" not in told


@RUNS
def test_the_settings_of_the_run_stand_in_the_report(ann: Reader) -> None:
    told = said(section(document(ann), "method"))

    assert "spans of time tried" in told
    assert "20 days, 3 months" in told
    assert "could not have shown a campaign of fewer than 4 separate reports" in told


@RUNS
def test_every_chart_has_its_table_and_a_sentence(ann: Reader) -> None:
    charts = [block for block in _all_blocks(document(ann)) if isinstance(block, Chart)]

    assert len(charts) >= 4
    assert all(chart.table.rows and len(chart.alt) > 20 for chart in charts)


@RUNS
def test_two_runs_on_the_same_workspace_and_moment_give_the_same_bytes(ann: Reader) -> None:
    first, second = (rendering.render(document(ann), services.FORMATS, made_at=NOW) for _ in range(2))

    assert first == second


@RUNS
def test_a_report_made_before_changes_no_number_of_the_next(ann: Reader) -> None:
    before = services.numbers(services.draft("picture", who=ann, now=NOW, language="en"))
    services.make("picture", who=ann, now=NOW, language="en", formats=["json"])

    after = services.numbers(services.draft("picture", who=ann, now=NOW, language="en"))

    assert after == before


@pytest.mark.requirement("P1")
def test_swapping_the_actors_changes_nothing_but_their_names(
    ingest: Callable[..., list[IncidentView]], ann: Reader
) -> None:
    swap = {"Aland": "Bravia", "Bravia": "Aland"}
    ingest(*(row(*values) for values in ROWS))
    original = text(document(ann))
    for model in (Attribute, Link, Name, Record, RawDocument):
        model.objects.all().delete()
    ingest(*(row(*values[:4], swap.get(values[4], values[4]), *values[5:]) for values in ROWS))

    swapped = text(document(ann))

    back = swapped.replace("Aland", "\0").replace("Bravia", "Aland").replace("\0", "Bravia")
    assert back == original


def test_an_empty_workspace_says_what_to_do(ann: Reader) -> None:
    made = document(ann)

    assert "There is no incident in this picture yet" in text(made)
    assert made.marking == "TLP:CLEAR"


@pytest.mark.usefixtures("incidents")
def test_without_a_run_the_report_says_that_nothing_was_connected(ann: Reader) -> None:
    assert "the incidents have not been connected" in text(document(ann))


@RUNS
def test_the_picture_of_an_earlier_day_holds_nothing_that_came_later(
    ann: Reader, ingest: Callable[..., list[IncidentView]]
) -> None:
    later = datetime(2025, 4, 2, tzinfo=UTC)
    ingest(row("c1", "A later thing", "cyber", "2025-03-30", "Aland", "suspected", "CLEAR", "yes"), now=later)

    then = document(ann, now=later, known_on=int(NOW.timestamp()) + 3600)
    today = document(ann, now=later)

    assert "A later thing" in text(today)
    assert "A later thing" not in text(then)
    assert then.known_on == "10 March 2025"


@RUNS
def test_what_was_recorded_since_a_day_can_be_asked_for(ann: Reader, ingest: Callable[..., list[IncidentView]]) -> None:
    later = datetime(2025, 4, 2, tzinfo=UTC)
    ingest(
        row("c1", "An old thing, newly told", "cyber", "2020-03-30", "Aland", "suspected", "CLEAR", "yes"), now=later
    )

    new = section(document(ann, now=later, since=int(NOW.timestamp())), "new")

    assert "An old thing, newly told" in said(new)
    assert "Cables cut on one day" not in said(new)


@RUNS
def test_a_long_silence_before_the_report_is_said(ann: Reader) -> None:
    late = datetime(2026, 3, 10, tzinfo=UTC)

    assert "12 months before this report" in text(document(ann, now=late))


@RUNS
def test_a_dutch_report_is_dutch(ann: Reader) -> None:
    made = document(ann, "nl")

    assert made.title == "Dreigingsbeeld"
    assert "Hoe vaak zo'n groep in deze verzameling door toeval ontstaat: 0,8 %" in text(made)
    assert "Wat is nieuw" in [item.title for item in made.sections]


def test_who_may_not_write_reports_is_refused_and_it_is_logged(persons: dict[str, Person]) -> None:
    desk = people.reader(persons["dee"])

    with pytest.raises(RefusedError, match="make reports"):
        services.make("picture", who=desk, now=NOW, language="en")

    assert next(audit.entries()).action == "refused"


def test_a_wrong_kind_is_answered_with_those_there_are(ann: Reader) -> None:
    with pytest.raises(InputError, match=r"Known: picture, .*commitments-trace, .*algorithm-cards"):
        services.make("pictures", who=ann, now=NOW, language="en")


def test_a_wrong_format_or_language_is_answered_with_those_there_are(ann: Reader) -> None:
    with pytest.raises(InputError, match="html, pdf, docx, json"):
        services.make("picture", who=ann, now=NOW, language="en", formats=["odt"])
    with pytest.raises(InputError, match="nl, en"):
        services.make("picture", who=ann, now=NOW, language="fr")


@RUNS
def test_a_made_report_is_kept_numbered_and_logged(ann: Reader, runs: tuple[Run, Run]) -> None:
    first = services.make("picture", who=ann, now=NOW, language="en", formats=["json", "html"])
    second = services.make("picture", who=ann, now=NOW, language="en", formats=["json"])

    assert first.files["json"]["file"] == "picture-en-2025-03-10-1.json"
    assert second.files["json"]["file"] == "picture-en-2025-03-10-2.json"
    assert first.run == runs[1]
    assert first.marking.value().words() == "TLP:AMBER"
    assert next(audit.entries()).action == "report made"


@RUNS
@pytest.mark.requirement("R018")
def test_a_report_past_its_validity_is_outdated(ann: Reader) -> None:
    made = services.make("picture", who=ann, now=NOW, language="en", formats=["json"])

    assert not services.kept(made.pk, ann, now=NOW + timedelta(days=90)).outdated
    assert services.kept(made.pk, ann, now=NOW + timedelta(days=91)).outdated


def test_cards_of_methods_are_a_report_too(ann: Reader) -> None:
    made = services.make("algorithm-cards", who=ann, now=NOW, language="en", formats=["pdf", "docx", "html"])

    assert made.marking.value().words() == "TLP:CLEAR"
    assert made.run is None


def _new_table(of: Document) -> Table:
    return next(block.table for block in section(of, "new").blocks if isinstance(block, Chart))


def _all_blocks(of: Document) -> list[object]:
    def below(item: Section) -> list[object]:
        return [*item.blocks, *(block for child in item.sections for block in below(child))]

    return [*of.summary, *(block for item in of.sections for block in below(item))]


@RUNS
def test_the_summary_says_of_the_interests_what_the_table_says(ann: Reader) -> None:
    made = document(ann)

    short = text(Document("", "en", "", "", "", "", "", "", (), made.summary, (), {}))

    assert "For each of the six interests there are too few incidents" in short
    assert "differ clearly" not in short
    assert said(section(made, "interests")).count('"too few to say"') == 6


@RUNS
def test_the_summary_names_interests_with_another_trend_by_their_word(
    ann: Reader, ingest: Callable[..., list[IncidentView]]
) -> None:
    ingest(*(row(f"EX-{n}", "t", "maritime", "2023-05-03", "x", "reported", "CLEAR", "yes") for n in range(20)))
    made = document(ann, now=datetime(2025, 4, 1, tzinfo=UTC))

    short = text(Document("", "en", "", "", "", "", "", "", (), made.summary, (), {}))

    assert "against the twelve before: " in short
    assert "(economic security)" in short
    assert "too few to say (" in short


def test_a_picture_without_interests_says_that_nothing_can_be_said(ann: Reader, incidents: list[IncidentView]) -> None:
    made = document(ann, now=datetime(2031, 1, 1, tzinfo=UTC))

    assert "nothing can be said about interests or gaps" in text(made)
    assert "No gap was found" not in text(made)
