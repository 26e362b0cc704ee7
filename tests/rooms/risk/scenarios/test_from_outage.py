"""A scenario begins from a saved outage: its words, its cascade as evidence with a term, and no score."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.exposure.conftest import NOW, WRITER, fill
from tests.rooms.exposure.test_outages import save
from tests.rooms.risk.test_pages import sign_in
from verband.rooms.exposure import outages
from verband.rooms.risk.models import Scenario, ScenarioLink

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
FILLED = {
    "title_nl": "Storm in het noorden",
    "title_en": "Storm in the north",
    "text": "One storm takes both",
    "theme": "state_threats",
    "interests": ["economic_security"],
    "marking": "CLEAR",
    "valid_until": "2027-06-01",
}


def begin(client: Client, key: str, **filled: object) -> tuple[int, str]:
    posted = {"outage": key, "key": "storm", **FILLED, **filled}
    answer = client.post("/risk/scenarios/new/", posted, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.mark.requirement("R062")
def test_the_form_holds_the_words_of_the_outage_and_what_is_kept_has_its_cascade_and_no_score(
    sign_in: Callable[..., Client],
) -> None:
    fill()
    view = save("grid")
    client = sign_in("ann")

    form = client.get(f"/risk/scenarios/new/?outage={view.key}").content.decode()
    status, shown = begin(client, view.key)

    assert 'value="Storm in the north"' in form
    assert "One storm takes both" in form
    assert "12 h: Process water (A); because these were down: Process pumps; A paper" in form
    assert status == 200
    link = ScenarioLink.objects.get()
    assert (link.kind, link.ref, str(link.valid_until), str(link.observed_on)) == (
        "dependency",
        view.key,
        "2027-06-01",
        "2026-06-01",
    )
    assert f'href="/exposure/outages/{view.key}/"' in shown
    assert "12 h: Process water" in shown
    assert Scenario.objects.get().key == "storm"


def test_without_a_term_neither_the_scenario_nor_its_evidence_is_kept(sign_in: Callable[..., Client]) -> None:
    fill()
    view = save("grid")
    client = sign_in("ann")

    for term in ("", "2020-01-01", "soon"):
        status, shown = begin(client, view.key, valid_until=term)
        assert status == 400
        assert 'id="new-valid_until-error"' in shown
        assert f'name="outage" value="{view.key}"' in shown
    assert not Scenario.objects.exists()


def test_a_scenario_is_marked_at_least_as_the_outage_and_none_begins_from_what_is_hidden_or_withdrawn(
    sign_in: Callable[..., Client],
) -> None:
    fill()
    amber, gone = save("grid", marking="AMBER"), save("reagent")
    outages.withdraw(gone.key, reason="No", who=WRITER, now=NOW)
    high, low = sign_in("ann"), sign_in("low", tlp="GREEN")

    assert begin(high, amber.key)[0] == 200
    assert Scenario.objects.get().marking.tlp == "AMBER"
    assert ScenarioLink.objects.get().marking.tlp == "AMBER"
    for client, key in ((low, amber.key), (low, "none-00000000")):
        assert client.get(f"/risk/scenarios/new/?outage={key}").status_code == 404
        assert begin(client, key)[0] == 404
    assert high.get(f"/risk/scenarios/new/?outage={gone.key}").status_code == 400
