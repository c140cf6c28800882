"""The browser in which tests open pages."""

import os
import shutil

import pytest

BROWSERS = "chromium chromium-browser google-chrome".split()
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
MISSING = "no chromium on this machine: apt-get install chromium"
FLAGS = """--disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync""".split()
# Where CI runs there has to be a browser: a test skipped in silence proves nothing.
needs_browser = pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason=MISSING)
