"""Oversight: who did, saw and sent what, and on what ground."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from verband.rooms import method_cards
from verband.rooms.asking import page_language, reader_of
from verband.rooms.audit import services as audit
from verband.rooms.audit.services import Verdict
from verband.rooms.people.services import demand
from verband.rooms.picture import exports

_NEWEST = 5000
_PAGE = 100


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Who did, saw and sent what?"""
    who = reader_of(request)
    demand(who, "read_audit")
    action, actor = request.GET.get("action", ""), request.GET.get("actor", "")
    entries = list(audit.entries(action=action, actor=actor, newest=_NEWEST))
    if form := exports.wanted(request):
        rows: list[dict[str, Any]] = [
            {
                "number": entry.number,
                "at": f"{entry.at:%Y-%m-%dT%H:%M:%SZ}",
                "actor": entry.actor,
                "action": entry.action,
                "object": entry.object,
                "detail": entry.detail,
                "digest": entry.digest,
            }
            for entry in entries
        ]
        return exports.response(who, name="log", form=form, rows=rows, power="export_audit")
    shown = {
        "page": Paginator(entries, _PAGE).get_page(request.GET.get("page")),
        "found": len(entries),
        "capped": len(entries) == _NEWEST,
        "actions": audit.actions(),
        "action": action,
        "actor": actor,
        "cards": method_cards.cards(page_language()),
    }
    return render(request, "workbench/oversight.html", shown)


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Read the whole log and say whether the chain holds."""
    who = reader_of(request)
    demand(who, "verify_audit")
    verdict = audit.verify()
    audit.note("log checked", actor=who.signature, detail={"intact": verdict.intact, "entries": verdict.entries})
    (messages.success if verdict.intact else messages.error)(request, _words(verdict))
    return redirect("workbench:oversight")


def _words(verdict: Verdict) -> str:
    if verdict.intact:
        return gettext("The chain holds: all %(n)s entries are as they were written.") % {"n": verdict.entries}
    return gettext(
        "The chain is broken at entry %(at)s (%(reason)s). Keep a copy of the database and warn oversight."
    ) % {
        "at": verdict.broken_at,
        "reason": verdict.reason,
    }


log.room = "oversight"  # type: ignore[attr-defined]
verify.room = "oversight"  # type: ignore[attr-defined]
