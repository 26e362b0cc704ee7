"""Rows of several sources that tell one event: what `same_events` proposes against pairs that people read.

Public incidents: the pairs of the table that were read, the given ones and ours. EuRepoC and CFR: the test half of a
sample drawn by likeness of text in strata, and a second sample that was read before anything was proposed for it.
What counts in `f1` is the decision on each pair that was read and not left open, the same event or a near miss.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from verband.formats import actor_names, actor_tokens, open_reading
from verband.language.records import Record
from verband.methods.connecting import FEATURES, Evidence, Incident, phrases, same_events

LABELS = Path(__file__).parent / "labels"
DATA = Path(os.environ.get("VERBAND_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
_READ = tuple(name for name in FEATURES if name not in ("actor", "narrative", "document"))

Pair = frozenset[str]


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """precision, recall and f1 over the read pairs of all three sets together, and of each apart.

    `*_all_pairs`: the public table as a person meets it, every pair of its rows a candidate and a proposal that no
    label knows wrong. Nothing is drawn, so the seed changes nothing; it is quick as it is.
    """
    public, other = proposed(public_incidents()), proposed(cyber_incidents())
    test = {pair: same for pair, same in sample_labels().items() if is_test(pair)}
    sets = {"public": (public, public_labels()), "eurepoc_cfr": (other, test), "fresh": (other, fresh_labels())}
    counts = {name: _counts(found, labels, all_pairs=False) for name, (found, labels) in sets.items()}
    out: dict[str, float | int] = {**_scores(tuple(map(sum, zip(*counts.values(), strict=True))))}
    for name, (_, labels) in sets.items():
        out.update({f"{key}_{name}": value for key, value in _scores(counts[name]).items()})
        out[f"n_{name}"], out[f"same_{name}"] = len(labels), sum(labels.values())
    all_pairs = _scores(_counts(public, public_labels(), all_pairs=True))
    out.update({f"{key}_public_all_pairs": value for key, value in all_pairs.items()})
    out["proposed_public"], out["proposed_eurepoc_cfr"] = len(public), len(other)
    return out


def public_incidents() -> list[Incident]:
    """The table of public incidents, responses included."""
    return [
        incident(f"{row.key}", row, "public-incidents") for row in records(DATA / "incidents" / "public_incidents.csv")
    ]


def cyber_incidents() -> list[Incident]:
    """EuRepoC and CFR one behind the other."""
    out = [
        incident(f"eurepoc:{row.key}", row, "eurepoc")
        for row in records(DATA / "eurepoc" / "incidents_before_2021.csv")
    ]
    out += [
        incident(f"cfr:{row.key}", row, "cfr") for row in records(DATA / "cfr" / "clean-cyber-operations-incidents.csv")
    ]
    return out


def incident(key: str, record: Record, collection: str) -> Incident:
    """A record as the application gives it to the method."""
    without = _words()
    start, end = record.when.days if record.when else (None, None)
    domains = [value.value for value in record.attributes if value.name == "domain"]
    return Incident(
        key=key,
        domain=domains[0] if domains else "",
        start=start,
        end=end,
        lat=record.latitude,
        lon=record.longitude,
        sources=tuple(value.value for value in record.attributes if value.name == "report"),
        evidence=tuple(
            Evidence(value.name, word, key)
            for value in record.attributes
            if value.name in _READ
            for word in phrases.values(value.name, value.value, without=without)
        ),
        text="\n".join(phrases.without_actors(part, actors=_names()) for part in (record.name, record.summary)),
        kind=record.kind,
        collection=collection,
    )


def proposed(incidents: list[Incident]) -> set[Pair]:
    """Keys of the pairs that are proposed."""
    return {frozenset((incidents[pair.a].key, incidents[pair.b].key)) for pair in same_events(incidents)}


def public_labels() -> dict[Pair, bool]:
    """The given pairs, and those that we read; the given ones hold."""
    out = dict(_labels(LABELS / "same_incident_public.csv", ("a", "b")))
    out.update(_labels(DATA / "incidents" / "same_event_pairs.csv", ("id_a", "id_b")))
    return out


def sample_labels() -> dict[Pair, bool]:
    """The pairs of EuRepoC and CFR that were read, without those that their texts leave open."""
    return dict(_labels(LABELS / "same_incident_eurepoc_cfr.csv", ("a", "b")))


def fresh_labels() -> dict[Pair, bool]:
    """The pairs of the second sample, which shares no record with the development half of the first."""
    return dict(_labels(LABELS / "same_incident_fresh.csv", ("a", "b")))


def is_test(pair: Pair) -> bool:
    """The half that a hash of the keys puts aside for testing; the other half is for development."""
    return hashlib.sha256(" ".join(sorted(pair)).encode()).digest()[0] % 2 == 1


def _labels(path: Path, columns: tuple[str, str]) -> Iterator[tuple[Pair, bool]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["same"] in ("yes", "no"):
                yield frozenset((row[columns[0]], row[columns[1]])), row["same"] == "yes"


def _counts(found: set[Pair], labels: dict[Pair, bool], *, all_pairs: bool) -> tuple[int, int, int]:
    """Right, wrong and missed. With `all_pairs` a proposal without a label is wrong, else it is left out."""
    same = {pair for pair, label in labels.items() if label}
    wrong = found - same if all_pairs else found & (labels.keys() - same)
    return len(found & same), len(wrong), len(same - found)


def _scores(counts: tuple[int, ...]) -> dict[str, float]:
    right, wrong, missed = counts
    precision = right / max(1, right + wrong)
    recall = right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


@cache
def _words() -> frozenset[str]:
    return phrases.folded_tokens(actor_tokens())


@cache
def _names() -> phrases.Names:
    return phrases.names(actor_names())


def records(path: Path) -> Iterator[Record]:
    reading = open_reading(path)
    for unit in reading:
        if isinstance(unit, Record):
            yield unit
