"""Evaluation: a case closes with one, lessons become actions with owner and day, the framework goes step by step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.rooms.response.conftest import ADVICE, NATIONAL, NOW, Prepared, Room
from tests.rooms.response.test_incident_mode import WARN, acting, close, complete
from tests.rooms.response.test_incident_mode import do as act
from tests.rooms.response.test_pages import SignIn
from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.response import services as response
from verband.rooms.response.evaluating.models import Closing, Evaluation, FrameworkStep, Lesson
from verband.rooms.response.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R034")]
ANSWERS = {
    "expected": "Standing together would cost standing.",
    "happened": "Nothing was seen.",
    "difference": "Too little time has passed.",
    "cooperation": "Two areas answered late.",
    "breadth": "Broad enough.",
    "order": "Nobody went past a gate.",
    "lessons": "Ask every area on the first day.",
    "why_no_action": "",
    "source": "Own reading",
    "marking": "",
}
LESSON = {"lesson": "Ask earlier", "what": "A list of whom to ask", "owner": "coordinator", "due_on": "2026-07-01"}


@pytest.fixture
def ended(room: Room, prepared: Prepared) -> Case:
    """A case whose packages have ended."""
    for package in (prepared.political, prepared.competent):
        room.move(package, "withdraw", "ann", {"reason": "Not needed any more."})
    return prepared.case


def evaluate(room: Room, subject: str, kind: str = "case", **other: str) -> Evaluation:
    return response.evaluate(kind, subject, ANSWERS | other, who=room.who("ann"), now=NOW)


def add(room: Room, row: Evaluation, **other: str) -> Lesson:
    return response.add_lesson(row.key, LESSON | other, who=room.who("ann"), now=NOW)


def shut(room: Room, case: Case) -> Closing:
    return response.close_case(case.key, reason="All is said.", who=room.who("ann"), now=NOW)


def step(room: Room, state: str, version: str = "2026.1") -> FrameworkStep:
    return response.framework_step(version, state, reason="Agreed.", who=room.who("ann"), now=NOW)


def test_a_case_closes_only_with_an_evaluation_whose_lessons_became_actions(room: Room, ended: Case) -> None:
    with pytest.raises(InputError) as first:
        shut(room, ended)
    row = evaluate(room, ended.key)
    with pytest.raises(InputError) as second:
        shut(room, ended)
    add(room, row)

    made = shut(room, ended)

    assert (first.value.code, second.value.code) == ("evaluation.missing", "evaluation.no_action")
    assert made.evaluation == row
    assert response.case(ended.key, room.who("ann")).closed


def test_a_reason_why_no_action_follows_closes_too(room: Room, ended: Case) -> None:
    evaluate(room, ended.key, why_no_action="It went as it should.")

    assert shut(room, ended).case == ended


def test_a_running_case_is_not_evaluated_or_closed(room: Room, prepared: Prepared) -> None:
    for do in (lambda: evaluate(room, prepared.case.key), lambda: shut(room, prepared.case)):
        with pytest.raises(InputError) as caught:
            do()
        assert caught.value.code == "evaluation.too_early"


@pytest.mark.parametrize("question", ["expected", "happened", "difference", "cooperation", "lessons", "source"])
def test_every_question_of_the_template_is_answered(question: str, room: Room, ended: Case) -> None:
    with pytest.raises(InputError) as caught:
        evaluate(room, ended.key, **{question: " "})

    assert (caught.value.code, caught.value.params["field"]) == ("response.empty", question)
    assert not Evaluation.objects.exists()


def test_the_template_of_a_case_differs_from_that_of_a_version(room: Room, ended: Case) -> None:
    step(room, "pilot")

    of_case, of_version = evaluate(room, ended.key), evaluate(room, "2026.1", "framework")

    assert set(of_case.answers) - set(of_version.answers) == {"difference"}
    assert set(of_version.answers) - set(of_case.answers) == {"breadth", "order"}
    assert of_case.template_version == catalogue("evaluation_questions").version


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"owner": ""}, "owner"),
        ({"owner": "somebody"}, "owner"),
        ({"due_on": ""}, "due_on"),
        ({"due_on": "soon"}, "due_on"),
    ],
)
def test_an_action_of_a_lesson_has_a_registered_owner_and_a_day(
    values: dict[str, str], field: str, room: Room, ended: Case
) -> None:
    row = evaluate(room, ended.key)

    with pytest.raises(InputError) as caught:
        add(room, row, **values)

    assert caught.value.params["field"] == field
    assert not Lesson.objects.exists()


def test_an_action_is_overdue_after_its_day_until_it_is_done(room: Room, ended: Case) -> None:
    one = add(room, evaluate(room, ended.key))
    ann = room.who("ann")

    def overdue(days: int) -> list[bool]:
        return [view.overdue for view in response.lessons(ann, now=NOW + timedelta(days=days))]

    before = [overdue(0), overdue(30), overdue(31)]
    response.mark_lesson(one.key, "done", reason="The list is there.", who=ann, now=NOW)
    done = overdue(31)
    response.mark_lesson(one.key, "open", reason="It lacks two.", who=ann, now=NOW + timedelta(days=40))

    assert (before, done, overdue(50)) == ([[False], [False], [True]], [False], [True])
    with pytest.raises(InputError, match="open already"):
        response.mark_lesson(one.key, "open", reason="x", who=ann, now=NOW + timedelta(days=41))


def test_an_evaluation_written_anew_keeps_the_actions_of_the_older_one(room: Room, ended: Case) -> None:
    first = evaluate(room, ended.key)
    add(room, first)

    second = response.evaluate(
        "case", ended.key, ANSWERS | {"lessons": "More"}, who=room.who("ann"), now=NOW + timedelta(days=1)
    )

    view = response.evaluation("case", ended.key, room.who("ann"), now=NOW)
    assert (view.row, view.older, len(view.lessons), view.complete) == (second, (first,), 1, True)


def test_nothing_is_prepared_in_a_closed_case_until_it_is_opened_again(room: Room, ended: Case) -> None:
    evaluate(room, ended.key, why_no_action="None.")
    shut(room, ended)
    option = ended.options.order_by("pk").first()
    assert option is not None
    with pytest.raises(InputError) as caught:
        room.package(ended, option)
    with pytest.raises(InputError) as twice:
        shut(room, ended)

    response.reopen_case(ended.key, reason="Something new was seen.", who=room.who("ann"), now=NOW)

    assert (caught.value.code, twice.value.code) == ("evaluation.closed", "evaluation.closed")
    assert room.move(room.package(ended, option), "advise", "bo", ADVICE | NATIONAL).state == "advised"


def test_an_intervention_is_evaluated_once_it_is_closed(room: Room) -> None:
    mode, (warn,) = acting(room, WARN)
    with pytest.raises(InputError, match="still running"):
        evaluate(room, mode.key, "mode")
    room.scope()
    act(room, warn, "des", "execute")
    complete(room, mode)
    close(room, mode)

    assert evaluate(room, mode.key, "mode").subject == mode.key


def test_a_version_goes_from_pilot_to_evaluated_to_live_by_steps_of_a_person(room: Room) -> None:
    step(room, "pilot")
    with pytest.raises(InputError) as missing:
        step(room, "evaluated")
    one = add(room, evaluate(room, "2026.1", "framework"))
    step(room, "evaluated")
    with pytest.raises(InputError) as open_:
        step(room, "live")
    response.mark_lesson(one.key, "done", reason="Done.", who=room.who("ann"), now=NOW)
    made = step(room, "live")

    assert (missing.value.code, open_.value.code) == ("evaluation.missing", "evaluation.framework_open")
    assert made.catalogues["instruments"] == catalogue("instruments").version
    assert [one.state for one in response.framework_versions(room.who("ann"))[0].steps] == [
        "live",
        "evaluated",
        "pilot",
    ]


@pytest.mark.parametrize("state", ["evaluated", "live", "retired"])
def test_a_version_begins_as_a_pilot(state: str, room: Room) -> None:
    with pytest.raises(InputError):
        step(room, state)

    assert not FrameworkStep.objects.exists()


@pytest.mark.parametrize("version", ["", "a b", "x" * 41, "../x"])
def test_a_name_of_a_version_that_is_none_is_refused(version: str, room: Room) -> None:
    with pytest.raises(InputError) as caught:
        step(room, "pilot", version)

    assert caught.value.code == "evaluation.version"


def test_the_facts_about_the_pilot_stand_as_stated_with_their_source(room: Room, sign_in: SignIn) -> None:
    page = sign_in("ann").get("/response/evaluation/").content.decode()

    assert "The pilot of the government-wide response framework runs until the summer of 2023." in page
    assert "After the pilot there is an evaluation." in page
    assert "Deployable from the autumn of 2023." in page
    assert "30 821 nr. 175), section 1. Proactief optreden, line 124" in page
    assert "What happened since is not in the sources." in page


def test_who_reads_or_decides_writes_no_evaluation(room: Room, ended: Case) -> None:
    for name in ("min", "olga", "root"):
        with pytest.raises(RefusedError) as caught:
            response.evaluate("case", ended.key, ANSWERS, who=room.who(name), now=NOW)
        assert caught.value.code == "people.no_power"


@pytest.mark.parametrize(("kind", "subject"), [("case", "0" * 16), ("mode", "x"), ("framework", "9"), ("gossip", "x")])
def test_what_is_not_there_is_not_evaluated(kind: str, subject: str, room: Room) -> None:
    with pytest.raises(NotFoundError) as caught:
        evaluate(room, subject, kind)

    assert caught.value.code == "evaluation.no_subject"


def test_a_case_is_evaluated_and_closed_in_the_browser(room: Room, ended: Case, sign_in: SignIn) -> None:
    client, at = sign_in("ann"), {"at": ended.key}

    wrong = client.post("/response/evaluation/act/write/", ANSWERS | at | {"number": "case", "lessons": ""})
    client.post("/response/evaluation/act/write/", ANSWERS | at | {"number": "case"})
    early = client.post("/response/evaluation/act/close/", {**at, "reason": "Over"})
    row = Evaluation.objects.get()
    client.post("/response/evaluation/act/lesson-case/", LESSON | at | {"number": row.key})
    client.post("/response/evaluation/act/close/", {**at, "reason": "Over"})
    listed = client.get("/response/evaluation/").content.decode()
    case = client.get(f"/response/{ended.key}/").content.decode()

    assert (wrong.status_code, early.status_code) == (400, 400)
    assert "The lessons have no action yet" in early.content.decode()
    assert "overdue" in listed
    assert "Nothing: the case is closed." in case
    assert client.get("/response/evaluation/?format=json").json()[0]["owner"] == "coordinator"
    assert client.get(f"/response/evaluation/case/{ended.key}/?format=csv").status_code == 200


def test_a_version_is_begun_and_evaluated_in_the_browser(room: Room, sign_in: SignIn) -> None:
    client = sign_in("ann")

    wrong = client.post("/response/evaluation/act/pilot/", {"version": "a b", "reason": "New", "marking": "CLEAR"})
    client.post("/response/evaluation/act/pilot/", {"version": "2026.1", "reason": "New", "marking": "CLEAR"})
    posted = ANSWERS | {"at": "2026.1", "number": "framework", "why_no_action": "None asked for."}
    client.post("/response/evaluation/act/write/", posted)
    last = client.post("/response/evaluation/act/evaluated/", {"number": "2026.1", "reason": "Read"}, follow=True)

    assert wrong.status_code == 400
    assert last.status_code == 200
    assert list(FrameworkStep.objects.values_list("state", flat=True)) == ["evaluated", "pilot"]
