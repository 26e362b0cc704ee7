"""Tables as csv and json: exactly what the page shows, and a line in the log for each that leaves."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand

FORMATS = ("csv", "json")
# A spreadsheet runs a cell that starts like this as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def wanted(request: HttpRequest) -> str:
    """`csv` or `json` where the address asks for an export, else empty."""
    form = request.GET.get("format", "")
    return form if form in FORMATS else ""


def response(
    who: Reader, *, name: str, form: str, rows: Sequence[Mapping[str, Any]], power: str = "export"
) -> HttpResponse:
    """The rows as a file `name.csv` or `name.json`, logged as an export.

    Rows have equal keys in equal order; lists become `a; b` in csv. Raises RefusedError("people.no_power").
    """
    demand(who, power)
    audit.note("exported", actor=who.signature, object=name, detail={"format": form, "rows": len(rows)})
    content = _csv(rows) if form == "csv" else msgspec.json.format(msgspec.json.encode(list(rows)), indent=1)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    )


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    stream = io.StringIO(newline="")
    if rows:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(list(rows[0]))
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return stream.getvalue().encode("utf-8")


def _cell(value: object) -> object:
    if isinstance(value, (list, tuple, frozenset, set)):
        value = "; ".join(str(part) for part in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
