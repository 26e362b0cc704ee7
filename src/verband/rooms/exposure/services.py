"""The front door of exposure: what depends on what, what fails when this fails, saved outages, and who holds what."""

from __future__ import annotations

from datetime import date, datetime

from verband.rooms.exposure import keeping, models
from verband.rooms.exposure.analysing import cascade
from verband.rooms.exposure.checking import Known
from verband.rooms.exposure.claims import ClaimView, Conflict, conflicts
from verband.rooms.exposure.claims import standing as claims
from verband.rooms.exposure.duties import Deadline, DutyView, clock, duties
from verband.rooms.exposure.inspections import Inspected, inspected
from verband.rooms.exposure.intakes import IntakeView, intakes
from verband.rooms.exposure.loading import (
    DutyRow,
    ProcessRow,
    SectorRow,
    load_duties,
    load_processes,
    load_sector_processes,
)
from verband.rooms.exposure.network import Network, NodeView, RequirementView, Single, network, ranking, singles
from verband.rooms.exposure.outages import OutageView, outage, outages
from verband.rooms.exposure.outages import told as outage_told
from verband.rooms.exposure.registers import Register, register, registers
from verband.rooms.exposure.reviews import ASSESSED, DESIGNATED, Cycle, cycle, overdue
from verband.rooms.exposure.rounds import SectorView
from verband.rooms.exposure.rounds import processes as sector_processes
from verband.rooms.exposure.scanning import (
    SMALLEST,
    Hit,
    Scan,
    SectorCount,
    by_country,
    by_supplier,
    standing_rules,
)
from verband.rooms.exposure.writing import Imported, Refused, add, import_csv
from verband.rooms.people.services import Reader

__all__ = [
    "ASSESSED",
    "DESIGNATED",
    "SMALLEST",
    "ClaimView",
    "Conflict",
    "Cycle",
    "Deadline",
    "DutyRow",
    "DutyView",
    "Hit",
    "Imported",
    "Inspected",
    "IntakeView",
    "Network",
    "NodeView",
    "OutageView",
    "ProcessRow",
    "Refused",
    "Register",
    "RequirementView",
    "Scan",
    "SectorCount",
    "SectorRow",
    "SectorView",
    "Single",
    "add",
    "by_country",
    "by_supplier",
    "cascade",
    "claims",
    "clock",
    "conflicts",
    "cycle",
    "duties",
    "import_csv",
    "inspected",
    "intakes",
    "known_keys",
    "load_duties",
    "load_processes",
    "load_sector_processes",
    "network",
    "outage",
    "outage_told",
    "outages",
    "overdue",
    "ranking",
    "register",
    "registers",
    "rows",
    "sector_processes",
    "singles",
    "standing_rules",
    "withdraw",
]


def rows(key: str, who: Reader, *, known_on: int | None = None) -> list[models.Kept]:
    """All rows of a register that the reader may see, withdrawn ones too. Raises what `register` raises."""
    return keeping.rows(register(key).model, who, known_on=known_on)


def withdraw(key: str, number: str, *, reason: str, who: Reader, now: datetime) -> models.Kept:
    """Take a row of a register back, with a reason. Raises what `register` and `keeping.withdraw` raise."""
    found = register(key)
    return keeping.withdraw(found.model, number, register=key, reason=reason, who=who, now=now)


#: A longer list helps nobody who types.
MOST_OFFERED = 1_000


def known_keys(who: Reader) -> list[str]:
    """The keys that a form offers, at most `MOST_OFFERED`: duties, claims and nodes that the reader sees."""
    known = Known(who, date.min)
    return [*known.obligations, *known.claims, *known.nodes][:MOST_OFFERED]
