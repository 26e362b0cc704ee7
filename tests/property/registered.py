"""What people keep about measures: a row of every kind with the word in each text, and a measure that was proposed."""

from __future__ import annotations

from datetime import datetime

from verband.language.markings import Marking as MarkingValue
from verband.rooms.measures.models import Measure
from verband.rooms.measures.register import keeping, proposing
from verband.rooms.measures.register.kinds import KINDS
from verband.rooms.measures.register.models import MeasureOrigin
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings

#: What a row of each kind says; texts get the word behind them.
_ROWS: dict[str, dict[str, str]] = {
    "step": {"state": "running", "since": "2025-08-01", "reason": "Rests on"},
    "effect": {"what": "Seen", "day": "2025-08-01"},
    "term": {"kind": "evaluate", "due": "2026-01-01", "who": "Sees to it"},
    "aim": {"aim": "targeted", "reason": "One state", "until": "2026-01-01", "reviewer": "Looks again"},
    "part": {"party": "government", "part": "Does"},
}
_TEXTS = frozenset({"reason", "what", "who", "reviewer", "part"})


def write(
    measure: str, word: str, means: str, marking: MarkingValue, *, other: str = "", who: Reader, now: datetime
) -> None:
    """Keep a row of every kind about a measure; a conflict with the other one if that is there; then mark all so."""
    for kind, fields in _ROWS.items():
        told = {name: f"{value} {word}" if name in _TEXTS else value for name, value in fields.items()}
        _keep(kind, measure, told, word, marking, who, now)
    against = {"means": means, "stance": "against", "reason": f"Against {word}"}
    _keep("means", measure, against, word, marking, who, now)
    if Measure.objects.filter(key=other, replaced_at=None).exists():
        _keep("conflict", measure, {"other": other, "reason": f"Against {word}"}, word, marking, who, now)


def propose(word: str, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """Propose a measure with that word, and mark it so."""
    texts = {name: f"{name} {word}" for name in ("title_nl", "title_en", "owner", "existing", "source")}
    of = {"kind": "law", "accent": "generic", "theme": "digital_threats", "marking": "CLEAR"}
    made = proposing.propose(texts | of, who=who, now=now)
    row = markings.row(marking)
    Measure.objects.filter(key=made.key).update(marking=row)
    for model in (MeasureOrigin, KINDS["step"].model):
        model._default_manager.filter(measure=made.key).update(marking=row)


def _keep(
    kind: str, measure: str, fields: dict[str, str], word: str, marking: MarkingValue, who: Reader, now: datetime
) -> None:
    row = keeping.keep(kind, measure, {**fields, "source": f"Source {word}"}, who=who, now=now)
    KINDS[kind].model._default_manager.filter(pk=row.pk).update(marking=markings.row(marking))
