"""The form of each cell, column by column, as the column records ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from policydata.checks.coding import FACTOR, Coding, report
from policydata.columns import Column
from policydata.errors import find_nearest
from policydata.schema import CODED, EXCLUDED
from policydata.vocabulary import REASONS

__all__ = ["list_faulty_cells", "list_form_problems"]

_EDGE_OR_INVISIBLE = r"^\s|\s$|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08]"


class Form(NamedTuple):
    """What a cell has to match where it is not blank: the rule it breaks, and what is allowed."""

    rule: str
    pattern: str
    allowed: str
    words: tuple[str, ...] = ()


# By the form of a column, or by its kind where it has none.
_FORMS = {
    "integer": Form("not a whole number", "[1-9][0-9]*", "1, 2, 3 …"),
    "address": Form(
        "not a web address", r"https?://[^\s/]\S*", "an address with its https:// or http://"
    ),
    "checksum": Form("not a checksum", "[0-9a-f]{64}", "SHA-256: 64 digits of 0 to 9 and a to f"),
    "division_code": Form("not a division code", "[0-9]{6}", "six digits, GB/T 2260: 410100"),
    "factor": Form("not an exact factor", FACTOR, "a whole number or a fraction: 1000, 1/15"),
    "reason": Form(
        "reason not in the vocabulary",
        rf"{'|'.join(REASONS)}|part_of:[0-9]+",
        ", ".join([*REASONS, "part_of:n"]),
        REASONS,
    ),
}


def list_form_problems(coding: Coding) -> pd.DataFrame:
    """List the cells of both coded tables that do not have the form of their column."""
    tables = ((coding.coded, CODED), (coding.excluded, EXCLUDED))
    return pd.concat([list_faulty_cells(*table) for table in tables], ignore_index=True)


def list_faulty_cells(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """List the cells of a typed table that do not have the form of their column."""
    return pd.concat([_list_faults(frame, column) for column in columns], ignore_index=True)


def _list_faults(frame: pd.DataFrame, column: Column) -> pd.DataFrame:
    """List the faulty cells of one column."""
    cells = frame[column.name]
    hidden = frame[cells.str.contains(_EDGE_OR_INVISIBLE)]
    plain = "no blank at the edge and no invisible character"
    found = [report(hidden, column.name, "hidden character", plain)]
    if column.required:
        found.append(report(frame[cells.eq("")], column.name, "blank cell", column.meaning))
    if column.words:
        rule, words = "word not in the vocabulary", list(column.words)
        other = frame[~cells.isin([*words, ""])]
        near = [find_nearest(value, words) for value in other[column.name]]
        found.append(report(other, column.name, rule, ", ".join(words), near))
    if form := _FORMS.get(column.form or column.kind):
        other = frame[cells.ne("") & ~cells.str.fullmatch(form.pattern)]
        near = [find_nearest(value, form.words) for value in other[column.name]]
        found.append(report(other, column.name, form.rule, form.allowed, near))
    return pd.concat(found)
