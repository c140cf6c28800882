"""Comparison of targets with outcomes and next targets, and of documents with each other."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pandas as pd

from policydata.columns import (
    document_columns,
    require_columns,
    set_dtypes,
    take_rows,
)
from policydata.load import (
    carries_hazard,
    choose_statements,
    keep_once,
    leave_out_repeats,
    take_statements,
)
from policydata.periods import name_next
from policydata.quantities import find_step
from policydata.schema import (
    AGREEMENTS,
    ANSWERS,
    CHANGES,
    COMPARED,
    CONFLICTS,
    FOLLOWED,
    NAMED,
    PREFERRED,
    SAME,
    STATEMENTS,
    STEPS,
)
from policydata.statements import order_statements
from policydata.tables import Names, Reference, Years, index_table, take_reference
from policydata.units import Units, take_units

MISSED, UNCLEAR, MET = ANSWERS
IDENTICAL, COMPATIBLE, CONFLICTING = AGREEMENTS
# Figures of the same thing are compared in one unit.
_CELL = [*SAME, "unit_std"]
_FIGURE = ["comparator", "low_std", "high_std"]
_PAIR = ["target_id", "outcome_id"]
_KEPT = [*dict.fromkeys([*NAMED, *_CELL, "year"])]
_READ = [*NAMED, *_CELL[2:], *_FIGURE, "statement_id", "status", "value_text", "value_std"]
_READ += ["hazards"]


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
    """Pair target and outcome of the same place, indicator, measure and period, one row per pair.

    Of several targets one is used, that of the most reliable document, then the one published
    later; other wordings are in a column.  Of several outcomes one is used: a final outcome is
    preferred to an estimate, then one without the hazard `preliminary`, then the more reliable one,
    then the one published later; `conflicts` lists outcomes that differ.  A quarter is not
    compared with a year, and an increase is not compared with a growth rate.

    Parameters
    ----------
    {statements}
    {conditions}
    {reference}

    Returns
    -------
    pandas.DataFrame
        Values are in the standard unit; `gap` is outcome minus target, in percentage points if the
        unit is per cent.  `met` is *met*, *missed* or *unclear*.  An exact target is met by an
        outcome that is equal or better; an approximate target is compared at the precision in which
        it is written; a bound is met as it states.  An outcome that is itself a bound may leave the
        answer unclear.  The columns:

        {columns}

    Raises
    ------
    {refused}

    Examples
    --------
    >>> pairs = compare(place="郑州", year=2023, indicator=["gdp", "fixed_asset_investment"])
    >>> pairs = pairs[pairs.measure.eq("growth_rate")].drop_duplicates("indicator")
    >>> pairs[["indicator", "target", "outcome", "met"]].values.tolist()
    [['fixed_asset_investment', 15.0, 6.8, 'missed'], ['gdp', 7.0, 7.4, 'met']]
    """
    tables = take_reference(reference, places=["id"], indicators=["code", "better"])
    named = {"place": place, "indicator": indicator, "domain": domain, "year": year}
    needed = [*_READ, "year", "reliability", "published"]
    figures = leave_out_repeats(choose_statements(statements, needed, tables, **named))
    figures = figures.dropna(subset=["value_std"])
    figures = figures[figures.measure.ne("relation") & figures.period.ne("")]
    pairs = _prefer_targets(figures).merge(
        _prefer_outcomes(figures), on=_CELL, suffixes=("", "_outcome"), validate="many_to_one"
    )
    return (
        _answer(pairs, index_table(tables["indicators"], "code").better, take_units(tables))
        .sort_values("target_id", key=order_statements)
        .sort_values(_CELL, kind="stable")
        .pipe(set_dtypes, COMPARED)
        .reset_index(drop=True)
    )


@document_columns(PREFERRED[len(STATEMENTS) :])
def prefer(statements: pd.DataFrame | None = None) -> pd.DataFrame:
    """Keep one statement per place, indicator, measure, status and period.

    A statement of the whole goes before one of partial scope, then one without the hazard
    `preliminary` before one with it, then the more reliable, then the later published, as in
    `compare`.  A statement that its document repeats is left out; one without a period stands for
    itself.

    Parameters
    ----------
    {statements}

    Returns
    -------
    pandas.DataFrame
        The columns of `load_statements`, sorted as there, and

        {columns}

    Raises
    ------
    {refused}

    Examples
    --------
    >>> from policydata import load_outcomes
    >>> rows = prefer(load_outcomes(indicator="rd_intensity", measure="share", place="luoyang"))
    >>> rows.loc[rows.year.eq(2023), "value_std"].tolist()
    [3.47]
    """
    needed = [*SAME, "status", "statement_id", "hazards", "reliability", "published"]
    rows = leave_out_repeats(take_statements(statements, needed))
    whole = ~carries_hazard(rows, ["partial_scope"])
    alone = rows.statement_id.where(rows.period.eq(""), "")
    ordered = _put_preferred_first(rows.assign(whole=whole, alone=alone), "whole")
    key = [*SAME, "status", "alone"]
    passed = _join_later(ordered, key, "statement_id", " ")
    first = ordered.assign(preferred_to=passed).drop_duplicates(key).sort_index()
    return first.drop(columns=["whole", "revised", "alone"]).reset_index(drop=True)


def _put_preferred_first(rows: pd.DataFrame, first: str) -> pd.DataFrame:
    """Sort by a column, then put revised before preliminary, more reliable, later published."""
    revised = ~carries_hazard(rows, ["preliminary"])
    return rows.assign(revised=revised).sort_values(
        [first, "revised", "reliability", "published"], ascending=False, kind="stable"
    )


def _prefer_targets(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one target per cell, of the most reliable document, with the wordings that differ."""
    targets = rows[rows.status.eq("target")].sort_values(
        ["reliability", "published"], ascending=False, kind="stable", na_position="last"
    )
    different = targets.drop_duplicates([*_CELL, *_FIGURE])
    others = _join_later(different, _CELL, "value_text", "; ")
    return different.assign(other_targets=others).drop_duplicates(_CELL)


def _join_later(rows: pd.DataFrame, key: list[str], column: str, between: str) -> pd.Series:
    """Give each row what the rows of its group have in a column after the first, as one text."""
    groups = rows.groupby(key, observed=True, sort=False)
    number, is_later = groups.ngroup(), groups.cumcount().gt(0)
    joined = pd.Series("", range(groups.ngroups), dtype="str")
    later: dict[int, list[str]] = {}
    for group, text in zip(number[is_later], rows[column][is_later], strict=True):
        later.setdefault(group, []).append(text)
    joined[[*later]] = [between.join(texts) for texts in later.values()]
    return number.map(joined)


def _prefer_outcomes(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one outcome per cell: final, not preliminary, more reliable, later published."""
    outcomes = rows[rows.status.isin(["outcome", "estimate"])]
    return _put_preferred_first(outcomes, "status").drop_duplicates(_CELL)


def _answer(pairs: pd.DataFrame, better: pd.Series, units: Units) -> pd.DataFrame:
    """Name both sides, their gap and the answer; an unknown indicator has no better direction."""
    pairs = pairs.assign(better=pairs.indicator.map(better))
    both = zip(pairs.value_std_outcome, pairs.value_std, strict=True)
    return pairs[_KEPT].assign(
        target=pairs.value_std,
        target_low=pairs.low_std,
        target_high=pairs.high_std,
        target_comparator=pairs.comparator.astype("str"),
        other_targets=pairs.other_targets,
        outcome=pairs.value_std_outcome,
        outcome_low=pairs.low_std_outcome,
        outcome_high=pairs.high_std_outcome,
        outcome_comparator=pairs.comparator_outcome.astype("str"),
        outcome_status=pairs.status_outcome.astype("str"),
        gap=[float(_subtract(outcome, target)) for outcome, target in both],
        gap_unit=pairs.unit_std.replace("%", "percentage point"),
        met=[_judge(pair, units) for pair in pairs.itertuples()],
        target_id=pairs.statement_id,
        outcome_id=pairs.statement_id_outcome,
    )


def _subtract(one: float, other: float) -> Fraction:
    """Subtract numbers as printed, without the errors of binary fractions."""
    return Fraction(repr(one)) - Fraction(repr(other))


def _judge(pair: Any, units: Units) -> str:
    """Tell whether the outcome certainly meets the target, certainly misses it, or neither."""
    low, high = _span(pair.low_std_outcome, pair.high_std_outcome)
    # An outcome of more or less than a number is not that number itself.
    if pair.comparator_outcome == ">":
        low = math.nextafter(low, math.inf)
    if pair.comparator_outcome == "<":
        high = math.nextafter(high, -math.inf)
    if pair.comparator == "~":
        step = find_step(pair.value_text, pair.value_std, units)
        if not step and {low, high} != {pair.value_std}:
            # The precision of 三分之一左右 is not known.
            return UNCLEAR
        low, high = (_round_to(step, bound) for bound in (low, high))
    reached = {_meets(pair, bound) for bound in (low, high)}
    around = not any(reached) and low < pair.value_std < high
    return UNCLEAR if around or len(reached) > 1 else MET if reached.pop() else MISSED


def _span(low: float, high: float) -> tuple[float, float]:
    """Close open bounds at infinity."""
    return -math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high


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

    Each row is a pair of statements with the same place, indicator, measure, status and period.
    Statements of partial scope or without a stated period are left out, because they may not
    describe the same thing.

    Parameters
    ----------
    {statements}
    {conditions}
    {reference}
    with_identical : bool, default False
        Also list pairs whose figures are identical.

    Returns
    -------
    pandas.DataFrame
        `agreement` is *identical* (the same bounds, in any unit), *compatible* (one figure contains
        the other, or both are single numbers that are equal at the coarser precision) or
        *conflicting*.  The columns:

        {columns}

    Raises
    ------
    {refused}

    Examples
    --------
    >>> found = conflicts(place="郑州", year=2023, indicator="rd_intensity")
    >>> found[["figure", "other_figure", "agreement"]].values.tolist()
    [['2.72%', '2.67%', 'conflicting']]
    """
    tables = take_reference(reference, places=["id"], indicators=["code"])
    named = {"place": place, "indicator": indicator, "domain": domain, "year": year}
    rows = leave_out_repeats(choose_statements(statements, [*_READ, "document"], tables, **named))
    partial = carries_hazard(rows, ["partial_scope"])
    figures = rows[~partial & rows.value_std.notna() & rows.period.ne("")]
    order = figures.sort_values("statement_id", key=order_statements)
    order = order.sort_values("document", kind="stable", ignore_index=True)
    order = order.reset_index(names="order")
    pairs = order.merge(order, on=[*_CELL, "status"], suffixes=("", "_other"))
    pairs = pairs[(pairs.order < pairs.order_other) & pairs.document.ne(pairs.document_other)]
    units = take_units(tables)
    named = pairs.assign(
        agreement=[_find_agreement(pair, units) for pair in pairs.itertuples()],
        figure=pairs.value_text,
        other_figure=pairs.value_text_other,
        other_id=pairs.statement_id_other,
    )
    listed = named[named.agreement.ne(IDENTICAL) | with_identical]
    ordered = listed.sort_values([*SAME[:3], "status", "period"], kind="stable")
    return set_dtypes(ordered, CONFLICTS).reset_index(drop=True)


def _find_agreement(pair: Any, units: Units) -> str:
    """Tell whether two figures are the same, can both be right, or cannot."""
    one, other = (
        _span(pair.low_std, pair.high_std),
        _span(pair.low_std_other, pair.high_std_other),
    )
    if one == other and pair.comparator == pair.comparator_other:
        return IDENTICAL
    both = (max(one[0], other[0]), min(one[1], other[1]))
    if both in (one, other):
        return COMPATIBLE
    points = one[0] == one[1] and other[0] == other[1]
    return COMPATIBLE if points and _equal_coarsely(pair, units) else CONFLICTING


def _equal_coarsely(pair: Any, units: Units) -> bool:
    """Tell whether two points differ by no more than half the last digit of the coarser."""
    steps = (
        find_step(pair.value_text, pair.value_std, units),
        find_step(pair.value_text_other, pair.value_std_other, units),
    )
    return abs(_subtract(pair.value_std, pair.value_std_other)) <= max(steps) / 2


@document_columns(FOLLOWED[len(COMPARED) :])
def follow_targets(pairs: pd.DataFrame, targets: pd.DataFrame | None = None) -> pd.DataFrame:
    """Add to each pair of target and outcome the target for the next period.

    The next period is of the same kind and length, and as many whole years later as needed: 2024
    follows 2023, 2024-Q1 follows 2023-Q1, 2024-09 follows 2023-09, and 2026/2030 follows 2021/2025.
    A year never follows a quarter.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare`.
    targets : pandas.DataFrame, optional
        Rows of `load_targets`; all targets if not given.  Rows that are not targets are ignored.

    Returns
    -------
    pandas.DataFrame
        The pairs whose next target is stated, one row each, with the columns below added.  If
        several next targets differ, each is a row; bounds are compared by their stated number.

        {columns}

    Raises
    ------
    {refused}

    Examples
    --------
    >>> rows = follow_targets(compare(place="zhengzhou", indicator="gdp"))
    >>> rows[["year", "met", "target", "next_value", "next_target"]].values.tolist()[0]
    [2021, 'missed', 7.5, 7.5, 'kept']
    """
    require_columns(pairs, [*_CELL, *_PAIR, "target"], "rows of compare()")
    pairs = keep_once(take_rows(pairs, COMPARED), _PAIR, COMPARED)
    names = {"period": "after", "value_std": "next_value", "statement_id": "next_id"}
    same = [name for name in _CELL if name != "period"]
    rows = take_statements(targets, [*_CELL, "status", "value_std", "statement_id"])
    stated = rows[rows.status.eq("target") & rows.period.ne("") & rows.value_std.notna()]
    ordered = stated.sort_values("statement_id", key=order_statements)
    later = ordered.rename(columns=names)[[*same, *names.values()]]
    rows = pairs.assign(after=name_next(pairs.period)).merge(later, on=[*same, "after"])
    rows = rows.drop(columns="after").drop_duplicates([*_CELL, "target", "next_value"])
    change = (rows.next_value - rows.target).round(9)
    cut, kept, raised = CHANGES
    direction = change.map(lambda gap: cut if gap < 0 else raised if gap > 0 else kept)
    named = rows.assign(change=change, next_target=direction)
    return take_rows(named, FOLLOWED).reset_index(drop=True)


def keep_different(statements: pd.DataFrame) -> pd.DataFrame:
    """Keep a figure that several documents state alike only once, so that reprints do not count."""
    return statements.drop_duplicates([*SAME, "status", *_FIGURE])


def name_steps(values: pd.Series) -> pd.Series:
    """Tell whether each number is whole, a half, or neither.

    Examples
    --------
    >>> name_steps(pd.Series([7.0, 6.5, 7.4])).tolist()
    ['whole', 'half', 'other']
    """
    twice = values * 2
    other, half, whole = STEPS
    halves = twice.eq(twice.round()).map({True: half, False: other})
    names = halves.where(values.ne(values.round()), whole)
    return names.astype(pd.CategoricalDtype(STEPS, ordered=True))
