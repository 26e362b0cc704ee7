"""Pages of what the assessments say: each edition as statements, and the difference between two of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verband.language.markings import highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.picture import exports
from verband.rooms.risk.cycle import asking, difference
from verband.rooms.risk.cycle.difference import Assessment, Difference, Pair


@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """What does each assessment say, statement by statement, with its line?"""
    who, known_on = reader_of(request), known_on_of(request)
    found = difference.assessments(who, known_on=known_on)
    apart = difference.elsewhere(who, known_on=known_on)
    if form := exports.wanted(request):
        rows = [
            {"edition": item.edition.key, **asking.statement_row(view)} for item in found for view in item.statements
        ]
        rows += [{"edition": "", **asking.statement_row(view)} for view in apart]
        return exports.response(who, name="statements-by-edition", form=form, rows=rows)
    every = [view for item in found for view in item.statements] + apart
    asking.note(request, "statements by edition", highest(view.marking for view in every))
    shown = {
        "assessments": [_assessment(item) for item in found],
        "elsewhere": [asking.statement(view) for view in apart],
        "first": found[-2].edition.key if len(found) > 1 else "",
        "second": found[-1].edition.key if found else "",
    }
    return asking.show(request, "editions", shown, None, tab="editions")


@require_GET
def between(request: HttpRequest) -> HttpResponse:
    """What does the later edition add, say otherwise, and not mention?"""
    who, known_on = reader_of(request), known_on_of(request)
    first, second = request.GET.get("from", ""), request.GET.get("to", "")
    if not first and not second:
        first, second = difference.newest_two(who, known_on=known_on)
    found = difference.difference(first, second, who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name=f"difference-{first}-{second}", form=form, rows=_rows(found))
    asking.note(request, f"difference {first} {second}", found.marking)
    words = page_language()
    shown = {
        "found": found,
        "title": title(found),
        "earlier": found.earlier.edition.called(words),
        "later": found.later.edition.called(words),
        "added": [asking.statement(view) for view in found.added],
        "changed": [_pair(pair) for pair in found.changed],
        "alike": [_pair(pair) for pair in found.alike],
        "not_mentioned": [asking.statement(view) for view in found.not_mentioned],
        "choices": [_assessment(item) for item in difference.assessments(who, known_on=known_on)],
        "both_earlier": len({pair.earlier.key for pair in (*found.changed, *found.alike)}),
        "both_later": len({pair.later.key for pair in (*found.changed, *found.alike)}),
    }
    return asking.show(request, "difference", shown, None, tab="editions")


def title(found: Difference) -> str:
    """The title of the page: what the one says and what the other says."""
    words = page_language()
    names = {"earlier": found.earlier.edition.called(words), "later": found.later.edition.called(words)}
    return _("What %(earlier)s says and what %(later)s says") % names


def _assessment(item: Assessment) -> dict[str, Any]:
    words = page_language()
    return {
        "edition": item.edition,
        "title": item.edition.title(words),
        "called": item.edition.called(words),
        "rows": [asking.statement(view) for view in item.statements],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {"sides": [asking.statement(pair.earlier), asking.statement(pair.later)], "differs": pair.differs}


def _rows(found: Difference) -> list[dict[str, Any]]:
    """Every line of the difference for a file: what kind it is, and both statements."""
    rows = [_row("added", None, view) for view in found.added]
    rows += [_row("otherwise", pair.earlier, pair.later, pair.differs) for pair in found.changed]
    rows += [_row("alike", pair.earlier, pair.later) for pair in found.alike]
    return rows + [_row("not mentioned", view, None) for view in found.not_mentioned]


def _row(kind: str, earlier: Any, later: Any, differs: tuple[str, ...] = ()) -> dict[str, Any]:
    of_both: dict[str, Any] = {"kind": kind, "differs": list(differs)}
    for name, view in (("earlier", earlier), ("later", later)):
        row = asking.statement_row(view) if view else {}
        kept = ("key", "actor_en", "interests", "domain", "instrument_en", "target", "certainty_as_stated", "horizon")
        of_both |= {f"{name}_{field}": row.get(field, "") for field in (*kept, "source_en", "section", "line")}
    markings = [view.marking for view in (earlier, later) if view]
    return of_both | {"marking": highest(markings).words()}
