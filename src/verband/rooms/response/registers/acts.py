"""What a person does in the registers: one address for each act, the page again with what is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from verband.language.errors import InputError, NotFoundError, VerbandError
from verband.rooms.people.services import Reader
from verband.rooms.response.form import Problem, language
from verband.rooms.response.registers import importing, views, writing
from verband.rooms.response.registers.kinds import register as register_of
from verband.rooms.response.telling import whole
from verband.rooms.risk.asking import reader_of

#: A file of as many lines as a register takes is far smaller.
MOST_BYTES = 2_000_000
_ACTS = ("add", "step", "withdraw", "withdraw-step", "import")


@require_POST
def act(request: HttpRequest, register: str, act: str) -> HttpResponse:
    """Add an entry, note a step, bring in a file or take something back; or the page with the error in its place."""
    key = register_of(register).key
    if act not in _ACTS:
        raise NotFoundError("response.none")
    who, now = reader_of(request), timezone.now()
    posted = {name: [str(value) for value in request.POST.getlist(name)] for name in request.POST}
    values = {name: given[-1] for name, given in posted.items() if given}
    number, at = values.get("number", ""), values.get("at", "")
    try:
        if act == "import":
            return _import(request, key, values, who, now)
        made = _done(request, key, act, values, who, now)
    except VerbandError as error:
        if isinstance(error, NotFoundError) or error.code == "people.no_power":
            raise
        form = act if act in ("add", "import") else f"{act}-{number}"
        problem = Problem(form, str(error.params.get("field", "")), whole(error), posted)
        if act in ("add", "import"):
            return views.register_page(request, key, problem=problem, status=error.status)
        return views.entry_page(request, key, at, problem=problem, status=error.status)
    return redirect("response:register_entry", key, made)


def _done(request: HttpRequest, key: str, act: str, values: Mapping[str, str], who: Reader, now: datetime) -> str:
    """Do it; the key of the entry whose page comes next."""
    number, reason = values.get("number", ""), values.get("reason", "")
    if act == "add":
        # A number in the form is that of a slot.
        made = writing.add(key, values, language=language(), who=who, now=now)
        messages.success(request, _("Kept with your name; it can be withdrawn."))
        return made.key
    if act == "step":
        found = writing.step(key, number, values, language=language(), who=who, now=now)
        messages.success(request, _("Kept with your name; it can be withdrawn."))
        return found.entry.key
    if act == "withdraw":
        row = writing.withdraw(key, number, reason=reason, who=who, now=now)
        messages.success(request, _("Withdrawn; it stays in the history."))
        return row.key
    taken = writing.withdraw_step(key, number, reason=reason, who=who, now=now)
    messages.success(request, _("Withdrawn; it stays in the history."))
    return taken.entry.key


def _import(request: HttpRequest, key: str, values: Mapping[str, str], who: Reader, now: datetime) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        raise InputError("response.empty", field="file")
    if (file.size or 0) > MOST_BYTES:
        raise InputError("registers.large", field="file", most_mb=MOST_BYTES // 1_000_000)
    found = importing.import_csv(
        key,
        bytes(file.read()),
        language=language(),
        who=who,
        now=now,
        marking=values.get("marking", ""),
        name=file.name or "",
    )
    if found.refused:
        return views.register_page(request, key, imported=found, status=400)
    told = ngettext("%(n)s entry came in", "%(n)s entries came in", found.entries) % {"n": found.entries}
    more = _("%(s)s further steps, %(u)s lines were there already.") % {"s": found.steps, "u": found.unchanged}
    messages.success(request, f"{told}, {more}")
    return redirect("response:register", key)
