"""What a reader may not see is nowhere: no word of it on any page, and no figure that it moved.

Each example builds two databases one after the other: one with every row, and a twin that never held what the reader
may not see. Every page, export and report of the reader is equal in both, byte for byte once random ids, forms' tokens
and running numbers are the same. And no page holds the word that stands in a hidden row alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from tests.property import intervened, responded, visits, watched
from tests.property.visits import Known
from tests.property.world import (
    CEILINGS,
    LITERAL,
    NOW,
    ROLES,
    Collection,
    World,
    build,
    collections,
    decide_hidden,
    name_of,
    token,
)
from verband.rooms.campaigns import grouping
from verband.rooms.campaigns import services as campaigns
from verband.rooms.people.services import Reader
from verband.rooms.reports import services as reports

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("P5")]


@pytest.fixture(autouse=True)
def everything_may_be_held(settings: Settings) -> None:
    settings.VERBAND_CEILING_TLP = "RED"
    settings.VERBAND_CEILING_CLASSIFICATION = "stg_zeer_geheim"
    # Each refusal would be written out.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)


@contextmanager
def _world(held: Collection, folder: Path, *, wanted: Sequence[str] = ()) -> Iterator[World]:
    with transaction.atomic():
        yield build(held, folder, wanted=wanted)
        transaction.set_rollback(True)


@pytest.mark.parametrize("ceiling", CEILINGS)
def test_every_page_of_every_role_is_that_of_a_database_which_never_held_what_is_hidden(
    ceiling: str, tmp_path: Path
) -> None:
    at = list(CEILINGS).index(ceiling)
    others = [role for role in ROLES if role != "analyst"]
    roles = ["analyst", others[at % len(others)]]

    whole, alone = _both(
        LITERAL.hidden_last(CEILINGS[ceiling]), ceiling, roles, tmp_path, every=ceiling in ("open", "cleared"), turn=at
    )

    assert whole.keys() == alone.keys()
    assert _leaks(whole, alone, _hidden(LITERAL, ceiling)) == {}


@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(held=collections(), ceiling=st.sampled_from(sorted(CEILINGS)), role=st.sampled_from(ROLES))
def test_whatever_is_hidden_every_page_is_as_if_it_was_never_there(
    held: Collection, ceiling: str, role: str, tmp_path: Path
) -> None:
    roles = list(dict.fromkeys(["analyst", role]))

    whole, alone = _both(held, ceiling, roles, tmp_path, every=False, turn=len(held.told), drawn=True)

    assert whole.keys() == alone.keys()
    assert _leaks(whole, alone, _hidden(held, ceiling)) == {}


@pytest.mark.parametrize("name", ["analyst-open", "administrator-green"])
def test_what_is_hidden_answers_as_what_never_was(name: str, tmp_path: Path) -> None:
    hidden = [row for row in LITERAL.rows() if row.token in _hidden(LITERAL, name.partition("-")[2])]

    with _world(LITERAL, tmp_path, wanted=[name]):
        client = visits.browser(name)
        told = {}
        for address, unknown in visits.hidden_addresses(hidden):
            answers = [visits.get(client, quote(one, safe="/?=&-")) for one in (address, unknown)]
            shown = [visits.without(text, one) for text, one in zip(answers, (address, unknown), strict=True)]
            if shown[0] != shown[1]:
                told[address] = answers[0]

    assert len(hidden) > 10
    assert told == {}


def test_the_collection_gives_everybody_a_campaign_of_his_own(tmp_path: Path) -> None:
    """Else the pages of campaigns would show nothing that could leak."""
    names = {key: name_of("analyst", key) for key in CEILINGS}

    with _world(LITERAL, tmp_path, wanted=list(names.values())) as world:
        first = {key: campaigns.overview(world.readers[name])[0] for key, name in names.items()}

    assert {row.state for row in first.values()} == {"proposed"}
    assert len({row.uuid for row in first.values()}) == len(CEILINGS)
    assert all(row.n > first["open"].n for key, row in first.items() if key != "open")


def test_reports_in_every_format_hold_no_hidden_word(tmp_path: Path) -> None:
    hidden = _hidden(LITERAL, "open")

    with _world(LITERAL, tmp_path, wanted=["analyst-open"]) as world:
        who = world.readers["analyst-open"]
        made = reports.make("picture", who=who, now=NOW, language="en")
        texts = {form: visits.text_of(form, reports.read(made.pk, form, who)) for form in reports.FORMATS}

    assert set(texts) == {"html", "pdf", "docx", "json"}
    for form, text in texts.items():
        assert LITERAL.told[0].token in text, form
        assert [word for word in hidden if word in text] == [], form


def test_nobody_forgot_how_to_visit_an_address() -> None:
    filled = visits.addresses(Known(LITERAL), every=True)

    assert len(visits.names()) > 40
    assert {"/", "/oversight/", "/risk/gaps/", "/reports/987654/html/"} < set(filled)


def _both(
    held: Collection, ceiling: str, roles: Sequence[str], folder: Path, *, every: bool, turn: int, drawn: bool = False
) -> tuple[dict[str, str], dict[str, str]]:
    """The pages of those readers on the whole database and on the twin, by reader, language and address."""
    wanted = [name_of(role, ceiling) for role in roles]
    other = name_of("analyst", "cleared" if ceiling == "strict" else "strict")
    with _world(held, folder, wanted=[*wanted, other]) as world:
        decided = decide_hidden(world, other, CEILINGS[ceiling])
        known = _known(world, wanted[0], other, decided)
        whole = _pages(known, wanted, every=every, turn=turn, drawn=drawn)
    with _world(held.under(CEILINGS[ceiling]), folder, wanted=[*wanted, other]) as twin:
        there = _known(twin, wanted[0], other, [])
        alone = _pages(
            replace(known, jobs=there.jobs, numbers=there.numbers), wanted, every=every, turn=turn, drawn=drawn
        )
    return whole, alone


def _leaks(whole: Mapping[str, str], alone: Mapping[str, str], hidden: Sequence[str]) -> dict[str, str]:
    """The pages that hold a hidden word or differ from the twin's, each with what gave it away."""
    found = {}
    for page, text in whole.items():
        address = page.split(" ", 2)[2]
        if address.startswith(visits.WHOLE_LOG):
            words = _texts_of(hidden, text)
        else:
            words = [word for word in hidden if word in text and word not in address]
        if words:
            found[page] = " ".join(words)
        elif text != alone[page] and not address.startswith(visits.WHOLE_LOG):
            found[page] = "\n".join(islice(unified_diff(alone[page].split("\n"), text.split("\n"), "twin", n=0), 12))
    return found


def _hidden(held: Collection, ceiling: str) -> list[str]:
    """The words of what lies above the ceiling, and that of decisions about it."""
    open_words = {row.token for row in held.under(CEILINGS[ceiling]).rows()}
    return [row.token for row in held.rows() if row.token not in open_words] + [token(255)]


def _texts_of(hidden: Sequence[str], log: str) -> list[str]:
    """Hidden words of which more than a key, a file or a reason stands in the log."""
    kinds = (
        "Title",
        "Summary",
        "content",
        "Alias",
        "Actor",
        "malware",
        "certainty",
        "Promise",
        "Text",
        "Aim",
        "shared",
    )
    return [word for word in hidden if any(f"{kind} {word}" in log for kind in kinds)]


def _known(world: World, analyst: str, other: str, decided: Sequence[str]) -> Known:
    """What addresses are filled in with: the analyst's campaigns and report, and ids that are hidden from him."""
    who = world.readers[analyst]
    made = [reports.make("picture", who=who, now=NOW, language="en", formats=("html", "json")).pk]
    if decided:
        made.append(reports.make("picture", who=world.readers[other], now=NOW, language="nl", formats=("json",)).pk)
    jobs = [_upload(analyst, "own"), _upload(other, token(255))]
    shown = [row.uuid for row in campaigns.overview(who)]
    groupings = [uuid for found in shown[:1] for uuid in _split(found, who)]
    groupings += [uuid for found in decided[:1] for uuid in _split(found, world.readers[other])]
    numbers = watched.visible(who.ceiling)
    cases = responded.visible(who.ceiling)
    modes = intervened.visible(who.ceiling)
    return Known(world.held, [*shown[:2], *decided[:2]], made, jobs, groupings, numbers, cases, modes)


def _split(uuid: str, who: Reader) -> list[str]:
    """Somebody takes one incident out of that campaign; the id of the grouping, if enough is left to make one."""
    incidents = campaigns.campaign(uuid, who).incidents
    if len(incidents) < 3:
        return []
    return [str(grouping.split(uuid, apart=[incidents[0].stix_id], reason="Apart", who=who, now=NOW).uuid)]


def _upload(name: str, word: str) -> str:
    file = SimpleUploadedFile(f"{word}.json", b'{"type": "bundle", "objects": []}')
    return visits.browser(name).post("/upload/", {"file": file}).headers["Location"].rstrip("/").rpartition("/")[2]


def _pages(known: Known, wanted: Sequence[str], *, every: bool, turn: int, drawn: bool) -> dict[str, str]:
    """Each page of those readers as text. The first opens more; who reads which language goes by turns.

    Drawn rows come in in any order, literal ones with the hidden last: of these even the numbers are the same.
    """
    found = {}
    for at, name in enumerate(wanted):
        language = ("en", "nl")[(at + turn) % 2]
        client = visits.browser(name, language)
        for address in visits.addresses(known, every=every and at == 0):
            text = visits.alike(visits.get(client, address), numbers=drawn)
            page = f"{name} {language} {address}"
            for kind, numbers in known.numbers.items():
                for rank, row in enumerate(numbers):
                    page = page.replace(f"/watch/{kind}/{row}/", f"/watch/{kind}/row-{rank}/")
            for number, job in enumerate(known.jobs):
                page, text = page.replace(job, f"job-{number}"), text.replace(job, f"job-{number}")
            found[page] = text
    return found
