"""Sources as they are cited: numbered in the order of reading, with publisher, address, row and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from verband.language.markings import Ceiling
from verband.language.policy_texts import cited
from verband.rooms.picture import services as picture
from verband.rooms.reports.document import Span, Table, Text, say
from verband.rooms.reports.words import Words

#: Fields of the known tables that hold a web address, the best first; the first address in them counts.
_ADDRESSES = ("source_url", "sources_url", "Sources_1", "url")
_WEB = re.compile(r"https?://[^\s'\"<>\\^`{|}\]]+")
#: The tables that are read today are written in English; a record carries no language of its own.
STORED = "en"


@dataclass
class _Cited:
    """One page or document with the rows that rest on it."""

    number: int
    about: Text
    address: str
    rows: dict[str, None] = field(default_factory=dict)
    grades: dict[str, None] = field(default_factory=dict)


class Citations:
    """Gives out numbers while a document is written, and the table of what was cited when it is done."""

    def __init__(self, words: Words, contents: Mapping[int, tuple[Mapping[str, Any], int]]) -> None:
        self._words = words
        self._contents = contents
        self._cited: dict[object, _Cited] = {}

    @classmethod
    def of(cls, incidents: Iterable[picture.IncidentView], words: Words, ceiling: Ceiling) -> Citations:
        """Citations for the records of these incidents, their stored rows read at once."""
        keys = list(dict.fromkeys(record.id for view in incidents for record in view.records))
        found = picture.records_of(keys, ceiling)
        return cls(words, {key: (msgspec.json.decode(bytes(row.content)), row.line) for key, row in found.items()})

    def field(self, record: picture.RecordView, name: str) -> str:
        """A field of the stored row as its source wrote it; empty where it has none."""
        value = self._contents.get(record.id, ({}, 0))[0].get(name, "")
        return value if isinstance(value, str) else ""

    def decoy(self, record: picture.RecordView) -> str:
        """The collection's own word that a row only looks like an act of a state; empty for all others."""
        truth = self._contents.get(record.id, ({}, 0))[0].get("ground_truth", {})
        return str(truth.get("decoy", "")) if isinstance(truth, dict) else ""

    def cite(self, view: picture.IncidentView) -> Text:
        """The numbers of an incident's sources, each linked to its page: `[3] [7]`."""
        spans: list[Span] = []
        for record in view.records:
            one = self._number(record)
            number = f"[{one.number}]"
            if not any(span.text == number for span in spans):
                spans += [Span(" "), Span(number, href=one.address)] if spans else [Span(number, href=one.address)]
        return tuple(spans)

    def tables(self) -> list[Table]:
        """What was cited, by number; no table where nothing was."""
        words = self._words
        rows = tuple(
            (
                say(str(one.number)),
                one.about,
                say(Span(one.address, href=one.address)) if one.address else say("–"),
                say("; ".join(one.rows)),
                say(", ".join(one.grades)),
            )
            for one in self._cited.values()
        )
        head = tuple(words(f"columns.{name}") for name in ("number", "publisher", "address", "rows", "grade"))
        return [Table(words("sources.table"), head, rows, (1, 5, 7, 4, 2))] if rows else []

    def _number(self, record: picture.RecordView) -> _Cited:
        content, line = self._contents.get(record.id, ({}, 0))
        address = web_address(content)
        about = self._about(record)
        one = self._cited.setdefault(address or about, _Cited(len(self._cited) + 1, about, address))
        stated = self.field(record, "line") or (str(line) if line else "")
        row = self._words("sources.line", key=record.key, line=stated) if stated else record.key
        one.rows[row] = None
        one.grades[f"{record.reliability}{record.credibility}"] = None
        return one

    def _about(self, record: picture.RecordView) -> Text:
        """Publisher and title; the title only where the row says that it may be shown."""
        content = self._contents.get(record.id, ({}, 0))[0]
        if at := cited(content, self._words.language):
            return say(f"{at.work} · ", Span(at.section, lang="nl")) if at.section else say(at.work)
        publisher = self.field(record, "source_publisher") or record.source_name
        section, title = self.field(record, "section"), self.field(record, "source_title")
        if title and self.field(record, "show_title") == "yes":
            return say(f"{publisher}: ", Span(title, style="em"))
        if title and self.field(record, "show_title") == "no":
            return say(f"{publisher} ({self._words('sources.title_withheld')})")
        return say(f"{publisher}, ", Span(section, lang="nl")) if section else say(publisher)


def web_address(content: Mapping[str, Any]) -> str:
    """The first web address in the fields that hold one; empty where there is none."""
    for name in _ADDRESSES:
        if found := _WEB.search(str(content.get(name, ""))):
            return found.group(0).rstrip(".,;)")
    return ""


def stored(text: str, words: Words) -> Span:
    """Text as it is stored, marked with its language where that is not the document's."""
    return Span(text, lang="" if words.language == STORED else STORED)
