"""A csv file into each register: all of it or nothing, and each error with its line and field."""

from __future__ import annotations

import pytest

from tests.rooms.response.conftest import NOW, Room
from verband.language.errors import InputError, RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.response.registers import importing, reading
from verband.rooms.response.registers.kinds import registers
from verband.rooms.response.registers.models import RegisterEntry, RegisterStep

pytestmark = pytest.mark.django_db
FILES = {
    "sanctions": "title,party_kind,party,regime,state,happened,until,source\n"
    "A listing,regime,A body,A regime,listed,2026-01-01,2026-07-01,A decision\n"
    "A listing,regime,A body,A regime,renewed,2026-06-01,2027-01-01,A decision\n",
    "diplomatic": "title,measure,by,towards,state,happened,source\n"
    "A demand,eis,A ministry,An embassy,gezet,2026-01-01,A letter\n"
    "A demand,eis,A ministry,An embassy,reactie,2026-01-04,A letter\n",
    "legal": "title,subject,state,happened,source\n"
    "A bill,A subject,consultation,2026-01,A page\n"
    "A bill,A subject,Council of State,2026-03,A page\n",
    "action-points": "number,title,owner,state,happened,source\n"
    "22,The last point,A body,loaded,2026-01,The document\n"
    "22,The last point,A body,done,2026-03,The document\n",
    "coalitions": "title,subject,members,state,happened,source\n"
    "A coalition,economic_coercion,Some states,named,2026,A letter\n"
    "A coalition,economic_coercion,Some states,agreed,2026,A letter\n",
    "cbrn": "title,organisation,competence,function,state,happened,source\n"
    "Analysis,A laboratory,attribution,respond,registered,2026,A letter\n"
    "Analysis,A laboratory,attribution,respond,confirmed,2026,A letter\n",
}


def bring(room: Room, key: str, text: str, name: str = "ann") -> importing.Imported:
    who = room.who(name)
    return importing.import_csv(key, text.encode(), language="en", who=who, now=NOW, marking="CLEAR")


@pytest.mark.parametrize("key", [of.key for of in registers()])
def test_a_file_of_each_register_comes_in_with_its_steps_and_once(room: Room, key: str) -> None:
    first = bring(room, key, FILES[key])
    second = bring(room, key, FILES[key])

    assert (first.entries, first.steps, first.unchanged, first.refused) == (1, 1, 0, ())
    assert (second.entries, second.steps, second.unchanged) == (0, 0, 2)
    assert len(reading.standing(key, room.who("ann"))[0].steps) == 2


def test_a_wrong_line_is_named_with_its_field_and_nothing_comes_in(room: Room) -> None:
    text = FILES["sanctions"] + "Another,regime,A body,A regime,listed,someday,2026-07-01,A decision\n"
    text += "A third,person,Somebody,A regime,listed,2026,2026-07-01,A decision\n"

    found = bring(room, "sanctions", text)

    assert [(one.line, one.field, one.error.code) for one in found.refused] == [
        (4, "happened", "registers.time"),
        (5, "party_kind", "registers.person"),
    ]
    assert "'someday' is no year, month or day." in found.refused[0].reason("en")
    assert "'someday' is geen jaar, maand of dag." in found.refused[0].reason("nl")
    assert (RegisterEntry.objects.count(), RegisterStep.objects.count()) == (0, 0)
    assert [one.action for one in audit.entries()].count("register file refused") == 1


def test_a_point_23_is_refused_with_line_and_field(room: Room) -> None:
    text = FILES["action-points"] + "23,One too many,A body,loaded,2026,The document\n"

    found = bring(room, "action-points", text)

    assert [(one.line, one.field, one.error.code) for one in found.refused] == [(4, "number", "registers.slot")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("title,state\nA,b\n", "registers.columns"),
        (FILES["sanctions"].replace("regime,state", "birth date,state"), "registers.column"),
        (FILES["sanctions"].replace("A decision\n", "A decision,more\n"), "table.width"),
        ("title,state,happened,source\n" + "a,b,c,d\n" * 2001, "registers.long"),
        ('title,state,happened,source\n"a,b,c,d\n', "table.quote_open"),
        ("title,state,happened,source\n", "expose.no_rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(room: Room, text: str, code: str) -> None:
    with pytest.raises(InputError) as raised:
        bring(room, "sanctions", text)

    assert raised.value.code == code
    assert raised.value.hint("nl")


def test_bytes_that_are_no_text_are_refused(room: Room) -> None:
    with pytest.raises(InputError, match="is not utf-16: line 1"):
        importing.import_csv("legal", b"\xff\xfe\x00", language="en", who=room.who("ann"), now=NOW)


def test_only_who_prepares_a_response_brings_in_a_file(room: Room) -> None:
    with pytest.raises(RefusedError):
        bring(room, "legal", FILES["legal"], "min")


@pytest.mark.parametrize(
    "content",
    [
        FILES["legal"].encode("utf-16"),
        FILES["legal"].replace(",", ";").encode("utf-8-sig"),
        FILES["legal"].replace(",", "\t").encode(),
    ],
)
def test_a_file_comes_in_whatever_its_encoding_and_separator(room: Room, content: bytes) -> None:
    found = importing.import_csv(
        "legal", content, language="en", who=room.who("ann"), now=NOW, marking="CLEAR", name="mine.csv"
    )

    assert (found.entries, found.steps, found.refused) == (1, 1, ())


def test_a_zip_is_called_a_zip_by_its_name(room: Room) -> None:
    with pytest.raises(InputError, match=r"'mine\.xlsx' is a zip file, not text"):
        importing.import_csv("legal", b"PK\x03\x04...", language="en", who=room.who("ann"), now=NOW, name="mine.xlsx")
