"""The shipped tables with their dtypes, filtered by exact names; every call hands out a copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from policydata.columns import document_columns, set_dtypes
from policydata.conditions import (
    Names,
    Years,
    keep_rows,
    leave_out,
    match_conditions,
    require_columns,
)
from policydata.schema import DOCUMENTS, INDICATORS, PLACES, STATEMENTS
from policydata.tables import forget_tables, read_table
from policydata.units import list_units

__all__ = [
    "choose_statements",
    "forget",
    "load_documents",
    "load_indicators",
    "load_outcomes",
    "load_places",
    "load_statements",
    "load_targets",
]


@document_columns(STATEMENTS)
def load_statements(
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    without: Names = None,
) -> pd.DataFrame:
    """Load the tidy table: one row a figure that one document states.

    Parameters
    ----------
    place : str or iterable of str, optional
        Places by id, division code or any accepted spelling (`zhengzhou`, `410100`, `郑州`).
    indicator : str or iterable of str, optional
        Indicators by code or by Chinese or English name.
    domain : str or iterable of str, optional
        Domains of indicators (`investment`, `innovation`, `agriculture` …).
    year : int, str or iterable of these, optional
        Last years of the periods (`2023`, `"2023"`).
    without : str or iterable of str, optional
        Hazards (`reprint`, `single_source`, `bound_only` …); rows that carry one are left out.

    Returns
    -------
    pandas.DataFrame
        Sorted by statement_id, with the columns

    {columns}

    Raises
    ------
    ValueError
        Where a name is not known, with the nearest known ones, or where no row is left, with the
        condition that emptied the table.

    Examples
    --------
    >>> targets = load_statements(place="郑州", indicator="boutique_villages")
    >>> print(targets[["statement_id", "value_text", "low", "high"]].to_string(index=False))
                     statement_id value_text  low  high
    zhengzhou-2023-work-report:72     20—30个 20.0  30.0
    """
    return _load(match_conditions(place, indicator, domain, year), without)


def load_targets(
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    without: Names = None,
) -> pd.DataFrame:
    """Load the targets alone: `load_statements` where `status` is `target`."""
    conditions = match_conditions(place, indicator, domain, year)
    return _load({**conditions, "status": ["target"]}, without)


def load_outcomes(
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    without: Names = None,
) -> pd.DataFrame:
    """Load what was reached: `load_statements` where `status` is `outcome`; estimates are none."""
    conditions = match_conditions(place, indicator, domain, year)
    return _load({**conditions, "status": ["outcome"]}, without)


@document_columns(DOCUMENTS)
def load_documents() -> pd.DataFrame:
    """Load the documents, one row a source text.

    Returns
    -------
    pandas.DataFrame
        With the columns

    {columns}
    """
    return set_dtypes(read_table("documents"), DOCUMENTS)


@document_columns(PLACES)
def load_places() -> pd.DataFrame:
    """Load the places, one row a province, prefecture or directly administered city.

    Returns
    -------
    pandas.DataFrame
        With the columns

    {columns}
    """
    return set_dtypes(read_table("places"), PLACES)


@document_columns(INDICATORS)
def load_indicators() -> pd.DataFrame:
    """Load the indicators, one row a quantity that documents state.

    Returns
    -------
    pandas.DataFrame
        With the columns

    {columns}
    """
    return set_dtypes(read_table("indicators"), INDICATORS)


def choose_statements(
    given: pd.DataFrame | None,
    conditions: Mapping[str, list[Any] | None],
    columns: Iterable[str],
) -> pd.DataFrame:
    """Keep what meets the conditions of the rows given, or of all where none are."""
    if given is None:
        return _load(conditions, None)
    conditioned = [name for name, allowed in conditions.items() if allowed is not None]
    require_columns(given, [*columns, *conditioned], "rows of load_statements()")
    return keep_rows(given, conditions)


def forget() -> None:
    """Read the shipped tables anew at the next call, after a build has replaced them."""
    forget_tables()
    list_units.cache_clear()
    _statements.cache_clear()


@cache
def _statements() -> pd.DataFrame:
    """Read the tidy table once."""
    return set_dtypes(_blank_to_missing(read_table("statements")), STATEMENTS)


def _blank_to_missing(table: pd.DataFrame) -> pd.DataFrame:
    """Turn blanks of numbers, dates and vocabularies into missing values; texts stay blank."""
    typed = [column.name for column in STATEMENTS if column.kind != "text" or column.words]
    return table.assign(**{name: table[name].replace("", None) for name in typed})


def _load(conditions: Mapping[str, list[Any] | None], without: Names) -> pd.DataFrame:
    """Keep the statements that meet every condition and carry none of the hazards."""
    return leave_out(keep_rows(_statements(), conditions), without).reset_index(drop=True)
