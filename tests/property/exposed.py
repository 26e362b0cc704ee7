"""What depends on what and on whom: a row in each register and step, and one outage, with the row's word in each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.property.kept import kinds
from verband.language.markings import Marking as MarkingValue
from verband.language.materials import SupplyShare
from verband.language.rounded import Rounded
from verband.rooms.exposure import intakes, keeping, outages, rounds, services
from verband.rooms.exposure.dependence import editions, steps
from verband.rooms.exposure.dependence.models import Edition, Figure, SectorResult
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


def product_of(word: str) -> str:
    """The address of the product that was written with that word."""
    return editions.item_key("trade", f"widget {word}")


def material_of(word: str) -> str:
    """The address of the material."""
    return editions.item_key("materials", f"Ore {word}", "E")


def dependency_of(word: str) -> str:
    """The key of the strategic dependency."""
    return f"leaning-{word}"


def write(word: str, interest: str, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """Write one row in each register and one outage with that word in the top reader's name, then mark them so."""
    before = {kind: set(kind._default_manager.values_list("pk", flat=True)) for kind in kinds(Kept)}
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
    _lean(word, who=who, now=now)
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


def _lean(word: str, *, who: Reader, now: datetime) -> None:
    """An edition of trade and one of materials, a sector result, and a dependency with each of its steps."""
    told: dict[str, Any] = {"source": f"Source {word}", "marking": "CLEAR"}
    said = editions.Said(**told)
    ore = [
        SupplyShare(f"Ore {word}", "E", country, Rounded.exact(share), 1.0)
        for country, share in (("Belgium", 0.6), (f"Land {word}", 0.3))
    ]
    Edition._default_manager.filter(kind="materials").update(scope="before")
    editions.keep_materials(ore, said, year=2023, scope="world", rejected=0, who=who, now=now)
    Edition._default_manager.filter(kind="materials").update(scope="world")
    fields = {"kind": "trade", "year": 2022, "scope": f"NL {word}", "method": "1", "thresholds": "2026"}
    fields |= {"unit": "", "rejected": 0, "source": f"Source {word}"}
    stamp: dict[str, Any] = {"marking": "CLEAR", "rests_on": (), "who": who, "now": now}
    edition = keeping.keep(Edition, register="editions", fields=fields, **stamp)
    Figure._default_manager.create(
        edition=edition,
        item=product_of(word),
        name=f"widget {word}",
        figures={
            "year": 2022,
            "product": f"widget {word}",
            "outside": 80.0,
            "inside": 10.0,
            "unstated": 0.0,
            "exports_out": 0.0,
            "exports": 10.0,
            "concentration": 0.625,
            "world_concentration": 0.5,
            "top": ["Belgium"],
            "top_share": 0.75,
            "coverage": 1.0,
            "world_coverage": 1.0,
        },
        shares=[["Belgium", 0.75, 0.75, 0.75, 1.0], [f"Land {word}", 0.25, 0.25, 0.25, 1.0]],
    )
    losses = {"lost": 3.0, "error": 0.0, "how": "series", "terms": 3, "sectors": 1, "clipped": 0}
    losses |= {"by_country": [[f"Land {word}", 3.0, 0.1]], "rows": [[f"Land {word}", "c1", 3.0, 0.1, False]]}
    shock = {"country": f"Land {word}", "industry": "c1", "share": 0.1, "side": "demand", "method": "1"}
    shock |= {"table": f"Table {word}", "year": 2011, "unit": "million", "result": losses, "source": f"Source {word}"}
    keeping.keep(SectorResult, register="sectors", fields=shock, **stamp)
    key = dependency_of(word)
    named = {"key": key, "name_nl": f"Leunen {word}", "name_en": f"Leaning {word}", "kind": "product"}
    whom = {"on_whom": f"Land {word}", "for_whom": f"Plant {word}", "reason": f"Reason {word}"}
    judged = {"verdict": "risky", "reason": f"Judged {word}", "substitutability": "later", "impact_days": "90"}
    done = {"text": f"Second source {word}", "direction": "promote", "measure": f"MEA-{word}"}
    done |= {"grounds": "national_security", "no_protectionism": f"Open {word}", "review_on": "2029-01-01"}
    done |= {"investment_climate": f"Climate {word}", "milder": f"Talks {word}"}
    left = {"text": f"Remains {word}", "accepted": "accepted", "review_on": "2029-01-01"}
    tie = {"item": product_of(word), "supplier": supplier_of(word), "process": process_of(word)}
    tie |= {"product": f"Product {word}", "reason": f"Same {word}"}
    for step, cells in (
        ("dependencies", {**named, **whom, "item": product_of(word)}),
        ("judgements", {**judged, "dependency": key}),
        ("mitigations", {**done, "dependency": key}),
        ("residuals", {**left, "dependency": key}),
        ("ties", tie),
    ):
        steps.add(step, {**cells, **told}, who=who, now=now)
