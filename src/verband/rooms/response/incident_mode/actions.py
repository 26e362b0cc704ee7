"""Actions of an intervention: what, by which organisation, in which track, and whose decision it needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping
from verband.rooms.response.incident_mode import modes, ruling
from verband.rooms.response.incident_mode.models import EmptyTrack, Mode, ModeAction
from verband.rooms.response.models import Package


def plan(key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> ModeAction:
    """Write an action: `what`, `owner` (an organisation's key), `track`, `gate`, and what the gate asks; `marking`.

    `competent` asks `route` and `authority`, `political` a `package` (its key), `none` the reason `why_none`. Which
    gates a track has is in the catalogue `incident_tracks`. Raises InputError("mode.too_early"), ("mode.no_owner"),
    ("mode.gate"), ("mode.route"), ("mode.package") and `keeping`'s.
    """
    demand(who, keeping.PREPARE)
    row = keeping.find_standing(Mode, key, who)
    modes.demand_state(row, modes.COORDINATION, modes.ACTIONS)
    modes.demand_in_scope(row)
    track = keeping.chosen("track", values.get("track", ""), "incident_tracks")
    what = keeping.filled("what", values.get("what", ""))
    gate = _gate(track, values.get("gate", ""))
    opened = _opened(track, gate, values, who)
    fields = {
        "mode": row,
        "key": keeping.new_key("mode action", key, what, who=who, now=now),
        "what": what,
        "owner": modes.organisation("owner", values.get("owner", "")),
        "track": track,
        "gate": gate,
        **opened,
    }
    package = opened["package"]
    refuse_contact(who, what=what, why_none=opened["why_none"])
    with transaction.atomic():
        made = keeping.keep(
            ModeAction,
            act="action of an intervention written",
            about=modes.about(row),
            fields=fields,
            source=f"intervention {row.key}",
            who=who,
            now=now,
            marking=values.get("marking", ""),
            rests_on=(row.marking.value(), *((package.marking.value(),) if isinstance(package, Package) else ())),
        )
        ruling.begin(made, who=who, now=now)
    return made


def say_why_empty(key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> EmptyTrack:
    """Say why a track of R068 (`track`, catalogue `response_tracks`) has no action: `reason`.

    Raises InputError("mode.track_filled") where it has one, ("mode.closed") and `keeping`'s.
    """
    demand(who, keeping.PREPARE)
    row = keeping.find_standing(Mode, key, who)
    modes.demand_running(row)
    track = keeping.chosen("track", values.get("track", ""), "response_tracks")
    reason = keeping.filled("reason", values.get("reason", ""))
    if any(one.track in tracks_of(track) for one in standing_actions(row)):
        raise InputError("mode.track_filled", field="track")
    return keeping.keep(
        EmptyTrack,
        act="empty track of an intervention explained",
        about=modes.about(row),
        fields={"mode": row, "track": track, "reason": reason},
        source=f"intervention {row.key}",
        who=who,
        now=now,
        rests_on=(row.marking.value(),),
    )


def standing_actions(row: Mode) -> list[ModeAction]:
    """Every action whose newest step is no withdrawal, whoever may see it."""
    return [one for one in row.actions.filter(withdrawn_at=None) if ruling.state_of(one) != "withdrawn"]


def tracks_of(group: str) -> tuple[str, ...]:
    """The tracks of R041 that make up one of the three of R068."""
    return tuple(one.key for one in catalogue("incident_tracks").entries if one.fields["group"] == group)


def gates_of(track: str) -> tuple[str, ...]:
    """What may open the way for an action of that track."""
    return catalogue("incident_tracks").get(track).strings("gates")


def _gate(track: str, gate: str) -> str:
    known = gates_of(track)
    given = gate or (known[0] if len(known) == 1 else "")
    if given not in known:
        labels = catalogue("incident_gates").labels("en")
        words = "; ".join(labels[one] for one in known)
        raise InputError("mode.gate", field="gate", known=words, gates=" ".join(known))
    return given


def _opened(track: str, gate: str, values: Mapping[str, str], who: Reader) -> dict[str, object]:
    """What the gate asks; what belongs to another gate is left empty."""
    found: dict[str, object] = {"route": "", "authority": "", "package": None, "why_none": ""}
    if gate == ruling.COMPETENT:
        route = keeping.chosen("route", values.get("route", ""), "own_law_routes")
        known = catalogue("incident_tracks").get(track).strings("routes")
        if known and route not in known:
            raise InputError("mode.route", field="route", known=", ".join(known))
        return found | {"route": route, "authority": modes.organisation("authority", values.get("authority", ""))}
    if gate == ruling.POLITICAL:
        return found | {"package": _package(values.get("package", ""), who)}
    return found | {"why_none": keeping.filled("why_none", values.get("why_none", ""))}


def _package(key: str, who: Reader) -> Package:
    try:
        row = keeping.find(Package, key, who)
    except NotFoundError as error:
        raise InputError("mode.package", field="package") from error
    if row.gate != ruling.POLITICAL:
        raise InputError("mode.package", field="package")
    return row
