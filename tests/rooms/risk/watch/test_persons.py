"""What is refused: persons, what leads to one, and lawful conduct taken for a sign."""

from __future__ import annotations

import pytest

from tests.rooms.risk.conftest import NOW
from tests.rooms.risk.watch.conftest import INDICATOR, NOTE, PLAN, somebody
from verband.language.errors import InputError
from verband.rooms.audit import services as audit
from verband.rooms.people.contact import refuse_contact
from verband.rooms.risk.models import PhenomenonNote, Trend, WarningIndicator, WatchPlan
from verband.rooms.risk.watch import phenomena, plans, warning

pytestmark = pytest.mark.django_db
WHO = somebody()


@pytest.mark.requirement("R112", "D1")
@pytest.mark.parametrize(
    "text",
    [
        "A protester was seen at three places.",
        "Een bekende betoger roept op.",
        "Activist Jansen speaks on Saturday.",
        "De heer J. van der Berg spreekt vaak.",
        "Mrs. Example leads the group.",
        "Reach him at someone@example.org.",
        "Bel 06 12345678 voor de groep.",
        "Number 111222333 is on the list.",
        "Follow @somebody for news.",
        "See https://x.com/somebody/status.",
        "Deze gelovige is opgevallen.",
    ],
)
def test_an_attempt_to_store_a_person_is_refused_and_logged_without_the_words(text: str) -> None:
    with pytest.raises(InputError) as caught:
        phenomena.write({**NOTE, "text": text}, who=WHO, now=NOW)

    assert caught.value.code in ("watch.person", "people.contact")
    assert not PhenomenonNote.objects.exists()
    refused = list(audit.entries(action="refused"))
    assert [entry.object for entry in refused] == ["person or lawful conduct"]
    assert text not in refused[0].detail


@pytest.mark.requirement("R117", "R112")
@pytest.mark.parametrize("text", ["De demonstratie van 3 mei trok veel mensen.", "Protest in town on 2026-05-03."])
def test_one_lawful_gathering_on_one_day_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        phenomena.write({**NOTE, "text": text}, who=WHO, now=NOW)

    assert caught.value.code == "watch.lawful_event"


@pytest.mark.requirement("R112")
@pytest.mark.parametrize(
    "text",
    [
        "A radical undercurrent in otherwise legitimate protest; foreign actors can exploit polarisation.",
        "Demonstraties verlopen vreedzaam; onbekenden verspreiden achteraf valse beelden.",
        "Observed since 2026-05-03. Criminals are hired for arson.",
        "Number 123456789 of the register is no citizen number.",
        "Letter 30 821 nr. 72, of 18 April 2019.",
    ],
)
def test_a_phenomenon_may_be_told_with_protest_as_its_context(text: str) -> None:
    made = phenomena.write({**NOTE, "text": text}, who=WHO, now=NOW)

    assert made.text == text


@pytest.mark.requirement("P3", "D21")
@pytest.mark.parametrize(
    "text", ["Growth of protests in cities", "Kritische mening over beleid", "More people at the mosque", "Petitie"]
)
def test_lawful_protest_opinion_and_faith_cannot_be_an_indicator_or_be_watched(text: str) -> None:
    with pytest.raises(InputError) as sign:
        warning.set_up({**INDICATOR, "statement": text}, who=WHO, now=NOW)
    with pytest.raises(InputError) as watched:
        plans.make({**PLAN, "watched": text}, indicators=[], who=WHO, now=NOW)

    assert (sign.value.code, watched.value.code) == ("watch.lawful", "watch.lawful")
    assert not WarningIndicator.objects.exists()
    assert not WatchPlan.objects.exists()


@pytest.mark.requirement("P12")
def test_no_table_of_watching_has_a_field_for_a_person() -> None:
    fields = {field.name for model in (PhenomenonNote, Trend, WarningIndicator) for field in model._meta.get_fields()}

    assert fields & {"person", "name", "author", "participant", "group_of_people"} == set()


def test_a_source_may_name_its_author_but_not_how_to_reach_him() -> None:
    refuse_contact(WHO, source="Dr. A. Writer, The Journal, 2025")

    with pytest.raises(InputError):
        refuse_contact(WHO, source="Ask a.writer@example.org")
