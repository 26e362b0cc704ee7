"""The tables of response as rows for csv and json, with the keys of the catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from verband.rooms.response.before import LikeCases
from verband.rooms.response.cases import ANSWERED, ASKED, NOT_ASKED, CaseView
from verband.rooms.response.options import OptionView
from verband.rooms.response.packages import PackageView, decision_text


def cases(found: Iterable[tuple[CaseView, Sequence[PackageView]]]) -> list[dict[str, Any]]:
    """A row for each case."""
    return [
        {
            "case": view.key,
            "title": view.row.title,
            "question": view.row.question,
            "origin": view.row.origin,
            "aims": view.row.aims,
            "accents": view.row.accents,
            "severity": view.row.severity,
            "scope_state": view.scope.state,
            "scope_outcome": view.scope.outcome,
            "ordinary_owner": view.scope.owner if view.handed_over else "",
            "packages": [f"{one.row.title}: {one.state}" for one in packages],
            "answer_by": view.row.answer_by.isoformat() if view.row.answer_by else "",
            "withdrawn": view.row.withdrawn_reason,
            "opened_by": view.row.kept_by,
            "marking": view.marking.words(),
        }
        for view, packages in found
    ]


def options(case: CaseView, found: Iterable[OptionView], like: LikeCases) -> list[dict[str, Any]]:
    """A row for each option of a case; nothing in it is added up to a score.

    `like_cases` are counts of coded incidents with their own marking; one that is not shown has no `used`.
    """
    return [
        {
            "case": case.key,
            "option": view.key,
            "instrument": view.row.instrument,
            "own_name": view.row.own_name,
            "why_new": view.row.why_new,
            "what": view.row.what,
            "owner": view.row.owner,
            "gate": view.row.gate,
            "goals": view.row.goals,
            "theory": view.row.theory,
            "channel": view.row.channel,
            "eu_type": view.row.eu_type,
            "toolboxes": list(view.instrument.toolboxes) if view.instrument else [],
            "fimi_pillars": list(view.instrument.fimi_pillars) if view.instrument else [],
            "legal_basis": list(view.legal_basis),
            "like_cases": _like_cases(view, like),
            "like_cases_marking": like.marking.words(),
            "coalition": view.coalition.title("en") if view.coalition else "",
            "basis_in_register": view.basis.title("en") if view.basis else "",
            "proportionality": view.row.proportionality,
            "less_intrusive_alternative": view.row.alternative,
            "downside": view.row.downside,
            "chances": view.row.chances,
            "risks": view.row.risks,
            "expected_reaction": view.row.reaction,
            "reversibility": view.row.reversibility,
            "indicators": [f"{one.text} ({one.observe_on.isoformat()})" for one in view.indicators],
            "asked": list(case.areas_in(ASKED)),
            "answered": list(case.areas_in(ANSWERED)),
            "not_asked": list(case.areas_in(NOT_ASKED)),
            "source": view.row.source,
            "marking": view.marking.words(),
        }
        for view in found
    ]


def _like_cases(view: OptionView, like: LikeCases) -> list[str]:
    """`domain espionage: 6 of 10 (0.26 to 0.88)`, in the order of the groups."""
    held = like.before.get(view.row.instrument)
    told = []
    for cell in held.cells if held else ():
        group = f"{cell.grouping} {cell.group}".strip() or "all cases"
        shown = cell.shown and cell.low is not None and cell.high is not None
        told.append(
            f"{group}: {cell.used} of {cell.cases} ({cell.low:.2f} to {cell.high:.2f})"
            if shown
            else f"{group}: not shown"
        )
    return told


def trail(found: Iterable[PackageView], language: str) -> list[dict[str, Any]]:
    """A row for each step of each package: who, when, why, under which mandate, and the digest of what it was about."""
    return [
        {
            "case": view.case.key,
            "package": view.row.title,
            "gate": view.row.gate,
            "route": view.row.route,
            "authority": view.row.authority,
            "number": step.number,
            "step": step.action,
            "state": step.state,
            "day": step.day.isoformat(),
            "at": step.kept_at,
            "by": step.kept_by,
            "mandate": step.mandate_words,
            "outcome": step.outcome,
            "text": decision_text(step, language) if step.outcome else "",
            "reason": step.reason,
            "chances": step.chances,
            "risks": step.risks,
            "eu_and_nato": step.allied,
            "options": [one.key for one in view.options],
            "content_sha256": step.content,
            "marking": view.marking.words(),
        }
        for view in found
        for step in view.steps
    ]
