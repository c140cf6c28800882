"""The site, made once for all tests of it, and the browser that opens its pages."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browsing import CHROMIUM, FLAGS, MISSING
from policydata.writing import hold

ROOT = Path(__file__).parents[2]
FAILED = "The site was not made."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        options = {"executable_path": CHROMIUM, "args": FLAGS}
        with playwright.chromium.launch(**options) as chromium:
            yield chromium


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """Make the site, or take the one that CI has made; warnings would have ended the making."""
    if made := os.environ.get("POLICYDATA_SITE"):
        return Path(made)
    base = tmp_path_factory.getbasetemp()
    # All processes of one session share the folder above theirs.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site"
    folder.mkdir(exist_ok=True)
    ended = folder / "ended.txt"
    while not ended.is_file():
        with suppress(BlockingIOError), hold(folder / "lock"):
            if not ended.is_file():
                ended.write_text(make_site(folder), "utf-8")
        time.sleep(0.2)
    said = ended.read_text("utf-8")
    assert FAILED not in said, said
    return folder / "html"


def make_site(folder: Path) -> str:
    """Make the site as `make docs` does; give what that says."""
    call = [sys.executable, str(ROOT / "docs/build_site.py"), str(folder)]
    made = subprocess.run(call, cwd=ROOT, capture_output=True, text=True)
    said = made.stdout + made.stderr
    return said if made.returncode == 0 else f"{said}\n{FAILED}"
