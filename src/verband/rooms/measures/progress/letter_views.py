"""Pages of the progress letter: the letters there are, and one with its contributions, its changes and its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.errors import NotFoundError, VerbandError
from verband.language.markings import highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.measures import stated
from verband.rooms.measures.progress import keeping, letters
from verband.rooms.measures.progress.content import Change, Entry
from verband.rooms.measures.progress.letters import LetterView
from verband.rooms.measures.progress.views import markings_from
from verband.rooms.measures.progress.words import letter_state, owed_word, state_word, term_words
from verband.rooms.picture import exports
from verband.rooms.picture import keeping as kept
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem, problem_of, rendered


@require_GET
def letters_page(request: HttpRequest) -> HttpResponse:
    """Which progress letters are there, and how far are they?"""
    return _letters(request)


@require_GET
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """What does this letter say, whose contribution is missing, what changed, and who agreed?"""
    return _letter(request, key)


@require_POST
def letter_act(request: HttpRequest, act: str) -> HttpResponse:
    """Open a letter, give or take back a contribution, take a step, or withdraw the letter."""
    who, now = reader_of(request), timezone.now()
    told = {name: str(request.POST.get(name, "")) for name in request.POST}
    key, number, reason = told.get("letter", ""), told.get("number", ""), told.get("reason", "")
    try:
        if act == "open":
            key = letters.open_letter(told, who=who, now=now)
        elif act == "contribute":
            letters.contribute(key, told, who=who, now=now)
        elif act == "take-back":
            letters.take_back(key, number, reason=reason, who=who, now=now)
        elif act == "withdraw":
            letters.withdraw(key, reason=reason, who=who, now=now)
        else:
            letters.move(key, act, reason=reason, who=who, now=now)
    except VerbandError as error:
        if isinstance(error, NotFoundError) or error.code == "people.no_power":
            raise
        if error.code in ("progress.not_now", "progress.fixed"):
            error.params["state"] = letter_state(str(error.params["state"]))
        problem = problem_of(error, f"{act}-{number}" if number else act, page_language(), posted=told)
        if act == "open":
            return _letters(request, problem, error.status)
        return _letter(request, key, problem, error.status)
    messages.success(request, _("Kept with your name and the moment."))
    return redirect("measures:letter", key=key)


def exported(view: LetterView) -> list[dict[str, str]]:
    """The entries of a letter as they go into a file: as stated, as read, and apart from it what is known later."""
    return [
        {
            "key": one.key,
            "title_nl": one.title_nl,
            "title_en": one.title_en,
            "accent": one.accent,
            "owner": one.owner,
            "owed_to_parliament": one.owed,
            "due_as_stated": one.due,
            "term_kind": one.term_kind,
            "term_last": one.last.isoformat() if one.last else "",
            "status_as_stated": one.status,
            "source_nl": one.source_nl,
            "section": one.section,
            "line": "" if one.line is None else str(one.line),
            "anchor_nl": one.anchor_nl,
            "later_state": one.state,
            "later_text": one.later.text if one.later else "",
            "later_source": one.later.source if one.later else "",
            "overdue": "yes" if one.overdue else "no",
            "marking": view.marking.words(),
        }
        for one in view.content.entries
    ]


def _letters(request: HttpRequest, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    who, known_on = reader_of(request), known_on_of(request)
    found = letters.letters(who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name="progress-letters", form=form, rows=[_line(view) for view in found])
    marks = [view.marking for view in found]
    picture.note_reading(who, "progress letters", marks)
    today = kept.today(timezone.now(), known_on)
    posted: Mapping[str, Any] = problem.posted if problem else {"day": today.isoformat()}
    names = ("title", "day", "reason", "marking")
    shown = {
        "letters": [{"view": view, "state": letter_state(view.state)} for view in found],
        "asked": {name: str(posted.get(name, "")) for name in names},
        "markings": markings_from("CLEAR", who),
        "problem": problem,
        "marking": highest(marks) if marks else None,
        "may_write": known_on is None and who.may(keeping.POWER),
    }
    return render(request, "measures/progress/letters.html", shown, status=status)


def _letter(request: HttpRequest, key: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    who, known_on = reader_of(request), known_on_of(request)
    view = letters.letter(key, who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name=f"progress-letter-{key}", form=form, rows=exported(view))
    picture.note_reading(who, f"letter {key}", [view.marking])
    writes = known_on is None and who.may(keeping.POWER) and not view.withdrawn
    posted = problem.posted if problem and problem.form == "contribute" else {}
    names = ("owner", "text", "source", "day")
    content = view.content
    accents: dict[str, list[Entry]] = {key: [] for key in catalogue("accents").keys()}  # noqa: SIM118 - no dict
    for entry in content.owed:
        accents[entry.accent].append(entry)
    shown = {
        "view": view,
        "state": letter_state(view.state),
        "accents": [(key, [_entry(entry) for entry in entries]) for key, entries in accents.items()],
        "overdue": sum(entry.overdue for entry in content.owed),
        "unknown": sum(entry.state == "unknown" for entry in content.owed),
        "owners": [
            (owner, [one for one in view.contributions if one.owner == owner], _owing(owner, content.owed))
            for owner in view.owners
        ],
        "said": content.contributions,
        "changes": [_change(one) for one in content.changes],
        "steps": [(letter_state(step.state), step) for step in view.steps],
        "moves": [(name, _step(name)) for name, (before, _after) in letters.STEPS.items() if before == view.state],
        "asked": {name: str(posted.get(name, "")) for name in names},
        "today": kept.today(timezone.now()).isoformat(),
        "problem": problem,
        "may_write": writes,
        "may_change": writes and view.state == "draft",
        "may_report": known_on is None and who.may("write_report"),
        "language": page_language(),
    }
    return rendered(request, "measures/progress/letter.html", shown, problem=problem, status=status)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "view": entry,
        "title": entry.title(page_language()),
        "owed": owed_word(entry.owed),
        "term": term_words(entry.term),
        "state": state_word(entry.state),
        "source_title": entry.source.title(page_language()),
    }


def _owing(owner: str, owed: tuple[Entry, ...]) -> int:
    return sum(entry.owner == owner for entry in owed)


def _change(one: Change) -> tuple[str, SafeString]:
    """The key, and what is other in words."""
    before, after = one.before or "–", one.after or "–"
    if one.what == "later":
        before, after = state_word(before), state_word(after)
    if one.what in ("due", "status"):
        before, after = (stated.html(text, page_language()) for text in (one.before, one.after))
    words = {
        "new": _("new"),
        "gone": _("no longer on record"),
        "due": _("term as stated: it was {before} and became {after}"),
        "status": _("status as stated: it was {before} and became {after}"),
        "later": _("known later: “{before}” became “{after}”"),
        "overdue": _("the stated end is now past") if after == "yes" else _("no longer overdue"),
    }
    return one.key, format_html(words[one.what], before=before, after=after)


def _step(name: str) -> tuple[str, str]:
    """What a step is called, and what it means."""
    return {
        "agree": (_("Agree on the letter"), _("Its contributions stand; it can still be made a draft again.")),
        "reopen": (_("Make it a draft again"), _("Contributions can be changed again.")),
        "send": (_("Record that it was sent"), _("Its content is fixed with a digest and never changes again.")),
    }[name]


def _line(view: LetterView) -> dict[str, str]:
    counts = {"entries": len(view.content.entries), "owed": len(view.content.owed)}
    return {
        "key": view.key,
        "title": view.title,
        "day": view.day.isoformat(),
        "state": view.state,
        **{name: str(number) for name, number in counts.items()},
        "missing": ";".join(view.missing),
        "sha256": view.sha256,
        "withdrawn": view.withdrawn_reason,
        "marking": view.marking.words(),
    }
