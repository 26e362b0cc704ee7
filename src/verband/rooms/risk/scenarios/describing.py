"""Scenarios: what could happen, what it rests on, what others hold against it; written with name, never changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypedDict, TypeVar
from unicodedata import category
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError, VerbandError
from verband.language.markings import Marking, highest
from verband.language.risk_methods import RiskMethod, risk_method
from verband.rooms.asking import page_language
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import services as campaigns
from verband.rooms.exposure import services as exposure
from verband.rooms.measures import services as measures
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.risk import texts
from verband.rooms.risk.models import Challenge, Scenario, ScenarioLink
from verband.rooms.risk.scenarios.method_words import LIKELIHOOD

POWER = "assess"
#: Most characters of a title, of a text and of a key; keys that are addresses of their own.
TITLE, TEXT, LONGEST_KEY = 200, 20_000, 70
RESERVED = frozenset({"new"})
#: Unicode categories of characters that cannot be seen.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
LINK_KINDS = ("campaign", "incident", "statement", "measure", "dependency")
Marked = TypeVar("Marked", Scenario, ScenarioLink)
Held = TypeVar("Held", Scenario, ScenarioLink, Challenge)


@dataclass(frozen=True)
class LinkView:
    """What a scenario rests on. `old` where it was valid until a day before the moment asked for.

    `title` is what it is called now for this reader; empty where he may not see it, or where it is a text alone.
    """

    id: int
    kind: str
    ref: str
    title: str
    text: str
    observed_on: date
    valid_until: date
    old: bool
    without: Mapping[str, str]
    said_by: str
    said_at: int
    withdrawn_at: int | None
    withdrawn_by: str
    withdrawn_reason: str
    marking: Marking

    @property
    def number(self) -> str:
        """Its number as a word of a form."""
        return str(self.id)


@dataclass(frozen=True)
class ScenarioView:
    """A scenario as one reader sees it, with what it rests on and what was held against it, as it stood then."""

    id: int
    key: str
    title_nl: str
    title_en: str
    text: str
    language: str
    theme: str
    interests: tuple[str, ...]
    method: RiskMethod
    profile: str
    marking: Marking
    said_by: str
    said_at: int
    withdrawn_at: int | None
    withdrawn_by: str
    withdrawn_reason: str
    links: tuple[LinkView, ...]
    challenges: tuple[Challenge, ...]

    def title(self, language: str) -> str:
        """The title in `nl` or `en`."""
        return self.title_nl if language == "nl" else self.title_en

    @property
    def standing_links(self) -> tuple[LinkView, ...]:
        """What it rests on that nobody withdrew, whatever its age."""
        return tuple(link for link in self.links if link.withdrawn_at is None)

    @property
    def challenged(self) -> bool:
        """Whether somebody else held something against it, and it was answered."""
        return any(row.answered_at is not None and row.withdrawn_at is None for row in self.challenges)


def draft(
    key: str,
    *,
    title_nl: str,
    title_en: str,
    text: str,
    theme: str,
    interests: Sequence[str],
    marking: Marking,
    who: Reader,
    now: datetime,
    method: str = "anv",
    profile: str = "equal",
    language: str = "nl",
) -> ScenarioView:
    """A new scenario, weighed by the newest version of that method.

    Raises InputError("scenario.empty"), ("scenario.key"), ("scenario.taken"), ("catalogue.unknown_word"), what
    `risk_method` raises, RefusedError("people.no_power") and ("risk.above_ceiling").
    """
    demand(who, POWER)
    titles = {"title_nl": said("title_nl", title_nl, most=TITLE), "title_en": said("title_en", title_en, most=TITLE)}
    if not interests:
        raise InputError("scenario.empty", field="interests")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) or key in RESERVED or len(key) > LONGEST_KEY:
        raise InputError("scenario.key", key=key[:LONGEST_KEY])
    chosen = risk_method(method)
    fields = {
        **titles,
        "text": said("text", text),
        "language": language,
        "theme": catalogue("themes").resolve(theme).key,
        "interests": [catalogue("interests").resolve(word).key for word in interests],
        "method": chosen.name,
        "method_version": chosen.version,
        "profile": chosen.profile(profile).key,
    }
    _under(who, marking)
    with transaction.atomic():
        key = _free(key, who)
        made = Scenario.objects.create(key=key, marking=picture.marking_row(marking), **_signed(who, now), **fields)
        audit.note(
            "scenario drafted", actor=who.signature, object=f"scenario {key}", detail={"marking": marking.words()}
        )
    return _view(made, who, None, now)


def link(
    key: str,
    *,
    kind: str,
    text: str,
    observed_on: str,
    valid_until: str,
    who: Reader,
    now: datetime,
    ref: str = "",
    without: Mapping[str, str] | None = None,
    marking: Marking | None = None,
) -> ScenarioView:
    """Say what the scenario rests on, since when it is known and until when that may be relied on (ISO days).

    `ref` names a campaign, incident, statement or measure that the reader may see; for a dependency it may name a saved
    outage, else it has only its text, with the source in it. `without`, for a measure: the class that a criterion (or
    the band that the likelihood) would have if the measure were not there. The marking is at least that of what is
    linked.
    Raises InputError("scenario.empty"), ("scenario.link_kind"), ("scenario.day"), ("scenario.days_reversed"),
    ("weighing.unknown_class"), NotFoundError where there is no such thing that the reader may see.
    """
    demand(who, POWER)
    row = _find(key, who, open_only=True)
    if kind not in LINK_KINDS:
        raise InputError("scenario.link_kind", kind=kind, known=", ".join(LINK_KINDS))
    text = said("text", text)
    if len(ref) > TITLE:
        raise InputError("scenario.long", field="ref", most=TITLE)
    first, last = day(observed_on, field="observed_on"), day(valid_until, field="valid_until")
    if last < first:
        raise InputError("scenario.days_reversed", first=first, last=last)
    marked = [marking or Marking(), row.marking.value(), *_marking_of(kind, ref, who)]
    after = dict(without or {}) if kind == "measure" else {}
    of = risk_method(row.method, version=row.method_version)
    for criterion, word in after.items():
        known_class(of, criterion, word)
    _under(who, highest(marked))
    with transaction.atomic():
        made = ScenarioLink.objects.create(
            scenario=row,
            kind=kind,
            ref=ref,
            text=text,
            observed_on=first,
            valid_until=last,
            without=after,
            marking=picture.marking_row(highest(marked)),
            **_signed(who, now),
        )
        audit.note("scenario evidence linked", actor=who.signature, object=f"scenario {key}", detail={"link": made.pk})
    return _view(row, who, None, now)


def known_class(method: RiskMethod, criterion: str, word: str) -> None:
    """Raise InputError where the method has no such criterion, class or band."""
    if criterion == LIKELIHOOD:
        method.band(word)
    else:
        method.criterion(criterion)
        method.impact_class(word)


def unlink(key: str, number: int, *, reason: str, who: Reader, now: datetime) -> ScenarioView:
    """Take a link back, with a reason. Raises NotFoundError("scenario.no_link"), InputError("scenario.withdrawn")."""
    demand(who, POWER)
    row = _find(key, who)
    found = _visible(row.links.all(), who).filter(pk=number).first()
    if found is None:
        raise NotFoundError("scenario.no_link")
    _take_back(found, reason=reason, who=who, now=now, name="scenario evidence withdrawn", key=key)
    return _view(row, who, None, now)


def withdraw(key: str, *, reason: str, who: Reader, now: datetime) -> ScenarioView:
    """Take a scenario back; it stays in the history and no more is judged about it."""
    demand(who, POWER)
    row = _find(key, who)
    _take_back(row, reason=reason, who=who, now=now, name="scenario withdrawn", key=key)
    return _view(row, who, None, now)


def challenge(key: str, *, text: str, who: Reader, now: datetime) -> ScenarioView:
    """Hold something against a scenario that another wrote (R005: it is challenged before it is fixed).

    Raises InputError("scenario.empty"), RefusedError("scenario.own_challenge").
    """
    demand(who, POWER)
    row = _find(key, who, open_only=True)
    text = said("text", text)
    if row.said_by == who.signature:
        raise RefusedError("scenario.own_challenge")
    with transaction.atomic():
        Challenge.objects.create(scenario=row, text=text, **_signed(who, now))
        audit.note("scenario challenged", actor=who.signature, object=f"scenario {key}")
    return _view(row, who, None, now)


def answer(key: str, number: int, *, text: str, who: Reader, now: datetime) -> ScenarioView:
    """Answer what was held against it.

    Raises NotFoundError("scenario.no_challenge"), InputError("scenario.answered"), ("scenario.empty").
    """
    demand(who, POWER)
    row = _find(key, who)
    text = said("answer", text)
    with transaction.atomic():
        found = row.challenges.select_for_update().filter(pk=number).first()
        if found is None:
            raise NotFoundError("scenario.no_challenge")
        if found.answered_at is not None:
            raise InputError("scenario.answered")
        if found.said_by == who.signature:
            raise RefusedError("scenario.own_answer")
        found.answer, found.answered_by, found.answered_at = text, who.signature, int(now.timestamp())
        found.save(update_fields=["answer", "answered_by", "answered_at"])
        audit.note("challenge answered", actor=who.signature, object=f"scenario {key}", detail={"challenge": number})
    return _view(row, who, None, now)


def scenario(key: str, who: Reader, *, now: datetime, known_on: int | None = None) -> ScenarioView:
    """One scenario. Raises NotFoundError("scenario.unknown") alike where there is none and where it may not be seen."""
    return _view(_find(key, who, known_on=known_on), who, known_on, now)


def scenarios(who: Reader, *, now: datetime, known_on: int | None = None) -> list[ScenarioView]:
    """All scenarios that the reader may see, by theme in the order of the catalogue; withdrawn ones last."""
    rows = _visible(Scenario.objects.all(), who)
    if known_on is not None:
        rows = rows.filter(said_at__lte=known_on)
    order = catalogue("themes").keys()
    found = [_view(row, who, known_on, now) for row in rows]
    return sorted(found, key=lambda view: (view.withdrawn_at is not None, order.index(view.theme), view.said_at))


def stored(key: str, who: Reader) -> Scenario:
    """The row of a scenario that the reader may see and that stands. Raises as `scenario`, ("scenario.withdrawn")."""
    return _find(key, who, open_only=True)


def heading(key: str, who: Reader, *, known_on: int | None = None) -> Scenario:
    """The row of a scenario that the reader may see, withdrawn or not. Raises as `scenario`."""
    return _find(key, who, known_on=known_on)


def said(field: str, text: str, *, most: int = TEXT) -> str:
    """What a person wrote, without characters that cannot be seen.

    Raises InputError("scenario.empty") where nothing is left, ("scenario.long") above `most` characters.
    """
    seen = "".join(letter for letter in text if letter in "\n\t" or category(letter) not in _UNSEEN).strip()
    if not seen:
        raise InputError("scenario.empty", field=field)
    if len(seen) > most:
        raise InputError("scenario.long", field=field, most=most)
    return seen


def day(text: str, *, field: str) -> date:
    """An ISO day. Raises InputError("scenario.day")."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError("scenario.day", field=field, text=text) from error


def _free(key: str, who: Reader) -> str:
    """The key, with a number where somebody else took it whose scenario this reader may not see.

    Raises InputError("scenario.taken") where he may see it.
    """
    if _visible(Scenario.objects.filter(key=key), who).exists():
        raise InputError("scenario.taken", key=key)
    taken = set(Scenario.objects.filter(key__startswith=key).values_list("key", flat=True))
    return next(name for name in (key, *(f"{key}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def _find(key: str, who: Reader, *, open_only: bool = False, known_on: int | None = None) -> Scenario:
    found = _visible(Scenario.objects.filter(key=key), who).first()
    if found is None or (known_on is not None and found.said_at > known_on):
        raise NotFoundError("scenario.unknown", key=key)
    if open_only and found.withdrawn_at is not None:
        raise InputError("scenario.withdrawn")
    return found


def _visible(rows: QuerySet[Marked], who: Reader) -> QuerySet[Marked]:
    return rows.filter(marking_id__in=picture.visible_markings(who.ceiling)).select_related("marking")


def _view(row: Scenario, who: Reader, known_on: int | None, now: datetime) -> ScenarioView:
    moment = int(now.timestamp()) if known_on is None else known_on
    links = [_link(item, who, moment) for item in _visible(row.links.all(), who) if item.said_at <= moment]
    challenges = tuple(_as_of(item, moment) for item in row.challenges.all() if item.said_at <= moment)
    gone = _as_of(row, moment)
    return ScenarioView(
        id=row.pk,
        key=row.key,
        title_nl=row.title_nl,
        title_en=row.title_en,
        text=row.text,
        language=row.language,
        theme=row.theme,
        interests=tuple(row.interests),
        method=risk_method(row.method, version=row.method_version),
        profile=row.profile,
        marking=highest([row.marking.value(), *(item.marking for item in links)]),
        said_by=row.said_by,
        said_at=row.said_at,
        withdrawn_at=gone.withdrawn_at,
        withdrawn_by=gone.withdrawn_by,
        withdrawn_reason=gone.withdrawn_reason,
        links=tuple(links),
        challenges=challenges,
    )


def _link(row: ScenarioLink, who: Reader, moment: int) -> LinkView:
    seen = _as_of(row, moment)
    return LinkView(
        id=row.pk,
        kind=row.kind,
        ref=row.ref,
        title=_title(row.kind, row.ref, who),
        text=row.text,
        observed_on=row.observed_on,
        valid_until=row.valid_until,
        old=row.valid_until < datetime.fromtimestamp(moment, UTC).date(),
        without=dict(row.without),
        said_by=row.said_by,
        said_at=row.said_at,
        withdrawn_at=seen.withdrawn_at,
        withdrawn_by=seen.withdrawn_by,
        withdrawn_reason=seen.withdrawn_reason,
        marking=row.marking.value(),
    )


def _as_of(row: Held, moment: int) -> Held:
    """The row as it stood then: what was withdrawn or answered later is not yet."""
    if row.withdrawn_at is not None and row.withdrawn_at > moment:
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = None, "", ""
    if isinstance(row, Challenge) and row.answered_at is not None and row.answered_at > moment:
        row.answered_at, row.answered_by, row.answer = None, "", ""
    return row


def _title(kind: str, ref: str, who: Reader) -> str:
    try:
        return _known(kind, ref, who)[0]
    except VerbandError:
        return ""


def _marking_of(kind: str, ref: str, who: Reader) -> list[Marking]:
    return [_known(kind, ref, who)[1]]


def _known(kind: str, ref: str, who: Reader) -> tuple[str, Marking]:
    """What it is called and how it is marked. Raises NotFoundError where there is none that the reader may see."""
    language = page_language()
    if kind == "dependency":
        try:
            outage = exposure.outage(ref, who)
        except NotFoundError:
            return "", Marking()
        return outage.row.name, outage.marking
    if kind == "campaign":
        try:
            row = campaigns.campaign(str(UUID(ref)), who).row
        except ValueError as error:
            raise NotFoundError("scenario.no_such", kind=kind, ref=ref) from error
        return (row.title_nl if language == "nl" else row.title_en), row.marking
    if kind == "measure":
        measure = measures.measure(ref, who)
        return measure.title(language), measure.marking
    if kind == "incident":
        thing = picture.thing(ref, who.ceiling)
        return thing.name, thing.marking
    for statement in texts.statements(who):
        if statement.key == ref:
            return f"{statement.actor(language)}: {statement.instrument(language)}", statement.marking
    raise NotFoundError("scenario.no_such", kind=kind, ref=ref)


def _take_back(row: Scenario | ScenarioLink, *, reason: str, who: Reader, now: datetime, name: str, key: str) -> None:
    reason = said("reason", reason)
    if row.withdrawn_at is not None:
        raise InputError("scenario.withdrawn")
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = who.signature, int(now.timestamp()), reason
    with transaction.atomic():
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        audit.note(name, actor=who.signature, object=f"scenario {key}", detail={"reason": reason})


def _signed(who: Reader, now: datetime) -> _Signed:
    return {"said_by": who.signature, "said_at": int(now.timestamp())}


class _Signed(TypedDict):
    said_by: str
    said_at: int


def _under(who: Reader, marking: Marking) -> None:
    if not who.ceiling.admits(marking):
        raise RefusedError("risk.above_ceiling", marking=marking.words())
