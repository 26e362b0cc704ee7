"""The examples of the guides work as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from verband.formats import open_reading
from verband.formats.mapping import load_mapping
from verband.language.records import Record

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "bring-in-your-own-csv.md"


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """The mapping of the guide, as a reader would copy it."""
    found = re.search(r"^```toml\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    target = tmp_path / "drones.toml"
    target.write_text(found[1], "utf-8")
    return target


def test_mapping_of_the_guide_is_a_mapping(mapping: Path) -> None:
    read = load_mapping(mapping)

    assert read.source.key == "dronewatch"
    assert read.record.key == ("id",)
    assert {part.name for part in read.attribute} == {"domain", "place", "country", "means", "report"}


@pytest.mark.shared_data
def test_mapping_of_the_guide_reads_every_row_of_the_table_that_it_names(mapping: Path, shared_data: Path) -> None:
    table = shared_data / "drones" / "incidents_manual.csv"

    units = list(open_reading(table, mapping=mapping))

    assert len(units) == 12
    assert all(isinstance(unit, Record) for unit in units)
