"""What measures are for, in the three schemes of the policy texts; a tag is a person's, with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from verband.language.catalogues import catalogue
from verband.language.markings import highest
from verband.rooms.measures import services as measures
from verband.rooms.measures.services import AutonomyTag, MeasureView
from verband.rooms.people.services import Reader
from verband.rooms.risk.cycle import saying
from verband.rooms.risk.cycle.saying import Stamp
from verband.rooms.risk.models import MeasureFunction

#: The schemes by the name of their catalogue, in the order of their texts.
SCHEMES = (
    "functions_prevent_defend_strengthen",
    "functions_prevent_mitigate_respond",
    "functions_protect_promote_partner",
)


@dataclass(frozen=True)
class Tag:
    """One function of one measure, with who says so and why.

    `from_board` where it is the direction under which a person put the measure on the board of open strategic autonomy;
    it is taken back there.
    """

    measure: str
    scheme: str
    function: str
    reason: str
    stamp: Stamp
    from_board: bool = False


@dataclass(frozen=True)
class Tagged:
    """A measure with its tags, by scheme."""

    measure: MeasureView
    tags: tuple[Tag, ...]

    def of(self, scheme: str) -> tuple[Tag, ...]:
        """The tags of one scheme."""
        return tuple(tag for tag in self.tags if tag.scheme == scheme)


def tagged(who: Reader, *, known_on: int | None = None) -> list[Tagged]:
    """The measures that the reader may see, with the tags that stand, by its key; those of the board last."""
    tags: dict[str, list[Tag]] = {}
    for row in saying.visible(MeasureFunction.objects.order_by("said_at", "pk"), who, known_on):
        stamp = saying.stamp(row, known_on)
        if stamp.standing:
            tags.setdefault(row.measure, []).append(Tag(row.measure, row.scheme, row.function, row.reason, stamp))
    found = measures.autonomy_board(who, known_on=known_on)
    for one in found.placed:
        if one.tag is not None:
            tags.setdefault(one.measure.key, []).append(_of_board(one.measure.key, one.tag))
    return [Tagged(one.measure, tuple(tags.get(one.measure.key, ()))) for one in found.placed]


def _of_board(measure: str, placed: AutonomyTag) -> Tag:
    """The direction of the board as a tag, so that protect, promote and partner have one answer everywhere."""
    stamp = Stamp(placed.number, placed.marking, placed.by, placed.at, True, "", None, "")
    return Tag(measure, SCHEMES[2], placed.direction, placed.reason, stamp, from_board=True)


def with_function(found: Iterable[Tagged], scheme: str, function: str) -> list[Tagged]:
    """The measures that carry the tag.

    Raises InputError("cycle.word") for a scheme or function that there is not.
    """
    saying.one_of("scheme", scheme, SCHEMES)
    saying.chosen("function", function, scheme)
    return [item for item in found if any(tag.function == function for tag in item.of(scheme))]


def counts(found: Iterable[Tagged]) -> dict[str, dict[str, int]]:
    """For each scheme how many measures carry each function, and under "" how many carry none of it."""
    rows = list(found)
    return {
        scheme: {
            **{entry.key: len(with_function(rows, scheme, entry.key)) for entry in catalogue(scheme).entries},
            "": sum(not item.of(scheme) for item in rows),
        }
        for scheme in SCHEMES
    }


def tag(measure: str, *, scheme: str, function: str, reason: str, marking: str, who: Reader, now: datetime) -> None:
    """Say what a measure is for. The marking is at least that of the measure.

    Raises NotFoundError("measures.unknown"), InputError("cycle.word"), ("cycle.empty"),
    RefusedError("people.no_power").
    """
    view = measures.measure(measure, who)
    fields = {
        "measure": measure,
        "scheme": saying.one_of("scheme", scheme, SCHEMES),
        "function": saying.chosen("function", function, scheme),
        "reason": saying.filled("reason", reason),
    }
    marked = saying.raised(highest([view.marking]), marking, who)
    on = f"measure {measure}"
    saying.keep(MeasureFunction, fields, act="function of a measure told", on=on, marking=marked, who=who, now=now)


def withdraw(number: int, *, reason: str, who: Reader, now: datetime) -> None:
    """Take a tag back. Raises as `saying.take_back`, NotFoundError("cycle.unknown_row")."""
    row = saying.find(MeasureFunction, number, who)
    on = f"measure {row.measure}"
    saying.take_back(row, act="function of a measure withdrawn", on=on, reason=reason, who=who, now=now)
