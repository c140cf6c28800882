"""What is in the data and what is not: coverage with three states, none of them a blank."""

from __future__ import annotations

from itertools import product

import pandas as pd

from policydata.load import Names, Years, load_documents, load_statements

__all__ = ["STATES", "coverage"]

STATES = ("not coded", "none stated", "stated")
_CELL = ["place", "year", "indicator"]


def coverage(
    *, place: Names = None, indicator: Names = None, domain: Names = None, year: Years = None
) -> pd.DataFrame:
    """Tell for every place, year and indicator whether a figure is stated, one row a cell.

    The grid spans the places, years and indicators of `load_statements` under the same conditions.
    A figure counts in the last year of its period alone: a five-year figure is not spread.

    Returns
    -------
    pandas.DataFrame
        `place`, `year`, `indicator`, `statements` (how many) and `state`: *stated*; *none stated*
        (a document read in full speaks of that place and year and gives no such figure); *not
        coded* (no such document was read).

    Raises
    ------
    ValueError
        As `load_statements`.

    Examples
    --------
    >>> cells = coverage(indicator=["rd_intensity", "gdp"], place="zhengzhou", year=2023)
    >>> cells.state.tolist()
    ['stated', 'stated']
    """
    rows = load_statements(place=place, indicator=indicator, domain=domain, year=year)
    dated = rows[rows.year.notna()]
    counts = dated.groupby(_CELL, observed=True).size()
    axes = [sorted(dated[name].unique()) for name in _CELL]
    grid = pd.DataFrame(list(product(*axes)), columns=_CELL).astype({"year": "Int64"})
    cells = grid.join(counts.rename("statements"), on=_CELL).fillna({"statements": 0})
    state = _name_states(cells, _list_read_in_full())
    return cells.assign(statements=cells.statements.astype("Int64"), state=state)


def _list_read_in_full() -> set[tuple[str, int]]:
    """List the places and years of which a document read in full speaks."""
    documents = load_documents()
    full = documents[documents.scope.eq("full_text")].id
    rows = load_statements()
    rows = rows[rows.document.isin(full) & rows.year.notna()]
    return set(zip(rows.place, rows.year, strict=True))


def _name_states(cells: pd.DataFrame, read_in_full: set[tuple[str, int]]) -> pd.Categorical:
    """Name the state of each cell."""
    read = [pair in read_in_full for pair in zip(cells.place, cells.year, strict=True)]
    states = cells.statements.gt(0).map({True: "stated", False: ""})
    states = states.where(
        states.ne(""), pd.Series(read, index=cells.index).map({True: STATES[1], False: STATES[0]})
    )
    return pd.Categorical(states, categories=STATES, ordered=True)
