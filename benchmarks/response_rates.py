"""Rates of responses: how many cells stand on enough cases, from the coded responses of the embedded incidents."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from verband.demo.responses import counted, rate_table, readings_agree
from verband.demo.tables import load
from verband.language.catalogues import catalogue
from verband.methods.responding import EUREPOC, NOTABLE, Cell, beside_sentence, sentence

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("VERBAND_SHARED_DATA") or ROOT / "../shared/data")


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """`cells` of an instrument by a domain or means, and for all together, that are shown, each with its interval and
    the sentence that its rows were collected because they were notable (printed); `smallest_cell`: the fewest cases
    that a shown cell stands on, be it in the group or among those that name the instrument; `suppressed`: not shown.

    `cells_domain`, `cells_means` and `cells_all` are the parts of `cells`. `cases` have a stated response, of
    `cases_unstated` nothing is known. `kappa` and `rows_that_differed` are of two readings by one coder. `eurepoc_*`
    are counted in the shared data, and missing without it. There is no seed in it, and it is quick as it is.
    """
    cases, table = counted(), rate_table()
    shown = table.shown
    for cell in shown:
        print(said(cell))
    print(beside_sentence(EUREPOC, language="en"))
    together = readings_agree()[0]
    assert all(NOTABLE["en"] in said(cell) for cell in table.cells)
    out: dict[str, float | int] = {
        "cells": len(shown),
        "smallest_cell": min((min(cell.cases, cell.used or 0) for cell in shown), default=0),
        "suppressed": len(table.suppressed),
        "cells_domain": sum(cell.grouping == "domain" for cell in shown),
        "cells_means": sum(cell.grouping == "means" for cell in shown),
        "cells_all": sum(cell.grouping == "" for cell in shown),
        "cases": table.stated,
        "cases_unstated": table.unstated,
        "left_out_responses": cases.responses,
        "left_out_decoys": cases.decoys,
        "left_out_told_twice": cases.told_twice,
        "rows_that_differed": rows_that_differed(),
        "kappa": round(together.kappa or 0.0, 4),
    }
    file = SHARED / "eurepoc" / "incidents_before_2021.csv"
    if file.is_file():
        out |= eurepoc(file)
    return out


def said(cell: Cell) -> str:
    """The sentence of a cell in English."""
    words = {"domain": catalogue("domains"), "means": catalogue("means")}
    known = words[cell.grouping].find(cell.group) if cell.grouping else None
    group = known.en if known else cell.group
    return sentence(cell, instrument=catalogue("instruments").get(cell.instrument).en, group=group, language="en")


def rows_that_differed() -> int:
    """Rows that the two readings coded differently in anything."""
    return sum(set(row.first) != set(row.second) for row in load("response_readings"))


def eurepoc(file: Path) -> dict[str, float | int]:
    """Incidents with a political and with a legal response, counted in the snapshot."""
    csv.field_size_limit(10**8)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {
        "eurepoc_incidents": len(rows),
        "eurepoc_political": sum(int(row["number_of_political_responses"]) > 0 for row in rows),
        "eurepoc_legal": sum(int(row["number_of_legal_responses"]) > 0 for row in rows),
    }
