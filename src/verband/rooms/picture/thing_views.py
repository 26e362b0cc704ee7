"""The page of a thing: what do we know, from whom? And what a person decides about two things being one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.markings import Marking, highest
from verband.language.policy_texts import Cited, cited
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.people.services import Reader, persons, reader
from verband.rooms.picture import composed, exports, markings, neighbours, reading, services
from verband.rooms.picture.models import Document, Link, Name, Record, Sameness, Source
from verband.rooms.picture.pairs import open_pairs
from verband.rooms.picture.things import Row, Side, ThingView

_SHOWN_SIDES = 6
_SHOWN_PAIRS = 50
_WITHHELD = "x_verband_withheld"
_DOCUMENTS = Marking("AMBER")
_MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\(https?://[^)\s]+\)")


class ReasonForm(forms.Form):
    """A decision's reason. It may not be empty; the error stands beside the field."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        error_messages={"required": gettext_lazy("A decision needs a reason. Write in one sentence why.")},
    )


@dataclass(frozen=True)
class SourceLine:
    """A source of the page, how many of its records are here, and the raw documents where they may be named."""

    source: Source
    records: int
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Proposal:
    """A sameness with the thing at its other end, what speaks for it, and its state."""

    sameness: Sameness
    other: reading.IncidentView
    state: str
    evidence: tuple[Mapping[str, Any], ...]
    forms: Mapping[str, ReasonForm] = field(default_factory=dict)

    @property
    def erring(self) -> bool:
        """Whether a reason was missing just now."""
        return any(form.errors for form in self.forms.values())


@require_GET
def thing(request: HttpRequest, stix_id: str) -> HttpResponse:
    """What do we know of this thing, and from whom?"""
    return _page(request, stix_id, {})


@require_GET
def same(request: HttpRequest) -> HttpResponse:
    """Which things may be one thing told twice, and wait for a person?"""
    who: Reader = reader_of(request)
    pairs = open_pairs(who.ceiling)
    if form := exports.wanted(request):
        return exports.response(who, name="same", form=form, rows=[pair.as_row() for pair in pairs])
    services.note_reading(who, "proposals of sameness", [pair.sameness.marking.value() for pair in pairs])
    shown = pairs if request.GET.get("pairs") == "all" else pairs[:_SHOWN_PAIRS]
    context = {"pairs": shown, "total": len(pairs), "may_resolve": who.may("resolve"), "may_export": who.may("export")}
    return render(request, "picture/same.html", context)


@require_POST
def decide_same(request: HttpRequest, stix_id: str, number: int) -> HttpResponse:
    """Accept, reject or undo that two things are one, with a reason; the error stands beside the field."""
    who, verdict = reader_of(request), request.POST.get("verdict", "")
    form = ReasonForm(request.POST, auto_id=f"same-{number}-{verdict}-%s")
    if form.is_valid():
        try:
            services.decide_sameness(
                number, verdict=verdict, reason=form.cleaned_data["reason"], who=who, now=datetime.now(UTC)
            )
        except InputError as error:
            form.add_error("reason", error.message(page_language()))
        else:
            messages.success(request, _decided(verdict))
            return redirect("picture:thing", stix_id=stix_id)
    return _page(request, stix_id, {(number, verdict): form}, status=400)


def _decided(verdict: str) -> str:
    """What the decision does to the picture."""
    if verdict == "accept":
        return _("Decided: counted as one; both records are kept, and you can undo it.")
    if verdict == "undo":
        return _("Undone: counted apart again; both records are kept.")
    return _("Decided: counted apart; both records are kept.")


def _page(
    request: HttpRequest, stix_id: str, filled: Mapping[tuple[int, str], ReasonForm], *, status: int = 200
) -> HttpResponse:
    who: Reader = reader_of(request)
    known_on = known_on_of(request)
    view = services.thing(stix_id, ceiling=who.ceiling, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name=stix_id, form=form, rows=_export(view))
    marked = _marked(view, who, known_on)
    services.note_reading(who, f"thing {stix_id}", marked)
    whole = _composed(view, who, known_on)
    sides = view.sides if request.GET.get("records") == "all" else view.sides[:_SHOWN_SIDES]
    rows = _rows(view, len(sides))
    links = neighbours.lists(view, page_language())
    context = {
        "view": view,
        "whole": whole,
        "fields": composed.fields(whole, page_language()) if whole else (),
        "summary": _summary(view, whole),
        "cited": cited(view.sides[0].fields, page_language()) if view.sides else None,
        "sides": sides,
        "differing": [row for row in rows if row.differs],
        "agreeing": [row for row in rows if not row.differs],
        "differs": sum(row.differs for row in view.rows),
        "withheld": sorted({name for side in view.sides for name in _withheld(side)}),
        "links": links,
        "graph": neighbours.figure(view, page_language()),
        "incidents": neighbours.incidents(view),
        "sources": _sources(view, who),
        "source_count": len({side.record.source_id for side in view.sides}),
        "proposals": _proposals(view, who, known_on, filled),
        "marking": highest(marked),
        "markings": _markings(view.sides),
        "document_marking": _DOCUMENTS,
        "roles": _roles(highest(marked)),
        "may_resolve": who.may("resolve") and known_on is None,
        "may_export": who.may("export"),
        "erring": any(form.errors for form in filled.values()),
    }
    return render(request, "picture/thing.html", context, status=status)


def _marked(view: ThingView, who: Reader, known_on: int | None) -> list[Marking]:
    """The markings of all that the page shows: the thing's records, and those that name it or link it."""
    visible = reading.records(who.ceiling, known_on=known_on).values("pk")
    ends = Q(source_thing__in=view.members) | Q(target_thing__in=view.members)
    linking = Link.objects.filter(ends, record__in=visible).values_list("record__marking_id", flat=True)
    naming = Name.objects.filter(thing__in=view.members, record__in=visible).values_list(
        "record__marking_id", flat=True
    )
    by_id = markings.values()
    numbers = sorted({*linking.distinct(), *naming.distinct()})
    return [side.marking for side in view.sides] + [by_id[number] for number in numbers]


def _composed(view: ThingView, who: Reader, known_on: int | None) -> reading.IncidentView | None:
    """The visible records of the thing as one view; None for a thing that is only named by others."""
    rows = reading.records(who.ceiling, known_on=known_on).filter(thing__in=view.members)
    found = reading.compose(rows, dict.fromkeys(view.members, view.members[0]))
    return found[0] if found else None


def _summary(view: ThingView, whole: reading.IncidentView | None) -> str:
    """What the leading record says in prose: its summary, else the description in its content."""
    if whole is None:
        return ""
    text = whole.lead.summary or next((side.fields.get("description", "") for side in view.sides), "")
    return _MARKDOWN_LINK.sub(r"\1", text)


def _rows(view: ThingView, shown: int) -> list[Row]:
    """The comparison cut to the records that are shown; a field that none of them has is left out."""
    rows = [Row(row.field, row.cells[:shown], row.differs) for row in view.rows if row.field != _WITHHELD]
    cites = [cited(side.fields, page_language()) for side in view.sides[:shown]]
    return [_with_titles(row, cites) for row in rows if any(row.cells)]


def _with_titles(row: Row, cites: Sequence[Cited | None]) -> Row:
    """The row with the title and number of a policy text where a record holds its key."""
    if row.field != "source" or not any(cites):
        return row
    cells = (at.work if at else cell for cell, at in zip(row.cells, cites, strict=True))
    return Row(row.field, tuple(cells), row.differs)


def _withheld(side: Side) -> tuple[str, ...]:
    stated = side.fields.get(_WITHHELD, "")
    return (*side.withheld, *(name for name in stated.split("; ") if name))


def _sources(view: ThingView, who: Reader) -> list[SourceLine]:
    by_source: dict[int, list[Record]] = {}
    for side in view.sides:
        by_source.setdefault(side.record.source_id, []).append(side.record)
    # As on the page of uploads: a document that also holds a record above the ceiling tells of it by its name.
    named = {document.pk for document in services.documents(who)}
    return [
        SourceLine(
            source=records[0].source,
            records=len(records),
            documents=tuple({r.document_id: r.document for r in records if r.document_id in named}.values()),
        )
        for records in by_source.values()
    ]


def _proposals(
    view: ThingView, who: Reader, known_on: int | None, filled: Mapping[tuple[int, str], ReasonForm]
) -> list[Proposal]:
    """Samenesses of the thing whose other end this reader sees, open ones first."""
    rows = reading.records(who.ceiling, known_on=known_on).filter(
        thing__in={_other_end(item, view) for item in view.samenesses}
    )
    by_thing = {found.id: found for found in reading.compose(rows, {})}
    found = []
    for item in view.samenesses:
        other = _other_end(item, view)
        if other in by_thing:
            state = sameness_state(item)
            verdicts = ("undo",) if state == "accepted" else ("accept", "reject") if state == "open" else ("accept",)
            boxes = {
                verdict: filled.get((item.pk, verdict)) or ReasonForm(auto_id=f"same-{item.pk}-{verdict}-%s")
                for verdict in verdicts
            }
            evidence = tuple(item.evidence.get("evidence", ()))
            found.append(Proposal(item, by_thing[other], state, evidence, boxes))
    return sorted(found, key=lambda proposal: ("open", "accepted", "undone", "rejected").index(proposal.state))


def _other_end(item: Sameness, view: ThingView) -> int:
    """The end that is not the page's own thing; of two that are held the same as it, the same one for every reader."""
    ends = [(item.first_id in view.members, item.first.stix_id, item.first_id)]
    ends.append((item.second_id in view.members, item.second.stix_id, item.second_id))
    return min(end for end in ends if end[1] != view.stix_id)[2]


def sameness_state(item: Sameness) -> str:
    """What became of it: open, accepted, undone or rejected."""
    if item.accepted_at is not None:
        return "accepted" if item.undone_at is None else "undone"
    return "rejected" if item.rejected_at is not None else "open"


def _markings(sides: Sequence[Side]) -> list[tuple[Marking, int]]:
    """Each marking of the visible records with how many carry it."""
    counts: dict[Marking, int] = {}
    for side in sides:
        counts[side.marking] = counts.get(side.marking, 0) + 1
    return list(counts.items())


def _roles(marking: Marking) -> list[str]:
    """Roles of which at least one account here may see something so marked, in the order of the catalogue."""
    seeing = {person.role for person in persons() if person.is_active and reader(person).ceiling.admits(marking)}
    return [key for key in catalogue("roles").keys() if key in seeing]  # noqa: SIM118 - a catalogue is no mapping


def _export(view: ThingView) -> list[dict[str, Any]]:
    """The comparison as rows: a column for each record, named by source and id."""
    heads = [f"{side.record.source.key} {side.record.key} #{side.record.pk}" for side in view.sides]
    return [
        {"field": row.field, "differs": row.differs, **dict(zip(heads, row.cells, strict=True))}
        for row in view.rows
        if row.field != _WITHHELD
    ]
