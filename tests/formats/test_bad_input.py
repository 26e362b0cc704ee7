"""Bad input: a clear error with its place, and nothing swallowed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from verband.formats import Limits, detect, open_reading
from verband.language.errors import InputError, texts
from verband.language.records import Reading, Record, Reject

Split = Callable[[Reading], tuple[list[Record], list[Reject]]]
Write = Callable[..., Path]

MAPPING = """
[source]
key = "own"
name = "Own list"
[record]
key = "id"
name = "title"
date = "date"
"""
TABLE = "id,title,date\n1,one,2021-05-03\n"


def refused(act: Callable[[], object]) -> InputError:
    with pytest.raises(InputError) as caught:
        act()
    assert texts()[caught.value.code].keys() >= {"en", "nl", "hint_en", "hint_nl"}
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b" \n\n", "file.empty"),
        (gzip.compress(b"", mtime=0), "file.empty"),
        (b"PK\x03\x04rest", "file.foreign"),
        (gzip.compress(b"PK\x03\x04rest", mtime=0), "file.foreign"),
        (b"%PDF-1.7", "file.foreign"),
        ("a,b\n1,2\n".encode("utf-16-le"), "file.binary"),
        (gzip.compress(b'{"type": "bundle"}' * 99, mtime=0)[:40], "file.gzip_truncated"),
        (b"\x1f\x8bnothing of gzip", "file.gzip_damaged"),
        (b'{"type": "bundle", "objects": [{"type": "tool"', "json.truncated"),
        (b'{"type": "bundle", "objects": [}', "json.malformed"),
        (b'{"type": "bundle"}', "stix.none"),
        (b"[]", "stix.none"),
        (b'{"type": "bundle", "objects": [{"name": "\xe9"}]}', "text.encoding"),
        (b"one word only", "format.unknown"),
        (b",,\n1,2,3\n", "table.no_header"),
        (b"a,b,a\n1,2,3\n", "table.header_twice"),
        (b"what,when\n1,2\n", "format.mapping_needed"),
        (b"nationality,religion\nx,y\n", "file.person_features_only"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_refused(write: Write, content: bytes, code: str) -> None:
    path = write(content)

    error = refused(lambda: open_reading(path))

    assert error.code == code
    assert error.hint()


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    assert refused(lambda: open_reading(tmp_path / "none.csv")).code == "file.missing"
    assert refused(lambda: open_reading(tmp_path)).code == "file.folder"
    assert refused(lambda: open_reading(tmp_path, format="xml")).code == "file.folder"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(write: Write) -> None:
    limits = Limits(free_bytes=1 << 16, ratio=200)
    path = write(gzip.compress(b'{"type": "bundle", "x": "' + b" " * 2_000_000))

    error = refused(lambda: open_reading(path, limits=limits))

    assert error.code == "file.bomb"


def test_more_than_the_bound_is_refused_packed_or_not(write: Write) -> None:
    limits = Limits(file_bytes=1_000)
    text = json.dumps({"type": "bundle", "objects": [{"x": str(number)} for number in range(500)]}).encode()

    plain = refused(lambda: open_reading(write(text, "a"), limits=limits))
    packed = refused(lambda: open_reading(write(gzip.compress(text), "b"), limits=limits))

    assert (plain.code, packed.code) == ("file.too_large", "file.too_large")


def test_a_huge_line_is_refused_by_its_line_without_being_held(write: Write) -> None:
    limits = Limits(row_bytes=10_000)
    path = write(TABLE + "2," + "x" * 50_000 + ",2021\n")
    mapping = write(MAPPING, "m.toml")

    error = refused(lambda: list(open_reading(path, mapping=mapping, limits=limits)))

    assert (error.code, error.params["line"]) == ("table.row_too_long", 3)


def test_a_quote_that_never_closes_is_refused_by_its_line(write: Write) -> None:
    path = write(TABLE + '2,"two,2021\n3,three,2021\n')
    mapping = write(MAPPING, "m.toml")

    error = refused(lambda: list(open_reading(path, mapping=mapping)))

    assert (error.code, error.params["line"]) == ("table.quote_open", 3)


def test_a_huge_object_is_a_reject(write: Write, split: Split) -> None:
    path = write(json.dumps([{"type": "x", "long": "y" * 5_000}]))

    records, rejects = split(open_reading(path, limits=Limits(object_bytes=1_000)))

    assert (records, rejects[0].code) == ([], "stix.object_too_large")


def test_wrong_encoding_names_line_and_byte_and_the_right_one_is_taken(write: Write, split: Split) -> None:
    path = write(TABLE.encode() + "2,café,2021\n".encode("cp1252"))
    mapping = write(MAPPING, "m.toml")

    error = refused(lambda: list(open_reading(path, mapping=mapping)))
    records, _ = split(open_reading(path, mapping=mapping, encoding="cp1252"))

    assert (error.code, error.params["line"], error.params["offset"]) == ("text.encoding", 3, 36)
    assert records[1].name == "café"
    assert refused(lambda: open_reading(path, mapping=mapping, encoding="klingon")).code == "text.unknown_encoding"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_byte_order_marks_are_obeyed(write: Write, split: Split, encoding: str) -> None:
    path = write("id,title,date\n1,café,2021\n".encode(encoding))

    records, rejects = split(open_reading(path, mapping=write(MAPPING, "m.toml")))

    assert ([record.name for record in records], rejects) == (["café"], [])


def test_a_wrong_column_name_is_answered_with_the_nearest(write: Write) -> None:
    path = write("id,tittle,date\n1,one,2021\n")

    error = refused(lambda: open_reading(path, mapping=write(MAPPING, "m.toml")))

    assert (error.code, error.params["column"], error.params["nearest"]) == ("table.column_missing", "title", "tittle")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021-02-30", "time.impossible"),
        ("2021-13", "time.impossible"),
        ("0021", "time.impossible"),
        ("3/4/2021", "time.ambiguous"),
        ("spring", "time.unreadable"),
        ("2021-05-03/2021-05-01", "time.reversed"),
        ("31 February 2021", "time.impossible"),
    ],
)
def test_a_date_that_is_none_rejects_its_row_with_line_field_and_reason(
    write: Write, split: Split, text: str, code: str
) -> None:
    path = write(f"{TABLE}2,two,{text}\n3,three,\n")

    records, rejects = split(open_reading(path, mapping=write(MAPPING, "m.toml")))

    assert [(reject.line, reject.key, reject.field, reject.code) for reject in rejects] == [(3, "2", "date", code)]
    assert text in rejects[0].reason
    assert [(record.key, record.when is None) for record in records] == [("1", False), ("3", True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021", "2021"),
        ("2021-05", "2021-05"),
        ("2021-Q2", "2021-Q2"),
        ("20210503", "2021-05-03"),
        ("3 mei 2021", "2021-05-03"),
        ("2021-05-03T12:00:00+02:00", "2021-05-03T10:00:00Z"),
        ("2021-05-03/2021-05-09", "2021-05-03/2021-05-09"),
    ],
)
def test_dates_of_seven_kinds_are_read(write: Write, split: Split, text: str, words: str) -> None:
    path = write(f"id,title,date\n1,one,{text}\n")

    records, rejects = split(open_reading(path, mapping=write(MAPPING, "m.toml")))

    assert rejects == []
    assert records[0].when is not None
    assert records[0].when.words() == words


def test_rows_that_do_not_fit_are_rejects_and_nothing_is_skipped(write: Write, split: Split) -> None:
    rows = ["2,two", "3,three,2021,more", ",,", ",keyless,2021", "1,other,2021", '4,"a"b,2021', "", "5,five,2021"]
    path = write(TABLE + "\n".join(rows) + "\n")

    records, rejects = split(open_reading(path, mapping=write(MAPPING, "m.toml")))

    assert [record.key for record in records] == ["1", "5"]
    assert [(reject.line, reject.code) for reject in rejects] == [
        (3, "table.width"), (4, "table.width"), (5, "table.blank_row"), (6, "table.key_empty"), (7, "table.twice"),
        (8, "table.malformed"),
    ]  # fmt: skip


def test_the_format_is_found_by_content_not_by_name(write: Write) -> None:
    stix = write('{"type": "bundle", "objects": []}', "table.csv")
    table = write(TABLE, "bundle.json")

    assert (detect(stix), detect(table)) == ("stix", "csv")


def test_every_error_of_the_formats_has_both_languages_and_a_way_out() -> None:
    groups = ("file.", "text.", "json.", "stix.", "format.", "table.", "mapping.", "actors.")
    codes = [code for code in texts() if code.startswith(groups)]

    incomplete = [code for code in codes if texts()[code].keys() < {"en", "nl", "hint_en", "hint_nl"}]

    assert len(codes) > 30
    assert incomplete == []
