"""What matters most: every node alone, pairs, and where a longer buffer or one supplier more helps most."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from verband.language.errors import InputError
from verband.methods.depending.cascades import VERSION, Effort, Parameters
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import analysing, figures, network, words
from verband.rooms.exposure.asking import page, positive
from verband.rooms.exposure.shown import asked, closed, hours_of, node_row
from verband.rooms.picture import exports
from verband.rooms.problems import Problem, problem_of

_MOST_SHOWN = 100
_USUAL = {"buffer": "24", "buffer_effort": "1", "supplier_effort": "1"}


@require_GET
def ranked(request: HttpRequest) -> HttpResponse:
    """Whose failure alone costs most hours of vital processes, how sure is that, and when does the first one fail?"""
    who, language = reader_of(request), page_language()
    found = network.network(who, known_on=known_on_of(request))
    horizon_h, problem = hours_of(request)
    shown = {**asked(request, horizon_h, problem), "requirements": len(found.requirements), "total": len(found.nodes)}
    if found.nodes and not problem:
        result = network.ranking(found, horizon_h=horizon_h)
        if form := exports.wanted(request):
            rows = figures.exported_ranking(found, result, language)
            return exports.response(who, name="criticality", form=form, rows=rows)
        shown["rows"] = [
            {
                **node_row(found.nodes[one.name], found, language),
                "standing": one,
                "impact": _hour(analysing.impact_h(found, one.name, horizon_h=horizon_h)),
            }
            for one in result.standings[:_MOST_SHOWN]
        ]
        shown |= {"draws": result.parameters.draws, "spread": result.parameters.spread, "method": result.version}
        shown["closed"] = closed(found, language)
    return page(request, "ranking", shown, found.markings, status=400 if problem else 200)


@require_GET
def paired(request: HttpRequest) -> HttpResponse:
    """Which two nodes lose more together than apart?"""
    who, language = reader_of(request), page_language()
    found = network.network(who, known_on=known_on_of(request))
    horizon_h, problem = hours_of(request)
    told = analysing.pairs(found, horizon_h=horizon_h) if found.nodes and not problem else []
    if form := exports.wanted(request):
        return exports.response(who, name="pairs", form=form, rows=figures.exported_pairs(told, language))
    shown = {
        **asked(request, horizon_h, problem),
        "requirements": len(found.requirements),
        "total": len(found.nodes),
        "rows": [{"one": pair.one.name(language), "other": pair.other.name(language), "pair": pair} for pair in told],
        "closed": closed(found, language),
        "looked_at": Parameters().pairs_from,
        "method": VERSION,
    }
    return page(request, "pairs", shown, found.markings, status=400 if problem else 200)


@require_GET
def strengthened(request: HttpRequest) -> HttpResponse:
    """Where does a longer buffer, or one supplier more, save most for the effort that the reader puts on it?"""
    who, language = reader_of(request), page_language()
    found = network.network(who, known_on=known_on_of(request))
    horizon_h, problem = hours_of(request)
    effort, wrong = _effort(request)
    problem = problem or wrong
    told = analysing.strengthening(found, horizon_h=horizon_h, effort=effort) if found.nodes and not problem else []
    if form := exports.wanted(request):
        rows = figures.exported_gains(told, language)
        return exports.response(who, name="strengthening", form=form, rows=rows)
    shown = {
        **asked(request, horizon_h, problem),
        "requirements": len(found.requirements),
        "total": len(found.nodes),
        "rows": [
            {
                "name": one.node.name(language),
                "members": "; ".join(found.nodes[key].name(language) for key in one.requirement.members),
                "one": one,
            }
            for one in told
        ],
        "top": told[0].gain.per_effort if told else 0.0,
        "closed": closed(found, language),
        "filled": {name: request.GET.get(name, "") or usual for name, usual in _USUAL.items()},
        "more_h": words.hours(effort.more_buffer_h),
        "method": VERSION,
    }
    return page(request, "strengthening", shown, found.markings, status=400 if problem else 200)


def _effort(request: HttpRequest) -> tuple[Effort, Problem | None]:
    try:
        values = [positive(request.GET.get(name, "") or usual, field=name) for name, usual in _USUAL.items()]
    except InputError as error:
        return Effort(), problem_of(error, "effort", page_language())
    return Effort(*values), None


def _hour(value: float | None) -> Any:
    return None if value is None else words.hours(value)
