"""Numbers as they are read: with the decimal mark of the language, a comma in Dutch, and whole ones as typed."""

from __future__ import annotations

#: The longest whole number that every database holds.
_DIGITS = 18


def marked(text: str, language: str) -> str:
    """A number that is already written with a point, with the decimal mark of the language (`nl`, else a point)."""
    return text.replace(".", ",") if language == "nl" else text


def decimal(number: float, places: int, language: str) -> str:
    """A number with that many decimals."""
    return marked(f"{number:.{places}f}", language)


def figure(number: float, language: str, *, digits: int = 6) -> str:
    """A number with at most that many digits that count, without zeros behind it."""
    return marked(f"{number:.{digits}g}", language)


def whole(text: str) -> int | None:
    """The whole number that a text names, spaces around it left out; None where it is none, or has over 18 digits."""
    told = text.strip()
    return int(told) if told.isdecimal() and len(told) <= _DIGITS else None
