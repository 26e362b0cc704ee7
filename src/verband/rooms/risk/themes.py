"""Which themes an incident or a statement belongs to: what the source says, else the mapping in `data`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """The themes that a word means; `verified` is False where that is our own reading."""

    keys: tuple[str, ...]
    verified: bool
    note: str = ""


def of_incident(domains: Iterable[str], interests: Iterable[str]) -> tuple[str, ...]:
    """The themes that an incident touches, the main one first, each once; () where its domain is not known.

    Domains and interests are keys of the catalogues.
    """
    known, harmed = _incidents(), tuple(interests)
    words = [word for domain in domains for word in (domain, *(f"{domain}+{interest}" for interest in harmed))]
    return tuple(dict.fromkeys(key for word in words if word in known for key in known[word].keys))


def of_word(domain: str) -> Entry:
    """The themes of a policy text's own word for a domain; no keys where none fits."""
    return _words().get(domain) or _incidents().get(domain) or Entry((), False)


@cache
def _incidents() -> Mapping[str, Entry]:
    return msgspec.convert(_data()["incidents"], dict[str, Entry])


@cache
def _words() -> Mapping[str, Entry]:
    return msgspec.convert(_data()["words"], dict[str, Entry])


@cache
def _data() -> dict[str, object]:
    return tomllib.loads(files(__package__).joinpath("data", "themes.2026.toml").read_text("utf-8"))
