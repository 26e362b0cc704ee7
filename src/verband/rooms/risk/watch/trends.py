"""The horizon scan: trends for each theme with source and horizon, and which nobody looked at in time (R006)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.language.time import Interval, parse_time
from verband.rooms.measures.services import Citation
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader
from verband.rooms.risk.models import Scan, Trend, TrendLook
from verband.rooms.risk.texts import Place
from verband.rooms.risk.watch import keeping, persons

#: How long a trend counts as looked at where a scan says nothing else: our own choice.
PERIOD_DAYS = 365


class TrendRow(msgspec.Struct, frozen=True, kw_only=True):
    """A trend that a published text states: under the name of its scan, where it stands, and that it is a reading."""

    key: str
    scan: str
    theme: str
    title: str
    text: str
    observed: str
    place: Place
    horizon: str = "not_stated"
    language: str = "en"
    marking: str = "CLEAR"


@dataclass(frozen=True)
class TrendView:
    """One trend on a day. `looked_at` is None where nobody looked since it was written; then `since` is its own time.

    `stale`: more than the scan's `period_days` lie between that and the day.
    """

    id: int
    scan: str
    period_days: int
    theme: str
    title: str
    text: str
    language: str
    horizon: str
    observed: Interval
    source: Citation
    as_read: bool
    looked_at: int | None
    looked_by: str
    seen: str
    since: int
    stale: bool
    by: str
    marking: Marking


@dataclass(frozen=True)
class ThemeTrends:
    """A theme with its trends, newest first."""

    theme: str
    trends: tuple[TrendView, ...]

    @property
    def stale(self) -> int:
        """How many nobody looked at within the period of their scan."""
        return sum(view.stale for view in self.trends)


def open_scan(values: Mapping[str, str], *, who: Reader, now: datetime) -> Scan:
    """Open a scan: `title`, `period_days`, `marking`. Raises InputError("watch.scan_exists")."""
    title = keeping.filled("title", values.get("title", ""))
    persons.refuse_persons(who, title=title)
    period = keeping.whole("period_days", values.get("period_days", "") or str(PERIOD_DAYS), least=1)
    if any(scan.title == title for scan in scans(who)):
        raise InputError("watch.scan_exists", field="title")
    fields = {"title": title, "period_days": period}
    return keeping.keep(
        Scan,
        act="scan opened",
        about="horizon scan",
        fields=fields,
        marking=values.get("marking", ""),
        who=who,
        now=now,
    )


def scans(who: Reader, *, known_on: int | None = None) -> list[Scan]:
    """The scans that the reader may see, newest first."""
    return keeping.standing(Scan, who, known_on=known_on)


def add(values: Mapping[str, str], *, who: Reader, now: datetime) -> Trend:
    """Write down a trend: `scan` (number), `theme`, `title`, `text`, `source`, `horizon`, `observed`, `marking`.

    Raises InputError("time.unreadable") for a time that cannot be read, and what `keeping` and `persons` raise.
    """
    scan = keeping.find(Scan, keeping.filled("scan", values.get("scan", "")), who)
    fields = {name: keeping.filled(name, values.get(name, "")) for name in ("title", "text", "source", "observed")}
    persons.refuse_persons(who, title=fields["title"], text=fields["text"])
    refuse_contact(who, source=fields["source"])
    source = fields.pop("source")
    _time(fields["observed"])
    theme = keeping.chosen("theme", values.get("theme", ""), "themes")
    horizon = keeping.chosen("horizon", values.get("horizon", ""), "horizons")
    return keeping.keep(
        Trend,
        act="trend written down",
        about=f"risk {theme}",
        fields={
            **fields, "scan": scan, "theme": theme, "horizon": horizon, "source_nl": source, "source_en": source,
        },
        marking=values.get("marking", ""),
        rests_on=(scan.marking.value(),),
        who=who,
        now=now,
    )  # fmt: skip


def look(number: str, *, seen: str, who: Reader, now: datetime) -> TrendLook:
    """Note that somebody looked at a trend again and what he saw; it is not stale from then on for a period."""
    row = keeping.find(Trend, number, who)
    persons.refuse_persons(who, seen=seen)
    return keeping.keep(
        TrendLook,
        act="trend looked at",
        about=f"risk {row.theme}",
        fields={"trend": row, "seen": keeping.filled("seen", seen)},
        rests_on=(row.marking.value(),),
        who=who,
        now=now,
    )


def load(rows: Iterable[TrendRow], *, who: Reader, now: datetime) -> int:
    """Store trends of published texts, each once by its key; how many are new. Raises RefusedError("people.no_power").

    Their scan is opened with PERIOD_DAYS where it is not there yet.
    """
    known = set(Trend.objects.exclude(key="").values_list("key", flat=True))
    new = 0
    for row in rows:
        if row.key in known:
            continue
        scan = Scan.objects.filter(title=row.scan).first() or keeping.keep(
            Scan,
            act="scan opened",
            about="horizon scan",
            fields={"title": row.scan, "period_days": PERIOD_DAYS},
            marking=row.marking,
            who=who,
            now=now,
            power="upload",
        )
        fields = msgspec.to_builtins(row)
        place = fields.pop("place")
        fields |= {name: place[name] for name in ("source_nl", "source_en", "source_number", "line")}
        fields["theme"] = catalogue("themes").resolve(row.theme).key
        fields |= {"scan": scan, "as_read": True}
        marking = fields.pop("marking")
        keeping.keep(
            Trend,
            act="trend written down",
            about=f"risk {row.theme}",
            fields=fields,
            marking=marking,
            rests_on=(scan.marking.value(),),
            who=who,
            now=now,
            power="upload",
        )
        new += 1
    return new


def by_theme(who: Reader, *, now: datetime, known_on: int | None = None) -> tuple[ThemeTrends, ...]:
    """Each of the eleven themes in its order with its trends, also those that have none."""
    every = trends(who, now=now, known_on=known_on)
    return tuple(
        ThemeTrends(theme, tuple(view for view in every if view.theme == theme)) for theme in keeping.keys("themes")
    )


def trends(who: Reader, *, now: datetime, known_on: int | None = None) -> list[TrendView]:
    """The trends that the reader may see, newest first, as they stood."""
    at = int(now.timestamp()) if known_on is None else known_on
    looks: dict[int, TrendLook] = {}
    for one in keeping.standing(TrendLook, who, known_on=known_on):
        looks.setdefault(one.trend_id, one)
    periods = {scan.pk: scan for scan in keeping.rows(Scan, who)}
    rows = [row for row in keeping.standing(Trend, who, known_on=known_on) if row.scan_id in periods]
    return [_view(row, periods[row.scan_id], looks.get(row.pk), at) for row in rows]


def _view(row: Trend, scan: Scan, look: TrendLook | None, at: int) -> TrendView:
    observed = parse_time(row.observed)
    # Of a year as a whole the last moment counts: what is not known is not held against the trend.
    since = look.kept_at if look else min(observed.end, row.kept_at)
    return TrendView(
        id=row.pk,
        scan=scan.title,
        period_days=scan.period_days,
        theme=row.theme,
        title=row.title,
        text=row.text,
        language=row.language,
        horizon=row.horizon,
        observed=observed,
        source=Citation(row.source_nl, row.source_en, row.source_number, "", row.line, ""),
        as_read=row.as_read,
        looked_at=look.kept_at if look else None,
        looked_by=look.kept_by if look else "",
        seen=look.seen if look else "",
        since=since,
        stale=at - since > scan.period_days * keeping.DAY_S,
        by=row.kept_by,
        marking=row.marking.value(),
    )


def _time(text: str) -> Interval:
    try:
        return parse_time(text)
    except InputError as error:
        raise InputError(error.code, **{**error.params, "field": "observed"}) from error
