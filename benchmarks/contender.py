"""Contenders: each runs in its own child process, and CPU and memory are that child's, interpreter start included."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """One contender's run: CPU seconds and peak MiB of that child alone, and its last line as JSON."""

    cpu_s: float
    peak_mib: float
    value: Any


class ContenderError(Exception):
    """The child ended with an error; the message holds the end of what it said."""


def run_python(arguments: Sequence[str], *, environment: dict[str, str] | None = None) -> Outcome:
    """Run `python ARGUMENTS...` as a child and measure it. The last line it prints must be JSON; no line gives None.

    `run_python(["-m", "benchmarks.peers.stix2_load", path])`. Memory is the child's largest resident set (Linux:
    KiB). Raises ContenderError when the child ends with another code than 0.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(
            [sys.executable, *arguments], stdout=out, stderr=err, env={**os.environ, **(environment or {})}
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said = out.read().decode().strip().splitlines()
        if child.returncode:
            raise ContenderError(f"{' '.join(arguments)}: {err.read().decode()[-2000:]}")
    peak_kib = usage.ru_maxrss if sys.platform != "darwin" else usage.ru_maxrss / 1024
    return Outcome(usage.ru_utime + usage.ru_stime, peak_kib / 1024, json.loads(said[-1]) if said else None)
