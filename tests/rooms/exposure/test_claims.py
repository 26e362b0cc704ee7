"""Civil-military claims: how each stands, and which of them cover the same days of one asset."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.rooms.exposure.conftest import NOW, WRITER, add, process, reader
from tests.rooms.exposure.test_pages import text
from tests.rooms.exposure.test_registers import refused
from tests.rooms.risk.test_pages import sign_in
from verband.rooms.exposure import services
from verband.rooms.exposure.models import Claim

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def quay() -> None:
    for key in ("quay", "bridge"):
        services.add("processes", process(key, kind="asset"), who=WRITER, now=NOW)


def claim(key: str, first: str, last: str, **cells: str) -> None:
    of = {"kind": "host_nation", "asker": "An ally", "asset": "quay", "purpose": "Unloading"}
    add("claims", key=key, from_day=first, until_day=last, **{**of, **cells})


def answer(key: str, word: str, day: str = "2026-05-20") -> None:
    add("claim-answers", claim=key, answer=word, answered_by="Ministry of Defence", answered_on=day)


def clashes() -> list[tuple[str, str, str, str]]:
    return [
        (one.first.row.key, one.second.row.key, one.from_day.isoformat(), one.until_day.isoformat())
        for one in services.conflicts(services.claims(WRITER))
    ]


@pytest.mark.requirement("R024")
def test_two_claims_on_one_asset_that_share_a_day_are_a_conflict(quay: None) -> None:
    claim("a", "2026-07-01", "2026-07-10")
    claim("b", "2026-07-10", "2026-07-20")
    claim("c", "2026-07-21", "2026-07-25")
    claim("d", "2026-07-01", "2026-07-30", asset="bridge")

    assert clashes() == [("a", "b", "2026-07-10", "2026-07-10")]
    assert services.conflicts(services.claims(WRITER))[0].days == 1


def test_what_was_declined_or_withdrawn_is_in_nobodys_way(quay: None) -> None:
    claim("a", "2026-07-01", "2026-07-10")
    claim("b", "2026-07-05", "2026-07-06")
    claim("c", "2026-07-05", "2026-07-06")
    answer("b", "declined")

    assert clashes() == [("a", "c", "2026-07-05", "2026-07-06")]
    number = str(Claim.objects.get(key="c").pk)
    services.withdraw("claims", number, reason="No longer needed", who=WRITER, now=NOW)
    assert clashes() == []


def test_the_newest_answer_says_how_a_claim_stands(quay: None) -> None:
    claim("a", "2026-07-01", "2026-07-10")
    assert [view.state for view in services.claims(WRITER)] == ["requested"]

    answer("a", "agreed", "2026-05-02")
    answer("a", "declined", "2026-05-01")

    assert [view.state for view in services.claims(WRITER)] == ["agreed"]


def test_an_answer_to_an_earlier_claim_of_the_same_key_is_none_to_the_new_one(quay: None) -> None:
    claim("a", "2026-07-01", "2026-07-10")
    answer("a", "agreed")
    number = str(Claim.objects.get().pk)
    services.withdraw("claims", number, reason="Other days", who=WRITER, now=NOW)
    of = {
        "key": "a",
        "kind": "other",
        "asker": "An ally",
        "asset": "quay",
        "purpose": "P",
        "source": "S",
        "marking": "",
    }
    later = {**of, "from_day": "2026-08-01", "until_day": "2026-08-02"}

    services.add("claims", later, who=WRITER, now=NOW + timedelta(days=1))

    assert [view.state for view in services.claims(WRITER)] == ["requested"]


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"until_day": "2026-06-30"}, "exposure.ends_before", "until_day"),
        ({"asset": "kade"}, "exposure.unknown", "asset"),
        ({"kind": "siege"}, "exposure.word", "kind"),
        ({"purpose": ""}, "exposure.empty", "purpose"),
        ({"key": "a"}, "exposure.taken", "key"),
        ({"from_day": "soon"}, "exposure.day", "from_day"),
    ],
)
def test_a_claim_that_cannot_be_is_refused_at_its_field(
    cells: dict[str, str], code: str, field: str, quay: None
) -> None:
    claim("a", "2026-07-01", "2026-07-10")
    of = {"key": "b", "kind": "corridor", "asker": "An ally", "asset": "quay", "purpose": "Transit"}

    assert refused("claims", **{**of, "from_day": "2026-07-01", "until_day": "2026-07-02", **cells}) == (code, field)


def test_an_answer_names_a_known_claim_and_a_day_that_has_come(quay: None) -> None:
    claim("a", "2026-07-01", "2026-07-10")
    of = {"answer": "agreed", "answered_by": "Board"}

    assert refused("claim-answers", **of, claim="b", answered_on="2026-05-01") == ("exposure.unknown", "claim")
    assert refused("claim-answers", **of, claim="a", answered_on="2026-06-02") == ("exposure.not_yet", "answered_on")


@pytest.mark.requirement("R024")
def test_conflicts_stand_on_the_page_of_claims_and_on_that_of_the_asset(
    quay: None, sign_in: Callable[..., Client]
) -> None:
    claim("a", "2026-07-01", "2026-07-10")
    claim("b", "2026-07-09", "2026-07-20")
    client = sign_in("ann")

    for page in ("claims/", "nodes/quay/"):
        assert "a and b both claim Process quay for 2 days, 2026-07-09 to 2026-07-10." in text(client, page)
    assert "both claim" not in text(client, "nodes/bridge/")
    assert "2 claims. 2 wait for an answer. <strong>1 conflict.</strong>" in text(client, "claims/")
    assert text(client, "claims/?format=csv").count(",requested,True,") == 2


def test_a_conflict_with_a_claim_that_one_may_not_see_is_not_told(quay: None) -> None:
    claim("a", "2026-07-01", "2026-07-10")
    claim("b", "2026-07-09", "2026-07-20", marking="AMBER")

    assert services.conflicts(services.claims(reader())) == []
    assert services.conflicts(services.claims(reader(tlp="AMBER")))[0].from_day == date(2026, 7, 9)
