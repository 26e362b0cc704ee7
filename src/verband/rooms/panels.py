"""What a room offers to pages that join rooms: a piece of a page, with who may see it and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """A piece of a joined page.

    `slot` names the page and place (`thing`). `order`: lower stands first. `room`: only readers who may enter this room
    see it. `context` gets the request and what the page is about, and gives the template's values, or None where there
    is nothing to show. It must keep to the reader's ceiling and log what it reads. `template` draws one card.
    """

    slot: str
    order: int
    room: str
    context: Callable[[HttpRequest, Any], Mapping[str, Any] | None]
    template: str
