"""Registers from csv: every line comes in, was there, or is refused with line, field and reason."""

from __future__ import annotations

import pytest

from tests.rooms.exposure.conftest import NOW, WRITER, fill, reader
from verband.language.errors import InputError, RefusedError
from verband.rooms.exposure import services
from verband.rooms.exposure.models import CountryRule, Process, Requirement
from verband.rooms.exposure.services import Imported

pytestmark = pytest.mark.django_db
HEAD = "kind,key,name_nl,name_en,owner,source,marking\n"


def bring(register: str, text: str, marking: str = "") -> Imported:
    return services.import_csv(register, text.encode(), who=WRITER, now=NOW, marking=marking)


def told(found: Imported) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.error.code) for one in found.refused]


def test_lines_come_in_once() -> None:
    text = HEAD + "process,water,Water,Water,West,Paper,CLEAR\nasset,pumps,Pompen,Pumps,,Paper,GREEN\n"

    assert bring("processes", text) == Imported(2, 0, ())
    assert bring("processes", text) == Imported(0, 2, ())
    assert Process.objects.count() == 2


def test_one_node_with_two_owners_is_refused_with_both_lines_named() -> None:
    text = HEAD + (
        "process,water,Water,Water,West,Paper,CLEAR\n"
        "process,grid,Net,Grid,North,Paper,CLEAR\n"
        "process,water,Water,Water,East,Paper,CLEAR\n"
    )

    found = bring("processes", text)

    assert (found.new, told(found)) == (1, [(2, "key", "exposure.owner_differs"), (4, "key", "exposure.owner_differs")])
    for one in found.refused:
        assert "2, 4" in one.reason("en")
        assert "West / East" in one.reason("nl")


def test_one_name_under_two_keys_is_refused_too() -> None:
    text = HEAD + "process,a,Water,Water a,West,Paper,CLEAR\nprocess,b,WATER,Water b,East,Paper,CLEAR\n"

    assert told(bring("processes", text)) == [
        (2, "name_nl", "exposure.owner_differs"),
        (3, "name_nl", "exposure.owner_differs"),
    ]


def test_a_line_that_cannot_be_does_not_stop_the_others() -> None:
    fill()
    before = Requirement.objects.count()
    text = (
        "node,members,k,buffer_h,source\n"
        "taps,grid;pumps,3,1,Paper\n"
        "taps,grid,1,-2,Paper\n"
        "taps,taps,1,2,Paper\n"
        "taps,grid;pumps,2,2,Paper\n"
        "taps,gird,1,2,Paper\n"
        "taps,grid,1,,Paper\n"
        "taps,grid,1,2,\n"
    )

    found = bring("requirements", text)

    assert told(found) == [
        (2, "k", "depending.k"),
        (3, "buffer_h", "depending.buffer"),
        (4, "members", "depending.supplies_itself"),
        (6, "members", "exposure.unknown"),
        (7, "buffer_h", "exposure.empty"),
        (8, "source", "exposure.empty"),
    ]
    assert "'grid'" in found.refused[3].reason("en")
    assert Requirement.objects.count() == before + 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"kind,key,name_nl,nam_en,source\n", "exposure.columns"),
        (b"\xff\xfe\x00", "text.encoding"),
        (b"PK\x03\x04 a spreadsheet", "file.foreign"),
        (HEAD.encode(), "expose.no_rows"),
        (HEAD.encode() + b"process,water\n", "table.width"),
        (HEAD.encode() + b"process,water,a,b,c,d,e,f,g\n", "table.width"),
        (HEAD.encode() + b'process,"water\n', "table.quote_open"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        services.import_csv("processes", content, who=WRITER, now=NOW)

    assert caught.value.code == code
    assert caught.value.message("nl")
    assert not Process.objects.exists()


def test_a_marking_for_lines_that_state_none() -> None:
    text = "kind,key,name_nl,name_en,source,marking\nprocess,a,A,A,P,\nprocess,b,B,B,P,GREEN\n"

    assert told(bring("processes", text)) == [(2, "marking", "exposure.empty")]
    assert bring("processes", text, "AMBER").new == 1
    assert dict(Process.objects.values_list("key", "marking__tlp")) == {"a": "AMBER", "b": "GREEN"}


@pytest.mark.requirement("P1")
def test_a_country_rule_needs_more_than_the_power_to_upload() -> None:
    text = "country,reason,legal_ground,valid_until,reviewer,source,marking\nChina,Why,Act,2027-01-01,Board,P,CLEAR\n"

    with pytest.raises(RefusedError):
        services.import_csv("country-rules", text.encode(), who=reader("upload"), now=NOW)
    assert bring("country-rules", text).new == 1
    assert bring("country-rules", text).unchanged == 1
    assert CountryRule.objects.get().country == "CN"


def test_a_file_with_a_byte_of_zero_is_no_text() -> None:
    fill()

    with pytest.raises(InputError, match=r"'requirements\.csv' is not text: byte 55 is zero"):
        bring("requirements", "node,members,k,buffer_h,source,marking\ntaps,grid,1,2,Pa\0per,CLEAR\n")


ONE = HEAD + "process,water,Water,Water,West,Paper,CLEAR\n"


@pytest.mark.parametrize(
    "content",
    [
        ONE.encode("utf-16"),
        ONE.encode("utf-8-sig"),
        ONE.replace(",", ";").encode(),
        ONE.replace(",", "\t").encode(),
        ONE.replace(",", ";").encode("utf-16"),
    ],
)
def test_a_table_comes_in_whatever_its_encoding_and_separator(content: bytes) -> None:
    assert services.import_csv("processes", content, who=WRITER, now=NOW) == Imported(1, 0, ())
    assert Process.objects.get().name_nl == "Water"


def test_a_letter_that_is_no_utf8_is_told_with_its_file_and_line_and_in_our_words() -> None:
    content = (ONE + "process,zee,Zee\u00ebn,Seas,West,Paper,CLEAR\n").encode("cp1252")

    with pytest.raises(InputError) as caught:
        services.import_csv("processes", content, who=WRITER, now=NOW, name="mine.csv")

    assert caught.value.message("en") == "'mine.csv' is not utf-8: line 3, byte 104."
    assert "--encoding" not in caught.value.hint("en") + caught.value.hint("nl")
    assert caught.value.params["field"] == "file"


def test_a_row_of_another_width_is_told_with_its_line_in_both_languages() -> None:
    with pytest.raises(InputError) as caught:
        services.import_csv("processes", (ONE + "process,water\n").encode(), who=WRITER, now=NOW)

    assert caught.value.message("en") == "processes.csv, line 3: This row has 2 cells, the header 7."
    assert caught.value.message("nl") == "processes.csv, regel 3: Deze rij heeft 2 cellen, de kop 7."


def test_missing_columns_are_compared_with_those_that_are_near_alone() -> None:
    with pytest.raises(InputError) as caught:
        services.import_csv("processes", b"kind,key,x,y,source\n1,2,3,4,5\n", who=WRITER, now=NOW)

    assert caught.value.hint("en") == "Give the first line these names."
