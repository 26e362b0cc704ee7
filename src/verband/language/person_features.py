"""Fields about persons that are never kept: nationality, birth, faith, ethnicity, health, political opinion (P12)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.words import fold


@cache
def folded_names() -> frozenset[str]:
    """The field names that are stripped, folded; Dutch and English, from the catalogue `person_features`."""
    entries = catalogue("person_features").entries
    return frozenset(fold(word) for entry in entries for word in (entry.key, entry.nl, entry.en, *entry.aliases))


@cache
def is_person_feature(field: str) -> bool:
    """Whether a column or key of this name holds a person feature; case, accents and separators do not matter."""
    return fold(field) in folded_names()


def strip(value: Any, counts: Counter[str]) -> Any:
    """The value without person features at any depth; each one left out is counted under its own name."""
    if isinstance(value, Mapping):
        kept = {}
        for key, inner in value.items():
            if isinstance(key, str) and is_person_feature(key):
                counts[key] += 1
            else:
                kept[key] = strip(inner, counts)
        return kept
    if isinstance(value, list):
        return [strip(inner, counts) for inner in value]
    return value


def may_hold(raw: bytes) -> bool:
    """Whether JSON text could hold a person feature as a key; False is certain, True means: look closely.

    A key outside plain ASCII or with an escape always counts as possible.
    """
    return _suspect().search(raw) is not None


@cache
def _suspect() -> re.Pattern[bytes]:
    words = sorted(folded_names())
    spelled = "|".join(r"[\s_.-]*".join(re.escape(part) for part in word.split()) for word in words)
    odd = r'"[^"\\\x80-\xff]{0,80}(?:\\u|[\x80-\xff])[^"]*"\s*:'
    return re.compile(rf'"[\s_.-]*(?:{spelled})[\s_.-]*"\s*:|{odd}'.encode("latin-1"), re.IGNORECASE)


def all_stripped(fields: Iterable[str]) -> bool:
    """Whether nothing but person features stands in these fields."""
    names = [field for field in fields if field]
    return bool(names) and all(is_person_feature(field) for field in names)
