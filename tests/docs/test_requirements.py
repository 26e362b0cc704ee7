"""The list of requirements that have tests is read from the marks themselves."""

from __future__ import annotations

from tests import requirements


def test_marks_are_found_on_functions_with_several_ids_and_on_modules() -> None:
    source = """
import pytest
pytestmark = [pytest.mark.requirement("P1")]

@pytest.mark.requirement("R016", "D21")
def test_one() -> None: ...

@pytest.mark.requirement("R016")
def test_two() -> None: ...
"""

    found = requirements.marked(source)

    assert found == {"P1": 1, "R016": 2, "D21": 1}


def test_list_names_what_has_no_test_and_what_nobody_asked_for() -> None:
    printed = list(requirements.lines({"R016": {"tests/a.py": 2}, "X9": {"tests/a.py": 1}}))

    assert printed[0] == "1 of 172 requirements, principles and design rules have tests:"
    assert printed[1].split() == ["R016", "2", "tests/a.py"]
    assert any("R017" in line and "R016" not in line for line in printed)
    assert printed[-1] == "Marks that name no known requirement: X9"
