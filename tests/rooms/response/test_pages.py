"""The pages: what is asked, side by side, what lacks, who decides; errors beside the field; exports and past days."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.rooms.response.conftest import ADVICE, CASE, NATIONAL, NOW, STATEMENT, YES, Prepared, Room
from verband.rooms.audit import services as audit
from verband.rooms.response import services as response
from verband.rooms.response.models import Case, Option, Package, Step

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def do(client: Client, act: str, at: str, number: str = "", **posted: object) -> HttpResponse:
    given = {"at": at, **({"number": number} if number else {}), **posted}
    return client.post(f"/response/act/{act}/", given, follow=True)  # type: ignore[return-value]


def text(client: Client, page: str = "") -> str:
    answer = client.get(f"/response/{page}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_empty_list_says_what_to_do_first_and_that_the_framework_is_open(room: Room, sign_in: SignIn) -> None:
    page = text(sign_in("ann"))

    assert "A case begins where something happened or could happen" in page
    assert "thresholds of the government-wide response framework are not public" in page


@pytest.mark.requirement("R028")
def test_a_person_goes_the_whole_line_in_the_browser(room: Room, sign_in: SignIn) -> None:
    ann, bo, minister, des = (sign_in(name) for name in ("ann", "bo", "min", "des"))
    room.scope()
    assert f"/response/new/?origin={room.incident}" in ann.get(f"/incidents/things/{room.incident}/").content.decode()
    do(ann, "case", room.incident, **CASE | {"marking": "CLEAR"}, aims=["stop"], accents=["generic"])
    key = Case.objects.get().key
    do(ann, "area", key, area="justice", answer="answered", text="No objection", party="Ministry of Justice")
    do(ann, "area", key, area="foreign_affairs", answer="answered", text="No objection", party="Foreign Affairs")
    form = ann.get(f"/response/{key}/option/?instrument=dialogue").content.decode()
    told = {name: value for name, value in STATEMENT.items() if name != "instrument"} | {"marking": "CLEAR"}
    do(ann, "option", key, "dialogue", **told | {"channel": "bilateral", "eu_type": ""}, goals=["stop", "mitigate"])
    do(ann, "package", key, title="Talk", options=[Option.objects.get().key], route="", authority="", marking="CLEAR")
    package = Package.objects.get()

    do(bo, "advise", key, package.key, **ADVICE)
    waiting = text(minister)
    do(minister, "decide", key, package.key, **YES)
    do(des, "execute", key, package.key, reason="Asked at the embassy")
    today = datetime.now(UTC).date().isoformat()
    indicator = Option.objects.get().indicators.get().key
    do(
        ann,
        "effect",
        key,
        package.key,
        indicator=indicator,
        observed_on=today,
        seen="None",
        verdict="not_seen",
        source="x",
    )
    do(ann, "follow", key, package.key, reason="Looked")
    last = do(ann, "close", key, package.key, reason="Over").content.decode()

    assert "minister of Foreign Affairs" in form
    assert "<strong>1 package</strong> waits for a decision" in waiting
    assert room.state(package) == "closed"
    assert "Function of min" in last
    assert "Not before partners agree." in last
    assert "Every package has ended: evaluate the case and close it." in last


def test_options_stand_side_by_side_with_their_trade_offs_and_no_score(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    page = text(sign_in("ann"), f"{prepared.case.key}/")
    table = page[page.index("data side") : page.index("</table>", page.index("data side"))]

    for words in ("What it costs", "Less intrusive", "Reaction expected", "Taken back", "Channel", "Legal basis"):
        assert words in table
    assert "score" not in table
    assert table.index("Attribution with partners") < table.index("Talks and dialogue") < table.index("Prosecution")
    assert "nothing is added up to one score" in page


@pytest.mark.requirement("R035")
def test_the_case_counts_options_by_goal_and_by_eu_type(room: Room, prepared: Prepared, sign_in: SignIn) -> None:
    page = text(sign_in("ann"), f"{prepared.case.key}/")

    assert "preventive 0, cooperative 1, stability-building 0, restrictive 0, support 0" in page
    assert "deter 2, stop 2, mitigate 1, deny 0" in page


@pytest.mark.requirement("P14")
def test_areas_are_shown_as_answered_asked_and_not_asked(room: Room, sign_in: SignIn) -> None:
    case = room.case()
    room.ask(case, "justice")
    page = text(sign_in("ann"), f"{case.key}/")

    assert "Nothing against it from justice." in page
    assert page.count('<span class="muted">not asked') == 10
    assert "At most one policy area answered" in page


def test_a_refused_advice_shows_every_lack_beside_the_form_and_keeps_what_was_filled_in(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    answer = do(sign_in("bo"), "advise", prepared.case.key, prepared.competent.key, **ADVICE)
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "the reason why it is done nationally only" in page
    assert "Partners in the EU and NATO were asked first." in page
    assert f'id="advise-{prepared.competent.key}-national_reasons-error"' in page
    assert "<title>Error:" in page.replace("\n", "")


def test_an_option_without_downside_comes_back_with_the_error_beside_the_field(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    told = STATEMENT | {"marking": "CLEAR", "downside": "", "what": "Again"}
    answer = do(sign_in("ann"), "option", prepared.case.key, "attribution_with_partners", **told, goals=["stop"])

    assert answer.status_code == 400
    assert 'id="option-attribution_with_partners-downside-error"' in answer.content.decode()


def test_a_refused_decision_says_why_and_nothing_is_kept(room: Room, prepared: Prepared, sign_in: SignIn) -> None:
    room.move(prepared.competent, "advise", "bo", ADVICE | NATIONAL)
    client = sign_in("min")

    page = text(client, f"{prepared.case.key}/")
    answer = do(client, "decide", prepared.case.key, prepared.competent.key, **YES)

    assert "whoever holds a mandate for political decision cannot decide it" in page
    assert f'id="decide-{prepared.competent.key}' not in page
    assert answer.status_code == 403
    assert room.state(prepared.competent) == "advised"
    assert next(audit.entries(action="refused")).object == f"response decide {prepared.competent.key}"


@pytest.mark.requirement("P9")
def test_the_decision_trail_leaves_as_csv_and_json_with_name_mandate_and_digest(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    room.move(prepared.competent, "advise", "bo", ADVICE | NATIONAL)
    room.move(prepared.competent, "decide", "officer", YES)
    client, address = sign_in("olga"), f"/response/{prepared.case.key}/trail/"

    rows = json.loads(client.get(f"{address}?format=json").content) if client.get(address).status_code == 200 else []
    decided = next(row for row in rows if row["step"] == "decide")

    assert {row["by"] for row in rows} == {
        "ann (analyst, coordinator)",
        "bo (analyst, ministry)",
        "officer (decider, prosecution)",
    }
    assert (decided["mandate"].split(":")[0], decided["outcome"]) == ("Function of officer", "yes")
    assert "Nationally only, because" in decided["text"]
    assert len(decided["content_sha256"]) == 64
    table = client.get(f"{address}?format=csv").content.decode()
    assert len(list(csv.DictReader(io.StringIO(table)))) == len(rows)


def test_lists_leave_as_tables_and_the_past_shows_what_stood_then(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    client = sign_in("ann")
    room.move(prepared.political, "advise", "bo", ADVICE, days=2)

    assert json.loads(client.get("/response/?format=json").content)[0]["packages"] == [
        "Say it together: advised",
        "Bring it to court: prepared",
    ]
    assert len(json.loads(client.get(f"/response/{prepared.case.key}/?format=json").content)) == 3
    before = text(client, "?known_on=2026-06-02")
    assert "submitted with advice" not in before
    assert "submitted with advice" in text(client, "?known_on=2026-06-03")
    assert client.get(f"/response/{prepared.case.key}/?known_on=2026-05-31").status_code == 404
    assert '<form method="post" action="/response/act/' not in text(client, f"{prepared.case.key}/?known_on=2026-06-03")


def test_who_sees_no_case_finds_nothing_and_changes_nothing(room: Room, prepared: Prepared, sign_in: SignIn) -> None:
    room.people["bo"].tlp = "CLEAR"
    room.people["bo"].save()
    values = CASE | {"origin": room.incident, "marking": "AMBER", "title": "Hidden"}
    hidden = response.open_case(values, aims=["stop"], accents=["generic"], who=room.who("ann"), now=NOW)
    client = sign_in("bo")

    assert "Hidden" not in text(client)
    answers = [
        client.get(f"/response/{key}/{page}") for key in (hidden.key, "0" * 16) for page in ("", "trail/", "option/")
    ]
    assert [answer.status_code for answer in answers] == [404] * 6
    plain = [re.sub(r'value="\w{64}"|[0-9a-f]{16}', "", answers[at].content.decode()) for at in (0, 3)]
    assert plain[0] == plain[1]
    posted = do(client, "area", hidden.key, area="justice", answer="asked", text="", party="x")
    assert posted.status_code == 404
    assert not hidden.areas.exists()


@pytest.mark.requirement("P4")
def test_an_organisation_whose_task_has_no_response_does_not_come_in(room: Room, sign_in: SignIn) -> None:
    home = room.people["bo"].organisation
    home.profile = "municipality"
    home.save()

    assert sign_in("bo").get("/response/").status_code == 403


def test_a_post_with_an_unknown_act_or_an_opened_address_of_acts_is_refused(room: Room, sign_in: SignIn) -> None:
    client = sign_in("ann")

    assert client.post("/response/act/no-such-act/").status_code == 404
    assert client.get("/response/act/decide/").status_code == 405
    assert Step.objects.count() == 0


@pytest.mark.parametrize("at", ["", "no such case", "0" * 16, "a/b"])
def test_who_names_no_page_or_another_one_comes_back_to_the_case_of_the_row(
    at: str, room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    ann, page = sign_in("ann"), f"/response/{prepared.case.key}/"
    package, option = prepared.political.key, prepared.options["dialogue"].key

    for act, number, posted in (
        ("indicator", option, {"indicator": "Another answer", "observe_on": "2026-07-01"}),
        ("leave-out", package, {"option": option, "reason": "Not now"}),
        ("include", package, {"option": option}),
        ("withdraw", package, {"reason": "Not now"}),
    ):
        answer = ann.post(f"/response/act/{act}/", {"at": at, "number": number, **posted})
        assert (answer.status_code, answer.headers.get("Location")) == (302, page), act


def test_who_comes_second_keeps_what_was_typed(room: Room, prepared: Prepared, sign_in: SignIn) -> None:
    room.move(prepared.political, "advise", "bo", ADVICE)
    room.move(prepared.political, "decide", "both", YES)
    told = {"text": "We go on, with the partners first.", "conditions": "Not in May.", "reason": "<b>It fits.</b>"}

    at = {"at": prepared.case.key, "number": prepared.political.key, "outcome": "yes"}
    answer = sign_in("min").post("/response/act/decide/", at | told)
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "This step cannot be taken now: the state is" in page
    for words in ("We go on, with the partners first.", "Not in May.", "&lt;b&gt;It fits.&lt;/b&gt;"):
        assert words in page
    assert prepared.political.key not in page.partition("What you filled in")[2].partition("</details>")[0]


def test_the_handed_over_case_names_its_ordinary_owner(room: Room, sign_in: SignIn) -> None:
    case = room.case()
    room.scope("neither")

    page = text(sign_in("ann"), f"{case.key}/")

    assert "Handed to the ordinary owner: The ministry that owns the file" in page
    assert "The scope test can be reopened with new reasons." in page
    assert "Write an option with" not in page


def test_an_option_is_written_anew_from_the_page(room: Room, prepared: Prepared, sign_in: SignIn) -> None:
    client, old = sign_in("ann"), prepared.options["statement"]
    form = client.get(f"/response/{prepared.case.key}/option/{old.key}/").content.decode()

    told = STATEMENT | {"marking": "CLEAR", "what": "Say it a week later"}
    page = do(client, "replace", prepared.case.key, old.key, **told, goals=["deter"]).content.decode()

    assert "Say with partners who did it" in form
    assert "Say it a week later" in page
    assert Option.objects.get(pk=old.pk).withdrawn_at is not None


def test_an_answer_that_is_late_is_marked(room: Room, sign_in: SignIn) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    room.case(answer_by=yesterday)

    assert f'class="warning-text">{yesterday}' in text(sign_in("ann"))
