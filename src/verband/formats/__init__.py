"""Bytes to language: each format is read into records, links and rejects. No database, no clock."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verband.formats.actors import actor_names, actor_tokens
from verband.formats.limits import LIMITS, Limits
from verband.formats.raw import RawFile, look_at, printable
from verband.language.errors import InputError
from verband.language.records import Reading

if TYPE_CHECKING:
    from verband.formats.actors import Actors
    from verband.formats.table import Table

#: What can be read, in the order in which it is tried.
FORMATS = ("stix", "eurepoc", "incidents", "csv")

__all__ = ["FORMATS", "LIMITS", "Limits", "actor_names", "actor_tokens", "detect", "open_reading", "printable"]


def detect(path: Path | str, *, limits: Limits = LIMITS) -> str:
    """Which of `FORMATS` a file holds, told by its content; `csv` is a table that needs a mapping.

    Raises InputError("format.unknown") for text that is none of them, or what looking at the file raises.
    """
    return _detected(look_at(path, limits=limits), "")


def open_reading(
    path: Path | str,
    *,
    format: str | None = None,
    mapping: Path | str | None = None,
    actors: Actors | None = None,
    encoding: str = "",
    limits: Limits = LIMITS,
) -> Reading:
    """A file being read. Its records and rejects together are every object or row that it holds.

    `format` is one of `FORMATS`, by content where it is left out. `mapping` is a TOML file that says what the columns
    of a csv mean; without one, a mapping that comes along and fits the header is used. `actors` resolves names; left
    out, the threat actors of the MISP galaxy and all states. `encoding` is for text that is not UTF-8.

    Raises InputError for a file of which nothing can be read, at once or while it is read: then nothing may be kept.
    """
    file = look_at(path, limits=limits)
    if format is not None and format not in FORMATS:
        raise InputError("format.name_unknown", name=format, known=", ".join(FORMATS))
    chosen = format or ("csv" if mapping is not None else _detected(file, encoding))
    if chosen == "stix":
        from verband.formats.stix import StixReading

        return StixReading(file, encoding=encoding)
    return _open_table(file, chosen, mapping, actors, encoding)


def _detected(file: RawFile, encoding: str) -> str:
    head = file.head.lstrip(b"\xef\xbb\xbf")
    if file.bom == "utf-16":
        head = head.decode("utf-16", "ignore").encode()
    if head.lstrip()[:1] in (b"{", b"["):
        return "stix"
    if head.lstrip()[:1] == b"<":
        raise InputError("format.markup", file=file.name)
    from verband.formats.table import open_table

    return _table_format(open_table(file, encoding=encoding))


def _table_format(table: Table) -> str:
    from verband.formats import eurepoc, incidents

    columns = table.columns
    if len(columns) < 2:
        raise InputError("format.unknown", file=table.file.name, known=", ".join(FORMATS))
    if incidents.share(columns, eurepoc.COLUMNS) > 0.5:
        return "eurepoc"
    if max(incidents.share(columns, incidents.PUBLIC), incidents.share(columns, incidents.POLICY)) > 0.5:
        return "incidents"
    return "csv"


def _open_table(
    file: RawFile, format_name: str, mapping: Path | str | None, actors: Actors | None, encoding: str
) -> Reading:
    from verband.formats.actors import known_actors

    def known() -> Actors:
        return actors or known_actors()

    if format_name == "csv":
        from verband.formats.mapped import open_mapped

        return open_mapped(file, mapping, known, encoding=encoding)
    from verband.formats.table import open_table

    table = open_table(file, encoding=encoding)
    if format_name == "eurepoc":
        from verband.formats.eurepoc import read_eurepoc

        return read_eurepoc(table, known)
    from verband.formats.incidents import read_incidents

    return read_incidents(table, known)
