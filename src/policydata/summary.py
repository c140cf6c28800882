"""What is in the data and what follows from it: coverage in three states, quotients of outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pandas as pd

from policydata.columns import document_columns, quote_values, set_dtypes
from policydata.comparison import prefer
from policydata.load import leave_out_repeats, take_statements
from policydata.names import match_conditions
from policydata.schema import COVERED, STATES
from policydata.tables import Names, Reference, Years, index_table, take_reference
from policydata.units import Units, read_unit, take_units

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


@document_columns()
def divide_outcomes(
    numerators: pd.DataFrame,
    denominators: pd.DataFrame,
    indicator: str,
    *,
    reference: Reference = None,
) -> pd.DataFrame:
    """Divide exact outcomes of one indicator by those of another, place by place, period by period.

    Parameters
    ----------
    numerators, denominators : pandas.DataFrame
        Rows of `load_statements`, each of one indicator and measure; of several documents the
        statement is used that `prefer` keeps.
    indicator : str
        Code of the indicator that the quotients are figures of.
    {reference}

    Returns
    -------
    pandas.DataFrame
        One row per quotient, with the columns of `load_statements`: `statement_id` is that of the
        numerator, `denominator_id` that of the denominator, and what documents write is blank.

    Raises
    ------
    ValueError
        If the indicator is not known, if no place and period has an outcome in both tables, or if
        the quotient of the units is not a unit of the indicator.

    Examples
    --------
    >>> from policydata import load_outcomes
    >>> grain = load_outcomes(indicator="grain_output", measure="level", place="henan", year=2020)
    >>> area = load_outcomes(indicator="grain_sown_area", measure="level", place="henan", year=2020)
    >>> divide_outcomes(grain, area, "grain_yield").value_std.round(1).tolist()
    [6356.2]
    """
    needed = ["code", "unit", "name_zh", "name_en", "domain"]
    tables = take_reference(reference, indicators=needed)
    code = (match_conditions(None, indicator, None, None, tables=tables)["indicator"] or [""])[0]
    above, below = (_keep_numbers(rows) for rows in (numerators, denominators))
    key = ["place", "period"]
    named = {"statement_id": "denominator_id", "value_std": "divisor", "unit_std": "per"}
    other = below.rename(columns=named)[[*key, *named.values(), "hazards"]]
    both = above.merge(other, on=key, suffixes=("", "_below"))
    facts = index_table(tables["indicators"], "code").loc[code]
    factor = _find_factor(pd.unique(both.unit_std + "/" + both.per), facts, take_units(tables))
    quotients = both.value_std / both.divisor * factor
    numbers = dict.fromkeys("low high value low_std high_std value_std".split(), quotients)
    carried = [
        " ".join(dict.fromkeys([*one.split(), *two.split()]))
        for one, two in zip(both.hazards, both.hazards_below, strict=True)
    ]
    written = dict.fromkeys(["value_text", "quote", "commitment", "note"], "")
    return both.assign(
        indicator=code,
        indicator_zh=facts.name_zh,
        indicator_en=facts.name_en,
        domain=facts.domain,
        measure="level",
        unit=facts.unit,
        unit_std=facts.unit,
        hazards=carried,
        **numbers,
        **written,
    ).drop(columns=["divisor", "per", "hazards_below"])


def _find_factor(written: Sequence[str], facts: pd.Series, units: Units) -> float:
    """Find the factor from the unit of quotients to that of their indicator."""
    if not len(written):
        raise ValueError("No place and period has an exact outcome in both tables.")
    unit = read_unit(written[0], units)
    if len(written) > 1 or unit is None or unit.standard != facts.unit:
        found = quote_values(written)
        raise ValueError(f'The quotients are in {found}; allowed for {facts.name}: "{facts.unit}".')
    return float(unit.factor)


def _keep_numbers(rows: pd.DataFrame) -> pd.DataFrame:
    return prefer(rows[rows.status.eq("outcome") & rows.comparator.eq("=")])
