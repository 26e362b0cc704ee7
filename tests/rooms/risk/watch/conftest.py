"""Readers, moments and literal rows for what is watched."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.rooms.risk.conftest import NOW
from verband.language.markings import Ceiling
from verband.rooms.people.services import Reader

INDICATOR = {
    "statement": "Calls from unknown numbers that ask for a code",
    "theme": "digital_threats",
    "collectable": "Monthly figures of the help desks",
    "observer": "The help desk of the organisation",
    "lawful_ground": "Its own telephone records",
    "unit": "calls in a week",
    "direction": "rising",
    "raised_at": "10",
    "high_at": "20",
    "margin": "2",
    "in_a_row": "2",
    "look_days": "30",
    "expires_on": "2027-01-01",
    "marking": "CLEAR",
    "expected-coincidence": "I",
    "expected-criminal": "C",
    "expected-one_state": "C",
}
PLAN = {
    "title": "Summit",
    "kind": "event",
    "theme": "state_threats",
    "watched": "Means against the venue",
    "starts_on": "2026-06-10",
    "ends_on": "2026-06-20",
    "review_on": "2026-06-25",
    "marking": "CLEAR",
}
NOTE = {
    "theme": "polarisation",
    "title": "Messages that claim a vote was false",
    "text": "The same claim comes back with each vote, in several languages.",
    "source": "Own reading of public sources",
    "chances": "Numbers can be explained where people meet.",
    "risks": "A wrong number spreads.",
    "advice": "Explain the count beforehand.",
    "marking": "CLEAR",
}


def somebody(
    name: str = "ann", *, role: str = "analyst", party: str = "home", tlp: str = "CLEAR", powers: str = "assess upload"
) -> Reader:
    """Somebody with that name, organisation, ceiling and powers."""
    powers_held = frozenset(powers.split())
    return Reader(name, name.title(), party, role, Ceiling(tlp), frozenset(), frozenset(), powers_held)


def later(days: int) -> datetime:
    """That many days after the moment of these tests."""
    return NOW + timedelta(days=days)


def at(days: int) -> int:
    """The same in seconds since 1970."""
    return int(later(days).timestamp())
