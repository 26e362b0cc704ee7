"""The catalogues: versioned lists of bilingual words, kept as data files and read when first asked for.

A file is `NAME.VERSION.toml` with `name`, `version`, `source`, `verified`, `review_date` and `[[entry]]` tables of
`key`, `nl`, `en` and whatever else the catalogue needs. A new entry or version is a new file, never new code (P13).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from verband.language.errors import InputError
from verband.language.words import closest, squash

BUILT_IN = Path(__file__).with_name("data") / "catalogues"
_HEAD = ("name", "version", "source", "verified", "review_date")
_ENTRY = ("key", "nl", "en")


@dataclass(frozen=True, eq=False)
class Entry:
    """One word of a catalogue. `verified` is False where it is only recalled; the application shows that."""

    key: str
    nl: str
    en: str
    verified: bool
    source: str
    aliases: tuple[str, ...]
    fields: Mapping[str, object]

    def label(self, language: str) -> str:
        """The word in `nl` or `en`."""
        return self.nl if language == "nl" else self.en

    def definition(self, language: str) -> str:
        """One sentence that says what it means, empty where the catalogue has none."""
        return str(self.fields.get(f"definition_{'nl' if language == 'nl' else 'en'}", ""))

    def strings(self, name: str) -> tuple[str, ...]:
        """A field that lists words (or holds one), empty where the entry has none."""
        value = self.fields.get(name, ())
        if isinstance(value, tuple):
            return tuple(str(word) for word in value)
        return (str(value),) if value else ()

    def words(self) -> tuple[str, ...]:
        """Everything that resolves to this entry: key, Dutch, English, aliases."""
        return (self.key, self.nl, self.en, *self.aliases)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """A list of words in one version, in the order of its file. `review_date` (ISO) says when to look again."""

    name: str
    version: str
    source: str
    review_date: str
    entries: tuple[Entry, ...]

    @cached_property
    def _by_key(self) -> Mapping[str, Entry]:
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def _by_word(self) -> Mapping[str, Entry]:
        return {squash(word): entry for entry in self.entries for word in entry.words()}

    def keys(self) -> tuple[str, ...]:
        """The keys in the order of the file."""
        return tuple(self._by_key)

    def get(self, key: str) -> Entry:
        """The entry with exactly this key. Raises InputError("catalogue.unknown_word")."""
        found = self._by_key.get(key)
        if found is None:
            raise self._unknown(key)
        return found

    def find(self, word: str) -> Entry | None:
        """What a key, Dutch or English word or alias stands for; None where the catalogue does not know it.

        Case, accents, separators and punctuation do not matter.
        """
        return self._by_key.get(word) or self._by_word.get(squash(word))

    def resolve(self, word: str) -> Entry:
        """As `find`, but an unknown word is refused: InputError("catalogue.unknown_word") with the nearest match."""
        found = self.find(word)
        if found is None:
            raise self._unknown(word)
        return found

    def labels(self, language: str) -> dict[str, str]:
        """Key to word, in the order of the file."""
        return {entry.key: entry.label(language) for entry in self.entries}

    def _unknown(self, word: str) -> InputError:
        known = (known for entry in self.entries for known in entry.words())
        nearest = closest(word, known) or ", ".join(entry.key for entry in self.entries[:8])
        return InputError("catalogue.unknown_word", word=word, catalogue=self.name, nearest=nearest)


def catalogue(name: str, *, version: str | None = None, directory: Path | None = None) -> Catalogue:
    """One catalogue; without a version the newest that does not call itself `default = false`.

    `directory` holds an installation's own files, which stand beside the built-in ones and win where name and
    version are the same; it is listed once per process.
    Raises InputError("catalogue.unknown"), ("catalogue.unknown_version"), or what `read` raises.
    """
    files = _files(directory).get(name)
    if files is None:
        raise InputError("catalogue.unknown", name=name, nearest=closest(name, names(directory=directory)) or "")
    if version is not None:
        if version not in files:
            raise InputError("catalogue.unknown_version", version=version, name=name, known=", ".join(files))
        return read(files[version])
    newest_first = [files[known] for known in reversed(tuple(files))]
    return read(next((path for path in newest_first if _is_default(path)), newest_first[0]))


def names(*, directory: Path | None = None) -> tuple[str, ...]:
    """The catalogues there are, by name."""
    return tuple(_files(directory))


def versions(name: str, *, directory: Path | None = None) -> tuple[str, ...]:
    """The versions of one catalogue, oldest first; none for an unknown name."""
    return tuple(_files(directory).get(name, {}))


@cache
def read(path: Path) -> Catalogue:
    """The catalogue in one file.

    Raises InputError("catalogue.unreadable") for a file that is no such catalogue, ("catalogue.collision") where
    two entries answer to one word.
    """
    raw = _raw(path)
    missing = [field for field in _HEAD if field not in raw]
    if missing or f"{raw.get('name')}.{raw.get('version')}" != path.stem:
        raise InputError("catalogue.unreadable", file=path.name, reason=", ".join(missing) or "name, version")
    entries = tuple(_entry(item, raw, path) for item in raw.get("entry", []))
    _refuse_collisions(entries, path)
    return Catalogue(raw["name"], raw["version"], raw["source"], str(raw["review_date"]), entries)


def _entry(item: Mapping[str, Any], head: Mapping[str, Any], path: Path) -> Entry:
    for field in _ENTRY:
        if not isinstance(item.get(field), str) or not item[field]:
            raise InputError("catalogue.unreadable", file=path.name, reason=f"entry {item.get('key')!r}: {field}")
    known = {"key", "nl", "en", "verified", "source", "aliases"}
    aliases = item.get("aliases", ())
    return Entry(
        key=str(item["key"]),
        nl=str(item["nl"]),
        en=str(item["en"]),
        verified=bool(item.get("verified", head["verified"])),
        source=str(item.get("source", head["source"])),
        aliases=tuple(str(alias) for alias in aliases) if isinstance(aliases, list) else (),
        fields=MappingProxyType({field: _frozen(value) for field, value in item.items() if field not in known}),
    )


def _frozen(value: object) -> object:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    return value


def _refuse_collisions(entries: tuple[Entry, ...], path: Path) -> None:
    owner: dict[str, str] = {}
    for entry in entries:
        for word in {squash(word) for word in entry.words()}:
            other = owner.setdefault(word, entry.key)
            if other != entry.key or not word:
                raise InputError("catalogue.collision", file=path.name, word=word, first=other, second=entry.key)
    if len({entry.key for entry in entries}) != len(entries):
        twice = next(entry.key for at, entry in enumerate(entries) if entry.key in {e.key for e in entries[:at]})
        raise InputError("catalogue.collision", file=path.name, word=twice, first=twice, second=twice)


@cache
def _files(directory: Path | None) -> Mapping[str, Mapping[str, Path]]:
    found: dict[str, dict[str, Path]] = {}
    for folder in (BUILT_IN, directory):
        for path in sorted(folder.glob("*.toml")) if folder else ():
            name, _, version = path.stem.partition(".")
            found.setdefault(name, {})[version] = path
    return {name: dict(sorted(found[name].items(), key=lambda item: _rank(item[0]))) for name in sorted(found)}


def _rank(version: str) -> tuple[tuple[int, str], ...]:
    """Versions in order: `2019` before `2023`, `2026.9` before `2026.10`."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in version.split("."))


def _is_default(path: Path) -> bool:
    return bool(_raw(path).get("default", True))


@cache
def _raw(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError("catalogue.unreadable", file=path.name, reason=str(error)) from error
