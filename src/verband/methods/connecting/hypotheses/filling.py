"""The first filling of the table by the tool, from what the data can say; a person's judgement replaces any cell.

What a source says of who did it is a statement: it counts at a discount, by the share of the group's incidents that it
is said of. Nothing here reads a name, a title, a text or a grouping; a state is a kind, never one state (P1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from .model import HYPOTHESES, NOT_DECIDED, Cell, Item, Parameters, Statement, Told
from .ranking import rank

_BY_STATE: Final = frozenset({"state", "state_linked"})
_BY_HIRED: Final = frozenset({"proxy"})
_BY_CRIME: Final = frozenset({"criminal", "individual"})
_BY_ACTIVIST: Final = frozenset({"non_state"})
_SEVERAL_DOMAINS: Final = 2

#: The cells in the order of HYPOTHESES: coincidence, criminal, activist, one state, another state, several.
_SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "said_state": "I I I CC I N",
        "said_hired": "I N C C N C",
        "said_criminal": "N CC I I I N",
        "said_activist": "N I CC I I N",
        "said_refuted": "CC N N II II I",
        "said_disputed": "N N N N N N",
        "said_nothing": "N N N N N N",
        "said_owner": "N N N N N N",
    }
)


def first_hypothesis(incidents: Sequence[Told], *, chance: float | None, parameters: Parameters | None = None) -> str:
    """The hypothesis that leads for this group on the tool's reading alone, else `not_decided`.

    `chance` is the run's own figure: how often a group like this arises by chance in the collection, 0-1; None where
    no run held the group against chance. A group is a state's campaign only where this is one of `STATE`.
    """
    settings = parameters or Parameters()
    return rank(fill(incidents, chance=chance, parameters=settings), settings).first if incidents else NOT_DECIDED


def fill(incidents: Sequence[Told], *, chance: float | None, parameters: Parameters | None = None) -> tuple[Item, ...]:
    """The items that the data can say something about, the run's own figure first; keys are stable.

    An item about which nothing is known is left out, not filled with neutral.
    """
    settings = parameters or Parameters()
    found = [_by_chance(incidents, chance, settings)] if chance is not None else []
    found += _statements(incidents, settings)
    found += _kinds(incidents, settings)
    found += _breadth(incidents, settings)
    found += _cover(incidents, settings)
    return tuple(found)


def _by_chance(incidents: Sequence[Told], chance: float, settings: Parameters) -> Item:
    if chance <= settings.chance_low:
        row = "II N N N N N"
    elif chance <= settings.chance_high:
        row = "I N N N N N"
    elif chance <= settings.chance_often:
        row = "N N N N N N"
    else:
        return _item("chance", "C I I I I I", settings.often_weight, _records(incidents), chance=chance)
    return _item("chance", row, 1.0, _records(incidents), chance=chance)


def _statements(incidents: Sequence[Told], settings: Parameters) -> list[Item]:
    """One item for each thing that sources say, weighed by the share of the incidents that it is said of."""
    said: dict[str, list[tuple[float, str]]] = {}
    for told in incidents:
        if told.statements:
            key, factor, records = _said(told.statements, settings)
            said.setdefault(key, []).extend((factor if n == 0 else 0.0, record) for n, record in enumerate(records))
    found = []
    for key in _SAID:
        if key in said:
            share = sum(factor for factor, _ in said[key]) / len(incidents)
            number = sum(factor > 0 for factor, _ in said[key])
            weight = settings.statement_weight * share
            behind = [record for _, record in said[key]]
            found.append(_item(key, _SAID[key], weight, behind, incidents=number, of=len(incidents)))
    return found


def _said(statements: Sequence[Statement], settings: Parameters) -> tuple[str, float, tuple[str, ...]]:
    """What the records of one incident say together: the firmest kind; disputed where two kinds are said."""
    records = tuple(statement.record for statement in statements)
    if any(statement.certainty == "refuted" for statement in statements):
        return "said_refuted", 1.0, records
    kinds = {_kind(statement) for statement in statements} - {"said_nothing"}
    if not kinds:
        return "said_nothing", 1.0, records
    if len(kinds) > 1:
        return "said_disputed", 1.0, records
    (kind,) = kinds
    firm = any(statement.certainty == "firm" for statement in statements if _kind(statement) == kind)
    return kind, 1.0 if firm or kind in ("said_disputed", "said_owner") else settings.cautious_weight, records


def _kind(statement: Statement) -> str:
    kind = statement.kind
    if statement.certainty == "silent" and kind not in ("criminal", "disputed"):
        return "said_nothing"
    if kind in _BY_STATE:
        return "said_owner" if statement.owner else "said_state"
    if kind in _BY_HIRED:
        return "said_hired"
    if kind in _BY_CRIME:
        return "said_criminal"
    if kind in _BY_ACTIVIST:
        return "said_activist"
    return "said_disputed" if kind in ("disputed", "mixed") else "said_nothing"


def _kinds(incidents: Sequence[Told], settings: Parameters) -> list[Item]:
    """Whether sources lay the incidents at the door of one kind of actor or of several."""
    blamed: dict[str, int] = {}
    for told in incidents:
        if told.statements:
            key = _said(told.statements, settings)[0]
            if key in ("said_state", "said_hired", "said_criminal", "said_activist"):
                blamed[key] = blamed.get(key, 0) + 1
    if not blamed:
        return []
    share = sum(blamed.values()) / len(incidents)
    row = "N N N N N I" if len(blamed) == 1 else "N I I N N C"
    return [_item("kinds", row, settings.statement_weight * share, _records(incidents), kinds=len(blamed))]


def _breadth(incidents: Sequence[Told], settings: Parameters) -> list[Item]:
    """Several means in several domains: seldom the work of those who act for gain."""
    domains = {domain for told in incidents for domain in told.domains}
    means = {word for told in incidents for word in told.means}
    if not domains or not means:
        return []
    broad = len(domains) >= _SEVERAL_DOMAINS and len(means) >= _SEVERAL_DOMAINS
    row = "N I N C C C" if broad else "N N N N N N"
    return [_item("breadth", row, settings.breadth_weight, _records(incidents), domains=len(domains), means=len(means))]


def _cover(incidents: Sequence[Told], settings: Parameters) -> list[Item]:
    """Acts that are lawful in themselves: no crime, and as well an ordinary act of business or policy."""
    lawful = [told for told in incidents if told.lawful]
    if not lawful:
        return []
    share = len(lawful) / len(incidents)
    facts = {"incidents": float(len(lawful)), "of": float(len(incidents))}
    return [_item("cover", "C I N C C N", settings.cover_weight * share, _records(lawful), **facts)]


def _records(incidents: Iterable[Told]) -> tuple[str, ...]:
    return tuple(record for told in incidents for record in told.records)


def _item(key: str, row: str, weight: float, records: Iterable[str], **facts: float) -> Item:
    cells = {name: Cell(word) for name, word in zip(HYPOTHESES, row.split(), strict=True)}
    return Item(key, weight, MappingProxyType(cells), tuple(dict.fromkeys(records)), MappingProxyType(facts))
