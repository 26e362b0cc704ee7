"""One tree of errors: a stable code, a translatable message and a hint that says what to do next."""

from __future__ import annotations

from functools import cache
from typing import ClassVar, Protocol, runtime_checkable

from verband.language.decimals import marked

LANGUAGES = ("nl", "en")
#: Most characters of what an error repeats: a text of a megabyte is named by its beginning.
_MOST = 2_000


@runtime_checkable
class Labelled(Protocol):
    """What has a word in Dutch and in English, as an entry of a catalogue."""

    def label(self, language: str) -> str:
        """The word in `nl` or `en`."""
        ...


class VerbandError(Exception):
    """An error that a person can act on.

    `code` names the text in `data/errors/*.toml`; `params` fill it, a word of a catalogue in the language of the
    text. `exit_code` is what the command line returns, `status` what the web answers.
    """

    exit_code: ClassVar[int] = 1
    status: ClassVar[int] = 500

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def message(self, language: str = "en") -> str:
        """The sentence that says what is wrong and where."""
        return _filled(self.code, language, self.params)

    def hint(self, language: str = "en") -> str:
        """The sentence that says what to do next; empty where the code has none.

        Where nothing is near what was named (`nearest` is empty), it is the text's `far_en` or `far_nl`, if any.
        """
        kind = "hint" if self.params.get("nearest", True) else "far"
        return _filled(self.code, f"{kind}_{language}", self.params)

    def __str__(self) -> str:
        return " ".join(part for part in (self.message(), self.hint()) if part)


class InputError(VerbandError):
    """The user's input is wrong."""

    exit_code = 2
    status = 400


class LocatedError(InputError):
    """The same error, found on a line of a file. `line` 0 stands for the file as a whole."""

    def __init__(self, error: InputError, *, file: str, line: int = 0) -> None:
        super().__init__(error.code, **(error.params | {"file": file, "line": line}))

    def message(self, language: str = "en") -> str:
        """The place, and the sentence that says what is wrong there."""
        line = f", {'regel' if language == 'nl' else 'line'} {self.params['line']}" if self.params["line"] else ""
        return f"{self.params['file']}{line}: {super().message(language)}"


class RefusedError(VerbandError):
    """What was asked is not allowed to this person, organisation or installation."""

    exit_code = 2
    status = 403


class NotFoundError(VerbandError):
    """There is nothing under that name that this reader may see."""

    exit_code = 2
    status = 404


class StateError(VerbandError):
    """The workspace or the machine cannot do it now: locked, full, newer, damaged."""

    exit_code = 1
    status = 503


def texts() -> dict[str, dict[str, str]]:
    """Every error code with its texts (`en`, `nl`, `hint_en`, `hint_nl`)."""
    return _texts()


@cache
def _texts() -> dict[str, dict[str, str]]:
    import tomllib  # both slow to import, and most runs have no error to tell
    from importlib.resources import files

    found: dict[str, dict[str, str]] = {}
    for entry in sorted(files(__package__).joinpath("data", "errors").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            for group, codes in tomllib.loads(entry.read_text("utf-8")).items():
                for name, words in codes.items():
                    found[f"{group}.{name}"] = words
    return found


def _filled(code: str, key: str, params: dict[str, object]) -> str:
    template = _texts().get(code, {}).get(key, "")
    if not template:
        return "" if key.startswith(("hint_", "far_")) else f"{code} {params}"
    return template.format_map({name: _shown(value, key[-2:]) for name, value in params.items()})


def _shown(value: object, language: str) -> object:
    if isinstance(value, Labelled):
        return value.label(language)
    if isinstance(value, float):
        return marked(str(value), language)
    if isinstance(value, str) and len(value) > _MOST:
        return f"{value[:_MOST]}…"
    return "" if value is None else value
