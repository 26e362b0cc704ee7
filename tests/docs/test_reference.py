"""The documentation says what the code does: nothing without words, nothing out of date, no dead link."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import reference

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")], key=lambda path: path.as_posix()
)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def by_hand() -> list[Path]:
    return [path for path in WRITTEN if reference.FOLDER not in path.parents]


def lines_in_fences(text: str) -> list[str]:
    """The lines of all code blocks, continued lines joined."""
    blocks = _FENCE.findall(text)
    return [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]


def test_every_command_setting_route_and_public_function_says_what_it_is() -> None:
    missing = reference.gaps()

    assert missing == []


def test_reference_is_what_the_code_says_now() -> None:
    now = reference.pages()
    kept = {path.name: path.read_text("utf-8") for path in reference.FOLDER.glob("*.md")}

    stale = sorted(name for name in now.keys() | kept.keys() if now.get(name) != kept.get(name))

    assert stale == [], "run `make docs`"


@pytest.mark.parametrize("page", by_hand(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_on_the_page_exist_with_their_options(page: Path) -> None:
    known = {item.path: item.command for item in reference.commands()}
    called = [line for line in lines_in_fences(page.read_text("utf-8")) if line.startswith("verband ")]

    wrong = []
    for line in called:
        words = line.split("#")[0].split()
        path = next((" ".join(words[:n]) for n in (3, 2) if " ".join(words[:n]) in known), None)
        if path is None:
            wrong.append(line)
            continue
        options = {name for part in known[path].params for name in part.opts}
        wrong += [f"{line}: {word}" for word in words if word.startswith("--") and word.split("=")[0] not in options]

    assert wrong == []


@pytest.mark.parametrize("page", by_hand(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_make_targets_on_the_page_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    text = page.read_text("utf-8")

    named = {line.split()[1] for line in lines_in_fences(text) if re.match(r"make [a-z]", line)}
    named |= set(re.findall(r"`make ([a-z-]+)`", text))

    assert named <= targets


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    links = [link.split("#")[0] for link in _LINK.findall(page.read_text("utf-8"))]
    inner = [link for link in links if link and "://" not in link and not link.startswith("mailto:")]

    dead = [link for link in inner if not (page.parent / link).exists()]

    assert dead == []


def test_the_command_line_shows_what_the_reference_lists() -> None:
    paths = [item.path for item in reference.commands()]

    assert {"verband demo", "verband init", "verband ingest", "verband connect"} <= set(paths)
    assert len(paths) == len(set(paths))


@pytest.mark.requirement("D17")
def test_every_method_has_its_algorithm_card_in_the_reference() -> None:
    page = (reference.FOLDER / "algorithm-cards.md").read_text("utf-8")

    names = [package.__name__.rpartition(".")[2] for package in reference.carded()]

    assert all(f"## {name}, version" in page for name in names)
    assert all(f"### {part}" in page for part in ("Purpose", "Inputs", "Not used", "Human role", "Tests", "Limits"))
