"""Groupings that a court, a service or an official statement made of the public incidents, and what is proposed against
them.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

from benchmarks.same_incident import DATA, Pair, incident, records
from verband.methods.connecting import Incident, Result

LEAST = 3
OFFICIAL = ("court_or_service", "official_statement")
PATTERN = "pattern_only"
"""Groupings that nobody stated: the tables say never to take them for the truth."""
MARK = re.compile(r"\bdecoy\b", re.IGNORECASE)
"""How a note marks a row that looks as if it belonged to something and, as far as is known, does not."""
ALSO: Mapping[str, str] = {
    "Serbian group acts in France and Germany 2025": (
        "Paris destabilisation acts (nine cases cited by Paris prosecutor)"
    ),
}
"""Groupings that lie within another, as their reason in groupings.csv says."""
STATE = frozenset({"state", "state-linked", "proxy"})
"""Kinds of actor that count for a state."""


@dataclass(frozen=True)
class Truth:
    """What the tables say of the linked rows, by their key: names of their groupings, the kind of actor as stated.

    `decoys`: groupings that are criminal or domestic. `marked`: rows that a note marks as a decoy.
    """

    of: Mapping[str, frozenset[str]]
    kinds: Mapping[str, str]
    decoys: frozenset[str]
    marked: frozenset[str]
    actor: Mapping[str, str]
    twins: frozenset[Pair]


def linked_rows() -> list[Incident]:
    """Incidents and disclosures; a response belongs to its incident and is not linked."""
    rows = [
        incident(str(row.key), row, "public-incidents") for row in records(DATA / "incidents" / "public_incidents.csv")
    ]
    return [row for row in rows if row.kind != "response"]


def read_truth() -> Truth:
    """The groupings as they stand in the tables."""
    folder = DATA / "incidents"
    groupings = {row["campaign"]: row for row in _rows(folder / "groupings.csv")}
    of, actor, marked = {}, {}, set()
    for row in _rows(folder / "public_incidents.csv"):
        name = row["campaign"].strip()
        of[row["id"]] = frozenset({name, ALSO.get(name, name)} if name else ())
        actor[row["id"]] = row["actor_kind"]
        if MARK.search(row["note"]):
            marked.add(row["id"])
    twins = (row for row in _rows(folder / "same_event_pairs.csv") if row["same"] == "yes")
    return Truth(
        of=of,
        kinds={
            name: row["grouping_kind"]
            for name, row in groupings.items()
            if row["grouping_kind"] not in OFFICIAL or row["counts_as_truth"] == "yes"
        },
        decoys=frozenset(name for name, row in groupings.items() if row["is_decoy"] == "yes"),
        marked=frozenset(marked),
        actor=actor,
        twins=frozenset(frozenset((row["id_a"], row["id_b"])) for row in twins),
    )


@dataclass(frozen=True)
class Pairs:
    """How many pairs of all proposed campaigns are what; each pair counts once.

    `right`: both rows are of one grouping that somebody stated. `wrong`: each has a grouping, and they have none in
    common. `marked`: one or both are marked as decoys, the other has a grouping or such a mark too, nothing has both.
    `half`: the tables speak of one row alone. `unknown`: of neither, or only a pattern or a decoy has the two.
    """

    right: int = 0
    wrong: int = 0
    marked: int = 0
    half: int = 0
    unknown: int = 0

    def precision(self, *also: int) -> float:
        """The share that is right of the right and the wrong ones, with `also` counted as wrong."""
        return round(self.right / max(1, self.right + self.wrong + sum(also)), 4)


def scores(incidents: Sequence[Incident], result: Result, truth: Truth) -> dict[str, float | int]:
    """What is proposed against the groupings.

    A grouping is recovered where one proposed campaign holds more than half of its linked rows. `pair_precision` is the
    cautious count: a pair with one row that the tables speak of is wrong too. `_labelled` asks of pairs of which they
    speak of both rows, a row marked as a decoy belonging to nothing; `_grouped` of pairs of which both rows have a
    grouping; `_strict` takes every pair that nobody knows for wrong. Two rows of one event are no pair.
    """
    groups = [frozenset(incidents[place].key for place in one.incidents) for one in result.campaigns]
    keys = [row.key for row in incidents]
    official = official_of(keys, truth)
    pairs = pairs_of(groups, truth)
    decoys = {name: _rows_of(name, keys, truth) for name in truth.decoys}
    decoys = {name: rows for name, rows in decoys.items() if len(rows) >= 2}
    found = {name for name, rows in official.items() if holder_of(rows, groups) is not None}
    out: dict[str, float | int] = {
        "campaigns": len(official),
        "recovered": len(found),
        "recovered_share": round(len(found) / max(1, len(official)), 4),
        "proposed": len(groups),
        **precisions(pairs),
        "pair_recall": round(_pair_recall(official, groups, truth), 4),
        **{f"pairs_{name}": many for name, many in asdict(pairs).items()},
        "decoys": len(decoys),
        "decoys_as_state": sum(
            (holder := holder_of(rows, groups)) is not None and first_is_state(holder, truth)
            for rows in decoys.values()
        ),
    }
    for kind in ("press", "pattern_only"):
        known = {name: _rows_of(name, keys, truth) for name, what in truth.kinds.items() if what == kind}
        known = {name: rows for name, rows in known.items() if len(rows) >= LEAST}
        out[f"{kind}_groupings"] = len(known)
        out[f"{kind}_recovered"] = sum(holder_of(rows, groups) is not None for rows in known.values())
    return out


def first_is_state(keys: Iterable[str], truth: Truth) -> bool:
    """Simpler than the table of hypotheses, and harder to pass: whether most members state an actor of a state."""
    kinds = [truth.actor[key] for key in keys]
    return 2 * sum(kind in STATE for kind in kinds) > len(kinds)


def _rows_of(name: str, keys: Iterable[str], truth: Truth) -> frozenset[str]:
    """Linked rows that carry the name itself."""
    within = {inner for inner, outer in ALSO.items() if outer == name}
    return frozenset(key for key in keys if name in truth.of[key] and not within & truth.of[key])


def holder_of(rows: frozenset[str], proposed: Sequence[frozenset[str]]) -> frozenset[str] | None:
    return next((group for group in proposed if 2 * len(group & rows) > len(rows)), None)


def official_of(keys: Sequence[str], truth: Truth) -> dict[str, frozenset[str]]:
    found = {name: _rows_of(name, keys, truth) for name, kind in truth.kinds.items() if kind in OFFICIAL}
    return {name: rows for name, rows in found.items() if len(rows) >= LEAST}


def precisions(pairs: Pairs) -> dict[str, float]:
    """The share of right pairs under each reading of what nobody stated."""
    return {
        "pair_precision": pairs.precision(pairs.marked, pairs.half),
        "pair_precision_labelled": pairs.precision(pairs.marked),
        "pair_precision_grouped": pairs.precision(),
        "pair_precision_strict": pairs.precision(pairs.marked, pairs.half, pairs.unknown),
    }


def pairs_of(proposed: Sequence[frozenset[str]], truth: Truth) -> Pairs:
    """The pairs of all proposed campaigns."""
    every = {frozenset(pair) for group in proposed for pair in combinations(sorted(group), 2)}
    return Pairs(**Counter(_kind(pair, truth) for pair in every - truth.twins))


def _kind(pair: Pair, truth: Truth) -> str:
    shared = frozenset.intersection(*(truth.of[key] for key in pair))
    if any(name not in truth.decoys and truth.kinds.get(name) != PATTERN for name in shared):
        return "right"
    grouped = [bool(truth.of[key]) for key in pair]
    spoken = sum(own or key in truth.marked for key, own in zip(pair, grouped, strict=True))
    if shared or not spoken:
        return "unknown"
    if spoken == 1:
        return "half"
    return "wrong" if all(grouped) else "marked"


def _pair_recall(official: Mapping[str, frozenset[str]], proposed: Sequence[frozenset[str]], truth: Truth) -> float:
    pairs = {frozenset(pair) for rows in official.values() for pair in combinations(sorted(rows), 2)} - truth.twins
    return sum(any(pair <= group for group in proposed) for pair in pairs) / max(1, len(pairs))


def _rows(path: object) -> list[dict[str, str]]:
    with open(str(path), encoding="utf-8") as file:
        return list(csv.DictReader(file))
