"""Which requirements have tests: `python -m tests.requirements`, or `make coverage-of-requirements`. It never fails."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WANTED = (
    *(f"R{number:03}" for number in range(1, 127)),
    *(f"P{number}" for number in range(1, 20)),
    *(f"D{number}" for number in range(1, 28)),
)


def marked(source: str) -> dict[str, int]:
    """The requirements that a test module marks, with how many of its tests (or classes, or the module) carry each."""
    found: dict[str, int] = {}
    for mark in _marks(ast.parse(source)):
        for argument in mark.args:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found[argument.value] = found.get(argument.value, 0) + 1
    return found


def _marks(tree: ast.Module) -> Iterator[ast.Call]:
    """Every call of `pytest.mark.requirement`, as a decorator or in `pytestmark`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "requirement":
            yield node


def covered(files: Iterable[Path]) -> dict[str, dict[str, int]]:
    """Per requirement: the test files that hold it, with how many tests in each."""
    found: dict[str, dict[str, int]] = {}
    for path in sorted(files):
        for name, count in marked(path.read_text("utf-8")).items():
            found.setdefault(name, {})[path.relative_to(ROOT.parent).as_posix()] = count
    return found


def lines(found: dict[str, dict[str, int]]) -> Iterator[str]:
    """What is printed: the requirements that have tests, those that have none, and marks that name none."""
    have = [name for name in WANTED if name in found]
    yield f"{len(have)} of {len(WANTED)} requirements, principles and design rules have tests:"
    for name in have:
        yield f"  {name:<5} {sum(found[name].values()):>3}  {', '.join(found[name])}"
    none = [name for name in WANTED if name not in found]
    yield f"{len(none)} have none:"
    for letter in "RPD":
        names = [name for name in none if name.startswith(letter)]
        if names:
            yield f"  {' '.join(names)}"
    unknown = sorted((name for name in found if name not in WANTED), key=_number)
    if unknown:
        yield f"Marks that name no known requirement: {' '.join(unknown)}"


def _number(name: str) -> tuple[str, int]:
    digits = re.sub(r"\D", "", name)
    return name[:1], int(digits or 0)


def main() -> None:
    """Print the list."""
    for line in lines(covered(ROOT.rglob("test_*.py"))):
        print(line)


if __name__ == "__main__":
    main()
