"""Pages of the midterm review: what stands in each of its places, what is empty, and the way to the document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.picture import exports
from verband.rooms.problems import Problem
from verband.rooms.risk.cycle import asking, review
from verband.rooms.risk.cycle.review import Line, Review, Slot


@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """The newest review there is, or what to do where there is none."""
    found = review.reviews(reader_of(request), known_on=known_on_of(request))
    if not found:
        return asking.show(request, "no_review", {}, None, tab="review")
    key = review.newest(reader_of(request), known_on=known_on_of(request))
    there = reverse("risk:review", args=[key])
    query = request.GET.urlencode()
    return redirect(f"{there}?{query}" if query else there)


@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """What stands in the review, and which part or verdict is empty?"""
    if form := exports.wanted(request):
        found = review.review(key, reader_of(request), known_on=known_on_of(request))
        return exports.response(reader_of(request), name=f"review-{key}", form=form, rows=_exported(found))
    return _page(request, key)


@require_POST
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Add a line to a place of the review, or give a verdict."""
    values = asking.posted(request, "text", "language", "verdict", "marking")
    slot = Slot(request.POST.get("part", ""), request.POST.get("theme", ""))
    do = partial(review.write, key, slot, **values, place=asking.place(request))
    there = f"{reverse('risk:review', args=[key])}?{_at(slot)}"
    return _act(request, key, "write", do, _("The line stands in the review, with your name."), there)


@require_POST
def withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take a line back; the place may be empty again."""
    reason = request.POST.get("reason", "")
    do = partial(review.withdraw, number, reason=reason, of=key)
    there = reverse("risk:review", args=[key])
    return _act(request, key, f"withdraw-{number}", do, _("Withdrawn; it stays in the history."), there)


def _act(request: HttpRequest, key: str, form: str, do: Callable[..., object], done: str, there: str) -> HttpResponse:
    def again(request: HttpRequest, problem: Problem | None) -> HttpResponse:
        return _page(request, key, problem)

    return asking.act(request, form, do, done=done, page=again, there=there)


def _at(slot: Slot) -> str:
    return f"part={slot.part}&theme={slot.theme}" if slot.theme else f"part={slot.part}"


def _page(request: HttpRequest, key: str, problem: Problem | None = None) -> HttpResponse:
    who, known_on, words = reader_of(request), known_on_of(request), page_language()
    found = review.review(key, who, known_on=known_on)
    asking.note(request, f"review {key}", found.marking)
    asked = request.POST if problem else request.GET
    chosen = Slot(asked.get("part", "introduction"), asked.get("theme", ""))
    slots = review.slots()
    chosen = chosen if chosen in slots else slots[0]
    parts = asking.entries("review_parts")
    shown = {
        "found": found,
        "title": found.edition.title(words),
        "themed": [entry for entry in parts if entry.fields.get("of_theme")],
        "rows": [
            [_cell(found, Slot(entry.key, theme.key)) for entry in parts if entry.fields.get("of_theme")]
            for theme in asking.entries("themes")
        ],
        "themes": asking.entries("themes"),
        "single": [_cell(found, Slot(entry.key)) for entry in parts if not entry.fields.get("of_theme")],
        "empty": [_cell(found, slot) for slot in found.empty],
        "filled": len(slots) - len(found.empty),
        "slots": len(slots),
        "chosen": chosen,
        "lines": [_line(line) for line in found.at(chosen)],
        "history": [_line(line) for line in found.history if (line.part, line.theme) == (chosen.part, chosen.theme)],
        "verdicts": asking.entries("verdicts"),
        "reviews": [(view.key, view.title(words)) for view in review.reviews(who, known_on=known_on)],
        "may_report": who.may("write_report"),
    }
    return asking.show(request, "review", shown, problem, tab="review")


def _cell(found: Review, slot: Slot) -> dict[str, Any]:
    lines = found.at(slot)
    return {"slot": slot, "n": len(lines), "verdict": lines[0].verdict if lines else "", "at": _at(slot)}


def _line(line: Line) -> dict[str, Any]:
    form = f"withdraw-{line.stamp.number}" if line.stamp else ""
    return {"line": line, "form": form, **asking.cited(line.source)}


def _exported(found: Review) -> list[dict[str, Any]]:
    return [
        {
            "part": slot.part,
            "theme": slot.theme,
            "verdict": line.verdict,
            "text": line.text,
            "language": line.language,
            "as_read": line.as_read,
            "source_nl": line.source.title_nl,
            "source_en": line.source.title_en,
            "source_number": line.source.number,
            "section": line.source.section,
            "line": line.source.line,
            "anchor_nl": line.source.anchor_nl,
            "marking": line.marking.words(),
        }
        for slot in review.slots()
        for line in found.at(slot)
    ]
