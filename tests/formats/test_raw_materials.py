"""Supply shares, uses and printed figures: what is read, and what is refused with its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verband.formats.raw_materials import printed_share, read_material_figures, read_supply_shares, read_use_shares
from verband.language.errors import InputError
from verband.language.materials import GLOBAL_ONLY
from verband.language.rounded import Rounded

HEAD = "Material,Stage,Country,Share,t\n"


@pytest.mark.parametrize(
    ("text", "low", "value", "high"),
    [
        ("4%", 0.035, 0.04, 0.045),
        ("0.4%", 0.0035, 0.004, 0.0045),
        ("100%", 0.995, 1.0, 1.0),
        ("0%", 0.0, 0.0, 0.005),
        ("<0.1%", 0.0, 0.0005, 0.001),
        (">0%", 0.0, 0.0025, 0.005),
    ],
)
def test_a_printed_share_carries_what_rounds_to_it(text: str, low: float, value: float, high: float) -> None:
    found = printed_share(text)

    assert (found.low, found.value, found.high) == pytest.approx((low, value, high))


@pytest.mark.parametrize("text", ["6", "0.06", "6 kg", "6‰", "140%", "-1%", "", "four %"])
def test_a_share_without_a_known_unit_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        printed_share(text)

    assert caught.value.code == "supply.share_unit"


def test_rows_that_cannot_be_read_are_told_with_line_and_column_and_the_rest_lands(tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    rows = ["Tin,E,China,30%,1.0", "Tin,E,Peru,6,1.0", "Tin,E,,6%,1.0", "Tin,E,Chile,6%,x", "Tin,E,Mali,6%,-1", "Tin,E"]
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")

    found = read_supply_shares(path)

    assert [(row.country, row.t) for row in found.rows] == [("China", 1.0)]
    assert [(one.line, one.field, one.code) for one in found.rejects] == [
        (3, "Share", "supply.share_unit"),
        (4, "Country", "supply.empty"),
        (5, "t", "supply.number"),
        (6, "t", "supply.number"),
        (7, "", "table.width"),
    ]


def test_a_file_that_is_no_utf_8_is_read_as_the_public_ones_are_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    path.write_text(HEAD + "Tin,E,Türkiye,30%,1.0\n", encoding="cp1252")

    found = read_supply_shares(path)

    assert (found.rows[0].country, found.encoding) == ("Türkiye", "cp1252")
    with pytest.raises(InputError, match="not utf-8"):
        read_supply_shares(path, encoding="utf-8")


def test_a_column_that_is_missing_is_named_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    path.write_text("Material,Stage,Countries,Share,t\nTin,E,China,30%,1\n", encoding="utf-8")

    with pytest.raises(InputError, match="Countries"):
        read_supply_shares(path)


def test_uses_need_their_value_added_in_million_euro(tmp_path: Path) -> None:
    path = tmp_path / "uses.csv"
    head = "Material,Application,Share,NACE sector,VA in million {}\n"
    path.write_text(head.format("€") + "Tin,Solder,40%,C26,500\nTin,Other,60%,,\n", encoding="cp1252")

    found = read_use_shares(path)

    assert [(row.application, row.sector, row.value_added_meur) for row in found.rows] == [
        ("Solder", "C26", 500.0),
        ("Other", "", None),
    ]
    path.write_text(head.format("barrels") + "Tin,Solder,40%,C26,500\n", encoding="utf-8")
    with pytest.raises(InputError, match="unit of 'VA in million barrels'"):
        read_use_shares(path)


def report() -> dict[str, Any]:
    t3 = {"stage": "Extraction", "SR": 2.4, "EI": 3.9, "IR": None, "RIR": 0.0, "data": "GS only"}
    return {"t3": {"Beryllium": t3}, "t18": {"Beryllium": [1.0, 0.9, 2.4, None]}}


def test_figures_of_the_report_carry_their_printed_digits(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(report()), encoding="utf-8")

    (one,) = read_material_figures(path)

    assert (one.rests_on, one.import_reliance, one.hhi_eu) == (GLOBAL_ONLY, None, None)
    assert one.si_sr == Rounded(0.9, 0.85, 0.95)
    assert one.recycling == Rounded(0.0, 0.0, 0.005)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: raw.pop("t18"), "t3, t18"),
        (lambda raw: raw["t18"].clear(), "Beryllium: in one table only"),
        (lambda raw: raw["t3"]["Beryllium"].pop("RIR"), "Beryllium: no 'RIR'"),
        (lambda raw: raw["t3"]["Beryllium"].update(RIR=1.4), "outside 0 to 1"),
        (lambda raw: raw["t3"]["Beryllium"].update(SR=2.45), "more than 1 decimals"),
        (lambda raw: raw["t3"]["Beryllium"].update(data="all"), "data is 'all'"),
        (lambda raw: raw["t18"].update(Beryllium=[1.0, 0.9]), "Beryllium"),
        (lambda raw: raw["t3"].update(Beryllium=3), "Beryllium"),
    ],
)
def test_a_report_that_cannot_be_read_names_the_material(
    spoil: Callable[[dict[str, Any]], object], said: str, tmp_path: Path
) -> None:
    raw = report()
    spoil(raw)
    path = tmp_path / "report.json"
    path.write_text(json.dumps(raw), encoding="utf-8")

    with pytest.raises(InputError, match=said) as caught:
        read_material_figures(path)

    assert caught.value.code == "supply.report_tables"
