"""What the embedded policy texts state for the registers of the response: each row with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verband.demo import tables
from verband.demo.rows import source
from verband.demo.tables import Commitment, PolicyIncident, Theme
from verband.rooms.response.services import EntryRow, StepRow


def entries() -> Iterator[EntryRow]:
    """Every entry, register after register; action points and competences have none, as no source gives their text."""
    incidents = {row.id: row for row in tables.load("policy_incidents")}
    commitments = {row.id: row for row in tables.load("commitments")}
    yield from _sanctions(incidents)
    yield from _diplomatic(incidents)
    yield _espionage(commitments)
    yield _coalition(next(row for row in tables.load("themes") if row.key == "cbrn"))


def _sanctions(incidents: dict[str, PolicyIncident]) -> Iterator[EntryRow]:
    iran, cyber = incidents["INC-002"], incidents["INC-035"]
    values = {"party_kind": "not_stated", "party": "", "regime": ""}
    yield _entry("sanctions", iran, values, (_step(iran, "listed"),))
    values = {"party_kind": "regime", "party": cyber.target, "regime": cyber.term_nl}
    yield _entry("sanctions", cyber, values, (_step(cyber, "listed"),))


def _diplomatic(incidents: dict[str, PolicyIncident]) -> Iterator[EntryRow]:
    """The demand with the reply to it, three days later, and an expulsion of which no reply is stated."""
    demand, reply, expulsion = (incidents[key] for key in ("INC-048", "INC-049", "INC-043"))
    values = {"measure": "demand", "by": demand.responding_actor, "towards": reply.threat_actor}
    yield _entry("diplomatic", demand, values, (_step(demand, "done"), _step(reply, "reaction")))
    values = {"measure": "expulsion", "by": expulsion.responding_actor, "towards": expulsion.threat_actor}
    yield _entry("diplomatic", expulsion, values, (_step(expulsion, "done"),))


def _espionage(commitments: dict[str, Commitment]) -> EntryRow:
    """The bill on espionage: under examination in 2021, with the advice of the Council of State in November 2022."""
    study, bill = commitments["COM-043"], commitments["COM-101"]
    return EntryRow(
        register="legal",
        key=bill.id.lower(),
        title_nl=bill.title_nl,
        title_en=bill.title_en.partition(":")[0],
        values={"subject": study.title_en, "instrument": ""},
        marking=bill.marking,
        source=_words(bill.source, bill.section, bill.line),
        place=_place(bill),
        steps=tuple(
            StepRow(
                state=state,
                happened=row.date_stated,
                text_nl=row.anchor_nl,
                text_en=row.title_en,
                certainty=row.status_as_stated or row.due_as_stated,
                source=_words(row.source, row.section, row.line),
                place=_place(row),
            )
            for state, row in (("studied", study), ("council_of_state", bill))
        ),
    )


def _coalition(theme: Theme) -> EntryRow:
    """Coalitions with like-minded states as the review names them in its theme on CBRN; no member is named."""
    place = {"source": theme.source, "section": theme.name_nl, "line": theme.line_approach}
    text = _words(theme.source, theme.name_nl, theme.line_approach)
    return EntryRow(
        register="coalitions",
        key="theme-cbrn-coalitions",
        title_nl="coalities met gelijkgezinde landen (CBRN)",
        title_en="coalitions with like-minded states (CBRN)",
        values={"subject": "arms_control", "members": ""},
        marking=theme.marking,
        source=text,
        place=place,
        steps=(StepRow("named", "2021", "", theme.approach_development, "", text, place),),
    )


def _entry(register: str, row: PolicyIncident, values: dict[str, str], steps: tuple[StepRow, ...]) -> EntryRow:
    return EntryRow(
        register=register,
        key=row.id.lower(),
        title_nl=row.term_nl,
        title_en=row.title_en,
        values=values,
        marking=row.marking,
        source=_words(row.source, row.section, row.line),
        place=_place(row),
        steps=steps,
    )


def _step(row: PolicyIncident, state: str) -> StepRow:
    """The step that an event is. One without a date has the latest that it can have, and its certainty says so."""
    undated = "" if row.date_start else f"; undated, not after {row.date_end_or_not_after}"
    return StepRow(
        state=state,
        happened=row.date_start or row.date_end_or_not_after,
        text_nl=row.term_nl,
        text_en=row.title_en,
        certainty=f"{row.certainty_as_stated}{undated}",
        source=_words(row.source, row.section, row.line),
        place=_place(row),
    )


def _place(row: PolicyIncident | Commitment) -> dict[str, Any]:
    named = {"source": row.source, "section": row.section, "line": row.line}
    return {**named, "anchor_nl": row.anchor_nl, "row": row.id}


def _words(key: str, section: str, line: int) -> str:
    text = source(key)
    work = " · ".join(filter(None, (text.title_en, text.kamerstuk)))
    return f"{work}, {section}, line {line}"
