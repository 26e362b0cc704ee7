"""Nothing of a frozen edition changes: whoever tries is refused, and the log shows that he tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verband.language.errors import RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader
from verband.rooms.risk import storing
from verband.rooms.risk.models import CycleEdition, FrozenEdition, Statement, ThemeText

_Prepared = Sequence[tuple[dict[str, Any], dict[str, Any]]]


def refuse(edition: CycleEdition, what: str, who: Reader) -> None:
    """Raise RefusedError("cycle.frozen") and log the attempt where the edition is frozen; else do nothing.

    Call it before the transaction that would change something, so that the note stays.
    """
    frozen = FrozenEdition.objects.filter(edition=edition, withdrawn_at=None).first()
    if frozen is None:
        return
    detail = {"number": frozen.number, "change": what, "sha256": frozen.sha256}
    audit.note(
        "change of a frozen edition refused", actor=who.signature, object=f"edition {edition.key}", detail=detail
    )
    raise RefusedError("cycle.frozen", key=edition.key)


def statements(prepared: _Prepared, who: Reader) -> None:
    """Refuse statements that are new in, or say something else than, a frozen edition's own text."""
    frozen = {(row.own_text_nl, row.own_text_number): row for row in _frozen() if row.own_text_nl}
    if not frozen:
        return
    for key, fields in prepared:
        before = Statement.objects.filter(**key).first()
        places = [(fields["source_nl"], fields["source_number"])]
        places += [(before.source_nl, before.source_number)] if before else []
        for place in places:
            if place in frozen and storing.differs(Statement, key, fields):
                refuse(frozen[place], f"statement {key['key']}", who)


def theme_texts(prepared: _Prepared, who: Reader) -> None:
    """Refuse parts of themes that are new in, or say something else than, a frozen edition."""
    frozen = {row.key: row for row in _frozen()}
    for key, fields in prepared:
        if key["edition"] in frozen and storing.differs(ThemeText, key, fields):
            refuse(frozen[key["edition"]], f"{key['theme']} {key['part']}", who)


def _frozen() -> list[CycleEdition]:
    return list(CycleEdition.objects.filter(frozen__withdrawn_at=None, frozen__isnull=False).distinct())
