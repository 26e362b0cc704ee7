"""Every error has its sentence and its way out in both languages, and is given what they name."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import verband
from verband.language.errors import InputError, NotFoundError, RefusedError, StateError, VerbandError, texts

SOURCE = Path(verband.__file__).parent
KINDS = frozenset({"VerbandError", "InputError", "RefusedError", "NotFoundError", "StateError"})
#: Functions that make an error of a code and its values; what they add themselves.
MAKERS = {"_reject": frozenset[str]()}
TEXTS = ("en", "nl", "hint_en", "hint_nl")


@dataclass(frozen=True)
class Raised:
    """An error made in the source: its code, the values given by name, and whether others may come along."""

    code: str
    given: frozenset[str]
    open: bool
    where: str


def raised() -> Iterator[Raised]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in KINDS | MAKERS.keys():
                continue
            for argument in node.args:
                for code in _codes(argument):
                    given = frozenset(word.arg for word in node.keywords if word.arg)
                    unnamed = any(word.arg is None for word in node.keywords)
                    yield Raised(code, given, unnamed, f"{path.relative_to(SOURCE)}:{node.lineno}")


def _codes(node: ast.expr) -> Iterator[str]:
    """The codes that an argument may be: a constant, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _codes(node.body)
        yield from _codes(node.orelse)


RAISED = tuple(raised())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_each_code_that_is_raised_has_its_texts_in_both_languages() -> None:
    lacking = [
        (item.where, item.code, key) for item in RAISED for key in TEXTS if not texts().get(item.code, {}).get(key)
    ]

    assert lacking == []
    assert len(RAISED) > 100


def test_each_error_is_given_what_its_texts_name() -> None:
    lacking = [
        (item.where, item.code, sorted(missing))
        for item in RAISED
        if not item.open
        for missing in [set().union(*map(placeholders, texts().get(item.code, {}).values())) - item.given]
        if missing
    ]

    assert lacking == []


def test_no_text_stands_for_an_error_that_nobody_raises() -> None:
    words = {
        node.value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert sorted(code for code in texts() if code not in words) == []


@pytest.mark.parametrize("code", sorted(texts()))
def test_both_languages_name_the_same_things(code: str) -> None:
    own = texts()[code]

    assert placeholders(own["en"]) == placeholders(own["nl"])
    assert placeholders(own["hint_en"]) == placeholders(own["hint_nl"])


@pytest.mark.parametrize(
    ("kind", "status", "exit_code"),
    [(InputError, 400, 2), (RefusedError, 403, 2), (NotFoundError, 404, 2), (StateError, 503, 1)],
)
def test_a_kind_of_error_has_its_status_and_exit_code(kind: type[VerbandError], status: int, exit_code: int) -> None:
    error = kind("people.no_room", room="risk")

    assert (error.status, error.exit_code) == (status, exit_code)
    assert "risk" in error.message("nl")
    assert error.hint("en")
    assert str(error) == f"{error.message()} {error.hint()}"


def test_a_text_of_a_megabyte_is_named_by_its_beginning() -> None:
    error = InputError("response.word", field="area", word="x" * 1_000_000, known="justice")

    assert error.message().startswith("'xxx")
    assert len(error.message()) < 3_000


def test_a_value_that_is_absent_leaves_no_word_none() -> None:
    assert "None" not in InputError("people.no_room", room=None).message("en")
