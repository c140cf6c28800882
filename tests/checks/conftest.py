"""The tables of Minghu and Lushan, two made-up cities: without a fault, read once."""

from pathlib import Path

import pytest

from policydata import read_coded
from policydata.coded import read_sheets
from policydata.schema import EXCLUDED, REFERENCE

MISTAKES = Path("tests/mistakes")


@pytest.fixture(scope="session")
def rows():
    """Give the coded rows, four of the news and three of the plan."""
    return read_coded(MISTAKES / "clean/coded")


@pytest.fixture(scope="session")
def tables(rows):
    """Give every typed table by its name, each row with its address."""
    own = {
        name: read_sheets(MISTAKES / f"reference/{name}.csv", columns)[0]
        for name, columns in REFERENCE.items()
        if name != "hazards"
    }
    excluded, _ = read_sheets(MISTAKES / "clean/coded/excluded.csv", EXCLUDED)
    return {"coded": rows, "excluded": excluded, **own}
