"""Trade flows as csv, of any length: Arrow batches of checked rows, and rejects with line, column and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from verband.formats.limits import LIMITS, Limits
from verband.formats.raw import RawFile, look_at
from verband.formats.rejects import rejected
from verband.formats.table import Table, open_table
from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.records import Reject

COLUMNS = ("year", "product", "exporter", "importer", "value")
UNIT = "unit"
SCHEMA = pa.schema(
    [("year", pa.int32()), ("product", pa.string()), ("exporter", pa.string()), ("importer", pa.string()),
     ("value", pa.float64())]
)  # fmt: skip
#: Of so many bad rows each is told; what comes after is counted.
TOLD = 1_000
_BLOCK = 8 << 20
_YEAR, _VALUE = r"^\s*\d{4}\s*$", r"^\s*(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?\s*$"


class TradeReading:
    """A csv of flows being read: iterate it once for its batches (SCHEMA); `rejects` and `rejected` grow meanwhile.

    `unit_kind` is what the values are in the base of (euro, dollar, mass), empty where the file has no unit.
    """

    def __init__(self, file: RawFile, table: Table, names: Mapping[str, str]) -> None:
        self.rejects: list[Reject] = []
        self.rejected = 0
        self.unit_kind = ""
        self._file, self._table, self._names = file, table, names
        self._wide: list[int] = []

    def __iter__(self) -> Iterator[Any]:
        seen = 0
        try:
            with pa_csv.open_csv(self._file.open(), **self._options()) as reader:
                for batch in reader:
                    yield self._checked(batch, seen)
                    seen += batch.num_rows
        except pa.ArrowInvalid as error:
            reason = str(error).partition("\n")[0]
            raise InputError("supply.text_damaged", file=self._file.name, line=seen + 2, reason=reason) from error

    def _options(self) -> dict[str, Any]:
        return {
            "read_options": pa_csv.ReadOptions(use_threads=False, block_size=_BLOCK, encoding=self._table.encoding),
            "parse_options": pa_csv.ParseOptions(
                delimiter=self._table.separator, invalid_row_handler=self._too_wide, ignore_empty_lines=False
            ),
            "convert_options": pa_csv.ConvertOptions(
                column_types={name: pa.string() for name in self._table.header},
                include_columns=[*self._names.values()],
                strings_can_be_null=False,
            ),
        }

    def _too_wide(self, row: Any) -> str:
        error = InputError("table.width", found=row.actual_columns, expected=row.expected_columns)
        self._wide.append(row.number)
        self._tell(row.number, error, row.text or "")
        return "skip"

    def _checked(self, batch: Any, before: int) -> Any:
        """The rows of a batch that can stand, `before` rows having come before it."""
        cells = {key: batch.column(name) for key, name in self._names.items()}
        sound = pa.array([True] * batch.num_rows, pa.bool_())
        for key, good in (
            ("year", pc.match_substring_regex(cells["year"], _YEAR)),
            ("product", pc.not_equal(pc.utf8_trim_whitespace(cells["product"]), "")),
            ("value", pc.match_substring_regex(cells["value"], _VALUE)),
        ):
            self._refuse(cells[key], pc.and_(sound, pc.invert(good)), before, self._names[key])
            sound = pc.and_(sound, good)
        kept = {key: pc.utf8_trim_whitespace(column.filter(sound)) for key, column in cells.items()}
        values = kept["value"].cast(pa.float64())
        if UNIT in kept:
            places = pc.indices_nonzero(sound)
            values = pc.multiply(values, self._factors(kept[UNIT], places, before))
        self.rejects.sort(key=lambda reject: reject.line)
        names = [pc.if_else(pc.equal(kept[key], ""), None, kept[key]) for key in ("exporter", "importer")]
        return pa.record_batch([kept["year"].cast(pa.int32()), kept["product"], *names, values], schema=SCHEMA)

    def _refuse(self, column: Any, wrong: Any, before: int, name: str) -> None:
        places = pc.indices_nonzero(wrong)
        told = places[: max(0, TOLD - len(self.rejects))]
        for at in told.to_pylist():
            text = column[at].as_py()
            self._tell(self._line(before + at), InputError("supply.flow", text=text, column=name, field=name), text)
        self.rejected += len(places) - len(told)

    def _factors(self, units: Any, places: Any, before: int) -> Any:
        known = catalogue("trade_units")
        factors = {}
        for word in units.unique().to_pylist():
            found = known.find(word)
            line = self._line(before + places[pc.index(units, word).as_py()].as_py())
            if found is None:
                named = ", ".join(known.keys())
                raise InputError("supply.unit", file=self._file.name, line=line, unit=word, known=named)
            kind = str(found.fields["kind"])
            if self.unit_kind not in ("", kind):
                first, second = self.unit_kind, kind
                raise InputError("supply.units_mixed", file=self._file.name, line=line, first=first, second=second)
            self.unit_kind = kind
            factors[word] = float(str(found.fields["factor"]))
        words = pa.array(list(factors), pa.string())
        return pa.array(list(factors.values()), pa.float64()).take(pc.index_in(units, words))

    def _line(self, at: int) -> int:
        """The line of the row that is number `at` of those that were wide enough, from 0."""
        line = at + 2
        for skipped in self._wide:
            if skipped <= line:
                line += 1
        return line

    def _tell(self, line: int, error: InputError, text: str) -> None:
        self.rejected += 1
        if len(self.rejects) < TOLD:
            self.rejects.append(rejected(line, error, text=text))


def read_trade_flows(
    path: Path | str, *, columns: Mapping[str, str] | None = None, encoding: str = "", limits: Limits = LIMITS
) -> TradeReading:
    """A csv with year, product, exporter, importer and value, and where there is one a unit (kEUR, t ...).

    `columns`: what the file calls them, for those it calls something else. An empty exporter or importer is one that
    the source does not state. Line breaks within a cell are not read. Values with units come in euro, dollar or kg.
    Raises InputError("table.column_missing") with the nearest; while it is read ("supply.unit") for a unit that is not
    known, ("supply.units_mixed"), ("supply.text_damaged").
    """
    file = look_at(path, limits=limits)
    table = open_table(file, encoding=encoding)
    names = {key: (columns or {}).get(key, key) for key in COLUMNS}
    table.require(names.values())
    unit = (columns or {}).get(UNIT, UNIT)
    return TradeReading(file, table, names | ({UNIT: unit} if unit in table.columns else {}))
