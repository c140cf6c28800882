"""The form of each cell, column by column: a pandera schema made from the column records."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pandera.pandas as pa

from policydata.checks.coding import Coding, report
from policydata.columns import Column
from policydata.errors import find_nearest
from policydata.schema import CODED, EXCLUDED
from policydata.vocabulary import REASONS

__all__ = ["FACTOR", "list_faulty_cells", "list_form_problems", "make_schema"]

BLANK, VOCABULARY, INTEGER = "blank cell", "word not in the vocabulary", "not a whole number"
HIDDEN, REASON = "hidden character", "reason not in the vocabulary"
INEXACT = "not an exact factor"
# A factor is exact as a whole number or as a fraction of two.
FACTOR = r"[1-9][0-9]*(?:/[1-9][0-9]*)?"
_EDGE_OR_INVISIBLE = r"^\s|\s$|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08]"
_REASONS = rf"(?:{'|'.join(REASONS)}|part_of:[0-9]+)"


def list_form_problems(coding: Coding) -> pd.DataFrame:
    """List the cells of both coded tables that do not have the form of their column."""
    tables = ((coding.coded, CODED), (coding.excluded, EXCLUDED))
    return pd.concat([list_faulty_cells(*table) for table in tables], ignore_index=True)


def list_faulty_cells(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """List the cells of a typed table that do not have the form of their column."""
    try:
        make_schema(columns).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        named = {column.name: column for column in columns}
        failures = errors.failure_cases.groupby(["column", "check"], sort=False)
        parts = [
            _describe(frame.loc[cases["index"].astype(int)], named[column], rule)
            for (column, rule), cases in failures
        ]
        return pd.concat(parts, ignore_index=True)
    return report(frame.head(0), columns[0].name, BLANK, "")


def make_schema(columns: Sequence[Column]) -> pa.DataFrameSchema:
    """Make the pandera schema of a typed table from its column records."""
    return pa.DataFrameSchema(
        {column.name: pa.Column(checks=_list_checks(column)) for column in columns}
    )


def _list_checks(column: Column) -> list[pa.Check]:
    """List the checks of one column; a blank is judged by the first alone."""
    checks = [pa.Check(lambda cells: ~cells.str.contains(_EDGE_OR_INVISIBLE), name=HIDDEN)]
    if column.required:
        checks.append(pa.Check(lambda cells: cells.ne(""), name=BLANK))
    if column.words:
        checks.append(pa.Check(lambda cells: cells.isin([*column.words, ""]), name=VOCABULARY))
    if column.kind == "integer":
        checks.append(pa.Check(lambda cells: cells.str.fullmatch(r"[1-9][0-9]*|"), name=INTEGER))
    if column.name == "reason":
        checks.append(pa.Check(lambda cells: cells.str.fullmatch(rf"{_REASONS}|"), name=REASON))
    if column.name == "factor":
        checks.append(pa.Check(lambda cells: cells.str.fullmatch(rf"{FACTOR}|"), name=INEXACT))
    return checks


def _describe(rows: pd.DataFrame, column: Column, rule: str) -> pd.DataFrame:
    """Say what a column allows instead, and which allowed word is near."""
    words = REASONS if rule == REASON else column.words
    allowed = {
        BLANK: column.meaning,
        VOCABULARY: ", ".join(words),
        INTEGER: "1, 2, 3 …",
        INEXACT: "a whole number or a fraction: 1000, 1/15",
        HIDDEN: "no blank at the edge and no invisible character",
        REASON: ", ".join([*REASONS, "part_of:n"]),
    }[rule]
    nearest = [find_nearest(value, words) for value in rows[column.name]]
    return report(rows, column.name, rule, allowed, nearest)
