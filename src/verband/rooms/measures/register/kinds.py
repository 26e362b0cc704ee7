"""The kinds of rows of the register and their columns, from which forms, checks and pages are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verband.rooms.measures.register import models
from verband.rooms.measures.register.models import Told

STATES, PARTIES, GROUNDS = "measure_states", "measure_parties", "measure_grounds"
GENERIC, TARGETED = AIMS = ("generic", "targeted")
EVALUATE, ENDS = TERMS = ("evaluate", "ends")
AGAINST, NOT_AGAINST = STANCES = ("against", "not_against")
APPLIES = ("yes", "partly", "no", "unknown")
#: The accent of economic security, whose measures need a ground of national security (P10).
ECONOMIC = "economic_and_knowledge_security"
#: Most characters of a text and of a line.
TEXT, LINE = 10_000, 200


@dataclass(frozen=True)
class Column:
    """A column of a row: `kind` is `line`, `text`, `day`, `choice`, `checks` or `measure` (the key of another one).

    The words of a choice are keys of the catalogue `of`, or `words`.
    """

    name: str
    kind: str = "text"
    of: str = ""
    words: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of row: its model, its columns beside source and marking, and what the log says when one is kept."""

    model: type[Told]
    columns: tuple[Column, ...]
    act: str


KINDS: Mapping[str, Kind] = {
    "step": Kind(
        models.MeasureStep,
        (Column("state", "choice", of=STATES), Column("since", "day"), Column("reason", required=False)),
        "state of a measure kept",
    ),
    "effect": Kind(models.MeasureEffect, (Column("what"), Column("day", "day")), "effect of a measure kept"),
    "term": Kind(
        models.MeasureTerm,
        (Column("kind", "choice", words=TERMS), Column("due", "day"), Column("who", "line")),
        "term of a measure kept",
    ),
    "aim": Kind(
        models.MeasureAim,
        (
            Column("aim", "choice", words=AIMS),
            Column("reason", required=False),
            Column("until", "day", required=False),
            Column("reviewer", "line", required=False),
        ),
        "aim of a measure kept",
    ),
    "ground": Kind(
        models.MeasureGround,
        (Column("grounds", "checks", of=GROUNDS), Column("climate"), Column("review_on", "day")),
        "ground of a measure kept",
    ),
    "part": Kind(
        models.MeasurePart,
        (
            Column("party", "choice", of=PARTIES),
            Column("part"),
            Column("applies", "choice", words=APPLIES, required=False),
        ),
        "part of a party kept",
    ),
    "means": Kind(
        models.MeasureMeans,
        (Column("means", "choice", of="means"), Column("stance", "choice", words=STANCES), Column("reason")),
        "means of a measure kept",
    ),
    "conflict": Kind(
        models.MeasureConflict,
        (Column("other", "measure"), Column("reason")),
        "conflict of measures kept",
    ),
}
#: What a person says when proposing a measure; the last three for one of economic security.
PROPOSAL: tuple[Column, ...] = (
    Column("title_nl", "line"),
    Column("title_en", "line"),
    Column("kind", "choice"),
    Column("accent", "choice", of="accents"),
    Column("theme", "choice", of="themes"),
    Column("owner", "line"),
    Column("existing"),
    Column("grounds", "checks", of=GROUNDS, required=False),
    Column("climate", required=False),
    Column("review_on", "day", required=False),
)
