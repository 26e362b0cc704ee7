"""Pages of what measures are for: the three schemes of the policy texts, and the tags that people give."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.markings import highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.picture import exports
from verband.rooms.problems import Problem
from verband.rooms.risk.cycle import asking, functions
from verband.rooms.risk.cycle.functions import SCHEMES, Tagged


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What is each measure for, in the words of the three schemes, and where is the balance?"""
    if form := exports.wanted(request):
        rows = [_exported(item) for item in _found(request)]
        return exports.response(reader_of(request), name="functions-of-measures", form=form, rows=rows)
    return _page(request)


@require_POST
def tag(request: HttpRequest) -> HttpResponse:
    """Say what a measure is for, with a reason."""
    values = asking.posted(request, "measure", "reason", "marking")
    scheme, _colon, function = request.POST.get("function", "").partition(":")
    do = partial(functions.tag, **values, scheme=scheme, function=function)
    return _act(request, "tag", do, _("The tag stands with your name; it can be withdrawn."))


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a tag back."""
    reason = request.POST.get("reason", "")
    do = partial(functions.withdraw, number, reason=reason)
    return _act(request, f"withdraw-{number}", do, _("Withdrawn; it stays in the history."))


def _act(request: HttpRequest, form: str, do: Callable[..., object], done: str) -> HttpResponse:
    return asking.act(request, form, do, done=done, page=_page, there=reverse("risk:functions"))


def _found(request: HttpRequest) -> list[Tagged]:
    """The measures that the address asks for: `function=SCHEME:KEY`, or `SCHEME:` for those without a tag in it."""
    found = functions.tagged(reader_of(request), known_on=known_on_of(request))
    scheme, colon, function = request.GET.get("function", "").partition(":")
    if not colon:
        return found
    if function:
        return functions.with_function(found, scheme, function)
    return [item for item in found if not item.of(scheme)]


def _page(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    words = page_language()
    every = functions.tagged(reader_of(request), known_on=known_on_of(request))
    found = _found(request)
    markings = [item.measure.marking for item in every]
    asking.note(
        request, "functions of measures", highest([*markings, *(t.stamp.marking for i in every for t in i.tags)])
    )
    counted = functions.counts(every)
    shown = {
        "schemes": [
            {
                "key": scheme,
                "name": scheme_word(scheme),
                "entries": [(entry, counted[scheme][entry.key]) for entry in asking.entries(scheme)],
                "without": counted[scheme][""],
            }
            for scheme in SCHEMES
        ],
        "rows": [
            {
                "item": item,
                "title": item.measure.title(words),
                "cells": [
                    (scheme, [{"tag": one, "form": f"withdraw-{one.stamp.number}"} for one in item.of(scheme)])
                    for scheme in SCHEMES
                ],
                **asking.cited(item.measure.source),
            }
            for item in found
        ],
        "measures": [(item.measure.key, item.measure.title(words)) for item in every],
        "total": len(every),
        "tagged": sum(bool(item.tags) for item in every),
        "wanted": request.GET.get("function", ""),
    }
    return asking.show(request, "functions", shown, problem, tab="functions")


def scheme_word(scheme: str) -> str:
    """The name of a scheme: its words in their order."""
    return " – ".join(entry.label(page_language()) for entry in asking.entries(scheme))


def _exported(item: Tagged) -> dict[str, Any]:
    tags = {scheme: [tag.function for tag in item.of(scheme)] for scheme in SCHEMES}
    markings = [item.measure.marking, *(tag.stamp.marking for tag in item.tags)]
    return {
        "measure": item.measure.key,
        "title_en": item.measure.title_en,
        **tags,
        "marking": highest(markings).words(),
    }
