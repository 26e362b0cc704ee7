"""What a group weighs: dates count whole, values to a bound, in the reading that fits."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.streams import planted_stream
from verband.methods.connecting import Evidence, Incident, Parameters, connect
from verband.methods.connecting.duplicates import collapse
from verband.methods.connecting.groups import NOT_ENOUGH, VALUES_BANS, Flags, strength
from verband.methods.connecting.pairs import sharing
from verband.methods.connecting.profile import profile, readings, spans
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


def test_alike_values_lift_a_group_to_a_bound_and_no_further(planted: tuple[Space, Clock, Flags]) -> None:
    room, times, members = planted

    found = strength(room, times, members, PARAMETERS)
    _, _, near = spans(times, room.voices.of(members, times), PARAMETERS)

    assert found.bans[0] > found.stands[0]
    assert found.stands[0] == pytest.approx(VALUES_BANS + near[0] / np.log(10.0))


def test_a_group_on_other_dates_weighs_the_same_in_values_and_stands_for_less(
    planted: tuple[Space, Clock, Flags],
) -> None:
    room, times, members = planted
    dealt = times.shuffled(np.random.default_rng(1).permutation(room.reports.count))

    assert strength(room, dealt, members, PARAMETERS).stands[0] < strength(room, times, members, PARAMETERS).stands[0]


def test_members_that_state_nothing_else_are_read_firmly(planted: tuple[Space, Clock, Flags]) -> None:
    room, _, members = planted

    loose, firm = readings(room, members)

    assert firm.block.sum() > loose.block.sum()
    assert (profile(room, members).block == firm.block).all()


def test_strangers_who_state_other_values_are_read_loosely(planted: tuple[Space, Clock, Flags]) -> None:
    room, _, members = planted
    strangers = np.zeros_like(members)
    strangers[np.flatnonzero(~members[:, 0])[:8], 0] = True

    loose, firm = readings(room, strangers)

    assert loose.block.sum() > firm.block.sum()


def told(key: str, place: int, day: float, **stated: str) -> Incident:
    evidence = tuple(Evidence(feature, value, key) for feature, value in {"country": "NL", **stated}.items())
    return Incident(key, f"domain-{place % 3}", day, day, evidence=evidence)


def test_what_shares_much_close_in_time_is_proposed_and_what_shares_little_is_not() -> None:
    alone = [told(f"b{n}", n, 45.0 * n, sector=f"s{n % 7}", target=f"t{n}", means=f"m{n % 9}") for n in range(80)]
    little = [told(f"c{n}", n, 900 + 20.0 * n, sector=f"s{n}", target=f"u{n}", means="rare") for n in range(3)]
    much = [told(f"d{n}", n, 900 + 25.0 * n, sector="s9", target="u", means="rare") for n in range(3)]

    assert connect([*alone, *little], PARAMETERS).campaigns == ()
    assert [one.incidents for one in connect([*alone, *much], PARAMETERS).campaigns] == [(80, 81, 82)]


def test_dates_do_not_make_up_for_values_that_speak_against(planted: tuple[Space, Clock, Flags]) -> None:
    room, times, _ = planted
    rows = np.flatnonzero(~np.isnan(times.middle))
    strangers = np.zeros((room.reports.count, 1), dtype=np.bool_)
    strangers[rows[np.argsort(times.middle[rows])][:8], 0] = True

    found = strength(room, times, strangers, PARAMETERS)
    _, _, near = spans(times, room.voices.of(strangers, times), PARAMETERS)

    assert near[0] / np.log(10.0) > 3.0
    assert found.stands[0] == NOT_ENOUGH < found.bans[0]
