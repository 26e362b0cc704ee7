"""Every row of the project's own tables with its source, read from the records, so that markings hold here as well."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from verband.language.errors import NotFoundError, RefusedError
from verband.language.markings import Marking
from verband.language.policy_texts import cited
from verband.language.words import fold
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.audit import services as audit
from verband.rooms.measures import services as measures
from verband.rooms.measures.services import Citation
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.picture.kinds import EVENTS
from verband.rooms.risk import services as risk
from verband.workbench.marks import word

_PAGE = 50


@dataclass(frozen=True)
class Column:
    """One column: the key in the row, its heading, and how a cell is shown.

    `kind` is text (in the language of the data), stated (a status or a term, in the page's language), dutch, plain,
    number, link (to `address`), domain, time, marking, source or truth (what the method never reads).
    """

    key: str
    heading: Any
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """One table: its name, what it is, the room that it belongs to, its columns and where its rows come from."""

    key: str
    name: Any
    what: Any
    room: str
    columns: tuple[Column, ...]
    rows: Callable[[Reader, int | None], list[dict[str, Any]]]


@require_GET
def tables(request: HttpRequest) -> HttpResponse:
    """What is the demonstration made of, and who says so?"""
    who, moment = reader_of(request), known_on_of(request)
    shown = [
        {
            "table": table,
            "n": len(table.rows(who, moment)),
            "address": reverse("workbench:data_table", args=[table.key]),
        }
        for table in _TABLES
        if table.room in who.rooms
    ]
    return render(request, "workbench/data.html", {"tables": shown})


@require_GET
def table(request: HttpRequest, name: str) -> HttpResponse:
    """Which rows does this table hold, and who says each?"""
    who = reader_of(request)
    found = next((item for item in _TABLES if item.key == name), None)
    if found is None:
        raise NotFoundError("data.no_table", name=name, known=", ".join(item.key for item in _TABLES))
    if found.room not in who.rooms:
        audit.note("refused", actor=who.signature, object=f"room {found.room}", detail={"address": request.path})
        raise RefusedError("people.no_room", room=word("rooms", found.room))
    every = found.rows(who, known_on_of(request))
    text = request.GET.get("text", "").strip()
    rows = [row for row in every if _has(row, text)]
    if form := exports.wanted(request):
        return exports.response(
            who, name=f"data-{found.key}", form=form, rows=[_flat(row, found.columns) for row in rows]
        )
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    picture.note_reading(who, f"data {found.key}", [row["marking"] for row in page.object_list])
    shown = {
        "table": found,
        "tables": [item for item in _TABLES if item.room in who.rooms],
        "page": page,
        "rows": [[(column, row[column.key], row) for column in found.columns] for row in page.object_list],
        "n": len(rows),
        "total": len(every),
        "text": text,
    }
    return render(request, "workbench/data_table.html", shown)


def _recorded(source: str) -> Callable[[Reader, int | None], list[dict[str, Any]]]:
    """Rows of one source from its records: the cells as they stood, with the thing's page and the marking."""

    def rows(who: Reader, moment: int | None) -> list[dict[str, Any]]:
        views = picture.incidents(who.ceiling, picture.Filter(source=source, kinds=EVENTS), known_on=moment)
        seen = {r.id: (view, r) for view in views for r in view.records if r.source == source}
        stored = picture.records_of(list(seen), who.ceiling)
        return [_event(*seen[number], bytes(stored[number].content)) for number in sorted(seen) if number in stored]

    return rows


def _event(view: picture.IncidentView, record: picture.RecordView, content: bytes) -> dict[str, Any]:
    cells: Mapping[str, Any] = msgspec.json.decode(content)
    truth: Mapping[str, str] = cells.get("ground_truth") or {}
    get = _getter(cells)
    return {
        "key": record.key,
        "title": record.name,
        "address": reverse("picture:thing", args=[view.stix_id]),
        "when": record.when,
        "domains": [value.value for value in record.values if value.name == "domain"] or [get("domain")],
        "country": [value.value for value in record.values if value.name == "country"],
        "stated_actor": get("actor_as_stated") or get("threat_actor"),
        "certainty": record.certainty,
        "source": _published(get) if "source_url" in cells else _cited(get),
        "truth_group": truth.get("campaign", ""),
        "decoy": truth.get("decoy", ""),
        "note": truth.get("note", "") or get("note"),
        "marking": record.marking,
        **{
            name: "; ".join(part.strip() for part in get(name).split(";"))
            for name in ("event_type", "checked", "response_as_stated", "relevance", "enters_reason")
        },
    }


def _getter(cells: Mapping[str, Any]) -> Callable[[str], str]:
    def get(name: str) -> str:
        value = cells.get(name)
        return "" if value is None else str(value)

    return get


def _published(get: Callable[[str], str]) -> dict[str, Any]:
    """Who published it and where; the title of the page only where it may be shown."""
    title = get("source_title") if get("show_title") != "no" else ""
    addresses = [address for address in (get("source_url"), get("second_source_url")) if address.startswith("http")]
    return {"publisher": get("source_publisher"), "title": title, "addresses": addresses, "place": ""}


def _cited(get: Callable[[str], str]) -> dict[str, Any]:
    """The policy text that a row is cited from: its title, parliamentary number, section and line."""
    at = cited({name: get(name) for name in ("source", "section", "line")}, page_language())
    if at is None:
        return {"publisher": get("source"), "title": "", "addresses": [], "place": ""}
    parts = [at.number, at.section, f"{gettext('line')} {at.line}" if at.line else ""]
    return {"publisher": at.title, "title": "", "addresses": [], "place": " · ".join(filter(None, parts))}


def _citation(cited: Citation) -> dict[str, Any]:
    parts = [cited.number, cited.section, f"{gettext('line')} {cited.line}" if cited.line else ""]
    place = " · ".join(part for part in parts if part)
    return {"publisher": cited.title(page_language()), "title": "", "addresses": [], "place": place}


def _statements(who: Reader, moment: int | None) -> list[dict[str, Any]]:
    return [
        {
            "key": view.key,
            "title": view.instrument_en,
            "stated_actor": view.actor_en,
            "target": view.target,
            "certainty": view.certainty_as_stated,
            "horizon": view.horizon,
            "as_read": " → ".join(filter(None, (view.intent_as_read, view.effect_as_read))),
            "source": _citation(view.source),
            "anchor": view.source.anchor_nl,
            "marking": view.marking,
        }
        for view in risk.statements(who, known_on=moment)
    ]


def _commitments(who: Reader, moment: int | None) -> list[dict[str, Any]]:
    return [
        {
            "key": view.key,
            "title": view.title(page_language()),
            "address": reverse("measures:commitment", args=[view.key]),
            "owner": f"{view.owner} ({gettext('inferred')})" if view.owner_inferred else view.owner,
            "due": view.due_as_stated,
            "status": view.status_as_stated,
            "shown": [
                str(measures.shown_as_stated(text, page_language()))
                for text in (view.due_as_stated, view.status_as_stated)
            ],
            "source": _citation(view.source),
            "anchor": view.source.anchor_nl,
            "note": view.note,
            "marking": view.marking,
        }
        for view in measures.commitments(who, known_on=moment)
    ]


def _themes(who: Reader, moment: int | None) -> list[dict[str, Any]]:
    return [
        {
            "key": f"{view.theme}: {view.part}",
            "address": reverse("risk:theme", args=[view.theme]),
            "text": view.text,
            "as_read": gettext("our reading") if view.as_read else "",
            "source": _citation(view.source),
            "marking": view.marking,
        }
        for view in risk.theme_texts(who, known_on=moment)
    ]


def _sources(who: Reader, moment: int | None) -> list[dict[str, Any]]:
    """Sources of records, and the policy texts that rows the reader may see are cited from."""
    rows = [
        {
            "key": source.key,
            "title": source.name,
            "publisher": source.publisher,
            "rows": str(number),
            "licence": source.licence,
            "marking": source.marking.value(),
        }
        for source, number in picture.sources(who.ceiling)
    ]
    cited: dict[str, int] = {}
    views: list[Any] = []
    if "measures" in who.rooms:
        views += measures.commitments(who, known_on=moment)
    if "risk" in who.rooms:
        views += [*risk.statements(who, known_on=moment), *risk.theme_texts(who, known_on=moment)]
    for view in views:
        name = " · ".join(filter(None, (view.source.title(page_language()), view.source.number)))
        cited[name] = cited.get(name, 0) + 1
    texts = [
        {
            "key": gettext("policy text"),
            "title": name,
            "publisher": "",
            "rows": str(number),
            "licence": "",
            "marking": Marking(),
        }
        for name, number in sorted(cited.items())
    ]
    return rows + texts


def _has(row: Mapping[str, Any], text: str) -> bool:
    """Whether every word stands somewhere in the row."""
    if not text:
        return True
    where = fold(" ".join(_plain(value) for value in row.values()))
    return all(word in where for word in fold(text).split())


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(_plain(part) for part in value.values())
    if isinstance(value, (list, tuple)):
        return "; ".join(_plain(part) for part in value)
    if isinstance(value, Marking):
        return value.words()
    if hasattr(value, "words"):
        return str(value.words())
    return "" if value is None else str(value)


def _flat(row: Mapping[str, Any], columns: Sequence[Column]) -> dict[str, str]:
    return {column.key: _plain(row[column.key]) for column in columns}


_KEY = Column("key", _("Number"), "number")
_MARKING = Column("marking", _("Marking"), "marking")
_SOURCE = Column("source", _("Source"), "source")
_CERTAINTY = Column("certainty", _("Certainty as stated"))
_ANCHOR = Column("anchor", _("Words in the text"), "dutch")
_NOTE = Column("note", _("Note"))

_TABLES = (
    Table(
        "public-incidents",
        _("Public incidents"),
        _("Publicly reported events, each with the page that supports it."),
        "picture",
        (
            _KEY,
            Column("when", _("When"), "time"),
            Column("title", _("Event"), "named"),
            Column("event_type", _("Kind"), "event"),
            Column("country", _("Country"), "countries"),
            Column("domains", _("Domain"), "domain"),
            Column("stated_actor", _("Actor as stated")),
            _CERTAINTY,
            Column("response_as_stated", _("Response as stated")),
            _SOURCE,
            Column("checked", _("Page supports the row")),
            Column("truth_group", _("Known grouping (measuring only)"), "truth"),
            Column("decoy", _("No act of a state, because (measuring only)"), "truth"),
            Column("note", _("Note (measuring only)"), "truth"),
            _MARKING,
        ),
        _recorded("public-incidents"),
    ),
    Table(
        "policy-incidents",
        _("Events in the policy texts"),
        _("Events that the letters to parliament and the midterm review mention."),
        "picture",
        (
            _KEY,
            Column("when", _("When"), "time"),
            Column("title", _("Event"), "named"),
            Column("event_type", _("Kind"), "event"),
            Column("domains", _("Domain"), "domain"),
            Column("stated_actor", _("Actor as stated")),
            _CERTAINTY,
            Column("response_as_stated", _("Response as stated")),
            _SOURCE,
            Column("enters_reason", _("Why it is not connected")),
            _NOTE,
            _MARKING,
        ),
        _recorded("policy-incidents"),
    ),
    Table(
        "statements",
        _("Statements"),
        _("What the policy texts say about actors, interests and means."),
        "risk",
        (
            _KEY,
            Column("stated_actor", _("Actor as stated")),
            Column("title", _("Means")),
            Column("target", _("Target")),
            _CERTAINTY,
            Column("horizon", _("Horizon")),
            Column("as_read", _("Intent and effect (our reading)")),
            _SOURCE,
            _ANCHOR,
            _MARKING,
        ),
        _statements,
    ),
    Table(
        "commitments",
        _("Commitments"),
        _("What the policy texts announce or promise."),
        "measures",
        (
            _KEY,
            Column("title", _("Commitment"), "link"),
            Column("owner", _("Owner"), "plain"),
            Column("due", _("Due as stated"), "stated"),
            Column("status", _("Status as stated"), "stated"),
            _SOURCE,
            _ANCHOR,
            _NOTE,
            _MARKING,
        ),
        _commitments,
    ),
    Table(
        "themes",
        _("Themes"),
        _("What the midterm review of 2021 says about its eleven themes, part by part, in our own words."),
        "risk",
        (
            Column("key", _("Theme and part"), "link"),
            Column("text", _("Text")),
            Column("as_read", _("Reading"), "plain"),
            _SOURCE,
            _MARKING,
        ),
        _themes,
    ),
    Table(
        "sources",
        _("Sources"),
        _("Where the rows that you may see come from."),
        "picture",
        (
            _KEY,
            Column("title", _("Name"), "plain"),
            Column("publisher", _("Publisher"), "plain"),
            Column("rows", _("Rows"), "plain"),
            Column("licence", _("Licence"), "plain"),
            _MARKING,
        ),
        _sources,
    ),
)
