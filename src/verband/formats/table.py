"""CSV as rows with their line: encoding, separator, bounded rows, person features left out, nothing skipped."""

from __future__ import annotations

import codecs
import csv
import io
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from verband.formats.raw import RawFile, known_encoding, look_at, printable
from verband.formats.rejects import rejected
from verband.language.errors import InputError, LocatedError
from verband.language.person_features import all_stripped, is_person_feature
from verband.language.records import Record, Reject, SourceInfo, Stripped, json_bytes
from verband.language.words import closest

_SEPARATORS = ",;\t|"
#: Among so many columns the nearest to a missing one is looked for.
_COMPARED = 500
#: A file's name has room for so many bytes.
_LONGEST_NAME = 200


def shown(name: str) -> str:
    """A column's name as an error shows it: what is no name at all is cut."""
    return name if len(name) <= 60 else name[:59] + "…"


@dataclass(frozen=True)
class Row:
    """One row: the line on which it starts and its cells by column, person features left out."""

    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """The cell without space around it, empty where the column is absent."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True)
class Table:
    """A CSV file whose header has been read. `columns` are those that are kept, in the order of the file."""

    file: RawFile
    encoding: str
    separator: str
    header: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Counter[str] = field(default_factory=Counter)

    def rows(self) -> Iterator[Row | Reject]:
        """Every row of the file; one with too few or too many cells, or none filled in, is a reject.

        Raises InputError("table.row_too_long"), ("table.quote_open") or ("text.encoding") where nothing behind it can
        be read.
        """
        for line, row, text in self._checked():
            yield rejected(line, row, text=text) if isinstance(row, InputError) else row

    def whole(self) -> Iterator[Row]:
        """Every row of a file of which none may be wrong.

        Raises LocatedError with the line of a row that is, and what `rows` raises.
        """
        for line, row, _ in self._checked():
            if isinstance(row, InputError):
                raise LocatedError(row, file=self.file.name, line=line)
            yield row

    def _checked(self) -> Iterator[tuple[int, Row | InputError, str]]:
        """Each row with its line; instead of one that is wrong why it is, with its text."""
        wanted = frozenset(self.columns)
        kept = [(name, at) for at, name in enumerate(self.header) if name in wanted]
        left_out = [(name, at) for at, name in enumerate(self.header) if name not in wanted]
        rows = _parsed(self.file, self.encoding, self.separator)
        next(rows)
        for number, (line, cells) in enumerate(rows, start=1):
            if number > self.file.limits.rows:
                raise InputError("file.too_many", file=self.file.name, limit=self.file.limits.rows)
            if isinstance(cells, InputError):
                yield line, cells, ""
            elif len(cells) != len(self.header):
                error = InputError("table.width", found=len(cells), expected=len(self.header))
                yield line, error, self.separator.join(cells[at] for _, at in kept if at < len(cells))
            elif not any(cell.strip() for cell in cells):
                yield line, InputError("table.blank_row"), ""
            else:
                for name, at in left_out:
                    if cells[at]:
                        self.counts[name] += 1
                yield line, Row(line, {name: cells[at] for name, at in kept}), ""

    def require(self, columns: Iterable[str]) -> None:
        """Raises InputError("table.column_missing") with the nearest match where one of these is not in the header."""
        for column in columns:
            if column not in self.columns:
                nearest = shown(closest(column, self.columns[:_COMPARED]) or "")
                known = ", ".join(map(shown, self.columns[:8]))
                raise InputError(
                    "table.column_missing",
                    column=column,
                    nearest=nearest,
                    known=known,
                    file=self.file.name,
                    field=column,
                )


def open_table(file: RawFile, *, encoding: str = "", separator: str = "") -> Table:
    """The table in a file.

    A byte order mark says the encoding; without one it is `encoding`, or UTF-8. The separator is the one that the
    first line holds most of. Person features are told by their column names (P12).

    Raises InputError("table.no_header"), ("table.header_twice"), ("file.person_features_only"),
    ("text.unknown_encoding") or what `rows` raises.
    """
    encoding = known_encoding(file.bom or encoding or "utf-8")
    if separator and (len(separator) != 1 or separator in '\r\n"'):
        raise InputError("table.separator", separator=separator)
    separator = separator or _separator(file, encoding)
    _, first = next(_parsed(file, encoding, separator), (1, []))
    if isinstance(first, InputError) or not any(name.strip() for name in first):
        raise InputError("table.no_header", file=file.name)
    header = tuple(name.strip() or f"column_{at}" for at, name in enumerate(first, start=1))
    twice = next((name for name, count in Counter(header).items() if count > 1), None)
    if twice is not None:
        raise InputError("table.header_twice", column=shown(twice), file=file.name, field=twice)
    if all_stripped(header):
        raise InputError("file.person_features_only", file=file.name)
    columns = tuple(name for name in header if not is_person_feature(name))
    return Table(file, encoding, separator, header, columns, Counter(dict.fromkeys(set(header) - set(columns), 0)))


@contextmanager
def table_in(content: bytes, name: str) -> Iterator[Table]:
    """The table in bytes that came in under that name, to be read while it is open.

    Raises what `look_at` and `open_table` raise.
    """
    with tempfile.TemporaryDirectory(prefix="verband-") as folder:
        path = Path(folder) / printable(Path(name).name).encode()[-_LONGEST_NAME:].decode("utf-8", "ignore")
        path.write_bytes(content)
        yield open_table(look_at(path))


class TableReading:
    """A table being read row by row. `line` of a record or reject is the line of the file on which its row starts."""

    total: int | None = None

    def __init__(
        self,
        format_name: str,
        table: Table,
        source: SourceInfo,
        key_of: Callable[[Row], str],
        read_row: Callable[[Row], Record],
    ) -> None:
        self.format, self.source = format_name, source
        self.sha256, self.size = table.file.sha256, table.file.size
        self.check_unchanged = table.file.check_unchanged
        self._table, self._key_of, self._read_row = table, key_of, read_row

    def __iter__(self) -> Iterator[Record | Reject]:
        # Of each row's content its digest alone: a table may be longer than memory.
        contents: dict[str, bytes] = {}
        for row in self._table.rows():
            if isinstance(row, Reject):
                yield row
                continue
            try:
                record = self._read_row(row)
                digest = blake2b(record.content, digest_size=16).digest()
                if contents.setdefault(record.key, digest) != digest:
                    raise InputError("table.twice", key=record.key, field="")
            except InputError as error:
                yield rejected(row.line, error, key=self._key_of(row), text=json_bytes(row.cells).decode())
            else:
                yield record

    @property
    def stripped(self) -> tuple[Stripped, ...]:
        """The person features that were left out, in the order of the header, with how many rows held one."""
        counts = self._table.counts
        return tuple(Stripped(name, counts[name]) for name in self._table.header if name in counts)


def _separator(file: RawFile, encoding: str) -> str:
    first = next(_lines(file, encoding), (1, ""))[1]
    outside = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def _parsed(file: RawFile, encoding: str, separator: str) -> Iterator[tuple[int, list[str] | InputError]]:
    """Each row with the line on which it starts; blank lines are no rows."""
    lines = _Lines(file, encoding)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        start = lines.begin()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            reason = str(error)
            if "field limit" in reason:
                raise InputError(
                    "table.row_too_long", line=start, file=file.name, limit_kib=csv.field_size_limit() >> 10
                ) from error
            if "end of data" in reason:
                raise InputError("table.quote_open", line=start, file=file.name) from error
            yield start, InputError("table.malformed", reason=reason)
            continue
        if cells is None:
            return
        if cells:
            yield start, cells


class _Lines:
    """The lines of a file, with a bound on how many bytes one row may take."""

    def __init__(self, file: RawFile, encoding: str) -> None:
        self._lines = _lines(file, encoding)
        self._file = file
        self._limit = file.limits.row_bytes
        self._at = self._taken = 0
        self._start = 1

    def begin(self) -> int:
        """A new row starts here; its line."""
        self._taken = 0
        self._start = self._at + 1
        return self._start

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self._at, line = next(self._lines)
        self._taken += len(line)
        if self._taken > self._limit:
            raise InputError("table.row_too_long", line=self._start, file=self._file.name, limit_kib=self._limit >> 10)
        return line


def _lines(file: RawFile, encoding: str) -> Iterator[tuple[int, str]]:
    """Each line with its number, never more of one than the bound allows plus a character."""
    limit = file.limits.row_bytes + 1
    with io.TextIOWrapper(file.open(), encoding=encoding, errors="strict", newline="") as text:
        at = 0
        try:
            while line := text.readline(limit):
                at += 1
                yield at, line
        except UnicodeError as error:
            raise _misread(file, encoding) from error


def _misread(file: RawFile, encoding: str) -> InputError:
    """Where the text first is not in that encoding: the line and the byte."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, done = 1, 0
    for piece in file.pieces():
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as error:
            inside = max(0, error.start - waiting)
            line += piece.count(b"\n", 0, inside)
            return InputError("text.encoding", file=file.name, encoding=encoding, line=line, offset=done + inside)
        line += piece.count(b"\n")
        done += len(piece)
    return InputError("text.encoding", file=file.name, encoding=encoding, line=line, offset=done)
