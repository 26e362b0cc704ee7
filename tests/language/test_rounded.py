"""Printed numbers carry everything that rounds to them."""

from __future__ import annotations

import pytest

from verband.language.rounded import Rounded, rounded


def test_digits_of_the_text_say_how_wide_it_is() -> None:
    assert rounded("0.40") == Rounded(0.4, 0.395, 0.405)
    assert rounded("4") == Rounded(4.0, 3.5, 4.5)


def test_a_float_has_lost_its_zeros_and_needs_its_digits() -> None:
    assert rounded(0.9, digits=1, most=1) == Rounded(0.9, 0.85, 0.95)
    assert rounded(1.0, digits=1, most=1) == Rounded(1.0, 0.95, 1.0)
    assert rounded(0.0, digits=2, least=0) == Rounded(0.0, 0.0, 0.005)
    with pytest.raises(ValueError, match="needs the number"):
        rounded(0.9)


@pytest.mark.parametrize("printed", ["x", "", "nan", "inf", "1,5"])
def test_what_is_no_number_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        rounded(printed)


def test_more_digits_than_stated_and_what_lies_outside_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 1 decimals"):
        rounded(0.85, digits=1)
    with pytest.raises(ValueError, match="outside 0 to 1"):
        rounded(1.2, digits=1, least=0, most=1)


def test_two_meet_where_one_number_lies_in_both() -> None:
    assert Rounded(1, 0.9, 1.05).meets(Rounded(1.1, 1.05, 1.15))
    assert not Rounded(1, 0.9, 1.04).meets(Rounded(1.1, 1.05, 1.15))
