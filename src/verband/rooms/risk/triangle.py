"""The triangle: interests, threats and resilience for one reader, and the corners that are missing.

Incidents are composed views: two records of one event count once. What happened when is taken from the source's own
precision: an incident that may lie on either side of a boundary is counted apart, never split.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from verband.language.catalogues import catalogue
from verband.language.markings import Marking, highest
from verband.language.time import Interval
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.services import CampaignRow
from verband.rooms.measures import services as measures
from verband.rooms.measures.services import MeasureView
from verband.rooms.people.services import Reader
from verband.rooms.picture import newest as age
from verband.rooms.picture import services as picture
from verband.rooms.risk import judging, themes
from verband.rooms.risk.judging import JudgementView
from verband.rooms.risk.trend import Trend, trend

DAY_S = 86_400
YEAR_S = 365 * DAY_S
_EVENT_TYPES = frozenset({"incident", "disclosure"})
_SHOWN_STATES = frozenset({"proposed", "accepted"})
_TOP_MEANS = 8
#: Precisions that say when a thing began; the others say only in which span it lies.
_BEGINS = frozenset({"second", "day", "range"})


@dataclass(frozen=True)
class Cell:
    """What is known of an interest, a theme, or an interest in a theme; the one that is not meant is empty.

    `recent` and `before` lie in the last 12 months and the 12 before; `unplaced` may lie in either, or just outside.
    `means` are (key, incidents) of the last 24 months, most frequent first, without words that the catalogue has not.
    `judgement` is None where nobody judged, or where what was judged rests on evidence that has expired; then that
    judgement is `expired`.
    """

    interest: str
    theme: str
    recent: int
    before: int
    unplaced: int
    in_all: int
    trend: Trend
    campaigns: tuple[CampaignRow, ...]
    means: tuple[tuple[str, int], ...]
    measures: tuple[MeasureView, ...]
    judgement: JudgementView | None
    newest: Interval | None
    marking: Marking
    expired: JudgementView | None = None

    @property
    def expired_on(self) -> date | None:
        """The last day on which the evidence of the judgement that was there held; None where none has expired."""
        return self.expired.expires_on if self.expired else None

    @property
    def last_24_months(self) -> int:
        """Incidents of the last 24 months, those that are not dated to the month of a boundary included."""
        return self.recent + self.before + self.unplaced

    @property
    def missing(self) -> tuple[str, ...]:
        """The corners that are missing where there is a threat: `resilience`, `measure`, both or none."""
        if not self.last_24_months:
            return ()
        corners = {"resilience": self.judgement is None, "measure": not self.measures}
        return tuple(name for name, lacks in corners.items() if lacks)


@dataclass(frozen=True)
class Triangle:
    """The whole picture: six interests and eleven themes in the order of their catalogues, and each pair of them.

    `until` is the moment that the spans count back from, in seconds since 1970; `newest` the newest dated incident.
    """

    until: int
    interests: tuple[Cell, ...]
    themes: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    without_interest: tuple[picture.IncidentView, ...]
    without_theme: tuple[picture.IncidentView, ...]
    measures_without_threat: tuple[MeasureView, ...]
    newest: picture.IncidentView | None
    marking: Marking

    @property
    def gaps(self) -> tuple[Cell, ...]:
        """The pairs with an incident in the last 24 months and a corner that is missing, most incidents first."""
        found = [cell for cell in self.cells if cell.missing]
        return tuple(sorted(found, key=lambda cell: (-len(cell.missing), -cell.last_24_months)))

    @property
    def says_something(self) -> bool:
        """Whether any incident of the last 24 months names an interest; without one there can be no gap."""
        return any(cell.last_24_months for cell in self.interests)

    def interest(self, key: str) -> Cell:
        """The row of one interest."""
        return next(cell for cell in self.interests if cell.interest == key)

    def theme(self, key: str) -> Cell:
        """The row of one theme."""
        return next(cell for cell in self.themes if cell.theme == key)

    def cell(self, interest: str, theme: str) -> Cell:
        """One pair."""
        return next(cell for cell in self.cells if cell.interest == interest and cell.theme == theme)


@dataclass(frozen=True)
class _Incident:
    """What a cell counts of one incident: its place in time (`recent`, `before`, `unplaced`, `old`) and its pairs."""

    view: picture.IncidentView
    place: str
    interests: tuple[str, ...]
    themes: tuple[str, ...]


def triangle(who: Reader, *, now: datetime, known_on: int | None = None) -> Triangle:
    """The triangle as this reader may see it, counted back from `now`, as known on a moment where one is given.

    Only incidents and disclosures count; responses, context and lawful protest do not.
    """
    until = int(now.timestamp())
    found = [_placed(view, until) for view in incidents(who, known_on=known_on)]
    shown = [row for row in campaigns.overview(who, known_on=known_on) if row.state in _SHOWN_STATES]
    covered = measures.coverage(who, known_on=known_on)
    day = datetime.fromtimestamp(until, UTC).date()
    judged = judging.by_pair(who, day=day, known_on=known_on)
    interests, all_themes = catalogue("interests").keys(), catalogue("themes").keys()

    views = [item.view for item in found]
    silent = age.silent_months(age.ends(views, until=until), until=until)
    every = measures.measures(who, known_on=known_on)
    stated = [*(row.marking for row in shown), *(view.marking for view in every)]

    def make(interest: str, theme: str) -> Cell:
        mine = [item for item in found if _is_in(item, interest, theme)]
        covering = _covering(covered, interest, theme)
        held, expired = (found.get((interest, theme)) for found in judged)
        return _cell(interest, theme, mine, shown, covering, (held, expired), silent)

    cells = tuple(make(interest, theme) for interest in interests for theme in all_themes)
    return Triangle(
        until=until,
        interests=tuple(make(interest, "") for interest in interests),
        themes=tuple(make("", theme) for theme in all_themes),
        cells=cells,
        without_interest=tuple(item.view for item in found if item.place != "old" and not item.interests),
        without_theme=tuple(item.view for item in found if item.place != "old" and not item.themes),
        measures_without_threat=_without_threat(every, cells),
        newest=age.newest(views, until=until),
        marking=highest([*(item.view.marking for item in found), *(cell.marking for cell in cells), *stated]),
    )


def incidents(who: Reader, *, known_on: int | None = None) -> list[picture.IncidentView]:
    """Incidents and disclosures that the reader may see, newest first."""
    every = picture.incidents(who.ceiling, known_on=known_on)
    return [view for view in every if not view.values("event_type") or _EVENT_TYPES & set(view.values("event_type"))]


def themes_of(view: picture.IncidentView) -> tuple[str, ...]:
    """The themes of an incident: those that a source says, else what its domain and interests mean (a reading)."""
    return view.values("theme") or themes.of_incident(view.values("domain"), view.values("interest"))


def belongs(view: picture.IncidentView, cell: Cell) -> bool:
    """Whether an incident is one of those that the cell is about, whenever it was."""
    of_interest = not cell.interest or cell.interest in view.values("interest")
    return of_interest and (not cell.theme or cell.theme in themes_of(view))


def place(when: Interval | None, until: int) -> str:
    """Where a time lies: `recent`, `before`, `unplaced` (may lie in either or just outside) or `old`.

    A span with a known beginning lies where it begins; a month, quarter or year must lie in a span as a whole. What has
    no date, or lies after `until`, is old.
    """
    if when is None:
        return "old"
    first, last = (when.start, when.start + 1) if when.precision in _BEGINS else (when.start, when.end)
    if first >= until or last <= until - 2 * YEAR_S:
        return "old"
    last = min(last, until)
    if first >= until - YEAR_S:
        return "recent"
    return "before" if first >= until - 2 * YEAR_S and last <= until - YEAR_S else "unplaced"


def _placed(view: picture.IncidentView, until: int) -> _Incident:
    known = set(catalogue("interests").keys())
    interests = tuple(key for key in view.values("interest") if key in known)
    return _Incident(view, place(view.when, until), interests, themes_of(view))


def _is_in(item: _Incident, interest: str, theme: str) -> bool:
    return (not interest or interest in item.interests) and (not theme or theme in item.themes)


def _cell(
    interest: str,
    theme: str,
    mine: Sequence[_Incident],
    shown: Iterable[CampaignRow],
    covering: tuple[MeasureView, ...],
    judged: tuple[JudgementView | None, JudgementView | None],
    silent_months: int,
) -> Cell:
    """`judged`: the judgement that holds, and the one whose evidence has expired."""
    places = Counter(item.place for item in mine)
    here = {item.view.id for item in mine}
    rows = tuple(row for row in shown if here & set(row.things))
    of_24_months = [key for item in mine if item.place != "old" for key in item.view.values("means")]
    means = Counter(key for key in of_24_months if catalogue("means").find(key))
    return Cell(
        interest=interest,
        theme=theme,
        recent=places["recent"],
        before=places["before"],
        unplaced=places["unplaced"],
        in_all=len(mine),
        trend=trend(places["recent"], places["before"], silent_months=silent_months),
        campaigns=rows,
        means=tuple(means.most_common(_TOP_MEANS)),
        measures=covering,
        judgement=judged[0],
        expired=judged[1],
        newest=next((item.view.when for item in mine if item.view.when), None),
        marking=highest(
            [
                *(item.view.marking for item in mine),
                *(row.marking for row in rows),
                *(view.marking for view in covering),
                *(found.marking for found in judged if found),
            ]
        ),
    )


def _covering(
    covered: Mapping[tuple[str, str], Sequence[MeasureView]], interest: str, theme: str
) -> tuple[MeasureView, ...]:
    found = {
        view.key: view
        for (of_interest, of_theme), views in covered.items()
        if interest in ("", of_interest) and theme in ("", of_theme)
        for view in views
    }
    return tuple(found[key] for key in sorted(found))


def _without_threat(every: Sequence[MeasureView], cells: Sequence[Cell]) -> tuple[MeasureView, ...]:
    threatened = {(cell.interest, cell.theme) for cell in cells if cell.last_24_months}
    return tuple(view for view in every if not any((item.interest, item.theme) in threatened for item in view.coverage))
