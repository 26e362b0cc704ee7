"""The engines of a test run, by name; Spark starts with its first question."""

from __future__ import annotations

import pytest

from verband.methods.engine import Engine, engine

NAMES = [pytest.param("duckdb"), pytest.param("spark", marks=pytest.mark.spark)]


def take(engines: dict[str, Engine], name: str) -> Engine:
    """The engine of that name, made where it is not there yet."""
    if name not in engines:
        engines[name] = engine(name)
    return engines[name]
