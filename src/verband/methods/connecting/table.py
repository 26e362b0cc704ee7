"""What each feature says: the block of correlated evidence it belongs to and how often two events of one campaign
agree.

The figures are stated, not learned: they are the method's assumptions, printed with every result and on the card.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Feature:
    """How one feature is read.

    `block`: features of one block describe the same thing in other words; a group gets the best of a block, not the
    sum. `carries`: the chance that an incident of a campaign carries the value that the campaign shares.
    """

    name: str
    block: str
    carries: float


# The domain of an incident is a field of its own, not a row of evidence: it says where like is compared with like, and
# that a campaign keeps to few domains. Actor is in the table so that a caller may pass it, and carries nothing: blame
# follows blame. Two incidents that are laid at the same door are not evidence of each other, and a campaign made from
# blame could never test the blame (P1).
_ROWS: Final = (
    Feature("place", "place", 0.4),
    Feature("country", "place", 0.6),
    Feature("area", "place", 0.4),
    Feature("target", "target", 0.5),
    Feature("sector", "sector", 0.6),
    Feature("means", "means", 0.6),
    Feature("technique", "means", 0.6),
    Feature("modus", "means", 0.5),
    Feature("malware", "malware", 0.6),
    Feature("vulnerability", "vulnerability", 0.6),
    Feature("infrastructure", "infrastructure", 0.6),
    Feature("device", "device", 0.6),
    Feature("vessel", "vessel", 0.6),
    Feature("narrative", "narrative", 0.6),
    Feature("document", "document", 0.6),
    Feature("domain", "domain", 0.0),
    Feature("actor", "actor", 0.0),
)

TABLE: Final = MappingProxyType({row.name: row for row in _ROWS})
FEATURES: Final[tuple[str, ...]] = tuple(row.name for row in _ROWS)
WORDING: Final = "wording"
"""Words of title and summary: read by `same_events`, and by `connect` in thin collections alone."""


def agreement(feature: str) -> float:
    """m_f: the chance that two incidents of one campaign agree on the feature by sharing the campaign's value."""
    return TABLE[feature].carries ** 2
