"""Numbers as they are read: with the decimal mark of the language, a comma in Dutch."""

from __future__ import annotations


def marked(text: str, language: str) -> str:
    """A number that is already written with a point, with the decimal mark of the language (`nl`, else a point)."""
    return text.replace(".", ",") if language == "nl" else text


def decimal(number: float, places: int, language: str) -> str:
    """A number with that many decimals."""
    return marked(f"{number:.{places}f}", language)


def figure(number: float, language: str, *, digits: int = 6) -> str:
    """A number with at most that many digits that count, without zeros behind it."""
    return marked(f"{number:.{digits}g}", language)
