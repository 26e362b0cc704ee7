"""An incident that is added has the links that a run over the whole collection gives it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.methods.connecting import Evidence, Incident, Parameters
from verband.methods.connecting.incremental import Postings
from verband.methods.connecting.linking import Links, Window, linked
from verband.methods.connecting.reports import build
from verband.methods.connecting.times import clock
from verband.methods.engine import DuckDB

SPANS = Parameters().spans_days
FEATURES = ("sector", "means", "technique", "malware", "country")
DAYS = st.one_of(st.none(), st.integers(-40_000, 40_000).map(float), st.integers(0, 200).map(lambda n: n / 2))


@st.composite
def incidents(draw: st.DrawFn) -> list[Incident]:
    rows = []
    for number in range(draw(st.integers(1, 14))):
        stated = draw(st.lists(st.tuples(st.sampled_from(FEATURES), st.sampled_from("abc")), max_size=6, unique=True))
        start = draw(DAYS)
        end = None if start is None else start + draw(st.sampled_from((0.0, 1.0, 30.0, 364.0)))
        sources = tuple(draw(st.lists(st.sampled_from(("s", "t", f"u{number}")), max_size=2, unique=True)))
        evidence = tuple(Evidence(feature, value, f"r{number}") for feature, value in stated)
        rows.append(Incident(f"i{number}", "cyber", start, end, sources=sources, evidence=evidence))
    return rows


def whole(rows: list[Incident], *, least: float, window: Window | None) -> Links:
    reports = build(rows, Parameters(), [[number] for number in range(len(rows))])
    return linked(reports, clock(reports), engine=DuckDB(), spans_days=SPANS, least=least, window=window)


@pytest.mark.parametrize("window", [None, Window(days=30.0, most=3), Window(days=60.0, most=99)])
@settings(max_examples=40)
@given(rows=incidents(), least=st.sampled_from((0.0, 0.3)))
def test_links_of_what_is_added_are_those_of_a_whole_run(
    rows: list[Incident], least: float, window: Window | None
) -> None:
    postings = Postings(Parameters(), least=least, window=window)
    for row in rows[:-1]:
        postings.add(row)

    added = postings.add(rows[-1])

    every = whole(rows, least=least, window=window)
    mine = every.b == len(rows) - 1
    assert len(postings) == len(rows)
    assert added.a.tolist() == every.a[mine].tolist()
    assert np.abs(added.bans - every.bans[mine]).max(initial=0.0) < 1e-9
    assert np.abs(added.near - every.near[mine]).max(initial=0.0) < 1e-9


def test_links_follow_the_counts_as_they_are_now() -> None:
    alike = [
        Incident(f"i{n}", "cyber", 0.0, evidence=(Evidence("malware", "x" if n < 2 else f"m{n}", "r"),))
        for n in range(9)
    ]
    postings = Postings(Parameters(), least=0.0)
    for row in alike:
        postings.take(row)

    found = postings.links(0)

    # df = 2 of n = 9: p = .25; m = .36; log10(.36 / .25 + 1 - .36)
    assert found.b.tolist() == [1]
    assert found.bans[0] == pytest.approx(np.log10(2.08))
