"""The page that compares what was seen with known groups, with "none of these" among the answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verband.language.errors import InputError
from verband.rooms import method_cards
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.campaigns import attributing
from verband.rooms.campaigns.attributing import Answer, Part, Row
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports as tables
from verband.rooms.picture import services as picture

_SHOWN = 10
_PARTS = 5
#: Less than this many bans says nothing either way.
_SPEAKS = 0.05


@require_GET
def known_groups(request: HttpRequest) -> HttpResponse:
    """Which known groups fit the techniques and software that were seen, and do none of them?"""
    who = reader_of(request)
    known_on = known_on_of(request)
    text = request.GET.get("items", "")
    lines = text.splitlines()
    error = ""
    try:
        answer = attributing.rank_groups(lines, who, known_on=known_on)
    except InputError as wrong:
        answer = attributing.rank_groups((), who, known_on=known_on)
        error = f"{wrong.message(page_language())} {wrong.hint(page_language())}"
    if form := tables.wanted(request):
        return tables.response(who, name="known-groups", form=form, rows=[_values(row) for row in answer.rows])
    if answer.known.records:
        picture.note_reading(who, "known groups", [answer.known.marking])
    status = 400 if error else 200
    return render(request, "campaigns/known_groups.html", _context(request, who, answer, error), status=status)


def _context(request: HttpRequest, who: Reader, answer: Answer, error: str) -> dict[str, Any]:
    every = request.GET.get("rows") == "all"
    none = next((row for row in answer.rows if not row.stix_id), None)
    shown = [row for at, row in enumerate(answer.rows) if every or at < _SHOWN or row is none]
    return {
        "text": request.GET.get("items", ""),
        "asked": bool(request.GET.get("items", "").strip()),
        "error": error,
        "answer": answer,
        "groups": len(answer.known.groups),
        "marking": answer.known.marking,
        "first": answer.rows[0] if answer.rows else None,
        "none": none,
        "lines": [_line(row) for row in shown],
        "folded": len(answer.rows) - len(shown),
        "top": max((row.chance for row in answer.rows), default=1.0),
        "card": method_cards.card("attribution", page_language()),
        "may_export": who.may("export"),
    }


def _line(row: Row) -> dict[str, Any]:
    pleading = [part for part in row.speaking_for if part.bans >= _SPEAKS]
    against = [part for part in row.speaking_against if part.bans <= -_SPEAKS]
    return {
        "row": row,
        "for": pleading[:_PARTS],
        "more_for": len(pleading[_PARTS:]),
        "against": against[:_PARTS],
        "more_against": len(against[_PARTS:]),
    }


def _values(row: Row) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "group": row.name or _("none of these"),
        "id": row.stix_id,
        "bans": round(row.bans, 3),
        "beforehand_bans": round(row.prior_bans, 3),
        "chance": round(row.chance, 4),
        "for": _told(row.speaking_for),
        "against": _told(row.speaking_against),
    }


def _told(parts: Sequence[Part]) -> list[str]:
    return [f"{part.item.number or part.item.name} {part.bans:+.2f}" for part in parts]
