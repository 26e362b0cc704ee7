"""Versions of this installation's framework: pilot, evaluated, live; each step kept by a person (R034)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping
from verband.rooms.response.evaluating import evaluations
from verband.rooms.response.evaluating.models import FrameworkStep

PILOT, EVALUATED, LIVE = "pilot", "evaluated", "live"
STATES = (PILOT, EVALUATED, LIVE)
#: The word lists that a version of the framework is made of here.
MADE_OF = ("instruments", "response_severities", "response_goals", "response_channels", "policy_areas")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,39}")


@dataclass(frozen=True)
class VersionView:
    """A version with its steps, newest first."""

    version: str
    steps: tuple[FrameworkStep, ...]

    @property
    def state(self) -> str:
        """The state that its newest step gave."""
        return self.steps[0].state

    @property
    def marking(self) -> Marking:
        """The marking of its newest step."""
        return self.steps[0].marking.value()


def step(version: str, state: str, *, reason: str, who: Reader, now: datetime, marking: str = "") -> FrameworkStep:
    """Take the next step of a version, with a reason; `pilot` begins a new one, with the word lists of now.

    `evaluated` needs an evaluation of that version; `live` needs every action from it to be done. Raises
    InputError("evaluation.version"), ("evaluation.framework_move"), ("evaluation.missing"), ("evaluation.no_action"),
    ("evaluation.framework_open") and `keeping`'s.
    """
    demand(who, keeping.PREPARE)
    if not _VERSION.fullmatch(version.strip()):
        raise InputError("evaluation.version", field="version", text=version)
    version = version.strip()
    keeping.among("state", state, STATES)
    told = keeping.filled("reason", reason)
    refuse_contact(who, reason=told)
    with transaction.atomic():
        every = FrameworkStep.objects.select_for_update().filter(version=version, withdrawn_at=None)
        newest = every.order_by("-kept_at", "-pk").first()
        at = newest.state if newest else ""
        if STATES.index(state) != (STATES.index(at) + 1 if at else 0):
            raise InputError("evaluation.framework_move", field="state", state=state, **{"from": at or "-"})
        if state != PILOT:
            _demand_evaluated(version, state, who, now)
        return keeping.keep(
            FrameworkStep,
            act="step of the framework taken",
            about=f"framework {version}",
            fields={
                "version": version,
                "state": state,
                "reason": told,
                "catalogues": {name: catalogue(name).version for name in MADE_OF},
            },
            source=f"account {who.username}",
            who=who,
            now=now,
            marking=marking,
            rests_on=(newest.marking.value(),) if newest else (Marking(),),
        )


def versions(who: Reader, *, known_on: int | None = None) -> tuple[VersionView, ...]:
    """Every version that the reader may see, the newest first."""
    found: dict[str, list[FrameworkStep]] = {}
    for one in keeping.standing(FrameworkStep, who, known_on=known_on):
        found.setdefault(one.version, []).append(one)
    return tuple(VersionView(version, tuple(steps)) for version, steps in found.items())


def next_state(state: str) -> str:
    """The state after that one; empty after the last."""
    at = STATES.index(state) + 1
    return STATES[at] if at < len(STATES) else ""


def _demand_evaluated(version: str, state: str, who: Reader, now: datetime) -> None:
    seen = evaluations.view(evaluations.FRAMEWORK, version, who, now=now)
    if seen.row is None:
        raise InputError("evaluation.missing", field="state")
    if not seen.complete:
        raise InputError("evaluation.no_action", field="state")
    if state == LIVE and any(not one.done for one in seen.lessons):
        raise InputError("evaluation.framework_open", field="state")
