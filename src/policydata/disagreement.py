"""What different documents say of the same thing, and whether they can both be right."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from policydata.columns import document_columns, set_dtypes
from policydata.conditions import Names, Years
from policydata.hazards import carries_hazard
from policydata.load import choose_statements
from policydata.quantities import find_step
from policydata.schema import CONFLICTS, NAMED
from policydata.statements import order_statements
from policydata.tables import Reference, take_reference
from policydata.units import Unit, take_units
from policydata.vocabulary import AGREEMENTS

__all__ = ["conflicts"]

IDENTICAL, COMPATIBLE, CONFLICTING = AGREEMENTS
_THING = ["place", "indicator", "measure", "status", "period"]
_READ = list(dict.fromkeys([*NAMED, *_THING, "statement_id", "document", "hazards", "value_text"]))
_READ += ["comparator", "low_std", "high_std", "value_std", "unit_std"]


@document_columns(CONFLICTS)
def conflicts(
    statements: pd.DataFrame | None = None,
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    reference: Reference = None,
    with_identical: bool = False,
) -> pd.DataFrame:
    """List statements of different documents that give different figures for the same thing.

    One row is a pair of statements with the same place, indicator, measure, status and period.
    Statements of partial scope are no statements of the same thing and are left out, as are
    those of no stated period.

    Parameters
    ----------
    statements : pandas.DataFrame, optional
        Rows of `load_statements`; all of them where left out.
    place, indicator, domain, year : optional
        As in `load_statements`; they hold for rows that are given, too, and what these hold is
        known.
    reference : str, Path or dict of DataFrame, optional
        Reference tables of your own, a folder or what `read_reference` gives; the others are ours.
    with_identical : bool, default False
        List the pairs that agree, too.

    Returns
    -------
    pandas.DataFrame
        `agreement` is *identical* (the same bounds, in whatever unit), *compatible* (one bound
        contains the other, or both are points, equal at the coarser precision) or *conflicting*.
        The columns:

    {columns}

    Raises
    ------
    ValueError
        As `load_statements`, or where a given table lacks a column, has cells that are not what
        their column holds, or different rows of one statement.
    TypeError
        Where what is given is not a table.

    Examples
    --------
    >>> found = conflicts(place="郑州", year=2023, indicator="rd_intensity")
    >>> found[["figure", "other_figure", "agreement"]].values.tolist()
    [['2.72%', '2.67%', 'conflicting']]
    """
    tables = take_reference(reference, places=["id"], indicators=["code"])
    named = {"place": place, "indicator": indicator, "domain": domain, "year": year}
    statements = choose_statements(statements, _READ, tables, **named)
    partial = carries_hazard(statements, ["partial_scope"])
    figures = statements[~partial & statements.value_std.notna() & statements.period.ne("")]
    order = figures.sort_values("statement_id", key=order_statements)
    order = order.sort_values("document", kind="stable", ignore_index=True)
    order = order.reset_index(names="order")
    pairs = order.merge(order, on=[*_THING, "unit_std"], suffixes=("", "_other"))
    pairs = pairs[(pairs.order < pairs.order_other) & pairs.document.ne(pairs.document_other)]
    listed = _describe(pairs, take_units(tables))
    return (
        listed if with_identical else listed[listed.agreement.ne(IDENTICAL)].reset_index(drop=True)
    )


def _describe(pairs: pd.DataFrame, units: Mapping[str, Unit]) -> pd.DataFrame:
    """Name both statements of each pair and how they agree."""
    named = pairs.assign(
        agreement=[_judge(pair, units) for pair in pairs.itertuples()],
        figure=pairs.value_text,
        other_figure=pairs.value_text_other,
        other_id=pairs.statement_id_other,
    )
    ordered = named.sort_values(_THING, kind="stable")
    return set_dtypes(ordered, CONFLICTS).reset_index(drop=True)


def _judge(pair: Any, units: Mapping[str, Unit]) -> str:
    """Tell whether two figures are the same, can both be right, or cannot."""
    one, other = _span(pair, ""), _span(pair, "_other")
    if one == other and pair.comparator == pair.comparator_other:
        return IDENTICAL
    contained = _contains(one, other) or _contains(other, one)
    points = one[0] == one[1] and other[0] == other[1]
    return COMPATIBLE if contained or (points and _equal_coarsely(pair, units)) else CONFLICTING


def _span(pair: Any, side: str) -> tuple[float, float]:
    """Give the bounds of one side, an open one at infinity."""
    low, high = getattr(pair, f"low_std{side}"), getattr(pair, f"high_std{side}")
    return -math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high


def _contains(wide: tuple[float, float], narrow: tuple[float, float]) -> bool:
    """Tell whether one span holds the other."""
    return wide[0] <= narrow[0] and narrow[1] <= wide[1]


def _equal_coarsely(pair: Any, units: Mapping[str, Unit]) -> bool:
    """Tell whether two points differ by no more than half the last digit of the coarser."""
    steps = (
        find_step(pair.value_text, pair.value_std, units),
        find_step(pair.value_text_other, pair.value_std_other, units),
    )
    gap = abs(Fraction(repr(pair.value_std)) - Fraction(repr(pair.value_std_other)))
    return gap <= max(steps) / 2
