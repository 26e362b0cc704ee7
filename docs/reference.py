"""Writes docs/reference from the code: `python -m docs.reference`, or `make docs`.

What the code does not say of itself cannot be written here, so a gap shows as an empty cell; `gaps` lists them, and a
test holds that there are none.
"""

from __future__ import annotations

import inspect
import os
import pkgutil
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
_HEAD = "<!-- Written by `make docs` from the code; do not edit. -->\n\n"
_SETTING = re.compile(
    r"""(?:environ[^\n]{0,12}["'](VERBAND_[A-Z_]+|SOURCE_DATE_EPOCH|LANG)["'])|^export\ (VERBAND_[A-Z_]+)""",
    re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True)
class Command:
    """One verb, or one part of a verb, with its words."""

    path: str
    command: click.Command

    @property
    def help(self) -> str:
        """What it says of itself, empty where it says nothing."""
        return inspect.cleandoc(self.command.help or "")


@dataclass(frozen=True)
class Route:
    """One address with its name and what the page says of itself."""

    address: str
    name: str
    about: str


def pages() -> dict[str, str]:
    """Every page of the reference by file name, ready to be written."""
    return {
        "README.md": _index(),
        "commands.md": _commands(),
        "settings.md": _settings(),
        "routes.md": _routes(),
        "errors.md": _errors(),
        "catalogues.md": _catalogues(),
        "instruments.md": _instruments(),
        "risk-methods.md": _risk_methods(),
        "methods.md": _methods(),
        "algorithm-cards.md": _cards(),
    }


def gaps() -> list[str]:
    """What has no words of its own: commands, options, settings, routes, public functions and error codes."""
    found = [f"command {item.path}" for item in commands() if not item.help]
    for item in commands():
        options = [option for option in item.command.params if isinstance(option, click.Option)]
        found += [f"option {item.path} {option.opts[0]}" for option in options if not option.help]
    known = setting_words()
    used = settings_in_code()
    found += [f"setting {name} is not in docs/settings.toml" for name in used if name not in known]
    found += [f"setting {name} is in docs/settings.toml and nowhere in the code" for name in known if name not in used]
    found += [f"route {route.address}" for route in routes() if not route.about]
    for package in method_packages():
        found += [f"{package.__name__}.{name}" for name, thing in front_door(package) if not _about(thing)]
    return found


def commands() -> Iterator[Command]:
    """Every command that can be called, parts of a verb after the verb, in the order of the help."""
    from verband.cli import cli

    yield from _walk("verband", cli)


def _walk(path: str, command: click.Command) -> Iterator[Command]:
    if not isinstance(command, click.Group):
        yield Command(path, command)
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        part = command.get_command(context, name)
        if part is not None:
            yield from _walk(f"{path} {name}", part)


def setting_words() -> dict[str, dict[str, str]]:
    """What docs/settings.toml says of each environment variable."""
    return tomllib.loads((ROOT / "docs" / "settings.toml").read_text("utf-8"))


def settings_in_code() -> dict[str, list[str]]:
    """Each environment variable that the project reads, with the files that read it."""
    found: dict[str, set[str]] = {}
    files = [path for folder in ("src", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    for path in (*files, ROOT / ".ci" / "run"):
        for first, second in _SETTING.findall(path.read_text("utf-8")):
            found.setdefault(first or second, set()).add(path.relative_to(ROOT).as_posix())
    return {name: sorted(found[name]) for name in sorted(found)}


def routes() -> list[Route]:
    """Every address of the application, in the order in which it is looked up."""
    _set_up()
    from django.urls import get_resolver

    return [Route(f"/{address}", name, _first_sentences(view)) for address, name, view in _patterns(get_resolver())]


def _patterns(resolver: Any, address: str = "", space: str = "") -> Iterator[tuple[str, str, object]]:
    for entry in resolver.url_patterns:
        here = address + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from _patterns(entry, here, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield here, space + (entry.name or ""), entry.callback


def method_packages() -> list[ModuleType]:
    """The methods, by name, with the engine that runs their questions: each folder that offers something, and each in
    one that has a card.
    """
    import verband.methods as methods

    packages = [
        import_module(info.name) for info in pkgutil.walk_packages(methods.__path__, "verband.methods.") if info.ispkg
    ]
    first = [package for package in packages if package.__name__.count(".") == 2 and hasattr(package, "__all__")]
    deeper = [package for package in packages if package not in first]
    return sorted(
        [*first, *(package for package in deeper if (Path(package.__path__[0]) / "card.toml").is_file())],
        key=lambda package: package.__name__,
    )


def carded() -> list[ModuleType]:
    """The methods that have an algorithm card: all but the engine, which claims nothing."""
    return [package for package in method_packages() if package.__name__ != "verband.methods.engine"]


def front_door(package: ModuleType) -> list[tuple[str, object]]:
    """What a method offers: everything in its `__all__`, in that order."""
    return [(name, getattr(package, name)) for name in package.__all__]


def _index() -> str:
    listed = {
        "commands.md": "every verb of the command line with its options",
        "settings.md": "environment variables",
        "routes.md": "the addresses of the application",
        "errors.md": "error codes, what they say and what to do",
        "catalogues.md": "the words in Dutch and English, with source",
        "instruments.md": "the instruments of a response: gate, channel, owner, legal basis, source",
        "risk-methods.md": "every cell of the risk methods, with source and whether it was checked",
        "methods.md": "what the methods offer to a programmer",
        "algorithm-cards.md": "what each method is for, reads, does not read, and cannot show",
    }
    lines = [f"- [{name.removesuffix('.md')}]({name}): {about}" for name, about in listed.items()]
    return _page("Reference", "\n".join(lines))


def _commands() -> str:
    intro = (
        "Results go to stdout, progress and errors to stderr. The exit code is 0 for ok, 2 where the input is wrong, "
        "1 for anything else. No verb asks questions."
    )
    return _page("Commands", intro, *(_command(item) for item in commands()))


def _command(item: Command) -> str:
    arguments = [part for part in item.command.params if isinstance(part, click.Argument)]
    usage = " ".join([item.path, *(_argument(part) for part in arguments), "[OPTIONS]"])
    rows = [
        (f"`{' / '.join(option.opts)}{_value(option)}`", _about_option(option))
        for option in item.command.params
        if isinstance(option, click.Option)
    ]
    return f"## {item.path}\n\n    {usage}\n\n{item.help}\n\n{_table(('option', 'what it does'), rows)}"


def _argument(part: click.Argument) -> str:
    name = (part.name or "").upper()
    return f"{name}..." if part.nargs == -1 else name


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return " " + "|".join(str(choice) for choice in option.type.choices)
    return f" {option.type.name.upper().split(' ')[0]}"


def _about_option(option: click.Option) -> str:
    default = option.default if not callable(option.default) and not option.is_flag else None
    known = isinstance(default, str | int | float | Path) and str(default) != ""
    shown = f"Default: {default}." if known else ""
    return " ".join(filter(None, (option.help or "", shown))).strip()


def _settings() -> str:
    used, words = settings_in_code(), setting_words()
    rows = []
    for name, files in used.items():
        word = words.get(name, {})
        read = ", ".join(f"`{path}`" for path in files if path.startswith("src/")) or "tests and benchmarks"
        rows.append((f"`{name}`", word.get("default", ""), word.get("about", ""), read))
    return _page("Settings", "All come from the environment.", _table(("name", "default", "meaning", "read in"), rows))


def _routes() -> str:
    rows = [(f"`{route.address}`", f"`{route.name}`", route.about) for route in routes()]
    intro = "Filters of a list lie in the address. A reader who may not enter a room gets a 403 with the reason."
    return _page("Routes", intro, _table(("address", "name", "the question it answers"), rows))


def _errors() -> str:
    from verband.language.errors import texts

    rows = [
        (f"`{code}`", words["en"], words.get("hint_en", ""), words["nl"])
        for code, words in sorted(texts().items(), key=lambda item: item[0])
    ]
    intro = "Words in braces are filled in. Each error has a hint in Dutch as well."
    return _page("Error codes", intro, _table(("code", "what it says", "what to do", "in Dutch"), rows))


def _catalogues() -> str:
    from verband.language.catalogues import catalogue, names, versions

    parts = []
    for name in names():
        for version in versions(name):
            found = catalogue(name, version=version)
            rows = [
                (f"`{entry.key}`", entry.nl, entry.en, "yes" if entry.verified else "no, recalled")
                for entry in found.entries
            ]
            head = f"## {name} {version}\n\n{found.source}. Look again by {found.review_date}."
            parts.append(f"{head}\n\n{_table(('key', 'Dutch', 'English', ''), rows)}")
    intro = "A new word or version is a new data file, never new code. Each file names its source."
    return _page("Catalogues", intro, *parts)


def _instruments() -> str:
    from verband.language.catalogues import catalogue
    from verband.language.instruments import OWN_READING, WORDS_OF, instruments

    def words(field: str, keys: Sequence[str]) -> str:
        known = catalogue(WORDS_OF[field])
        return ", ".join(known.get(key).en for key in keys)

    rows = [
        (
            f"`{item.key}`",
            f"{item.entry.en} / {item.entry.nl}",
            words("power", [item.power]),
            words("gate", [item.gate]),
            words("channels", item.channels),
            item.text("owner", "en"),
            "; ".join(item.legal_basis) or "none checked",
            words("lead_time", [item.lead_time]),
            words("rights", item.rights),
            ", ".join(f"`{key}`" for key in item.milder) or "none is milder",
            words("certainty", [item.certainty]),
            item.source,
        )
        for item in instruments()
    ]
    intro = (
        f"Our own reading in every entry: {', '.join(name.replace('_', ' ') for name in OWN_READING)}. Cost is "
        "not known of any. [Why, and what was used before](../concepts/response-rates.md)."
    )
    head = ("key", "instrument", "power", "gate", "channel", "owner", "legal basis", "lead time", "rights touched")
    return _page("Instruments", intro, _table((*head, "less intrusive", "certainty", "source"), rows))


def _risk_methods() -> str:
    from verband.language.risk_methods import names, risk_method, versions

    parts = []
    for name in names():
        for version in versions(name):
            found = risk_method(name, version=version)
            rows = [
                (f"`{cell.place}`", cell.nl, cell.en, cell.source, "yes" if cell.verified else "no")
                for cell in found.cells()
            ]
            head = f"## {name} {version}\n\n{found.en}. {found.source}. Look again by {found.review_date}."
            parts.append(f"{head}\n\n{_table(('cell', 'Dutch', 'English', 'source', 'checked'), rows)}")
    intro = "A correction or a new version is a data file, never code. [Why](../concepts/weighing.md)."
    return _page("Risk methods", intro, *parts)


def _methods() -> str:
    parts = []
    for package in method_packages():
        parts.append(f"## {package.__name__}\n\n{_about(package)}")
        parts += [_offered(name, thing) for name, thing in front_door(package)]
    return _page("Methods", "What each method offers to a programmer. The rest of a package is free to move.", *parts)


def _offered(name: str, thing: object) -> str:
    if inspect.isfunction(thing):
        return f"### {name}\n\n```python\n{name}{inspect.signature(thing)}\n```\n\n{_about(thing)}"
    if inspect.isclass(thing):
        fields = "\n".join(f"    {field}: {kind}" for field, kind in thing.__annotations__.items())
        return f"### {name}\n\n```python\nclass {name}:\n{fields}\n```\n\n{_about(thing)}"
    shown = f"frozenset({sorted(thing)!r})" if isinstance(thing, frozenset) else repr(thing)
    return f"### {name}\n\n`{shown}`"


def _cards() -> str:
    parts = []
    for package in carded():
        card = tomllib.loads((Path(package.__path__[0]) / "card.toml").read_text("utf-8"))
        parts.append(f"## {card['method']}, version {card['version']}")
        for name, words in card.items():
            if isinstance(words, Mapping):
                title = name.replace("_", " ").capitalize()
                parts.append(f"### {title}\n\n{_said(words['en'])}\n\n*In Dutch:*\n\n{_said(words['nl'])}")
    intro = "`verband report algorithm-cards` makes the same as a document."
    return _page("Algorithm cards", intro, *parts)


def _said(words: str | list[str]) -> str:
    return words if isinstance(words, str) else "\n".join(f"- {word}" for word in words)


def _about(thing: object) -> str:
    """Its docstring; a plain value stands for itself and needs none, and a dataclass's own signature is no text."""
    if not (inspect.isroutine(thing) or inspect.isclass(thing) or inspect.ismodule(thing)):
        return repr(thing)
    text = inspect.getdoc(thing) or ""
    return "" if inspect.isclass(thing) and text.startswith(f"{thing.__name__}(") else text


def _first_sentences(view: object) -> str:
    return " ".join((inspect.getdoc(view) or "").split("\n\n")[0].split())


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    line = " ".join(text.split()).replace("|", "\\|")
    return line if "`" in line else line.replace("<", "&lt;")


def _page(title: str, *parts: str) -> str:
    return _HEAD + f"# {title}\n\n" + "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verband.workbench.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def main() -> None:
    """Write every page; pages of an earlier version that are no more go away."""
    FOLDER.mkdir(exist_ok=True)
    written = pages()
    for name, text in written.items():
        (FOLDER / name).write_text(text, "utf-8")
    for path in FOLDER.glob("*.md"):
        if path.name not in written:
            path.unlink()
    print(f"docs/reference: {len(written)} pages")
    for gap in gaps():
        print(f"without words: {gap}")


if __name__ == "__main__":
    main()
