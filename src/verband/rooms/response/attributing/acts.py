"""What a person does on the pages of attribution and of the threshold: one address for each act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from verband.rooms.doing import Act, Given
from verband.rooms.problems import Problem
from verband.rooms.response.attributing import deciding, threshold, views
from verband.rooms.response.attributing.models import AttributionDecision, ThresholdNote
from verband.rooms.response.attributing.reviewed import KINDS
from verband.rooms.response.doing import do


def _on_ladder(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
    return views.attribution_page(request, at=given.at, problem=problem, status=status)


def _on_notes(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
    return views.notes_page(request, at=given.at, problem=problem, status=status)


def _reviewing(kind: str) -> Callable[[Given], object]:
    return lambda g: threshold.review(g.number, {**g.values, "kind": kind}, who=g.who, now=g.now)


_KEPT = _("Kept with your name; it can be withdrawn.")
_TAKEN_BACK = _("Withdrawn; it stays in the history.")
ACTS: Mapping[str, Act] = {
    "decide": Act(
        lambda g: deciding.decide(g.at, {**g.values, "level": g.number}, who=g.who, now=g.now),
        _on_ladder,
        _("The decision is kept with your name and mandate, and the step of the ladder is taken."),
    ),
    "withdraw": Act(
        lambda g: deciding.withdraw(g.number, reason=g.text("reason"), who=g.who, now=g.now), _on_ladder, _TAKEN_BACK
    ),
    "note": Act(lambda g: threshold.write(g.at, g.values, who=g.who, now=g.now), _on_notes, _KEPT),
    "withdraw-note": Act(
        lambda g: threshold.withdraw(g.number, reason=g.text("reason"), who=g.who, now=g.now), _on_notes, _TAKEN_BACK
    ),
    **{f"review-{kind}": Act(_reviewing(kind), _on_notes, _("The review is kept with your name.")) for kind in KINDS},
}


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Do one act of attribution or of the threshold, or show its page again with the error beside the field."""
    return do(request, act, ACTS, _back)


def _back(given: Given, made: object) -> HttpResponse:
    if isinstance(made, AttributionDecision):
        return redirect("response:attribution", made.campaign)
    return redirect("response:threshold", _note_of(made).case.key)


def _note_of(made: Any) -> ThresholdNote:
    """The note that was made, or that a review is about, whatever page was named in the form."""
    return made if isinstance(made, ThresholdNote) else _note_of(made.note)
