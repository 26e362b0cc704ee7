"""Files made to break a reader: nothing crashes, nothing grows without bound, nothing is hidden."""

from __future__ import annotations

import codecs
import gzip
import json
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verband.formats import Limits, open_reading
from verband.formats.mapping import load_mapping
from verband.language.errors import InputError, texts
from verband.language.records import Reading, Record, Reject

Split = Callable[[Reading], tuple[list[Record], list[Reject]]]
Write = Callable[..., Path]

MAPPING = '[source]\nkey = "own"\nname = "Own"\n[record]\nkey = "id"\nname = "title"\ndate = "date"\n'


def thing(number: int, **more: Any) -> dict[str, Any]:
    stamp = "2025-01-01T00:00:00.000Z"
    named = {"type": "malware", "spec_version": "2.1", "id": f"malware--{uuid.UUID(int=number, version=4)}"}
    return {**named, "created": stamp, "modified": stamp, "name": f"Program {number}", **more}


def bundle(*objects: object) -> str:
    return json.dumps({"type": "bundle", "id": f"bundle--{uuid.UUID(int=1)}", "objects": list(objects)})


def refused(act: Callable[[], object]) -> InputError:
    with pytest.raises(InputError) as caught:
        act()
    assert texts()[caught.value.code].keys() - {"far_en", "far_nl"} == {"en", "nl", "hint_en", "hint_nl"}
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[" * 100_000, "json.too_deep"),
        (b"[" * 100_000 + b"]" * 100_000, "json.too_deep"),
        (b'{"type": "bundle", "objects": [' + b'{"a":' * 50_000, "json.too_deep"),
        (b'{"type": "bundle"}\n' + b"[" * 50_000, "json.too_deep"),
        (codecs.BOM_UTF8, "file.empty"),
        (codecs.BOM_UTF16_LE, "file.empty"),
        ("[]".encode("utf-32"), "file.foreign"),
        (b"7z\xbc\xaf\x27\x1c", "file.foreign"),
        (b"<!doctype html><p>Sign in, please", "format.markup"),
        (b'{"type": "bundle", "objects": [{"name": NaN}]}', "json.malformed"),
        (b'{"type": "bundle", "objects": [{"name": "\\ud800 and more"}]}', "json.malformed"),
        (bundle(thing(1)).encode("utf-16")[:-1], "text.encoding"),
    ],
)
def test_a_file_made_to_break_the_reader_is_refused_with_a_way_out(write: Write, content: bytes, code: str) -> None:
    path = write(content)

    error = refused(lambda: open_reading(path))

    assert error.code == code
    assert error.hint("nl")


def test_a_device_a_pipe_and_a_link_to_nothing_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "gone")

    codes = [refused(lambda p=p: open_reading(p)).code for p in (tmp_path / "pipe", "/dev/zero", tmp_path / "link")]

    assert codes == ["file.not_a_file", "file.not_a_file", "file.missing"]


def test_units_without_number_are_refused_before_they_are_held(write: Write) -> None:
    limits = Limits(objects=10, rows=10)
    stix = write(json.dumps([0] * 11), "a.json")
    table = write("id,title,date\n" + "1,one,2021\n" * 11)

    objects = refused(lambda: open_reading(stix, limits=limits))
    rows = refused(lambda: list(open_reading(table, mapping=write(MAPPING, "m.toml"), limits=limits)))

    assert (objects.code, rows.code) == ("file.too_many", "file.too_many")


def test_a_small_gzip_of_endless_objects_is_refused_unread(write: Write) -> None:
    path = write(gzip.compress(b"[0" + b",0" * (17 << 20) + b"]", 1))

    error = refused(lambda: open_reading(path))

    assert error.code == "file.too_many"


def test_what_is_no_object_is_a_reject_that_says_what_it_is(write: Write, split: Split) -> None:
    path = write(bundle(1, "text", None, [], True, {}, thing(1)))

    records, rejects = split(open_reading(path))

    assert len(records) == 1
    assert [reject.reason.partition(",")[0] for reject in rejects[:5]] == [
        f"Here stands a {kind}" for kind in ("number", "text", "null", "list", "boolean")
    ]
    assert rejects[5].code == "stix.field"


def test_an_object_that_nests_too_deep_is_a_reject_and_the_others_are_read(write: Write, split: Split) -> None:
    deep: Any = 1
    for _ in range(400):
        deep = {"a": deep}

    records, rejects = split(open_reading(write(bundle(thing(1, x_deep=deep), thing(2)))))

    assert [record.name for record in records] == ["Program 2"]
    assert [reject.code for reject in rejects] == ["stix.too_deep"]


def test_a_bundle_in_a_list_is_a_reject_and_not_a_thing(write: Write, split: Split) -> None:
    path = write(bundle(thing(1)) + "\n" + bundle(thing(2)) + "\n")

    records, rejects = split(open_reading(path))

    assert (records, [reject.code for reject in rejects]) == ([], ["stix.bundle_within"] * 2)


def test_lines_of_which_the_last_is_cut_off_name_that_line(write: Write) -> None:
    path = write("\n".join(json.dumps(thing(number)) for number in range(3))[:-5])

    error = refused(lambda: open_reading(path))

    assert (error.code, error.params["line"]) == ("json.malformed", 3)


@pytest.mark.requirement("P12")
@pytest.mark.parametrize("space", ["", " "])
def test_a_person_feature_behind_a_key_that_stands_twice_is_not_kept(write: Write, split: Split, space: str) -> None:
    twice = f'"x_of":{space}{{"religion"{space}: "hidden"}}, "x_of"{space}: 1'
    path = write(bundle(thing(1, x_of=0), thing(2, x_other=["a", "b"])).replace('"x_of": 0', twice))

    records, rejects = split(open_reading(path))

    assert [(reject.code, reject.field) for reject in rejects] == [("stix.key_twice", "x_of")]
    assert "hidden" not in rejects[0].text
    assert [record.name for record in records] == ["Program 2"]


@pytest.mark.requirement("D1")
def test_a_persons_name_behind_a_class_that_stands_twice_is_not_kept(write: Write, split: Split) -> None:
    who = thing(1, identity_class="organization") | {
        "type": "identity",
        "id": f"identity--{uuid.UUID(int=1, version=4)}",
    }
    text = bundle(who).replace('"identity_class"', '"identity_class": "individual", "identity_class"')

    records, rejects = split(open_reading(write(text)))

    assert (records, [reject.code for reject in rejects]) == ([], ["stix.key_twice"])


def test_json_in_another_encoding_is_read_when_it_is_said(write: Write, split: Split) -> None:
    path = write(bundle(thing(1, name="X")).replace('"X"', '"café"').encode("latin-1"))

    records, _ = split(open_reading(path, encoding="latin-1"))

    assert records[0].name == "café"
    assert refused(lambda: open_reading(path, encoding="base64")).code == "text.unknown_encoding"


def test_ten_thousand_columns_are_read_as_quickly_as_their_cells(write: Write, split: Split) -> None:
    header = ",".join(["id", "title", "date", *(f"c{number}" for number in range(10_000))])
    rows = "".join(f"{number},one,2021{',v' * 10_000}\n" for number in range(40))

    records, rejects = split(open_reading(write(f"{header}\n{rows}"), mapping=write(MAPPING, "m.toml")))

    assert (len(records), rejects) == (40, [])


def test_a_missing_column_among_texts_is_answered_in_a_short_sentence(write: Write) -> None:
    path = write("x" * 5_000 + ",y\n1,2\n")

    error = refused(lambda: open_reading(path, mapping=write(MAPPING, "m.toml")))

    assert error.code == "table.column_missing"
    assert len(str(error)) < 400


def test_a_table_that_changes_while_it_is_read_is_refused(write: Write) -> None:
    path = write("id,title,date\n1,one,2021\n")
    reading = open_reading(path, mapping=write(MAPPING, "m.toml"))
    path.write_text("id,title,date\n2,two,2022\n3,three,2023\n")

    error = refused(lambda: list(reading))

    assert error.code == "file.changed"


def test_a_file_that_vanishes_is_missing(write: Write) -> None:
    path = write("id,title,date\n1,one,2021\n")
    reading = open_reading(path, mapping=write(MAPPING, "m.toml"))
    path.unlink()

    assert refused(lambda: list(reading)).code == "file.missing"
    assert refused(reading.check_unchanged).code == "file.missing"


def test_a_name_that_is_no_text_is_shown_with_escapes(write: Write) -> None:
    path = write("[", os.fsdecode(b"caf\xe9\n\x1b[31m.json"))

    error = refused(lambda: open_reading(path))

    assert "caf\\udce9\\n\\x1b[31m.json" in str(error)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('separator = "ab"', "table.separator"),
        ('separator = "\\n"', "table.separator"),
        ('encoding = "base64"', "text.unknown_encoding"),
        ('encoding = "klingon"', "text.unknown_encoding"),
    ],
)
def test_a_mapping_that_says_how_no_table_is_written_is_refused(write: Write, line: str, code: str) -> None:
    mapping = write(f"[file]\n{line}\n{MAPPING}", "m.toml")

    error = refused(lambda: open_reading(write("id,title,date\n1,one,2021\n"), mapping=mapping))

    assert error.code == code


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('key = "own"', 'key = ""'),
        ('key = "own"', f'key = "{"k" * 201}"'),
        ('name = "Own"', 'name = "O"\nreliability = "Z"'),
    ],
)
def test_a_mapping_that_no_source_can_be_made_of_is_refused(write: Write, old: str, new: str) -> None:
    path = write(MAPPING.replace(old, new, 1), "m.toml")

    assert refused(lambda: load_mapping(path)).code == "mapping.field"


def test_a_mapping_that_is_a_folder_or_huge_is_refused(tmp_path: Path, write: Write) -> None:
    huge = write("#" * (2 << 20), "m.toml")

    assert refused(lambda: load_mapping(tmp_path)).code == "file.not_a_file"
    assert refused(lambda: load_mapping(huge)).code == "file.too_large"
