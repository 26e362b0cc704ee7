"""Small tables whose indicators can be worked out by hand, and how they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.rooms.exposure.conftest import NOW, WRITER
from verband.methods.engine import engine
from verband.rooms.exposure.dependence import editions, reading, steps
from verband.rooms.exposure.dependence.models import Edition

#: Of chips 60 + 20 of 80 come from two countries outside; HHI .75^2 + .25^2 = .625. Of tin half from each of two.
TRADE = """year,product,exporter,importer,value
{year},chips,TW,NL,60
{year},chips,US,NL,20
{year},chips,DE,NL,10
{year},tin,BR,NL,5
{year},tin,PE,NL,5
"""
#: Gallium: .9^2 + .05^2 = .8125. Tin: .3^2 + .2^2 = .13 over half of the supply, so a warning.
SHARES = """Material,Stage,Country,Share,t
Gallium,P,Ruritania,90%,1
Gallium,P,Graustark,5%,1
Tin,E,Graustark,30%,1
Tin,E,Syldavia,20%,1
"""
SAID = editions.Said("A published table", "CLEAR")


def keep_trade(
    folder: Path, *years: int, text: str = TRADE, members: Sequence[str] = ("NL", "DE"), marking: str = "CLEAR"
) -> tuple[Edition, ...]:
    """The trade table for each of these years, kept."""
    rows = [text.format(year=year).splitlines() for year in years]
    file = folder / "flows.csv"
    file.write_text("\n".join([rows[0][0], *(line for lines in rows for line in lines[1:])]) + "\n", encoding="utf-8")
    found = reading.trade_rows([file], {}, folder)
    said = editions.Said(SAID.source, marking)
    return editions.keep_trade(found, members, said, engine=engine("duckdb"), who=WRITER, now=NOW)


def keep_shares(
    folder: Path, year: int = 2023, *, text: str = SHARES, scope: str = "world", marking: str = "CLEAR"
) -> Edition:
    """The table of shares, kept."""
    file = folder / "shares.csv"
    file.write_text(text, encoding="utf-8")
    found = reading.supply_shares(file)
    reading.share_table(file, found)
    said = editions.Said(SAID.source, marking)
    return editions.keep_materials(
        found.rows, said, year=year, scope=scope, rejected=len(found.rejects), who=WRITER, now=NOW
    )


def step(register: str, /, **cells: str) -> None:
    """Keep a row of a step."""
    steps.add(register, {"source": "A paper", "marking": "CLEAR", **cells}, who=WRITER, now=NOW)


def identified(key: str = "chips", **cells: str) -> None:
    """A dependency that is identified."""
    named = {"key": key, "name_nl": f"Afhankelijkheid {key}", "name_en": f"Dependency {key}", "kind": "product"}
    step("dependencies", **{**named, "on_whom": "Taiwan", "for_whom": "Data centres", "reason": "Stated", **cells})


def judged(key: str = "chips", **cells: str) -> None:
    """A judgement that it is risky."""
    told = {"verdict": "risky", "reason": "One maker", "substitutability": "later"}
    step("judgements", dependency=key, **{**told, **cells})


MITIGATION = {
    "text": "A second source",
    "direction": "promote",
    "grounds": "national_security",
    "no_protectionism": "Open to every maker",
    "investment_climate": "No effect is expected",
    "milder": "Talks with the makers; a stock",
    "review_on": "2027-01-01",
}


def mitigated(key: str = "chips", **cells: str) -> None:
    """What is done about it."""
    step("mitigations", dependency=key, **{**MITIGATION, **cells})
