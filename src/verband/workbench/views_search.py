"""Search over the names of things and incidents that the reader may see."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from verband.language.words import fold
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.campaigns import services as campaigns
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.picture.kinds import EVENTS
from verband.workbench.picture_page import campaign_row

_LIMIT = 200


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Where does this name occur?"""
    who, moment, text = reader_of(request), known_on_of(request), request.GET.get("q", "").strip()
    hits = picture.search(text, ceiling=who.ceiling, known_on=moment, limit=_LIMIT) if text else []
    ordered = sorted(hits, key=lambda hit: (hit.kind not in EVENTS, hit.kind))
    found = []
    if text and "campaigns" in who.rooms:
        rows = (campaign_row(row, page_language()) for row in campaigns.overview(who, known_on=moment))
        found = [row for row in rows if all(word in fold(row["title"]) for word in fold(text).split())]
    if form := exports.wanted(request):
        rows_out = [{"id": hit.stix_id, "kind": hit.kind, "name": hit.name} for hit in ordered]
        return exports.response(who, name="search", form=form, rows=rows_out)
    shown = {
        "search_text": text,
        "groups": [(kind, list(group)) for kind, group in groupby(ordered, key=lambda hit: hit.kind)],
        "campaigns": found,
        "total": len(hits) + len(found),
        "capped": len(hits) == _LIMIT,
    }
    return render(request, "workbench/search.html", shown)
