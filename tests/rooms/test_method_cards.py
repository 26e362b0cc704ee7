"""Algorithm cards are found beside the code of each method."""

from __future__ import annotations

from verband.rooms.method_cards import card, cards


def test_cards_in_a_folder_of_a_method_are_found_after_that_of_the_method() -> None:
    keys = [one.key for one in cards("en")]

    assert keys.index("attribution") == keys.index("connecting") + 1


def test_card_speaks_both_languages_under_the_word_of_the_catalogue() -> None:
    dutch, english = card("attribution", "nl"), card("attribution", "en")

    assert dutch is not None
    assert english is not None
    assert (dutch.name, english.name) == ("bekende groepen vergelijken", "compare with known groups")
    assert len(dutch.rows) == len(english.rows)
    assert all(first != second for (_, first), (_, second) in zip(dutch.rows[2:], english.rows[2:], strict=True))
