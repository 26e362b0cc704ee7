"""The gate: every address belongs to a room, and only a reader whose profile and role open it comes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from verband.language.errors import InputError, RefusedError, VerbandError
from verband.language.time import parse_time
from verband.rooms.asking import page_language
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, reader
from verband.rooms.picture import pairs
from verband.workbench.marks import word

#: Address names that need no sign-in.
PUBLIC = frozenset({"people:login", "people:link", "workbench:set_language", "workbench:health"})
#: Pages that stand under an entry of the navigation in a namespace with several entries.
_BENEATH = {
    "picture:thing": "picture:incidents",
    "workbench:data_table": "workbench:data",
    "risk:means_matrix": "measures:list",
}
#: The room behind each namespace of addresses; a view may name another by an attribute `room`.
ROOM_OF_NAMESPACE = {"workbench": "picture"}


class ReaderMiddleware:
    """Sets `request.reader` and `request.known_on`, keeps closed rooms closed, and answers errors with their hint."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reader = reader(request.user) if request.user.is_authenticated else None  # type: ignore[attr-defined]
        request.known_on = None  # type: ignore[attr-defined]
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if _holds_nul(request, kwargs):
            return answer(request, InputError("request.unreadable"))
        if name in PUBLIC:
            return None
        who: Reader | None = request.reader  # type: ignore[attr-defined]
        if who is None:
            return redirect_to_login(request.get_full_path())
        try:
            room = room_of(name, view)
            if room != "account" and room not in who.rooms:
                audit.note("refused", actor=who.signature, object=f"room {room}", detail={"address": request.path})
                raise RefusedError("people.no_room", room=word("rooms", room))
            request.known_on = _known_on(request)  # type: ignore[attr-defined]
        except VerbandError as error:
            return answer(request, error)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer(request, error) if isinstance(error, VerbandError) else None


_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; "
    "form-action 'self'; base-uri 'none'"
)


def _holds_nul(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Whether the address or what was posted holds a letter that no keyboard gives and no PostgreSQL keeps."""
    asked = (text for fields in (request.GET, request.POST) for _, texts in fields.lists() for text in texts)
    return any("\x00" in str(text) for text in (*asked, *kwargs.values()))


def room_of(name: str, view: object) -> str:
    """The room that an address belongs to: the view's own word, else its namespace."""
    own = getattr(view, "room", None)
    namespace = name.partition(":")[0]
    return str(own) if own else ROOM_OF_NAMESPACE.get(namespace, namespace)


def answer(request: HttpRequest, error: VerbandError) -> HttpResponse:
    """The page that says what is wrong and what to do."""
    language = page_language()
    shown = {"message": error.message(language), "hint": error.hint(language), "status": error.status}
    return render(request, "error.html", shown, status=error.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be read. Nothing of the request is asked: reading it would fail again."""
    language = page_language()
    error = _unreadable(exception)
    shown = {"message": error.message(language), "hint": error.hint(language), "status": error.status}
    return HttpResponse(render_to_string("400.html", shown), status=error.status)


def _unreadable(exception: Exception) -> InputError:
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return InputError("request.fields", most=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
    if isinstance(exception, RequestDataTooBig):
        return InputError("request.large", most_mib=settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20)
    return InputError("request.host" if isinstance(exception, DisallowedHost) else "request.unreadable")


def _known_on(request: HttpRequest) -> int | None:
    """The moment of "as known on" in the address: the end of that day, None where it is absent."""
    text = request.GET.get("known_on", "").strip()
    if not text:
        return None
    try:
        return parse_time(text).end - 1
    except InputError as error:
        raise InputError("time.unreadable", text=text) from error


def context(request: HttpRequest) -> dict[str, object]:
    """What every page shows: the rooms this reader may enter, his ceiling, the language and "as known on"."""
    who: Reader | None = getattr(request, "reader", None)
    if who is None:
        return {"rooms": [], "reader": None}
    try:
        here = resolve(request.path).view_name
    except Resolver404:
        here = ""
    waiting = {} if getattr(request, "known_on", None) else {"picture:same": partial(pairs.number_open, who.ceiling)}
    entries = [(label, address) for room, label, address in settings.VERBAND_ROOMS if room in who.rooms]
    at = _entry_of(request.path, here, [address for _, address in entries])
    rooms = [
        {"label": label, "address": address, "here": address == at, "waiting": waiting.get(address)}
        for label, address in entries
    ]
    return {
        "rooms": rooms,
        "here": here,
        "reader": who,
        "home": _home(request),
        "known_on_text": request.GET.get("known_on", ""),
        "today": timezone.localdate(),
        "is_demo": settings.VERBAND_DEMO,
    }


def _home(request: HttpRequest) -> str:
    """The organisation of the person who is signed in, in the language of the page."""
    home = getattr(request.user, "organisation", None)
    if home is None:
        return ""
    return str(home.name_nl if page_language() == "nl" else home.name_en)


def _entry_of(path: str, here: str, addresses: Sequence[str]) -> str:
    """The entry of the navigation that a page belongs to: itself, or the longest address of its room above it."""
    if here in addresses:
        return here
    if _BENEATH.get(here) in addresses:
        return _BENEATH[here]
    namespace = here.partition(":")[0]
    if namespace in ("workbench", "picture"):
        return ""
    above = [one for one in addresses if one.partition(":")[0] == namespace and path.startswith(reverse(one))]
    return max(above, key=lambda one: len(reverse(one)), default="")
