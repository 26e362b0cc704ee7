"""Toolboxes: one type for each option through the EU, a measure or a reason in each pillar of a FIMI case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.test import Client

from tests.rooms.response.conftest import ADVICE, DIALOGUE, NOW, STATEMENT, Prepared, Room, ingested, one_row
from verband.language.errors import InputError
from verband.rooms.response import services as response
from verband.rooms.response.lacking import LacksError
from verband.rooms.response.models import Case, Option

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
#: A public incident of the domain `information`.
INFORMATION = "INF-001"
WARNING = DIALOGUE | {
    "instrument": "warning",
    "what": "Warn municipalities",
    "channel": "national",
    "indicator": "Municipalities that took it up",
}
REASON = {"reason": "No platform is involved.", "source": "Own reading of the case", "marking": ""}


@pytest.fixture
def fimi(room: Room, tmp_path: Path) -> Case:
    """A case about an incident of information manipulation, in scope, with two areas that answered."""
    origin = ingested(one_row(INFORMATION), tmp_path, "information.csv")
    room.scope(subject=origin)
    case = room.case(origin=origin)
    room.ask(case, "foreign_affairs", "justice")
    return case


def mapped(room: Room, case: Case) -> response.Mapped:
    who = room.who("ann")
    view = response.case(case.key, who)
    return response.toolboxes(view, response.options(view.row, who), who)


@pytest.mark.requirement("R035")
def test_an_option_through_the_eu_has_exactly_one_type_in_the_database_too(room: Room, prepared: Prepared) -> None:
    kept = Option.objects.get(key=prepared.options["statement"].key)

    with pytest.raises(InputError) as caught:
        room.option(prepared.case, STATEMENT | {"eu_type": ""})
    with pytest.raises(InputError) as two:
        room.option(prepared.case, STATEMENT | {"eu_type": "cooperative,support"})
    with pytest.raises(IntegrityError):
        Option.objects.filter(pk=kept.pk).update(eu_type="")

    assert caught.value.code == "response.eu_type"
    assert two.value.code == "response.word"


@pytest.mark.requirement("R035")
def test_the_case_shows_how_many_options_each_type_has_and_which(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    found = mapped(room, prepared.case)
    page = sign_in("ann").get(f"/response/{prepared.case.key}/").content.decode()
    table = page[page.index("Options through the EU, by type of measure") :]

    assert {key: len(held) for key, held in found.by_type.items()} == {
        "preventive": 0,
        "cooperative": 1,
        "stability_building": 0,
        "restrictive": 0,
        "support": 0,
    }
    assert table.index("cooperative") < table.index("attribution with partners") < table.index("stability-building")


def test_an_instrument_that_no_list_maps_is_said_to_be_not_mapped(room: Room, prepared: Prepared) -> None:
    found = mapped(room, prepared.case)

    assert [one.row.instrument for one in found.not_mapped] == ["prosecution"]
    assert "prosecution" not in {one.row.instrument for held in found.by_toolbox.values() for one in held}


@pytest.mark.requirement("R036")
def test_a_fimi_case_names_each_pillar_without_measure_or_reason_before_it_can_be_submitted(
    room: Room, fimi: Case
) -> None:
    options = [room.option(fimi, DIALOGUE, "stop", "mitigate"), room.option(fimi, WARNING, "mitigate")]
    package = room.package(fimi, options[0])
    before = mapped(room, fimi)

    with pytest.raises(LacksError) as caught:
        room.move(package, "advise", "bo", ADVICE)
    response.explain_pillar(fimi.key, REASON | {"pillar": "disruption_regulation"}, who=room.who("ann"), now=NOW)
    room.move(package, "advise", "bo", ADVICE)

    assert before.fimi
    assert {one.key: [option.row.instrument for option in one.options] for one in before.pillars} == {
        "situational_awareness": ["warning"],
        "resilience": ["warning"],
        "disruption_regulation": [],
        "external_action": ["dialogue"],
    }
    assert before.open_pillars == ("disruption_regulation",)
    assert [one.words("nl") for one in caught.value.lacks["nl"]] == [
        "een overwogen maatregel of een reden bij de FIMI-pijler 'verstoren en reguleren'"
    ]
    assert mapped(room, fimi).open_pillars == ()
    assert room.state(package) == "advised"


@pytest.mark.requirement("R036")
def test_the_reason_of_a_pillar_is_kept_once_shown_and_withdrawn_with_a_reason(
    room: Room, fimi: Case, sign_in: SignIn
) -> None:
    ann = sign_in("ann")
    room.option(fimi, DIALOGUE, "stop", "mitigate")
    posted = REASON | {"at": fimi.key, "pillar": "resilience"}

    page = ann.post("/response/act/pillar-reason/", posted, follow=True).content.decode()
    twice = ann.post("/response/act/pillar-reason/", posted)
    (row,) = [row for pillar in mapped(room, fimi).pillars for row in pillar.reasons]
    withdrawal = {"at": fimi.key, "number": row.key, "reason": "There is one after all"}
    ann.post("/response/act/withdraw-pillar/", withdrawal, follow=True)

    assert "No platform is involved." in page
    assert "3 pillars have neither" not in page
    assert "2 pillars have neither a considered measure nor a reason" in page
    assert (twice.status_code, "There is a reason for this pillar already." in twice.content.decode()) == (400, True)
    assert "resilience" in mapped(room, fimi).open_pillars


@pytest.mark.requirement("R036")
def test_a_case_of_another_domain_asks_for_no_pillar_until_somebody_gives_a_reason(
    room: Room, prepared: Prepared
) -> None:
    before = mapped(room, prepared.case)
    response.explain_pillar(prepared.case.key, REASON | {"pillar": "resilience"}, who=room.who("ann"), now=NOW)
    after = mapped(room, prepared.case)

    assert (before.fimi, before.open_pillars) == (False, ())
    assert (after.fimi, after.open_pillars) == (True, ("situational_awareness", "disruption_regulation"))
