"""What a demonstration writes about itself into its workspace, read and written before the application is set up."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

from verband import __version__
from verband.demo import tables
from verband.language.errors import InputError

STAMP = "demo.json"


def prepare(folder: Path) -> None:
    """Mark the folder as a demonstration before it is opened. Raises InputError("demo.not_a_demo") for real work."""
    if (folder / "workspace.json").exists() and not (folder / STAMP).exists():
        raise InputError("demo.not_a_demo", folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / STAMP).exists():
        write(folder, {})


def read(folder: Path) -> dict[str, object]:
    """What the demonstration wrote about itself; empty where it never ran or the file cannot be read."""
    try:
        found = json.loads((folder / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(folder: Path, stamp: dict[str, object]) -> None:
    """Write it beside and rename, so that no half file is found."""
    part = folder / f"{STAMP}.part"
    part.write_text(json.dumps(stamp, ensure_ascii=False, indent=1) + "\n", "utf-8")
    part.rename(folder / STAMP)


def fingerprint() -> str:
    """The program's version and the digest of all embedded files."""
    digest = hashlib.sha256(__version__.encode())
    for name in sorted((*tables.TABLES, "VERSION")):
        suffix = "toml" if name == "VERSION" else "csv"
        digest.update(files("verband.demo").joinpath("data", f"{name}.{suffix}").read_bytes())
    return digest.hexdigest()
