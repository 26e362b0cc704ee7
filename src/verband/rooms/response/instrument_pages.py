"""The instruments as a page: what each is, who owns it, how fast it works, and whether it can be offered."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.markings import highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.forms import bound
from verband.rooms.picture import exports as tables
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem
from verband.rooms.response import forms, keeping, legal
from verband.rooms.response.legal import Sheet, Wanted


@require_GET
def instruments(request: HttpRequest) -> HttpResponse:
    """Which instruments are there, who owns them, how fast do they work, and which cannot be offered, and why?"""
    if form := tables.wanted(request):
        who = reader_of(request)
        soon, unknown = legal.filtered(legal.sheets(who, known_on=known_on_of(request)), _wanted(request))
        rows = legal.exported((*soon, *unknown), page_language())
        return tables.response(who, name="response-instruments", form=form, rows=rows)
    return page(request)


def page(request: HttpRequest, *, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, known_on = reader_of(request), known_on_of(request)
    every = legal.sheets(who, known_on=known_on)
    wanted, wrong = _wanted(request), ""
    try:
        soon, unknown = legal.filtered(every, wanted)
    except InputError as error:
        wrong, status = f"{error.message(page_language())} {error.hint(page_language())}", error.status
        wanted, (soon, unknown) = Wanted(), (every, ())
    writes = who.may(keeping.PREPARE) and known_on is None
    marks = [mark for one in every for mark in one.markings]
    picture.note_reading(who, "response instruments", marks)
    shown = {
        "post_to": "response:act",
        "here_instruments": True,
        "groups": [(key, [_row(one, writes, request, problem) for one in found]) for key, found in _listed(soon)],
        "unknown": [_row(one, writes, request, problem) for one in unknown],
        "total": len(every),
        "matching": len(soon),
        "offered": sum(one.offerable for one in every),
        "counts": _counts(every),
        "wanted": wanted,
        "filters": {
            "lead_time": catalogue("lead_times").labels(page_language()),
            "power": catalogue("dimefil").labels(page_language()),
            "gate": catalogue("response_gates").labels(page_language()),
        },
        "wrong": wrong,
        "problem": problem,
        "marking_of_all": highest(marks),
    }
    return render(request, "response/instruments/list.html", shown, status=status)


def _wanted(request: HttpRequest) -> Wanted:
    return Wanted(**{name: request.GET.get(name, "").strip() for name in ("lead_time", "power", "gate")})


def _listed(found: tuple[Sheet, ...]) -> list[tuple[str, list[Sheet]]]:
    """The sheets by means of power, in the order of the catalogue."""
    powers = catalogue("dimefil").keys()
    by_power = {key: [one for one in found if one.instrument.power == key] for key in powers}
    return [(key, held) for key, held in by_power.items() if held]


def _counts(every: tuple[Sheet, ...]) -> list[dict[str, Any]]:
    """For each means of power how many there are, by gate, and how many can be offered."""
    gates = catalogue("response_gates").keys()
    found = []
    for power, held in _listed(every):
        counted = Counter(one.instrument.gate for one in held)
        found.append(
            {
                "power": power,
                "all": len(held),
                "offered": sum(one.offerable for one in held),
                "gates": [(gate, counted[gate]) for gate in gates],
            }
        )
    return found


def _row(one: Sheet, writes: bool, request: HttpRequest, problem: Problem | None) -> dict[str, Any]:
    words, found = page_language(), one.instrument
    names = ("definition", "owner", "preconditions", "escalation", "investment_climate")
    row: dict[str, Any] = {
        "sheet": one,
        "one": found,
        "name": found.label(words),
        "facts": {name: found.text(name, words) for name in names},
    }
    if writes:
        who = reader_of(request)
        if one.missing:
            row["form"] = bound(forms.legal_basis(who, one.key, found.label(words), one.missing), problem)
        row["withdrawals"] = [
            (given, bound(forms.withdrawal("withdraw-legal-basis", "", given.key, found.label(words)), problem))
            for given in one.given
        ]
    else:
        row["withdrawals"] = [(given, None) for given in one.given]
    return row
