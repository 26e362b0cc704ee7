"""Shuffled worlds: what may be a copy stays beside what it may copy, everything else goes its own way."""

from __future__ import annotations

import numpy as np
import pytest

from verband.methods.connecting import Evidence, Incident, Parameters
from verband.methods.connecting.reports import Reports, build, canonical_order
from verband.methods.connecting.times import Clock, busy, clock
from verband.methods.connecting.voices import Voices
from verband.methods.connecting.worlds import Shuffler

PARAMETERS = Parameters()
FIRST, COPY, LATER = 40, 41, 42


def told(number: int, day: float, **values: str) -> Incident:
    evidence = tuple(Evidence(feature, value, f"r{number}") for feature, value in values.items())
    return Incident(key=f"i{number}", domain="cyber", start=day, end=day, sources=(f"s{number}",), evidence=evidence)


@pytest.fixture(scope="module")
def collection() -> tuple[Reports, Clock]:
    """Forty reports over two years, and three of one rare device: two of them a day apart, one half a year later."""
    rows = [told(n, 18_000.0 + 17 * n, sector=f"sector{n % 4}", device=f"device{n}") for n in range(40)]
    rows += [
        told(FIRST, 18_205.0, sector="sector9", device="rare"),
        told(COPY, 18_206.0, device="rare"),
        told(LATER, 18_390.0, sector="sector9", device="rare"),
    ]
    order = canonical_order(rows, PARAMETERS)
    reports = build(rows, PARAMETERS, [[place] for place in order])
    return reports, clock(reports)


def at(reports: Reports, place: int) -> int:
    return next(row for row, members in enumerate(reports.members) if members == (place,))


def test_what_may_be_a_copy_follows_the_first_and_what_is_alike_much_later_does_not(
    collection: tuple[Reports, Clock],
) -> None:
    reports, _ = collection

    leader = Voices(reports).follows()

    assert leader[at(reports, COPY)] == at(reports, FIRST)
    assert leader[at(reports, LATER)] == at(reports, LATER)
    assert (leader == np.arange(reports.count)).sum() == reports.count - 1


def test_a_follower_keeps_its_distance_in_every_shuffled_world(collection: tuple[Reports, Clock]) -> None:
    reports, times = collection
    first, copy, later = (at(reports, place) for place in (FIRST, COPY, LATER))
    rhythm = busy(reports, times)
    together = Shuffler(reports, times, rhythm, follows=Voices(reports).follows())
    alone = Shuffler(reports, times, rhythm)

    def apart(shuffler: Shuffler, one: int, other: int) -> list[float]:
        slots = [shuffler.slots(np.random.default_rng(seed)) for seed in range(60)]
        return [abs(float(times.middle[slot[one]] - times.middle[slot[other]])) for slot in slots]

    assert max(apart(together, first, copy)) <= 17.0
    assert np.median(apart(alone, first, copy)) > 100.0
    assert np.median(apart(together, first, later)) > 100.0
    assert len({round(float(times.middle[together.slots(np.random.default_rng(s))[first]])) for s in range(60)}) > 10
