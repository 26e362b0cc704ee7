"""The hand-over of an intervention, and its closing: only once nothing lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.rooms.people import services as people
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping
from verband.rooms.response.incident_mode import actions, modes, ruling
from verband.rooms.response.incident_mode.models import HandOver, Mode, ModeStep
from verband.rooms.risk import services as risk

#: What may lack, in Dutch and English; `{of}` is the track or how many.
LACKS = {
    "scope": ("de redenen in de toets op nationale veiligheid", "the reasons in the scope test"),
    "track": (
        "een actie in het {of}, of de reden waarom die er niet is",
        "an action in the {of}, or the reason why there is none",
    ),
    "hand_over": ("de overdracht", "the hand-over"),
    "stale": (
        "een nieuwe overdracht: er is daarna nog iets met een actie gebeurd",
        "a new hand-over: something happened to an action after it was written",
    ),
    "open_actions": (
        "het einde van {of} acties, of de overdracht ervan",
        "the end of {of} actions, or their hand-over",
    ),
}


@dataclass(frozen=True)
class Lack:
    """One thing that lacks; `of` is the key of the track, or a number."""

    key: str
    of: str = ""

    def words(self, language: str) -> str:
        """What lacks, in `nl` or `en`."""
        known = catalogue("response_tracks").labels(language)
        return LACKS[self.key][0 if language == "nl" else 1].format(of=known.get(self.of, self.of))


class LacksError(InputError):
    """An intervention that cannot be closed: everything that lacks is named."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        """`lacks` in the order of the page."""
        super().__init__("mode.lacks", field="reason", lacks=[one.key for one in lacks])
        self.lacks = tuple(lacks)

    def message(self, language: str = "en") -> str:
        """The sentence with every lack in it."""
        return f"{super().message(language)} {'; '.join(one.words(language) for one in self.lacks)}."


def hand_over(key: str, values: Mapping[str, str], *, passed_on: Sequence[str], who: Reader, now: datetime) -> HandOver:
    """Write the hand-over: `organisation`, `function`, `situation`, `open_points`, `agreements`, `material`, `source`.

    `passed_on` are the keys of actions that did not end and go on with their owner. A newer one replaces it. Raises
    InputError("mode.closed"), ("mode.too_early"), ("mode.no_owner"), ("response.word") and `keeping`'s.
    """
    demand(who, keeping.PREPARE)
    row = keeping.find_standing(Mode, key, who)
    modes.demand_state(row, modes.ACTIONS)
    known = [one.key for one in actions.standing_actions(row)]
    texts = {name: keeping.filled(name, values.get(name, "")) for name in _TEXTS}
    fields = {
        "mode": row,
        "organisation": modes.organisation("organisation", values.get("organisation", "")),
        "function": keeping.filled("function", values.get("function", ""), most=keeping.TITLE),
        **texts,
        "passed_on": [keeping.among("passed_on", one, known) for one in dict.fromkeys(passed_on)],
    }
    refuse_contact(who, function=fields["function"], **texts)
    with transaction.atomic():
        for older in keeping.standing(HandOver, who, mode=row):
            about = modes.about(row)
            keeping.withdraw(
                older, act="hand-over replaced", about=about, reason="replaced by a newer one", who=who, now=now
            )
        return keeping.keep(
            HandOver,
            act="hand-over of an intervention written",
            about=modes.about(row),
            fields=fields,
            source=f"intervention {row.key}",
            who=who,
            now=now,
            marking=values.get("marking", ""),
            rests_on=(row.marking.value(), *(one.marking.value() for one in actions.standing_actions(row))),
        )


def lacks(row: Mode, who: Reader | None = None) -> tuple[Lack, ...]:
    """All that lacks before it may be closed, as far as that reader sees; without one, whoever may see it."""
    reader, found = who or people.operator(), []
    if risk.scope_of(row.origin, reader).state not in ("reasoned", "reviewed"):
        found.append(Lack("scope"))
    standing = [one for one in actions.standing_actions(row) if reader.ceiling.admits(one.marking.value())]
    explained = set(row.empty_tracks.filter(withdrawn_at=None).values_list("track", flat=True))
    for entry in catalogue("response_tracks").entries:
        if entry.key not in explained and not any(one.track in actions.tracks_of(entry.key) for one in standing):
            found.append(Lack("track", entry.key))
    newest = next(iter(keeping.standing(HandOver, reader, mode=row)), None)
    passed_on = set(newest.passed_on) if newest else set()
    running = [one for one in standing if ruling.state_of(one) not in ruling.ENDED and one.key not in passed_on]
    if running:
        found.append(Lack("open_actions", str(len(running))))
    if newest is None:
        found.append(Lack("hand_over"))
    elif any(step.kept_at > newest.kept_at for one in standing for step in one.steps.all()):
        found.append(Lack("stale"))
    return tuple(found)


def close(key: str, *, reason: str, who: Reader, now: datetime) -> ModeStep:
    """Close it, with a reason. Raises `LacksError` with everything that lacks, InputError("mode.move")."""
    demand(who, keeping.PREPARE)
    told = keeping.filled("reason", reason)
    refuse_contact(who, reason=told)
    with transaction.atomic():
        row = modes.locked(key, who)
        modes.demand_next(row, modes.CLOSED)
        if found := lacks(row):
            raise LacksError(found)
        return modes.closed(row, reason=told, who=who, now=now)


_TEXTS = ("situation", "open_points", "agreements", "material")
