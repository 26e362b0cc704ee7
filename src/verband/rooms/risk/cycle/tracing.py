"""Finding -> measure -> commitment: what a person says answers a finding, and what a rule proposes."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from verband.language.errors import NotFoundError
from verband.language.markings import Marking, highest
from verband.rooms.measures import services as measures
from verband.rooms.measures.services import CommitmentView, MeasureView
from verband.rooms.people.services import Reader
from verband.rooms.risk.cycle import saying
from verband.rooms.risk.cycle.difference import assessments
from verband.rooms.risk.cycle.saying import Stamp
from verband.rooms.risk.models import FindingAnswer, Statement
from verband.rooms.risk.texts import StatementView

ANSWERED, EXPLAINED, UNANSWERED = STATES = ("answered", "explained", "unanswered")
#: The rules that propose an answer, the nearer one first.
RULES = ("section", "theme_and_accent")
Target = MeasureView | CommitmentView


@dataclass(frozen=True)
class Answer:
    """What a person says about a finding. `target` is the measure or commitment, None where the reason stands alone.

    `hidden` where there is a target that this reader may not see.
    """

    kind: str
    reason: str
    target: Target | None
    hidden: bool
    commitments: tuple[CommitmentView, ...]
    stamp: Stamp


@dataclass(frozen=True)
class Proposal:
    """A measure or commitment that a rule brings up. It answers nothing until a person confirms it."""

    kind: str
    target: Target
    rule: str


@dataclass(frozen=True)
class Finding:
    """A statement with its edition, the answers that stand, and those that were withdrawn."""

    statement: StatementView
    edition: str
    answers: tuple[Answer, ...]
    history: tuple[Answer, ...]

    @property
    def state(self) -> str:
        """`answered` by a measure or commitment, `explained` by a reason alone, or `unanswered`."""
        kinds = {answer.kind for answer in self.answers}
        if kinds & {"measure", "commitment"}:
            return ANSWERED
        return EXPLAINED if kinds else UNANSWERED


@dataclass(frozen=True)
class Promised:
    """The measures and commitments that the reader may see, by their keys."""

    measures: Mapping[str, MeasureView]
    commitments: Mapping[str, CommitmentView]

    def of_measure(self, key: str) -> tuple[CommitmentView, ...]:
        """The commitments that a measure comes from."""
        return tuple(view for view in self.commitments.values() if view.measure == key)


def promised(who: Reader, *, known_on: int | None = None) -> Promised:
    """Everything that could answer a finding."""
    return Promised(
        {view.key: view for view in measures.measures(who, known_on=known_on)},
        {view.key: view for view in measures.commitments(who, known_on=known_on)},
    )


def findings(who: Reader, *, edition: str = "", known_on: int | None = None) -> list[Finding]:
    """The findings of every edition, or of one, with what people say answers them, in the order of the texts."""
    held = promised(who, known_on=known_on)
    said: dict[str, list[Answer]] = {}
    rows = saying.visible(FindingAnswer.objects.select_related("statement"), who, known_on)
    for row in rows:
        said.setdefault(row.statement.key, []).append(_answer(row, held, known_on))
    chosen = [item for item in assessments(who, known_on=known_on) if not edition or item.edition.key == edition]
    return [_finding(view, item.edition.key, said.get(view.key, ())) for item in chosen for view in item.statements]


def finding(key: str, who: Reader, *, known_on: int | None = None) -> Finding:
    """One finding by the key of its statement. Raises NotFoundError("cycle.unknown_finding") alike where hidden."""
    found = next((item for item in findings(who, known_on=known_on) if item.statement.key == key), None)
    if found is None:
        raise NotFoundError("cycle.unknown_finding", key=key)
    return found


def counts(found: Iterable[Finding]) -> dict[str, int]:
    """How many findings are answered, explained by a reason, and unanswered."""
    counted = Counter(item.state for item in found)
    return {state: counted[state] for state in STATES}


def by_theme(found: Sequence[Finding]) -> dict[str, dict[str, int]]:
    """The counts of each theme that has a finding; without a theme stands under ""."""
    themes = dict.fromkeys(item.statement.theme for item in found)
    return {theme: counts(item for item in found if item.statement.theme == theme) for theme in themes}


def marking_of(found: Iterable[Finding]) -> Marking:
    """The highest marking of the findings and of what answers them."""
    rows = list(found)
    answers = [answer for item in rows for answer in (*item.answers, *item.history)]
    targets = [view for answer in answers for view in (answer.target, *answer.commitments) if view]
    said = [answer.stamp.marking for answer in answers]
    return highest([*(item.statement.marking for item in rows), *said, *(view.marking for view in targets)])


def proposals(item: Finding, held: Promised) -> list[Proposal]:
    """What the rules bring up for a finding and nobody has confirmed: the same section first, then theme and accent.

    `section`: the same text, and the same number of its section (`2` holds `2b`), or the same first two
    words of its heading.
    `theme_and_accent`: the same theme, and the accent that the statement's domain belongs to by our reading.
    A commitment that is a measure as well is proposed as the measure. The actor is not looked at.
    """
    there = {answer.target.key for answer in item.answers if answer.target}
    there |= {view.key for answer in item.answers for view in answer.commitments}
    found: list[Proposal] = []
    for view in held.commitments.values():
        rule = _rule(item.statement, view)
        target: Target = held.measures.get(view.measure, view)
        if rule and not {target.key, view.key} & there:
            found.append(Proposal("measure" if isinstance(target, MeasureView) else "commitment", target, rule))
    return sorted(found, key=lambda one: RULES.index(one.rule))


def answer(key: str, *, kind: str, target: str, reason: str, marking: str, who: Reader, now: datetime) -> Finding:
    """Say how a finding is answered: by a measure or a commitment (`target` its key), elsewhere, or not.

    The marking is at least that of the finding and of the target. Raises InputError("cycle.empty"), ("cycle.word"),
    NotFoundError("cycle.unknown_finding"), ("measures.unknown"), RefusedError("people.no_power").
    """
    item = finding(key, who)
    saying.chosen("kind", kind, "answer_kinds")
    least = [item.statement.marking]
    named = ""
    if kind in ("measure", "commitment"):
        named = saying.filled("target", target)
        look = measures.measure if kind == "measure" else measures.commitment
        least.append(look(named, who).marking)
    fields = {
        "statement": Statement.objects.get(key=key),
        "kind": kind,
        "target": named,
        "reason": saying.filled("reason", reason),
    }
    marked = saying.raised(highest(least), marking, who)
    saying.keep(FindingAnswer, fields, act="finding answered", on=f"finding {key}", marking=marked, who=who, now=now)
    return finding(key, who)


def withdraw(number: int, *, reason: str, who: Reader, now: datetime) -> str:
    """Take an answer back, with a reason; the key of its finding.

    Raises NotFoundError("cycle.unknown_row"), InputError("cycle.withdrawn"), ("cycle.empty").
    """
    row = saying.find(FindingAnswer, number, who)
    key = row.statement.key
    saying.take_back(row, act="answer to a finding withdrawn", on=f"finding {key}", reason=reason, who=who, now=now)
    return key


def _finding(view: StatementView, edition: str, said: Sequence[Answer]) -> Finding:
    stands = tuple(one for one in said if one.stamp.standing)
    return Finding(view, edition, stands, tuple(one for one in said if not one.stamp.standing))


def _answer(row: FindingAnswer, held: Promised, known_on: int | None) -> Answer:
    target: Target | None = None
    commitments: tuple[CommitmentView, ...] = ()
    if row.kind == "measure":
        target = held.measures.get(row.target)
        commitments = held.of_measure(row.target) if target else ()
    elif row.kind == "commitment":
        target = held.commitments.get(row.target)
        commitments = (target,) if target else ()
    hidden = bool(row.target) and target is None
    return Answer(row.kind, row.reason, target, hidden, commitments, saying.stamp(row, known_on))


def _rule(statement: StatementView, view: CommitmentView) -> str:
    same_text = (statement.source.title_nl, statement.source.number) == (view.source.title_nl, view.source.number)
    if same_text and _within(_head(view.source.section), _head(statement.source.section)):
        return "section"
    accent = _accents().get(statement.domain, "")
    if accent and statement.theme and (statement.theme, accent) == (view.theme, view.accent):
        return "theme_and_accent"
    return ""


def _within(head: str, other: str) -> bool:
    """Whether it is the same section, or `2b` where the other is `2`."""
    return head == other or (other.isdigit() and head[:-1] == other and head[-1:].isalpha())


def _head(section: str) -> str:
    """The number of a section with its letter (`2`, `3b`), else the first two words of its heading."""
    first = section.split(";")[0].split(">")[0].replace(",", " ").casefold().split()
    if first and first[0][0].isdigit():
        return first[0].strip(".:")
    return " ".join(first[:2])


@cache
def _accents() -> dict[str, str]:
    path = files("verband.rooms.risk").joinpath("data", "accents.2022.toml")
    words: dict[str, str] = tomllib.loads(path.read_text("utf-8"))["words"]
    return words
