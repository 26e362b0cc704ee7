"""Runs under ceilings: everybody's newest run is made of all that he may see."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.conftest import NOW, analyst, incident, store
from verband.language.markings import Ceiling
from verband.rooms.campaigns import services as campaigns
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader

__all__ = ["analyst", "store"]
pytestmark = pytest.mark.django_db


def test_two_ceilings_with_the_same_things_but_other_records_each_have_a_run(
    store: Callable[..., object], analyst: Reader
) -> None:
    people.add_person("open", role="analyst", organisation=people.organisation("home"), actor="test", tlp="CLEAR")
    store([incident("a"), incident("b")], source="press")
    store([incident("a", content=b'{"more":1}', marking="AMBER")], source="court")

    campaigns.run_for_everyone(who=analyst, now=NOW)

    lower, own = campaigns.newest_run(Ceiling("CLEAR")), campaigns.newest_run(analyst.ceiling)
    assert lower is not None
    assert own is not None
    assert (lower.ceiling_tlp, own.ceiling_tlp) == ("CLEAR", "AMBER")


def test_a_ceiling_that_sees_the_same_records_needs_no_run_of_its_own(
    store: Callable[..., object], analyst: Reader
) -> None:
    people.add_person("open", role="analyst", organisation=people.organisation("home"), actor="test", tlp="CLEAR")
    store([incident("a"), incident("b")])

    outcome = campaigns.run_for_everyone(who=analyst, now=NOW)

    assert campaigns.newest_run(Ceiling("CLEAR")) == outcome.run
