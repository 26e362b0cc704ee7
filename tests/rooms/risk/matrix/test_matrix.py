"""Means against measures: every cell is the measures that stand there, and holes, overlaps and conflicts follow."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from django.test import Client

from tests.rooms.exposure.conftest import WRITER, reader
from tests.rooms.measures.register.conftest import NOW, keep, measures
from tests.rooms.risk.conftest import incident
from tests.rooms.risk.test_pages import sign_in
from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.records import Attribute, Record
from verband.rooms.measures import autonomy
from verband.rooms.measures.register import keeping
from verband.rooms.risk.cycle import functions
from verband.rooms.risk.matrix import counting
from verband.rooms.risk.matrix.counting import Matrix

__all__ = ["measures", "sign_in"]
SCHEME = "functions_prevent_mitigate_respond"


def using(key: str, means: str, when: str = "2026-05-03", **more: str) -> Record:
    """An incident that names a means."""
    made = incident(key, when, marking=more.get("marking"))
    others = tuple(one for one in made.attributes if one.name != "means")
    actor = more.get("actor")
    extra = (Attribute("actor", actor, actor),) if actor else ()
    return msgspec.structs.replace(made, attributes=(*others, Attribute("means", means, means), *extra))


def asked(**more: object) -> Matrix:
    return counting.matrix(WRITER, now=NOW, **more)  # type: ignore[arg-type]


def cells(found: Matrix) -> dict[tuple[str, str], list[str]]:
    """The keys of the measures of every cell that is not empty."""
    return {
        (row.means, accent): [one.measure.key for one in row.cell(accent, function)]
        for row in found.rows
        for accent, function in found.columns
        if row.cell(accent, function)
    }


@pytest.mark.requirement("R009")
def test_a_means_of_the_last_24_months_without_a_measure_is_a_hole_and_an_older_one_is_none(
    store: Callable[..., None],
) -> None:
    store(
        using("a", "takeover_investment"),
        using("b", "gnss_interference"),
        using("c", "gnss_interference", "2026-05-04"),
        using("d", "espionage", "2020-01-01"),
        using("e", "hired_perpetrators"),
    )

    found = asked()

    assert [(row.means, len(row.recent)) for row in found.holes] == [
        ("gnss_interference", 2),
        ("hired_perpetrators", 1),
    ]
    espionage = found.row("espionage")
    assert espionage is not None
    assert (len(espionage.recent), len(espionage.older), espionage.is_hole) == (0, 1, False)
    assert cells(found)["takeover_investment", "economic_and_knowledge_security"] == ["MEA-1", "MEA-2"]
    assert found.untagged[0].measure.key == "MEA-4"


@pytest.mark.requirement("R009")
def test_a_hole_closes_when_a_person_says_which_means_a_measure_works_against_and_opens_when_it_is_withdrawn(
    store: Callable[..., None],
) -> None:
    store(using("b", "gnss_interference"))
    row = keep("means", "MEA-4", means="gnss_interference")
    closed = asked()
    keeping.withdraw("means", str(row.pk), reason="Wrong", who=WRITER, now=NOW)

    assert closed.holes == ()
    assert [one.means for one in asked().holes] == ["gnss_interference"]


@pytest.mark.requirement("R013")
def test_a_measure_against_a_coarser_means_stands_against_the_finer_ones_and_says_so(
    store: Callable[..., None],
) -> None:
    store(using("a", "denial_of_service"))

    row = asked().row("denial_of_service")

    assert row is not None
    assert [(one.measure.key, one.through) for one in row.placed] == [("MEA-3", "cyber_attack")]
    assert not row.is_hole


@pytest.mark.requirement("R122")
@pytest.mark.parametrize("scheme", functions.SCHEMES)
def test_filtering_by_a_function_gives_the_same_measures_as_the_tags(scheme: str) -> None:
    first, second = catalogue(scheme).keys()[:2]
    for measure, function in (("MEA-1", first), ("MEA-1", second), ("MEA-2", second)):
        told = {"scheme": scheme, "function": function, "reason": "r", "marking": ""}
        functions.tag(measure, **told, who=WRITER, now=NOW)

    found = asked(scheme=scheme)
    tagged = functions.tagged(WRITER)

    row = found.row("takeover_investment")
    assert row is not None
    for function in catalogue(scheme).labels("en"):
        by_tag = {item.measure.key for item in functions.with_function(tagged, scheme, function)}
        in_cell = {one.measure.key for one in row.cell("economic_and_knowledge_security", function)}
        assert in_cell == by_tag
    assert row.cell("economic_and_knowledge_security", "") == ()
    assert len(found.columns) == 5 * (len(catalogue(scheme).keys()) + 1)


@pytest.mark.requirement("R122")
def test_the_direction_on_the_board_is_a_tag_as_any_other() -> None:
    autonomy.place("MEA-1", pillar="risky_dependencies", direction="protect", reason="r", who=WRITER, now=NOW)

    tagged = functions.tagged(WRITER)
    scheme = functions.SCHEMES[2]

    assert [item.measure.key for item in functions.with_function(tagged, scheme, "protect")] == ["MEA-1"]
    assert functions.counts(tagged)[scheme]["protect"] == 1
    assert [tag.from_board for tag in tagged[0].tags] == [True]
    row = asked(scheme=scheme).row("takeover_investment")
    assert row is not None
    assert [one.measure.key for one in row.cell("economic_and_knowledge_security", "protect")] == ["MEA-1"]


@pytest.mark.requirement("R009")
def test_measures_of_several_ministries_on_one_means_in_one_accent_overlap() -> None:
    keep("means", "MEA-4", means="espionage")
    keep("means", "MEA-3", means="espionage")

    found = asked()

    assert [(one.means, one.accent, [item.measure.key for item in one.placed]) for one in found.overlaps] == [
        ("takeover_investment", "economic_and_knowledge_security", ["MEA-1", "MEA-2"])
    ]
    assert counting.ministry("JenV (NCTV)") == counting.ministry("JenV")


@pytest.mark.requirement("R009")
def test_a_conflict_is_told_once_and_gone_when_withdrawn() -> None:
    row = keep("conflict")
    told = asked().conflicts
    keeping.withdraw("conflict", str(row.pk), reason="Settled", who=WRITER, now=NOW)

    assert [(one.first.key, one.second.key, one.source) for one in told] == [("MEA-1", "MEA-4", "Letter of May")]
    assert asked().conflicts == ()


@pytest.mark.requirement("R009")
def test_a_measure_whose_means_no_incident_shows_is_listed_apart_and_is_no_hole(store: Callable[..., None]) -> None:
    store(using("a", "takeover_investment", "2015-01-01"))

    found = asked()

    assert [(item.measure.key, one.means) for item, one in found.quiet] == [("MEA-3", "cyber_attack")]
    assert found.holes == ()


def test_our_own_readings_can_be_left_out() -> None:
    keep("means", "MEA-1")

    assert cells(asked(readings=False)) == {("takeover_investment", "economic_and_knowledge_security"): ["MEA-1"]}


@pytest.mark.requirement("P1")
def test_no_cell_count_or_order_depends_on_the_name_of_an_actor(store: Callable[..., None]) -> None:
    store(using("a", "espionage", actor="Ruritania"), using("b", "gnss_interference", actor="Freedonia"))
    first = counting.exported(asked())
    store(using("c", "espionage", actor="Freedonia"), using("d", "gnss_interference", actor="Ruritania"))
    second = counting.exported(asked())

    assert [row["means"] for row in first] == [row["means"] for row in second]
    assert {row["incidents_24_months"] for row in second if row["means"] in ("espionage", "gnss_interference")} == {"2"}


def test_incidents_and_measures_above_the_ceiling_are_in_no_count(store: Callable[..., None]) -> None:
    store(using("a", "denial_of_service"), using("b", "denial_of_service", marking="AMBER"))

    found = counting.matrix(reader(tlp="CLEAR"), now=NOW)

    row = found.row("denial_of_service")
    assert row is not None
    assert (len(row.recent), row.placed, row.is_hole) == (1, (), True)
    assert found.marking.tlp == "CLEAR"


def test_a_scheme_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError) as error:
        asked(scheme="functions_of_nothing")

    assert error.value.code == "cycle.word"


@pytest.mark.requirement("R009")
def test_the_page_opens_a_cell_to_its_measures_and_a_row_to_its_incidents(
    store: Callable[..., None], sign_in: Callable[..., Client]
) -> None:
    store(using("a", "takeover_investment"), using("b", "gnss_interference"))
    client = sign_in("ann")

    whole = client.get("/risk/matrix/").content.decode()
    cell = client.get("/risk/matrix/?means=takeover_investment&accent=economic_and_knowledge_security").content.decode()
    row = client.get("/risk/matrix/?means=gnss_interference").content.decode()
    split = client.get(f"/risk/matrix/?scheme={SCHEME}&means=takeover_investment&accent=generic&function=none")
    csv = client.get("/risk/matrix/?format=csv").content.decode()

    assert "<strong>1 hole</strong>" in whole
    assert "means=takeover_investment&amp;accent=economic_and_knowledge_security" in whole
    assert "Sector investment test" in cell
    assert "own reading, not checked" in cell
    assert "Incident b" in row
    assert split.status_code == 200
    assert csv.splitlines()[0].startswith("means,incidents_24_months,incidents_on_record,accent,function,measures")
    for wrong in ("means=x", "accent=x", "scheme=x", "readings=x", "function=prevent"):
        assert client.get(f"/risk/matrix/?{wrong}").status_code == 400


@pytest.mark.requirement("R009")
def test_the_page_of_a_measure_shows_what_it_is_for(sign_in: Callable[..., Client]) -> None:
    told = {"scheme": SCHEME, "function": "prevent", "reason": "It stops a sale.", "marking": ""}
    functions.tag("MEA-1", **told, who=WRITER, now=NOW)

    page = sign_in("ann").get("/measures/MEA-1/").content.decode()

    assert "It stops a sale." in page
    assert "Nobody says that it answers a finding." in page
