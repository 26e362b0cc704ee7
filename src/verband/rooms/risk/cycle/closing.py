"""Closing a phase: its products delivered, and what is still open carried over to the edition that follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from verband.language.errors import InputError, NotFoundError
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.risk.cycle import guarding, saying, tracing
from verband.rooms.risk.cycle.editions import EditionView, edition, editions, row_of
from verband.rooms.risk.cycle.tracing import Finding
from verband.rooms.risk.models import CycleProduct


@dataclass(frozen=True)
class Carried:
    """What an edition takes over from the one before: the findings that had no answer when that was closed.

    Where it is not closed yet they are those without an answer now: what would be carried over.
    """

    edition: EditionView
    findings: tuple[Finding, ...]


def add_product(key: str, *, title: str, who: Reader, now: datetime) -> None:
    """Add a mandatory product to an edition; it carries the edition's marking.

    Raises InputError("cycle.empty"), ("cycle.closed"), NotFoundError("cycle.unknown_edition"),
    RefusedError("people.no_power"), ("cycle.frozen").
    """
    demand(who, saying.POWER)
    row = row_of(key, who)
    words = saying.filled("title", title)
    if row.closed_at is not None:
        raise InputError("cycle.closed", field="title")
    guarding.refuse(row, f"product {words}", who)
    with transaction.atomic():
        CycleProduct.objects.create(
            edition=row,
            title_nl=words,
            title_en=words,
            marking=row.marking,
            made_by=who.signature,
            made_at=int(now.timestamp()),
        )
        audit.note("product added", actor=who.signature, object=f"edition {key}", detail={"product": words})


def deliver(number: int, *, evidence: str, who: Reader, now: datetime, of: str = "") -> str:
    """Note that a product was delivered, with where it is; the key of its edition. `of`: the edition it must be of.

    Raises InputError("cycle.empty"), ("cycle.delivered"), NotFoundError("cycle.unknown_row"),
    RefusedError("people.no_power"), ("cycle.frozen").
    """
    demand(who, saying.POWER)
    item = CycleProduct.objects.select_related("edition").filter(pk=number).first()
    if item is None or item.edition.key not in {view.key for view in editions(who)} or of not in ("", item.edition.key):
        raise NotFoundError("cycle.unknown_row")
    if item.delivered_at is not None or item.as_stated:
        raise InputError("cycle.delivered", field="evidence")
    where = saying.filled("evidence", evidence)
    guarding.refuse(item.edition, f"product {item.title_en}", who)
    item.evidence, item.delivered_by, item.delivered_at = where, who.signature, int(now.timestamp())
    with transaction.atomic():
        item.save(update_fields=["evidence", "delivered_by", "delivered_at"])
        detail = {"product": item.title_en, "evidence": where}
        audit.note("product delivered", actor=who.signature, object=f"edition {item.edition.key}", detail=detail)
    return item.edition.key


def close(key: str, *, reason: str, who: Reader, now: datetime) -> EditionView:
    """Close an edition; its open findings go to the edition that follows it.

    Raises InputError("cycle.product_open") while a mandatory product is open, ("cycle.no_next") where none follows,
    ("cycle.closed"), ("cycle.empty"), NotFoundError("cycle.unknown_edition"), RefusedError("people.no_power").
    """
    demand(who, saying.POWER)
    view, row = edition(key, who), row_of(key, who)
    why = saying.filled("reason", reason)
    if view.closed:
        raise InputError("cycle.closed", field="reason")
    if view.missing:
        names = "; ".join(f"{item.title_en} ({item.title_nl})" for item in view.missing)
        raise InputError("cycle.product_open", field="reason", products=names)
    following = [other for other in editions(who) if other.follows == key]
    if not following:
        raise InputError("cycle.no_next", field="reason")
    row.closed_by, row.closed_at, row.closed_reason = who.signature, int(now.timestamp()), why
    with transaction.atomic():
        row.save(update_fields=["closed_by", "closed_at", "closed_reason"])
        detail = {"reason": why, "carried_to": following[0].key}
        audit.note("edition closed", actor=who.signature, object=f"edition {key}", detail=detail)
    return edition(key, who)


def carried(view: EditionView, who: Reader, *, known_on: int | None = None) -> tuple[Carried, ...]:
    """What the edition takes over from the edition it follows, and from the ones before that, the nearest first."""
    known = {item.key: item for item in editions(who, known_on=known_on)}
    found: list[Carried] = []
    seen, before = {view.key}, known.get(view.follows)
    while before is not None and before.key not in seen:
        seen.add(before.key)
        open_then = _open(before, who, known_on)
        if open_then:
            found.append(Carried(before, open_then))
        before = known.get(before.follows)
    return tuple(found)


def _open(view: EditionView, who: Reader, known_on: int | None) -> tuple[Finding, ...]:
    """The findings that had no answer when the edition was closed, as they are now."""
    moment = view.closed_at if view.closed else known_on
    then = tracing.findings(who, edition=view.key, known_on=moment)
    waiting = {item.statement.key for item in then if item.state == tracing.UNANSWERED}
    now = tracing.findings(who, edition=view.key, known_on=known_on)
    return tuple(item for item in now if item.statement.key in waiting)
