"""What is known of instruments, pillars and past responses, with the row's word in every text."""

from __future__ import annotations

from datetime import datetime

from tests.property import responded
from verband.language.markings import Marking as MarkingValue
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings
from verband.rooms.response import services
from verband.rooms.response.models import CodedIncident, LegalBasis, PillarReason


def write(word: str, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """A legal basis of an instrument, and the reason for an empty pillar of the case of that word, so marked."""
    basis = {"basis": f"Article {word}", "source": f"Gazette {word}", "marking": "CLEAR"}
    made = services.keep_legal_basis("summons", basis, who=who, now=now)
    LegalBasis.objects.filter(pk=made.pk).update(marking=markings.row(marking))
    reason = {"pillar": "resilience", "reason": f"None because {word}", "source": f"Reading {word}", "marking": ""}
    kept = services.explain_pillar(responded.key_of(word), reason, who=who, now=now)
    PillarReason.objects.filter(pk=kept.pk).update(marking=markings.row(marking))


def code(source: str, record: str, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """The coding of one incident, marked as the incident is."""
    row = services.CodedRow(
        collection=source,
        record=record,
        stated=True,
        instruments=("dialogue",),
        phrases=((f"asked {record}", ("dialogue",)),),
        source="test",
        marking="CLEAR",
    )
    services.load_coded([row], who=who, now=now)
    CodedIncident.objects.filter(collection=source, record=record).update(marking=markings.row(marking))
