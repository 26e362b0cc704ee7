"""A scenario that begins from a saved outage: its words as a first draft, its cascade as stated evidence, no scores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction

from verband.language.errors import InputError
from verband.language.markings import Marking, highest
from verband.rooms.exposure import services as exposure
from verband.rooms.people.services import Reader
from verband.rooms.risk.scenarios import describing
from verband.rooms.risk.scenarios.describing import ScenarioView

KIND = "dependency"


def outage(key: str, who: Reader) -> exposure.OutageView:
    """The saved outage that a scenario may begin from.

    Raises NotFoundError("exposure.no_outage"), InputError("scenario.outage_withdrawn") for one that was taken back.
    """
    found = exposure.outage(key, who)
    if found.withdrawn:
        raise InputError("scenario.outage_withdrawn", field="outage", name=found.row.name)
    return found


def first_words(found: exposure.OutageView) -> dict[str, str]:
    """What the form of a new scenario holds at first; the writer changes it as he sees fit."""
    row = found.row
    return {
        "key": found.key[: describing.LONGEST_KEY].strip("-"),
        "title_nl": row.name,
        "title_en": row.name,
        "text": row.text,
        "marking": found.marking.tlp,
    }


def draft(
    found: exposure.OutageView,
    key: str,
    *,
    title_nl: str,
    title_en: str,
    text: str,
    theme: str,
    interests: Sequence[str],
    marking: Marking,
    valid_until: str,
    language: str,
    who: Reader,
    now: datetime,
) -> ScenarioView:
    """A new scenario with the cascade of that outage as its first evidence; both are kept, or neither.

    Its marking is at least that of the outage. Raises what `describing.draft` and `describing.link` raise.
    """
    with transaction.atomic():
        made = describing.draft(
            key,
            title_nl=title_nl,
            title_en=title_en,
            text=text,
            theme=theme,
            interests=interests,
            marking=highest([marking, found.marking]),
            language=language,
            who=who,
            now=now,
        )
        return describing.link(
            made.key,
            kind=KIND,
            ref=found.key,
            text=exposure.outage_told(found, language)[: describing.TEXT],
            observed_on=datetime.fromtimestamp(found.row.kept_at, UTC).date().isoformat(),
            valid_until=valid_until,
            who=who,
            now=now,
        )
