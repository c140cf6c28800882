"""Reference tables of the caller's own, held against their records, each other and the coding.

Each rule is a function named for what is wrong; it gives the offending rows, or none.
"""

from __future__ import annotations

import pandas as pd

from policydata.checks.coding import Coding, report
from policydata.checks.form import list_faulty_cells
from policydata.checks.names import KEYS, list_names
from policydata.checks.order import find_misplaced
from policydata.checks.reading import make_empty
from policydata.coded import list_problems
from policydata.columns import name_columns
from policydata.errors import find_nearest
from policydata.periods import ALLOWED, read_periods
from policydata.schema import PROBLEMS, REFERENCE
from policydata.statements import name_statements
from policydata.units import FACTOR

__all__ = ["list_reference_problems"]

_UNIQUE = (
    *(("documents", "id"), ("documents", "sha256"), ("indicators", "code")),
    *(("places", "id"), ("places", "code"), ("units", "text")),
)


def list_reference_problems(coding: Coding) -> pd.DataFrame:
    """List what keeps the caller's own reference tables from being used; ours need no check."""
    form = [list_faulty_cells(table, REFERENCE[name]) for name, table in coding.own.items()]
    rules = [rule(coding) for rule in RULES]
    found = pd.concat([coding.unread_own, *form, *rules], ignore_index=True)
    return found[name_columns(PROBLEMS)].astype("str")


def key_used_twice(coding: Coding) -> pd.DataFrame:
    """Find ids, codes and units that a table holds again."""
    found = []
    for name, key in _UNIQUE:
        rows = _take(coding, name)
        rows = rows[rows[key].ne("") & rows.duplicated(key)]
        allowed = f"{key} not yet used in {name}.csv"
        found.append(report(rows, key, "two rows with one id", allowed))
    return pd.concat(found)


def rows_out_of_order(coding: Coding) -> pd.DataFrame:
    """Find rows that are not sorted by the key of their table."""
    found = []
    for name, (key, *_) in KEYS.items():
        rows = find_misplaced(_take(coding, name), [key])
        found.append(report(rows, key, "rows out of order", f"by {key}", rows.place_in_file))
    return pd.concat(found)


def spelling_used_twice(coding: Coding) -> pd.DataFrame:
    """Find names by which two places, or two indicators, would be known."""
    found = []
    for table in ("places", "indicators"):
        names = list_names(_take(coding, table), KEYS[table])
        owner = names.groupby("known_as").key.transform("first")
        unique = [key for name, key in _UNIQUE if name == table]
        shared = names.assign(owner=owner)[names.key.ne(owner) & ~names.column.isin(unique)]
        for column, rows in shared.groupby("column"):
            allowed = "a name that " + rows.owner + " does not have"
            named = rows.assign(**{column: rows.name})
            found.append(report(named, column, "spelling used twice", allowed))
    return pd.concat(found) if found else list_problems([])


def checksum_and_scope_that_disagree(coding: Coding) -> pd.DataFrame:
    """Find full texts without a checksum, and excerpts with one."""
    rows = _take(coding, "documents")
    needs = rows.scope.map({"full_text": True, "excerpt": False})
    rows = rows[needs.notna() & needs.ne(rows.sha256.ne(""))]
    allowed = "a checksum for a full_text, none for an excerpt"
    return report(rows, "sha256", "checksum and scope disagree", allowed)


def hazard_given_twice(coding: Coding) -> pd.DataFrame:
    """Find hazards that a statement is given again."""
    rows = _take(coding, "hazards")
    rows = rows[rows.duplicated(["statement_id", "hazard"])]
    allowed = "a hazard that the statement has not yet"
    return report(rows, "hazard", "two rows with one id", allowed)


def hazard_of_no_statement(coding: Coding) -> pd.DataFrame:
    """Find hazards of statements that are not coded, where every coded table could be read."""
    stated = name_statements(coding.coded)
    rows = _take(coding, "hazards")
    was_read = coding.unread.level.ne("error").all()
    rows = rows[~rows.statement_id.isin([*stated, ""]) & was_read]
    near = [find_nearest(value, stated) for value in rows.statement_id]
    allowed = "document:n of a coded statement"
    return report(rows, "statement_id", "unknown statement", allowed, near)


def parent_that_is_no_place(coding: Coding) -> pd.DataFrame:
    """Find parents that the table of places does not hold."""
    places = _take(coding, "places")
    rows = places[~places.parent.isin([*places.id, ""])]
    near = [find_nearest(value, places.id) for value in rows.parent]
    return report(rows, "parent", "unknown place", "id in places.csv", near)


def unit_that_is_no_standard(coding: Coding) -> pd.DataFrame:
    """Find units of indicators that are no standard unit; one whose factor is wrong may be."""
    units = coding.reference["units"]
    may_be = units.factor.eq("1") | ~units.factor.str.fullmatch(FACTOR)
    known = units.symbol[may_be]
    rows = _take(coding, "indicators")
    rows = rows[~rows.unit.isin([*known, ""])]
    near = [find_nearest(value, known) for value in rows.unit]
    return report(rows, "unit", "unknown unit", "symbol with factor 1 in units.csv", near)


def dimension_without_one_standard_unit(coding: Coding) -> pd.DataFrame:
    """Find dimensions in which no symbol, or more than one, has the factor 1."""
    rows = _take(coding, "units")
    wrong = rows.dimension[~rows.factor.str.fullmatch(FACTOR)]
    rows = rows[~rows.dimension.isin([*wrong, ""])]
    standards = rows[rows.factor.eq("1")].groupby("dimension").symbol.nunique()
    rows = rows[rows.dimension.map(standards).ne(1)].drop_duplicates("dimension")
    allowed = "a dimension with one symbol of factor 1"
    return report(rows, "dimension", "dimension without one standard unit", allowed)


def publication_that_is_no_date(coding: Coding) -> pd.DataFrame:
    """Find dates of publication that ISO 8601 does not know."""
    rows = _take(coding, "documents")
    rows = rows[~read_periods(rows.published).readable]
    return report(rows, "published", "period that is not a period", ALLOWED)


def _take(coding: Coding, name: str) -> pd.DataFrame:
    """Take a table of the caller's own; it has no row where the caller has none."""
    return coding.own[name] if name in coding.own else make_empty(REFERENCE[name])


RULES = (
    key_used_twice,
    rows_out_of_order,
    spelling_used_twice,
    checksum_and_scope_that_disagree,
    hazard_given_twice,
    hazard_of_no_statement,
    parent_that_is_no_place,
    unit_that_is_no_standard,
    dimension_without_one_standard_unit,
    publication_that_is_no_date,
)
