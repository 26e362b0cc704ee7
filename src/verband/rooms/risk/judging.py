"""What somebody judged about resilience: with evidence, by a person whose role gives it; withdrawn, never changed.

Evidence ends. A judgement of which no evidence holds any more is no judgement of today: resilience is unknown again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from verband.language.catalogues import catalogue
from verband.language.decimals import whole
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import Marking
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.risk.models import ResilienceEvidence, ResilienceJudgement

NOT_STATED = "not_stated"
#: How long evidence holds where nobody said so: our own choice.
EVIDENCE_DAYS = 365
_LONGEST_DAYS = 3650


@dataclass(frozen=True)
class Evidence:
    """One thing that a judgement rests on; `valid_until` is None where no end was stated."""

    text: str
    observed_on: date
    valid_until: date | None

    def holds(self, day: date) -> bool:
        """Whether it still counts on that day."""
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True)
class JudgementView:
    """One judgement; `standing` is False once it is withdrawn. Times are seconds since 1970.

    `level` is empty where only words were given; `party` is a key of `party_types`.
    """

    id: int
    interest: str
    theme: str
    text: str
    evidence: str
    reason: str
    marking: Marking
    judged_by: str
    judged_at: int
    standing: bool
    withdrawn_by: str
    withdrawn_at: int | None
    withdrawn_reason: str
    party: str = NOT_STATED
    level: str = ""
    items: tuple[Evidence, ...] = ()

    def holding(self, day: date) -> tuple[Evidence, ...]:
        """The evidence that still counts on that day."""
        return tuple(item for item in self.items if item.holds(day))

    @property
    def expires_on(self) -> date | None:
        """The last day on which any of its evidence counts; None where no end was stated."""
        ends = [item.valid_until for item in self.items]
        return None if None in ends else max((end for end in ends if end), default=None)


def judge(
    interest: str,
    theme: str,
    *,
    text: str,
    evidence: str | Sequence[Evidence],
    reason: str,
    marking: Marking,
    who: Reader,
    now: datetime,
    level: str = "",
    party: str = NOT_STATED,
) -> JudgementView:
    """Store a judgement about the resilience of an interest in a theme; a newer one stands in front of an older.

    `evidence` as a text is one piece seen today that holds for EVIDENCE_DAYS. `level` and `party` are words of
    `resilience_levels` (may be empty) and `party_types`.
    `marking` is the highest of what the evidence rests on; it must lie under the reader's own ceiling.
    Raises InputError("risk.empty") without text, evidence or reason, ("risk.evidence_later") and
    ("risk.evidence_expired") for days that cannot be, ("catalogue.unknown_word"), RefusedError("people.no_power") and
    ("risk.above_ceiling").
    """
    demand(who, "assess")
    interest, theme = catalogue("interests").resolve(interest).key, catalogue("themes").resolve(theme).key
    party = catalogue("party_types").resolve(party).key
    levels = catalogue("resilience_levels")
    level = levels.resolve(level).key if level else ""
    items = _items(evidence, now)
    for field, value in (("text", text), ("evidence", "".join(one.text for one in items)), ("reason", reason)):
        if not value.strip():
            raise InputError("risk.empty", field=field)
    _check_days(items, _day(now))
    if not who.ceiling.admits(marking):
        raise RefusedError("risk.above_ceiling", marking=marking.words())
    with transaction.atomic():
        made = ResilienceJudgement.objects.create(
            interest=interest,
            theme=theme,
            party=party,
            level=level,
            level_version=levels.version if level else "",
            text=text.strip(),
            evidence="; ".join(one.text for one in items),
            reason=reason.strip(),
            marking=picture.marking_row(marking),
            judged_by=who.signature,
            judged_at=int(now.timestamp()),
        )
        ResilienceEvidence.objects.bulk_create(
            ResilienceEvidence(judgement=made, text=one.text, observed_on=one.observed_on, valid_until=one.valid_until)
            for one in items
        )
        detail = {"judgement": made.pk, "marking": marking.words()}
        audit.note("resilience judged", actor=who.signature, object=f"{interest} x {theme}", detail=detail)
    return _view(made, None)


def withdraw(number: int, *, reason: str, who: Reader, now: datetime) -> JudgementView:
    """Take a standing judgement back, with a reason; it stays in the history.

    Raises NotFoundError("risk.no_judgement"), InputError("risk.empty"), ("risk.withdrawn") and
    RefusedError("people.no_power").
    """
    demand(who, "assess")
    if not reason.strip():
        raise InputError("risk.empty", field="reason")
    with transaction.atomic():
        found = _visible(who).filter(pk=number).select_for_update(of=("self",)).first()
        if found is None:
            raise NotFoundError("risk.no_judgement")
        if found.withdrawn_at is not None:
            raise InputError("risk.withdrawn")
        found.withdrawn_by, found.withdrawn_at = who.signature, int(now.timestamp())
        found.withdrawn_reason = reason.strip()
        found.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        place = f"{found.interest} x {found.theme}"
        audit.note("resilience judgement withdrawn", actor=who.signature, object=place, detail={"judgement": found.pk})
    return _view(found, None)


def evidence_of(rows: Iterable[tuple[str, str, str]], *, now: datetime) -> tuple[Evidence, ...]:
    """Rows of a form (text, day observed, days valid) as evidence; rows without text are left out.

    An empty day is today, empty days EVIDENCE_DAYS.
    Raises InputError("risk.evidence_day") and ("risk.evidence_days").
    """
    found = []
    for text, day, days in rows:
        if text.strip():
            observed = _read_day(day) if day.strip() else _day(now)
            found.append(Evidence(text.strip(), observed, observed + timedelta(days=_read_days(days))))
    return tuple(found)


def current(who: Reader, *, known_on: int | None = None) -> dict[tuple[str, str, str], JudgementView]:
    """The newest standing judgement for each (interest, theme, party), whether its evidence still holds or not."""
    found: dict[tuple[str, str, str], JudgementView] = {}
    for view in judgements(who, known_on=known_on):
        if view.standing:
            found.setdefault((view.interest, view.theme, view.party), view)
    return found


def by_pair(
    who: Reader, *, day: date, known_on: int | None = None
) -> tuple[dict[tuple[str, str], JudgementView], dict[tuple[str, str], JudgementView]]:
    """For each (interest, theme) the newest judgement that holds on the day; apart, those of which none holds any more.

    The second has a pair only where the first has not, with the judgement that ended last.
    """
    held: dict[tuple[str, str], JudgementView] = {}
    ended: dict[tuple[str, str], JudgementView] = {}
    for view in current(who, known_on=known_on).values():
        pair = (view.interest, view.theme)
        if view.holding(day):
            held.setdefault(pair, view)
        elif pair not in ended or (view.expires_on or day) > (ended[pair].expires_on or day):
            ended[pair] = view
    return held, {pair: view for pair, view in ended.items() if pair not in held}


def judgements(who: Reader, *, known_on: int | None = None) -> list[JudgementView]:
    """Every judgement that the reader may see, newest first, as it stood at the moment."""
    rows = _visible(who)
    if known_on is not None:
        rows = rows.filter(Q(judged_at__lte=known_on))
    return [_view(row, known_on) for row in rows]


def _visible(who: Reader) -> QuerySet[ResilienceJudgement]:
    seen = picture.visible_markings(who.ceiling)
    return ResilienceJudgement.objects.filter(marking_id__in=seen).select_related("marking").prefetch_related("items")


def _items(evidence: str | Sequence[Evidence], now: datetime) -> tuple[Evidence, ...]:
    if isinstance(evidence, str):
        return evidence_of([(evidence, "", "")], now=now)
    return tuple(evidence)


def _check_days(items: Sequence[Evidence], today: date) -> None:
    for item in items:
        if item.observed_on > today:
            raise InputError("risk.evidence_later", field="evidence", day=item.observed_on)
    if not any(item.holds(today) for item in items):
        raise InputError("risk.evidence_expired", field="evidence")


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError("risk.evidence_day", field="evidence", day=text) from error


def _read_days(text: str) -> int:
    if not text.strip():
        return EVIDENCE_DAYS
    days = whole(text)
    if days is None or not 1 <= days <= _LONGEST_DAYS:
        raise InputError("risk.evidence_days", field="evidence", days=text)
    return days


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()


def _view(row: ResilienceJudgement, known_on: int | None) -> JudgementView:
    gone = row.withdrawn_at is not None and (known_on is None or row.withdrawn_at <= known_on)
    return JudgementView(
        id=row.pk,
        interest=row.interest,
        theme=row.theme,
        text=row.text,
        evidence=row.evidence,
        reason=row.reason,
        marking=row.marking.value(),
        judged_by=row.judged_by,
        judged_at=row.judged_at,
        standing=not gone,
        withdrawn_by=row.withdrawn_by if gone else "",
        withdrawn_at=row.withdrawn_at if gone else None,
        withdrawn_reason=row.withdrawn_reason if gone else "",
        party=row.party,
        level=row.level,
        items=tuple(Evidence(item.text, item.observed_on, item.valid_until) for item in row.items.all()),
    )
