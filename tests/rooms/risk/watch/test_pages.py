"""The pages of watching, as people with different ceilings and roles get them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.rooms.risk.conftest import incident
from tests.rooms.risk.test_pages import sign_in
from tests.rooms.risk.watch.conftest import INDICATOR, NOTE, PLAN
from verband.rooms.risk.models import (
    AdequacyCheck,
    PhenomenonNote,
    PictureLine,
    ScopeStep,
    SituationPicture,
    Trend,
    WarningIndicator,
    WatchPlan,
)

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
LISTS = ("", "resilience/", "trends/", "indicators/", "plans/", "pictures/", "phenomena/")
PAGES = (*LISTS, "demonstrations/")
TODAY = datetime.now(UTC).date()


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def do(client: Client, act: str, **posted: object) -> HttpResponse:
    return client.post(f"/risk/watch/act/{act}/", posted, follow=True)  # type: ignore[return-value]


def text(client: Client, page: str = "") -> str:
    answer = client.get(f"/risk/watch/{page}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_page_opens_empty_and_says_what_to_do_first(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    assert "Open a scan first" in text(client, "trends/")
    assert "who may lawfully look" in text(client, "indicators/")
    assert "ends by itself" in text(client, "plans/")
    assert "propose it to the parties" in text(client, "pictures/")
    assert "Write what is seen" in text(client, "phenomena/")
    assert text(client, "resilience/").count("unknown") >= 18
    assert "never checked" in text(client)


def test_every_list_goes_out_as_csv_and_json(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    for page in LISTS:
        for form in ("csv", "json"):
            answer = client.get(f"/risk/watch/{page}?format={form}")
            assert (answer.status_code, f".{form}" in answer.headers["Content-Disposition"]) == (200, True)


@pytest.mark.requirement("R117", "P3")
def test_the_page_about_demonstrations_shows_the_right_first(sign_in: Callable[..., Client]) -> None:
    shown = text(sign_in("ann"), "demonstrations/")

    assert shown.index("First: the right") < shown.index("Then: what helps") < shown.index("what is not done here")
    assert "line 513" in shown


@pytest.mark.requirement("R011")
def test_what_is_wrong_with_a_check_stands_beside_its_field_and_in_the_title(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")
    given = {"interest": "economic_security", "verdict": "not_equipped", "evidence": "E <b>1</b>", "marking": "CLEAR"}

    refused = do(client, "check", **given)
    kept = do(
        client,
        "check",
        **given,
        follow_up="Train",
        downside="Hours",
        existing="None fits",
        function="mitigate",
        owner="Region",
        due_on=day(30),
    )

    shown = refused.content.decode()
    assert refused.status_code == 400
    assert "<title>Error:" in shown
    assert 'id="check-follow_up-error"' in shown
    assert "E &lt;b&gt;1&lt;/b&gt;" in shown
    assert kept.status_code == 200
    assert AdequacyCheck.objects.get().owner == "Region"
    assert "5 interests are due" in kept.content.decode()


@pytest.mark.requirement("R006")
def test_a_trend_is_written_down_looked_at_and_withdrawn(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")
    do(client, "scan", title="Scan", period_days="30", marking="CLEAR")
    number = Trend._meta.get_field("scan").related_model.objects.get().pk  # type: ignore[union-attr]
    row = {"scan": number, "theme": "cbrn", "title": "Known better", "text": "It spreads.", "source": "Report"}
    done = do(client, "trend", **row, horizon="short", observed="2020", marking="CLEAR")
    trend = Trend.objects.get()

    stale = text(client, "trends/")
    do(client, "look", number=trend.pk, seen="Still so")
    looked = text(client, "trends/")
    do(client, "withdraw-trend", number=trend.pk, reason="Wrong theme")

    assert done.status_code == 200
    assert (stale.count('chip warning">stale'), looked.count('chip warning">stale')) == (1, 0)
    assert "Still so" in looked
    assert "Wrong theme" in text(client, "trends/")


@pytest.mark.requirement("R097")
def test_an_indicator_warns_by_rule_and_a_person_confirms_on_its_page(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")
    do(client, "indicator", **{**INDICATOR, "expires_on": day(100)})
    number = WarningIndicator.objects.get().pk
    page = f"indicators/{number}/"
    before = text(client, page)
    for value in (11, 12):
        do(client, "observe", number=number, at=number, observed_on=day(0), value=value, seen="Counted")
    proposed = text(client, page)

    refused = do(client, "confirm", number=number, at=number, level="high", reason="No")
    do(client, "confirm", number=number, at=number, level="raised", reason="Two weeks")

    assert "nobody has looked yet" in before
    assert 'action="/risk/watch/act/confirm/"' not in before
    assert 'action="/risk/watch/act/confirm/"' in proposed
    assert refused.status_code == 400
    assert "Two weeks" in text(client, page)
    assert client.get(f"/risk/watch/{page}?format=csv").content.count(b"Counted") == 2


@pytest.mark.requirement("R116")
def test_crises_that_coincide_are_flagged_on_the_page_that_joins(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")
    crisis = {**PLAN, "kind": "crisis", "starts_on": day(-1), "ends_on": day(10), "review_on": day(20)}
    do(
        client,
        "plan",
        **crisis,
    )
    alone = text(client)
    do(client, "plan", **{**crisis, "title": "Outbreak", "starts_on": day(5)})

    assert "Crises stack" not in alone
    assert "Crises stack" in text(client)
    assert "Crises stack" in text(client, "plans/")
    number = WatchPlan.objects.get(title="Outbreak").pk
    assert do(client, "extend", number=number, ends_on=day(20), reason="").status_code == 400
    assert do(client, "extend", number=number, ends_on=day(20), reason="It spreads").status_code == 200


@pytest.mark.requirement("R018")
def test_dissent_of_another_organisation_stays_on_the_page_of_the_picture(sign_in: Callable[..., Client]) -> None:
    client, other = sign_in("ann"), sign_in("bo", role="decider", profile="ministry")
    do(client, "picture", theme="cbrn", title="June", valid_until=day(10), marking="CLEAR")
    number = SituationPicture.objects.get().pk
    do(client, "line", number=number, at=number, text="It grew.", source="Report")
    do(client, "propose", number=number, at=number)
    line = PictureLine.objects.get().pk

    said = do(other, "speak", number=line, at=number, verdict="dissent", reason="Counted twice")

    assert said.status_code == 200
    for page in (text(client, f"pictures/{number}/"), text(other, f"pictures/{number}/")):
        assert "Counted twice" in page
        assert "(decision maker, ministry)" in page


@pytest.mark.requirement("R112", "R117")
def test_an_attempt_to_store_a_protester_is_refused_on_the_page(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    refused = do(client, "note", **{**NOTE, "text": "A protester was seen twice."})

    assert refused.status_code == 400
    assert "Persons are not kept here" in refused.content.decode()
    assert 'id="note-text-error"' in refused.content.decode()
    assert not PhenomenonNote.objects.exists()


@pytest.mark.requirement("R003")
def test_the_scope_test_of_an_incident_is_opened_from_its_page(
    store: Callable[..., None], sign_in: Callable[..., Client]
) -> None:
    store(incident("a"))
    client, other = sign_in("ann"), sign_in("bo")
    subject = str(incident("a").thing)
    page = f"scope/{subject}/"
    thing = client.get(f"/incidents/things/{subject}/").content.decode()

    empty = text(client, page)
    refused = do(client, "scope", at=subject, step="reasoned", outcome="actual", route="direct", reasons="")
    given = {"outcome": "actual", "route": "direct", "reasons": "A vital process failed", "area-cyber": "touched"}
    do(client, "scope", at=subject, step="reasoned", **given)
    do(other, "scope-review", at=subject, reasons="Read it")

    assert f"/risk/watch/{page}" in thing
    assert "blocks a response" in empty
    assert (refused.status_code, 'id="scope-reasons-error"' in refused.content.decode()) == (400, True)
    assert "It may go on to a response" in text(client, page)
    assert "At most one domain is touched" in text(client, page)
    assert "reviewed" in client.get(f"/incidents/things/{subject}/").content.decode()
    assert do(client, "scope-reopen", at=subject, reasons="New fact").status_code == 200
    assert "blocks a response" in text(client, page)
    assert ScopeStep.objects.count() == 3


@pytest.mark.requirement("P4")
def test_who_may_not_assess_gets_no_form_and_is_refused(sign_in: Callable[..., Client]) -> None:
    decider = sign_in("dee", role="decider")

    for page in LISTS:
        assert 'action="/risk/watch/act/' not in text(decider, page)
    assert do(decider, "note", **NOTE).status_code == 403
    assert do(decider, "scan", title="Scan", marking="CLEAR").status_code == 403
    assert not PhenomenonNote.objects.exists()


@pytest.mark.requirement("P4")
def test_an_organisation_whose_task_does_not_give_the_room_stays_out(sign_in: Callable[..., Client]) -> None:
    client = sign_in("desk", role="desk", profile="municipality")

    assert {client.get(f"/risk/watch/{page}").status_code for page in PAGES} == {403}
    assert do(client, "note", **NOTE).status_code == 403


def test_what_lies_above_the_ceiling_is_on_no_page_and_answers_as_what_never_was(
    sign_in: Callable[..., Client],
) -> None:
    high, low = sign_in("high"), sign_in("low", tlp="CLEAR")
    do(high, "indicator", **{**INDICATOR, "statement": "Hidden sign", "marking": "AMBER", "expires_on": day(9)})
    do(high, "note", **{**NOTE, "title": "Hidden note", "marking": "AMBER"})
    do(high, "picture", theme="cbrn", title="Hidden picture", valid_until=day(10), marking="AMBER")
    number = WarningIndicator.objects.get().pk

    for page in PAGES:
        assert "Hidden" not in text(low, page)
    assert "Hidden sign" in text(high)
    answers = [low.get(f"/risk/watch/indicators/{one}/") for one in (number, 987654)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert do(low, "observe", number=number, at=number, observed_on=day(0), value=1, seen="x").status_code == 404


def test_an_act_that_is_none_and_a_row_that_is_none_are_not_found(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    assert do(client, "destroy").status_code == 404
    assert do(client, "look", number="x", seen="s").status_code == 404
    assert client.get("/risk/watch/scope/incident--none/").status_code == 404
    assert client.get("/risk/watch/act/note/").status_code == 405


@pytest.mark.requirement("R015")
def test_a_level_is_judged_on_the_page_of_the_pair_and_stands_in_the_matrix(
    store: Callable[..., None], sign_in: Callable[..., Client]
) -> None:
    store(incident("a"))
    client = sign_in("ann")
    where = "/risk/interests/economic_security/digital_threats/judge/"
    given = {"text": "Holds", "reason": "r", "marking": "CLEAR", "level": "weak", "party": "business"}

    refused = client.post(where, {**given, "evidence": ["Test"], "observed_on": [day(-2)], "valid_days": ["many"]})
    client.post(
        where,
        {**given, "evidence": ["Test", "Visit"], "observed_on": [day(-20), day(-2)], "valid_days": ["30", "10"]},
    )

    assert refused.status_code == 400
    (row,) = [one for one in client.get("/risk/watch/resilience/?format=json").json() if one["resilience"] == "weak"]
    assert (row["interest"], row["party"], row["evidence_age_days"]) == ("economic_security", "business", 2)
    assert row["first_expires_on"] == day(10)
