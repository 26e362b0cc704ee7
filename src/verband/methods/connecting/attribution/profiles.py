"""Profiles from what is known: the techniques of a group's software come with the software."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from .model import Profile


def profile(
    key: str,
    *,
    techniques: Mapping[str, int],
    software: Mapping[str, int],
    known_for: Mapping[str, Collection[str]],
) -> Profile:
    """The profile of one group; `known_for` gives the techniques of each software, which may lack some.

    `techniques` and `software` hold the number of reports behind each, counted as 1 where it is less.
    """
    through = Counter(technique for name in software for technique in known_for.get(name, ()))
    return Profile(key, _backed(techniques), _backed(software), dict(through))


def _backed(items: Mapping[str, int]) -> dict[str, int]:
    return {item: max(1, reports) for item, reports in items.items()}
