"""Tables into editions: what is computed for each year is kept, with source, marking and version of the method."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from verband.language.errors import InputError
from verband.language.materials import SupplyShare
from verband.language.words import closest
from verband.methods.depending import supply
from verband.methods.depending.supply.dependence import VERSION as TRADE_VERSION
from verband.methods.engine import Engine
from verband.rooms.exposure import keeping
from verband.rooms.exposure.dependence.models import MATERIALS, TRADE, Edition, Figure, SectorResult
from verband.rooms.exposure.dependence.reading import TradeRows
from verband.rooms.people.services import Reader, demand

#: Whose supply the shares of materials are of.
SCOPES = ("world", "eu")
EARLIEST = 1950
_AT_ONCE = 500
_SECTORS_KEPT = 60


@dataclass(frozen=True)
class Said:
    """What a person says of a table that comes in: where it is from and how it is marked."""

    source: str
    marking: str

    def checked(self) -> Said:
        """The same. Raises InputError("exposure.empty") with the field that is not filled in."""
        for field in ("source", "marking"):
            if not getattr(self, field).strip():
                raise InputError("exposure.empty", field=field)
        if len(self.source) > 400:
            raise InputError("exposure.long", field="source", most=400, found=len(self.source))
        return self


def item_key(kind: str, name: str, stage: str = "") -> str:
    """The address of a product or of a material and stage; where letters are lost a few of its digest stand behind."""
    text = f"{name} {stage}".strip()
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80]
    kept = plain.replace("-", " ") == text.lower()
    digest = "" if kept else f"-{sha256(f'{name}|{stage}'.encode()).hexdigest()[:6]}"
    return f"{'product' if kind == TRADE else 'material'}-{plain}{digest}"


def keep_trade(
    rows: TradeRows, members: Sequence[str], said: Said, *, engine: Engine, who: Reader, now: datetime
) -> tuple[Edition, ...]:
    """An edition for each year in the flows, oldest first. All come in or none.

    Raises RefusedError("people.no_power"), InputError("supply.no_members"), ("strategic.members") with the member that
    the flows do not name and the nearest there is, ("strategic.edition_there") with the years that stand already,
    ("strategic.year"), and what computing and `keeping.keep` raise.
    """
    demand(who, "upload")
    said = said.checked()
    _check_members(rows, members, engine)
    years = supply.product_years(rows.flows, members, engine=engine)
    shares = supply.product_shares(rows.flows, members, engine=engine)
    scope = ", ".join(sorted(set(members)))
    if len(scope) > 400:
        raise InputError("exposure.long", field="members", most=400, found=len(scope))
    found = sorted({one.year for one in years})
    for year in found:
        _check_year(year, now)
    _check_new(TRADE, scope, found, who)
    kept = []
    with transaction.atomic():
        for year in found:
            fields = {"unit": rows.unit, "rejected": rows.rejected, "method": TRADE_VERSION}
            edition = _edition(TRADE, year, scope, fields, said, who, now)
            _figures(
                edition,
                [
                    {
                        "name": one.product,
                        "figures": asdict(one),
                        "shares": [[name, part, part, part, 1.0] for name, part in shares.get((year, one.product), ())],
                    }
                    for one in years
                    if one.year == year
                ],
            )
            kept.append(edition)
    return tuple(kept)


def keep_materials(
    shares: Sequence[SupplyShare],
    said: Said,
    *,
    year: int,
    scope: str,
    rejected: int,
    who: Reader,
    now: datetime,
) -> Edition:
    """An edition of the shares of one whole, the world's supply or the Union's, for the year that the source states.

    Raises as `keep_trade`, InputError("exposure.word") for another scope, and what `supply.dependency_table` raises.
    """
    demand(who, "upload")
    said = said.checked()
    if scope not in SCOPES:
        raise InputError("exposure.word", field="scope", word=scope, known=", ".join(SCOPES))
    if not shares:
        raise InputError("strategic.no_shares", field="file")
    _check_year(year, now)
    table = supply.dependency_table(shares)
    _check_new(MATERIALS, scope, [year], who)
    groups: dict[tuple[str, str], list[SupplyShare]] = {}
    for one in shares:
        groups.setdefault((one.material, one.stage), []).append(one)
    with transaction.atomic():
        fields = {"unit": "", "rejected": rejected, "method": table.version}
        edition = _edition(MATERIALS, year, scope, fields, said, who, now)
        _figures(
            edition,
            [
                {
                    "name": material,
                    "stage": stage,
                    "shares": [[one.country, one.share.value, one.share.low, one.share.high, one.t] for one in group],
                }
                for (material, stage), group in groups.items()
            ],
        )
    return edition


def keep_sector(
    found: supply.SectorShock, said: Said, *, table: str, year: int, unit: str, who: Reader, now: datetime
) -> SectorResult:
    """The result of a shock, with the largest losses by sector and all by country. Raises as `keep_trade`."""
    demand(who, "upload")
    said = said.checked()
    _check_year(year, now)
    shock = found.shock
    result = {
        "lost": found.lost,
        "error": found.error,
        "how": found.how,
        "terms": found.terms,
        "sectors": len(found.rows),
        "clipped": sum(row.clipped for row in found.rows),
        "by_country": [list(row) for row in found.by_country if row[1] > 0],
        "rows": [[row.country, row.industry, row.lost, row.share, row.clipped] for row in found.rows[:_SECTORS_KEPT]],
    }
    fields = {
        "source": said.source.strip(),
        "table": table,
        "year": year,
        "country": shock.country,
        "industry": shock.industry,
        "share": shock.share,
        "side": shock.side,
        "unit": unit,
        "method": found.version,
        "result": result,
    }
    return keeping.keep(
        SectorResult,
        register="sectors",
        fields=fields,
        marking=said.marking,
        rests_on=(),
        who=who,
        now=now,
    )


def _edition(
    kind: str, year: int, scope: str, more: Mapping[str, Any], said: Said, who: Reader, now: datetime
) -> Edition:
    fields = {"kind": kind, "year": year, "scope": scope, "source": said.source.strip(), **more}
    fields["thresholds"] = supply.thresholds().version
    return keeping.keep(
        Edition, register="editions", fields=fields, marking=said.marking, rests_on=(), who=who, now=now
    )


def _figures(edition: Edition, rows: Iterable[Mapping[str, Any]]) -> None:
    made = [
        Figure(edition=edition, item=item_key(edition.kind, row["name"], row.get("stage", "")), **row) for row in rows
    ]
    for one in made:
        if len(one.name) > 200 or len(one.stage) > 40:
            raise InputError("exposure.long", field="file", most=200, found=len(one.name))
    Figure._default_manager.bulk_create(made, batch_size=_AT_ONCE)


def _check_new(kind: str, scope: str, years: Sequence[int], who: Reader) -> None:
    standing = {row.year: row for row in keeping.standing(Edition, who) if (row.kind, row.scope) == (kind, scope)}
    there = [year for year in years if year in standing]
    if there:
        said = ", ".join(map(str, there))
        raise InputError("strategic.edition_there", field="file", years=said, source=standing[there[0]].source)


def _check_year(year: int, now: datetime) -> None:
    if not EARLIEST <= year <= now.year + 1:
        raise InputError("strategic.year", field="year", year=year, least=EARLIEST, most=now.year + 1)


def _check_members(rows: TradeRows, members: Sequence[str], engine: Engine) -> None:
    if not members:
        raise InputError("supply.no_members", field="members")
    if not rows.flows.rows:
        raise InputError("supply.no_flows", field="file")
    named = supply.countries_named(rows.flows, engine=engine)
    for member in members:
        if member not in named:
            near = closest(member, named) or ", ".join(sorted(named)[:8]) or "-"
            raise InputError("strategic.members", field="members", member=member, nearest=near)
