"""What people judge about a campaign: the hybrid test, the competing hypotheses and the ladder of attribution."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.rooms.campaigns.conftest import NOW, keep_run, uuid_of
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import Ceiling
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import hybrid, hypotheses, ladder, saying, services
from verband.rooms.campaigns.models import CellJudgement, ElementFinding, Run, Rung, Said, SignOff
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture
from verband.rooms.picture.models import Record

Browse = Callable[..., Client]
TABS = ("hybrid/", "hypotheses/", "attribution/")
STEP = {
    "statement": "Traces of one device",
    "certainty": "almost certain",
    "source": "Report 12",
    "confidence": "high",
    "reason": "Seen by two teams",
}
CELL = {"item": "chance", "hypothesis": "several", "consistency": "C"}


@pytest.fixture
def ann(persons: dict[str, Person]) -> Reader:
    return people.reader(persons["ann"])


@pytest.fixture
def dirk(persons: dict[str, Person]) -> Reader:
    return people.reader(persons["dirk"])


@pytest.fixture
def view(run: Run, ann: Reader) -> services.CampaignView:
    return services.campaign(uuid_of(run, proposed=True), ann)


def mandate(person: Person, *levels: str, until: date | None = None) -> None:
    for level in levels:
        people.add_mandate(
            person.organisation,
            holder=person,
            function="Minister",
            power=ladder.mandate_of(level),
            legal_basis="test",
            source="test",
            valid_from=date(2025, 1, 1),
            valid_until=until,
            actor="test",
        )


def address(run: Run, tab: str, *, proposed: bool = True) -> str:
    return f"/campaigns/{uuid_of(run, proposed=proposed)}/{tab}"


def stated(view: services.CampaignView, who: Reader, **given: str) -> ElementFinding:
    values = {"element": "covert", "state": "met", "source": "Report 3", "reason": "False flag"} | given
    return hybrid.state(view, who=who, now=NOW, **values)


def judged(view: services.CampaignView, who: Reader, **given: str) -> CellJudgement:
    values = {"item": "chance", "hypothesis": "activist", "consistency": "II", "reason": "No claim was made"} | given
    return hypotheses.judge(view, who=who, now=NOW, **values)


# -- hybrid test


@pytest.mark.requirement("R012")
def test_finding_stands_with_its_author_and_goes_back_to_unknown_when_withdrawn(
    view: services.CampaignView, ann: Reader
) -> None:
    made = stated(view, ann)
    before = hybrid.checklist(view, ann)

    hybrid.withdraw(view, made.pk, reason="Wrong flag", who=ann, now=NOW)
    after = hybrid.checklist(view, ann)

    assert before.standing["covert"].said_by == ann.signature
    assert "covert" not in before.result.missing
    assert "covert" in after.result.missing
    assert [row.withdrawn_reason for row in after.findings] == ["Wrong flag"]
    assert [entry.action for entry in audit.entries()][:2] == ["hybrid element withdrawn", "hybrid element stated"]


@pytest.mark.requirement("R012")
def test_that_one_means_is_several_cannot_be_stated(view: services.CampaignView, ann: Reader) -> None:
    with pytest.raises(InputError, match="met"):
        stated(view, ann, element="several_means", state="met")

    assert hybrid.checklist(view, ann).result.label != "hybrid"


def test_finding_without_source_or_reason_is_refused(view: services.CampaignView, ann: Reader) -> None:
    for missing in ("source", "reason"):
        with pytest.raises(InputError):
            stated(view, ann, **{missing: "  "})
    assert ElementFinding.objects.count() == 0


def test_reader_without_the_power_cannot_state_or_withdraw(
    view: services.CampaignView, ann: Reader, dirk: Reader
) -> None:
    made = stated(view, ann)

    with pytest.raises(RefusedError):
        stated(view, dirk)
    with pytest.raises(RefusedError):
        hybrid.withdraw(view, made.pk, reason="x", who=dirk, now=NOW)


# -- hypotheses


@pytest.mark.requirement("P19")
def test_cell_of_a_person_stands_before_the_tool_and_the_tool_comes_back_when_withdrawn(
    view: services.CampaignView, ann: Reader
) -> None:
    tool = hypotheses.table(view, ann).items[0].cells["activist"].consistency
    made = judged(view, ann)

    own = hypotheses.table(view, ann)
    hypotheses.withdraw(view, "cell", made.pk, reason="A claim came", who=ann, now=NOW)
    back = hypotheses.table(view, ann)

    assert tool == "N"
    assert own.items[0].cells["activist"].consistency == "II"
    assert ("chance", "activist") in own.judged
    assert back.items[0].cells["activist"].consistency == "N"
    assert back.judged == {}


def test_table_begins_with_the_figure_of_the_run(view: services.CampaignView, ann: Reader) -> None:
    first = hypotheses.table(view, ann).items[0]

    assert first.key == "chance"
    assert first.facts == {"chance": 0.0083}
    assert first.cells["coincidence"].consistency == "II"


def test_added_evidence_is_not_judged_and_counts_for_nothing(view: services.CampaignView, ann: Reader) -> None:
    before = hypotheses.table(view, ann).result.scores
    made = hypotheses.add_item(
        view, text="One payer", source="Verdict", weight="high", reason="Cited", who=ann, now=NOW
    )

    found = hypotheses.table(view, ann)

    assert [score.against for score in found.result.scores] == [score.against for score in before]
    assert [key for key, _ in found.result.unjudged] == [f"added-{made.pk}"] * 6


def test_likelihood_takes_a_comma_and_refuses_what_is_no_chance(view: services.CampaignView, ann: Reader) -> None:
    assert judged(view, ann, likelihood="0,25").likelihood == 0.25
    for text in ("1", "0", "much", "-1"):
        with pytest.raises(InputError, match="between 0 and 1"):
            judged(view, ann, likelihood=text)


def test_item_that_is_not_in_the_table_cannot_be_judged(view: services.CampaignView, ann: Reader) -> None:
    with pytest.raises(InputError, match="added-999"):
        judged(view, ann, item="added-999")


def test_signature_holds_for_the_table_as_it_stood_and_is_in_the_log(view: services.CampaignView, ann: Reader) -> None:
    hypotheses.sign(view, reason="Read and agreed", who=ann, now=NOW)
    signed = hypotheses.table(view, ann)
    judged(view, ann)
    changed = hypotheses.table(view, ann)

    entry = next(audit.entries(action="hypotheses signed"))
    assert signed.signed_as_it_stands
    assert changed.signed is not None
    assert not changed.signed_as_it_stands
    assert entry.actor == ann.signature
    assert signed.digest in entry.detail


def test_indicator_is_due_until_somebody_looked(view: services.CampaignView, ann: Reader) -> None:
    made = hypotheses.watch(
        view, text="A claim", toward="activist", due_on="2026-01-05", reason="Would fit", who=ann, now=NOW
    )
    assert hypotheses.is_due(made, NOW.date())

    looked = hypotheses.look(view, made.pk, seen="Nothing", due_on="2026-02-05", who=ann, now=NOW)

    assert looked.looked_on == NOW.date()
    assert not hypotheses.is_due(looked, NOW.date())
    with pytest.raises(InputError, match="no day"):
        hypotheses.look(view, made.pk, seen="Nothing", due_on="soon", who=ann, now=NOW)


def test_assumption_needs_a_word_of_the_list(view: services.CampaignView, ann: Reader) -> None:
    hypotheses.assume(view, text="Wires differ", state="caveated", reason="Two agencies", who=ann, now=NOW)

    with pytest.raises(InputError, match="chosen"):
        hypotheses.assume(view, text="Wires differ", state="surely", reason="x", who=ann, now=NOW)
    assert [row.state for row in hypotheses.table(view, ann).assumptions] == ["caveated"]


def test_first_hypothesis_reads_no_name_and_no_grouping(incidents: tuple[picture.IncidentView, ...]) -> None:
    assert hypotheses.first_hypothesis(incidents, chance=0.01) == "not_decided"
    told = [hypotheses.told_of(one) for one in incidents]
    assert all(name not in repr(told) for name in ("Drones", "Cable", "press", "campaign"))


# -- ladder


@pytest.mark.requirement("R033")
def test_each_level_has_its_own_statement_confidence_and_author(view: services.CampaignView, ann: Reader) -> None:
    ladder.take(view, level="technical", values=STEP, who=ann, now=NOW)
    ladder.take(view, level="analytic", values=STEP | {"certainty": "likely"}, who=ann, now=NOW)

    steps = ladder.ladder(view, ann)

    assert [step.level.key for step in steps] == ["technical", "analytic", "legal", "political", "public"]
    assert [step.standing.certainty if step.standing else "" for step in steps[:3]] == ["almost certain", "likely", ""]


@pytest.mark.requirement("P8")
@pytest.mark.parametrize("level", ["legal", "political", "public"])
def test_upper_levels_need_a_mandate_that_is_valid_today(
    view: services.CampaignView, ann: Reader, dirk: Reader, persons: dict[str, Person], level: str
) -> None:
    with pytest.raises(RefusedError, match="may not"):
        ladder.take(view, level=level, values=STEP, who=ann, now=NOW)
    with pytest.raises(RefusedError, match="mandate"):
        ladder.take(view, level=level, values=STEP, who=dirk, now=NOW)
    mandate(persons["dirk"], level, until=NOW.date() - timedelta(days=1))
    with pytest.raises(RefusedError, match="mandate"):
        ladder.take(view, level=level, values=STEP, who=dirk, now=NOW)

    assert Rung.objects.count() == 0
    assert next(audit.entries(action="refused")).object == f"attribute_{level}"


@pytest.mark.requirement("R033")
def test_public_is_refused_while_political_is_empty_and_political_stays_while_public_stands(
    view: services.CampaignView, dirk: Reader, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "political", "public")
    with pytest.raises(InputError, match="political"):
        ladder.take(view, level="public", values=STEP, who=dirk, now=NOW)
    political = ladder.take(view, level="political", values=STEP, who=dirk, now=NOW)
    ladder.take(view, level="public", values=STEP, who=dirk, now=NOW)

    with pytest.raises(InputError, match="cannot be withdrawn"):
        ladder.withdraw(view, political.pk, reason="x", who=dirk, now=NOW)

    assert political.mandate == "Minister: test"


@pytest.mark.requirement("R033")
def test_confidence_below_the_floor_needs_dissent_in_words(view: services.CampaignView, ann: Reader) -> None:
    with pytest.raises(InputError, match="dissent"):
        ladder.take(view, level="technical", values=STEP | {"confidence": "low"}, who=ann, now=NOW)

    made = ladder.take(
        view, level="technical", values=STEP | {"confidence": "low", "dissent": "One team says no"}, who=ann, now=NOW
    )

    assert made.dissent == "One team says no"


def test_step_is_taken_once_and_can_be_taken_again_after_it_was_withdrawn(
    view: services.CampaignView, ann: Reader
) -> None:
    made = ladder.take(view, level="technical", values=STEP, who=ann, now=NOW)
    with pytest.raises(InputError, match="already"):
        ladder.take(view, level="technical", values=STEP, who=ann, now=NOW)

    ladder.withdraw(view, made.pk, reason="Device was another", who=ann, now=NOW)
    ladder.take(view, level="technical", values=STEP, who=ann, now=NOW)

    step = ladder.ladder(view, ann)[0]
    assert step.standing is not None
    assert [row.withdrawn_reason for row in step.history] == ["Device was another"]


@pytest.mark.requirement("P18")
def test_statement_and_certainty_are_kept_as_stated(view: services.CampaignView, ann: Reader) -> None:
    words = "zeer waarschijnlijk, aldus de dienst"

    made = ladder.take(view, level="analytic", values=STEP | {"certainty": words}, who=ann, now=NOW)

    assert Rung.objects.get(pk=made.pk).certainty == words


@pytest.mark.requirement("P19")
def test_nothing_computed_takes_a_step_or_says_anything(run: Run, ann: Reader) -> None:
    view = services.campaign(uuid_of(run, proposed=True), ann)

    services.connect(who=people.operator(), now=NOW)
    hypotheses.table(view, ann)
    hybrid.checklist(view, ann)
    with pytest.raises(RefusedError):
        ladder.take(view, level="technical", values=STEP, who=people.operator(), now=NOW)

    assert [kind.__name__ for kind in Said.__subclasses__() if kind._default_manager.exists()] == []


# -- markings, runs, moments


@pytest.mark.requirement("D1")
def test_judgement_carries_the_marking_of_the_campaign_and_is_absent_below_it(
    view: services.CampaignView, ann: Reader, persons: dict[str, Person]
) -> None:
    made = stated(view, ann)
    cleo = people.reader(persons["cleo"])

    assert made.marking.value().tlp == "AMBER"
    assert saying.said(ElementFinding, view.row.uuid, cleo) == []
    with pytest.raises(NotFoundError):
        hybrid.withdraw(view, made.pk, reason="x", who=cleo, now=NOW)


@pytest.mark.requirement("D1")
def test_marking_of_a_judgement_may_be_raised_and_never_lowered(
    run: Run, ann: Reader, persons: dict[str, Person]
) -> None:
    clear = services.campaign(uuid_of(run, proposed=False), ann)
    amber = services.campaign(uuid_of(run, proposed=True), ann)
    made = stated(clear, ann, marking="AMBER")
    cleo = people.reader(persons["cleo"])

    assert made.marking.value().tlp == "AMBER"
    assert stated(clear, ann).marking.value().tlp == "CLEAR"
    assert [row.marking.value().tlp for row in saying.said(ElementFinding, clear.row.uuid, cleo)] == ["CLEAR"]
    for view, word in ((amber, "CLEAR"), (clear, "RED")):
        with pytest.raises(InputError, match="chosen"):
            stated(view, ann, marking=word)


def test_judgement_outlives_the_run_that_it_was_made_in(
    run: Run, ann: Reader, persons: dict[str, Person], incidents: tuple[picture.IncidentView, ...]
) -> None:
    uuid = uuid_of(run, proposed=True)
    stated(services.campaign(uuid, ann), ann)

    keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(3, 4, 5))
    run.delete()
    found = hybrid.checklist(services.campaign(uuid, ann), ann)

    assert found.standing["covert"].reason == "False flag"
    assert found.overtaken == ()


def test_page_says_that_the_evidence_has_changed_since(run: Run, ann: Reader, browse: Browse) -> None:
    view = services.campaign(uuid_of(run, proposed=True), ann)
    stated(view, ann)
    judged(view, ann)
    ladder.take(view, level="technical", values=STEP, who=ann, now=NOW)
    same = browse("ann").get(address(run, "hybrid/")).content.decode()

    Record.objects.filter(pk=view.incidents[0].lead.id).update(certainty="cleared")

    assert "evidence has changed" not in same
    for tab in TABS:
        assert "evidence has changed" in browse("ann").get(address(run, tab)).content.decode()


def test_judgement_made_later_is_not_known_on_an_earlier_day(view: services.CampaignView, ann: Reader) -> None:
    stated(view, ann)

    before = hybrid.checklist(view, ann, known_on=int(NOW.timestamp()) - 1)

    assert before.standing == {}


# -- pages


def test_reader_below_the_marking_gets_the_page_of_a_missing_campaign_on_each_tab(
    run: Run, view: services.CampaignView, ann: Reader, browse: Browse
) -> None:
    stated(view, ann)
    missing = "00000000-0000-4000-8000-000000000000"

    for tab in TABS:
        hidden, absent = browse("cleo").get(address(run, tab)), browse("cleo").get(f"/campaigns/{missing}/{tab}")
        assert hidden.status_code == absent.status_code == 404
    for tab in ("hybrid/state/", "hypotheses/judge/", "hypotheses/sign/", "attribution/technical/take/"):
        assert browse("cleo").post(address(run, tab), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("language", ["en", "nl"])
def test_each_tab_opens_with_its_figure_its_table_and_no_forbidden_word(
    run: Run, browse: Browse, language: str
) -> None:
    for tab in TABS:
        page = browse("ann", language).get(address(run, tab)).content.decode().lower()
        assert "chance that this is coincidence" not in page
        assert "kans dat dit toeval is" not in page
    page = browse("ann", language).get(address(run, "hypotheses/")).content.decode()
    figure = page[page.index('id="against-chart"') :]
    assert "<table" in figure[: figure.index("</figure>")]


@pytest.mark.parametrize(
    ("tab", "posted", "field"),
    [
        ("hybrid/state/", {"element": "covert", "state": "met", "source": "", "reason": "x"}, "state-source"),
        ("hypotheses/judge/", CELL, "judge-reason"),
        ("hypotheses/judge/", {**CELL, "likelihood": "9", "reason": "x"}, "judge-likelihood"),
        ("hypotheses/add/", {"text": "", "source": "s", "weight": "low", "reason": "x"}, "add-text"),
        ("hypotheses/assume/", {"text": "t", "state": "solid", "reason": ""}, "assume-reason"),
        ("hypotheses/watch/", {"text": "t", "toward": "several", "due_on": "", "reason": "x"}, "watch-due_on"),
        ("hypotheses/sign/", {"reason": ""}, "sign-reason"),
        ("attribution/technical/take/", STEP | {"source": " "}, "technical-source"),
        ("attribution/technical/take/", STEP | {"confidence": "low"}, "technical-dissent"),
    ],
)  # fmt: skip
def test_error_stands_beside_its_field_and_what_was_filled_in_stays(
    run: Run, browse: Browse, tab: str, posted: dict[str, str], field: str
) -> None:
    answer = browse("ann").post(address(run, tab), posted)
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "<title>Error:" in page
    assert f'id="{field}-error"' in page
    assert f'aria-describedby="{field}-error"' in page


def test_acts_of_the_pages_are_kept_and_logged(run: Run, browse: Browse) -> None:
    client = browse("ann")

    client.post(address(run, "hybrid/state/"), {"element": "covert", "state": "met", "source": "s", "reason": "r"})
    client.post(
        address(run, "hypotheses/judge/"),
        {"item": "chance", "hypothesis": "several", "consistency": "C", "reason": "r"},
    )
    client.post(address(run, "hypotheses/sign/"), {"reason": "Agreed"})
    client.post(address(run, "attribution/technical/take/"), STEP)
    page = client.get(address(run, "attribution/")).content.decode()

    assert "Traces of one device" in page
    assert SignOff.objects.get().reason == "Agreed"
    assert {entry.action for entry in audit.entries()} >= {
        "hybrid element stated",
        "hypothesis cell judged",
        "hypotheses signed",
        "attribution step taken",
    }


def test_reader_without_the_power_sees_no_form_and_is_refused(run: Run, browse: Browse) -> None:
    client = browse("dirk")

    for tab in TABS:
        assert 'method="post" action="/campaigns' not in client.get(address(run, tab)).content.decode()
    assert client.post(address(run, "hypotheses/sign/"), {"reason": "x"}).status_code == 403
    assert client.post(address(run, "attribution/technical/take/"), STEP).status_code == 403
    assert client.post(address(run, "attribution/public/take/"), STEP).status_code == 403


def test_mandate_holder_sees_the_form_of_his_step_alone(run: Run, browse: Browse, persons: dict[str, Person]) -> None:
    mandate(persons["dirk"], "legal", "political")

    page = browse("dirk").get(address(run, "attribution/")).content.decode()

    assert page.count("/take/") == 1
    assert "/attribution/legal/take/" in page
    assert page.count(f"/response/attribution/{uuid_of(run, proposed=True)}/") == 2


@pytest.mark.parametrize("level", ["political", "public"])
def test_the_page_of_the_campaign_takes_no_step_that_response_decides_about(
    level: str, run: Run, browse: Browse, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "political", "public")

    answer = browse("dirk").post(address(run, f"attribution/{level}/take/"), STEP)

    assert answer.status_code == 403
    assert "taken with a decision under Response" in answer.content.decode()
    assert not Rung.objects.exists()


def test_each_table_exports_csv_and_json(run: Run, browse: Browse) -> None:
    client = browse("ann")
    client.post(address(run, "attribution/technical/take/"), STEP)

    def rows(tab: str) -> Any:
        return json.loads(client.get(address(run, tab) + "?format=json").content)

    assert [row["state"] for row in rows("hybrid/")].count("unknown") == 6
    assert {row["judged_by"] for row in rows("hypotheses/")} == {"hypotheses 1"}
    assert [row["stands"] for row in rows("attribution/")] == [True, False, False, False, False]
    for tab in TABS:
        text = client.get(address(run, tab) + "?format=csv").content.decode()
        assert len(text.splitlines()) > 5


def test_word_of_an_act_or_a_kind_that_there_is_not_is_an_error(run: Run, browse: Browse) -> None:
    assert browse("ann").post(address(run, "hypotheses/burn/"), {"reason": "x"}).status_code == 400
    assert browse("ann").post(address(run, "hypotheses/burn/1/withdraw/"), {"reason": "x"}).status_code == 400
