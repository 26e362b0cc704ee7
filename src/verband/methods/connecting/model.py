"""The values that go into the method and come out of it. Frozen; nothing here computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

METHOD: Final = "connecting"
VERSION: Final = "1"


@dataclass(frozen=True)
class Evidence:
    """One thing a record says of one incident: `value` a normalised key, `record` opaque, only carried through."""

    feature: str
    value: str
    record: str


@dataclass(frozen=True)
class Incident:
    """One incident as the method sees it.

    `start` and `end` in days since 1970-01-01, as an interval whose width is the precision; None where undated.
    `lat`, `lon` in degrees. `sources`: keys of the reports or documents behind it. `text`: title, line break, summary,
    without words of actors; `kind`: incident, disclosure or response; `collection`: who keeps the list in which it
    stands, only compared. Only `same_events` reads these three, and `connect` the text in a thin collection.
    """

    key: str
    domain: str
    start: float | None = None
    end: float | None = None
    lat: float | None = None
    lon: float | None = None
    sources: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    text: str = ""
    kind: str = ""
    collection: str = ""


@dataclass(frozen=True)
class Parameters:
    """The settings of a run; the defaults are those of every benchmark.

    `fdr`: of the campaigns proposed, the share that may be chance. `replicates`: shuffled worlds at most (fewer than
    67 can prove nothing at the default `fdr`; in a thin collection those in which values are dealt anew, beside 4,999
    with other dates); a search in which nothing can pass any more stops at `replicates_least`. `features`: read only
    these, `wording` among them; None reads all.
    `smallest`: fewest separate reports in a campaign. `spans_days`: the durations of campaign that are looked for, as
    standard deviations.
    """

    seed: int = 0
    fdr: float = 0.05
    replicates: int = 199
    replicates_least: int = 19
    features: tuple[str, ...] | None = None
    smallest: int = 3
    largest: int = 40
    spans_days: tuple[float, ...] = (20.0, 60.0, 365.0)
    seeds_per_hundred: float = 5.0
    exclude_sources: tuple[str, ...] = ()
    exclude_features: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkEvidence:
    """One shared value, or nearness in time: its bans, who says so, and how many of n reports share it."""

    feature: str
    value: str
    bans: float
    records: tuple[str, ...]
    df: int
    n: int


@dataclass(frozen=True)
class Link:
    """Two incidents (places in the input) of one campaign with what joins them; bans = log10 Bayes factor."""

    a: int
    b: int
    bans: float
    evidence: tuple[LinkEvidence, ...]


@dataclass(frozen=True)
class Campaign:
    """A group of incidents (places in the input, ascending).

    `bans`: log10 Bayes factor of one campaign against each by itself. `strength`: what is compared with the shuffled
    worlds: the bans less an allowance, or in a thin collection how close the dates lie (-log10 of a share of worlds).
    There `expected` is of the kind of world that holds more, and `p` of those with other dates.
    `p`: share of shuffled worlds whose best group is at least as strong, the real one counted in. `rank`: groups here
    that are at least as strong; `expected`: how many a shuffled world holds on average. `e_value`: evidence against
    coincidence, for e-BH. `merged`: incidents that were read as one report.
    """

    incidents: tuple[int, ...]
    bans: float
    p: float
    e_value: float
    links: tuple[Link, ...]
    reports: int = 0
    merged: tuple[tuple[int, ...], ...] = ()
    shared: tuple[LinkEvidence, ...] = ()
    strength: float = 0.0
    rank: int = 1
    expected: float = 0.0


@dataclass(frozen=True)
class SameEvent:
    """Two incidents proposed as one event told twice; a person decides."""

    a: int
    b: int
    bans: float
    evidence: tuple[LinkEvidence, ...]


@dataclass(frozen=True)
class Kin:
    """Two proposed campaigns (places among them) that may be waves of one; no test of chance, and a person decides.

    `bans`: what the mean pair of reports across them weighs, no date read. `shared`: what reports of both have.
    """

    a: int
    b: int
    bans: float
    shared: tuple[LinkEvidence, ...]


@dataclass(frozen=True)
class Capped:
    """A value that is too common to bring reports together: `df` of the `n` reports carry it."""

    feature: str
    value: str
    df: int
    n: int


@dataclass(frozen=True)
class Result:
    """One run: what is proposed, what is held for coincidence, and the shuffled worlds it was held against.

    `null_best`: the best strength of each shuffled world. `smallest_showable`: separate reports of the smallest
    campaign that could have been proposed; one more than `parameters.largest` where none could. `thin`: groups were
    fixed before a date was read, and their dates are what was tested. `repeats`: incidents (places in the input) that
    were read as one report, wherever they are. `capped`: the most common of the values from which no pair was made;
    how many these are is `capped_values` in `notes`. `kin`: proposed campaigns that look alike, most alike first.
    """

    method: str
    version: str
    parameters: Parameters
    incidents: int
    reports: int
    comparisons: int
    smallest_showable: int
    campaigns: tuple[Campaign, ...] = ()
    coincidences: tuple[Campaign, ...] = ()
    null_best: tuple[float, ...] = ()
    same_event: tuple[SameEvent, ...] = ()
    thin: bool = False
    repeats: tuple[tuple[int, ...], ...] = ()
    capped: tuple[Capped, ...] = ()
    kin: tuple[Kin, ...] = ()
    notes: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
