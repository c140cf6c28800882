"""Plant errors in the code, one at a time, and say which of them a test catches.

`python tools/mutants.py` takes some minutes and is not a part of `make test`.  A mutant is a line
of `mutants.csv`: the module, the words to replace (they occur in it once), those to put in their
place, and the test files that have to fail.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPIED = ("src", "tests", "tools", "data", "notebooks", "figures")
NAMED = ("README.md", "conftest.py", "pyproject.toml", "CHANGELOG.md")


def plant(root: Path, mutant: dict[str, str]) -> None:
    """Put one error into the copy of the project."""
    module = root / "src" / "policydata" / mutant["module"]
    text = module.read_text("utf-8")
    if text.count(mutant["words"]) != 1:
        raise ValueError(f'{mutant["module"]}: "{mutant["words"]}" does not occur there once.')
    module.write_text(text.replace(mutant["words"], mutant["instead"]), "utf-8")


def is_caught(root: Path, mutant: dict[str, str]) -> bool:
    """Tell whether the tests of a mutant fail."""
    call = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    tests = [f"tests/{name}" for name in mutant["tests"].split()]
    ended = subprocess.run([*call, *tests], cwd=root, env=environment, capture_output=True)
    return ended.returncode == 1


def main() -> int:
    """Plant every mutant, print its fate and the score; status 1 where one survives."""
    mutants = list(csv.DictReader((Path(__file__).parent / "mutants.csv").open(encoding="utf-8")))
    survived = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in COPIED:
            shutil.copytree(ROOT / name, root / name)
        for name in NAMED:
            shutil.copy(ROOT / name, root / name)
        for mutant in mutants:
            module = root / "src" / "policydata" / mutant["module"]
            whole = module.read_bytes()
            plant(root, mutant)
            caught = is_caught(root, mutant)
            module.write_bytes(whole)
            survived += not caught
            fate = "caught" if caught else "SURVIVED"
            print(f"{fate:8} {mutant['module']}: {mutant['what']}", flush=True)
    print(f"{len(mutants) - survived} of {len(mutants)} caught")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
