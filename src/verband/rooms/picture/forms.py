"""The filters of the list of incidents, as the address states them: what can be read, and what is wrong beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.rooms.picture import derived
from verband.rooms.picture.kinds import EVENTS, HAPPENED
from verband.rooms.picture.reading import FILTERS, Filter, IncidentView

#: The catalogue that knows the words of each filter.
CATALOGUES = {
    "domain": "domains",
    "country": "countries",
    "interest": "interests",
    "theme": "themes",
    "means": "means",
    "sector": "sectors",
    "event_type": "event_types",
}


@dataclass(frozen=True)
class Choice:
    """One value that can be chosen: how many incidents have it, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A filter with several values. `error` says what is wrong with what the address states."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    error: str

    @property
    def chosen(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.chosen)


@dataclass(frozen=True)
class Wanted:
    """What an address asks for, as far as it can be read, with one error for each field that cannot."""

    filter: Filter
    errors: Mapping[str, InputError]
    text: str
    first: str
    last: str
    with_context: bool


def read(query: Mapping[str, Sequence[str]]) -> Wanted:
    """The filters of an address. What cannot be read is left out and stands in `errors` by the field's name."""
    errors: dict[str, InputError] = {}
    values: dict[str, tuple[str, ...]] = {}
    for name in FILTERS:
        found: list[str] = []
        for word in filter(None, query.get(name, ())):
            try:
                found.append(catalogue(CATALOGUES[name]).resolve(word).key)
            except InputError as error:
                errors[name] = error
        if found:
            values[name] = tuple(dict.fromkeys(found))
    first, last = _one(query, "from"), _one(query, "until")
    base = replace(
        Filter(values=values, text=_one(query, "text"), source=_one(query, "source")),
        kinds=EVENTS if "context" in query.get("with", ()) else HAPPENED,
    )
    for name, text in (("from", first), ("until", last)):
        try:
            part = Filter.from_query({name: [text]})
        except InputError as error:
            errors[name] = error
        else:
            base = replace(base, start=part.start) if name == "from" else replace(base, end=part.end)
    if base.start is not None and base.end is not None and base.end <= base.start:
        errors["until"] = InputError("time.reversed", text=f"{first} - {last}")
        base = replace(base, end=None)
    return Wanted(base, errors, base.text, first, last, base.kinds == EVENTS)


def fields(incidents: Sequence[IncidentView], wanted: Wanted, *, language: str) -> list[Field]:
    """The filters that these incidents can be told apart by, with counts over all of them, most frequent first."""
    labels = field_labels()
    found = []
    for name in FILTERS:
        counts = Counter(value for incident in incidents for value in derived.values(incident, name))
        chosen = wanted.filter.values.get(name, ())
        for value in chosen:
            counts.setdefault(value, 0)
        error = wanted.errors.get(name)
        if len(counts) > 1 or chosen or error:
            choices = tuple(
                Choice(value, word(name, value, language), count, value in chosen)
                for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            )
            found.append(Field(name, labels[name], choices, error.message(language) if error else ""))
    return found


def field_labels() -> dict[str, str]:
    """The filters' names in the language of the page."""
    return {
        "domain": gettext("Domain"),
        "country": gettext("Country"),
        "interest": gettext("Interest"),
        "theme": gettext("Theme (our reading)"),
        "means": gettext("Means"),
        "sector": gettext("Sector"),
        "event_type": gettext("Kind"),
    }


def word(name: str, value: str, language: str) -> str:
    """The word of a filter's value; the value itself where no catalogue knows it."""
    entry = catalogue(CATALOGUES[name]).find(value)
    return entry.label(language) if entry else value


def _one(query: Mapping[str, Sequence[str]], name: str) -> str:
    return (list(query.get(name, ())) or [""])[0].strip()
