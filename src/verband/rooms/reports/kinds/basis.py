"""What a threat picture is made from: one reader, one moment, and what the rooms say to him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from verband.language.markings import Ceiling, Marking, highest
from verband.rooms.campaigns import saying
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.models import Run
from verband.rooms.people.services import Reader
from verband.rooms.picture import newest
from verband.rooms.picture import services as picture
from verband.rooms.picture.models import Sameness
from verband.rooms.reports.kinds.citing import Citations
from verband.rooms.reports.words import Words
from verband.rooms.risk import services as risk

#: How many campaigns are told in full; the others stand in the table.
IN_FULL = 12
#: A picture older than this says that it is outdated: what was new then is not new now (R018).
VALID_DAYS = 90
#: The newest days of a collection that count as new: the first that hold enough incidents to speak of.
_WINDOWS_DAYS = (90, 180, 365)
_ENOUGH = 10
_DAY_S = 86_400


@dataclass(frozen=True)
class Window:
    """What counts as new: from `start` up to `end` (seconds since 1970), `days` long.

    `silent` is how many whole months lie between it and the moment of the report, 0 under two.
    """

    start: int
    end: int
    days: int
    silent: int


@dataclass(frozen=True)
class Basis:
    """Everything that the sections read. Times are seconds since 1970; `since` asks for what was recorded after it."""

    who: Reader
    words: Words
    now: datetime
    known_on: int | None
    since: int | None
    organisation: str
    #: Keys of the editions that the report is about; none where it is about the newest.
    about: tuple[str, ...] = ()

    @property
    def moment(self) -> int:
        """The moment that the report was asked for."""
        return int(self.now.timestamp())

    @cached_property
    def incidents(self) -> list[picture.IncidentView]:
        """Incidents and disclosures that the reader may see, newest first."""
        return risk.incidents(self.who, known_on=self.known_on)

    @cached_property
    def run(self) -> Run | None:
        """The newest run under the reader's ceiling."""
        return campaigns.newest_run(self.who.ceiling, known_on=self.known_on)

    @cached_property
    def rows(self) -> list[campaigns.CampaignRow]:
        """Campaigns of that run, strongest first, and after them what is held for coincidence."""
        return campaigns.overview(self.who, known_on=self.known_on)

    @property
    def groups(self) -> list[campaigns.CampaignRow]:
        """Groups above chance, or about which somebody decided."""
        return [row for row in self.rows if row.state != "coincidence"]

    @property
    def coincidences(self) -> list[campaigns.CampaignRow]:
        """Groups held for coincidence."""
        return [row for row in self.rows if row.state == "coincidence"]

    @cached_property
    def told(self) -> list[campaigns.CampaignView]:
        """The groups that are told in full."""
        return [campaigns.campaign(row.uuid, self.who, known_on=self.known_on) for row in self.groups[:IN_FULL]]

    @cached_property
    def triangle(self) -> risk.Triangle:
        """Interests, threats and resilience."""
        return risk.triangle(self.who, now=self.now, known_on=self.known_on)

    @cached_property
    def same(self) -> list[tuple[Sameness, picture.IncidentView, picture.IncidentView]]:
        """Pairs that wait for a decision, with their incidents; pairs that are one already fall out."""
        by_thing = {view.id: view for view in self.incidents}
        found = []
        for item in picture.same_proposals(self.who.ceiling):
            first, second = by_thing.get(item.first_id), by_thing.get(item.second_id)
            in_time = self.known_on is None or item.proposed_at <= self.known_on
            if in_time and first is not None and second is not None:
                found.append((item, first, second))
        return found

    @cached_property
    def window(self) -> Window | None:
        """The newest days of the collection; None where nothing is dated up to the moment.

        It ends with the last day of the newest incident that began before the report's moment, and is the shortest of
        90, 180 and 365 days with at least ten incidents.
        """
        until = min(self.moment, self.known_on or self.moment)
        end = newest.ends(self.incidents, until=until)
        if end is None:
            return None
        starts = [view.when.start for view in self.incidents if view.when and view.when.start <= until]
        held = {days: sum(start >= end - days * _DAY_S for start in starts) for days in _WINDOWS_DAYS}
        days = next((days for days in _WINDOWS_DAYS if held[days] >= _ENOUGH), _WINDOWS_DAYS[-1])
        silent = newest.silent_months(end, until=until)
        return Window(end - days * _DAY_S, end, days, silent if silent > 1 else 0)

    @cached_property
    def new(self) -> list[picture.IncidentView]:
        """Incidents that are new: begun in the window, or recorded after `since` where that was asked for."""
        if self.since is not None:
            return [view for view in self.incidents if min(r.recorded_at for r in view.records) > self.since]
        if self.window is None:
            return []
        window = self.window
        return [view for view in self.incidents if view.when and window.start <= view.when.start < window.end]

    @cached_property
    def citations(self) -> Citations:
        """The sources, numbered as the sections cite them."""
        return Citations.of(self.incidents, self.words, self.who.ceiling)

    @cached_property
    def marking(self) -> Marking:
        """The highest marking of everything that the report rests on."""
        triangle = self.triangle
        rest = [
            *(view.marking for view in self.incidents),
            *(row.marking for row in self.rows),
            *(item.marking.value() for item, _, _ in self.same),
            *(decision.marking.value() for view in self.told for decision in view.decisions),
            *(marking for view in self.told for marking in self._judged(view)),
            *(measure.marking for cell in triangle.interests for measure in cell.measures),
            *(measure.marking for cell in triangle.cells for measure in cell.measures),
            *(measure.marking for measure in triangle.measures_without_threat),
            *(cell.judgement.marking for cell in triangle.cells if cell.judgement),
        ]
        under = self.run.ceiling() if self.run else Ceiling()
        return highest([triangle.marking, Marking(under.tlp, under.classification), *rest])

    def _judged(self, view: campaigns.CampaignView) -> list[Marking]:
        """The markings of what people judged about the campaign, as far as the report tells it."""
        return saying.markings(view.row.uuid, self.who, known_on=self.known_on)
