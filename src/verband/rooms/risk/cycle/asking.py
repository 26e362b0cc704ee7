"""What the pages of the cycle share: what was posted and where it is cited, and what is wrong with what was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from verband.language.catalogues import Entry, catalogue
from verband.language.errors import InputError, RefusedError
from verband.language.markings import TLP, Marking
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.measures.services import Citation
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem
from verband.rooms.risk.cycle import saying
from verband.rooms.risk.cycle.saying import Place
from verband.rooms.risk.texts import StatementView

Page = Callable[[HttpRequest, Problem | None], HttpResponse]


def act(
    request: HttpRequest, form: str, do: Callable[..., object], *, done: str, page: Page, there: str
) -> HttpResponse:
    """Do it in the reader's name and go there, or show the page again with the error beside the field.

    An error that names no field stands beside `reason`; a change of a frozen edition is told above the page.
    """
    try:
        do(who=reader_of(request), now=timezone.now())
    except (InputError, RefusedError) as error:
        if isinstance(error, RefusedError) and error.code != "cycle.frozen":
            raise
        words = page_language()
        field = "" if error.status == 403 else str(error.params.get("field", "reason"))
        return page(request, Problem(form, field, error.message(words), error.hint(words), error.status))
    messages.success(request, done)
    return redirect(there)


def show(
    request: HttpRequest, name: str, shown: Mapping[str, Any], problem: Problem | None, *, tab: str
) -> HttpResponse:
    """Render a page of the cycle with what every one of them needs."""
    who = reader_of(request)
    base = {
        "tab": tab,
        "problem": problem,
        "posted": request.POST if problem else {},
        "may_say": who.may(saying.POWER) and known_on_of(request) is None,
        "tlp_words": TLP[: TLP.index(who.ceiling.tlp) + 1],
        "languages": {"nl": "Nederlands", "en": "English"},
        "language": page_language(),
    }
    return render(request, f"risk/cycle/{name}.html", {**base, **shown}, status=problem.status if problem else 200)


def note(request: HttpRequest, what: str, marking: Marking) -> None:
    """Log the reading where the marking asks for it."""
    picture.note_reading(reader_of(request), what, [marking])


def posted(request: HttpRequest, *names: str) -> dict[str, Any]:
    """The fields of the form, empty where one is missing."""
    return {name: request.POST.get(name, "") for name in names}


def place(request: HttpRequest) -> Place:
    """Where the form says that something stands."""
    return Place(**posted(request, "source", "section", "line"))


def entries(name: str) -> tuple[Entry, ...]:
    """The words of a catalogue, for the choices of a form."""
    return catalogue(name).entries


def cited(source: Citation) -> dict[str, Any]:
    """A source with its title in the language of the page, as `measures/_source.html` takes it."""
    return {"source": source, "source_title": source.title(page_language())}


def statement(view: StatementView) -> dict[str, Any]:
    """A statement with its words in the language of the page where it has them, and what language each is in."""
    words = page_language()
    return {
        "view": view,
        "actor": view.actor(words),
        "actor_language": "nl" if words == "nl" and view.actor_nl else "en",
        "instrument": view.instrument(words),
        "instrument_language": "nl" if words == "nl" and view.instrument_nl else "en",
        **cited(view.source),
    }


def statement_row(view: StatementView) -> dict[str, Any]:
    """A statement as it goes into a file: words as stated, the source with its line, and the marking."""
    source = view.source
    return {
        "key": view.key,
        "actor_en": view.actor_en,
        "actor_nl": view.actor_nl,
        "interests": list(view.interests),
        "domain": view.domain,
        "theme": view.theme,
        "theme_verified": view.theme_verified,
        "instrument_en": view.instrument_en,
        "instrument_nl": view.instrument_nl,
        "target": view.target,
        "certainty_as_stated": view.certainty_as_stated,
        "horizon": view.horizon,
        "source_nl": source.title_nl,
        "source_en": source.title_en,
        "source_number": source.number,
        "section": source.section,
        "line": source.line,
        "anchor_nl": source.anchor_nl,
        "marking": view.marking.words(),
    }
