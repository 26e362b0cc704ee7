"""Pages of imports: topologies are uploaded, looked at with what they would become, and registered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.formats.topology import Refusal
from verband.language.errors import InputError, NotFoundError, VerbandError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import asset_figures, forms, intakes, keeping, words
from verband.rooms.exposure.asking import now, page
from verband.rooms.picture import exports
from verband.rooms.problems import Problem

_ROWS_SHOWN = 100
_REFUSED_SHOWN = 200


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Which topologies were brought in, on what assumption, and what did they make?"""
    return _list(request)


@require_GET
def shown(request: HttpRequest, key: str) -> HttpResponse:
    """What would this import make, and what was refused?"""
    return _one(request, key)


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Bring files in to be looked at, register them, or take an import back with all that it made."""
    who, moment = reader_of(request), now()
    posted = {name: str(request.POST.get(name, "")) for name in request.POST}
    number, key = posted.get("number", ""), posted.get("key", "")
    try:
        if act == "upload":
            made = intakes.upload(_files(request), posted, who=who, now=moment)
            messages.success(request, _("Kept to be looked at; nothing is in the registers yet."))
            return redirect("exposure:import", made.key)
        if act == "register":
            done = intakes.register(number, who=who, now=moment)
            told = {"a": done.assets, "r": done.requirements, "u": done.unchanged}
            text = _("%(a)s assets and %(r)s requirements registered; %(u)s were there already.") % told
            messages.success(request, text)
        elif act == "withdraw":
            intakes.withdraw(number, reason=posted.get("reason", ""), who=who, now=moment)
            messages.success(request, _("Withdrawn with all that it made; it stays in the history."))
        else:
            raise NotFoundError("exposure.none")
    except VerbandError as error:
        wrong = forms.problem(error, act, posted)
        if act == "upload":
            # Whatever is wrong with none of the form's own fields is wrong with the files.
            own = wrong.field in {"marking", *(column.name for column in intakes.BEGIN)}
            wrong = wrong if own else replace(wrong, field="files")
            return _list(request, wrong=wrong, status=error.status)
        return _one(request, key, wrong=wrong, status=error.status)
    return redirect("exposure:import", key)


def _files(request: HttpRequest) -> list[tuple[str, bytes]]:
    """The files that were uploaded. Raises InputError("exposure.files") for more bytes than are taken."""
    given = request.FILES.getlist("files")
    size = sum(file.size or 0 for file in given)
    if size > intakes.MOST_BYTES:
        raise InputError("exposure.files", field="files", found=size, most=intakes.MOST_BYTES)
    return [(file.name or "", bytes(file.read())) for file in given]


def _list(request: HttpRequest, *, wrong: Problem | None = None, status: int = 200) -> HttpResponse:
    who, known_on = reader_of(request), known_on_of(request)
    found = intakes.intakes(who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name="imports", form=form, rows=[_exported(view) for view in found])
    writes = known_on is None and who.may(keeping.POWER) and who.may("upload")
    told: dict[str, Any] = {
        "rows": [_row(view) for view in found],
        "problem": wrong,
        "may_write": writes,
        "most_mb": intakes.MOST_BYTES // 1_000_000,
    }
    if writes:
        told["fields"] = forms.fields(intakes.BEGIN, who, wrong, form="upload", elsewhere=("files",))
    return page(request, "imports", told, [view.row.marking.value() for view in found], status=status)


def _one(request: HttpRequest, key: str, *, wrong: Problem | None = None, status: int = 200) -> HttpResponse:
    who, known_on, language = reader_of(request), known_on_of(request), page_language()
    view = intakes.intake(key, who, known_on=known_on)
    found = intakes.preview(view.row)
    if form := exports.wanted(request):
        rows = [{name: getattr(one, name) for name in ("file", "line", "field", "code", "en")} for one in found.refused]
        return exports.response(who, name="import-refused", form=form, rows=rows)
    names = {one.key: one.name for one in found.assets}
    told = {
        "view": view,
        "head": _row(view),
        "found": found,
        "classes": [(asset_figures.class_word(key, language), many) for key, many in found.classes],
        "assets": [
            {
                "one": one,
                "class": asset_figures.class_word(one.asset_class, language),
                "needs": "; ".join(names[key] for key in one.needs[:5]) + (" …" if len(one.needs) > 5 else ""),
                "of": len(one.needs),
                "note": words.noted(one.notes),
            }
            for one in found.assets[:_ROWS_SHOWN]
        ],
        "refused": [_refused(one, language) for one in found.refused[:_REFUSED_SHOWN]],
        "left_out": [(words.left_out(key), many) for key, many in found.left_out.items() if many],
        "number_text": str(view.row.pk),
        "buffer": words.hours(view.row.buffer_h),
        "problem": wrong,
        "may_write": known_on is None and who.may(keeping.POWER) and view.row.withdrawn_at is None,
    }
    return page(request, "import", told, [view.row.marking.value()], status=status)


def _row(view: intakes.IntakeView) -> dict[str, Any]:
    return {
        "view": view,
        "row": view.row,
        "registered": view.registered if view.row.withdrawn_at is None else None,
        "form": words.choice(view.row.form),
        "assumption": words.choice(view.row.assumption),
        "countries": "; ".join(view.row.countries),
    }


def _refused(one: Refusal, language: str) -> dict[str, Any]:
    """A refusal in the language of the page; `foreign` where there is English alone."""
    own = one.nl if language == "nl" else one.en
    return {"one": one, "reason": own or one.en, "foreign": not own}


def _exported(view: intakes.IntakeView) -> dict[str, Any]:
    row, done = view.row, view.registered
    return {
        "title": row.title,
        "form": row.form,
        "prefix": row.prefix,
        "assumption": row.assumption,
        "buffer_h": row.buffer_h,
        "countries": "; ".join(row.countries),
        "assets": done.assets if done else None,
        "requirements": done.requirements if done else None,
        "sha256": row.sha256,
        "source": row.source,
        "marking": row.marking.value().words(),
        "withdrawn": row.withdrawn_reason,
    }
