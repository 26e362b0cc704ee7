"""The register: identified, judged, mitigated, what remains; by name, with reason, undone by withdrawal."""

from __future__ import annotations

import pytest

from tests.rooms.exposure.conftest import NOW, WRITER, fill, reader
from tests.rooms.exposure.conftest import add as add_row
from tests.rooms.exposure.dependence.conftest import MITIGATION, identified, judged, mitigated, step
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit.models import Entry
from verband.rooms.exposure.dependence import steps
from verband.rooms.exposure.dependence.models import Judgement, Mitigation

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R048")
def test_a_dependency_goes_from_identified_to_residual_and_back_by_withdrawal() -> None:
    states = []
    identified()
    states.append(steps.trail("chips", WRITER).state)
    judged(replaced_percent="30", impact_days="90", impact_low_days="60", impact_high_days="180")
    states.append(steps.trail("chips", WRITER).state)
    mitigated()
    states.append(steps.trail("chips", WRITER).state)
    step("residuals", dependency="chips", text="A quarter", accepted="accepted", review_on="2027-01-01")
    states.append(steps.trail("chips", WRITER).state)
    judgement = Judgement._default_manager.get()
    steps.withdraw("judgements", str(judgement.pk), reason="New figures", who=WRITER, now=NOW)

    found = steps.trail("chips", WRITER)

    assert states == ["identified", "risky", "mitigated", "residual"]
    assert found.state == "identified"
    assert [(row.withdrawn_reason, row.kept_by) for row in found.judgements] == [("New figures", WRITER.signature)]
    assert Entry.objects.filter(action="dependency kept").count() == 4
    assert Entry.objects.filter(action="dependency withdrawn").count() == 1


def test_what_is_judged_not_risky_needs_no_mitigation() -> None:
    identified()
    judged(verdict="not_risky")

    with pytest.raises(InputError) as error:
        mitigated()

    assert error.value.code == "strategic.not_risky"
    assert steps.trail("chips", WRITER).state == "not_risky"


def test_what_remains_needs_a_mitigation() -> None:
    identified()
    judged()

    with pytest.raises(InputError) as error:
        step("residuals", dependency="chips", text="All", accepted="not_accepted", review_on="2027-01-01")

    assert error.value.code == "strategic.not_mitigated"


@pytest.mark.requirement("P10")
@pytest.mark.parametrize("field", ["no_protectionism", "investment_climate", "review_on", "grounds"])
def test_a_mitigation_says_why_it_is_no_protectionism_and_when_it_is_reviewed(field: str) -> None:
    identified()
    judged()

    with pytest.raises(InputError) as error:
        mitigated(**{field: ""})

    assert (error.value.code, error.value.params["field"]) == ("exposure.empty", field)


@pytest.mark.requirement("P10")
def test_market_advantage_is_no_ground_by_itself() -> None:
    identified()
    judged()

    with pytest.raises(InputError) as error:
        mitigated(grounds="market_advantage")
    mitigated(grounds="market_advantage;national_security")

    assert error.value.code == "strategic.grounds"
    assert Mitigation._default_manager.get().grounds == ["market_advantage", "national_security"]


@pytest.mark.requirement("P11")
def test_a_mitigation_names_what_milder_was_weighed() -> None:
    identified()
    judged()

    with pytest.raises(InputError) as error:
        mitigated(milder="")

    assert error.value.params["field"] == "milder"


@pytest.mark.requirement("P1")
@pytest.mark.parametrize("country", ["Belgium", "Iran", "China", "United States"])
@pytest.mark.parametrize("field", ["why_aimed", "reviewer"])
def test_a_measure_aimed_at_a_country_needs_reason_and_reviewer_for_every_country_alike(
    country: str, field: str
) -> None:
    identified()
    judged()
    told = {"aimed_at": country, "why_aimed": "Nobody else makes it", "reviewer": "A board"}

    with pytest.raises(InputError) as error:
        mitigated(**{**told, field: ""})
    mitigated(**told)

    assert (error.value.code, error.value.params["field"]) == ("strategic.aimed", field)


@pytest.mark.parametrize(
    ("key", "cells", "code"),
    [
        ("judgements", {"replaced_percent": "140"}, "strategic.percent"),
        ("judgements", {"replaced_percent": "-1"}, "strategic.percent"),
        ("judgements", {"impact_days": "-4"}, "strategic.impact"),
        ("judgements", {"impact_days": "30", "impact_low_days": "60"}, "strategic.impact"),
        ("judgements", {"impact_low_days": "60"}, "strategic.impact"),
        ("judgements", {"impact_days": "soon"}, "exposure.number"),
        ("judgements", {"verdict": "dangerous"}, "exposure.word"),
        ("mitigations", {"review_on": "2020-01-01"}, "strategic.review"),
        ("mitigations", {"aimed_at": "Atlantis"}, "exposure.country"),
        ("mitigations", {"grounds": "spite"}, "exposure.word"),
        ("mitigations", {"direction": "punish"}, "exposure.word"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(key: str, cells: dict[str, str], code: str) -> None:
    identified()
    judged()
    base = MITIGATION if key == "mitigations" else {"verdict": "risky", "reason": "r", "substitutability": "later"}

    with pytest.raises(InputError) as error:
        step(key, dependency="chips", **{**base, **cells})

    assert error.value.code == code
    assert error.value.params["field"] in {column.name for column in steps.of(key).columns}


def test_a_step_is_at_least_as_marked_as_the_dependency_and_unseen_below_it() -> None:
    identified(marking="AMBER")

    with pytest.raises(InputError) as error:
        judged(marking="GREEN")
    with pytest.raises(NotFoundError):
        steps.trail("chips", reader(tlp="GREEN"))

    assert error.value.code == "exposure.below_base"


def test_writing_needs_the_power() -> None:
    with pytest.raises(RefusedError):
        steps.add("dependencies", {}, who=reader("upload"), now=NOW)


def test_a_key_is_taken_until_its_row_is_withdrawn() -> None:
    identified()

    with pytest.raises(InputError) as error:
        identified()

    assert error.value.code == "exposure.taken"


def test_a_supply_is_linked_to_a_product_by_a_person_and_once() -> None:
    fill()
    add_row("supplies", supplier="reagent", process="water", product="Chips for meters", kind="product")
    told = {"item": "product-chips", "supplier": "reagent", "process": "water", "reason": "The same code"}

    step("ties", product="Chips for meters", **told)
    with pytest.raises(InputError) as twice:
        step("ties", product="Chips for meters", **told)
    with pytest.raises(InputError) as unknown:
        step("ties", product="Other", **told)

    assert [row.process for row in steps.ties("product-chips", WRITER)] == ["water"]
    assert (twice.value.code, unknown.value.code) == ("strategic.tied", "strategic.no_supply")
