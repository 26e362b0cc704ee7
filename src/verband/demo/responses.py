"""What was coded of the responses that public incidents state: the cases to count, both readings, and past use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from verband.demo.tables import PublicIncident, load
from verband.language.instruments import instruments
from verband.language.means import means_of
from verband.methods.responding import Agreement, Case, RateTable, agreement, rates


@dataclass(frozen=True)
class Counted:
    """The cases that rates are made of, and how many rows were left out for which reason."""

    cases: tuple[Case, ...]
    responses: int
    decoys: int
    told_twice: int


@dataclass(frozen=True)
class Use:
    """One past use of an instrument: the row, the words that state it, and the page that supports the row."""

    incident: str
    phrase: str
    source_url: str


def coded() -> Mapping[str, frozenset[str]]:
    """For each public incident with a stated response the instruments that it was coded into; may be none."""
    found: dict[str, set[str]] = {}
    for row in load("response_codes"):
        found.setdefault(row.id, set()).update(row.instruments)
    return MappingProxyType({key: frozenset(keys) for key, keys in found.items()})


def counted(rows: Iterable[PublicIncident] | None = None) -> Counted:
    """The cases among the given rows (all that are embedded, without any), in their order.

    A row that is itself a response is none: it is there because somebody responded. Nor is one that is marked as no
    act of a state. Two rows of one event are one case, the first of them, with what either states. A case is grouped
    by domain and by means; never by country, actor or kind of actor.
    """
    listed = tuple(load("public_incidents") if rows is None else rows)
    answers = [row for row in listed if row.event_type == "response"]
    decoys = [row for row in listed if row.event_type != "response" and row.decoy]
    kept = [row for row in listed if row.event_type != "response" and not row.decoy]
    events = _events(kept)
    codes = coded()
    cases = tuple(_case(event, codes) for event in events)
    return Counted(cases, len(answers), len(decoys), len(kept) - len(cases))


def rate_table(rows: Iterable[PublicIncident] | None = None) -> RateTable:
    """Rates of the given rows (all that are embedded, without any), over all instruments of the catalogue."""
    return rates(counted(rows).cases, instruments=[item.key for item in instruments()])


def readings_agree() -> tuple[Agreement, ...]:
    """How far the two readings of one coder agree before they were settled: all together, then each instrument."""
    rows = load("response_readings")
    first, second = ({row.id: frozenset(getattr(row, name)) for row in rows} for name in ("first", "second"))
    return agreement(first, second, instruments=[item.key for item in instruments()])


def past_use(instrument: str, rows: Iterable[PublicIncident] | None = None) -> tuple[Use, ...]:
    """Where an instrument was used before, as the given rows state it; rows that are responses count here too."""
    wanted = {row.id: row for row in (load("public_incidents") if rows is None else rows)}
    return tuple(
        Use(code.id, code.phrase, wanted[code.id].source_url)
        for code in load("response_codes")
        if instrument in code.instruments and code.id in wanted
    )


def _events(rows: list[PublicIncident]) -> list[list[PublicIncident]]:
    """The rows, those of one event together, in the order of the first of each."""
    event = {row.id: [row] for row in rows}
    for pair in load("same_event_pairs"):
        if pair.same and pair.id_a in event and pair.id_b in event and event[pair.id_a] is not event[pair.id_b]:
            together = event[pair.id_a] + event[pair.id_b]
            for row in together:
                event[row.id] = together
    order = {row.id: at for at, row in enumerate(rows)}
    found: dict[int, list[PublicIncident]] = {}
    for row in rows:
        found.setdefault(id(event[row.id]), sorted(event[row.id], key=lambda one: order[one.id]))
    return list(found.values())


def _case(event: list[PublicIncident], codes: Mapping[str, frozenset[str]]) -> Case:
    means = dict.fromkeys(entry.key for row in event for word in row.means for entry in means_of(word))
    return Case(
        key=event[0].id,
        groups={"domain": (event[0].domain,), "means": tuple(means)},
        instruments=frozenset().union(*(codes.get(row.id, frozenset()) for row in event)),
        stated=any(row.response_as_stated for row in event),
    )
