"""Notes about the threshold of an armed attack: a person puts a case below, near or at it; reviews by others (R039).

No code here or elsewhere chooses a level. A note "at" keeps the case from going on until its legal and its political
review are there, both agreeing, by two other persons.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from verband.language.errors import RefusedError
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping, machine, moving
from verband.rooms.response.attributing.models import ThresholdNote, ThresholdReview
from verband.rooms.response.attributing.reviewed import KINDS, POLITICAL, NoteView
from verband.rooms.response.models import Case


def write(case_key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> ThresholdNote:
    """Keep a note: `level` (chosen by the person), `grounds`, `support`, `consultation`, `source`, `marking`.

    It stands before older ones, which stay in the history. Raises `keeping`'s.
    """
    demand(who, keeping.PREPARE)
    row = keeping.find_standing(Case, case_key, who)
    level = keeping.chosen("level", values.get("level", ""), "threshold_levels")
    grounds = keeping.filled("grounds", values.get("grounds", ""))
    fields = {
        "case": row,
        "key": keeping.new_key("threshold", case_key, level, who=who, now=now),
        "level": level,
        "grounds": grounds,
        "support": keeping.chosen("support", values.get("support", ""), "support_requests"),
        "consultation": keeping.short("consultation", values.get("consultation", "")),
    }
    return keeping.keep(
        ThresholdNote,
        act="note about the threshold kept",
        about=f"response {case_key}",
        fields=fields,
        source=keeping.filled("source", values.get("source", "")),
        who=who,
        now=now,
        marking=values.get("marking", ""),
        rests_on=(row.marking.value(),),
    )


def review(note_key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> ThresholdReview:
    """Keep a review of a note: `kind`, `outcome`, `text`, `function` (of the reviewer, no name).

    The legal one by whoever advises (`advise_response`); the political one through the political gate, under a mandate.
    Never by who wrote the note, and never both by one person. Raises RefusedError("threshold.own_note"),
    ("threshold.reviewer"), what `machine.through_gate` raises, and `keeping`'s. A refusal is logged.
    """
    with keeping.refusals_logged(who, f"threshold {note_key}"):
        return _review(note_key, values, who, now)


def withdraw(note_key: str, *, reason: str, who: Reader, now: datetime) -> ThresholdNote:
    """Take a note back, with a reason. Raises `keeping.withdraw`'s."""
    row = keeping.find_standing(ThresholdNote, note_key, who)
    act, about = "note about the threshold withdrawn", f"response {row.case.key}"
    return keeping.withdraw(row, act=act, about=about, reason=reason, who=who, now=now)


def notes(row: Case, who: Reader, *, known_on: int | None = None) -> tuple[NoteView, ...]:
    """The notes about a case, withdrawn ones too, newest first."""
    return tuple(
        NoteView(one, tuple(keeping.standing(ThresholdReview, who, known_on=known_on, note=one)))
        for one in keeping.rows(ThresholdNote, who, known_on=known_on, case=row)
    )


def _review(note_key: str, values: Mapping[str, str], who: Reader, now: datetime) -> ThresholdReview:
    row = keeping.find_standing(ThresholdNote, note_key, who)
    person = moving.person_of(who)
    kind = keeping.among("kind", values.get("kind", ""), KINDS)
    power = machine.POLITICAL_POWER if kind == POLITICAL else "advise_response"
    demand(who, power)
    if row.person == who.username:
        raise RefusedError("threshold.own_note", field="text")
    if row.reviews.filter(withdrawn_at=None, person=who.username).exclude(kind=kind).exists():
        raise RefusedError("threshold.reviewer", field="text")
    mandate = _mandate(row, moving.actor_of(person), now) if kind == POLITICAL else None
    text = keeping.filled("text", values.get("text", ""))
    function = keeping.filled("function", values.get("function", ""), most=keeping.TITLE)
    return keeping.keep(
        ThresholdReview,
        act="note about the threshold reviewed",
        about=f"response {row.case.key}",
        fields={
            "note": row,
            "kind": kind,
            "outcome": keeping.chosen("outcome", values.get("outcome", ""), "review_outcomes"),
            "text": text,
            "function": function,
            "day": keeping.today(now),
            "mandate_id": mandate.number if mandate else None,
            "mandate_words": f"{mandate.function}: {mandate.legal_basis}" if mandate else "",
        },
        source=f"mandate {mandate.number}" if mandate else f"account {who.username}",
        who=who,
        now=now,
        rests_on=(row.marking.value(),),
        power=power,
    )


def _mandate(row: ThresholdNote, actor: machine.Actor, now: datetime) -> machine.Held:
    gate = machine.Standing(
        state="",
        gate=machine.POLITICAL,
        power=machine.POLITICAL_POWER,
        authority="",
        involved=frozenset({row.person, row.case.person}),
        content="",
    )
    return machine.through_gate(gate, actor=actor, day=keeping.today(now))
