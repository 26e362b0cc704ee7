"""What leads to a person is found in a text of any length, in time that grows with the text and no faster."""

from __future__ import annotations

from time import process_time

import pytest

from verband.rooms.people.contact import CONTACT


@pytest.mark.parametrize("text", ["a" * 20_000, "a@" + "a" * 20_000, "+" * 20_000, "0 1x" * 5_000, "a@" * 10_000])
def test_a_long_text_without_spaces_is_read_once(text: str) -> None:
    begun = process_time()

    found = [kind for kind, pattern in CONTACT if pattern.search(text)]

    assert found == []
    assert process_time() - begun < 0.5


@pytest.mark.parametrize(
    "text", ["someone@example.org", "see:a.b+c@example.org.", "x-@y.nl", "@a@b.nl", "a" * 20_000 + "@example.org"]
)
def test_a_mail_address_is_found_wherever_it_stands(text: str) -> None:
    assert [kind for kind, pattern in CONTACT if pattern.search(text)] == ["mail"]
