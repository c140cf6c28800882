"""Tests and doctests name files of the project from its root, wherever pytest is started."""

import os
from pathlib import Path

os.chdir(Path(__file__).parent)
