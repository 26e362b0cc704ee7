"""EuRepoC's incidents before 2021 as the method `same_actor` may see them, and the answer it may not see.

Hidden: every column that says who is blamed, by whom, on which sources, and what followed; also the criterion of
inclusion, which says what kind of actor it was, and names of receivers (D1). Masked in the text: every name, alias
and adjective of a known actor or state, and every name by which the table itself calls an initiator.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verband.formats.actors import known_actors
from verband.formats.eurepoc import _sector
from verband.language.words import fold
from verband.methods.connecting.phrases import tokens
from verband.methods.connecting.same_actor import Incidents

HIDDEN = re.compile(
    r"initiator|attribut|^sources_|state_responsibility|response|^IL_breach|^evidence_for_sanctions|^legal_"
    r"|^offline_conflict_name_HIIK$|^inclusion_criteria|^receiver_name$"
)
#: Read as sets of stated values. Columns that hold one value nearly everywhere, and exact amounts, say nothing.
COLUMNS = (
    "source_incident_detection_disclosure", "incident_type", "receiver_country", "receiver_region",
    "cyber_conflict_issue", "offline_conflict_issue", "offline_conflict_intensity_subcode", "zero_days",
    "MITRE_initial_access", "MITRE_impact", "user_interaction", "data_theft", "disruption", "hijacking",
    "physical_effects_spatial", "physical_effects_temporal", "unweighted_cyber_intensity",
    "target_multiplier", "functional_impact", "intelligence_impact", "economic_impact", "casualties",
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


def read(shared_data: Path) -> Labelled:
    """The table of the public data folder, hidden and masked."""
    with (shared_data / "eurepoc" / "incidents_before_2021.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    initiators = tuple(_initiators(row["initiator_name"]) for row in rows)
    return Labelled(
        incidents=as_seen(rows, masked=mask(rows)),
        initiators=initiators,
        later=np.array([row["start_date"] >= LATER for row in rows]),
    )


def as_seen(rows: Sequence[Mapping[str, str]], *, masked: re.Pattern[str]) -> Incidents:
    """What the method sees of these rows: no hidden column is touched, no masked name passes."""
    seen = [{name: cell for name, cell in row.items() if not HIDDEN.search(name)} for row in rows]
    columns: dict[str, tuple[frozenset[str], ...]] = {
        name: tuple(frozenset(_values(row[name])) for row in seen) for name in COLUMNS
    }
    columns["sector"] = tuple(_sectors(row) for row in seen)
    return Incidents(
        columns=columns,
        words=tuple(tokens(masked.sub(" ", fold(f"{row['name']} . {row['description']}"))) for row in seen),
        start=np.array([_day(row["start_date"]) for row in seen]),
        end=np.array([_day(row["end_date"] or row["start_date"]) for row in seen]),
    )


def mask(rows: Sequence[Mapping[str, str]]) -> re.Pattern[str]:
    """Finds in a folded text every name, alias and adjective of the known actors and states, and every name or part
    between slashes or brackets by which the table calls an initiator.
    """
    stated = (part for row in rows for name in _listed(row["initiator_name"]) for part in re.split(r"[/<()]", name))
    names = {fold(name).strip() for name in (*known_actors().spelled(), *stated)}
    usable = sorted((name for name in names if len(name) >= SHORTEST and name not in _NOTHING), key=lambda n: (-len(n), n))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, usable)) + r")(?!\w)")


def _initiators(cell: str) -> frozenset[str]:
    """Each name without what stands in brackets, aliases between slashes one by one, folded."""
    names = (name for name in _listed(cell) if fold(name) not in _NOTHING)
    parts = (fold(part) for name in names for part in re.sub(r"\([^)]*\)", "", name).split("/"))
    return frozenset(part for part in parts if part and part not in _NOTHING)


def _values(cell: str) -> Iterator[str]:
    return (value for value in map(fold, _listed(cell)) if value not in _NOTHING)


def _sectors(row: Mapping[str, str]) -> frozenset[str]:
    """Sectors of the receivers; categories of people have none on purpose (P12)."""
    words = (word for column in SECTORS for word in _listed(row[column]))
    return frozenset(sector for word in words if (sector := _sector(word)))


def _day(text: str) -> float:
    return float(date.fromisoformat(text[:10]).toordinal())


@cache
def _listed(text: str) -> tuple[str, ...]:
    if not text.startswith("["):
        return tuple(part.strip() for part in text.split(";"))
    return tuple(word.strip() for word in _flat(ast.literal_eval(text)))


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _flat(inner)
    else:
        yield str(value)
