"""Which known groups fit: words into techniques and software, the ranking under the reader's ceiling, and its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verband.language.errors import InputError
from verband.language.words import closest, fold, squash
from verband.methods.connecting import attribution as method
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand, demand_method
from verband.rooms.picture import services as picture
from verband.rooms.picture.services import Known, KnownItem

MOST_LINES = 200
_TECHNIQUE = "attack-pattern"


@dataclass(frozen=True)
class Unread:
    """A line that no technique or software goes by: the nearest name, or the numbers of those that share the name."""

    line: str
    nearest: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """What one item seen adds to a group's score, in bans; `groups` have it reported."""

    item: KnownItem
    bans: float
    groups: int
    basis: method.model.Basis


@dataclass(frozen=True)
class Row:
    """One answer, likeliest first: a group, or "none of these" where `stix_id` is empty."""

    rank: int
    stix_id: str
    name: str
    bans: float
    prior_bans: float
    chance: float
    parts: tuple[Part, ...]

    @property
    def speaking_for(self) -> tuple[Part, ...]:
        """What pleads for this group, strongest first."""
        return tuple(part for part in self.parts if part.bans > 0)

    @property
    def speaking_against(self) -> tuple[Part, ...]:
        """What pleads against it, strongest first."""
        return tuple(part for part in reversed(self.parts) if part.bans < 0)


@dataclass(frozen=True)
class Answer:
    """What was asked and what came out: no rows where no line was read or no group is known.

    `unknown`: items seen that no group has.
    """

    known: Known
    seen: tuple[KnownItem, ...]
    unread: tuple[Unread, ...]
    rows: tuple[Row, ...]
    unknown: tuple[KnownItem, ...]
    version: str


def rank_groups(items: Sequence[str], who: Reader, *, known_on: int | None = None) -> Answer:
    """Every known group that the reader may see, and "none of these", by how well the items fit; a person decides.

    An item is a technique by number or name, or a software by name or alias. What is not read is told with the
    nearest word. Raises RefusedError("people.no_power") or ("people.no_method"), InputError("campaigns.too_many").
    """
    demand(who, "connect")
    demand_method(who, "attribute")
    if len(items) > MOST_LINES:
        raise InputError("campaigns.too_many", lines=len(items), most=MOST_LINES)
    known = picture.known_groups(who.ceiling, known_on=known_on)
    seen, unread = read_items(items, known.items)
    if not seen or not known.groups:
        return Answer(known, seen, unread, (), (), method.model.VERSION)
    query = method.Query(
        techniques=tuple(item.stix_id for item in seen if item.kind == _TECHNIQUE),
        software=tuple(item.stix_id for item in seen if item.kind != _TECHNIQUE),
    )
    ranking = method.rank(query, profiles_of(known))
    audit.note(
        "groups ranked",
        actor=who.signature,
        object="known groups",
        detail={"items": len(seen), "groups": len(known.groups), "method": ranking.method, "version": ranking.version},
    )
    rows = tuple(_row(standing, known) for standing in ranking.standings)
    unknown = tuple(known.items[item] for item in ranking.unknown)
    return Answer(known, seen, unread, rows, unknown, ranking.version)


def profiles_of(known: Known) -> tuple[method.Profile, ...]:
    """What the method reads of each group, in the order in which the groups were recorded; its key is its id."""
    return tuple(
        method.profile(
            group.stix_id,
            techniques={item: n for item, n in group.uses.items() if known.items[item].kind == _TECHNIQUE},
            software={item: n for item, n in group.uses.items() if known.items[item].kind != _TECHNIQUE},
            known_for=known.carried,
        )
        for group in known.groups
    )


def read_items(
    lines: Sequence[str], items: Mapping[str, KnownItem]
) -> tuple[tuple[KnownItem, ...], tuple[Unread, ...]]:
    """Each line as the technique or software that it names, once each, and the lines that name none or several."""
    by_number = {squash(item.number): item for item in reversed(list(items.values())) if item.number}
    by_name: dict[str, list[KnownItem]] = defaultdict(list)
    for item in items.values():
        for name in dict.fromkeys(map(squash, item.names)):
            by_name[name].append(item)
    found: dict[str, KnownItem] = {}
    unread = []
    for line in filter(None, (line.strip() for line in lines)):
        numbered = by_number.get(squash(line)) or by_number.get(squash(line.split()[0].rstrip(",:;")))
        named = [numbered] if numbered else by_name.get(squash(line), [])
        if len(named) == 1:
            found.setdefault(named[0].stix_id, named[0])
        elif named:
            unread.append(Unread(line, "", tuple(item.number or item.name for item in named)))
        else:
            unread.append(Unread(line, _nearest(line, items)))
    return tuple(found.values()), tuple(unread)


def _nearest(line: str, items: Mapping[str, KnownItem]) -> str:
    """The number or name most like the line; a number where the line starts like one."""
    if squash(line)[:1] == "t" and any(letter.isdigit() for letter in line):
        numbers = [item.number for item in items.values() if item.number and item.kind == _TECHNIQUE]
        if found := closest(line, numbers):
            return found
    names = [name for item in items.values() for name in (item.name, *item.names)]
    return closest(fold(line), names) or ""


def _row(standing: method.Standing, known: Known) -> Row:
    group = None if standing.profile is None else known.groups[standing.profile]
    return Row(
        rank=standing.rank,
        stix_id=group.stix_id if group else "",
        name=group.name if group else "",
        bans=standing.bans,
        prior_bans=standing.prior_bans,
        chance=standing.chance,
        parts=tuple(
            Part(known.items[part.item], part.bans, part.groups, part.basis) for part in standing.contributions
        ),
    )
