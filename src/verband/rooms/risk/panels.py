"""What this room adds to joined pages: the scope test of a campaign or an incident, and what a measure answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.measures.services import MeasureView
from verband.rooms.panels import Panel
from verband.rooms.picture import services as picture
from verband.rooms.picture.services import ThingView
from verband.rooms.risk.cycle import functions, tracing
from verband.rooms.risk.cycle.tracing import Answer
from verband.rooms.risk.watch import rows, scope

_TESTED = frozenset({"incident", "event", "disclosure"})


def scope_of_thing(request: HttpRequest, thing: ThingView) -> Mapping[str, Any] | None:
    """How the scope test of an incident stands; nothing for other things."""
    return _panel(request, thing.stix_id) if thing.kind in _TESTED else None


def scope_of_campaign(request: HttpRequest, view: CampaignView) -> Mapping[str, Any] | None:
    """How the scope test of a campaign stands."""
    return _panel(request, view.row.uuid)


def _panel(request: HttpRequest, subject: str) -> Mapping[str, Any]:
    who = reader_of(request)
    found = scope.scope_of(subject, who, known_on=known_on_of(request))
    return {"scope": found, "state": rows.scope_states()[found.state]}


def trace_of_measure(request: HttpRequest, view: MeasureView) -> Mapping[str, Any]:
    """What a measure is for by the tags, and which findings it answers: said by people, and proposed by a rule."""
    who = reader_of(request)
    known_on = known_on_of(request)
    tagged = next((one for one in functions.tagged(who, known_on=known_on) if one.measure.key == view.key), None)
    held = tracing.promised(who, known_on=known_on)
    found = tracing.findings(who, known_on=known_on)
    answered = [(item, one) for item in found for one in item.answers if _answers(one, view.key)]
    there = {item.statement.key for item, _ in answered}
    proposed = [
        (item, one)
        for item in found
        if item.statement.key not in there
        for one in tracing.proposals(item, held)
        if one.target.key == view.key
    ]
    tags = tagged.tags if tagged else ()
    read = [one.stamp.marking for one in tags]
    read += [tracing.marking_of([item]) for item, _ in (*answered, *proposed)]
    picture.note_reading(who, f"measure {view.key}", read)
    language = page_language()
    return {
        "tags": tags,
        "answered": [
            {"item": item, "one": one, "text": item.statement.instrument(language), "others": _others(one, view.key)}
            for item, one in answered
        ],
        "proposed": [{"item": item, "text": item.statement.instrument(language)} for item, _ in proposed[:_PROPOSED]],
        "more": max(0, len(proposed) - _PROPOSED),
    }


def _answers(one: Answer, key: str) -> bool:
    """Whether the answer is this measure, or a commitment that is this measure as well."""
    return (one.target is not None and one.target.key == key) or any(row.measure == key for row in one.commitments)


def _others(one: Answer, key: str) -> list[str]:
    """The commitments on which the answer rests."""
    return [row.key for row in one.commitments if row.measure == key]


#: Proposed findings that the panel shows; the rest is counted.
_PROPOSED = 5
_TEMPLATE = "risk/watch/_scope_panel.html"
PANELS = (
    Panel("thing", 30, "risk", scope_of_thing, _TEMPLATE),
    Panel("campaign", 30, "risk", scope_of_campaign, _TEMPLATE),
    Panel("measure", 10, "risk", trace_of_measure, "risk/matrix/_measure_panel.html"),
)
