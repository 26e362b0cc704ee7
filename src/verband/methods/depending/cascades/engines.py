"""Which loops run: plain Python and numpy, or the same compiled by numba where it is installed. The numbers are one."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Literal, TypeAlias

from verband.language.errors import InputError, StateError

Engine: TypeAlias = Literal["auto", "pure", "fast"]
#: Below so many edges to go through, loading what numba made takes longer than it saves.
_WORTH = 2_000_000


def fast_is_here() -> bool:
    """Whether numba (the extra `fast`) is installed."""
    return find_spec("numba") is not None


def runs_fast(engine: Engine, *, work: int) -> bool:
    """Whether the compiled loops run, for work of so many edges.

    "auto" takes them where numba is installed and the work is worth it. Raises StateError("depending.fast_missing")
    for "fast" without numba, InputError("depending.engine") for another word.
    """
    if engine not in ("auto", "pure", "fast"):
        raise InputError("depending.engine", engine=engine)
    if engine == "fast" and not fast_is_here():
        raise StateError("depending.fast_missing")
    return engine == "fast" or (engine == "auto" and work >= _WORTH and fast_is_here())
