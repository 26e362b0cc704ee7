"""A scenario, an author, a leader and experts with accounts of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from verband.language.markings import Marking
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.risk.scenarios import describing, sessions

NOW = datetime(2026, 6, 1, tzinfo=UTC)
KEY = "cable-cut"


@pytest.fixture
def account(db: None) -> Callable[..., Reader]:
    """Somebody with an account: a coordinator's analyst unless said otherwise."""

    def make(name: str, *, role: str = "analyst", tlp: str = "AMBER", profile: str = "coordinator") -> Reader:
        home = people.add_organisation(
            profile, name_nl=profile, name_en=profile, legal_task="task", source="test", actor="test", profile=profile
        )
        return people.reader(people.add_person(name, role=role, organisation=home, actor="test", tlp=tlp))

    return make


@pytest.fixture
def author(account: Callable[..., Reader]) -> Reader:
    """Who wrote the scenario and leads its session."""
    who = account("author")
    describing.draft(
        KEY,
        title_nl="Kabelbreuk",
        title_en="Cable cut",
        text="A sea cable is cut, and traffic takes another way.",
        theme="state_threats",
        interests=["economic_security"],
        marking=Marking("GREEN"),
        who=who,
        now=NOW,
    )
    return who


@pytest.fixture
def experts(account: Callable[..., Reader]) -> list[Reader]:
    """Three accounts that are asked to judge."""
    return [account(name) for name in ("bea", "cas", "dirk")]


@pytest.fixture
def first_round(author: Reader, experts: list[Reader]) -> None:
    """A session whose first round is open for three experts who take part."""
    sessions.begin(KEY, [one.username for one in experts], who=author, now=NOW)
    for one in experts:
        sessions.accept(KEY, who=one, now=NOW)
    sessions.go_on(KEY, who=author, now=NOW)


def give(who: Reader, criterion: str, words: str, *, at: int = 1) -> None:
    """A score written as `B-C-D`, so many minutes after the beginning."""
    lower, expected, upper = words.split(":") if ":" in words else words.split("-")
    sessions.score(
        KEY,
        criterion,
        lower=lower,
        expected=expected,
        upper=upper,
        rationale="because",
        knowledge="moderate",
        who=who,
        now=NOW + timedelta(minutes=at),
    )


def give_all(who: Reader, words: str, likelihood: str = "C-C-D") -> None:
    """The same score for every criterion of the method, and a likelihood."""
    method = describing.scenario(KEY, who, now=NOW).method
    for criterion in sessions.criteria(method)[:-1]:
        give(who, criterion, words)
    give(who, "likelihood", likelihood)
