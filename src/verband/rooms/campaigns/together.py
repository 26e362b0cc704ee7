"""Why a campaign's incidents belong together, opened down to the records: reasons, links and their sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.rooms.campaigns import lengths, wording
from verband.rooms.campaigns.models import LinkEvidence
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.picture.services import IncidentView, RecordView

#: Values that a link's sentence names before it counts the rest.
_NAMED = 4


@dataclass(frozen=True)
class Row:
    """One record that a reason rests on, with the words in which it states the value."""

    incident: IncidentView
    record: RecordView
    stated: str


@dataclass(frozen=True)
class Reason:
    """One thing that incidents share: a sentence, its weight, who else states it, and the rows it rests on.

    `df` of the collection's `n` reports state it.
    """

    text: str
    feature: str
    value: str
    bans: float
    df: int
    number: int
    n: int
    rows: tuple[Row, ...]

    @property
    def incidents(self) -> tuple[IncidentView, ...]:
        """The incidents of those rows, each once."""
        return tuple({row.incident.id: row.incident for row in self.rows}.values())

    @property
    def close(self) -> bool:
        """Whether it says how near incidents lie, and names no value."""
        return self.feature in wording.CLOSENESS

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the sources behind it, each once."""
        return tuple(dict.fromkeys(row.record.source_name for row in self.rows))


@dataclass(frozen=True)
class Item:
    """What one link rests on, piece by piece."""

    feature: str
    value: str
    bans: float
    df: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class LinkRow:
    """Two incidents of the campaign, the sentence that says what joins them, and the evidence for it."""

    first: IncidentView
    second: IncidentView
    bans: float
    sentence: str
    items: tuple[Item, ...]


def reasons(view: CampaignView, language: str) -> tuple[Reason, ...]:
    """The reasons of the campaign in the reader's language, strongest first, with the rows that he may see."""
    rows = _rows(view.incidents)
    listed = view.why.get(language, {}).get("together", [])
    return tuple(
        Reason(
            text=str(item["text"]),
            feature=str(item["feature"]),
            value=str(item["value"]),
            bans=float(item["bans"]),
            df=int(item["df"]),
            number=int(item["incidents"]),
            n=int(item["n"]),
            rows=_stating(item["records"], str(item["feature"]), rows),
        )
        for item in listed
    )


def links(view: CampaignView, language: str) -> list[LinkRow]:
    """Every link of the campaign whose two incidents the reader sees, strongest first, with a sentence for each."""
    by_thing = {incident.id: incident for incident in view.incidents}
    places = {place: by_thing[thing] for place, thing in enumerate(view.row.things) if thing in by_thing}
    rows = _rows(view.incidents)
    listed = view.why.get(language, {}).get("together", [])
    n = int(listed[0]["n"]) if listed else view.run.incidents
    found = []
    for (first, second), items in groupby(view.evidence, key=lambda item: (item.first, item.second)):
        if first in places and second in places:
            found.append(_link(places[first], places[second], tuple(items), rows, n, language))
    return found


def _link(
    first: IncidentView,
    second: IncidentView,
    evidence: Sequence[LinkEvidence],
    rows: Mapping[int, tuple[IncidentView, RecordView]],
    n: int,
    language: str,
) -> LinkRow:
    items = tuple(
        Item(
            feature=wording.feature_word(item.feature, language),
            value=_value(item, language),
            bans=item.bans,
            df=item.incidents_with_value,
            rows=_stating(item.records, item.feature, rows),
        )
        for item in evidence
    )
    return LinkRow(first, second, evidence[0].link_bans, _sentence(evidence, n, language), items)


def _sentence(evidence: Sequence[LinkEvidence], n: int, language: str) -> str:
    """What joins two incidents, how far apart they are and what differs, in one sentence; the rest is counted.

    The number behind a value is how many of the collection's `n` reports state it.
    """
    named = [item for item in evidence if item.feature not in wording.CLOSENESS and item.feature != "differs"]
    words: list[str] = []
    for item in named[:_NAMED]:
        feature = wording.feature_word(item.feature, language)
        known = {"value": _value(item, language), "feature": feature, "df": item.incidents_with_value, "n": n}
        text = (
            _("“%(value)s” (%(feature)s, %(df)s of %(n)s reports)")
            if not words
            else _("“%(value)s” (%(feature)s, %(df)s)")
        )
        words.append(text % known)
    if len(named) > _NAMED:
        rest = len(named) - _NAMED
        words.append(ngettext("%(n)s more value", "%(n)s more values", rest) % {"n": rest})
    parts = [_("both name %(values)s") % {"values": wording.listed(words, language)}] if words else []
    days = next((item.value for item in evidence if item.feature == "time"), "")
    if days.isdigit():
        parts.append(_("%(time)s apart") % {"time": lengths.duration(int(days))} if int(days) else _("on the same day"))
    other = [wording.feature_word(item.value, language) for item in evidence if item.feature == "differs"]
    if other:
        parts.append(_("they differ in %(features)s") % {"features": wording.listed(other, language)})
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _value(item: LinkEvidence, language: str) -> str:
    """The shared value as a reader reads it; what differs by the feature's word; empty for nearness."""
    if item.feature in wording.CLOSENESS:
        return ""
    if item.feature == "differs":
        return wording.feature_word(item.value, language)
    return wording.value_word(item.feature, item.value, {}, language)


def _rows(incidents: Sequence[IncidentView]) -> dict[int, tuple[IncidentView, RecordView]]:
    return {record.id: (view, record) for view in incidents for record in view.records}


def _stating(
    numbers: Sequence[int], feature: str, rows: Mapping[int, tuple[IncidentView, RecordView]]
) -> tuple[Row, ...]:
    found = []
    for number in numbers:
        if int(number) in rows:
            view, record = rows[int(number)]
            words = dict.fromkeys(value.stated for value in record.values if value.name == feature)
            found.append(Row(view, record, "; ".join(words)))
    return tuple(found)
