"""Incidents as a table: when, what and where, who is named, how sure the source is, and the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from verband.rooms.picture import services as picture
from verband.rooms.reports.document import Span, Table, Text, say
from verband.rooms.reports.kinds.citing import Citations, stored
from verband.rooms.reports.words import Words

_COUNTRIES = 4
_COLUMNS = ("when", "what", "actor", "certainty", "source")


def table(caption: str, incidents: Sequence[picture.IncidentView], *, words: Words, citations: Citations) -> Table:
    """One row for each incident, in the order given. Certainty stands in the words of the source, letter for letter."""
    rows = tuple(
        (
            say(words.when(view.when)),
            _what(view, words, citations),
            _named(view, words, citations),
            _certainty(view, words),
            citations.cite(view),
        )
        for view in incidents
    )
    return Table(caption, tuple(words(f"columns.{name}") for name in _COLUMNS), rows, (5, 12, 6, 6, 2))


def where(view: picture.IncidentView, words: Words) -> str:
    """Places and countries: `The Hague, Netherlands`; many countries as their number, empty where none is stated."""
    countries = [words.label("countries", code) for code in view.values("country")]
    if len(countries) > _COUNTRIES:
        countries = [words.count("country", len(countries))]
    return ", ".join(dict.fromkeys([*view.stated("place"), *countries]))


def domains(incidents: Sequence[picture.IncidentView], words: Words, *, most: int = 3) -> str:
    """The domains most seen, most frequent first, with their numbers: `cyber (12), sabotage (5)`."""
    counts = Counter(key for view in incidents for key in view.values("domain"))
    return ", ".join(f"{words.label('domains', key)} ({n})" for key, n in counts.most_common(most)) or "–"


def _what(view: picture.IncidentView, words: Words, citations: Citations) -> Text:
    place = where(view, words)
    spans: list[str | Span] = [stored(view.name, words)]
    if place:
        spans.append(f" ({place})")
    if decoy := next(filter(None, map(citations.decoy, view.records)), ""):
        spans += [" ", Span(words("campaigns.marked", word=words.decoy(decoy)), style="em")]
    return say(*spans)


def _named(view: picture.IncidentView, words: Words, citations: Citations) -> Text:
    """Whom each record names, as stated; a row that calls its actor unknown names nobody."""
    named = [
        citations.field(record, "actor_as_stated") or citations.field(record, "threat_actor")
        for record in view.records
        if citations.field(record, "actor_kind") != "unknown"
    ]
    return _each(named, words)


def _certainty(view: picture.IncidentView, words: Words) -> Text:
    return _each([record.certainty for record in view.records], words)


def _each(values: Sequence[str], words: Words) -> Text:
    spans: list[str | Span] = []
    for value in dict.fromkeys(filter(None, values)):
        spans += [" | ", stored(value, words)] if spans else [stored(value, words)]
    return say(*spans) if spans else say(words("format.not_stated"))
