"""The editions of the cycle: which phase, when it appeared, when the next is due, and what it has to bring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from verband.language.catalogues import Entry, catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.language.time import parse_time
from verband.rooms.audit import services as audit
from verband.rooms.measures.services import Citation
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.risk import storing
from verband.rooms.risk.cycle import guarding, saying
from verband.rooms.risk.cycle.saying import Place
from verband.rooms.risk.models import CycleEdition, CycleProduct
from verband.rooms.risk.texts import Place as Published


class EditionRow(msgspec.Struct, frozen=True, kw_only=True):
    """An edition as the texts state it; `own_text_*` where its own text is one of the sources."""

    key: str
    kind: str
    title_nl: str
    title_en: str
    place: Published
    appeared: bool = False
    appeared_on: str = ""
    due_as_stated: str = ""
    period_as_stated: str = ""
    follows: str = ""
    replaces: tuple[str, ...] = ()
    replaces_as_stated: str = ""
    called_nl: str = ""
    called_en: str = ""
    own_text_nl: str = ""
    own_text_number: str = ""
    marking: str = "CLEAR"


@dataclass(frozen=True)
class ProductView:
    """Something that an edition has to bring; `delivered` where it is there. Seconds since 1970."""

    id: int
    title_nl: str
    title_en: str
    mandatory: bool
    delivered: bool
    as_stated: bool
    evidence: str
    delivered_by: str
    delivered_at: int | None

    def title(self, language: str) -> str:
        """The title in `nl` or `en`."""
        return self.title_nl if language == "nl" else self.title_en


@dataclass(frozen=True)
class EditionView:
    """One edition. `due_on` is computed (ISO, as exact as what it rests on) from the edition `due_from`."""

    key: str
    kind: str
    title_nl: str
    title_en: str
    appeared: bool
    appeared_on: str
    due_as_stated: str
    due_on: str
    due_from: str
    overdue: bool
    period_as_stated: str
    follows: str
    replaces: tuple[str, ...]
    replaces_as_stated: str
    called_nl: str
    called_en: str
    own_text_nl: str
    own_text_number: str
    source: Citation
    marking: Marking
    closed: bool
    closed_by: str
    closed_at: int | None
    closed_reason: str
    products: tuple[ProductView, ...]

    def title(self, language: str) -> str:
        """The title in `nl` or `en`."""
        return self.title_nl if language == "nl" else self.title_en

    @property
    def is_there(self) -> bool:
        """Whether it appeared as stated, or every mandatory product of it was delivered here."""
        return self.appeared or (bool(self.products) and not self.missing)

    def called(self, language: str) -> str:
        """What it is called within a sentence, with its article where it has one."""
        return (self.called_nl if language == "nl" else self.called_en) or self.title(language)

    @property
    def missing(self) -> tuple[ProductView, ...]:
        """Mandatory products that are not there."""
        return tuple(item for item in self.products if item.mandatory and not item.delivered)


@dataclass(frozen=True)
class Phase:
    """One phase of the cycle with its editions, oldest first; `next_due` (ISO) where the newest one gives a term."""

    entry: Entry
    editions: tuple[EditionView, ...]
    next_due: str


def years_later(day: str, years: int) -> str:
    """The same year, month or day that many years later, as exact as it was given; 29 February becomes the 28th.

    Raises InputError("time.unreadable").
    """
    found = parse_time(day).words()
    year, _, rest = found.partition("-")
    later = f"{int(year) + years:04d}" + (f"-{rest}" if rest else "")
    if rest == "02-29":
        try:
            parse_time(later)
        except InputError:
            return later[:-2] + "28"
    return later


def load_editions(rows: Iterable[EditionRow], *, who: Reader, now: datetime) -> int:
    """Store editions, each once by its key, with the product of its phase; how many are new or say something else.

    An edition that a source says appeared has its product as stated. Raises InputError("catalogue.unknown_word"),
    ("time.unreadable"), RefusedError("people.no_power") and ("cycle.frozen").
    """
    demand(who, "upload")
    prepared = [(row, _fields(row)) for row in rows]
    for row, fields in prepared:
        before = CycleEdition.objects.filter(key=row.key).first()
        if before is not None and storing.differs(CycleEdition, {"key": row.key}, fields):
            guarding.refuse(before, f"edition {row.key}", who)
    changed = 0
    with transaction.atomic():
        for row, fields in prepared:
            if not storing.differs(CycleEdition, {"key": row.key}, fields):
                continue
            storing.store(CycleEdition, {"key": row.key}, {**fields, "made_by": who.signature}, now)
            _first_product(CycleEdition.objects.get(key=row.key), who, now)
            changed += 1
        if changed:
            audit.note("editions loaded", actor=who.signature, detail={"rows": changed})
    return changed


def add_edition(
    *, key: str, kind: str, title: str, follows: str, due: str, place: Place, marking: str, who: Reader, now: datetime
) -> EditionView:
    """Open an edition; its phase's mandatory product stands open. `due` (ISO) is its term, empty where there is none.

    Raises InputError("cycle.empty"), ("cycle.word"), ("cycle.taken"), ("cycle.no_source"), ("time.unreadable") and
    RefusedError("people.no_power").
    """
    demand(who, saying.POWER)
    short = saying.filled("key", key)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", short) or len(short) > 60:
        raise InputError("cycle.word", field="key", word=short, known="a-z 0-9 -")
    if CycleEdition.objects.filter(key=short).exists():
        raise InputError("cycle.taken", field="key", key=short)
    known = tuple(view.key for view in editions(who))
    fields = {
        "kind": saying.chosen("kind", kind, "edition_kinds"),
        "title_nl": saying.filled("title", title),
        "title_en": title.strip(),
        "follows": saying.one_of("follows", follows, ("", *known)),
        "due_as_stated": _day("due", due),
        **saying.cited(place),
    }
    marked = saying.raised(Marking(), marking, who)
    with transaction.atomic():
        made = CycleEdition.objects.create(
            key=short,
            **fields,
            marking=picture.marking_row(marked),
            recorded_at=int(now.timestamp()),
            made_by=who.signature,
        )
        _first_product(made, who, now)
        audit.note("edition added", actor=who.signature, object=f"edition {short}", detail={"kind": kind})
    return edition(short, who, now=now)


def editions(who: Reader, *, now: datetime | None = None, known_on: int | None = None) -> list[EditionView]:
    """The editions that the reader may see, in the order in which they came in, as they stood at the moment.

    Without `now` none is overdue.
    """
    rows = list(storing.visible(CycleEdition.objects.all(), who, known_on).prefetch_related("products"))
    return [_view(row, rows, now, known_on) for row in rows]


def edition(key: str, who: Reader, *, now: datetime | None = None, known_on: int | None = None) -> EditionView:
    """One edition. Raises NotFoundError("cycle.unknown_edition") alike where there is none and where it is hidden."""
    found = next((view for view in editions(who, now=now, known_on=known_on) if view.key == key), None)
    if found is None:
        raise NotFoundError("cycle.unknown_edition", key=key)
    return found


def row_of(key: str, who: Reader) -> CycleEdition:
    """The stored edition that the reader may see. Raises NotFoundError("cycle.unknown_edition")."""
    found: CycleEdition | None = storing.visible(CycleEdition.objects.all(), who, None).filter(key=key).first()
    if found is None:
        raise NotFoundError("cycle.unknown_edition", key=key)
    return found


def board(found: Sequence[EditionView]) -> tuple[Phase, ...]:
    """The five phases in the order of the cycle, each with its editions; texts beside the cycle stand in none."""
    phases = [entry for entry in catalogue("edition_kinds").entries if "phase" in entry.fields]
    return tuple(_phase(entry, found) for entry in sorted(phases, key=lambda entry: int(str(entry.fields["phase"]))))


def beside(found: Sequence[EditionView]) -> tuple[EditionView, ...]:
    """The texts that are no phase."""
    return tuple(view for view in found if "phase" not in catalogue("edition_kinds").get(view.kind).fields)


def _phase(entry: Entry, found: Sequence[EditionView]) -> Phase:
    own = tuple(view for view in found if view.kind == entry.key)
    years = _years(entry.key)
    appeared = [view for view in own if view.appeared_on]
    newest = max(appeared, key=lambda view: parse_time(view.appeared_on).start, default=None)
    return Phase(entry, own, years_later(newest.appeared_on, years) if newest and years else "")


def _years(kind: str) -> int:
    value = catalogue("edition_kinds").get(kind).fields.get("every_years", 0)
    return int(str(value))


def _fields(row: EditionRow) -> dict[str, Any]:
    if row.appeared_on:
        parse_time(row.appeared_on)
    fields: dict[str, Any] = msgspec.to_builtins(row)
    del fields["place"], fields["key"]
    fields["kind"] = catalogue("edition_kinds").resolve(row.kind).key
    fields["replaces"] = list(row.replaces)
    fields["marking"] = storing.marking_row(row.marking, row.key)
    fields |= msgspec.to_builtins(row.place)
    return fields


def _first_product(edition: CycleEdition, who: Reader, now: datetime) -> None:
    entry = catalogue("edition_kinds").get(edition.kind)
    if "product_nl" not in entry.fields:
        return
    CycleProduct.objects.get_or_create(
        edition=edition,
        title_nl=str(entry.fields["product_nl"]),
        title_en=str(entry.fields["product_en"]),
        defaults={
            "as_stated": edition.appeared,
            "marking": edition.marking,
            "made_by": who.signature,
            "made_at": int(now.timestamp()),
        },
    )


def _day(field: str, text: str) -> str:
    if text.strip():
        try:
            parse_time(text)
        except InputError as error:
            raise InputError(error.code, **{**error.params, "field": field}) from error
    return text.strip()


def _due(row: CycleEdition, rows: Sequence[CycleEdition]) -> tuple[str, str]:
    """The computed term of an edition that has not appeared, and the edition that it is counted from."""
    years = _years(row.kind)
    if not years or row.appeared:
        return "", ""
    earlier = [other for other in rows if other.kind == row.kind and other.appeared_on and other.pk != row.pk]
    if not earlier:
        return "", ""
    last = max(earlier, key=lambda other: parse_time(other.appeared_on).start)
    return years_later(last.appeared_on, years), last.key


def _ends(text: str) -> int | None:
    """When the term is over; None where it is no date."""
    try:
        return parse_time(text).end
    except InputError:
        return None


def _view(row: CycleEdition, rows: Sequence[CycleEdition], now: datetime | None, known_on: int | None) -> EditionView:
    closed = row.closed_at is not None and (known_on is None or row.closed_at <= known_on)
    products = tuple(_product(item, known_on) for item in row.products.all() if _there(item, known_on))
    due_on, due_from = _due(row, rows)
    ends = _ends(due_on or row.due_as_stated)
    waits = not closed and not row.appeared and any(item.mandatory and not item.delivered for item in products)
    same = (
        "key", "kind", "title_nl", "title_en", "appeared", "appeared_on", "due_as_stated", "period_as_stated",
        "follows", "replaces_as_stated", "called_nl", "called_en", "own_text_nl", "own_text_number",
    )  # fmt: skip
    fields: dict[str, Any] = {name: getattr(row, name) for name in same}
    return EditionView(
        **fields,
        due_on=due_on,
        due_from=due_from,
        overdue=bool(now and waits and ends is not None and ends <= now.timestamp()),
        replaces=tuple(row.replaces),
        source=storing.citation(row),
        marking=row.marking.value(),
        closed=closed,
        closed_by=row.closed_by if closed else "",
        closed_at=row.closed_at if closed else None,
        closed_reason=row.closed_reason if closed else "",
        products=products,
    )


def _there(item: CycleProduct, known_on: int | None) -> bool:
    return known_on is None or item.made_at <= known_on


def _product(item: CycleProduct, known_on: int | None) -> ProductView:
    here = item.delivered_at is not None and (known_on is None or item.delivered_at <= known_on)
    return ProductView(
        id=item.pk,
        title_nl=item.title_nl,
        title_en=item.title_en,
        mandatory=item.mandatory,
        delivered=here or item.as_stated,
        as_stated=item.as_stated,
        evidence=item.evidence if here else "",
        delivered_by=item.delivered_by if here else "",
        delivered_at=item.delivered_at if here else None,
    )
