"""The runner: `python -m benchmarks NAME [--json] [--quick] [--seed N]`; without a name it lists what there is."""

from __future__ import annotations

import argparse
import importlib
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

Figures = dict[str, float | int]


def names() -> list[str]:
    """Modules of this folder that offer `figures`, in alphabetical order."""
    here = Path(__file__).parent
    found = [path for path in here.glob("[a-z]*.py") if "def figures(" in path.read_text(encoding="utf-8")]
    return sorted(path.stem for path in found)


def cpu_seconds() -> float:
    """CPU seconds of this process and its finished children so far."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def table(name: str, figures: Figures, *, seed: int, seconds: float) -> str:
    """The figures as lines of a readable table."""
    width = max([len(key) for key in figures] + [12])
    rows = [f"  {key:<{width}}  {value:>12.4g}" for key, value in figures.items()]
    return "\n".join([f"{name}  (seed {seed})", *rows, f"  {'CPU seconds':<{width}}  {seconds:>12.4g}"])


def main(arguments: list[str]) -> int:
    """Run one benchmark; 0, or 2 where the name is not known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", help="the benchmark")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    parser.add_argument("--quick", action="store_true", help="a look within 45 seconds; no bar is read from it")
    parser.add_argument("--seed", type=int, default=0, help="the seed of made-up input (default 0)")
    chosen = parser.parse_args(arguments)
    known = names()
    if chosen.name not in known:
        print("benchmarks:", ", ".join(known), file=sys.stderr)
        return 2
    run: Callable[..., Figures] = importlib.import_module(f"benchmarks.{chosen.name}").figures
    figures = run(seed=chosen.seed, quick=chosen.quick)
    seconds = round(cpu_seconds(), 3)
    print(table(chosen.name, figures, seed=chosen.seed, seconds=seconds))
    if chosen.json:
        print(json.dumps({"name": chosen.name, "figures": figures, "seed": chosen.seed, "seconds": seconds}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
