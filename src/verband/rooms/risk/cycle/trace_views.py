"""Pages of findings and what answers them: the matrix, and one finding with its answers and proposals."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.markings import highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.measures.services import MeasureView
from verband.rooms.picture import exports
from verband.rooms.problems import Problem
from verband.rooms.risk.cycle import asking, difference, saying, tracing
from verband.rooms.risk.cycle.tracing import Answer, Finding, Promised, Proposal, Target

_SHOWN = 12


@require_GET
def trace(request: HttpRequest) -> HttpResponse:
    """Which finding is answered by which measure and commitment, and which has no answer?"""
    who, known_on = reader_of(request), known_on_of(request)
    every = tracing.findings(who, known_on=known_on)
    wanted = _wanted(request, every)
    found = [item for item in every if _admits(item, wanted)]
    held = tracing.promised(who, known_on=known_on)
    if form := exports.wanted(request):
        rows = [row for item in found for row in _exported(item, held)]
        return exports.response(who, name="findings-and-answers", form=form, rows=rows)
    asking.note(request, "findings and answers", tracing.marking_of(every))
    words = page_language()
    editions = [
        (item.edition.key, item.edition.title(words)) for item in difference.assessments(who, known_on=known_on)
    ]
    shown = {
        "rows": [_row(item, held) for item in found],
        "total": len(every),
        "counts": tracing.counts(every),
        "by_edition": [
            (title, key, tracing.counts(item for item in every if item.edition == key)) for key, title in editions
        ],
        "by_theme": _themes(every),
        "editions": editions,
        "themes": [entry for entry in asking.entries("themes") if any(i.statement.theme == entry.key for i in every)],
        "states": [(state, state_word(state)) for state in tracing.STATES],
        "wanted": wanted,
    }
    return asking.show(request, "trace", shown, None, tab="trace")


@require_GET
def finding(request: HttpRequest, key: str) -> HttpResponse:
    """What does this finding say, what answers it, and what might?"""
    return _finding(request, key)


@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Say how the finding is answered, or confirm a proposal."""
    values = asking.posted(request, "kind", "target", "reason", "marking")
    do = partial(tracing.answer, key, **values)
    form = f"confirm-{values['target']}" if request.POST.get("confirms") else "answer"
    return _act(request, key, form, do, _("Your answer stands here with your name; it can be withdrawn."))


@require_POST
def withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take an answer back; the finding is unanswered again if it was the only one."""
    reason = request.POST.get("reason", "")
    do = partial(tracing.withdraw, number, reason=reason)
    return _act(request, key, f"withdraw-{number}", do, _("Withdrawn; it stays in the history."))


def state_word(state: str) -> str:
    """A state of a finding in words."""
    return {
        tracing.ANSWERED: _("answered"),
        tracing.EXPLAINED: _("reason given"),
        tracing.UNANSWERED: _("unanswered"),
    }[state]


def rule_word(rule: str) -> str:
    """A rule that proposes, in words."""
    return {"section": _("same section of the same text"), "theme_and_accent": _("same theme and accent")}[rule]


def _act(request: HttpRequest, key: str, form: str, do: Callable[..., object], done: str) -> HttpResponse:
    def page(again: HttpRequest, problem: Problem | None) -> HttpResponse:
        return _finding(again, key, problem)

    return asking.act(request, form, do, done=done, page=page, there=reverse("risk:finding", args=[key]))


def _wanted(request: HttpRequest, every: list[Finding]) -> dict[str, str]:
    """The filters of the address. Raises InputError("cycle.word") for one that there is not."""
    wanted = {name: request.GET.get(name, "").strip() for name in ("edition", "theme", "state")}
    saying.one_of("edition", wanted["edition"], ("", *dict.fromkeys(item.edition for item in every)))
    saying.one_of("theme", wanted["theme"], ("", *catalogue("themes").keys()))
    saying.one_of("state", wanted["state"], ("", *tracing.STATES))
    return wanted


def _admits(item: Finding, wanted: dict[str, str]) -> bool:
    have = {"edition": item.edition, "theme": item.statement.theme, "state": item.state}
    return all(not value or have[name] == value for name, value in wanted.items())


def _themes(every: list[Finding]) -> list[tuple[str, dict[str, int]]]:
    found = tracing.by_theme(every)
    order = ("", *catalogue("themes").keys())
    return [(theme, found[theme]) for theme in sorted(found, key=order.index)]


def _row(item: Finding, held: Promised) -> dict[str, Any]:
    return {
        "item": item,
        "state_word": state_word(item.state),
        "answers": [_answer(one) for one in item.answers],
        "proposals": len(tracing.proposals(item, held)),
        **asking.statement(item.statement),
    }


def _answer(one: Answer) -> dict[str, Any]:
    return {
        "one": one,
        "form": f"withdraw-{one.stamp.number}",
        "target": _target(one.target) if one.target else None,
        "commitments": [_target(view) for view in one.commitments if view is not one.target],
    }


def _target(view: Target) -> dict[str, Any]:
    words = page_language()
    there = "measures:measure" if isinstance(view, MeasureView) else "measures:commitment"
    return {
        "view": view,
        "title": view.title(words),
        "address": reverse(there, args=[view.key]),
        "is_measure": isinstance(view, MeasureView),
        **asking.cited(view.source),
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    form = f"confirm-{one.target.key}"
    return {"kind": one.kind, "rule": rule_word(one.rule), "form": form, **_target(one.target)}


def _finding(request: HttpRequest, key: str, problem: Problem | None = None) -> HttpResponse:
    who, known_on, words = reader_of(request), known_on_of(request), page_language()
    item = tracing.finding(key, who, known_on=known_on)
    held = tracing.promised(who, known_on=known_on)
    proposed = tracing.proposals(item, held)
    shown_all = request.GET.get("proposals") == "all" or problem is not None
    markings = [tracing.marking_of([item]), *(one.target.marking for one in proposed)]
    asking.note(request, f"finding {key}", highest(markings))
    editions = {one.edition.key: one.edition.title(words) for one in difference.assessments(who, known_on=known_on)}
    shown = {
        "item": item,
        "state_word": state_word(item.state),
        "edition_title": editions[item.edition],
        "answers": [_answer(one) for one in item.answers],
        "history": [_answer(one) for one in item.history],
        "proposals": [_proposal(one) for one in (proposed if shown_all else proposed[:_SHOWN])],
        "proposals_total": len(proposed),
        "kinds": asking.entries("answer_kinds"),
        "targets": [
            *((view.key, view.title(words)) for view in held.measures.values()),
            *((view.key, view.title(words)) for view in held.commitments.values()),
        ],
        "least": saying.choices(item.statement.marking, who),
        **asking.statement(item.statement),
    }
    return asking.show(request, "finding", {**shown, "tlp_words": shown["least"]}, problem, tab="trace")


def _exported(item: Finding, held: Promised) -> list[dict[str, Any]]:
    """A finding with each of its answers for a file; one row without an answer where it has none."""
    base = {
        "finding": item.statement.key,
        "edition": item.edition,
        "theme": item.statement.theme,
        "actor_en": item.statement.actor_en,
        "instrument_en": item.statement.instrument_en,
        "certainty_as_stated": item.statement.certainty_as_stated,
        "section": item.statement.source.section,
        "line": item.statement.source.line,
        "state": item.state,
        "proposals": len(tracing.proposals(item, held)),
    }
    answers: list[Answer | None] = list(item.answers) or [None]
    return [
        base
        | {
            "answer": one.kind if one else "",
            "measure": one.target.key if one and isinstance(one.target, MeasureView) else "",
            "commitments": [view.key for view in one.commitments] if one else [],
            "reason": one.reason if one else "",
            "said_by": one.stamp.said_by if one else "",
            "marking": highest([item.statement.marking, *([one.stamp.marking] if one else [])]).words(),
        }
        for one in answers
    ]
