"""The Dutch of the interface: whole, with every placeholder, and compiled."""

from __future__ import annotations

import ast
import gettext
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

import verband

CODE = Path(verband.__file__).parent
DUTCH = CODE / "workbench/locale/nl/LC_MESSAGES/django.po"
#: A number of the line, a placeholder of Python, one of the scripts, a tag, an address on the command line.
_KEPT = re.compile(r"%(?:\(\w+\))?[sd%]|\{\w+\}|</?\w+[^>]*>|'verband [a-z ]+")
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) )?(".*")')
#: Words that the glossary or the definitions keep out: chance is said of the collection, never of a cause.
_FORBIDDEN = (
    "kans dat dit toeval",
    "kans dat het toeval",
    "kans op toeval",
    "waarschijnlijk toeval",
    "kans dat dit een campagne",
    "bewijskracht",
    "normbeeld",
)


@dataclass
class Entry:
    """One text of the interface with its Dutch; `dutch` has a text for one and one for many where `plural` is."""

    texts: dict[str, str] = field(default_factory=dict)
    flags: str = ""

    @property
    def english(self) -> str:
        return self.texts.get("msgid", "")

    @property
    def plural(self) -> str:
        return self.texts.get("msgid_plural", "")

    @property
    def dutch(self) -> list[str]:
        return [text for name, text in sorted(self.texts.items()) if name.startswith("msgstr")]


def entries(path: Path) -> Iterator[Entry]:
    """The entries of a .po file, its header first."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        entry, name = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#"):
                entry.flags += line if line.startswith("#,") else ""
            elif found := _LINE.fullmatch(line):
                name = found[1] or name
                entry.texts[name] = entry.texts.get(name, "") + ast.literal_eval(found[2])
        if "msgid" in entry.texts:
            yield entry


def kept(text: str) -> list[str]:
    return sorted(_KEPT.findall(text))


@pytest.fixture(scope="module")
def dutch() -> list[Entry]:
    return [entry for entry in entries(DUTCH) if entry.english]


def test_every_text_has_its_dutch(dutch: list[Entry]) -> None:
    wanting = [entry.english for entry in dutch if not all(entry.dutch) or len(entry.dutch) != 1 + bool(entry.plural)]
    doubtful = [entry.english for entry in dutch if "fuzzy" in entry.flags]

    assert len(dutch) > 600
    assert wanting == []
    assert doubtful == []


def test_placeholders_and_tags_are_the_same_in_both_languages(dutch: list[Entry]) -> None:
    differing = [
        (english, text)
        for entry in dutch
        for english, text in zip((entry.english, entry.plural or entry.english), entry.dutch, strict=False)
        if kept(english) != kept(text)
    ]

    assert differing == []


def test_chance_is_always_said_of_the_collection(dutch: list[Entry]) -> None:
    texts = [text for entry in dutch for text in entry.dutch]
    broken = [text for text in texts for words in _FORBIDDEN if words in text.lower()]
    asked = [entry for entry in dutch if re.search(r"how often (?:such a|a) group", entry.english, re.IGNORECASE)]
    loose = [
        entry.english
        for entry in asked
        if "hoe vaak zo'n groep in deze verzameling door toeval ontstaat" not in entry.dutch[0].lower()
    ]

    assert broken == []
    assert asked
    assert loose == []


def test_the_compiled_texts_are_those_of_the_written_file(dutch: list[Entry]) -> None:
    with DUTCH.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    stale = [
        entry.english
        for entry in dutch
        for number, text in zip((1, 2), entry.dutch, strict=False)
        if _looked_up(compiled, entry, number) != text
    ]

    assert stale == []


def test_the_written_file_names_no_person_clock_or_path() -> None:
    text = DUTCH.read_text(encoding="utf-8")
    header = next(entries(DUTCH)).dutch[0]

    assert "@" not in text
    assert "\n#:" not in text
    assert re.search(r"Date|Translator|Team", header) is None


def test_every_text_of_the_code_is_in_the_file(
    dutch: list[Entry], tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("xgettext"):
        assert "gettext" not in os.environ.get("VERBAND_REQUIRE", "").split(), "VERBAND_REQUIRE asks for gettext"
        pytest.skip("GNU gettext is not installed")
    copy = tmp_path / "code"
    shutil.copytree(CODE, copy, ignore=shutil.ignore_patterns("static", "locale", "data", "__pycache__"))
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    (tmp_path / "locale").mkdir()
    monkeypatch.chdir(copy)

    call_command("makemessages", locale=["nl"], no_location=True, verbosity=0, stdout=StringIO())

    found = {entry.english for entry in entries(tmp_path / "locale/nl/LC_MESSAGES/django.po") if entry.english}
    assert len(found) > 600
    assert found - {entry.english for entry in dutch} == set(), "run 'make translations' and write the Dutch"


def _looked_up(compiled: gettext.GNUTranslations, entry: Entry, number: int) -> str:
    context = entry.texts.get("msgctxt")
    if entry.plural:
        return (
            compiled.ngettext(entry.english, entry.plural, number)
            if context is None
            else compiled.npgettext(context, entry.english, entry.plural, number)
        )
    return compiled.gettext(entry.english) if context is None else compiled.pgettext(context, entry.english)
