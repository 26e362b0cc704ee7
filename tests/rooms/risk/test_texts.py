"""What the assessments say: stored as stated, with its line, and readings marked."""

from __future__ import annotations

import msgspec
import pytest

from tests.rooms.risk.conftest import NOW, reader
from verband.demo import rows, tables
from verband.language.errors import InputError
from verband.rooms.risk import services, themes
from verband.rooms.risk.services import Place, StatementRow

STATEMENT = StatementRow(
    key="STM-001",
    actor_en="unnamed state actors",
    actor_kind="states",
    interests=("economic_security",),
    instrument_en="theft of business secrets",
    domain="espionage",
    certainty_as_stated="expected; very probably",
    intent_as_read="own advantage",
    place=Place(source_nl="Brief", source_en="Letter", section="1", line=55, anchor_nl="bedrijfsgeheimen stelen"),
)


@pytest.mark.django_db
@pytest.mark.requirement("P18")
def test_certainty_stays_as_stated_and_a_theme_from_the_domain_is_a_reading() -> None:
    who = reader("upload")

    services.load_statements([STATEMENT], who=who, now=NOW)

    (view,) = services.statements(who, theme="state_threats")
    assert (view.certainty_as_stated, view.theme_verified) == ("expected; very probably", False)
    assert (view.source.line, view.source.anchor_nl) == (55, "bedrijfsgeheimen stelen")
    assert services.statements(who, interest="physical_security") == []


@pytest.mark.django_db
def test_the_embedded_statements_and_texts_load_once() -> None:
    who = reader("upload")

    first = services.load_statements(rows.statements(), who=who, now=NOW)
    second = services.load_statements(rows.statements(), who=who, now=NOW)
    services.load_theme_texts(rows.theme_texts(), who=who, now=NOW)

    assert (first, second) == (109, 0)
    assert services.load_theme_texts(rows.theme_texts(), who=who, now=NOW) == 0
    assert [view.part for view in services.theme_texts(who, theme="cbrn") if not view.as_read] == [
        "summary",
        "threat",
        "resilience",
        "approach",
    ]


@pytest.mark.django_db
def test_a_statement_above_the_ceiling_is_not_there_for_a_lower_reader() -> None:
    services.load_statements([msgspec.structs.replace(STATEMENT, marking="AMBER")], who=reader("upload"), now=NOW)

    assert services.statements(reader()) == []
    assert len(services.statements(reader(tlp="AMBER"))) == 1


@pytest.mark.django_db
@pytest.mark.requirement("R002")
def test_an_unknown_interest_is_refused_and_nothing_is_stored() -> None:
    who = reader("upload")

    with pytest.raises(InputError):
        services.load_statements(
            [STATEMENT, msgspec.structs.replace(STATEMENT, key="STM-002", interests=("profit",))], who=who, now=NOW
        )

    assert services.statements(who) == []


def test_the_room_s_mapping_is_the_one_that_the_embedded_data_came_with() -> None:
    for word, entry in tables.load_mapping("incident_domain_to_theme").items():
        domain, _, interest = word.partition("+")

        assert set(entry.keys) <= set(themes.of_incident([domain], [interest]))
