"""Times, numbers, words and marks as the pages show them."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from verband.language.markings import Marking
from verband.language.time import parse_time
from verband.workbench.templatetags import verband as tags
from verband.workbench.words import span_words, when_words


@pytest.mark.parametrize(
    ("text", "english", "dutch"),
    [
        ("2021", "2021", "2021"),
        ("2021-05", "May 2021", "mei 2021"),
        ("2021-05-03", "3 May 2021", "3 mei 2021"),
        ("2021-05-03/2021-05-09", "3 – 9 May 2021", "3 – 9 mei 2021"),
        ("2021-05-30/2021-06-02", "30 May – 2 Jun 2021", "30 mei – 2 jun 2021"),
        ("2021-12-30/2022-01-02", "30 Dec 2021 – 2 Jan 2022", "30 dec 2021 – 2 jan 2022"),
        ("2016-09/2016-12", "Sep – Dec 2016", "sep – dec 2016"),
    ],
)
def test_a_time_says_no_more_than_its_source(text: str, english: str, dutch: str) -> None:
    with translation.override("en"):
        assert when_words(parse_time(text)) == english
    with translation.override("nl"):
        assert when_words(parse_time(text)) == dutch


def test_a_span_of_many_incidents_has_no_days() -> None:
    first, last = parse_time("2023-10-07"), parse_time("2025-01-26")

    with translation.override("en"):
        assert span_words(first.start, last.end) == "Oct 2023 – Jan 2025"
        assert span_words(first.start, first.end) == "Oct 2023"


@pytest.mark.parametrize(("p", "words"), [(0.0004, "< 0.1 %"), (0.004, "0.4 %"), (0.18, "18 %"), (None, "–")])
def test_a_chance_has_the_digits_it_can_carry(p: float | None, words: str) -> None:
    with translation.override("en"):
        assert tags.chance(p) == words


def test_numbers_have_the_decimal_mark_of_the_language() -> None:
    with translation.override("nl"):
        assert tags.decimal(1234.56, 1) == "1.234,6"
        assert "1,4" in tags.spread(1.4, 0.9, 2.1)


def test_a_word_that_is_only_recalled_says_so() -> None:
    with translation.override("en"):
        assert "not verified" in tags.label("classification", "stg_geheim")
        assert "not verified" not in tags.label("domains", "cyber")


def test_a_domain_is_never_told_by_its_colour_alone() -> None:
    with translation.override("en"):
        assert "<svg" in tags.domain("maritime")
        assert tags.domain("maritime").endswith("maritime</span>")
        assert 'aria-label="maritime, cyber"' in tags.domain_icons(["maritime", "cyber"])


def test_what_a_source_wrote_cannot_become_markup() -> None:
    nasty = "<script>alert(1)</script>"

    assert "<script>" not in tags.label("domains", nasty)
    assert "<script>" not in tags.domain(nasty)
    assert "<script>" not in tags.sparkline([1, 2], nasty)


def test_a_marking_names_classification_and_to_whom_it_is_released() -> None:
    with translation.override("en"):
        badge = tags.marking(Marking("AMBER+STRICT", "stg_geheim", frozenset({"partners"})))

    assert "TLP:AMBER+STRICT" in badge
    assert "state secret: secret" in badge
    assert "partners" in badge


def test_a_figure_stands_beside_the_table_that_says_the_same() -> None:
    request = RequestFactory().get("/")
    page = Template('{% chart "demo" spec table=rows title="Counts" %}{% islands %}')

    text = page.render(Context({"request": request, "spec": {"mark": "bar"}, "rows": [{"month": "May", "n": 3}]}))

    assert 'aria-label="Counts' in text
    assert '<th scope="col">month</th>' in text
    assert "<td>3</td>" in text
    assert "js/charts.js" in text


def test_an_export_keeps_the_filters_and_leaves_the_page_number() -> None:
    request = RequestFactory().get("/incidents/?country=NL&country=DE&page=3")

    text = Template("{% export_links %}").render(Context({"request": request}))

    assert "/incidents/?country=NL&amp;country=DE&amp;format=csv" in text
    assert "page=" not in text
