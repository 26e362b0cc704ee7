"""What is watched: one of each kind for a row of the collection, with the row's word in every text."""

from __future__ import annotations

from datetime import datetime

from tests.property.kept import kinds
from verband.language.markings import Ceiling
from verband.language.markings import Marking as MarkingValue
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings
from verband.rooms.picture.services import incidents
from verband.rooms.risk.models import Kept, SituationPicture, WarningIndicator
from verband.rooms.risk.watch import adequacy, phenomena, pictures, plans, scope, trends, warning


def write(word: str, theme: str, interest: str, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """Write one of each kind with that word in the top reader's name, then mark them so."""
    before = {kind: set(kind._default_manager.values_list("pk", flat=True)) for kind in kinds(Kept)}
    _write(word, theme, who, now)
    checked = {"interest": interest, "verdict": "equipped", "evidence": f"Checked {word}", "marking": "CLEAR"}
    adequacy.check(checked, who=who, now=now)
    _test_scope(word, who, now)
    for kind, known in before.items():
        kind._default_manager.exclude(pk__in=known).update(marking=markings.row(marking))


def visible(ceiling: Ceiling) -> dict[str, list[int]]:
    """The numbers of the first indicators and pictures that somebody under the ceiling may see, oldest first."""
    seen = markings.visible(ceiling)
    kinds = {"indicators": WarningIndicator, "pictures": SituationPicture}
    return {
        name: list(kind._default_manager.filter(marking_id__in=seen).order_by("pk").values_list("pk", flat=True)[:2])
        for name, kind in kinds.items()
    }


def number_of(word: str) -> int:
    """The number of the indicator that was written with that word."""
    found: int = WarningIndicator.objects.get(statement__contains=word).pk
    return found


def _write(word: str, theme: str, who: Reader, now: datetime) -> None:
    of = {"theme": theme, "marking": "CLEAR"}
    scan = trends.open_scan({"title": f"Scan {word}", "marking": "CLEAR"}, who=who, now=now)
    told = {"title": f"Title {word}", "text": f"Text {word}", "source": f"Source {word}"}
    trend = trends.add({**of, **told, "scan": str(scan.pk), "horizon": "short", "observed": "2025"}, who=who, now=now)
    trends.look(str(trend.pk), seen=f"Seen {word}", who=who, now=now)
    indicator = warning.set_up(
        {
            **of,
            **{
                name: f"{name} {word}".capitalize()
                for name in ("statement", "collectable", "observer", "lawful_ground", "unit")
            },
            "direction": "rising",
            "raised_at": "5",
            "margin": "1",
            "look_days": "9",
            "expires_on": "2029-01-01",
        },
        who=who,
        now=now,
    )
    seen = {"observed_on": "2025-08-30", "value": "7", "seen": f"Counted {word}"}
    warning.observe(str(indicator.pk), seen, who=who, now=now)
    days = {"starts_on": "2025-08-01", "ends_on": "2029-01-01", "review_on": "2029-02-01"}
    plans.make(
        {**of, **days, "title": f"Crisis {word}", "kind": "crisis", "watched": f"Watched {word}"},
        indicators=[str(indicator.pk)],
        who=who,
        now=now,
    )
    picture = pictures.draw_up({**of, "title": f"Picture {word}", "valid_until": "2029-01-01"}, who=who, now=now)
    line = pictures.add_line(str(picture.pk), {"text": f"Line {word}", "source": f"Source {word}"}, who=who, now=now)
    pictures.propose(str(picture.pk), who=who, now=now)
    pictures.speak(str(line.pk), verdict="dissent", reason=f"Dissent {word}", who=who, now=now)
    note = phenomena.write(
        {**of, **told, **{name: f"{name} {word}".capitalize() for name in ("chances", "risks", "advice")}},
        who=who,
        now=now,
    )
    relation = {"agent": "criminal", "principal": "state", "confidence": "low", "source": f"Source {word}"}
    phenomena.relate(str(note.pk), {**relation, "statement": f"Hired {word}"}, who=who, now=now)
    level = {**of, "level": f"Level {word}", "stated_on": "2025", "text": f"Text {word}", "source": f"Source {word}"}
    phenomena.state_level(level, who=who, now=now)


def _test_scope(word: str, who: Reader, now: datetime) -> None:
    """A draft about the first incident that everybody sees."""
    subject = next((view.stix_id for view in reversed(incidents(Ceiling()))), None)
    if subject:
        scope.write(subject, {"step": "draft", "reasons": f"Draft {word}"}, who=who, now=now)
