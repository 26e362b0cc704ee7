"""Numbers as they are typed and read."""

from __future__ import annotations

import pytest

from verband.language.decimals import decimal, figure, whole


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), (" 007 ", 7), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5_000, None)]
    + [(none, None) for none in ("", " ", "-1", "1.5", "1,5", "²", "seven", "1e3")],
)
def test_a_whole_number_is_read_or_is_none(typed: str, number: int | None) -> None:
    assert whole(typed) == number


def test_a_number_has_the_mark_of_the_language() -> None:
    assert [decimal(1.25, 2, language) for language in ("nl", "en")] == ["1,25", "1.25"]
    assert figure(0.5, "nl") == "0,5"
