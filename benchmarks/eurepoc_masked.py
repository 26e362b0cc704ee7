"""EuRepoC's incidents before 2021 as the method `same_actor` may see them, and the answer it may not see.

Hidden: every column that says who is blamed, by whom, on which sources, and what followed, and names of receivers (D1).
Masked in the text: every name and alias of a known group, and every name by which the table itself calls an initiator.
A stricter reading hides the criterion of inclusion too, which tells what kind of actor it was; another masks names and
adjectives of states too; the strictest does both.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verband.formats.actors import known_actors
from verband.formats.eurepoc import listed, sector_of
from verband.language.words import fold
from verband.methods.connecting.phrases import tokens
from verband.methods.connecting.same_actor import Incidents

HIDDEN = re.compile(
    r"initiator|attribut|^sources_|state_responsibility|response|^IL_breach|^evidence_for_sanctions|^legal_"
    r"|^offline_conflict_name_HIIK$|^receiver_name$"
)
#: Hidden in the stricter readings.
CRITERION = ("inclusion_criteria", "inclusion_criteria_subcode")
#: Read as sets of stated values. What is stated of few incidents (MITRE, impacts, casualties) or says the same of
#: nearly all (physical effects, multiplier) changed nothing in the folds before 2018 and is left out.
COLUMNS = (
    "source_incident_detection_disclosure", "incident_type", "receiver_country", "receiver_region",
    "cyber_conflict_issue", "offline_conflict_issue", "offline_conflict_intensity_subcode", "zero_days", "data_theft",
    "disruption", "hijacking", "unweighted_cyber_intensity",
)  # fmt: skip
SECTORS = ("receiver_category", "receiver_category_subcode")
LATER = "2018"
#: A name shorter than this is a word like any other.
SHORTEST = 3
_NOTHING = frozenset({"", "not available", "unknown", "nan"})


@dataclass(frozen=True)
class Labelled:
    """Incidents as the method may see them; beside them the initiators' normalised names and whether each is later.

    `initiators` is empty where none is named. `later` is true from 2018 on.
    """

    incidents: Incidents
    initiators: tuple[frozenset[str], ...]
    later: NDArray[np.bool_]

    def named(self) -> NDArray[np.int64]:
        """Places of the incidents with a named initiator."""
        return np.array([place for place, names in enumerate(self.initiators) if names], dtype=np.int64)

    def same(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """For each pair whether they share an initiator's name."""
        pairs = zip(first.tolist(), second.tolist(), strict=True)
        return np.array([not self.initiators[a].isdisjoint(self.initiators[b]) for a, b in pairs], dtype=bool)


@dataclass(frozen=True)
class Readings:
    """One table, hidden and masked in four ways; the first is the one that the bar is read from."""

    stated: Labelled
    criterion_hidden: Labelled
    states_masked: Labelled
    strictest: Labelled


def read(shared_data: Path) -> Readings:
    """The table of the public data folder in all four readings, the same incidents in the same order."""
    with (shared_data / "eurepoc" / "incidents_before_2021.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    initiators = tuple(_initiators(row["initiator_name"]) for row in rows)
    later = np.array([row["start_date"] >= LATER for row in rows])
    groups = (*known_actors().spelled("intrusion-set"), *_stated(rows))
    loose, strict = mask(groups), mask((*groups, *known_actors().spelled("country")))
    stated, criterion_hidden, states_masked, strictest = (
        Labelled(as_seen(rows, masked=masked, columns=columns), initiators, later)
        for masked in (loose, strict)
        for columns in ((*COLUMNS, *CRITERION), COLUMNS)
    )
    return Readings(stated, criterion_hidden, states_masked, strictest)


def as_seen(
    rows: Sequence[Mapping[str, str]], *, masked: re.Pattern[str], columns: Sequence[str] = COLUMNS
) -> Incidents:
    """What the method sees of these rows: no hidden column is touched, no masked name passes."""
    seen = [{name: cell for name, cell in row.items() if not HIDDEN.search(name)} for row in rows]
    values: dict[str, tuple[frozenset[str], ...]] = {
        name: tuple(frozenset(_values(row[name])) for row in seen) for name in columns
    }
    values["sector"] = tuple(_sectors(row) for row in seen)
    return Incidents(
        columns=values,
        words=tuple(tokens(masked.sub(" ", fold(f"{row['name']} . {row['description']}"))) for row in seen),
        start=np.array([_day(row["start_date"]) for row in seen]),
        end=np.array([_day(row["end_date"] or row["start_date"]) for row in seen]),
    )


def mask(names: Iterable[str]) -> re.Pattern[str]:
    """Finds any of these names in a folded text, the longest first."""
    known = {folded for name in names if len(folded := fold(name).strip()) >= SHORTEST} - _NOTHING
    ordered = sorted(known, key=lambda name: (-len(name), name))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")


def _stated(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Every name, and part of one between slashes or brackets, by which the table calls an initiator."""
    for row in rows:
        for name in listed(row["initiator_name"]):
            yield from re.split(r"[/<()]", name)


def _initiators(cell: str) -> frozenset[str]:
    """Each name without what stands in brackets, aliases between slashes one by one, folded."""
    names = (name for name in listed(cell) if fold(name) not in _NOTHING)
    parts = (fold(part) for name in names for part in re.sub(r"\([^)]*\)", "", name).split("/"))
    return frozenset(part for part in parts if part and part not in _NOTHING)


def _values(cell: str) -> Iterator[str]:
    return (value for value in map(fold, listed(cell)) if value not in _NOTHING)


def _sectors(row: Mapping[str, str]) -> frozenset[str]:
    """Sectors of the receivers; categories of people have none on purpose (P12)."""
    words = (word for column in SECTORS for word in listed(row[column]))
    return frozenset(sector for word in words if (sector := sector_of(word)))


def _day(text: str) -> float:
    return float(date.fromisoformat(text[:10]).toordinal())
