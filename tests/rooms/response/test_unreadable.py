"""A letter that no keyboard gives and PostgreSQL does not keep is refused in every field and address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.response.conftest import CASE, Prepared, Room
from tests.rooms.response.test_incident_mode import MODE
from verband.rooms.response.models import AreaStep, Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
NUL = "\x00"


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("response/act/case/", {**CASE, "aims": "stop", "accents": "generic"}),
        ("response/act/area/", {"area": "justice", "answer": "asked", "text": "", "party": "Justice"}),
        ("response/act/withdraw/", {"number": "x", "reason": "Not now"}),
        ("response/mode/act/open/", MODE),
        ("response/evaluation/act/lesson-case/", {"number": "x", "lesson": "x", "what": "x", "owner": "city"}),
        ("response/attribution/act/withdraw/", {"number": "x", "reason": "x"}),
        ("response/registers/sanctions/act/withdraw/", {"number": "x", "reason": "x"}),
        ("measures/register/withdraw/", {"measure": "MEA-1", "kind": "step", "number": "1", "reason": "x"}),
        ("measures/letters/act/agree/", {"letter": "x", "reason": "x"}),
    ],
)
def test_a_nul_in_a_field_is_refused_and_nothing_is_kept(
    address: str, fields: dict[str, str], room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    ann, before = sign_in("ann"), (Case.objects.count(), AreaStep.objects.count())
    whole = {"at": prepared.case.key} | fields

    for name, value in whole.items():
        answer = ann.post(f"/{address}", {**whole, name: f"{value}{NUL}"})

        assert (answer.status_code, "cannot be read" in answer.content.decode()) == (400, True), name
    assert (Case.objects.count(), AreaStep.objects.count()) == before


@pytest.mark.parametrize(
    "address", ["response/new/?origin=%00", "measures/commitments/a%00/", "measures/a%00/", "response/?known_on=%00"]
)
def test_a_nul_in_an_address_is_refused(address: str, room: Room, sign_in: SignIn) -> None:
    answer = sign_in("ann").get(f"/{address}")

    assert (answer.status_code, "cannot be read" in answer.content.decode()) == (400, True)
