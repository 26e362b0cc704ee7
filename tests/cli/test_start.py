"""What a verb loads before it works: half a second of mathematics is for the verbs that calculate."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import call, environment

_STARTED = """
import json, sys
from pathlib import Path
from verband.cli.shell import open_workspace
import verband.cli.ingest
open_workspace(Path(sys.argv[1]))
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules} & {"numpy", "scipy", "docx", "typst"})))
"""


def test_opening_a_workspace_to_ingest_loads_no_mathematics_and_no_documents(tmp_path: Path) -> None:
    made = call("init", "--workspace", str(tmp_path))
    command = [sys.executable, "-c", _STARTED, str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False, timeout=120)

    assert (made.returncode, told.returncode) == (0, 0), made.stderr + told.stderr
    assert json.loads(told.stdout) == []
