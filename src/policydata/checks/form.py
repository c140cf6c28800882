"""The form of each cell, column by column, as the column records ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from policydata.checks.coding import Coding, report
from policydata.coded import list_problems
from policydata.columns import Column
from policydata.errors import RULES, find_nearest
from policydata.schema import CODED, EXCLUDED, REASONS
from policydata.units import FACTOR

__all__ = ["list_faulty_cells", "list_form_problems", "list_line_ends"]

_EDGE_OR_INVISIBLE = r"^\s|\s$|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08]"


class Form(NamedTuple):
    """The rule that a cell of another form breaks, what is allowed, and the words it may be."""

    rule: str
    allowed: str
    words: tuple[str, ...] = ()
    pattern: str = ""


_PLAIN = Form("hidden character", "no blank at the edge and no invisible character")
# By the form of a column, or by its kind where it has none.
_FORMS = {
    "integer": Form("not a whole number", "1, 2, 3 …", pattern="[1-9][0-9]*"),
    "address": Form(
        "not a web address",
        "an address with its https:// or http://",
        pattern=r"https?://[^\s/]\S*",
    ),
    "checksum": Form(
        "not a checksum", "SHA-256: 64 digits of 0 to 9 and a to f", pattern="[0-9a-f]{64}"
    ),
    "division_code": Form(
        "not a division code", "six digits, GB/T 2260: 410100", pattern="[0-9]{6}"
    ),
    "factor": Form(
        "not an exact factor", "a whole number or a fraction: 1000, 1/15", pattern=FACTOR
    ),
    "reason": Form(
        "reason not in the vocabulary",
        ", ".join([*REASONS, "part_of:n"]),
        REASONS,
        rf"{'|'.join(REASONS)}|part_of:[0-9]+",
    ),
}


def list_form_problems(coding: Coding) -> pd.DataFrame:
    """List the cells of both coded tables that do not have the form of their column."""
    tables = ((coding.coded, CODED), (coding.excluded, EXCLUDED))
    return pd.concat([list_faulty_cells(*table) for table in tables], ignore_index=True)


def list_line_ends(coding: Coding) -> pd.DataFrame:
    """List the CSV files whose lines do not end as ours do; they are read all the same."""
    tables = (coding.coded, coding.excluded, *coding.own.values())
    files = pd.concat([table.file for table in tables]).unique()
    there = [Path(file) for file in files if Path(file).suffix == ".csv" and Path(file).is_file()]
    wrong = [file.as_posix() for file in there if not _ends_in_lf(file.read_bytes())]
    rule = "line ends"
    facts = {"level": RULES[rule], "rule": rule, "allowed": "LF alone, and one behind the last row"}
    return list_problems([{"file": file, **facts} for file in wrong])


def list_faulty_cells(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """List the cells of a typed table that do not have the form of their column."""
    found = [
        _describe(frame[wrong], column.name, form)
        for column in columns
        for form, wrong in _judge(frame[column.name], column)
        if wrong.any()
    ]
    return pd.concat(found, ignore_index=True) if found else list_problems([])


def _judge(cells: pd.Series, column: Column) -> Iterator[tuple[Form, pd.Series]]:
    """Give each form that a column asks for, and which of its cells lack it."""
    yield _PLAIN, cells.str.contains(_EDGE_OR_INVISIBLE)
    if column.required:
        yield Form("blank cell", column.meaning), cells.eq("")
    if column.words:
        allowed = ", ".join(column.words)
        form = Form("word not in the vocabulary", allowed, column.words)
        yield form, ~cells.isin([*column.words, ""])
    if asked := _FORMS.get(column.form or column.kind):
        yield asked, cells.ne("") & ~cells.str.fullmatch(asked.pattern)


def _describe(rows: pd.DataFrame, column: str, form: Form) -> pd.DataFrame:
    """Say what a form allows instead, and which allowed word is near."""
    near = [find_nearest(value, form.words) for value in rows[column]]
    return report(rows, column, form.rule, form.allowed, near)


def _ends_in_lf(raw: bytes) -> bool:
    """Tell whether every line ends in LF alone, and the last one does so once."""
    return b"\r" not in raw and raw.endswith(b"\n") and not raw.endswith(b"\n\n")
