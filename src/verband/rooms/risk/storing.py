"""Rows of published texts as they are kept: each once by its key, with its marking, and read under a ceiling."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.measures.services import Citation
from verband.rooms.people.services import Reader, installation
from verband.rooms.picture import services as picture
from verband.rooms.risk.models import Published


def marking_row(word: str, key: str) -> Any:
    """The stored marking of a TLP word. Raises InputError("ingest.above_ceiling") above that of the installation."""
    marking = Marking(word.upper().removeprefix("TLP:"))
    if not installation().admits(marking):
        raise InputError("ingest.above_ceiling", marking=marking.words(), key=key)
    return picture.marking_row(marking)


def differs(model: Any, key: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Whether the row is new or would say something else than what is there."""
    before = model.objects.filter(**key).first()
    return before is None or any(getattr(before, name) != value for name, value in fields.items())


def store(model: Any, key: Mapping[str, Any], fields: Mapping[str, Any], now: datetime) -> bool:
    """Keep the row under its key, held since it first came in; whether it is new or says something else."""
    before = model.objects.filter(**key).first()
    if before is not None and not differs(model, key, fields):
        return False
    moment = int(now.timestamp()) if before is None else before.recorded_at
    model.objects.update_or_create(**key, defaults={**fields, "recorded_at": moment})
    return True


def visible(rows: QuerySet[Any], who: Reader, known_on: int | None) -> QuerySet[Any]:
    """The rows under the reader's ceiling, those held at the moment where one is given."""
    found = rows.filter(marking_id__in=picture.visible_markings(who.ceiling)).select_related("marking")
    return found if known_on is None else found.filter(recorded_at__lte=known_on)


def citation(row: Published) -> Citation:
    """Where the row stands in its source."""
    return Citation(row.source_nl, row.source_en, row.source_number, row.section, row.line, row.anchor_nl)
