"""Pages of the cycle: the board with its phases, one edition with its products, and what was frozen of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.markings import highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.audit import services as audit
from verband.rooms.people.services import demand
from verband.rooms.picture import exports
from verband.rooms.problems import Problem
from verband.rooms.risk.cycle import asking, closing, freezing, tracing
from verband.rooms.risk.cycle import editions as kept
from verband.rooms.risk.cycle.editions import EditionView, Phase


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Where are we in the cycle, what is due, and what is still open?"""
    if form := exports.wanted(request):
        rows = [_exported(view) for view in _editions(request)]
        return exports.response(reader_of(request), name="cycle", form=form, rows=rows)
    return _board(request)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Open the edition of a phase, with what it follows and its term."""
    values = asking.posted(request, "key", "kind", "title", "follows", "due", "marking")
    do = partial(kept.add_edition, **values, place=asking.place(request))
    done = _("The edition is on the board; its mandatory product is open.")
    return asking.act(request, "add", do, done=done, page=_board, there=reverse("risk:cycle"))


@require_GET
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """What is this edition, what has it brought, what is open, and is it frozen?"""
    return _edition(request, key)


@require_POST
def product(request: HttpRequest, key: str) -> HttpResponse:
    """Add a mandatory product to an edition."""
    title = request.POST.get("title", "")
    do = partial(closing.add_product, key, title=title)
    return _act(request, key, "product", do, _("The product is added; the phase cannot be closed without it."))


@require_POST
def deliver(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Note that a product was delivered, with where it is."""
    evidence = request.POST.get("evidence", "")
    do = partial(closing.deliver, number, evidence=evidence, of=key)
    return _act(request, key, f"deliver-{number}", do, _("Noted as delivered, with your name and the day."))


@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close the phase; what is open goes to the edition that follows."""
    reason = request.POST.get("reason", "")
    do = partial(closing.close, key, reason=reason)
    return _act(request, key, "close", do, _("The phase is closed; open findings stand with the edition that follows."))


@require_POST
def freeze(request: HttpRequest, key: str) -> HttpResponse:
    """Freeze the edition: keep its content with a digest, and let nothing of it change."""
    reason = request.POST.get("reason", "")
    do = partial(freezing.freeze, key, reason=reason)
    return _act(request, key, "freeze", do, _("The edition is frozen; its digest stands below."))


@require_POST
def unfreeze(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Withdraw a frozen edition, with a reason; its content and digest stay readable."""
    reason = request.POST.get("reason", "")
    do = partial(freezing.withdraw, key, number, reason=reason)
    done = _("The frozen edition is withdrawn; what was frozen stays readable.")
    return _act(request, key, f"unfreeze-{number}", do, done)


@require_POST
def remake(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Make a frozen edition again from the records of now and compare the digests."""
    found = freezing.remake(key, number, reader_of(request))
    return _edition(request, key, shown={"remade": found})


@require_GET
def content(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The frozen content as it is kept, to check its digest elsewhere; an export, and logged as one."""
    who = reader_of(request)
    demand(who, "export")
    found = freezing.read(key, number, who)
    audit.note("exported", actor=who.signature, object=f"edition {key}", detail={"number": number, "format": "json"})
    name = f'attachment; filename="{key}-{number}.json"'
    return HttpResponse(found, content_type="application/json", headers={"Content-Disposition": name})


def _act(request: HttpRequest, key: str, form: str, do: Callable[..., object], done: str) -> HttpResponse:
    def page(again: HttpRequest, problem: Problem | None) -> HttpResponse:
        return _edition(again, key, problem)

    return asking.act(request, form, do, done=done, page=page, there=reverse("risk:cycle_edition", args=[key]))


def _editions(request: HttpRequest) -> list[EditionView]:
    return kept.editions(reader_of(request), now=timezone.now(), known_on=known_on_of(request))


def _board(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    found = _editions(request)
    open_findings = _open_findings(request, found)
    phases = [_phase(phase, found, open_findings) for phase in kept.board(found)]
    asking.note(request, "cycle", highest(view.marking for view in found))
    shown = {
        "phases": phases,
        "beside": [_card(view, found, open_findings) for view in kept.beside(found)],
        "editions": [{"key": view.key, "title": view.title(page_language())} for view in found],
        "total": len(found),
        "missing": sum(len(view.missing) for view in found if not view.closed),
        "overdue": [view.title(page_language()) for view in found if view.overdue],
        "open": sum(open_findings.values()),
        "kinds": asking.entries("edition_kinds"),
    }
    return asking.show(request, "board", shown, problem, tab="cycle")


def _open_findings(request: HttpRequest, found: list[EditionView]) -> dict[str, int]:
    """How many findings of each edition have no answer yet."""
    every = tracing.findings(reader_of(request), known_on=known_on_of(request))
    return {
        view.key: sum(item.edition == view.key and item.state == tracing.UNANSWERED for item in every) for view in found
    }


def _phase(phase: Phase, found: list[EditionView], open_findings: dict[str, int]) -> dict[str, Any]:
    nobody = phase.next_due and not any(not view.appeared for view in phase.editions)
    return {
        "entry": phase.entry,
        "definition": phase.entry.definition(page_language()),
        "cards": [_card(view, found, open_findings) for view in phase.editions],
        "next_due": phase.next_due,
        "next_unplanned": bool(nobody),
    }


def _card(view: EditionView, found: list[EditionView], open_findings: dict[str, int]) -> dict[str, Any]:
    titles = {other.key: other.title(page_language()) for other in found}
    return {
        "view": view,
        "title": view.title(page_language()),
        "due_from": titles.get(view.due_from, ""),
        "follows": titles.get(view.follows, ""),
        "open": open_findings.get(view.key, 0),
        **asking.cited(view.source),
    }


def _edition(
    request: HttpRequest, key: str, problem: Problem | None = None, *, shown: dict[str, Any] | None = None
) -> HttpResponse:
    who, known_on, words = reader_of(request), known_on_of(request), page_language()
    view = kept.edition(key, who, now=timezone.now(), known_on=known_on)
    every = kept.editions(who, known_on=known_on)
    own = tracing.findings(who, edition=key, known_on=known_on)
    carried = closing.carried(view, who, known_on=known_on)
    rows = [*own, *(item for one in carried for item in one.findings)]
    asking.note(request, f"edition {key}", highest([view.marking, tracing.marking_of(rows)]))
    titles = {other.key: other.title(words) for other in every}
    frozen = freezing.frozen(key, who, known_on=known_on)
    page = {
        **_card(view, every, {}),
        "kind_definition": catalogue("edition_kinds").get(view.kind).definition(words),
        "products": [{"item": item, "number": str(item.id), "title": item.title(words)} for item in view.products],
        "counts": tracing.counts(own) if own else None,
        "carried": [
            {
                "edition": one.edition,
                "title": one.edition.title(words),
                "rows": [{"item": item, **asking.statement(item.statement)} for item in one.findings],
                "answered": sum(item.state != tracing.UNANSWERED for item in one.findings),
            }
            for one in carried
        ],
        "followed_by": [{"key": other.key, "title": titles[other.key]} for other in every if other.follows == key],
        "replaces": [{"key": name, "title": titles[name]} for name in view.replaces if name in titles],
        "replaced_by": [{"key": other.key, "title": titles[other.key]} for other in every if key in other.replaces],
        "frozen": [{"item": item, "form": f"unfreeze-{item.number}"} for item in frozen],
        "stands": next((item for item in frozen if item.stamp.standing), None),
        "may_export": who.may("export"),
    }
    return asking.show(request, "edition", {**page, **(shown or {})}, problem, tab="cycle")


def _exported(view: EditionView) -> dict[str, Any]:
    return {
        "key": view.key,
        "kind": view.kind,
        "title_nl": view.title_nl,
        "title_en": view.title_en,
        "appeared_on": view.appeared_on,
        "due": view.due_on or view.due_as_stated,
        "due_computed_from": view.due_from,
        "overdue": view.overdue,
        "follows": view.follows,
        "state": "closed" if view.closed else "open",
        "open_products": [item.title_en for item in view.missing],
        "source_nl": view.source.title_nl,
        "source_en": view.source.title_en,
        "section": view.source.section,
        "line": view.source.line,
        "marking": view.marking.words(),
    }
