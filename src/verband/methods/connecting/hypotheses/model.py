"""The values that go into the weighing of hypotheses and come out of it. Frozen; nothing here computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

METHOD: Final = "hypotheses"
VERSION: Final = "1"
#: The six that are always asked, in the order in which they are shown. The order breaks no tie.
HYPOTHESES: Final = ("coincidence", "criminal", "activist", "one_state", "another_state", "several")
#: Those that lay a group at a state's door.
STATE: Final = frozenset({"one_state", "another_state"})
NOT_DECIDED: Final = "not_decided"
#: What a cell counts against its hypothesis. Consistent evidence counts nothing: it may fit the others as well.
AGAINST: Final = MappingProxyType({"CC": 0.0, "C": 0.0, "N": 0.0, "I": 1.0, "II": 2.0})
_RANK: Final = MappingProxyType({"II": -2, "I": -1, "N": 0, "C": 1, "CC": 2})


@dataclass(frozen=True)
class Parameters:
    """The settings; the figures are the method's assumptions, printed with every result.

    `statement_weight`: what a source's word on who did it counts beside evidence of another kind, because it is a
    statement. `cautious_weight`: what is left of that where the source is cautious. `margin`: how much less must speak
    against the first hypothesis than against the next for it to be called the first. `chance_low`, `chance_high`: a
    group that arises by chance at most this often speaks strongly, or speaks, against coincidence. `chance_often`: one
    that arises more often than this speaks against everything else, with `often_weight`: what is not shown to stand
    out may still be one campaign.
    """

    statement_weight: float = 0.5
    cautious_weight: float = 0.5
    breadth_weight: float = 0.25
    cover_weight: float = 0.25
    margin: float = 0.3
    chance_low: float = 0.01
    chance_high: float = 0.05
    chance_often: float = 0.2
    often_weight: float = 0.5


@dataclass(frozen=True)
class Statement:
    """What one record says about who did it.

    `kind`: state, state_linked, proxy, non_state, individual, criminal, mixed, disputed, none or unknown. `certainty`:
    firm, cautious, refuted or silent. `owner`: the kind is ownership or an open policy act, and no blame. The name of
    an actor is not in it (P1).
    """

    kind: str
    certainty: str
    record: str
    owner: bool = False


@dataclass(frozen=True)
class Told:
    """One incident as far as this method reads it: domains, means (their coarsest words), and statements."""

    domains: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    lawful: bool = False
    statements: tuple[Statement, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """How an item fits a hypothesis: CC, C, N, I or II, or empty where nobody judged it.

    `likelihood`: the chance of the item if the hypothesis holds (0-1, both excluded), where somebody stated it.
    """

    consistency: str = ""
    likelihood: float | None = None

    @property
    def judged(self) -> bool:
        return self.consistency in _RANK

    @property
    def rank(self) -> int:
        """From -2 (II) to 2 (CC); 0 where nobody judged."""
        return _RANK.get(self.consistency, 0)


@dataclass(frozen=True)
class Item:
    """One piece of evidence with its cell for each hypothesis; `weight` 0-1, `records` opaque, only carried through.

    `facts` are the figures behind the tool's own reading, for whoever says it in words.
    """

    key: str
    weight: float
    cells: Mapping[str, Cell]
    records: tuple[str, ...] = ()
    facts: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Score:
    """One hypothesis: what speaks against it (weighted, Heuer), how many items were judged for it, and its bans.

    `bans`: log10 of how much better it explains the items with stated likelihoods than coincidence does; None where no
    item has a likelihood stated for both.
    """

    hypothesis: str
    against: float
    judged: int
    strongly: int
    bans: float | None


@dataclass(frozen=True)
class Result:
    """The ranking with what it hangs on.

    `scores`: least against first, equals in the fixed order. `first`: a hypothesis, or `not_decided`. `tied`: all
    within the margin of the least. `diagnosticity`: for each item how far its cells lie apart, 0-1, None where fewer
    than two are judged. `hinges`: each item without which another comes first, and which. `unjudged`: (item,
    hypothesis) pairs without a judgement.
    """

    method: str
    version: str
    parameters: Parameters
    scores: tuple[Score, ...]
    first: str
    tied: tuple[str, ...]
    diagnosticity: Mapping[str, float | None]
    hinges: tuple[tuple[str, str], ...]
    unjudged: tuple[tuple[str, str], ...]
