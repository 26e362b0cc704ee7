"""The front door of exposure: what depends on what, what fails when this fails, saved outages, and who holds what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from verband.rooms.exposure import keeping, models
from verband.rooms.exposure.analysing import cascade
from verband.rooms.exposure.network import Network, NodeView, RequirementView, Single, network, ranking, singles
from verband.rooms.exposure.outages import OutageView, outage, outages
from verband.rooms.exposure.outages import told as outage_told
from verband.rooms.exposure.registers import Register, register, registers
from verband.rooms.exposure.scanning import (
    SMALLEST,
    Hit,
    Scan,
    SectorCount,
    by_country,
    by_supplier,
    deadline,
    standing_rules,
)
from verband.rooms.exposure.writing import Imported, Refused, add, import_csv
from verband.rooms.people.services import Reader, demand

__all__ = [
    "SMALLEST",
    "Hit",
    "Imported",
    "Network",
    "NodeView",
    "OutageView",
    "ProcessRow",
    "Refused",
    "Register",
    "RequirementView",
    "Scan",
    "SectorCount",
    "Single",
    "add",
    "by_country",
    "by_supplier",
    "cascade",
    "deadline",
    "import_csv",
    "load_processes",
    "network",
    "outage",
    "outage_told",
    "outages",
    "ranking",
    "register",
    "registers",
    "rows",
    "singles",
    "standing_rules",
    "withdraw",
]


class ProcessRow(msgspec.Struct, frozen=True, kw_only=True):
    """A vital process by its key in the catalogue, with what its source says about impact."""

    vital: str
    name_nl: str
    name_en: str
    impact: str
    impact_language: str = ""
    source: str
    marking: str = "CLEAR"


def rows(key: str, who: Reader, *, known_on: int | None = None) -> list[models.Kept]:
    """All rows of a register that the reader may see, withdrawn ones too. Raises what `register` raises."""
    return keeping.rows(register(key).model, who, known_on=known_on)


def withdraw(key: str, number: str, *, reason: str, who: Reader, now: datetime) -> models.Kept:
    """Take a row of a register back, with a reason. Raises what `register` and `keeping.withdraw` raise."""
    found = register(key)
    return keeping.withdraw(found.model, number, register=key, reason=reason, who=who, now=now)


def load_processes(listed: Iterable[ProcessRow], *, who: Reader, now: datetime) -> int:
    """Keep vital processes that were never here before, withdrawn ones included; how many came in."""
    demand(who, "upload")
    found = register("processes")
    here = set(models.Process._default_manager.values_list("key", flat=True))
    new = [row for row in listed if row.vital not in here]
    for row in new:
        fields = {column.name: "" for column in found.columns} | {"review_on": None, "kind": "process"}
        fields |= {
            name: getattr(row, name) for name in ("vital", "name_nl", "name_en", "impact", "impact_language", "source")
        }
        fields["key"] = row.vital
        rests_on = found.check(fields, found.known(who, now))
        keeping.keep(
            found.model, register=found.key, fields=fields, marking=row.marking, rests_on=rests_on, who=who, now=now
        )
    return len(new)
