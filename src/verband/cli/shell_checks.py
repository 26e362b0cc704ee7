"""What is looked at before a workspace is opened: what the environment says, the database's file, the secret key."""

from __future__ import annotations

import math
import os
from pathlib import Path
from urllib.parse import urlsplit

from verband.language.errors import InputError, StateError
from verband.language.markings import CLASSIFICATION, TLP

_SHORTEST_KEY = 20
_YEAR_2200 = 7_258_118_400


def check_settings() -> None:
    """Raise InputError("workspace.setting") with the name of a variable that says nothing that can be used."""
    for name, sound in (
        ("SOURCE_DATE_EPOCH", _is_moment),
        ("VERBAND_LOCK_WAIT_S", _is_seconds),
        ("VERBAND_DATABASE_URL", _has_port),
        ("VERBAND_CEILING_TLP", TLP.__contains__),
        ("VERBAND_CEILING_CLASSIFICATION", CLASSIFICATION.__contains__),
    ):
        value = os.environ.get(name)
        if value and not sound(value):
            raise InputError("workspace.setting", name=name, value=value[:40] if "URL" not in name else "...")


def check_database(folder: Path) -> None:
    """Raise StateError("database.gone") where the workspace's own file is missing or empty.

    A new one in its place would hide that everything is lost.
    """
    if os.environ.get("VERBAND_DATABASE_URL"):
        return
    file = folder / "verband.sqlite3"
    if not file.is_file() or not file.stat().st_size:
        raise StateError("database.gone", file=file, folder=folder)


def check_secret_key(folder: Path) -> bool:
    """Whether the key is missing, so that a new one will be made. Raises StateError("workspace.key_unfit")."""
    file = folder / "secret-key"
    try:
        key = file.read_text("utf-8").strip()
    except FileNotFoundError:
        return True
    except UnicodeDecodeError as error:
        raise StateError("workspace.key_unfit", file=file) from error
    except OSError as error:
        raise StateError("workspace.unreadable", file=file, reason=error.strerror or "") from error
    if len(key) < _SHORTEST_KEY:
        raise StateError("workspace.key_unfit", file=file)
    return False


def _is_seconds(text: str) -> bool:
    try:
        return 0 <= float(text) < math.inf
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) < _YEAR_2200


def _has_port(url: str) -> bool:
    try:
        _ = urlsplit(url).port
    except ValueError:
        return False
    return True
