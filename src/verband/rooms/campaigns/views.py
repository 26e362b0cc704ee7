"""Pages of campaigns: the list, one campaign with its tabs, what a person decides, and connecting again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms import method_cards
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import (
    charts,
    exports,
    grouping,
    lengths,
    lookalikes,
    notes,
    run_words,
    services,
    tasks,
    together,
    what_if,
    wording,
)
from verband.rooms.campaigns.forms import ReasonForm
from verband.rooms.people.services import Reader, demand, demand_method
from verband.rooms.picture import exports as tables
from verband.rooms.picture import services as picture

_LINKS_SHOWN = 10
_LEADING = 5


@dataclass(frozen=True)
class Forms:
    """What a person may fill in on the page, with its errors."""

    accept: ReasonForm
    reject: ReasonForm
    undo: ReasonForm

    @classmethod
    def blank(cls, **filled: ReasonForm) -> Forms:
        """Empty forms but for the one given; their fields have ids of their own."""
        names = ("accept", "reject", "undo")
        return cls(**{name: filled.get(name) or ReasonForm(auto_id=f"{name}-%s") for name in names})


@dataclass(frozen=True)
class Line:
    """A campaign in the list with its title in the reader's language and its span in words."""

    row: services.CampaignRow
    title: str
    span: str


@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """Which groups of incidents may be one campaign, and which are held for coincidence?"""
    who, known_on, language = reader_of(request), known_on_of(request), page_language()
    rows = services.overview(who, known_on=known_on)
    run = services.newest_run(who.ceiling, known_on=known_on)
    if form := tables.wanted(request):
        return tables.response(who, name="campaigns", form=form, rows=exports.rows_as_values(rows, language))
    if request.GET.get("format") == "stix":
        shown = [row for row in rows if row.state in ("proposed", "accepted")]
        views = [services.campaign(row.uuid, who, known_on=known_on) for row in shown]
        return _stix(who, "campaigns", views)
    picture.note_reading(who, "campaigns", [row.marking for row in rows])
    lines = [
        Line(row, row.title_nl if language == "nl" else row.title_en, lengths.span(row.start, row.end, language))
        for row in rows
    ]
    by_state = {state: [line for line in lines if line.row.state == state] for state in _STATES}
    context = {
        "run": run,
        "ceiling": run.ceiling() if run else None,
        "open": by_state["proposed"],
        "decided": by_state["accepted"] + by_state["rejected"],
        "chance": by_state["coincidence"],
        "may_connect": who.may("connect") and "connect" in who.methods and known_on is None,
        "fdr": wording.percent(run.fdr, language) if run else "",
        "limits": run.limits(language) if run else "",
        "too_little": run_words.too_little(run) if run else [],
        "connecting": tasks.waiting(),
        "overtaken": bool(run and (decided := picture.newest_decision(who.ceiling)) and decided > run.run_at),
        "may_export": who.may("export"),
        "groupings": grouping.standing(who, known_on=known_on),
        "may_judge": who.may("judge_campaign"),
    }
    return render(request, "campaigns/list.html", context)


@require_GET
def campaign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Do these incidents belong together, and what if not?"""
    return _page(
        request, services.campaign(str(uuid), reader_of(request), known_on=known_on_of(request)), Forms.blank()
    )


@require_GET
def incidents(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The incidents of the campaign, record by record."""
    who = reader_of(request)
    view = services.campaign(str(uuid), who, known_on=known_on_of(request))
    if form := tables.wanted(request):
        return tables.response(
            who, name=f"campaign-{uuid}-incidents", form=form, rows=exports.incidents_as_values(view)
        )
    note_reading(who, view)
    lines = [
        {"incident": incident, "domains": incident.values("domain"), "countries": incident.values("country")}
        for incident in view.incidents
    ]
    return render(
        request,
        "campaigns/incidents.html",
        base_context(who, view, Forms.blank(), "incidents", known_on=known_on_of(request)) | {"lines": lines},
    )


@require_GET
def history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Which runs proposed it and who decided what, with the reasons."""
    who = reader_of(request)
    view = services.campaign(str(uuid), who, known_on=known_on_of(request))
    note_reading(who, view)
    return render(
        request,
        "campaigns/history.html",
        base_context(who, view, Forms.blank(), "history", known_on=known_on_of(request)),
    )


@require_POST
def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Accept or reject with a reason; without one the page comes back with the error beside the field."""
    verdict = request.POST.get("verdict", "")
    name = verdict if verdict in ("accept", "reject") else "accept"
    form = ReasonForm(request.POST, auto_id=f"{name}-%s")
    who = reader_of(request)
    demand(who, "judge_campaign")
    if form.is_valid():
        try:
            services.decide(str(uuid), verdict=verdict, reason=form.cleaned_data["reason"], who=who, now=now())
        except InputError as error:
            form.add_error("reason", error.message(page_language()))
        else:
            done = _("Campaign accepted.") if verdict == "accept" else _("Campaign rejected.")
            messages.success(request, f"{done} {_('You can undo it, with a reason.')}")
            return redirect("campaigns:campaign", uuid=uuid)
    view = services.campaign(str(uuid), who)
    return _page(request, view, Forms.blank(**{name: form}), status=400)


@require_POST
def undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the standing decision back, with a reason."""
    form = ReasonForm(request.POST, auto_id="undo-%s")
    who = reader_of(request)
    demand(who, "judge_campaign")
    if form.is_valid():
        try:
            services.undo(str(uuid), reason=form.cleaned_data["reason"], who=who, now=now())
        except InputError as error:
            form.add_error("reason", error.message(page_language()))
        else:
            messages.success(request, _("The decision is undone; it stays in the history."))
            return redirect("campaigns:campaign", uuid=uuid)
    return _page(request, services.campaign(str(uuid), who), Forms.blank(undo=form), status=400)


@require_POST
def connect(request: HttpRequest) -> HttpResponse:
    """Hand the job of connecting again to the worker, and go back to the list."""
    who = reader_of(request)
    demand(who, "connect")
    demand_method(who, "connect")
    if tasks.waiting():
        messages.warning(request, _("Connecting is under way already."))
    else:
        tasks.connect_again.enqueue(who.username)
        messages.success(request, _("Connecting has started. You may leave this page; the list shows the new run."))
    return redirect("campaigns:list")


_STATES = ("proposed", "accepted", "rejected", "coincidence")


def _page(request: HttpRequest, view: services.CampaignView, forms: Forms, *, status: int = 200) -> HttpResponse:
    who, language = reader_of(request), page_language()
    if request.GET.get("format") == "stix":
        return _stix(who, f"campaign-{view.row.uuid}", [view])
    if request.GET.get("format") == "json":
        return _json(who, f"campaign-{view.row.uuid}", exports.campaign_as_values(view, language))
    note_reading(who, view)
    reasons = together.reasons(view, language)
    links = together.links(view, language)
    graph = charts.shared_graph(view.incidents, reasons, language)
    shown, chosen = _filtered(request, links)
    every = request.GET.get("links") == "all"
    own = view.why.get(language, {})
    context = base_context(who, view, forms, "together", known_on=known_on_of(request)) | {
        "reasons": reasons[:_LEADING],
        "more_reasons": reasons[_LEADING:],
        "top": max((reason.bans for reason in reasons), default=1.0),
        "coincidence": own.get("coincidence", []),
        "facts": own.get("facts", []),
        "method": run_words.method_rows(own.get("method", [])),
        "card": method_cards.card("connecting", language),
        "when": charts.swim_lanes(view.incidents, language),
        "null": _null(view, language),
        "graph": graph,
        "graph_height": charts.graph_height(graph),
        "drawn": sum(node["kind"] == "shared" for node in graph.data["nodes"]),
        "reports": next((reason.n for reason in reasons if reason.n and reason.n != view.run.incidents), 0),
        "alike": lookalikes.of_campaign(view, who, language),
        "rests": what_if.heaviest(view),
        "repeats": notes.repeats(view, language),
        "too_common": view.run.too_common(language),
        "share": notes.share(view, language),
        "allowance": notes.allowance(view, language),
        "links": shown if every else shown[:_LINKS_SHOWN],
        "links_found": len(shown),
        "links_total": len(links),
        "links_folded": not every and len(shown) > _LINKS_SHOWN,
        "features": sorted({item.feature for link in links for item in link.items}),
        "chosen": chosen,
        "filtered": any(chosen.values()),
    }
    return render(request, "campaigns/campaign.html", context, status=status)


def base_context(
    who: Reader, view: services.CampaignView, forms: Forms, tab: str, *, known_on: int | None = None
) -> dict[str, Any]:
    """What every tab of a campaign shows: title, state, decisions, forms."""
    row = view.row
    unjudged = set(row.recall.new) if row.recall else set()
    countries = {value for incident in view.incidents for value in incident.values("country")}
    return {
        "view": view,
        "row": row,
        "title": row.title_nl if page_language() == "nl" else row.title_en,
        "run": view.run,
        "ceiling": view.run.ceiling(),
        "countries": len(countries),
        "span": "" if row.start is None else lengths.span(row.start, row.end, page_language()),
        "length": lengths.length(row.start, row.end),
        "standing": row.recall.decision if row.recall and row.recall.holds else None,
        "unjudged": [incident for incident in view.incidents if incident.id in unjudged],
        "groupings": grouping.of_campaign(view, who, known_on=known_on),
        "tab": tab,
        "forms": forms,
        "erring": any(form.errors for form in (forms.accept, forms.reject, forms.undo)),
        "may_judge": who.may("judge_campaign"),
        "may_export": who.may("export"),
        "unseen": row.n - len(view.incidents),
    }


def _null(view: services.CampaignView, language: str) -> charts.Figure | None:
    """The shuffled worlds of the run with the mark of this campaign; None where the run kept none."""
    if not view.run.null_best:
        return None
    return charts.null_strengths(view.run.null_best, view.row.strength, language, thin=view.run.thin)


def _filtered(request: HttpRequest, links: list[together.LinkRow]) -> tuple[list[together.LinkRow], dict[str, str]]:
    """The links that the address asks for: of one incident, resting on one feature."""
    incident, feature = request.GET.get("incident", ""), request.GET.get("feature", "")
    found = [
        link
        for link in links
        if (not incident or incident in (link.first.stix_id, link.second.stix_id))
        and (not feature or any(item.feature == feature for item in link.items))
    ]
    return found, {"incident": incident, "feature": feature}


def note_reading(who: Reader, view: services.CampaignView) -> None:
    """Log the reading of a campaign where anything in it is marked."""
    marked: list[Marking] = [record.marking for incident in view.incidents for record in incident.records]
    picture.note_reading(who, f"campaign {view.row.uuid}", [view.row.marking, *marked])


def _stix(who: Reader, name: str, views: list[services.CampaignView]) -> HttpResponse:
    return _json(who, name, exports.as_stix(views, page_language()), kind="stix")


def _json(who: Reader, name: str, value: Any, *, kind: str = "json") -> HttpResponse:
    demand(who, "export")
    audit.note("exported", actor=who.signature, object=name, detail={"format": kind})
    content_type = "application/stix+json;version=2.1" if kind == "stix" else "application/json"
    suffix = "stix.json" if kind == "stix" else "json"
    return HttpResponse(
        msgspec.json.format(msgspec.json.encode(value), indent=1),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.{suffix}"'},
    )


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
