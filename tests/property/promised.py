"""What is kept about a promise: what is known later, and a letter that was sent, with its word in every text."""

from __future__ import annotations

import hashlib
from datetime import datetime

from verband.language.markings import Marking as MarkingValue
from verband.rooms.measures.models import Contribution, KnownLater, LetterStep, ProgressLetter
from verband.rooms.measures.progress import services
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings

_KEPT = (KnownLater, ProgressLetter, LetterStep, Contribution)


def key_of(word: str, who: str, *, now: datetime) -> str:
    """The key of the letter that the account of that name opened with that word."""
    named = chr(31).join((f"Letter {word}", now.date().isoformat(), who, str(int(now.timestamp()))))
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def write(commitment: str, word: str, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """Say what is known later of a commitment that everybody sees, agree on a letter, send every other; mark all so."""
    before = {kind: set(kind._default_manager.values_list("pk", flat=True)) for kind in _KEPT}
    day = now.date().isoformat()
    told = {"state": "late", "text": f"Text {word}", "source": f"Source {word}", "day": day, "marking": ""}
    services.keep_later(commitment, told, who=who, now=now)
    title = {"title": f"Letter {word}", "day": day, "reason": f"Why {word}", "marking": ""}
    key = services.open_letter(title, who=who, now=now)
    for owner in services.letter(key, who).owners:
        said = {"owner": owner, "text": f"Said {word}", "source": f"Source {word}", "day": day}
        services.contribute(key, said, who=who, now=now)
    services.move_letter(key, "agree", reason=f"Agreed {word}", who=who, now=now)
    step = "send" if ord(word[-3]) % 2 else "reopen"
    services.move_letter(key, step, reason=f"Moved {word}", who=who, now=now)
    for kind, known in before.items():
        kind._default_manager.exclude(pk__in=known).update(marking=markings.row(marking))
