"""Nights: what is tested in each, at which level, and what all of them keep together."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.streams import planted_stream
from verband.language.errors import InputError
from verband.methods.connecting import Night, Parameters, connect
from verband.methods.connecting.chance import SEARCHED
from verband.methods.connecting.nights import FIRST, share, tonight

RNG = np.random.default_rng
NULL = list(np.sort(RNG(5).exponential(1.0, (60, 10)), axis=1)[:, ::-1])


def test_the_first_night_may_spend_half_and_all_nights_together_no_more_than_everything() -> None:
    total = sum(share(number) for number in range(1, 20_000))

    assert share(1) == FIRST
    assert all(share(number) > share(number + 1) for number in range(1, 400))
    assert 0.97 < total < 1.0


def test_only_what_holds_something_new_is_tested_and_what_was_proposed_stays() -> None:
    members = [[1, 2, 3], [4, 5, 6, 7], [10, 11, 12]]
    night = Night(2, 1, new=frozenset({12}), earlier=(frozenset({4, 5, 6}),))

    found = tonight(np.array([25.0, 0.5, 25.0]), members, (NULL,), night=night, fdr=0.05, spending=SEARCHED)

    assert found.tolist() == [False, True, True]


def test_a_later_night_asks_for_more_and_every_earlier_proposal_for_less() -> None:
    early, late = Night(2, 0, frozenset()), Night(200, 0, frozenset())

    assert early.level(0.05) > late.level(0.05)
    assert Night(200, 9, frozenset()).level(0.05) == pytest.approx(10 * late.level(0.05))


def test_what_passes_in_the_first_night_does_not_in_the_hundredth() -> None:
    stands, members = np.array([9.0]), [[0, 1, 2]]

    def passes(number: int) -> bool:
        night = Night(number, 0, frozenset({0}))
        return bool(tonight(stands, members, (NULL,), night=night, fdr=0.05, spending=SEARCHED)[0])

    assert passes(1)
    assert not passes(100)


def test_over_many_nights_of_pure_chance_hardly_any_row_of_nights_ever_proposes() -> None:
    raised = 0
    for trial in range(200):
        rng = RNG([7, trial])
        proposed = 0
        for number in range(1, 31):
            night = Night(number, proposed, frozenset({0}))
            worlds = list(rng.exponential(1.0, (40, 5)))
            stands = rng.exponential(1.0, 5)
            found = tonight(stands, [[0]] * 5, (worlds,), night=night, fdr=0.05, spending=SEARCHED)
            proposed += int(found.sum())
        raised += proposed > 0
    assert raised <= 10


@pytest.mark.parametrize(("number", "proposed"), [(0, 0), (1, -1)])
def test_a_night_that_cannot_be_is_refused(number: int, proposed: int) -> None:
    with pytest.raises(InputError) as caught:
        Night(number, proposed, frozenset())
    assert caught.value.code == "connect.night"


def test_a_campaign_whose_last_members_come_in_at_night_is_found_and_stays_in_the_next() -> None:
    stream = planted_stream(4, count=900)
    late = {place for place, origin in enumerate(stream.origin) if origin in stream.planted[0]}
    parameters = Parameters(seed=1, replicates=79)

    second = connect(stream.incidents, parameters, night=Night(2, 0, frozenset(late)))
    found = second.campaigns[0]
    nothing_new = Night(3, 1, frozenset(), earlier=(frozenset(found.incidents),))
    third = connect(stream.incidents, parameters, night=nothing_new)

    assert len({stream.origin[place] for place in found.incidents} & stream.planted[0]) >= 6
    assert [campaign.incidents for campaign in third.campaigns] == [found.incidents]
    assert second.notes["night_new"] == len(late)
