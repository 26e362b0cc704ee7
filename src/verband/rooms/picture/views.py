"""The list of incidents, with every filter in its address."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.picture import derived, exports, forms, services
from verband.rooms.picture.reading import IncidentView

_PAGE = 50


@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """Which incidents match, from whom do we have them, and how sure are they?"""
    who = reader_of(request)
    known_on = known_on_of(request)
    language = page_language()
    wanted = forms.read(dict(request.GET.lists()))
    form = exports.wanted(request)
    if form and wanted.errors:
        raise next(iter(wanted.errors.values()))
    found = services.incidents(who.ceiling, wanted.filter, known_on=known_on)
    services.note_reading(who, "incidents", [incident.marking for incident in found])
    if form:
        return exports.response(who, name="incidents", form=form, rows=[as_row(incident) for incident in found])
    every = services.incidents(who.ceiling, services.Filter(kinds=wanted.filter.kinds), known_on=known_on)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "found": len(found),
        "every": len(every),
        "fields": forms.fields(every, wanted, language=language),
        "wanted": wanted,
        "sources": services.sources(who.ceiling),
        "errors": {name: f"{error.message(language)} {error.hint(language)}" for name, error in wanted.errors.items()},
        "active": _active(request, wanted),
    }
    return render(request, "picture/incidents.html", shown)


def as_row(incident: IncidentView) -> dict[str, Any]:
    """One incident as a row of an export; words are keys of the catalogues, certainty is as stated."""
    lead = incident.lead
    return {
        "id": incident.stix_id,
        "name": incident.name,
        "when": incident.when.words() if incident.when else "",
        "precision": incident.when.precision if incident.when else "",
        "event_type": list(incident.values("event_type")),
        "domain": list(incident.domains),
        "country": list(incident.values("country")),
        "place": list(incident.stated("place")),
        "interest": list(incident.values("interest")),
        "theme": list(derived.values(incident, "theme")),
        "means": list(incident.values("means")),
        "sector": list(incident.values("sector")),
        "sources": list(dict.fromkeys(record.source_name for record in incident.records)),
        "source_ids": [f"{record.source}:{record.key}" for record in incident.records],
        "certainty_as_stated": lead.certainty,
        "reliability": lead.reliability,
        "credibility": lead.credibility,
        "marking": incident.marking.words(),
        "may_be_linked": incident.evidence,
    }


def _active(request: HttpRequest, wanted: forms.Wanted) -> list[dict[str, str]]:
    """What is filtered on, each with the address without it."""
    labels = forms.field_labels()
    language = page_language()
    found: list[dict[str, str]] = []
    for name, values in wanted.filter.values.items():
        found += [
            {"words": f"{labels[name]}: {forms.word(name, value, language)}", "without": _without(request, name, value)}
            for value in values
        ]
    return found


def _without(request: HttpRequest, name: str, value: str) -> str:
    query = request.GET.copy()
    catalogue_name = forms.CATALOGUES[name]
    query.setlist(name, [word for word in query.getlist(name) if _key(catalogue_name, word) != value])
    query.pop("page", None)
    text = query.urlencode()
    return f"{request.path}?{text}" if text else request.path


def _key(catalogue_name: str, word: str) -> str:
    entry = catalogue(catalogue_name).find(word)
    return entry.key if entry else word
