"""Targets held against what came, cell by cell, with both statements named."""

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
from policydata.schema import COMPARED, NAMED
from policydata.statements import order_statements
from policydata.tables import Reference, index_table, take_reference
from policydata.units import Unit, take_units
from policydata.vocabulary import ANSWERS

__all__ = ["compare"]

MISSED, UNCLEAR, MET = ANSWERS
_CELL = ["place", "indicator", "measure", "period", "unit_std"]
_FIGURE = ["comparator", "low_std", "high_std"]
_KEPT = list(dict.fromkeys([*NAMED, *_CELL, "year"]))
_READ = [*_KEPT, *_FIGURE, "statement_id", "status", "value_text", "value_std"]
_READ += ["reliability", "published", "hazards"]


@document_columns(COMPARED)
def compare(
    statements: pd.DataFrame | None = None,
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    reference: Reference = None,
) -> pd.DataFrame:
    """Pair target and outcome of the same place, indicator, measure and period, one row a pair.

    A target that several documents give alike is one row, under the most reliable of them; two
    different targets are two.  Of several outcomes a final one goes before an estimate, then one
    without the hazard `preliminary` before one that carries it, then the more reliable, then the
    later published; `conflicts` lists the others.  A quarter is not held against a year, nor an
    increase against a growth rate.

    Parameters
    ----------
    statements : pandas.DataFrame, optional
        Rows of `load_statements`; all of them where left out.
    place, indicator, domain, year : optional
        As in `load_statements`; they hold for rows that are given, too, and what these hold is
        known.
    reference : str, Path or dict of DataFrame, optional
        Reference tables of your own, a folder or what `read_reference` gives; the others are ours.

    Returns
    -------
    pandas.DataFrame
        Values in the standard unit; `gap` is outcome minus target, in percentage points where the
        unit is per cent.  `met` is *met*, *missed* or *unclear*: a point target is met from there
        on in the better direction, an approximate one at its own written precision, a bound as it
        says, and an outcome that is a bound itself may leave it unclear.  The columns:

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
    >>> pairs = compare(place="郑州", year=2023, indicator=["gdp", "fixed_asset_investment"])
    >>> pairs = pairs[pairs.measure.eq("growth_rate")].drop_duplicates("indicator")
    >>> pairs[["indicator", "target", "outcome", "met"]].values.tolist()
    [['fixed_asset_investment', 15.0, 6.8, 'missed'], ['gdp', 7.0, 7.4, 'met']]
    """
    tables = take_reference(reference, places=["id"], indicators=["code", "better"])
    named = {"place": place, "indicator": indicator, "domain": domain, "year": year}
    figures = choose_statements(statements, _READ, tables, **named).dropna(subset=["value_std"])
    figures = figures[figures.measure.ne("relation") & figures.period.ne("")]
    pairs = _prefer_targets(figures).merge(
        _prefer_outcomes(figures), on=_CELL, suffixes=("", "_outcome"), validate="many_to_one"
    )
    return (
        _describe(pairs, index_table(tables["indicators"], "code").better, take_units(tables))
        .sort_values("target_id", key=order_statements)
        .sort_values(_CELL, kind="stable")
        .pipe(set_dtypes, COMPARED)
        .reset_index(drop=True)
    )


def _prefer_targets(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep each different target once, under its most reliable document."""
    targets = rows[rows.status.eq("target")].sort_values(
        ["reliability", "published"], ascending=False, kind="stable", na_position="last"
    )
    return targets.drop_duplicates([*_CELL, *_FIGURE])


def _prefer_outcomes(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one outcome a cell: final, not preliminary, more reliable, later published."""
    outcomes = rows[rows.status.isin(["outcome", "estimate"])]
    revised = ~carries_hazard(outcomes, ["preliminary"])
    ordered = outcomes.assign(revised=revised).sort_values(
        ["status", "revised", "reliability", "published"], ascending=False, kind="stable"
    )
    return ordered.drop_duplicates(_CELL)


def _describe(pairs: pd.DataFrame, better: pd.Series, units: Mapping[str, Unit]) -> pd.DataFrame:
    """Name both sides, their gap and the answer; what no table knows has no better direction."""
    pairs = pairs.assign(better=pairs.indicator.map(better))
    answers = [_judge(row, units) for row in pairs.itertuples()]
    return pairs[_KEPT].assign(
        target=pairs.value_std,
        target_low=pairs.low_std,
        target_high=pairs.high_std,
        target_comparator=pairs.comparator.astype("str"),
        outcome=pairs.value_std_outcome,
        outcome_low=pairs.low_std_outcome,
        outcome_high=pairs.high_std_outcome,
        outcome_comparator=pairs.comparator_outcome.astype("str"),
        outcome_status=pairs.status_outcome.astype("str"),
        gap=[
            _subtract(*both) for both in zip(pairs.value_std_outcome, pairs.value_std, strict=True)
        ],
        gap_unit=pairs.unit_std.replace("%", "percentage point"),
        met=answers,
        target_id=pairs.statement_id,
        outcome_id=pairs.statement_id_outcome,
    )


def _subtract(outcome: float, target: float) -> float:
    """Subtract as printed: 2.72 from 2.67 leaves no dust of binary fractions."""
    return float(Fraction(repr(outcome)) - Fraction(repr(target)))


def _judge(pair: Any, units: Mapping[str, Unit]) -> str:
    """Tell whether the outcome surely meets the target, surely misses it, or neither."""
    low, high = _span_outcome(pair)
    if pair.comparator == "~":
        step = find_step(pair.value_text, pair.value_std, units)
        if not step and {low, high} != {pair.value_std}:
            # How exact 三分之一左右 is nobody can say.
            return UNCLEAR
        low, high = (_round_to(step, bound) for bound in (low, high))
    reached = {_meets(pair, bound) for bound in (low, high)}
    around = not any(reached) and low < pair.value_std < high
    return UNCLEAR if around or len(reached) > 1 else MET if reached.pop() else MISSED


def _span_outcome(pair: Any) -> tuple[float, float]:
    """Give the bounds of the outcome; what is only more or less than a number lies beside it."""
    low, high = _close(pair.low_std_outcome, -math.inf), _close(pair.high_std_outcome, math.inf)
    if pair.comparator_outcome == ">":
        low = math.nextafter(low, math.inf)
    if pair.comparator_outcome == "<":
        high = math.nextafter(high, -math.inf)
    return low, high


def _meets(pair: Any, outcome: float) -> bool:
    """Tell whether one number meets the target's bound."""
    low, high = float(pair.low_std), float(pair.high_std)
    if pair.comparator == ">":
        return outcome > low
    if pair.comparator == "<":
        return outcome < high
    if pair.comparator == ">=" or (pair.comparator != "<=" and pair.better == "higher"):
        return outcome >= low
    if pair.comparator == "<=" or pair.better == "lower":
        return outcome <= high
    return low <= outcome <= high


def _round_to(step: Fraction, outcome: float) -> float:
    """Round an outcome to the precision in which the target is written."""
    if not step or math.isinf(outcome):
        return outcome
    return float(math.floor(Fraction(repr(outcome)) / step + Fraction(1, 2)) * step)


def _close(bound: float, where: float) -> float:
    """Close an open bound at infinity."""
    return where if math.isnan(bound) else bound
