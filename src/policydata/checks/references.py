"""Reference tables of the caller's own, held against each other and the coding; ours need none.

A rule is a function named for what is wrong; it takes one table and gives the offending rows.
"""

from __future__ import annotations

import pandas as pd

from policydata.checks.form import list_form_problems
from policydata.checks.inputs import Coding, report
from policydata.problems import find_nearest
from policydata.statements import name_statements
from policydata.units import FACTOR


def list_reference_problems(coding: Coding) -> pd.DataFrame:
    """List what keeps the caller's own reference tables from being used."""
    found = [coding.unread_own, list_form_problems(coding.own, coding.reference)]
    found += [rule(coding.own[name], coding) for name, rule in _RULES if name in coding.own]
    return pd.concat(found, ignore_index=True)


def _checksum_and_scope_that_disagree(rows: pd.DataFrame, _: Coding) -> pd.DataFrame:
    needs = rows.scope.map({"full_text": True, "excerpt": False})
    rows = rows[needs.notna() & needs.ne(rows.sha256.ne(""))]
    allowed = "a checksum for a full_text, none for an excerpt"
    return report(rows, "sha256", "checksum and scope disagree", allowed)


def _hazard_of_no_statement(rows: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    stated = name_statements(coding.coded)
    # A coded table that could not be read may hold any statement.
    was_read = coding.unread.level.ne("error").all()
    rows = rows[~rows.statement_id.isin([*stated, ""]) & was_read]
    near = [find_nearest(value, stated) for value in rows.statement_id]
    allowed = "document:n of a coded statement"
    return report(rows, "statement_id", "unknown statement", allowed, near)


def _unit_that_is_no_standard(rows: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    units = coding.reference["units"]
    # One whose factor is wrong may be a standard unit.
    known = units.symbol[units.factor.eq("1") | ~units.factor.str.fullmatch(FACTOR)]
    rows = rows[~rows.unit.isin([*known, ""])]
    near = [find_nearest(value, known) for value in rows.unit]
    return report(rows, "unit", "unknown unit", "symbol with factor 1 in units.csv", near)


def _dimension_without_one_standard_unit(rows: pd.DataFrame, _: Coding) -> pd.DataFrame:
    wrong = rows.dimension[~rows.factor.str.fullmatch(FACTOR)]
    rows = rows[~rows.dimension.isin([*wrong, ""])]
    standards = rows[rows.factor.eq("1")].groupby("dimension").symbol.nunique()
    rows = rows[rows.dimension.map(standards).ne(1)].drop_duplicates("dimension")
    allowed = "a dimension with one symbol of factor 1"
    return report(rows, "dimension", "dimension without one standard unit", allowed)


_RULES = (
    ("documents", _checksum_and_scope_that_disagree),
    ("hazards", _hazard_of_no_statement),
    ("indicators", _unit_that_is_no_standard),
    ("units", _dimension_without_one_standard_unit),
)
