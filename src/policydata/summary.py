"""What is in the data and what is not: coverage in three states, never a blank."""

from __future__ import annotations

from itertools import product

import pandas as pd

from policydata.columns import document_columns, quote_values, set_dtypes
from policydata.load import leave_out_repeats, take_statements
from policydata.names import match_conditions
from policydata.schema import COVERED, STATES
from policydata.tables import Names, Reference, Years, take_reference

NOT_CODED, NONE_STATED, STATED = STATES
_CELL = ["place", "year", "indicator"]


@document_columns(COVERED)
def coverage(
    statements: pd.DataFrame | None = None,
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    reference: Reference = None,
) -> pd.DataFrame:
    """Tell for every place, year and indicator whether a figure is stated, one row per cell.

    Parameters
    ----------
    {statements}
    place, indicator, domain, year : optional
        As in `load_statements`.  The grid has a cell for each combination; a condition that is not
        given stands for all places, all indicators, or every year from the first to the last
        stated.  If indicators and domains are given, only the indicators in these domains are used.
        A figure counts only in the last year of its period: a five-year figure is not spread.
        Names in rows that are given are known and included too.
    {reference}

    Returns
    -------
    pandas.DataFrame
        `state` is *stated*; *none stated* (a document read in full has figures for that place and
        year, but not this one); or *not coded* (no such document was read).  The columns:

    {columns}

    Raises
    ------
    ValueError
        If a name is not known (the message lists the nearest known names), if none of the given
        indicators is in a given domain, if no year is given or stated, or if a given table cannot
        be used, as in `compare`.
    TypeError
        If what is given is not a table.

    Examples
    --------
    >>> cells = coverage(indicator="rd_intensity", place=["郑州", "开封", "安阳"], year=2023)
    >>> cells[["place", "state"]].values.tolist()
    [['zhengzhou', 'stated'], ['kaifeng', 'none stated'], ['anyang', 'not coded']]
    """
    tables = take_reference(
        reference, documents=["id", "scope"], indicators=["code", "domain"], places=["id"]
    )
    rows = take_statements(statements, [*_CELL, "document", "statement_id"])
    held = rows if statements is not None else rows.head(0)
    names = match_conditions(place, indicator, domain, year, tables=tables, rows=held)
    dated = rows.dropna(subset=["year"])
    places = [key for key in dict.fromkeys([*tables["places"].id, *held.place]) if key]
    counts = leave_out_repeats(dated).groupby(_CELL, observed=True).size()
    spanned = product(
        names["place"] or places,
        names["year"] or _list_years(dated.year),
        _choose_indicators(names["indicator"], names["domain"], tables["indicators"], held),
    )
    grid = pd.DataFrame(spanned, columns=_CELL)
    cells = grid.join(counts.rename("statements"), on=_CELL).fillna({"statements": 0})
    in_full = dated.document.isin(tables["documents"].query("scope == 'full_text'").id)
    read = pd.MultiIndex.from_frame(dated.loc[in_full, ["place", "year"]])
    silent = pd.MultiIndex.from_frame(cells[["place", "year"]]).isin(read)
    state = pd.Series(silent, cells.index).map({True: NONE_STATED, False: NOT_CODED})
    return set_dtypes(cells.assign(state=state.mask(cells.statements.gt(0), STATED)), COVERED)


def _list_years(years: pd.Series) -> range:
    if years.empty:
        raise ValueError("No row has a year; name the years, as in year=2023.")
    return range(years.min(), years.max() + 1)


def _choose_indicators(
    codes: list[str] | None, domains: list[str] | None, table: pd.DataFrame, held: pd.DataFrame
) -> list[str]:
    """List the given indicators, or all of them, that are in the given domains."""
    stated = held.reindex(columns=["indicator", "domain"]).set_index("indicator").domain
    domain = pd.concat([table.set_index("code").domain, stated.astype("str")])
    domain = domain[~domain.index.duplicated() & (domain.index != "")]
    named = domain if codes is None else domain.loc[codes]
    chosen = named if domains is None else named[named.isin(domains)]
    if domains is not None and chosen.empty:
        which = f"indicator {quote_values(codes)}" if codes else "indicator"
        raise ValueError(
            f"No {which} has domain {quote_values(domains)}; "
            f"allowed with it: domain {quote_values(named.unique())}."
        )
    return list(chosen.index)
