"""The values that go into the method and come out of it. Frozen; nothing here computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

METHOD: Final = "attribution"
VERSION: Final = "1"

Kind = Literal["technique", "software"]
Basis = Literal["reported", "through_software", "absent"]


@dataclass(frozen=True)
class Profile:
    """What is known of one group: each technique and software with the number of reports that say so (at least 1).

    `through_software`: techniques that the group's software is known for, with how many of its programs. `key` is
    opaque and only carried through: no score and no order rests on it.
    """

    key: str
    techniques: Mapping[str, int]
    software: Mapping[str, int]
    through_software: Mapping[str, int]


@dataclass(frozen=True)
class Query:
    """What was seen, by the keys that the profiles use. A key that stands twice counts once."""

    techniques: tuple[str, ...] = ()
    software: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parameters:
    """The settings of a ranking.

    `smoothing_*`: how many items of the background stand beside those of a profile. `backing_*`: what each factor e
    of reports adds to an item's count of 1. `through_software`: the count of a technique per program of the group
    that has it, three at most. `weight_technique`: share of a technique's weight that counts, as techniques come in
    packages; software counts whole. `size`: the chance of a group beforehand goes with its number of items to this
    power. `none`: bans of "none of these".

    The defaults are what `fit` gives on all 493 cases of leaving one report out of ATT&CK 18.1 (102 groups), rounded;
    the benchmark `attribution` fits them again and reports the difference, and what parameters reach that were
    fitted without the group itself.
    """

    smoothing_technique: float = 29.0
    smoothing_software: float = 30.9
    backing_technique: float = 0.781
    backing_software: float = 0.299
    through_software: float = 0.0865
    weight_technique: float = 0.486
    size: float = 1.374
    none: float = -0.08


@dataclass(frozen=True)
class Contribution:
    """What one item seen adds to a group's score, in bans (log10 of a likelihood ratio), below zero where it pleads
    against.

    `groups`: how many of the profiles have the item reported. `basis`: whether this group has it, has software known
    for it, or neither.
    """

    item: str
    kind: Kind
    bans: float
    groups: int
    basis: Basis


@dataclass(frozen=True)
class Standing:
    """One answer in the ranking. `profile` is the place in the input, None for "none of these".

    `bans` = `prior_bans` + the contributions, against the background of the collection; `chance` among these answers
    alone. `rank` counts from 1; equal scores share the worst place of their run and stay in input order.
    """

    profile: int | None
    key: str
    rank: int
    bans: float
    prior_bans: float
    chance: float
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True)
class Ranking:
    """Every answer, likeliest first, with what it rests on. `unknown`: items seen that no profile has."""

    method: str
    version: str
    parameters: Parameters
    query: Query
    profiles: int
    standings: tuple[Standing, ...]
    unknown: tuple[str, ...]
