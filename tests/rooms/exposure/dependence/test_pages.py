"""The pages of strategic dependencies, as people with different ceilings and roles get them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tests.rooms.exposure.conftest import NOW, WRITER, fill
from tests.rooms.exposure.conftest import add as add_row
from tests.rooms.exposure.dependence.conftest import (
    MITIGATION,
    SAID,
    SHARES,
    TRADE,
    identified,
    judged,
    keep_shares,
    keep_trade,
    mitigated,
)
from tests.rooms.risk.test_pages import sign_in
from verband.methods.depending import supply
from verband.rooms.audit.models import Entry
from verband.rooms.exposure.dependence import editions
from verband.rooms.exposure.dependence.models import Edition, Judgement, Mitigation, SectorResult, Tie

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
PAGES = ("", "stops/", "sectors/", "editions/", "register/")
BROUGHT = {"kind": "materials", "source": "A report", "marking": "CLEAR", "year": "2023", "scope": "world"}


def text(client: Client, page: str = "", status: int = 200) -> str:
    answer = client.get(f"/exposure/strategic/{page}")
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, step: str, act: str, **posted: object) -> HttpResponse:
    return client.post(f"/exposure/strategic/act/{step}/{act}/", posted, follow=True)  # type: ignore[return-value]


def keep_sector(marking: str = "CLEAR") -> SectorResult:
    import numpy as np

    table = supply.WorldTable(np.array([[0.0, 40.0], [20.0, 0.0]]), np.array([100.0, 100.0]), ("A", "B"), ("c1",))
    found = supply.sector_shock(table, supply.Shock("A", "c1", 0.1))
    said = editions.Said(SAID.source, marking)
    return editions.keep_sector(found, said, table="t.npz", year=2011, unit="million", who=WRITER, now=NOW)


def test_every_page_opens_empty_and_says_what_to_do_first(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    shown = [text(client, page) for page in PAGES]

    assert "Bring in a table of trade flows or of supply shares" in shown[0]
    assert "verband expose sector TABLE.npz" in shown[2]
    assert "Nothing is kept yet" in shown[3]
    assert "Look at the indicators first" in shown[4]


@pytest.mark.requirement("R048")
def test_the_dashboard_lists_products_and_materials_with_verdict_warning_and_largest_source(
    tmp_path: Path, sign_in: Callable[..., Client]
) -> None:
    keep_trade(tmp_path, 2022, 2023)
    keep_shares(tmp_path)

    shown = text(sign_in("ann"))

    assert "4 products and materials, from 3 kept editions." in shown
    assert "Dependent by CEPII's indicators: 2; lastingly: 2; with a warning instead of a verdict: 1." in shown
    assert "This is not supply risk" in shown
    assert shown.count('data-chart="concentrated-') == 2
    assert "TW <span" in shown
    assert "warning, no verdict" in shown


@pytest.mark.parametrize(
    ("query", "listed", "absent"),
    [
        ("kind=materials", "Gallium (P)", "chips"),
        ("text=chip", "chips", "Gallium"),
        ("state=warning", "Tin (E)", "Gallium"),
        ("state=lasting", "chips", "Gallium"),
        ("scope=world", "Gallium (P)", "chips</a>"),
        ("text=nothing+like+it", "Nothing matches", "chips</a>"),
    ],
)
def test_the_filter_lies_in_the_address(
    query: str, listed: str, absent: str, tmp_path: Path, sign_in: Callable[..., Client]
) -> None:
    keep_trade(tmp_path, 2022, 2023)
    keep_shares(tmp_path)

    shown = text(sign_in("ann"), f"?{query}")

    assert listed in shown
    assert absent not in shown


@pytest.mark.requirement("R049")
def test_a_card_shows_shares_thresholds_coverage_and_trend_with_their_sources(
    tmp_path: Path, sign_in: Callable[..., Client]
) -> None:
    keep_trade(tmp_path, 2022, 2023)
    keep_shares(tmp_path)
    client = sign_in("ann")

    product = text(client, "items/product-chips/")
    material = text(client, "items/material-gallium-p/")
    warned = text(client, "items/material-tin-e/")

    assert "75 %" in product
    assert "recalled, not checked" in product
    assert "SWD(2021)352, recalled and not checked" in product
    assert "CEPII GeoDep" in product
    assert product.count("data-chart=") == 2
    assert "in at least two of the last three years" in product
    assert "0.81 (0.80 – 0.82)" in material
    assert "This is not supply risk" in material
    assert "Too little of the supply has a country with it" in warned


@pytest.mark.requirement("R048")
def test_a_dependency_on_a_partner_is_shown_as_supply_risk_and_never_as_threat(
    tmp_path: Path, sign_in: Callable[..., Client]
) -> None:
    keep_trade(tmp_path, 2022, text=TRADE.replace("TW", "Australia").replace("US", "DR Congo"))
    identified(on_whom="Australia")
    client = sign_in("ann")

    shown = [text(client, page) for page in ("", "items/product-chips/", "register/", "register/chips/")]

    for page in shown:
        assert "Australia" in page
        assert "nothing about a threat" in page
        assert "threat actor" not in page


@pytest.mark.requirement("R048")
def test_a_source_that_stops_is_a_scenario_in_the_address_with_its_assumption(
    tmp_path: Path, sign_in: Callable[..., Client]
) -> None:
    keep_trade(tmp_path, 2022)
    client = sign_in("ann")

    card = text(client, "items/product-chips/?source=TW&replaced=40")
    every = text(client, "stops/?source=TW&replaced=40")
    wrong = text(client, "stops/?source=TW&replaced=140", 400)
    unknown = text(client, "stops/?source=Atlantis", 400)

    for page in (card, every):
        assert "75 %" in page
        assert "45 %" in page
        assert "assumption that you state" in page
    assert 'id="f-replaced-error"' in wrong
    assert 'id="f-source-error"' in unknown


def test_steps_are_taken_on_the_page_and_a_wrong_one_stands_beside_its_field(
    sign_in: Callable[..., Client],
) -> None:
    client = sign_in("ann")
    base = {"source": "A paper", "marking": "CLEAR"}
    named = {"key": "chips", "name_nl": "Chips", "name_en": "Chips", "kind": "product", "on_whom": "One maker"}

    made = post(client, "dependencies", "add", **base, **named, for_whom="Grids", reason="Stated")
    judged_page = post(
        client, "judgements", "add", **base, dependency="chips", verdict="risky", reason="r", substitutability="later"
    )
    wrong = client.post(
        "/exposure/strategic/act/mitigations/add/",
        {**base, **MITIGATION, "dependency": "chips", "grounds": ["market_advantage"]},
    )
    right = client.post(
        "/exposure/strategic/act/mitigations/add/",
        {**base, **MITIGATION, "dependency": "chips", "grounds": ["market_advantage", "national_security"]},
        follow=True,
    )

    assert "Nobody has judged it yet." in made.content.decode()
    assert "risky" in judged_page.content.decode()
    assert wrong.status_code == 400
    assert 'id="mitigations-grounds-error"' in wrong.content.decode()
    assert "Open to every maker" in wrong.content.decode()
    assert "Why this is no protectionism" in right.content.decode()
    assert Mitigation._default_manager.count() == 1


def test_a_step_is_taken_back_with_a_reason(sign_in: Callable[..., Client]) -> None:
    identified()
    judged()
    number = Judgement._default_manager.get().pk
    client = sign_in("ann")

    empty = client.post(
        "/exposure/strategic/act/judgements/withdraw/", {"number": number, "back": "chips", "reason": ""}
    )
    done = post(client, "judgements", "withdraw", number=number, back="chips", reason="New figures")

    assert empty.status_code == 400
    assert f'id="withdraw-judgements-{number}-error"' in empty.content.decode()
    assert "New figures" in done.content.decode()
    assert Judgement._default_manager.get().withdrawn_reason == "New figures"


@pytest.mark.requirement("R123")
def test_strengthening_stands_beside_protecting_and_its_absence_is_said(sign_in: Callable[..., Client]) -> None:
    identified()
    judged()
    mitigated(direction="protect", text="An export rule")
    client = sign_in("ann")

    before = text(client, "register/chips/")
    mitigated(direction="promote", text="Own research")
    after = text(client, "register/chips/")

    assert "Nothing that strengthens stands here." in before
    assert "Nothing that strengthens stands here." not in after
    assert "An export rule" in after
    assert "Own research" in after


def test_a_supply_with_a_word_in_common_is_proposed_and_linked_by_a_person(
    tmp_path: Path, sign_in: Callable[..., Client]
) -> None:
    keep_trade(tmp_path, 2022)
    fill()
    add_row("supplies", supplier="reagent", process="water", product="Chips for meters", kind="product")
    client = sign_in("ann")
    told = {"item": "product-chips", "supplier": "reagent", "process": "water", "product": "Chips for meters"}

    before = text(client, "items/product-chips/")
    empty = client.post("/exposure/strategic/act/ties/add/", {**told, "source": "s", "marking": "CLEAR"})
    after = post(client, "ties", "add", **told, reason="Same code", source="s", marking="CLEAR").content.decode()

    assert "Proposed: Chips for meters" in before
    assert "What if these suppliers fail" not in before
    assert empty.status_code == 400
    assert "Proposed:" not in after
    assert "/exposure/what-if/?fail=reagent" in after
    assert Tie._default_manager.get().reason == "Same code"


def test_nobody_sees_what_is_marked_above_his_ceiling(tmp_path: Path, sign_in: Callable[..., Client]) -> None:
    keep_trade(tmp_path, 2022, marking="AMBER")
    keep_sector("AMBER")
    identified(marking="AMBER")
    low = sign_in("low", tlp="GREEN")

    for page in PAGES:
        shown = text(low, page)
        assert "TLP:AMBER" not in shown
        assert "chips" not in shown
    number = SectorResult._default_manager.get().pk
    for page in ("items/product-chips/", "register/chips/", f"sectors/?result={number}"):
        text(low, page, 404)


def test_a_reader_without_the_power_sees_no_form_and_may_not_post(sign_in: Callable[..., Client]) -> None:
    identified()
    client = sign_in("deb", role="decider")

    assert "<form" not in text(client, "register/chips/").partition('id="main"')[2]
    assert post(client, "dependencies", "add").status_code == 403
    assert client.post("/exposure/strategic/editions/bring/", {}).status_code == 403


def test_a_kept_sector_result_shows_losses_error_and_limits(sign_in: Callable[..., Client]) -> None:
    keep_sector()

    shown = text(sign_in("ann"), "sectors/")

    assert "10 % of the output of c1 in A falls away, in the table of 2011." in shown
    assert 'data-chart="losses' in shown
    assert "No loss is further off than" in shown


def test_every_table_is_downloaded_with_its_marking(tmp_path: Path, sign_in: Callable[..., Client]) -> None:
    keep_trade(tmp_path, 2022)
    keep_sector()
    identified()
    client = sign_in("ann")

    for page in ("", "items/product-chips/", "stops/", "sectors/", "editions/", "register/", "register/chips/"):
        query = "?format=csv&source=TW" if page == "stops/" else "?format=csv"
        answer = client.get(f"/exposure/strategic/{page}{query}")
        assert answer.headers["Content-Type"].startswith("text/csv")
        assert "TLP:CLEAR" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"source": ""}, "source"),
        ({"marking": ""}, "marking"),
        ({"year": "soon"}, "year"),
        ({"scope": "moon"}, "scope"),
        ({"kind": "rumours"}, "kind"),
        ({"kind": "trade"}, "members"),
        ({"kind": "trade", "members": "NL", "columns": "when"}, "columns"),
        ({"file": ""}, "file"),
        ({"file": SimpleUploadedFile("shares.exe", b"x")}, "file"),
        ({"file": SimpleUploadedFile("shares.csv", b"")}, "file"),
    ],
)
def test_a_form_that_cannot_be_taken_says_so_beside_the_field(
    changed: dict[str, object], field: str, sign_in: Callable[..., Client]
) -> None:
    client = sign_in("ann")
    file = SimpleUploadedFile("shares.csv", SHARES.encode())

    answer = client.post("/exposure/strategic/editions/bring/", {**BROUGHT, "file": file, **changed})

    assert answer.status_code == 400
    assert f'id="b-{field}-error"' in answer.content.decode()


def test_a_table_is_brought_in_by_the_worker_for_the_person_who_asked(
    tmp_path: Path, settings: Settings, sign_in: Callable[..., Client]
) -> None:
    settings.VERBAND_WORKSPACE = tmp_path
    client, other = sign_in("ann"), None
    text_with_reject = SHARES + "Tin,E,Borduria,9,1\n"
    file = SimpleUploadedFile("shares.csv", text_with_reject.encode())

    answer = client.post("/exposure/strategic/editions/bring/", {**BROUGHT, "file": file})
    job = answer.headers["Location"]
    other = sign_in("bob", profile="ministry")

    waiting = client.get(job).content.decode()
    assert other.get(job).status_code == 404
    work()
    done = client.get(job).content.decode()

    assert "Waits for the worker" in waiting
    assert "Kept: 2 products or materials." in done
    assert "<td>Share</td>" in done
    assert [(row.year, row.kept_by) for row in Edition._default_manager.all()] == [(2023, "ann (analyst, coordinator)")]
    assert not list((tmp_path / "uploads").iterdir())
    assert Entry.objects.filter(action="file received").count() == 1


def test_a_table_of_which_nothing_can_be_kept_says_why_on_the_page_of_the_job(
    tmp_path: Path, settings: Settings, sign_in: Callable[..., Client]
) -> None:
    settings.VERBAND_WORKSPACE = tmp_path
    client = sign_in("ann")
    file = SimpleUploadedFile("shares.csv", SHARES.replace("30%", "99%").replace("20%", "41%").encode())

    answer = client.post("/exposure/strategic/editions/bring/", {**BROUGHT, "file": file})
    work()
    done = client.get(answer.headers["Location"]).content.decode()

    assert "shares.csv, line 4" in done
    assert "140" in done
    assert not Edition._default_manager.exists()


def work() -> None:
    """Let a worker do what waits, once."""
    from django.core.management import call_command

    call_command("db_worker", batch=True, interval=0, verbosity=0)
