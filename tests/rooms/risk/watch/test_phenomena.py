"""Phenomenon notes, proxies with a confidence, and published levels with their date and source."""

from __future__ import annotations

import pytest

from tests.rooms.risk.conftest import NOW
from tests.rooms.risk.watch.conftest import NOTE, at, later, somebody
from verband.demo import rows as demo
from verband.language.errors import InputError
from verband.rooms.risk import services
from verband.rooms.risk.models import ProxyRelation
from verband.rooms.risk.watch import phenomena

pytestmark = pytest.mark.django_db
WHO = somebody()
PROXY = {
    "agent": "criminal",
    "principal": "state",
    "confidence": "moderate",
    "statement": "Criminals are sometimes hired by states.",
    "source": "NVS midterm review 2021, line 1181",
}
LEVEL = {
    "theme": "terrorism_extremism",
    "level": "4",
    "stated_on": "2023-12-12",
    "text": "The level was raised.",
    "source": "Letter to parliament",
    "marking": "CLEAR",
}


@pytest.mark.requirement("R112")
@pytest.mark.requirement("P15")
def test_a_note_is_about_a_phenomenon_with_source_chances_risks_and_advice() -> None:
    phenomena.write(NOTE, who=WHO, now=NOW)
    for name in ("title", "text", "source", "chances", "risks", "advice"):
        with pytest.raises(InputError) as caught:
            phenomena.write({**NOTE, name: ""}, who=WHO, now=NOW)
        assert caught.value.params["field"] == name

    (found,) = services.phenomenon_notes(WHO)

    assert (found.row.theme, found.row.advice) == ("polarisation", "Explain the count beforehand.")
    assert services.phenomenon_notes(WHO, known_on=at(-1)) == []


@pytest.mark.requirement("R113")
@pytest.mark.parametrize("confidence", ["", "none", "certain"])
def test_a_relation_with_a_proxy_needs_a_confidence(confidence: str) -> None:
    note = phenomena.write({**NOTE, "theme": "criminal_subversion"}, who=WHO, now=NOW)

    with pytest.raises(InputError) as caught:
        phenomena.relate(str(note.pk), {**PROXY, "confidence": confidence}, who=WHO, now=NOW)
    phenomena.relate(str(note.pk), PROXY, who=WHO, now=NOW)

    assert caught.value.code == "watch.no_confidence"
    assert [(row.agent, row.principal, row.confidence) for row in ProxyRelation.objects.all()] == [
        ("criminal", "state", "moderate")
    ]


@pytest.mark.requirement("P1", "R113")
def test_a_proxy_is_a_kind_of_actor_and_never_a_named_one() -> None:
    note = phenomena.write(NOTE, who=WHO, now=NOW)

    for field, value in (("principal", "Russia"), ("agent", "individual"), ("agent", "Group X")):
        with pytest.raises(InputError) as caught:
            phenomena.relate(str(note.pk), {**PROXY, field: value}, who=WHO, now=NOW)
        assert (caught.value.code, caught.value.params["field"]) == ("watch.word", field)


@pytest.mark.requirement("R114")
def test_a_change_of_level_is_kept_with_its_date_and_source() -> None:
    services.load_threat_levels(demo.threat_levels(), who=WHO, now=NOW)
    phenomena.state_level(LEVEL, who=WHO, now=later(1))

    found = services.published_levels(WHO)

    assert [(view.level, view.stated.words(), view.as_read) for view in found] == [
        ("4", "2023-12-12", False),
        ("3", "2021", True),
    ]
    assert (found[1].source.line, found[1].theme) == (726, "terrorism_extremism")
    assert [view.level for view in services.published_levels(WHO, known_on=at(0))] == ["3"]


@pytest.mark.requirement("R114")
@pytest.mark.parametrize(("field", "code"), [("source", "watch.empty"), ("stated_on", "watch.empty")])
def test_a_level_without_date_or_source_is_refused(field: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        phenomena.state_level({**LEVEL, field: ""}, who=WHO, now=NOW)

    assert (caught.value.code, caught.value.params["field"]) == (code, field)
