"""What somebody judged about resilience: with evidence, by a person whose role gives it; withdrawn, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import Marking
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.risk.models import ResilienceJudgement


@dataclass(frozen=True)
class JudgementView:
    """One judgement; `standing` is False once it is withdrawn. Times are seconds since 1970."""

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


def judge(
    interest: str, theme: str, *, text: str, evidence: str, reason: str, marking: Marking, who: Reader, now: datetime
) -> JudgementView:
    """Store a judgement about the resilience of an interest in a theme; a newer one stands in front of an older.

    `marking` is the highest of what the evidence rests on; it must lie under the reader's own ceiling.
    Raises InputError("risk.empty") without text, evidence or reason, ("catalogue.unknown_word"),
    RefusedError("people.no_power") and ("risk.above_ceiling").
    """
    demand(who, "assess")
    interest, theme = catalogue("interests").resolve(interest).key, catalogue("themes").resolve(theme).key
    for field, value in (("text", text), ("evidence", evidence), ("reason", reason)):
        if not value.strip():
            raise InputError("risk.empty", field=field)
    if not who.ceiling.admits(marking):
        raise RefusedError("risk.above_ceiling", marking=marking.words())
    with transaction.atomic():
        made = ResilienceJudgement.objects.create(
            interest=interest,
            theme=theme,
            text=text.strip(),
            evidence=evidence.strip(),
            reason=reason.strip(),
            marking=picture.marking_row(marking),
            judged_by=who.signature,
            judged_at=int(now.timestamp()),
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


def newest(who: Reader, *, known_on: int | None = None) -> dict[tuple[str, str], JudgementView]:
    """The newest standing judgement for each (interest, theme) that has one which the reader may see."""
    found: dict[tuple[str, str], JudgementView] = {}
    for view in judgements(who, known_on=known_on):
        if view.standing:
            found.setdefault((view.interest, view.theme), view)
    return found


def judgements(who: Reader, *, known_on: int | None = None) -> list[JudgementView]:
    """Every judgement that the reader may see, newest first, as it stood at the moment."""
    rows = _visible(who)
    if known_on is not None:
        rows = rows.filter(Q(judged_at__lte=known_on))
    return [_view(row, known_on) for row in rows]


def _visible(who: Reader) -> QuerySet[ResilienceJudgement]:
    seen = picture.visible_markings(who.ceiling)
    return ResilienceJudgement.objects.filter(marking_id__in=seen).select_related("marking")


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
    )
