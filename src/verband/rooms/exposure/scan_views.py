"""The page that says who holds what, by supplier or by state."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, RefusedError
from verband.language.markings import Marking
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import figures, keeping, models, scanning, words
from verband.rooms.exposure.asking import now, page
from verband.rooms.picture import exports
from verband.rooms.problems import problem_of


@require_GET
def scan(request: HttpRequest) -> HttpResponse:
    """Which processes hold something of this supplier, or of suppliers from a state for which a rule stands?"""
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    supplier, country = request.GET.get("supplier", "").strip(), request.GET.get("country", "").strip()
    found, problem, status = None, None, 200
    try:
        if country:
            found = scanning.by_country(country, who, now=now(), known_on=known_on)
        elif supplier:
            found = scanning.by_supplier(supplier, who, known_on=known_on)
    except (InputError, RefusedError) as error:
        problem, status = problem_of(error, "scan", page_language()), error.status
    names_shown = who.may(keeping.POWER)
    if found and names_shown and (form := exports.wanted(request)):
        return exports.response(who, name="scan", form=form, rows=figures.exported_hits(found.hits))
    marked: list[Marking] = [hit.marking for hit in found.hits] if found else []
    rules = scanning.standing_rules(who, now=now(), known_on=known_on)
    shown = {
        "found": found,
        "hits": [
            {
                "hit": hit,
                "process": hit.process.name(language),
                "sector": words.sector(hit.process.sector),
                "kind": words.choice(hit.kind),
            }
            for hit in (found.hits if found and names_shown else ())
        ],
        "sectors": [(words.sector(one.sector) or "–", one.processes) for one in (found.sectors if found else ())],
        "names_shown": names_shown,
        "smallest": scanning.SMALLEST,
        "suppliers": keeping.standing(models.Supplier, who, known_on=known_on),
        "supplier": supplier,
        "country": country,
        "rules": [{"row": row, "country": catalogue("countries").get(row.country).label(language)} for row in rules],
        "problem": problem,
    }
    return page(request, "scan", shown, [*marked, *(row.marking.value() for row in rules)], status=status)
