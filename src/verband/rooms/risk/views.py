"""Pages of the room: which interest is threatened by what, how strong are we, and what do we not know?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import Entry, catalogue
from verband.language.errors import NotFoundError, VerbandError
from verband.language.markings import TLP, Marking
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.measures.services import MeasureView
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.risk import charts, services
from verband.rooms.risk.services import Cell, Triangle
from verband.rooms.risk.trend import CAVEAT

_SHOWN = 60
_EVIDENCE_ROWS = 3


@require_GET
def triangle(request: HttpRequest) -> HttpResponse:
    """Which interests and themes are threatened, is it more than before, and which corners are missing?"""
    who, found, language = reader_of(request), _triangle(request), page_language()
    if form := exports.wanted(request):
        return exports.response(who, name="triangle", form=form, rows=[_exported(cell) for cell in found.cells])
    picture.note_reading(who, "triangle", [found.marking])
    shown = {
        "found": found,
        "gaps": services.gaps_of(found),
        "interests": [_row(cell) for cell in found.interests],
        "themes": [_row(cell) for cell in found.themes],
        "chart": charts.heat_map(found, language),
        "table": charts.heat_table(found, language),
        "caveat": CAVEAT[language],
        "silence": next((cell.trend.silence(language) for cell in found.interests if cell.trend.silent_months), ""),
    }
    return render(request, "risk/triangle.html", shown)


@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """Where is there a threat with no judgement of resilience or no measure?"""
    who, found = reader_of(request), _triangle(request)
    listed = services.gaps_of(found)
    if form := exports.wanted(request):
        return exports.response(who, name="gaps", form=form, rows=[_exported(cell) for cell in listed.pairs])
    picture.note_reading(who, "gaps", [found.marking])
    shown = {
        "found": found,
        "gaps": listed,
        "pairs": [_row(cell) for cell in listed.pairs],
        "measures": [_measure(view) for view in listed.measures_without_threat],
    }
    return render(request, "risk/gaps.html", shown)


@require_GET
def interest(request: HttpRequest, interest: str) -> HttpResponse:
    """What threatens this interest, in which themes, and what stands against it?"""
    found, entry = _triangle(request), _entry("interests", interest)
    shown = _page(request, found, found.interest(entry.key))
    shown["pairs"] = [_row(cell) for cell in found.cells if cell.interest == entry.key and _says_something(cell)]
    shown["statements"] = _statements(
        services.statements(reader_of(request), interest=entry.key, known_on=known_on_of(request))
    )
    return render(request, "risk/interest.html", shown | {"entry": entry})


@require_GET
def theme(request: HttpRequest, theme: str) -> HttpResponse:
    """What does the review say about this theme, what has happened since, and what stands against it?"""
    found, entry = _triangle(request), _entry("themes", theme)
    who, known_on = reader_of(request), known_on_of(request)
    texts = services.theme_texts(who, theme=entry.key, known_on=known_on)
    shown = _page(request, found, found.theme(entry.key))
    shown["pairs"] = [_row(cell) for cell in found.cells if cell.theme == entry.key and _says_something(cell)]
    shown["texts"] = [_text(view) for view in texts if not view.as_read]
    shown["readings"] = [_text(view) for view in texts if view.as_read]
    shown["statements"] = _statements(services.statements(who, theme=entry.key, known_on=known_on))
    return render(request, "risk/theme.html", shown | {"entry": entry})


@require_GET
def pair(request: HttpRequest, interest: str, theme: str) -> HttpResponse:
    """One interest in one theme: what happened, what stands against it, and who judged how strong we are?"""
    return _pair(request, interest, theme, status=200)


@require_POST
def judge(request: HttpRequest, interest: str, theme: str) -> HttpResponse:
    """Store a judgement about resilience; what is wrong with it is said beside the form."""
    posted = {name: request.POST.get(name, "") for name in ("text", "reason", "marking", "level", "party")}
    rows = _evidence_rows(request)
    try:
        services.judge(
            _entry("interests", interest).key,
            _entry("themes", theme).key,
            text=posted["text"],
            evidence=services.evidence_of(rows, now=timezone.now()),
            level=posted["level"],
            party=posted["party"] or services.NOT_STATED,
            reason=posted["reason"],
            marking=Marking(posted["marking"] or "RED"),
            who=reader_of(request),
            now=timezone.now(),
        )
    except VerbandError as error:
        return _pair(request, interest, theme, status=error.status, posted=posted, rows=rows, error=error)
    messages.success(request, gettext("Your judgement stands here, with your name, its evidence and its day."))
    return redirect("risk:pair", interest, theme)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a judgement back; the gap comes back with it."""
    made = services.withdraw(number, reason=request.POST.get("reason", ""), who=reader_of(request), now=timezone.now())
    messages.success(request, gettext("The judgement is withdrawn; it stays in the history."))
    return redirect("risk:pair", made.interest, made.theme)


def _pair(
    request: HttpRequest,
    interest: str,
    theme: str,
    *,
    status: int,
    posted: dict[str, str] | None = None,
    rows: Sequence[tuple[str, str, str]] = (),
    error: VerbandError | None = None,
) -> HttpResponse:
    who, found = reader_of(request), _triangle(request)
    day = datetime.fromtimestamp(found.until, UTC).date()
    of_interest, of_theme = _entry("interests", interest), _entry("themes", theme)
    cell = found.cell(of_interest.key, of_theme.key)
    every = services.judgements(who, known_on=known_on_of(request))
    shown = _page(request, found, cell) | {
        "interest": of_interest,
        "theme": of_theme,
        "judgements": [j for j in every if (j.interest, j.theme) == (cell.interest, cell.theme)],
        "expired": {j.id for j in every if not j.holding(day)},
        "parties": [entry for entry in catalogue("party_types").entries if entry.fields.get("asked")],
        "levels": catalogue("resilience_levels").entries,
        "evidence_rows": [
            {"text": text, "day": seen, "days": days}
            for text, seen, days in (*rows, *[("", day.isoformat(), str(services.EVIDENCE_DAYS))] * _EVIDENCE_ROWS)[
                :_EVIDENCE_ROWS
            ]
        ],
        "resilience_2021": [
            _text(view)
            for view in services.theme_texts(who, theme=cell.theme, known_on=known_on_of(request))
            if view.part == "resilience"
        ],
        "may_judge": who.may("assess") and known_on_of(request) is None,
        "posted": posted or {"marking": cell.marking.tlp},
        "markings": TLP[: TLP.index(who.ceiling.tlp) + 1],
        "problem": error,
        "message": error.message(page_language()) if error else "",
        "hint": error.hint(page_language()) if error else "",
    }
    return render(request, "risk/pair.html", shown, status=status)


def _evidence_rows(request: HttpRequest) -> list[tuple[str, str, str]]:
    """The rows of evidence that were posted: text, day seen, days that it holds; what is missing is empty."""
    names = ("evidence", "observed_on", "valid_days")
    texts, days, lengths = ([str(value) for value in request.POST.getlist(name)] for name in names)
    return list(zip_longest(texts, days, lengths, fillvalue=""))


def _shown_rows(rows: Sequence[tuple[str, str, str]], day: date) -> list[dict[str, str]]:
    """What was posted, then blank rows of today that hold for a year, EVIDENCE_ROWS in all."""
    blank = ("", day.isoformat(), str(services.EVIDENCE_DAYS))
    shown = [*rows, *[blank] * _EVIDENCE_ROWS][:_EVIDENCE_ROWS]
    return [{"text": text, "day": seen, "days": days} for text, seen, days in shown]


def _page(request: HttpRequest, found: Triangle, cell: Cell) -> dict[str, Any]:
    """What interest, theme and pair pages share: the row, its incidents, campaigns and measures."""
    who, language = reader_of(request), page_language()
    every = [view for view in services.incidents(who, known_on=known_on_of(request)) if services.belongs(view, cell)]
    picture.note_reading(who, f"risk {cell.interest} {cell.theme}".strip(), [view.marking for view in every])
    return {
        "found": found,
        "cell": cell,
        "row": _row(cell),
        "incidents": every[:_SHOWN],
        "incidents_total": len(every),
        "campaigns": [
            {"row": row, "title": row.title_nl if language == "nl" else row.title_en} for row in cell.campaigns
        ],
        "measures": [_measure(view) for view in cell.measures],
        "caveat": CAVEAT[language],
    }


def _row(cell: Cell) -> dict[str, Any]:
    """One cell in words, with the level that colours its ground."""
    return {
        "cell": cell,
        "sentence": cell.trend.sentence(page_language()),
        "trend": cell.trend.label(page_language()),
        "share": cell.trend.share(page_language()),
        "missing": charts.missing_words(cell),
    }


def _measure(view: MeasureView) -> dict[str, Any]:
    return {"view": view, "title": view.title(page_language()), "source_title": view.source.title(page_language())}


def _text(view: services.TextView) -> dict[str, Any]:
    words = {
        "summary": gettext("Summary of the strategy of 2019"),
        "threat": gettext("Development of the threat"),
        "resilience": gettext("Development of resilience"),
        "approach": gettext("Development of the approach"),
        "trend": gettext("Trend"),
        "verdict": gettext("Verdict on the approach"),
    }
    return {"view": view, "part": words[view.part], "source_title": view.source.title(page_language())}


def _statements(views: Iterable[services.StatementView]) -> list[dict[str, Any]]:
    language = page_language()
    return [
        {
            "view": view,
            "actor": view.actor(language),
            "actor_language": "nl" if language == "nl" and view.actor_nl else "en",
            "instrument": view.instrument(language),
            "instrument_language": "nl" if language == "nl" and view.instrument_nl else "en",
            "source_title": view.source.title(language),
        }
        for view in views
    ]


def _exported(cell: Cell) -> dict[str, Any]:
    return {
        "interest": cell.interest,
        "theme": cell.theme,
        "last_12_months": cell.recent,
        "12_months_before": cell.before,
        "not_dated_exactly_enough": cell.unplaced,
        "all": cell.in_all,
        "trend": cell.trend.sentence(page_language()),
        "campaigns": len(cell.campaigns),
        "measures": [view.key for view in cell.measures],
        "resilience": cell.judgement.text if cell.judgement else "unknown",
        "resilience_expired_on": cell.expired_on.isoformat() if cell.expired_on else "",
        "missing": list(cell.missing),
        "marking": cell.marking.words(),
    }


def _says_something(cell: Cell) -> bool:
    return bool(cell.in_all or cell.measures or cell.judgement)


def _entry(name: str, key: str) -> Entry:
    found = catalogue(name).find(key)
    if found is None:
        raise NotFoundError("risk.unknown", key=key)
    return found


def _triangle(request: HttpRequest) -> Triangle:
    known_on = known_on_of(request)
    now = timezone.now() if known_on is None else datetime.fromtimestamp(known_on, UTC)
    return services.triangle(reader_of(request), now=now, known_on=known_on)
