"""Words as they are compared: folded, and with the nearest known word where one is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Dots, underscores and every dash become a space: the separators that headers and keys use.
_SEPARATORS = str.maketrans(dict.fromkeys("_.-\u2010\u2011\u2012\u2013\u2014\u2212", " "))
# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
#: Below this likeness (0-1, difflib's ratio) a word is too far off to be offered.
CLOSE = 0.5


def fold(text: str) -> str:
    """The text without case and accents, with each run of spaces, underscores, dots and dashes as one space.

    Other punctuation stays: `Korea, Republic of` folds to `korea, republic of`. Never raises; may be empty.
    """
    lowered = text.casefold()
    if not lowered.isascii():
        # Unicode's compatibility caseless match (3.13, D146): taking apart can bring capitals back, as in the sign TM.
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", lowered).casefold())
        lowered = "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)
    return " ".join(lowered.translate(_SEPARATORS).split())


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC): an e with an accent is one letter however it was typed."""
    return unicodedata.normalize("NFC", text)


def squash(text: str) -> str:
    """The folded text with letters and digits only, so that `AMBER+STRICT` and `amber strict` are one word."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like the word, as it is written in `candidates`; None where none comes near.

    Compared folded; of two equally near ones the first wins, so that the answer does not depend on a set's order
    as long as the caller's order is fixed. Likeness is difflib's ratio with a floor of `CLOSE`.
    """
    from difflib import SequenceMatcher  # slow to import, and only needed when something is wrong

    wanted = squash(word)
    best: str | None = None
    best_ratio = CLOSE
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for candidate in candidates:
        matcher.set_seq1(squash(candidate))
        if matcher.real_quick_ratio() <= best_ratio or matcher.quick_ratio() <= best_ratio:
            continue
        ratio = matcher.ratio()
        if ratio > best_ratio:
            best, best_ratio = candidate, ratio
    return best
