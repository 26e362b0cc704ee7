"""What depends on what: for a row of the collection one row in each register and one outage, with the row's word."""

from __future__ import annotations

from datetime import datetime

from verband.language.markings import Marking as MarkingValue
from verband.rooms.exposure import intakes, outages, rounds, services
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


def round_of(word: str) -> str:
    """The key of the process of a sector that was written with that word."""
    return f"sector-{word}"


def import_of(word: str) -> str:
    """The key of the import that was brought in with that word."""
    return intakes.key_of(*_network(word))


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
    status = {"status": "in_force", "stated_on": "2025-01-01", "report_within_h": "24", "text_en": f"Duty {word}"}
    fulfilled = {"state": "met", "as_of": "2025-02-01", "evidence": f"Audit {word}"}
    asked = {"kind": "corridor", "from_day": "2025-03-01", "until_day": "2025-03-09", "purpose": f"Transit {word}"}
    answered = {"answer": "agreed", "answered_on": "2025-02-01", "text": f"Terms {word}"}
    rows = {
        "processes": {"kind": "process", "key": process, "sector": f"Sector {word}", **named, **judged},
        "suppliers": {"key": supplier, "name": f"Firm {word}", "country": f"Land {word}", "controlled_from": "Belgium"},
        "requirements": {"node": process, "members": supplier, "k": "1", "buffer_h": "4"},
        "supplies": {**product, "supplier": supplier, "kind": "software", "function": f"Use {word}"},
        "stocks": {**product, "days": "12", "valid_until": "2029-01-01"},
        "obligations": {"key": f"duty-{word}", "act": f"Act {word}", "text": f"Duty {word}", **status},
        "fulfilments": {"obligation": f"duty-{word}", "process": process, **fulfilled},
        "claims": {"key": f"claim-{word}", "asker": f"Ally {word}", "asset": process, **asked},
        "claim-answers": {"claim": f"claim-{word}", "answered_by": f"Board {word}", **answered},
        "findings": {**found, "text": f"Found {word}"},
        "stands-for": {"node": process, "thing": f"target {word}", "reason": f"Said {word}"},
        "country-rules": {**rule, "reason": f"Reason {word}", "valid_until": "2029-01-01"},
    }
    for register, cells in rows.items():
        told = {**cells, "source": f"Source {word}", "marking": "CLEAR"}
        services.add(register, told, who=who, now=now)
    _run(word, who, now)
    _bring(word, who, now)
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


def _run(word: str, who: Reader, now: datetime) -> None:
    """A process of a sector with its first step taken."""
    named = {"sector": f"Sector {word}", "title_nl": f"Ronde {word}", "title_en": f"Round {word}"}
    same = {"source": f"Source {word}", "marking": "CLEAR"}
    rounds.begin({**named, **same, "parties": f"Parties {word}", "every_months": "6"}, from_key="", who=who, now=now)
    step = {"step": "agenda", "done_on": "2025-02-01", "outcome": f"Set {word}", "decided_by": f"Chair {word}"}
    rounds.take(round_of(word), {**step, **same}, who=who, now=now)


def _bring(word: str, who: Reader, now: datetime) -> None:
    """A network of two points, registered."""
    files, cells = _network(word)
    row = intakes.upload(files, {**cells, "marking": "CLEAR"}, who=who, now=now)
    intakes.register(str(row.pk), who=who, now=now)


def _network(word: str) -> tuple[list[tuple[str, bytes]], dict[str, str]]:
    """Its files and what is said of them."""
    cells = {"title": f"Net {word}", "prefix": f"net-{word}", "assumption": "neighbours", "source": f"Source {word}"}
    return [("net.graphml", _NETWORK.replace("WORD", word).encode())], cells


_NETWORK = """<graphml><key id="n" for="node" attr.name="label"/><key id="a" for="node" attr.name="Latitude"/>
<key id="o" for="node" attr.name="Longitude"/><graph><node id="1"><data key="n">Point WORD</data><data key="a">52</data>
<data key="o">4</data></node><node id="2"><data key="n">Other WORD</data></node><edge source="1" target="2"/>
<edge source="1" target="WORD"/></graph></graphml>"""
