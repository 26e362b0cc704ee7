"""The embedded data into a workspace, by the same doors as any file, and the whole line run on it once.

Nothing is decided here: samenesses and campaigns are proposed, people accept them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path

from verband.demo import coded_rows, cycle_rows, process_rows, register_rows, rows, stamp
from verband.demo.register import register
from verband.language.markings import Ceiling
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.services import CampaignRow
from verband.rooms.exposure import services as exposure
from verband.rooms.measures import services as measures
from verband.rooms.measures.progress import services as progress
from verband.rooms.people import services as people
from verband.rooms.picture import services as picture
from verband.rooms.response import services as response
from verband.rooms.risk import services as risk
from verband.rooms.risk.cycle import services as cycle

_FILES = ("public_incidents.csv", "policy_incidents.csv")


@dataclass(frozen=True)
class SameEvent:
    """Two incidents that may be one event told twice, with the names that they have and the weight in bans."""

    first: str
    second: str
    bans: float


@dataclass(frozen=True)
class Summary:
    """What a person reads at the end: what is there now, what is proposed, and what is missing."""

    files: tuple[dict[str, object], ...]
    incidents: int
    statements: int
    commitments: int
    measures: int
    theme_texts: int
    campaigns: tuple[CampaignRow, ...]
    same_events: tuple[SameEvent, ...]
    triangle: risk.Triangle

    @property
    def proposed(self) -> tuple[CampaignRow, ...]:
        """Campaigns that a person may decide about, or has, strongest first."""
        return tuple(row for row in self.campaigns if row.state != "coincidence")

    @property
    def coincidences(self) -> tuple[CampaignRow, ...]:
        """Groups that chance could well have made."""
        return tuple(row for row in self.campaigns if row.state == "coincidence")


def is_loaded(folder: Path) -> bool:
    """Whether this version of the program has loaded this version of the data here, to the end."""
    return stamp.read(folder).get("loaded") == stamp.fingerprint() and campaigns.newest_run(_ceiling()) is not None


def load(folder: Path, *, now: datetime, say: Callable[[str], None] = lambda text: None) -> None:
    """Register, bring in, load and connect. What is there already stays as it is."""
    register(today=now.date())
    who = people.operator()
    for name in _FILES:
        say(f"Bringing in {name} ...")
        with as_file(files("verband.demo").joinpath("data", name)) as path:
            counts = picture.ingest_file(path, who=who, now=now)
        _keep_counts(folder, counts.as_json())
    say("Loading what the policy texts say ...")
    risk.load_theme_texts(rows.theme_texts(), who=who, now=now)
    risk.load_statements(rows.statements(), who=who, now=now)
    risk.load_trends(rows.trends(), who=who, now=now)
    risk.load_threat_levels(rows.threat_levels(), who=who, now=now)
    measures.load(rows.commitments(), who=who, now=now)
    progress.load_later(rows.known_later(), who=who, now=now)
    cycle.load_editions(cycle_rows.editions(), who=who, now=now)
    cycle.load_lines(cycle_rows.review_lines(), who=who, now=now)
    cycle.load_goals(cycle_rows.goals(), who=who, now=now)
    cycle.load_cells(cycle_rows.cells(), who=who, now=now)
    exposure.load_processes(process_rows.processes(), who=who, now=now)
    exposure.load_duties(process_rows.duties(), who=who, now=now)
    exposure.load_sector_processes(process_rows.sector_processes(), who=who, now=now)
    response.load_coded(coded_rows.coded_incidents(), who=who, now=now)
    response.load_registers(register_rows.entries(), who=who, now=now)
    say("Connecting, and testing against chance ...")
    campaigns.run_for_everyone(who=who, now=now)
    stamp.write(folder, {**stamp.read(folder), "loaded": stamp.fingerprint()})


def summary(folder: Path, *, now: datetime) -> Summary:
    """What the workspace holds, as the command line sees it."""
    who = people.operator()
    views = picture.incidents(who.ceiling)
    names = {view.id: view.name for view in views}
    stored = stamp.read(folder).get("files")
    return Summary(
        files=tuple(stored.values()) if isinstance(stored, dict) else (),
        incidents=len(views),
        statements=len(risk.statements(who)),
        commitments=len(measures.commitments(who)),
        measures=len(measures.measures(who)),
        theme_texts=len(risk.theme_texts(who)),
        campaigns=tuple(campaigns.overview(who)),
        same_events=tuple(
            SameEvent(names[row.first_id], names[row.second_id], row.strength or 0.0)
            for row in picture.same_proposals(who.ceiling)
            if row.first_id in names and row.second_id in names
        ),
        triangle=risk.triangle(who, now=now),
    )


def _keep_counts(folder: Path, counts: dict[str, object]) -> None:
    kept = stamp.read(folder)
    before = kept.get("files")
    stored = dict(before) if isinstance(before, dict) else {}
    # A run that brought in nothing new says nothing about how much there is.
    if counts["new"] or str(counts["file"]) not in stored:
        stored[str(counts["file"])] = counts
    stamp.write(folder, {**kept, "files": stored})


def _ceiling() -> Ceiling:
    return people.operator().ceiling
