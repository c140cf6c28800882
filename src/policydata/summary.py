"""What is in the data and what is not: coverage with three states, none of them a blank."""

from __future__ import annotations

from itertools import product
from typing import Any

import pandas as pd

from policydata.conditions import Names, Years, match_conditions, quote_values
from policydata.load import load_documents, load_indicators, load_places, load_statements

__all__ = ["STATES", "coverage"]

STATES = ("not coded", "none stated", "stated")
_CELL = ["place", "year", "indicator"]


def coverage(
    *, place: Names = None, indicator: Names = None, domain: Names = None, year: Years = None
) -> pd.DataFrame:
    """Tell for every place, year and indicator whether a figure is stated, one row a cell.

    Parameters
    ----------
    place, indicator, domain, year : optional
        As in `load_statements`; the grid spans what they name, and all places, all indicators and
        every year from the first stated to the last where they are left out; of the indicators
        named those of the domains named.  A figure counts in the last year of its period alone: a
        five-year figure is not spread.

    Returns
    -------
    pandas.DataFrame
        `place`, `year`, `indicator`, `statements` (how many) and `state`: *stated*; *none stated*
        (a document read in full speaks of that place and year and gives no such figure); *not
        coded* (no such document was read).

    Raises
    ------
    ValueError
        Where a name is not known, with the nearest known ones, or where no indicator named is of
        a domain named.

    Examples
    --------
    >>> cells = coverage(indicator="rd_intensity", place=["郑州", "开封", "安阳"], year=2023)
    >>> cells[["place", "state"]].values.tolist()
    [['zhengzhou', 'stated'], ['kaifeng', 'none stated'], ['anyang', 'not coded']]
    """
    names = match_conditions(place, indicator, domain, year)
    dated = load_statements().dropna(subset=["year"])
    counts = dated.groupby(_CELL, observed=True).size()
    grid = pd.DataFrame(_span(names, dated.year), columns=_CELL).astype({"year": "Int64"})
    cells = grid.join(counts.rename("statements"), on=_CELL).fillna({"statements": 0})
    state = _name_states(cells, _list_read_in_full(dated))
    return cells.assign(statements=cells.statements.astype("Int64"), state=state)


def _span(names: dict[str, list[Any] | None], years: pd.Series) -> list[tuple[str, int, str]]:
    """List the cells that the named, or all, places, years and indicators span."""
    return list(
        product(
            names["place"] or load_places().id,
            names["year"] or range(years.min(), years.max() + 1),
            _choose_indicators(names["indicator"], names["domain"]),
        )
    )


def _choose_indicators(codes: list[str] | None, domains: list[str] | None) -> list[str]:
    """List the indicators that are named, or all, where they are of the domains named."""
    domain = load_indicators().set_index("code").domain
    named = domain if codes is None else domain.loc[codes]
    chosen = named if domains is None else named[named.isin(domains)]
    if chosen.empty:
        raise ValueError(
            f"No indicator {quote_values(codes or [])} has domain {quote_values(domains or [])}; "
            f"allowed with it: domain {quote_values(named.unique())}."
        )
    return list(chosen.index)


def _list_read_in_full(dated: pd.DataFrame) -> set[tuple[str, int]]:
    """List the places and years of which a document read in full speaks."""
    documents = load_documents()
    full = documents[documents.scope.eq("full_text")].id
    rows = dated[dated.document.isin(full)]
    return set(zip(rows.place, rows.year, strict=True))


def _name_states(cells: pd.DataFrame, read_in_full: set[tuple[str, int]]) -> pd.Categorical:
    """Name the state of each cell."""
    read = [pair in read_in_full for pair in zip(cells.place, cells.year, strict=True)]
    states = cells.statements.gt(0).map({True: "stated", False: ""})
    states = states.where(
        states.ne(""), pd.Series(read, index=cells.index).map({True: STATES[1], False: STATES[0]})
    )
    return pd.Categorical(states, categories=STATES, ordered=True)
