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
        (b"", "exposure.columns"),
        (b"kind,key,name_nl,nam_en,source\n", "exposure.columns"),
        (b"\xff\xfe\x00", "exposure.file"),
        (HEAD.encode() + b"process,water\n", "exposure.file"),
        (HEAD.encode() + b"process,water,a,b,c,d,e,f,g\n", "exposure.file"),
        (HEAD.encode() + b'process,"water\n', "exposure.file"),
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


def test_a_byte_of_zero_is_refused_with_its_line_and_field() -> None:
    fill()

    found = bring("requirements", "node,members,k,buffer_h,source,marking\ntaps,grid,1,2,Pa\0per,CLEAR\n")

    assert (found.new, told(found)) == (0, [(2, "source", "exposure.zero")])
