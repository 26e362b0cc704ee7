"""Help, and the lists of words that everything here is written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from verband.language.catalogues import Entry, catalogue, names, versions
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import TLP, Marking
from verband.rooms.asking import reader_of
from verband.rooms.picture import exports
from verband.workbench.list_words import list_title

#: Fields of an entry that the page shows in columns of their own.
_OWN = ("definition_nl", "definition_en")


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How do I work here?"""
    shown = {
        "markings": [Marking(word) for word in TLP],
        "tlp": catalogue("tlp").entries,
        "reliability": catalogue("reliability").entries,
        "credibility": catalogue("credibility").entries,
        "groups": catalogue("colour_groups").keys(),
    }
    return render(request, "workbench/help.html", shown)


@require_GET
def catalogues(request: HttpRequest) -> HttpResponse:
    """Which words are used here, from whom, and which of them are only recalled?"""
    rows = [_head(name) for name in names()]
    if form := exports.wanted(request):
        return exports.response(reader_of(request), name="word-lists", form=form, rows=rows)
    shown = {"rows": rows, "unverified": sum(row["not_verified"] for row in rows)}
    return render(request, "workbench/catalogues.html", shown)


@require_GET
def catalogue_page(request: HttpRequest, name: str) -> HttpResponse:
    """What does each word of this list mean, in both languages, and who says so?"""
    try:
        found = catalogue(name, version=request.GET.get("version") or None)
    except InputError as error:
        raise NotFoundError(error.code, **error.params) from error
    rows = [_row(entry) for entry in found.entries]
    if form := exports.wanted(request):
        return exports.response(reader_of(request), name=f"{name}-{found.version}", form=form, rows=rows)
    shown = {
        "catalogue": found,
        "title": list_title(name),
        "rows": rows,
        "versions": versions(name),
        "head": _head(name),
    }
    return render(request, "workbench/catalogue.html", shown)


def _head(name: str) -> dict[str, Any]:
    found = catalogue(name)
    return {
        "name": name,
        "title": list_title(name),
        "version": found.version,
        "words": len(found.entries),
        "not_verified": sum(not entry.verified for entry in found.entries),
        "source": found.source,
        "review_date": found.review_date,
    }


def _row(entry: Entry) -> dict[str, Any]:
    rest = {name: _plain(value) for name, value in entry.fields.items() if name not in _OWN and value not in ("", ())}
    return {
        "key": entry.key,
        "nl": entry.nl,
        "en": entry.en,
        "definition_nl": entry.definition("nl"),
        "definition_en": entry.definition("en"),
        "aliases": list(entry.aliases),
        "verified": entry.verified,
        "source": entry.source,
        "more": "; ".join(f"{name} = {value}" for name, value in rest.items()),
    }


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_plain(part) for part in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items())
    return str(value)
