"""A csv file of commitments as rows. What a cell means is checked when the rows are loaded."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from verband.language.errors import InputError
from verband.language.words import closest
from verband.rooms.measures.loading import CommitmentRow

#: Columns that must be there; the others may be absent.
NEEDED = ("id", "type", "title_en", "owner", "owner_basis", "accent", "source")
#: Most digits of a line number.
_DIGITS = 9


def read_rows(path: Path, *, titles: Mapping[str, tuple[str, str, str]]) -> list[CommitmentRow]:
    """The rows of a UTF-8 csv file with a header, in its order.

    `source` is a title in words, or a key of `titles`: (Dutch title, English title, parliamentary number).
    Raises InputError("ingest.no_file"), ("measures.unreadable"), ("measures.column_missing") with the nearest column,
    ("measures.line").
    """
    if not path.is_file():
        raise InputError("ingest.no_file", file=path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        try:
            _demand_columns(path.name, list(reader.fieldnames or ()))
            return [_row(path.name, reader.line_num, cells, titles) for cells in reader]
        except (csv.Error, UnicodeDecodeError) as error:
            raise InputError("measures.unreadable", file=path.name, line=reader.line_num, reason=str(error)) from error


def _demand_columns(name: str, found: list[str]) -> None:
    missing = [column for column in NEEDED if column not in found]
    if missing:
        nearest = ", ".join(f"{column} ~ {closest(column, found) or '?'}" for column in missing)
        raise InputError(
            "measures.column_missing", file=name, missing=", ".join(missing), found=", ".join(found), nearest=nearest
        )


def _row(
    name: str, number: int, cells: Mapping[str | None, str | None], titles: Mapping[str, tuple[str, str, str]]
) -> CommitmentRow:
    if None in cells or None in cells.values():
        raise InputError("measures.unreadable", file=name, line=number, reason="cells")
    text = {str(column): str(cell).strip() for column, cell in cells.items()}

    def get(column: str) -> str:
        return text.get(column, "")

    source = get("source")
    source_nl, source_en, source_number = titles.get(source, (source, source, get("source_number")))
    return CommitmentRow(
        key=get("id"),
        kind=get("type"),
        title_nl=get("title_nl") or get("title_en"),
        title_en=get("title_en"),
        owner=get("owner"),
        owner_basis=get("owner_basis"),
        co_owners=_parts(get("co_owners")),
        owed_to_parliament=get("owed_to_parliament") or "none",
        papers=_parts(get("kamerstuk")),
        stated_on=get("date_stated"),
        due_as_stated=get("due_as_stated"),
        status_as_stated=get("status_as_stated"),
        theme=get("theme_key"),
        theme_verified=get("theme_verified") == "yes",
        accent=get("accent"),
        accent_verified=get("accent_verified") == "yes",
        interests=_parts(get("interests")),
        marking=get("marking") or "CLEAR",
        source_nl=source_nl,
        source_en=source_en,
        source_number=source_number,
        section=get("section"),
        line=_line(get("line"), get("id")),
        anchor_nl=get("anchor_nl"),
        note=get("note"),
    )


def _line(text: str, key: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > _DIGITS:
        raise InputError("measures.line", text=text, key=key)
    return int(text)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
