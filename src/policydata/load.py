"""The shipped tables with their dtypes, filtered by exact names; every call returns a copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from policydata.columns import (
    Column,
    document_columns,
    name_columns,
    quote_values,
    refuse_all,
    require_columns,
    take_rows,
)
from policydata.distinct import find_distinct
from policydata.messages import say
from policydata.names import keep_rows, list_values, match_conditions, match_words
from policydata.schema import DOCUMENTS, HAZARDS, INDICATORS, PLACES, STATEMENTS, UNITS
from policydata.tables import Names, Years, read_table
from policydata.units import list_units

# The table with the names that a condition knows.
_NAMED_IN = {"place": "places", "indicator": "indicators", "domain": "indicators"}


@document_columns(STATEMENTS)
def load_statements(
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    place_level: Names = None,
    measure: Names = None,
    status: Names = None,
    without: Names = None,
) -> pd.DataFrame:
    """Load the tidy table, one row per figure that a document states.

    Parameters
    ----------
    place : str or iterable of str, optional
        Places by id, division code or any accepted spelling (`zhengzhou`, `410100`, `郑州`).
    indicator : str or iterable of str, optional
        Indicators by code or by Chinese or English name.
    domain : str or iterable of str, optional
        Domains of indicators (`investment`, `innovation`, `agriculture` …).
    year : int, str or iterable of these, optional
        Years (`2023`, `"2023"`); a period counts in its last year.
    place_level, measure, status : str or iterable of str, optional
        Words of these columns: `prefecture` leaves out the province, `growth_rate` the levels.
    without : str or iterable of str, optional
        Hazards (`reprint`, `single_source`, `bound_only` …); rows with any of them are left out.

    Returns
    -------
    pandas.DataFrame
        Rows are sorted by document, then number.  The columns:

        {columns}

    Raises
    ------
    ValueError
        If a name is not known (the message lists the nearest known names), or if no row is left
        (the message names the condition that removed the last rows).

    Examples
    --------
    >>> targets = load_statements(place="郑州", indicator="boutique_villages")
    >>> print(targets[["statement_id", "value_text", "low", "high"]].to_string(index=False))
                     statement_id value_text  low  high
    zhengzhou-2023-work-report:72     20—30个 20.0  30.0
    """
    named = {"place_level": place_level, "measure": measure, "status": status}
    return _load(without, place=place, indicator=indicator, domain=domain, year=year, **named)


def load_targets(
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    place_level: Names = None,
    measure: Names = None,
    without: Names = None,
) -> pd.DataFrame:
    """Load targets: the rows of `load_statements` whose `status` is `target`."""
    named = {"place_level": place_level, "measure": measure, "status": "target"}
    return _load(without, place=place, indicator=indicator, domain=domain, year=year, **named)


def load_outcomes(
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    place_level: Names = None,
    measure: Names = None,
    without: Names = None,
) -> pd.DataFrame:
    """Load outcomes: rows of `load_statements` whose `status` is `outcome`, not `estimate`."""
    named = {"place_level": place_level, "measure": measure, "status": "outcome"}
    return _load(without, place=place, indicator=indicator, domain=domain, year=year, **named)


@document_columns(DOCUMENTS)
def load_documents() -> pd.DataFrame:
    """Load the documents, one row per source text.

    Returns
    -------
    pandas.DataFrame
        The columns:

        {columns}
    """
    return take_rows(read_table("documents"), DOCUMENTS)


@document_columns(PLACES)
def load_places() -> pd.DataFrame:
    """Load the places, one row per province, prefecture or directly administered city.

    Returns
    -------
    pandas.DataFrame
        The columns:

        {columns}
    """
    return take_rows(read_table("places"), PLACES)


@document_columns(INDICATORS)
def load_indicators() -> pd.DataFrame:
    """Load the indicators, one row per quantity that documents state.

    Returns
    -------
    pandas.DataFrame
        The columns:

        {columns}
    """
    return take_rows(read_table("indicators"), INDICATORS)


@document_columns(UNITS)
def load_units() -> pd.DataFrame:
    """Load the units, one row per unit as documents write it.

    Returns
    -------
    pandas.DataFrame
        The columns:

        {columns}

    Examples
    --------
    >>> units = load_units().set_index("text")
    >>> units.loc["公斤/亩", ["symbol", "dimension", "factor"]].tolist()
    ['kg/mu', 'yield', '15']
    """
    return take_rows(read_table("units"), UNITS)


def take_statements(given: pd.DataFrame | None, needed: Iterable[str]) -> pd.DataFrame:
    """Take the given rows with the dtypes of the tidy table, each statement once; else all rows.

    Parameters
    ----------
    given : pandas.DataFrame, optional
        Rows of `load_statements`, unchanged or read back from a file.
    needed : iterable of str
        The columns that are read.
    """
    if given is None:
        return _statements()
    require_columns(given, needed, "rows of load_statements()")
    return keep_once(take_rows(given, STATEMENTS), ["statement_id"], STATEMENTS)


def choose_statements(
    given: pd.DataFrame | None,
    needed: Iterable[str],
    tables: Mapping[str, pd.DataFrame],
    **named: Any,
) -> pd.DataFrame:
    """Keep those of the given rows, or of all rows, that meet the conditions."""
    rows = take_statements(given, needed)
    held = None if given is None else rows
    return keep_rows(rows, match_conditions(**named, tables=tables, rows=held))


def keep_once(rows: pd.DataFrame, key: Sequence[str], columns: Sequence[Column]) -> pd.DataFrame:
    """Keep a repeated row once; refuse different rows with the same key."""
    if not rows.duplicated(key).any():
        return rows.reset_index(drop=True)
    own = [name for name in name_columns(columns) if name in rows]
    once = rows.drop_duplicates(own)
    differing = once[once.duplicated(key, keep=False)]
    lines = []
    for _, group in differing.groupby(key, sort=False):
        differ = [name for name in own if group[name].nunique(dropna=False) > 1]
        found = {"key": key[0], "values": quote_values(group[key[0]].unique())}
        found |= {"column": differ[0], "others": quote_values(group[differ[0]].unique())}
        refused = "{key} {values} has {count} different rows: {column} {others}; keep one of them."
        lines.append(say(refused, **found, count=len(group)))
    refuse_all(lines)
    return once.reset_index(drop=True)


def carries_hazard(rows: pd.DataFrame, hazards: Iterable[str]) -> pd.Series:
    """Tell whether each row carries one of the hazards."""
    found = find_distinct(rows.hazards.fillna(""))
    carried = [not set(hazards).isdisjoint(words.split()) for words in found.rows.hazards]
    return found.give(pd.Series(carried, dtype="bool"))


def leave_out_hazards(rows: pd.DataFrame, without: Names) -> pd.DataFrame:
    """Leave out the rows with any of the hazards; refuse if no row is left."""
    hazards = [] if without is None else match_words(list_values(without), HAZARDS, "hazard")
    marked = carries_hazard(rows, hazards)
    if len(rows) and marked.all():
        refused = "No row is left: each of the {count} rows carries {hazards}."
        raise ValueError(say(refused, count=len(rows), hazards=quote_values(hazards)))
    return rows[~marked].reset_index(drop=True)


def leave_out_repeats(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out figures that repeat another statement of their document."""
    return rows[~carries_hazard(rows, ["repeat"])] if "hazards" in rows else rows


def forget() -> None:
    """Read the shipped tables again at the next call, after a build has replaced them."""
    for read in (read_table, list_units, _statements):
        read.cache_clear()


@cache
def _statements() -> pd.DataFrame:
    texts = read_table("statements")
    # The table is the package's own: a number in it is read without a look at its form.
    numbers = {
        column.name: [float(cell or "nan") for cell in texts[column.name].tolist()]
        for column in STATEMENTS
        if column.kind == "number"
    }
    return take_rows(texts.assign(**numbers), STATEMENTS)


def _load(without: Names, **named: Any) -> pd.DataFrame:
    """Keep the shipped statements that meet every condition and do not carry a hazard."""
    asked = {_NAMED_IN[name] for name in _NAMED_IN if named[name] is not None}
    tables = {name: read_table(name) for name in asked}
    return leave_out_hazards(
        keep_rows(_statements(), match_conditions(**named, tables=tables)), without
    )
