"""Phenomena of a theme: notes with advice, proxies with a confidence, and published threat levels (R112-R114).

A phenomenon is about kinds of actors and conduct. Persons and lawful gatherings are refused (persons.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.language.time import Interval, parse_time
from verband.rooms.measures.services import Citation
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader
from verband.rooms.risk.models import PhenomenonNote, ProxyRelation, ThreatLevel
from verband.rooms.risk.texts import Place
from verband.rooms.risk.watch import keeping, persons

#: "None" is no confidence; a relation with a proxy needs one of the others (R113).
CONFIDENCES = ("low", "moderate", "high")
#: Kinds that act for another, and kinds that let others act. Never a name, never one state (P1).
PRINCIPALS = ("state", "state_linked")
AGENTS = ("criminal", "proxy", "non_state", "state_linked", "mixed")


class ThreatLevelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A threat level that a published text states, with the time of the text and where it stands."""

    key: str
    theme: str
    level: str
    stated_on: str
    text: str
    place: Place
    language: str = "en"
    marking: str = "CLEAR"


@dataclass(frozen=True)
class NoteView:
    """A note with its relations of proxies."""

    row: PhenomenonNote
    proxies: tuple[ProxyRelation, ...]

    @property
    def marking(self) -> Marking:
        """Its marking."""
        marking: Marking = self.row.marking.value()
        return marking


@dataclass(frozen=True)
class LevelView:
    """A published level as stated; `stated` is the time of the text."""

    id: int
    theme: str
    level: str
    stated: Interval
    text: str
    language: str
    as_read: bool
    source: Citation
    by: str
    marking: Marking


def write(values: Mapping[str, str], *, who: Reader, now: datetime) -> PhenomenonNote:
    """Write a note: `theme`, `title`, `text`, `source`, `chances`, `risks`, `advice`, `marking`.

    Raises InputError("watch.person"), ("people.contact"), ("watch.lawful_event") and what `keeping` raises.
    """
    names = ("title", "text", "source", "chances", "risks", "advice")
    texts = {name: keeping.filled(name, values.get(name, "")) for name in names}
    persons.refuse_persons(who, **{name: text for name, text in texts.items() if name != "source"})
    theme = keeping.chosen("theme", values.get("theme", ""), "themes")
    return keeping.keep(
        PhenomenonNote,
        act="phenomenon noted",
        about=f"risk {theme}",
        fields={"theme": theme, **texts},
        marking=values.get("marking", ""),
        who=who,
        now=now,
    )


def relate(number: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> ProxyRelation:
    """State that one kind of actor acts for another: `principal`, `agent`, `confidence`, `statement`, `source`.

    Raises InputError("watch.no_confidence") without a confidence of low, moderate or high.
    """
    row = keeping.find(PhenomenonNote, number, who)
    get = values.get
    if get("confidence", "") not in CONFIDENCES:
        raise InputError("watch.no_confidence", field="confidence")
    statement, source = (keeping.filled(name, get(name, "")) for name in ("statement", "source"))
    persons.refuse_persons(who, statement=statement)
    fields = {
        "note": row,
        "principal": keeping.among("principal", get("principal", ""), PRINCIPALS),
        "agent": keeping.among("agent", get("agent", ""), AGENTS),
        "confidence": get("confidence", ""),
        "statement": statement,
        "source": source,
    }
    return keeping.keep(
        ProxyRelation,
        act="proxy relation stated",
        about=f"risk {row.theme}",
        fields=fields,
        rests_on=(row.marking.value(),),
        who=who,
        now=now,
    )


def state_level(values: Mapping[str, str], *, who: Reader, now: datetime) -> ThreatLevel:
    """Keep a published level: `theme`, `level`, `stated_on`, `text`, `source`, `marking`. Older ones stay."""
    texts = {name: keeping.filled(name, values.get(name, "")) for name in ("level", "stated_on", "text", "source")}
    persons.refuse_persons(who, text=texts["text"])
    refuse_contact(who, source=texts["source"])
    try:
        parse_time(texts["stated_on"])
    except InputError as error:
        raise InputError(error.code, **{**error.params, "field": "stated_on"}) from error
    theme = keeping.chosen("theme", values.get("theme", ""), "themes")
    source = texts.pop("source")
    return keeping.keep(
        ThreatLevel,
        act="threat level stated",
        about=f"risk {theme}",
        fields={
            "theme": theme,
            **texts,
            "source_nl": source,
            "source_en": source,
            "recorded_at": int(now.timestamp()),
        },
        marking=values.get("marking", ""),
        who=who,
        now=now,
    )


def load_levels(rows: Iterable[ThreatLevelRow], *, who: Reader, now: datetime) -> int:
    """Store published levels, each once by its key; how many are new. Raises RefusedError("people.no_power")."""
    known = set(ThreatLevel.objects.exclude(key="").values_list("key", flat=True))
    new = [row for row in rows if row.key not in known]
    for row in new:
        fields = msgspec.to_builtins(row)
        fields |= fields.pop("place")
        marking = fields.pop("marking")
        fields |= {"as_read": True, "recorded_at": int(now.timestamp())}
        fields["theme"] = catalogue("themes").resolve(row.theme).key
        keeping.keep(
            ThreatLevel,
            act="threat level stated",
            about=f"risk {row.theme}",
            fields=fields,
            marking=marking,
            who=who,
            now=now,
            power="upload",
        )
    return len(new)


def notes(who: Reader, *, known_on: int | None = None) -> list[NoteView]:
    """The notes that the reader may see, by theme in its order, newest first."""
    proxies = keeping.standing(ProxyRelation, who, known_on=known_on)
    order = catalogue("themes").keys()
    rows = sorted(keeping.standing(PhenomenonNote, who, known_on=known_on), key=lambda row: order.index(row.theme))
    return [NoteView(row, tuple(one for one in proxies if one.note_id == row.pk)) for row in rows]


def levels(who: Reader, *, known_on: int | None = None) -> list[LevelView]:
    """Published levels that the reader may see, the newest statement first."""
    found = [_level(row) for row in keeping.standing(ThreatLevel, who, known_on=known_on)]
    return sorted(found, key=lambda view: (-view.stated.start, view.theme))


def _level(row: ThreatLevel) -> LevelView:
    return LevelView(
        id=row.pk,
        theme=row.theme,
        level=row.level,
        stated=parse_time(row.stated_on),
        text=row.text,
        language=row.language,
        as_read=row.as_read,
        source=Citation(row.source_nl, row.source_en, row.source_number, row.section, row.line, row.anchor_nl),
        by=row.kept_by,
        marking=row.marking.value(),
    )
