"""Experts judge in rounds: without names, each his own, and who dissents stays heard."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.rooms.risk.scenarios.conftest import KEY, NOW, give, give_all
from verband.language.errors import InputError, RefusedError
from verband.rooms.audit.models import Entry
from verband.rooms.people.services import Reader
from verband.rooms.risk.scenarios import assessing, describing, sessions
from verband.rooms.risk.scenarios.sessions import SessionView

LATER = NOW + timedelta(hours=1)


def seen(who: Reader) -> SessionView:
    """The newest session as this reader sees it."""
    return sessions.sessions(describing.scenario(KEY, who, now=NOW), who)[0]


def to_consensus(author: Reader) -> None:
    """From the first round to what is agreed."""
    for _ in range(3):
        sessions.go_on(KEY, who=author, now=LATER)


@pytest.mark.usefixtures("first_round")
def test_in_an_open_round_an_expert_sees_his_own_scores_alone(author: Reader, experts: list[Reader]) -> None:
    bea, cas, _ = experts
    give(bea, "2.1", "B-C-D")
    give(cas, "2.1", "A-A-B")

    assert [(one.expected) for one in seen(bea).standing()] == ["C"]
    assert [(one.expected) for one in seen(cas).standing()] == ["A"]
    assert seen(author).standing() == ()


@pytest.mark.usefixtures("first_round")
def test_after_the_round_scores_stand_under_letters_and_never_under_names(
    author: Reader, experts: list[Reader]
) -> None:
    for one in experts:
        give(one, "2.1", "B-C-D")
    sessions.go_on(KEY, who=author, now=LATER)

    shown = seen(author)

    assert sorted(one.alias for one in shown.standing()) == sorted({one.alias for one in shown.standing()})
    assert len(shown.standing()) == 3
    assert not {one.alias for one in shown.standing()} & {"bea", "cas", "dirk"}


@pytest.mark.usefixtures("first_round")
def test_what_is_not_scored_again_in_round_two_is_carried_on(author: Reader, experts: list[Reader]) -> None:
    bea, cas, _ = experts
    give(bea, "2.1", "B-C-D")
    give(cas, "2.1", "A-A-B")
    sessions.go_on(KEY, who=author, now=LATER)
    sessions.go_on(KEY, who=author, now=LATER)
    give(bea, "2.1", "A-B-C", at=90)
    sessions.go_on(KEY, who=author, now=LATER)

    found = {one.expected: one.round for one in seen(author).standing()}

    assert found == {"B": 2, "A": 1}


@pytest.mark.usefixtures("first_round")
def test_dissent_stays_beside_what_was_agreed_and_the_session_closes(author: Reader, experts: list[Reader]) -> None:
    for one in experts:
        give(one, "2.1", "B-C-D")
    to_consensus(author)
    sessions.agree(KEY, "2.1", lower="B", expected="C", upper="C", text="C", who=author, now=LATER)
    sessions.dissent(
        KEY, "2.1", lower="D", expected="E", upper="E", text="worse", signed="yes", who=experts[0], now=LATER
    )
    sessions.dissent(KEY, "2.1", lower="A", expected="A", upper="A", text="mild", signed="", who=experts[1], now=LATER)
    sessions.go_on(KEY, who=author, now=LATER)

    shown = seen(author)

    assert shown.stage == "closed"
    assert [(one.text, one.name) for one in shown.dissents] == [("worse", "bea"), ("mild", "")]
    assert shown.agreed["2.1"].expected == "C"


@pytest.mark.usefixtures("first_round")
def test_an_expert_who_left_scores_no_more_and_counts_no_more(author: Reader, experts: list[Reader]) -> None:
    for one in experts:
        give(one, "2.1", "B-C-D")
    sessions.give_up(KEY, reason="no time", who=experts[0], now=LATER)
    sessions.go_on(KEY, who=author, now=LATER)

    with pytest.raises(RefusedError, match="left this session"):
        give(experts[0], "2.1", "A-A-A")
    assert len(seen(author).standing()) == 2
    assert seen(author).left == 1


@pytest.mark.usefixtures("first_round")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("D-C-E", "weighing.order"),
        ("B-C-Q", "weighing.class"),
        ("X-C-D", "weighing.partly"),
        ("B-D-C", "weighing.order"),
    ],
)
def test_a_score_that_is_no_score_is_refused_and_nothing_is_kept(experts: list[Reader], words: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        give(experts[0], "2.1", words)

    assert refused.value.code == code
    assert seen(experts[0]).standing() == ()


@pytest.mark.usefixtures("first_round")
def test_a_session_is_not_closed_while_something_scored_is_not_settled(author: Reader, experts: list[Reader]) -> None:
    for one in experts:
        give(one, "2.1", "B-C-D")
    to_consensus(author)

    with pytest.raises(InputError, match=r"2\.1"):
        sessions.go_on(KEY, who=author, now=LATER)


def test_who_leads_has_no_seat_and_who_may_not_see_it_is_not_asked(author: Reader, account) -> None:  # type: ignore[no-untyped-def]
    account("low", tlp="CLEAR")
    account("bea")

    with pytest.raises(RefusedError, match="cannot be one of its experts"):
        sessions.begin(KEY, ["author", "bea"], who=author, now=NOW)
    with pytest.raises(RefusedError, match="low"):
        sessions.begin(KEY, ["low", "bea"], who=author, now=NOW)
    with pytest.raises(InputError, match="at least 2"):
        sessions.begin(KEY, ["bea"], who=author, now=NOW)
    assert sessions.sessions(describing.scenario(KEY, author, now=NOW), author) == []


@pytest.mark.usefixtures("first_round")
def test_a_session_that_comes_to_nothing_is_cancelled_and_another_is_held(
    author: Reader, experts: list[Reader]
) -> None:
    for one in experts:
        give(one, "2.1", "B-C-D")
    for one in experts[:2]:
        sessions.give_up(KEY, reason="no time", who=one, now=LATER)
    with pytest.raises(InputError, match="1 experts take part"):
        sessions.go_on(KEY, who=author, now=LATER)

    sessions.cancel(KEY, reason="too few left", who=author, now=LATER)
    nothing = seen(author).standing()
    sessions.begin(KEY, [one.username for one in experts], who=author, now=LATER)

    assert nothing == ()
    assert assessing.risk(describing.scenario(KEY, author, now=NOW), author) is None
    assert seen(author).stage == "invited"


@pytest.mark.usefixtures("first_round")
def test_a_second_click_skips_no_stage(author: Reader, experts: list[Reader]) -> None:
    for one in experts:
        give(one, "2.1", "B-C-D")
    sessions.go_on(KEY, who=author, now=LATER, stage="first")

    with pytest.raises(InputError, match="stage 'discussion'"):
        sessions.go_on(KEY, who=author, now=LATER, stage="first")
    assert seen(author).stage == "discussion"


@pytest.mark.usefixtures("first_round")
def test_a_whole_that_is_scored_in_parts_is_refused(experts: list[Reader]) -> None:
    with pytest.raises(InputError, match=r"4\.1a"):
        give(experts[0], "4.1", "B-C-D")


@pytest.mark.usefixtures("first_round")
def test_only_who_leads_opens_a_stage_and_only_at_its_time(experts: list[Reader]) -> None:
    with pytest.raises(RefusedError, match="do not lead"):
        sessions.go_on(KEY, who=experts[0], now=LATER)
    with pytest.raises(InputError, match="stage 'first'"):
        sessions.remark(KEY, text="hello", criterion="2.1", who=experts[0], now=LATER)


@pytest.mark.requirement("R005")
@pytest.mark.usefixtures("first_round")
def test_what_was_agreed_is_weighed_with_the_experts_beside_it(author: Reader, experts: list[Reader]) -> None:
    for one in experts:
        give_all(one, "B-C-D")
    to_consensus(author)
    method = describing.scenario(KEY, author, now=NOW).method
    for criterion in sessions.criteria(method):
        sessions.agree(KEY, criterion, lower="C", expected="C", upper="C", text="C", who=author, now=LATER)
    sessions.go_on(KEY, who=author, now=LATER)

    found = assessing.risk(describing.scenario(KEY, author, now=NOW), author)

    assert found is not None
    assert found.basis == "agreed"
    assert found.missing == ()
    # Every criterion in class C of base 3: 9 of 81.
    assert found.box.impact_low == pytest.approx(1 / 9)
    assert found.box.impact_median == pytest.approx(1 / 9)
    assert found.of_experts.boxes[3].impact_high > found.box.impact_high


@pytest.mark.requirement("R005")
@pytest.mark.usefixtures("first_round")
def test_a_missing_criterion_is_flagged_and_never_scored_as_zero(author: Reader, experts: list[Reader]) -> None:
    for one in experts:
        give(one, "2.1", "C-C-C")
    to_consensus(author)
    sessions.agree(KEY, "2.1", lower="C", expected="C", upper="C", text="C", who=author, now=LATER)
    sessions.go_on(KEY, who=author, now=LATER)

    found = assessing.risk(describing.scenario(KEY, author, now=NOW), author)

    assert found is not None
    assert "3.1" in found.missing
    assert found.box.impact_median is None
    assert found.box.impact_high > 0.9


@pytest.mark.usefixtures("first_round")
def test_the_log_tells_that_an_expert_scored_and_never_what(experts: list[Reader]) -> None:
    give(experts[0], "2.1", "B-C-D")

    noted = Entry.objects.filter(action="expert score given").first()

    assert noted is not None
    assert noted.detail == '{"criterion":"2.1"}'
