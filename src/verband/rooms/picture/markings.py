"""Markings in the database: which rows a reader may see is a short list of marking ids."""

from __future__ import annotations

from verband.language.markings import Ceiling
from verband.language.markings import Marking as MarkingValue
from verband.rooms.picture.models import Marking


def row(value: MarkingValue) -> Marking:
    """The row of that marking, made at first use."""
    released = None if value.releasable_to is None else f",{','.join(sorted(value.releasable_to))},"
    found, _ = Marking.objects.get_or_create(tlp=value.tlp, classification=value.classification, released=released)
    return found


def visible(ceiling: Ceiling) -> list[int]:
    """Ids of the markings that may be seen under the ceiling; every query on marked rows is bound to them."""
    return [marking.pk for marking in Marking.objects.all() if ceiling.admits(marking.value())]


def values() -> dict[int, MarkingValue]:
    """Every marking that occurs, by id."""
    return {marking.pk: marking.value() for marking in Marking.objects.all()}
