"""The tables of the guide come in as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rooms.exposure.conftest import NOW, WRITER
from verband.rooms.exposure import services

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "see-what-depends.md"


def test_tables_of_the_guide_come_in_and_give_a_cascade() -> None:
    processes, requirements = re.findall(r"^```csv\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)

    first = services.import_csv("processes", processes.encode(), who=WRITER, now=NOW)
    second = services.import_csv("requirements", requirements.encode(), who=WRITER, now=NOW)

    assert (first.new, first.refused, second.new, second.refused) == (2, (), 1, ())
    blast = services.cascade(services.network(WRITER), ["pumps-west"], horizon_h=72)
    assert blast.cascade.time_of("water-west") == 12
