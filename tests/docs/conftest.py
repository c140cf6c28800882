"""The site, made once for all tests of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """Make the site, or take the one that CI has made; warnings would have ended the making."""
    if made := os.environ.get("POLICYDATA_SITE"):
        return Path(made)
    folder = tmp_path_factory.mktemp("site")
    call = [sys.executable, str(ROOT / "docs/build_site.py"), str(folder)]
    ended = subprocess.run(call, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return folder / "html"
