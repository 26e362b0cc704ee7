"""What is known of each measure: everything that people keep about it, as one value, and what is missing in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from verband.language.catalogues import catalogue
from verband.language.markings import Marking, highest
from verband.rooms.measures import reading
from verband.rooms.measures.reading import Filter, MeasureView
from verband.rooms.measures.register import models
from verband.rooms.measures.register.against import Against, against
from verband.rooms.measures.register.kinds import ECONOMIC, KINDS, PARTIES, STATES
from verband.rooms.measures.register.models import Told
from verband.rooms.people.services import Reader
from verband.rooms.picture import keeping

#: What a measure may lack, in the order of the page.
LACKS = ("state", "aim", "part", "term", "ground", "means", "effect")


@dataclass(frozen=True)
class Known:
    """A measure with what people keep about it, oldest first; `rows` those that stand and `gone` those withdrawn."""

    measure: MeasureView
    rows: Mapping[str, tuple[Told, ...]]
    gone: Mapping[str, tuple[Told, ...]]
    against: tuple[Against, ...]
    conflicts: tuple[models.MeasureConflict, ...]
    origin: models.MeasureOrigin | None

    @property
    def state(self) -> models.MeasureStep | None:
        """The state as known: the step with the newest day, of one day the last that was kept. None where unknown."""
        steps = [row for row in self.rows["step"] if isinstance(row, models.MeasureStep)]
        return max(steps, key=lambda row: (row.since, row.pk), default=None)

    @property
    def aim(self) -> models.MeasureAim | None:
        """Whether it is generic or aimed at a state, as last told."""
        aims = [row for row in self.rows["aim"] if isinstance(row, models.MeasureAim)]
        return aims[-1] if aims else None

    @property
    def next_term(self) -> models.MeasureTerm | None:
        """The term that is due first; one that an evaluated or stopped state met is past."""
        state = self.state
        over = state.since if state and state.state in ("evaluated", "stopped") else date.min
        terms = [row for row in self.rows["term"] if isinstance(row, models.MeasureTerm) and row.due >= over]
        return min(terms, key=lambda row: (row.due, row.pk), default=None)

    @property
    def parties(self) -> tuple[str, ...]:
        """The kinds of parties that have a part, in the order of the catalogue."""
        told = {row.party for row in self.rows["part"] if isinstance(row, models.MeasurePart)}
        return tuple(entry.key for entry in catalogue(PARTIES).entries if entry.key in told)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What nobody has told yet, of `LACKS`; a ground is asked of economic measures only."""
        have = {
            **{name: bool(self.rows[name]) for name in ("aim", "part", "term", "effect")},
            "state": self.state is not None,
            "ground": bool(self.rows["ground"]) or self.measure.accent != ECONOMIC,
            "means": bool(self.against),
        }
        return tuple(name for name in LACKS if not have[name])

    @property
    def markings(self) -> list[Marking]:
        """Those of the measure and of all that is kept about it."""
        kept = [row for found in (*self.rows.values(), *self.gone.values(), self.conflicts) for row in found]
        origin = [self.origin] if self.origin else []
        return [self.measure.marking, *(row.marking.value() for row in (*kept, *origin))]


@dataclass(frozen=True)
class Balance:
    """How many measures are in each state as known (under "" the unknown), and have a part of each kind of party."""

    states: Mapping[str, int]
    parties: Mapping[str, int]
    without_party: int


def register(who: Reader, wanted: Filter | None = None, *, known_on: int | None = None) -> list[Known]:
    """The measures that match and that the reader may see, by key, each with what is known of it."""
    every = reading.measures(who, known_on=known_on)
    shown = {view.key for view in every}
    kept: dict[str, dict[str, list[Told]]] = {}
    for name, kind in KINDS.items():
        for row in keeping.rows(kind.model, who, known_on=known_on):
            if isinstance(row, models.MeasureConflict):
                if {row.measure, row.other} <= shown:
                    kept.setdefault(row.measure, {}).setdefault(name, []).append(row)
                    kept.setdefault(row.other, {}).setdefault(name, []).append(row)
            else:
                kept.setdefault(row.measure, {}).setdefault(name, []).append(row)
    origins = {row.measure: row for row in keeping.standing(models.MeasureOrigin, who, known_on=known_on)}
    views = every if wanted is None else [view for view in every if wanted.admits(view)]
    return [_known(view, kept.get(view.key, {}), origins.get(view.key)) for view in views]


def balance(found: Iterable[Known]) -> Balance:
    """The counts over some measures."""
    rows = list(found)
    states = Counter(item.state.state if item.state else "" for item in rows)
    parties = Counter(party for item in rows for party in item.parties)
    return Balance(
        {key: states[key] for key in (*catalogue(STATES).keys(), "")},
        {entry.key: parties[entry.key] for entry in catalogue(PARTIES).entries},
        sum(not item.parties for item in rows),
    )


def marking_of(found: Iterable[Known]) -> Marking:
    """The highest marking of what is shown."""
    return highest([marking for item in found for marking in item.markings])


def exported(found: Sequence[Known]) -> list[dict[str, str]]:
    """The register as rows of a file."""
    return [
        {
            "key": item.measure.key,
            "title_nl": item.measure.title_nl,
            "title_en": item.measure.title_en,
            "accent": item.measure.accent,
            "owner": item.measure.owner,
            "status_as_stated": item.measure.status_as_stated,
            "state": item.state.state if item.state else "",
            "state_since": item.state.since.isoformat() if item.state else "",
            "state_source": item.state.source if item.state else "",
            "aim": item.aim.aim if item.aim else "",
            "next_term": item.next_term.due.isoformat() if item.next_term else "",
            "parties": ";".join(item.parties),
            "means": ";".join(one.means for one in item.against if one.verified),
            "means_own_reading": ";".join(one.means for one in item.against if not one.verified),
            "effects": str(len(item.rows["effect"])),
            "lacks": ";".join(item.lacks),
            "marking": highest(item.markings).words(),
        }
        for item in found
    ]


def _known(view: MeasureView, kept: Mapping[str, Sequence[Told]], origin: models.MeasureOrigin | None) -> Known:
    stands = {name: tuple(row for row in kept.get(name, ()) if row.withdrawn_at is None) for name in KINDS}
    gone = {name: tuple(row for row in kept.get(name, ()) if row.withdrawn_at is not None) for name in KINDS}
    told = [row for row in stands["means"] if isinstance(row, models.MeasureMeans)]
    conflicts = tuple(row for row in stands["conflict"] if isinstance(row, models.MeasureConflict))
    return Known(view, stands, gone, against(view, told), conflicts, origin)
