"""A workspace of literal or drawn rows, each with a marking and a word of its own, and an account for every reader.

Everything comes in through the rooms' services; a marking that a file cannot state is set afterwards, as a decision
would set it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.contract.conftest import Reading, incident
from tests.property import entered, exposed, intervened, looked_up, promised, registered, responded, watched, weighed
from verband.language.catalogues import catalogue
from verband.language.ids import stix_id
from verband.language.markings import Ceiling, highest
from verband.language.markings import Marking as MarkingValue
from verband.language.records import Attribute, Link, Record
from verband.language.time import parse_time
from verband.methods.connecting import Parameters
from verband.rooms.campaigns import hybrid, hypotheses, ladder
from verband.rooms.campaigns import services as campaigns
from verband.rooms.measures import autonomy
from verband.rooms.measures import services as measures
from verband.rooms.measures.models import AutonomyTag, Commitment, Measure
from verband.rooms.people import services as people
from verband.rooms.people.models import Community
from verband.rooms.people.services import Reader
from verband.rooms.picture import ingest, markings
from verband.rooms.picture import services as picture
from verband.rooms.picture.models import Document, Source, Thing
from verband.rooms.picture.models import Record as Stored
from verband.rooms.risk import services as risk
from verband.rooms.risk.cycle import functions, strategies
from verband.rooms.risk.cycle import review as reviewing
from verband.rooms.risk.cycle import services as cycle
from verband.rooms.risk.models import (
    CycleEdition,
    FindingAnswer,
    FrozenEdition,
    MeasureFunction,
    ReviewLine,
    Statement,
    StrategyCell,
    StrategyGoal,
    ThemeText,
)

NOW = datetime(2025, 9, 1, 12, 0, tzinfo=UTC)
SECRET = "stg_geheim"
MARKINGS = (
    MarkingValue("CLEAR"),
    MarkingValue("GREEN"),
    MarkingValue("AMBER"),
    MarkingValue("AMBER+STRICT"),
    MarkingValue("GREEN", SECRET),
    MarkingValue("CLEAR", releasable_to=frozenset({"ring"})),
)
#: By name, so that a reader is called after role and ceiling. No two of them see the same markings.
CEILINGS = {
    "open": Ceiling("CLEAR"),
    "green": Ceiling("GREEN"),
    "amber": Ceiling("AMBER"),
    "strict": Ceiling("AMBER+STRICT"),
    "ringed": Ceiling("CLEAR", communities=frozenset({"ring"})),
    "cleared": Ceiling("GREEN", SECRET),
}
ROLES = tuple(catalogue("roles").keys())
#: Sees all, decides, judges and uploads before anybody looks.
TOP = "top"
PARAMETERS = Parameters(replicates=19, replicates_least=5, fdr=0.5)
_EVERYTHING = Ceiling("RED", "stg_zeer_geheim")
_SHARED = "public-incidents"


def token(number: int) -> str:
    """A word that stands in every text of the row with this number and in no other; names no actor."""
    letters = "bcdfghjklmnpqrst"
    return "zq" + letters[number // 16 % 16] + "o" + letters[number % 16] + "ux"


def name_of(role: str, ceiling: str) -> str:
    """The account of that role under that ceiling."""
    return f"{role}-{ceiling}"


@dataclass(frozen=True)
class Told:
    """A record: its number, the place of its marking in `MARKINGS`, when it was, and what it shares with others.

    `planted`: it belongs to the group that connecting shall find. `story`: told in the words of that story, as
    any other record of it. `same_as`: the number of the record whose thing it is about. `own`: it came from a source
    of its own.
    """

    number: int
    marking: int
    planted: bool = False
    day: int = 0
    story: int | None = None
    same_as: int | None = None
    own: bool = True
    kind: str = "incident"

    @property
    def token(self) -> str:
        return token(self.number)

    @property
    def thing(self) -> str:
        number = self.number if self.same_as is None else self.same_as
        return f"incident--00000000-0000-4000-8000-{number:012d}"

    @property
    def actor(self) -> str:
        return stix_id("intrusion-set", self.token)

    @property
    def source(self) -> str:
        return f"source-{self.token}" if self.own else _SHARED

    @property
    def key(self) -> str:
        return f"key-{self.token}"

    def record(self) -> Record:
        word = self.token
        domain = ("cyber", "maritime", "information", "espionage")[self.number % 4]
        of = [("domain", "cyber" if self.planted else domain), ("country", ("NL", "DE", "PL")[self.number % 3])]
        of += [("interest", ("economic_security", "territorial_security")[self.number % 2])]
        of += [("event_type", "response" if self.kind == "response" else "incident")]
        of += [(name, f"{name} {word}") for name in ("place", "target", "means", "malware", "sector")]
        if self.planted:
            of += [("malware", "graphite"), ("means", "wiper by courier"), ("infrastructure", "rented relay park")]
            of += [("technique", "stolen badge"), ("device", "blue box")]
        story = "" if self.story is None else " ".join(f"{stem}{'aeiou'[self.story % 5]}n" for stem in _STEMS)
        return incident(
            self.key,
            kind=self.kind,
            thing=self.thing,
            name=f"Title {word}",
            summary=f"Summary {word} of what happened {story}",
            certainty=f"certainty {word}",
            content=f'{{"description":"content {word}","source_publisher":"paper {word}","source_url":""}}'.encode(),
            when=parse_time(f"2025-0{1 + self.day // 28}-{1 + self.day % 28:02d}"),
            evidence=self.kind == "incident",
            latitude=52.0 + (self.number if self.story is None else self.story) / 100,
            longitude=4.0,
            names=(f"Alias {word}",),
            attributes=tuple(Attribute(name, value.lower(), value) for name, value in of),
            links=(Link("attributed-to", self.thing, self.actor, f"Actor {word}"),),
        )


_STEMS = (
    "barge",
    "kettle",
    "lantern",
    "orchard",
    "pigeon",
    "quarry",
    "ribbon",
    "saddle",
    "thimble",
    "walnut",
    "yarrow",
)


@dataclass(frozen=True)
class Said:
    """A row of the rooms above: commitment (and measure), statement, part of a theme, judgement, edition."""

    number: int
    marking: int
    kind: str

    @property
    def token(self) -> str:
        return token(self.number)

    @property
    def commitment(self) -> str:
        return f"COM-{self.token}"

    @property
    def theme(self) -> str:
        return ("digital_threats", "state_threats", "vital_infrastructure")[self.number % 3]

    @property
    def interest(self) -> str:
        return ("economic_security", "territorial_security")[self.number % 2]


SAID = ("law", "letter", "statement", "text", "judgement", "cycle")


@dataclass(frozen=True)
class Pair:
    """Two records (by number) that somebody proposed as one event; `accepted` by a person or waiting."""

    first: int
    second: int
    accepted: bool


@dataclass(frozen=True)
class Collection:
    """Every row there is, in the order in which it came in."""

    told: tuple[Told, ...]
    said: tuple[Said, ...]
    pairs: tuple[Pair, ...]

    def under(self, ceiling: Ceiling) -> Collection:
        """What somebody under the ceiling may see: as if the rest had never been there."""
        told = tuple(row for row in self.told if ceiling.admits(MARKINGS[row.marking]))
        numbers = {row.number for row in told}
        said = tuple(row for row in self.said if ceiling.admits(MARKINGS[row.marking]))
        return Collection(told, said, tuple(p for p in self.pairs if {p.first, p.second} <= numbers))

    def hidden_last(self, ceiling: Ceiling) -> Collection:
        """The same rows, those above the ceiling after the others: then the others' numbers are those of the twin."""
        seen = self.under(ceiling)
        return Collection(
            tuple(sorted(self.told, key=lambda row: row not in seen.told)),
            tuple(sorted(self.said, key=lambda row: row not in seen.said)),
            tuple(sorted(self.pairs, key=lambda pair: pair not in seen.pairs)),
        )

    def rows(self) -> Iterator[Told | Said]:
        yield from self.told
        yield from self.said


def _literal() -> Collection:
    """Open rows first and hidden ones last, so that not even the numbers of the open ones depend on the hidden."""
    planted = [0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5]
    told = [Told(number, mark, True, 60 + 3 * number, own=number % 2 == 0) for number, mark in enumerate(planted)]
    told += [Told(12 + at, 0, False, 14 * at, own=at % 2 == 0) for at in range(12)]
    told += [Told(24 + at, 0, False, 120 + at, story=at // 2) for at in range(4)]
    told += [Told(30 + place, place, False, 120 + place, story=place % 2) for place in range(1, 6)]
    told += [Told(40 + place, place, False, 150, same_as=12 + place) for place in range(1, 6)]
    told += [Told(46, 0, kind="response", day=60), Told(47, 2, kind="response", day=61)]
    told += [Told(50 + at, 0, False, 11 * at, own=False) for at in range(18)]
    said = [Said(160 + 8 * place + at, place, kind) for place in range(6) for at, kind in enumerate(SAID)]
    pairs = [Pair(12, 13, True), Pair(14, 15, False), Pair(12, 31, True), Pair(13, 32, True), Pair(16, 33, False)]
    pairs += [Pair(17, 35, True), Pair(0, 18, False), Pair(34, 44, False)]
    return Collection(
        tuple(sorted(told, key=lambda row: row.marking)),
        tuple(sorted(said, key=lambda row: row.marking)),
        tuple(sorted(pairs, key=lambda pair: max(pair.first, pair.second) > 29)),
    )


LITERAL = _literal()


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    """Rows of every marking in any order; some planted, some about the thing or in the words of another."""
    marking = st.sampled_from([0, 0, 0, *range(len(MARKINGS))])
    drawn = draw(st.lists(st.tuples(marking, st.booleans(), st.integers(0, 200)), min_size=6, max_size=14))
    planted = draw(st.permutations([0, 0, 0, 0, *range(len(MARKINGS))]))
    every = draw(
        st.permutations([*((mark, plant, day) for mark, plant, day in drawn), *((m, True, -1) for m in planted)])
    )
    told: list[Told] = []
    for number, (mark, plant, day) in enumerate(every):
        same = draw(st.sampled_from([None, None, None, *range(number)])) if number else None
        target = None if same is None or told[same].same_as is not None else same
        story = draw(st.sampled_from([None, None, None, 0, 1]))
        when = 3 * number if day < 0 else day
        told.append(Told(number, mark, plant, when, story, target, own=draw(st.booleans())))
    said = [
        Said(160 + number, draw(marking), draw(st.sampled_from(SAID))) for number in range(draw(st.integers(5, 12)))
    ]
    numbers = st.integers(0, len(told) - 1)
    ends = draw(st.lists(st.tuples(numbers, numbers, st.booleans()), max_size=6))
    pairs = {frozenset({told[a].thing, told[b].thing}): Pair(a, b, yes) for a, b, yes in ends}
    return Collection(tuple(told), tuple(said), tuple(p for ends, p in pairs.items() if len(ends) == 2))


@dataclass
class World:
    """A collection as it stands in the database, with the reader of each name."""

    held: Collection
    readers: dict[str, Reader] = field(default_factory=dict)


def build(held: Collection, folder: Path, *, wanted: Iterable[str] = ()) -> World:
    """Bring everything in, connect for everyone, and let a person decide about what only he sees.

    `wanted`: the accounts beside the top one; all roles under all ceilings where none is named. Call it in a
    transaction that is taken back.
    """
    folder.mkdir(exist_ok=True)
    world = World(held)
    _accounts(world, set(wanted))
    top = world.readers[TOP]
    for part in _files(held.told):
        _store(part, folder)
    for row in held.told:
        if row.kind == "incident":
            looked_up.code(row.source, row.key, MARKINGS[row.marking], who=top, now=NOW)
    _say(held.said, top)
    _pair(held, top)
    campaigns.run_for_everyone(who=top, now=NOW, parameters=PARAMETERS)
    return world


def _accounts(world: World, wanted: set[str]) -> None:
    Community.objects.create(key="ring", name="Ring", purpose="test", basis="test")
    home = people.add_organisation(
        "home",
        name_nl="Thuis",
        name_en="Home",
        legal_task="coordination",
        source="test",
        actor="test",
        profile="coordinator",
    )
    every = {name_of(role, key): (role, ceiling) for key, ceiling in CEILINGS.items() for role in ROLES}
    every = {name: row for name, row in every.items() if not wanted or name in wanted}
    whole = ("analyst", Ceiling("RED", "stg_zeer_geheim", frozenset({"ring"})))
    every |= dict.fromkeys([TOP, *weighed.EXPERTS], whole)
    made = {
        name: people.add_person(
            name,
            role=role,
            organisation=home,
            actor="test",
            tlp=ceiling.tlp,
            classification=ceiling.classification,
            communities=tuple(ceiling.communities),
            language="en",
        )
        for name, (role, ceiling) in every.items()
    }
    responded.register(home, whole[1], NOW)
    world.readers |= {name: people.reader(person) for name, person in made.items()}


def _files(told: Sequence[Told]) -> Iterator[list[Told]]:
    """The records as files, in order: neighbours of one source and marking stand in one file."""
    part: list[Told] = []
    for row in told:
        if part and (part[-1].marking, part[-1].source) != (row.marking, row.source):
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _store(told: Sequence[Told], folder: Path) -> None:
    first = told[0]
    path = folder / f"file-{first.token}"
    path.write_text(" ".join(row.token for row in told))
    marking = MARKINGS[first.marking]
    reading = Reading(
        [row.record() for row in told], source=first.source, marking=marking.tlp if first.own else "CLEAR"
    )
    digest = f"{first.number + 1:064x}"
    ingest.store(reading, path=path, sha256=digest, actor="test", ceiling=_EVERYTHING, now=NOW)  # type: ignore[arg-type]
    row = markings.row(marking)
    Stored.objects.filter(document__in=Document.objects.filter(sha256=digest)).update(marking=row)
    if first.own:
        Source.objects.filter(key=first.source).update(marking=row)


def _say(said: Sequence[Said], top: Reader) -> None:
    for row in said:
        marking = markings.row(MARKINGS[row.marking])
        if row.kind in ("law", "letter"):
            measures.load([_commitment(row)], who=top, now=NOW)
            if row.kind == "letter":
                promised.write(row.commitment, row.token, MARKINGS[row.marking], who=top, now=NOW)
            Commitment.objects.filter(key=row.commitment).update(marking=marking)
            Measure.objects.filter(key=measures.measure_key(row.commitment)).update(marking=marking)
            if row.kind == "law":
                key = measures.measure_key(row.commitment)
                other = f"MEA-{token(row.number - 8)}"
                registered.write(key, row.token, "espionage", MARKINGS[row.marking], other=other, who=top, now=NOW)
                registered.propose(row.token, MARKINGS[row.marking], who=top, now=NOW)
        elif row.kind == "statement":
            risk.load_statements([_statement(row)], who=top, now=NOW)
            Statement.objects.filter(key=f"STA-{row.token}").update(marking=marking)
        elif row.kind == "text":
            risk.load_theme_texts([_text(row)], who=top, now=NOW)
            ThemeText.objects.filter(edition=f"edition {row.token}").update(marking=marking)
            weighed.write(row.token, row.theme, row.interest, MARKINGS[row.marking], who=top, now=NOW)
        elif row.kind == "cycle":
            _cycle(row, top, marking)
        else:
            words: dict[str, Any] = {name: f"Judged {name} {row.token}" for name in ("text", "evidence", "reason")}
            risk.judge(row.interest, row.theme, marking=MARKINGS[row.marking], who=top, now=NOW, **words)
            watched.write(row.token, row.theme, row.interest, MARKINGS[row.marking], who=top, now=NOW)
            exposed.write(row.token, row.interest, MARKINGS[row.marking], who=top, now=NOW)
            responded.write(row.token, MARKINGS[row.marking], who=top, now=NOW)
            looked_up.write(row.token, MARKINGS[row.marking], who=top, now=NOW)
            entered.write(row.token, row.number, MARKINGS[row.marking], who=top, now=NOW)
            intervened.write(row.token, responded.key_of(row.token), MARKINGS[row.marking], who=top, now=NOW)


def _cycle(row: Said, top: Reader, marking: Any) -> None:
    """A strategy with a goal, a cell and a product, frozen; a review with a line; an answer and a tag."""
    word, own = row.token, token(row.number - 3)
    plan, review = f"plan-{word}", f"review-{word}"
    where = cycle.Place(f"Nota {word}", f"Section {word}", "7")
    kinds = ((plan, "strategy", ""), (review, "review", f"Nota {own}"))
    rows = [_edition(key, kind, text, word) for key, kind, text in kinds]
    cycle.load_editions(rows, who=top, now=NOW)
    same: dict[str, Any] = {"text": f"Aim {word}", "language": "en", "place": where, "marking": ""}
    same |= {"who": top, "now": NOW}
    strategies.add_goal(plan, theme=row.theme, **same)
    strategies.write_cell(plan, aspect="term", **same)
    reviewing.write(review, cycle.Slot("introduction"), verdict="", **same)
    cycle.add_product(plan, title=f"Product {word}", who=top, now=NOW)
    frozen = cycle.freeze(plan, reason=f"Frozen {word}", who=top, now=NOW)
    if Statement.objects.filter(key=f"STA-{own}").exists():
        values = {"kind": "elsewhere", "target": "", "reason": f"Answer {word}", "marking": ""}
        cycle.answer(f"STA-{own}", **values, who=top, now=NOW)
        FindingAnswer.objects.filter(reason=f"Answer {word}").update(marking=marking)
    law = f"MEA-{token(row.number - 5)}"
    if Measure.objects.filter(key=law).exists():
        tag = {"scheme": functions.SCHEMES[0], "function": "defend", "reason": f"Tag {word}", "marking": ""}
        functions.tag(law, **tag, who=top, now=NOW)
        MeasureFunction.objects.filter(reason=f"Tag {word}").update(marking=marking)
        place = {"pillar": "eu_strength", "direction": "promote", "reason": f"Pillar {word}"}
        autonomy.place(law, **place, who=top, now=NOW)
        AutonomyTag.objects.filter(reason=f"Pillar {word}").update(marking=marking)
        registered.write(law, word, "disinformation", MARKINGS[row.marking], who=top, now=NOW)
    for model in (StrategyGoal, StrategyCell, ReviewLine):
        model._default_manager.filter(text=f"Aim {word}").update(marking=marking)
    CycleEdition.objects.filter(key__in=(plan, review)).update(marking=marking)
    FrozenEdition.objects.filter(sha256=frozen.sha256).update(marking=marking)


def _edition(key: str, kind: str, own: str, word: str) -> cycle.EditionRow:
    return cycle.EditionRow(
        key=key, kind=kind, title_nl=f"Plan {word}", title_en=f"Plan {word}", own_text_nl=own, place=_place(word)
    )


def _commitment(row: Said) -> measures.CommitmentRow:
    word = row.token
    return measures.CommitmentRow(
        key=row.commitment,
        kind=row.kind,
        title_nl=f"Belofte {word}",
        title_en=f"Promise {word}",
        owner=f"Owner {word}",
        owner_basis="stated",
        owed_to_parliament="motie" if row.kind == "letter" else "none",
        accent="interference",
        theme=row.theme,
        interests=(row.interest,),
        source_nl=f"Brief {word}",
        source_en=f"Letter {word}",
        status_as_stated=f"Status {word}",
        due_as_stated=f"Due {word}",
        anchor_nl=f"Anchor {word}",
        note=f"Note {word}",
    )


def _place(word: str) -> risk.Place:
    return risk.Place(source_nl=f"Nota {word}", source_en=f"Paper {word}", section=f"Section {word}")


def _statement(row: Said) -> risk.StatementRow:
    word = row.token
    return risk.StatementRow(
        key=f"STA-{word}",
        actor_en=f"Speaker {word}",
        actor_kind="state",
        interests=(row.interest,),
        instrument_en=f"Instrument {word}",
        domain="cyber",
        theme=row.theme,
        certainty_as_stated=f"probable {word}",
        target=f"Aim {word}",
        place=_place(word),
    )


def _text(row: Said) -> risk.ThemeTextRow:
    word = row.token
    part = ("resilience", "threat", "verdict")[row.number % 3]
    return risk.ThemeTextRow(
        theme=row.theme,
        edition=f"edition {word}",
        part=part,
        text=f"Text {word}",
        place=_place(word),
        as_read=part == "verdict",
    )


def _pair(held: Collection, top: Reader) -> None:
    """Samenesses as a person would propose them, some of them accepted; each has a word of its later record."""
    by_number = {row.number: row for row in held.told}
    ids = dict(Thing.objects.values_list("stix_id", "pk"))
    for pair in held.pairs:
        ends = [by_number[pair.first], by_number[pair.second]]
        marking = highest(MARKINGS[row.marking] for row in ends)
        word = next((row.token for row in ends if MARKINGS[row.marking] == marking), ends[1].token)
        first, second = sorted(ids[row.thing] for row in ends)
        evidence = {"evidence": [{"feature": "wording", "value": f"shared {word}", "bans": 3.0}]}
        picture.propose_same([picture.Proposal(first, second, evidence, 5.0, marking)], actor="test", now=NOW)
        if pair.accepted:
            found = next(s for s in picture.same_proposals(top.ceiling) if {s.first_id, s.second_id} == {first, second})
            picture.decide_sameness(found.pk, verdict="accept", reason=f"Held one {word}", who=top, now=NOW)


def decide_hidden(world: World, decider: str, ceiling: Ceiling) -> list[str]:
    """Somebody decides about every campaign of his that lies above the ceiling; their ids. None in a twin."""
    who, decided = world.readers[decider], []
    for row in campaigns.overview(who):
        if not ceiling.admits(row.marking):
            campaigns.decide(row.uuid, verdict="accept", reason=f"Decided {token(255)}", who=who, now=NOW)
            _judge(row.uuid, who)
            decided.append(row.uuid)
    return decided


def _judge(uuid: str, who: Reader) -> None:
    """Somebody states an element, signs the hypotheses and takes a step of attribution."""
    view, words = campaigns.campaign(uuid, who), f"Judged {token(255)}"
    hybrid.state(view, element="covert", state="met", source=words, reason=words, who=who, now=NOW)
    hypotheses.sign(view, reason=words, who=who, now=NOW)
    values = dict.fromkeys(("statement", "certainty", "source", "reason"), words) | {"confidence": "high"}
    rung = ladder.take(view, level="technical", values=values, who=who, now=NOW)
    intervened.decide(rung, words, who=who, now=NOW)
