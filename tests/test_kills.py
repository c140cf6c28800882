"""A command that is killed leaves every file old or new, and the next run makes up for it.

`POLICYDATA_KILLS=1` kills at every moment; by itself a test run does so at a part of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import policydata

COMMANDS = (
    *("build", "draft", "format", "save_figure"),
    *("export to csv", "export to xlsx", "workbook", "workbook --take"),
)
SHARE = 1 if os.environ.get("POLICYDATA_KILLS") else 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_killed_command_leaves_whole_files_and_the_next_run_repairs(command: str) -> None:
    tests = Path(__file__).parent
    sources = Path(policydata.__file__).parents[1]
    paths = os.pathsep.join([str(sources), str(tests)])
    call = [sys.executable, str(tests / "kills.py"), command, str(SHARE)]
    environment = {**os.environ, "PYTHONPATH": paths, "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(call, env=environment, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[-1].endswith(", 0 faults")
