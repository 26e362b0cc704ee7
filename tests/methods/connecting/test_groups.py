"""Groups after the test: who nearly belongs joins, and nobody joins two."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.streams import planted_stream
from verband.methods.connecting import Evidence, Incident, Parameters, connect
from verband.methods.connecting.duplicates import collapse
from verband.methods.connecting.groups import FIRM, WHOLE, Flags, completed
from verband.methods.connecting.pairs import sharing
from verband.methods.connecting.reports import build, canonical_order
from verband.methods.connecting.space import Space, space
from verband.methods.connecting.times import Clock, clock

PARAMETERS = Parameters()


@pytest.fixture(scope="module")
def planted() -> tuple[Space, Clock, Flags]:
    """A stream with the reports of its planted campaign as a group."""
    stream = planted_stream(4, count=900)
    order = canonical_order(stream.incidents, PARAMETERS)
    reports = build(stream.incidents, PARAMETERS, collapse(stream.incidents, order, PARAMETERS))
    members = [[any(stream.origin[place] in stream.planted[0] for place in places)] for places in reports.members]
    return space(reports, sharing(reports, least=1.0), reads_domain=True), clock(reports), np.array(members)


def without(members: Flags, count: int) -> Flags:
    """The group with only its first `count` reports."""
    rows = np.flatnonzero(members[:, 0])[:count]
    out = np.zeros_like(members)
    out[rows, 0] = True
    return out


def test_a_group_takes_back_members_that_it_lost(planted: tuple[Space, Clock, Flags]) -> None:
    room, times, members = planted
    lost = without(members, int(members.sum()) - 2)

    whole = completed(room, times, lost, PARAMETERS)

    assert (whole & members).sum() > lost.sum()
    assert (whole | lost == whole).all()
    assert whole.sum() <= WHOLE


def test_a_group_of_few_stays_as_it_is(planted: tuple[Space, Clock, Flags]) -> None:
    room, times, members = planted
    few = without(members, FIRM - 1)

    assert (completed(room, times, few, PARAMETERS) == few).all()


def test_no_report_joins_two_groups(planted: tuple[Space, Clock, Flags]) -> None:
    room, times, members = planted
    lost = without(members, FIRM)
    twice = np.concatenate([lost, lost], axis=1)

    assert completed(room, times, twice, PARAMETERS)[~lost[:, 0]].sum(axis=1).max() <= 1


def told(key: str, place: int, day: float, **stated: str) -> Incident:
    evidence = tuple(Evidence(feature, value, key) for feature, value in {"country": "NL", **stated}.items())
    return Incident(key, f"domain-{place % 3}", day, day, evidence=evidence)


def test_close_dates_of_reports_that_share_little_propose_no_campaign() -> None:
    alone = [told(f"b{n}", n, 45.0 * n, sector=f"s{n % 7}", target=f"t{n}") for n in range(80)]
    close = [told(f"c{n}", n, 900 + 20.0 * n, sector=f"s{n}", target=f"u{n}", means="rare") for n in range(3)]

    result = connect([*alone, *close], PARAMETERS)

    held = result.coincidences[0]
    assert held.incidents == (80, 81, 82)
    assert held.p < PARAMETERS.fdr / 2
    assert 0 < held.bans < 1
    assert result.campaigns == ()
