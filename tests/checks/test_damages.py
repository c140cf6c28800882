"""A shipped table that is damaged is reported where it is damaged, or says the same as before.

What is only another coding that might be right is left to the text, and a build names what it
changes.  `POLICYDATA_DAMAGES=1` tries a thousand damages; a plain test run tries a part of them.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import pandas as pd
import pytest

from damages import DAMAGES, Cells, damage_table, read_cells, write_cells
from policydata import check, tidy
from policydata.changes import list_changes
from policydata.coded import read_sheets
from policydata.schema import CODED, EXCLUDED, REFERENCE

DATA = Path("data")
TEXTS = Path("../shared/documents")
SCHEMAS = {"excluded": EXCLUDED, **REFERENCE}
FILES = sorted(path.stem for path in DATA.glob("coded/*.csv") if path.stem != "excluded")
# Tables whose texts may be there come more often.
TABLES = [*FILES, *["hebi", "zhengzhou", "kaifeng", "excluded"] * 2, *REFERENCE]
KEYS = {"documents": "document", "indicators": "indicator", "places": "place"}
ALL = 19
CASES = ALL if os.environ.get("POLICYDATA_DAMAGES") else 5
# What only the source can tell: another value of the column, or words that no rule reads.
PLAUSIBLE = {
    *("cells of a row swapped", "cells of a column swapped"),
    *("row dropped", "truncated at the end of a line", "row shifted right", "row shifted left"),
    *("cell blanked", "cell cut short", "digit changed", "digit dropped"),
    *("bound word dropped", "unit changed"),
    *("byte changed", "byte lost", "quotation mark inserted", "plain blank"),
    *("full-width form", "quotation mark or comma of another script", "Traditional character"),
    *("column shifted down", "line break in a cell"),
}
# A problem of several rows is reported at one of them.
OF_SEVERAL = {"dimension without one standard unit", "spelling used twice", "rows out of order"}


class Outcome(NamedTuple):
    """What became of a damage, the table, and the problems that were found."""

    word: str
    table: str
    problems: pd.DataFrame


def find_part(table: str) -> str:
    return f"{'reference' if table in REFERENCE else 'coded'}/{table}.csv"


@cache
def read_shipped(table: str) -> Cells:
    return read_cells((DATA / find_part(table)).read_bytes())


@cache
def slice_data(table: str, host: str) -> dict[str, bytes]:
    """Cut out of the data set the documents of a table, with all that belongs to them.

    A reference table is cut to what a coded one, its host, needs.
    """
    whole = host if table in REFERENCE else table
    held = {line[0] for line in read_shipped(whole)[1:]}
    kept = {
        name: [cells[0], *(line for line in cells[1:] if line[0].partition(":")[0] in held)]
        for name in ("documents", "hazards", *FILES, "excluded")
        for cells in [read_shipped(name)]
    }
    if table in REFERENCE and table not in kept:
        rows = pd.concat(pd.DataFrame(kept[name][1:], columns=kept[name][0]) for name in FILES)
        used = {*rows[KEYS[table]], "henan"} if table in KEYS else None
        first, *lines = read_shipped(table)
        kept[table] = [first, *(line for line in lines if used is None or line[0] in used)]
    return {find_part(name): write_cells(cells) for name, cells in kept.items() if len(cells) > 1}


def tell(file: Path, table: str) -> pd.DataFrame:
    """Tell what a table says, in whatever order: a coded one by its tidy rows."""
    rows, _ = read_sheets(file, SCHEMAS.get(table, CODED))
    told = rows.drop(columns=["file", "row"]) if table in SCHEMAS else tidy(rows)
    return told.sort_values([*told.columns], ignore_index=True)


def find_report(problems: pd.DataFrame, file: Path, lines: set[int]) -> str:
    """Tell whether a problem points to the damage, to another table, or to another line."""
    here = problems[problems.file.eq(file.as_posix())]
    if here.empty:
        return "reported beside" if len(problems) else ""
    there = here.row.eq("") | here.row.isin(map(str, lines)) | here.rule.isin(OF_SEVERAL)
    return "reported" if not lines or there.any() else "reported elsewhere"


def try_damage(kind: str, seed: int, folder: Path) -> Outcome:
    """Damage a shipped table in one way, and judge what is said about it."""
    chance = Random(f"{kind} {seed}")
    table, host = chance.choice(TABLES), chance.choice(FILES)
    for name, raw in slice_data(table, host).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(raw)
    file = folder / find_part(table)
    before = tell(file, table)
    damaged, lines = damage_table(kind, file.read_bytes(), chance)
    file.write_bytes(damaged)
    problems = check(folder / "coded")
    if (word := find_report(problems, file, lines)) in ("reported", "reported beside"):
        return Outcome(word, table, problems)
    after = tell(file, table)
    if after.equals(before):
        return Outcome("harmless", table, problems)
    if word:
        return Outcome(word, table, problems)
    if table not in REFERENCE and TEXTS.is_dir():
        problems = check(folder / "coded", documents=TEXTS)
        if len(problems):
            return Outcome("found with the text", table, problems)
        if table == "excluded":
            # Every numeral of the text is still accounted for once.
            return Outcome("harmless", table, problems)
    named = list_changes({"statements": before}, {"statements": after})
    return Outcome("named by a build" if len(named) else "silent", table, problems)


@pytest.mark.parametrize("table", [*FILES, *SCHEMAS])
def test_what_is_damaged_below_is_without_a_fault_before(tmp_path: Path, table: str) -> None:
    for name, raw in slice_data(table, "henan").items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    texts = TEXTS if TEXTS.is_dir() and table in FILES else None
    assert check(tmp_path / "coded", documents=texts).values.tolist() == []


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damage_is_reported_where_it_is_or_changes_nothing(tmp_path: Path, kind: str) -> None:
    allowed = {"reported", "reported beside", "harmless", "found with the text"}
    allowed |= {"named by a build"} if kind in PLAUSIBLE else set()
    for seed in range(CASES):
        (tmp_path / str(seed)).mkdir()
        found = try_damage(kind, seed, tmp_path / str(seed))
        told = found.problems.head(3).to_dict("records")
        assert found.word in allowed, (seed, found.table, told)
        assert found.problems.allowed.ne("").all(), seed


def test_a_thousand_damages_are_tried() -> None:
    assert len(DAMAGES) * ALL >= 1000
    assert {*DAMAGES} >= PLAUSIBLE
