"""The picture, and what every page needs: the language switch and the sign of life."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.people import services as people
from verband.rooms.picture import services as picture_room
from verband.workbench import picture_page


@require_GET
def picture(request: HttpRequest) -> HttpResponse:
    """What is going on, and what is new?"""
    who = reader_of(request)
    shown = picture_page.page(
        who,
        now=timezone.now(),
        known_on=known_on_of(request),
        last_visit=request.session.get("last_visit"),
        language=page_language(),
    )
    picture_room.note_reading(who, "picture", [incident.marking for incident in shown["incidents"]])
    return render(request, "workbench/picture.html", shown)


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether the application answers."""
    return JsonResponse({"status": "ok"})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch between Dutch and English and go back to the page."""
    wanted = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, samesite="Lax", max_age=365 * 86400)
        if request.user.is_authenticated:
            people.choose_language(request.user.get_username(), wanted)
    return response
