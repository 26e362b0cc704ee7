"""The enterprise ATT&CK bundle into SQLite, committed and queryable with its audit, against stix2's MemoryStore."""

from __future__ import annotations

import gzip
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import contender

_GROUP = "APT29"
_RUNS = 3

_OURS = """
import sys
from verband.cli import main
sys.argv = ["verband", "ingest", sys.argv[1], "--workspace", sys.argv[2]]
main()
"""
_QUERY = """
import json, statistics, sys, time
from pathlib import Path
from verband.cli.shell import open_workspace
open_workspace(Path(sys.argv[1]))
from verband.language.markings import Ceiling
from verband.rooms.audit import services as audit
from verband.rooms.picture import services as picture
took = []
for _ in range(50):
    start = time.perf_counter()
    found = picture.techniques_of(sys.argv[2], ceiling=Ceiling())
    took.append(1000 * (time.perf_counter() - start))
ids = sorted(item.stix_id for item in found)
print(json.dumps({"ms": statistics.median(took), "ids": ids, "intact": audit.verify().intact}))
"""
_STIX2 = """
import json, sys
from stix2 import MemoryStore
store = MemoryStore()
store.load_from_file(sys.argv[1])
print(json.dumps({"objects": len(store.source._data)}))
"""
_STIX2_QUERY = """
import json, sys
from stix2 import Filter, MemoryStore
store = MemoryStore()
store.load_from_file(sys.argv[1])
group = store.query([Filter("type", "=", "intrusion-set"), Filter("name", "=", sys.argv[2])])[0]
targets = {
    link.target_ref
    for link in store.relationships(group, "uses", source_only=True)
    if link.target_ref.startswith("attack-pattern--") and not link.get("revoked") and not link.get("x_mitre_deprecated")
}
live = [store.get(target) for target in targets]
print(json.dumps(sorted(t.id for t in live if t and not t.get("revoked") and not t.get("x_mitre_deprecated"))))
"""


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """CPU seconds and peak of each contender, median of three runs each in turn; the query in a warm process.

    The peer's set of techniques is compared before any time counts. `seed` is not used: nothing is drawn.
    """
    bundle = shared_data() / "attack" / "enterprise-attack-18.1-stix20.json.gz"
    with tempfile.TemporaryDirectory(prefix="verband-bench-") as name:
        folder = Path(name)
        empty = folder / "empty"
        contender.run_python(["-m", "verband", "init", "--workspace", str(empty)])
        plain = folder / "enterprise.json"
        with gzip.open(bundle) as packed, plain.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
        ours, peers = [], []
        for number in range(1 if quick else _RUNS):
            workspace = folder / f"ws{number}"
            shutil.copytree(empty, workspace)
            ours.append(contender.run_python(["-c", _OURS, str(bundle), str(workspace)]))
            peers += _peer([plain])
        answer = contender.run_python(["-c", _QUERY, str(folder / "ws0"), _GROUP]).value
        if not answer["intact"]:
            raise RuntimeError("the log of the benchmark's workspace does not verify")
        objects = _objects(folder / "ws0")
        found: dict[str, float | int] = {
            "objects": objects,
            "cpu_s": _median([run.cpu_s for run in ours]),
            "peak_mib": max(run.peak_mib for run in ours),
            "query_ms": answer["ms"],
            "techniques": len(answer["ids"]),
        }
        if peers:
            if not quick:
                _compare(answer["ids"], plain)
            found["stix2_cpu_s"] = _median([run.cpu_s for run in peers])
            found["speedup"] = found["stix2_cpu_s"] / found["cpu_s"]
        return found


def shared_data() -> Path:
    """The public data folder. Raises SystemExit with the way out where it is absent."""
    folder = Path(os.environ.get("VERBAND_SHARED_DATA") or Path(__file__).resolve().parent.parent / "../shared/data")
    if not folder.is_dir():
        raise SystemExit("This benchmark needs the public data folder: set VERBAND_SHARED_DATA.")
    return folder.resolve()


def _peer(arguments: list[Path]) -> list[contender.Outcome]:
    try:
        import stix2  # noqa: F401
    except ImportError:
        print("stix2 is not installed: its figures are missing (make bench installs it)", file=sys.stderr)
        return []
    return [contender.run_python(["-c", _STIX2, *map(str, arguments)])]


def _compare(ours: list[str], plain: Path) -> None:
    theirs = contender.run_python(["-c", _STIX2_QUERY, str(plain), _GROUP]).value
    if ours != theirs:
        raise RuntimeError(f"the techniques of {_GROUP} differ: {len(ours)} here, {len(theirs)} in stix2")


def _objects(workspace: Path) -> int:
    import sqlite3

    with sqlite3.connect(workspace / "verband.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM picture_record").fetchone()[0])


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
