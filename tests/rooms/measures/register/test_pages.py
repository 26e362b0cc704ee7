"""The pages of the register, as people with different ceilings get them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.measures.register.conftest import ROWS, keep
from tests.rooms.measures.register.test_register import PROPOSAL
from tests.rooms.risk.test_pages import sign_in
from verband.rooms.measures.register.models import MeasureStep

__all__ = ["sign_in"]
PAGE, ACT = "/measures/register/", "/measures/register/{}/"


@pytest.mark.requirement("R010")
def test_a_state_is_kept_and_withdrawn_on_the_page_of_the_measure(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")
    posted = {"measure": "MEA-1", "source": "Letter", **ROWS["step"]}

    wrong = client.post(ACT.format("step"), {**posted, "since": "never"})
    kept = client.post(ACT.format("step"), posted, follow=True).content.decode()
    number = MeasureStep.objects.get().pk
    bare = {"measure": "MEA-1", "kind": "step", "number": number}
    unreasoned = client.post(ACT.format("withdraw"), {**bare, "reason": ""})
    gone = client.post(ACT.format("withdraw"), {**bare, "reason": "Wrong", "measure": ""}, follow=True).content.decode()

    assert wrong.status_code == unreasoned.status_code == 400
    assert "is no day" in wrong.content.decode()
    assert 'value="never"' in wrong.content.decode()
    assert "<strong>running</strong> since 2026-05-01" in kept
    assert "1 row withdrawn" in gone


@pytest.mark.requirement("R010")
def test_the_register_is_filtered_by_state_party_and_by_what_is_missing(sign_in: Callable[..., Client]) -> None:
    keep("step")
    keep("part")
    client = sign_in("ann")

    for query, titles in (
        ("state=running", {"Investment test on takeovers"}),
        ("party=government", {"Investment test on takeovers"}),
        ("lacks=means", {"A desk"}),
        ("state=unknown&accent=generic", {"Cyber Security Agenda"}),
    ):
        rows = client.get(f"{PAGE}?{query}&format=json").json()
        assert {row["title_en"] for row in rows} == titles
    assert client.get(f"{PAGE}?state=finished").status_code == 400


def test_the_register_and_its_file_name_nothing_above_the_ceiling(sign_in: Callable[..., Client]) -> None:
    keep("step", "MEA-3", reason="A hidden reason")
    low = sign_in("low", tlp="CLEAR")

    for page in (PAGE, f"{PAGE}?format=csv", f"{PAGE}?format=json", "/measures/MEA-1/", "/risk/matrix/"):
        text = low.get(page).content.decode()
        assert "Cyber Security" not in text
        assert "MEA-3" not in text
        assert "TLP:AMBER" not in text
    assert low.get("/measures/MEA-3/").status_code == 404
    assert low.post(ACT.format("step"), {"measure": "MEA-3", "source": "s", **ROWS["step"]}).status_code == 404


@pytest.mark.requirement("P17")
def test_a_measure_is_proposed_on_the_page_and_a_gap_in_it_is_told_beside_the_field(
    sign_in: Callable[..., Client],
) -> None:
    client = sign_in("ann")

    wrong = client.post(ACT.format("propose"), {**PROPOSAL, "existing": ""})
    made = client.post(ACT.format("propose"), PROPOSAL, follow=True).content.decode()

    assert wrong.status_code == 400
    assert 'id="propose-existing-error"' in wrong.content.decode()
    assert "The desk of MEA-4 answers citizens only." in made
    assert "<strong>proposed</strong>" in made


def test_an_act_or_kind_that_there_is_not_is_not_found(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    assert client.post(ACT.format("burn"), {"measure": "MEA-1"}).status_code == 404
    assert client.post(ACT.format("withdraw"), {"measure": "MEA-1", "kind": "x", "number": "1"}).status_code == 404
    assert client.get(ACT.format("step")).status_code == 405


def test_who_withdraws_what_is_withdrawn_reads_so_and_keeps_the_reason(sign_in: Callable[..., Client]) -> None:
    row = keep("step")
    posted = {"measure": "MEA-1", "kind": "step", "number": str(row.pk), "reason": "Read wrongly"}
    client = sign_in("ann")
    client.post(ACT.format("withdraw"), posted)

    answer = client.post(ACT.format("withdraw"), posted | {"reason": "It was a slip"})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "This row was withdrawn already." in page
    assert "It was a slip" in page


def test_somebody_who_may_not_write_sees_no_form(sign_in: Callable[..., Client]) -> None:
    keep("step")
    oversight = sign_in("olga", role="decider")

    page = oversight.get("/measures/MEA-1/").content.decode()

    assert "/measures/register/step/" not in page
    assert "Investment test" in page
