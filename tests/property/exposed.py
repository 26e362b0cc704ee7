"""What depends on what: for a row of the collection one row in each register and one outage, with the row's word."""

from __future__ import annotations

from datetime import datetime

from verband.language.markings import Marking as MarkingValue
from verband.rooms.exposure import outages, services
from verband.rooms.exposure.models import Kept
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings

#: Who writes them all.
SIGNATURE = "top (analyst, home)"


def process_of(word: str) -> str:
    """The key of the process that was written with that word."""
    return f"process-{word}"


def supplier_of(word: str) -> str:
    """The key of its supplier."""
    return f"firm-{word}"


def outage_name(word: str) -> str:
    """What the outage is called that was saved with that word."""
    return f"Outage {word}"


def outage_of(word: str, *, now: datetime) -> str:
    """The key of that outage."""
    return outages.key_of(outage_name(word), [supplier_of(word)], signature=SIGNATURE, now=now)


def write(word: str, interest: str, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """Write one row in each register and one outage with that word in the top reader's name, then mark them so."""
    before = {kind: set(kind._default_manager.values_list("pk", flat=True)) for kind in Kept.__subclasses__()}
    process, supplier = process_of(word), supplier_of(word)
    named = {"name_nl": f"Proces {word}", "name_en": f"Process {word}", "owner": f"Owner {word}"}
    judged = {"grade": "A", "interest": interest, "impact": f"Impact {word}", "review_on": "2025-01-01"}
    product = {"process": process, "product": f"Product {word}"}
    rule = {"country": "Belgium", "legal_ground": f"Act {word}", "reviewer": f"Board {word}"}
    found = {"process": process, "found_on": "2025-02-01", "outcome": "shortcoming"}
    rows = {
        "processes": {"kind": "process", "key": process, "sector": f"Sector {word}", **named, **judged},
        "suppliers": {"key": supplier, "name": f"Firm {word}", "country": f"Land {word}", "controlled_from": "Belgium"},
        "requirements": {"node": process, "members": supplier, "k": "1", "buffer_h": "4"},
        "supplies": {**product, "supplier": supplier, "kind": "software", "function": f"Use {word}"},
        "stocks": {**product, "days": "12", "valid_until": "2029-01-01"},
        "obligations": {"act": f"Act {word}", "text": f"Duty {word}", "status": "coming", "stated_on": "2025-01-01"},
        "findings": {**found, "text": f"Found {word}"},
        "stands-for": {"node": process, "thing": f"target {word}", "reason": f"Said {word}"},
        "country-rules": {**rule, "reason": f"Reason {word}", "valid_until": "2029-01-01"},
    }
    for register, cells in rows.items():
        told = {**cells, "source": f"Source {word}", "marking": "CLEAR"}
        services.add(register, told, who=who, now=now)
    outages.save(
        [supplier],
        horizon_h=24,
        name=outage_name(word),
        text=f"Stated {word}",
        source=f"Source {word}",
        marking="",
        language="en",
        who=who,
        now=now,
    )
    for kind, known in before.items():
        kind._default_manager.exclude(pk__in=known).update(marking=markings.row(marking))
