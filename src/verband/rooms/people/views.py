"""Signing in and out, one's own account, and the register of organisations with their powers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as sign_in
from django.contrib.auth import logout as sign_out
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from verband.language.catalogues import catalogue
from verband.language.errors import RefusedError
from verband.rooms.asking import reader_of
from verband.rooms.audit import services as audit
from verband.rooms.people import exports, services
from verband.rooms.people.models import Person

_GUESSES, _GUESS_MINUTES = 10, 15
#: Whoever keeps the register, or oversees it, may take it along; others need the power to export.
_REGISTER_POWERS = ("manage_organisations", "export_audit")
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Sign in with a password of one's own; whoever has none opens a one-time link."""
    if request.user.is_authenticated:
        return redirect("workbench:picture")
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST":
        _refuse_guessing(request.POST.get("username", "")[:80])
        if form.is_valid():
            person = form.get_user()
            audit.note("signed in", actor=person.get_username(), object="password")
            return _enter(request, person)
        audit.note("refused", actor=request.POST.get("username", "")[:80] or "somebody", object="password")
    return render(request, "people/login.html", {"form": form, "next": _next(request)})


@never_cache
@require_GET
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a one-time link: one click, nothing typed."""
    person = services.use_link(token)
    return _enter(request, person)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out and go to the sign-in page."""
    if isinstance(request.user, Person):
        audit.note("signed out", actor=request.user.username)
    sign_out(request)
    return redirect("people:login")


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """What may I see, enter and do here, and why?"""
    assert isinstance(request.user, Person)  # noqa: S101 - the gate lets nobody else in
    return render(request, "people/account.html", _account(request, request.user, SetPasswordForm(request.user)))


@sensitive_post_parameters()
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Set a password of one's own, for signing in without a link."""
    assert isinstance(request.user, Person)  # noqa: S101 - the gate lets nobody else in
    form = SetPasswordForm(request.user, request.POST)
    if not form.is_valid():
        return render(request, "people/account.html", _account(request, request.user, form))
    form.save()
    update_session_auth_hash(request, request.user)
    audit.note("password set", actor=request.user.username)
    messages.success(request, gettext("Your password is set. From now on you can sign in with it."))
    return redirect("people:account")


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """Who works here, on what legal ground, and what does that open?"""
    profiles = catalogue("profiles")
    rows = [
        {
            "organisation": organisation,
            "profile": profiles.find(organisation.profile) if organisation.profile else None,
            "rooms": profiles.get(organisation.profile).strings("rooms") if organisation.profile else (),
            "methods": profiles.get(organisation.profile).strings("methods") if organisation.profile else (),
            "mandates": list(organisation.mandates.all()),
        }
        for organisation in services.organisations()
    ]
    who = reader_of(request)
    if form := exports.wanted(request):
        power = next((power for power in _REGISTER_POWERS if who.may(power)), "export")
        return exports.response(who, name="organisations", form=form, rows=_as_rows(rows), power=power)
    shown = {"rows": rows, "persons": list(services.persons()), "today": datetime.now(UTC).date()}
    return render(request, "people/organisations.html", shown)


def _as_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The register as rows of an export: one for each organisation."""
    return [
        {
            "key": row["organisation"].key,
            "name_nl": row["organisation"].name_nl,
            "name_en": row["organisation"].name_en,
            "profile": row["organisation"].profile,
            "legal_task": row["organisation"].legal_task,
            "legal_basis": row["organisation"].legal_basis,
            "source": row["organisation"].source,
            "verified": row["organisation"].verified,
            "rooms": list(row["rooms"]),
            "methods": list(row["methods"]),
            "mandates": [f"{mandate.function}: {mandate.power}" for mandate in row["mandates"]],
        }
        for row in rows
    ]


def _refuse_guessing(username: str) -> None:
    """Raise RefusedError("people.too_many") after ten wrong passwords for one name in a quarter of an hour."""
    since = datetime.now(UTC) - timedelta(minutes=_GUESS_MINUTES)
    recent = audit.entries(action="refused", actor=username, newest=_GUESSES)
    if username and sum(entry.object == "password" and entry.at > since for entry in recent) >= _GUESSES:
        raise RefusedError("people.too_many", username=username)


def _account(request: HttpRequest, person: Person, form: SetPasswordForm[Person]) -> dict[str, object]:
    who = reader_of(request)
    return {
        "person": person,
        "profile": person.organisation.profile,
        "mandates": person.mandates.order_by("valid_from"),
        "own_rooms": [entry.key for entry in catalogue("rooms").entries if entry.key in who.rooms],
        "own_methods": [entry.key for entry in catalogue("methods").entries if entry.key in who.methods],
        "form": form,
    }


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    before = person.last_login
    sign_in(request, person, backend=_BACKEND)
    if before is not None:
        request.session["last_visit"] = int(before.timestamp())
    response = redirect(_next(request) or reverse("workbench:picture"))
    if person.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax", max_age=365 * 86400)
    return response


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else ""


account.room = "account"  # type: ignore[attr-defined]
logout.room = "account"  # type: ignore[attr-defined]
password.room = "account"  # type: ignore[attr-defined]
