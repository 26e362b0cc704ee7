"""Pages of the room, read only: do we do what we promised, and where does it say so?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.measures import services, stated
from verband.rooms.measures.register import shown as cards
from verband.rooms.measures.register import standing
from verband.rooms.measures.services import Filter, MeasureView
from verband.rooms.measures.stated import Shown
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem, rendered


@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """What is being done, for which accent, theme and interest?"""
    who, known_on = reader_of(request), known_on_of(request)
    wanted = Filter.from_query(dict(request.GET.lists()))
    found = services.measures(who, wanted, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name="measures", form=form, rows=services.exported(found))
    picture.note_reading(who, "measures", [view.marking for view in found])
    shown = _list(found, services.measures(who, known_on=known_on), wanted)
    return render(request, "measures/measures.html", shown)


@require_GET
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """What is this measure, whose is it, and where does it say so?"""
    return measure_page(request, key)


def measure_page(request: HttpRequest, key: str, *, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page of a measure, with what is wrong in one of its forms. Raises NotFoundError("measures.unknown")."""
    who, known_on = reader_of(request), known_on_of(request)
    view = services.measure(key, who, known_on=known_on)
    known = standing.register(who, known_on=known_on)
    item = next(one for one in known if one.measure.key == key)
    picture.note_reading(who, f"measure {key}", item.markings)
    every = services.commitments(who, known_on=known_on)
    kept = cards.of_measure(
        item, {one.measure.key: one.measure for one in known}, who, known_on=known_on, problem=problem
    )
    context = {**_one(view), **kept, "commitments": [row for row in every if row.measure == key]}
    return rendered(request, "measures/measure.html", {**context, "problem": problem}, problem=problem, status=status)


def _one(view: MeasureView) -> dict[str, Any]:
    language = page_language()
    return {
        "view": view,
        "title": view.title(language),
        "title_language": language,
        "kind": _kind_word(view.kind),
        "source_title": view.source.title(language),
    }


def _list(
    found: Sequence[MeasureView],
    every: Sequence[MeasureView],
    wanted: Filter,
) -> dict[str, Any]:
    language = page_language()
    accents = Counter(view.accent for view in found)
    return {
        "rows": [
            {
                "view": view,
                "title": view.title(language),
                "kind": _kind_word(view.kind),
                "source_title": view.source.title(language),
            }
            for view in found
        ],
        "total": len(every),
        "accents": [(entry.key, accents[entry.key]) for entry in catalogue("accents").entries if accents[entry.key]],
        "wanted": wanted,
        "filters": _filters(services.choices(every), language),
    }


def _filters(choices: services.Choices, language: str) -> dict[str, Sequence[tuple[str, str | Shown]]]:
    """What each filter offers, as (value, word)."""
    return {
        "accent": list(catalogue("accents").labels(language).items()),
        "theme": list(catalogue("themes").labels(language).items()),
        "interest": list(catalogue("interests").labels(language).items()),
        "owner": [(owner, owner) for owner in choices.owners],
        "status": stated.options(choices.statuses, language),
        "kind": [(key, _kind_word(key)) for key in choices.kinds],
    }


def _kind_word(key: str) -> str:
    found = services.kinds()[key]
    return found.nl if page_language() == "nl" else found.en
