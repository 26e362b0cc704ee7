"""Other names for the same actors give the same offered instruments, order, lacks, warnings and pages (P1)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.property.swapping import swap
from tests.property.test_swap import groups_and_states, named
from tests.rooms.response.conftest import CHARGES, DIALOGUE, NOW, STATEMENT, Room, ingested, one_row
from verband.language.words import fold
from verband.rooms.response import options
from verband.rooms.response import services as response

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("P1"), pytest.mark.requirement("R028")]
#: The Netherlands stays out: "Nederlands" is the name of the language on every page.
_STATES = ("Russia", "China", "Iran", "Switzerland", "Germany")
_RANDOM = (r'name="csrfmiddlewaretoken" value="\w+"', r"\b[0-9a-f]{16}\b", r"[a-z]+--[0-9a-f-]{36}")


def outcome(room: Room, table: str, folder: Path, client: Client, named_in: Callable[[str], str]) -> dict[str, Any]:
    """What the room makes of a case about the incident of that table; the database is as before afterwards."""
    folder.mkdir()
    with transaction.atomic():
        incident = ingested(table, folder)
        room.scope(subject=incident)
        case = room.case(origin=incident, title=named_in("Russia was named for it"))
        written = [
            room.option(case, values | {"what": named_in(f"{values['what']}, to Russia")})
            for values in (STATEMENT, CHARGES, DIALOGUE)
        ]
        package = room.package(case, written[0], written[2])
        view = response.case(case.key, room.who("ann"))
        held = response.package(package.key, view, room.who("ann"), now=NOW)
        page = client.get(f"/response/{case.key}/").content.decode()
        for pattern in _RANDOM:
            page = re.sub(pattern, "same", page)
        found = {
            "order": [one.row.instrument for one in response.options(view.row, room.who("ann"))],
            "steps": [(one.steps, one.beyond) for one in response.options(view.row, room.who("ann"))],
            "offered": [one.key for one in options.offered_instruments(room.who("ann"))],
            "permitted": options.permitted(view.row.severity),
            "lacks": [one.key for one in held.lacks],
            "cautions": held.cautions,
            "page": page,
        }
        transaction.set_rollback(True)
    return found


def test_a_case_about_another_actor_is_the_same_case(
    room: Room, tmp_path: Path, sign_in: Callable[[str], Client]
) -> None:
    _, states = groups_and_states()
    other = swap(states, named(_STATES))
    table = one_row("CYB-002")
    stream = io.StringIO()
    rows = list(csv.DictReader(io.StringIO(table)))
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows([other.row(row) for row in rows])
    client = sign_in("ann")

    stated = outcome(room, table, tmp_path / "stated", client, lambda text: text)
    exchanged = outcome(room, stream.getvalue(), tmp_path / "exchanged", client, other.to_other)

    assert "Russia was named for it" in stated["page"]
    assert "Russia was named for it" not in exchanged["page"]
    assert fold(other.back(exchanged.pop("page"))) == fold(stated.pop("page"))
    assert exchanged == stated
