"""Pages of promises kept visible: the commitments by term and owner, one of them, and what is kept about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.errors import NotFoundError, VerbandError
from verband.language.markings import TLP, highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.measures import services, stated
from verband.rooms.measures.progress import figures, keeping, knowing, tracker
from verband.rooms.measures.progress.asking import COLUMNS, Asked
from verband.rooms.measures.progress.tracker import Tracked
from verband.rooms.measures.progress.words import column_word, owed_word, rule_words, state_word, term_words
from verband.rooms.measures.stated import Shown
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports
from verband.rooms.picture import keeping as kept
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem, problem_of, rendered


@require_GET
def commitments(request: HttpRequest) -> HttpResponse:
    """What was promised, by whom, by when, what is said about it, and what is known later?"""
    who, known_on = reader_of(request), known_on_of(request)
    on, asked = kept.today(timezone.now(), known_on), Asked.from_query(dict(request.GET.lists()))
    every = tracker.tracked(who, on=on, known_on=known_on)
    plain = {view.key for view in services.commitments(who, asked.plain, known_on=known_on)}
    found = tracker.by_term(row for row in every if row.view.key in plain and asked.admits(row))
    if form := exports.wanted(request):
        return exports.response(who, name="commitments", form=form, rows=exported(found))
    marks = [marking for row in found for marking in row.markings]
    picture.note_reading(who, "commitments", marks)
    shown = {
        "rows": [_row(row) for row in found],
        "counts": tracker.counts(found),
        "total": len(every),
        "inferred": sum(row.view.owner_inferred for row in found),
        "accents": [(key, len(rows)) for key, rows in tracker.by_accent(found).items() if rows],
        "figure": figures.timeline(found, on=on),
        "grid": _grid(found),
        "kept_filters": _kept_filters(request),
        "columns": [(key, column_word(key)) for key in COLUMNS],
        "wanted": asked.plain,
        "asked": asked,
        "filters": _filters([row.view for row in every]),
        "on": on,
        "marking": highest(marks) if marks else None,
        "may_report": known_on is None and who.may("write_report"),
        "language": page_language(),
    }
    return render(request, "measures/progress/commitments.html", shown)


@require_GET
def commitment(request: HttpRequest, key: str) -> HttpResponse:
    """What was promised here, where does it say so, how was its term read, and what is known later?"""
    return _commitment(request, key)


@require_POST
def later_act(request: HttpRequest, act: str) -> HttpResponse:
    """Keep what is known later about a commitment, or take it back."""
    who = reader_of(request)
    told = {name: str(request.POST.get(name, "")) for name in request.POST}
    key, number = told.get("commitment", ""), told.get("number", "")
    try:
        if act == "keep":
            knowing.keep(key, told, who=who, now=timezone.now())
            messages.success(request, _("Kept beside the status as stated, with your name; it can be taken back."))
        elif act == "withdraw":
            key = knowing.withdraw(number, reason=told.get("reason", ""), who=who, now=timezone.now())
            messages.success(request, _("Taken back; it stays in the history."))
        else:
            raise NotFoundError("progress.none")
    except VerbandError as error:
        if isinstance(error, NotFoundError) or error.code == "people.no_power":
            raise
        form = "keep" if act == "keep" else f"withdraw-{number}"
        return _commitment(request, key, problem_of(error, form, page_language(), posted=told), error.status)
    return redirect("measures:commitment", key=key)


def exported(rows: Sequence[Tracked]) -> list[dict[str, str]]:
    """The rows as they go into a file: as stated, the term as read, and apart from it what is known later."""
    return [
        {
            **stated,
            "term_kind": row.term.kind,
            "term_first": row.term.first.isoformat() if row.term.first else "",
            "term_last": row.term.last.isoformat() if row.term.last else "",
            "term_rule": row.term.rule,
            "overdue": "yes" if row.overdue else "no",
            "later_state": row.state,
            "later_text": row.later.text if row.later else "",
            "later_source": row.later.source if row.later else "",
            "later_day": row.later.day.isoformat() if row.later else "",
            "later_by": row.later.by if row.later else "",
            "later_marking": row.later.marking.words() if row.later else "",
        }
        for row, stated in zip(rows, services.exported([row.view for row in rows]), strict=True)
    ]


def markings_from(least: str, who: Reader) -> list[str]:
    """The words of TLP from `least` up to the reader's own."""
    return list(TLP[TLP.index(least) : TLP.index(who.ceiling.tlp) + 1])


def _commitment(request: HttpRequest, key: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    who, known_on = reader_of(request), known_on_of(request)
    on = kept.today(timezone.now(), known_on)
    view = services.commitment(key, who, known_on=known_on)
    history = knowing.history(key, who, known_on=known_on)
    standing = [one for one in history if one.withdrawn_at is None and one.day <= on]
    row = tracker.track(view, standing[0] if standing else None, on=on)
    marks = [view.marking, *(one.marking for one in history)]
    picture.note_reading(who, f"commitment {key}", marks)
    posted = problem.posted if problem and problem.form == "keep" else {}
    names = ("state", "text", "source", "day", "marking")
    shown = {
        **_row(row),
        "row": row,
        "rule": rule_words(row.term),
        "title_language": page_language(),
        "history": [{"view": one, "number": str(one.number), "state": state_word(one.state)} for one in history],
        "states": [(state, state_word(state)) for state in knowing.STATES],
        "markings": markings_from(view.marking.tlp, who),
        "asked": {name: str(posted.get(name, "")) for name in names},
        "problem": problem,
        "on": on,
        "marking": highest(marks),
        "may_write": known_on is None and who.may(keeping.POWER),
    }
    return rendered(request, "measures/progress/commitment.html", shown, problem=problem, status=status)


def _row(row: Tracked) -> dict[str, Any]:
    kind = services.kinds()[row.view.kind]
    return {
        "view": row.view,
        "title": row.view.title(page_language()),
        "kind": kind.nl if page_language() == "nl" else kind.en,
        "source_title": row.view.source.title(page_language()),
        "term": term_words(row.term),
        "overdue": row.overdue,
        "owed": owed_word(row.view.owed_to_parliament) if row.owed else "",
        "later": row.later,
        "state": state_word(row.state),
        "state_key": row.state,
    }


def _grid(rows: Sequence[Tracked]) -> list[tuple[str, list[tuple[str, int]], int]]:
    """For each owner the counts by column, and in all."""
    return [
        (owner, [(key, counted.get(key, 0)) for key in COLUMNS], sum(counted.values()))
        for owner, counted in tracker.grid(rows).items()
    ]


def _kept_filters(request: HttpRequest) -> str:
    """The address's filters but for owner and term, so that a cell of the grid narrows them."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    return urlencode([pair for pair in pairs if pair[0] not in ("owner", "term", "format")])


def _filters(every: Sequence[services.CommitmentView]) -> dict[str, Sequence[tuple[str, str | Shown]]]:
    """What each filter offers, as (value, word)."""
    choices = services.choices(every)
    kinds = services.kinds()
    return {
        "accent": list(catalogue("accents").labels(page_language()).items()),
        "theme": list(catalogue("themes").labels(page_language()).items()),
        "interest": list(catalogue("interests").labels(page_language()).items()),
        "owner": [(owner, owner) for owner in choices.owners],
        "status": stated.options(choices.statuses, page_language()),
        "kind": [(key, kinds[key].nl if page_language() == "nl" else kinds[key].en) for key in choices.kinds],
        "owed": [("yes", _("owed to parliament")), ("no", _("not owed"))],
        "later": [(state, state_word(state)) for state in knowing.STATES],
        "term": [(key, column_word(key)) for key in COLUMNS],
    }
