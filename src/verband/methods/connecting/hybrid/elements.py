"""The elements of the definition of a hybrid campaign, each met, not met or unknown, and what follows from them.

Source: letter 30 821 nr. 175 of 28 November 2022, "Ontwikkelingen in de dreiging" (definition); phases after the
conceptual model of JRC and Hybrid CoE (2020). What the data can say is computed; the rest is unknown until a person
states it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

METHOD: Final = "hybrid"
VERSION: Final = "1"
ELEMENTS: Final = (
    "national_security",
    "below_armed_conflict",
    "several_means",
    "state_actor",
    "covert",
    "strategic_aim",
    "coordinated",
)
#: May be there; a hybrid campaign can do without.
OPTIONAL: Final = frozenset({"coordinated"})
PHASES: Final = ("priming", "destabilisation", "coercion")
LABELS: Final = ("hybrid", "state_threat", "not_hybrid", "open")
_MET, _NOT_MET, _UNKNOWN = "met", "not_met", "unknown"
_STATES: Final = frozenset({_MET, _NOT_MET, _UNKNOWN})


@dataclass(frozen=True)
class Act:
    """One incident: its means (the coarsest words), domains, interests, phases of its means, start and records.

    `start` in seconds since 1970, None where undated; `records` are opaque and only carried through.
    """

    means: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    start: int | None = None
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What a person stated about an element: `met`, `not_met` or `unknown`."""

    element: str
    state: str


@dataclass(frozen=True)
class Element:
    """One element: its state, who says so (`data`, `person` or `nobody`), and the records that the data rest on.

    `facts` are what the data say in any case, also where only a person can decide.
    """

    key: str
    state: str
    says: str
    needed: bool
    records: tuple[str, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Step:
    """One phase: how many incidents have a means of it, and the first and last start (seconds since 1970)."""

    phase: str
    incidents: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Result:
    """The elements in the order of the definition, what may be called what, and the phases as the means say them.

    `label`: `hybrid` when every needed element is met; `state_threat` for a state's acts with one means; `not_hybrid`
    when a needed element is not met; else `open`. `missing`: needed elements that are unknown. `rising`: phases that
    occur begin in the order of the model; False where fewer than two occur.
    """

    method: str
    version: str
    label: str
    elements: tuple[Element, ...]
    missing: tuple[str, ...]
    phases: tuple[Step, ...]
    rising: bool


def classify(acts: Sequence[Act], findings: Sequence[Finding] = (), *, chance: float | None = None) -> Result:
    """The checklist for one group. A later finding about an element stands before an earlier one.

    One means is never a hybrid campaign, whatever a person states: another means comes in as a record. `chance` is how
    often such a group arises by chance in the collection, shown with `coordinated`, which a person decides.
    Raises ValueError for an element or a state that there is not.
    """
    stated: dict[str, str] = {}
    for finding in findings:
        if finding.element not in ELEMENTS or finding.state not in _STATES:
            raise ValueError(f"{finding.element}: {finding.state}")
        stated[finding.element] = finding.state
    elements = tuple(_element(key, acts, stated, chance) for key in ELEMENTS)
    needed = [element for element in elements if element.needed]
    missing = tuple(element.key for element in needed if element.state == _UNKNOWN)
    steps = _steps(acts)
    return Result(METHOD, VERSION, _label(needed), elements, missing, steps, _rising(steps))


def _label(needed: Sequence[Element]) -> str:
    states = {element.key: element.state for element in needed}
    if all(state == _MET for state in states.values()):
        return "hybrid"
    lacking = [key for key, state in states.items() if state == _NOT_MET]
    if lacking == ["several_means"] and states["state_actor"] == _MET and states["national_security"] == _MET:
        return "state_threat"
    return "not_hybrid" if lacking else "open"


def _element(key: str, acts: Sequence[Act], stated: Mapping[str, str], chance: float | None) -> Element:
    needed = key not in OPTIONAL
    if key == "several_means":
        return _several(acts, stated)
    facts, records = _facts(key, acts, chance)
    if key in stated:
        return Element(key, stated[key], "person", needed, records, facts)
    return Element(key, _UNKNOWN, "nobody", needed, records, facts)


def _several(acts: Sequence[Act], stated: Mapping[str, str]) -> Element:
    """Counted from the records; a person may say that they are one means after all, never that one is several."""
    means = tuple(dict.fromkeys(word for act in acts for word in act.means))
    domains = tuple(dict.fromkeys(word for act in acts for word in act.domains))
    records = tuple(record for act in acts if act.means for record in act.records)
    facts = MappingProxyType({"means": means, "domains": domains})
    counted = (_UNKNOWN, _NOT_MET, _MET)[min(2, len(means))]
    said = stated.get("several_means", counted)
    if said != counted and counted == _MET:
        return Element("several_means", said, "person", True, records, facts)
    return Element("several_means", counted, "data" if means else "nobody", True, records, facts)


def _facts(
    key: str, acts: Sequence[Act], chance: float | None
) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    if key == "national_security":
        interests = tuple(dict.fromkeys(word for act in acts for word in act.interests))
        records = tuple(record for act in acts if act.interests for record in act.records)
        return MappingProxyType({"interests": interests}), records
    if key == "coordinated" and chance is not None:
        return MappingProxyType({"chance": (repr(chance),)}), ()
    return MappingProxyType({}), ()


def _steps(acts: Sequence[Act]) -> tuple[Step, ...]:
    found = []
    for phase in PHASES:
        of_phase = [act for act in acts if phase in act.phases]
        starts = [act.start for act in of_phase if act.start is not None]
        found.append(Step(phase, len(of_phase), min(starts, default=None), max(starts, default=None)))
    return tuple(found)


def _rising(steps: Sequence[Step]) -> bool:
    firsts = [step.first for step in steps if step.first is not None]
    return len(firsts) > 1 and firsts == sorted(firsts)
