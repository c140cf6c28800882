"""What targets tell of those who set them: how the next one follows, and how round they are."""

from __future__ import annotations

import pandas as pd

from policydata.columns import document_columns, require_columns, take_rows
from policydata.load import keep_once, take_statements
from policydata.periods import read_periods
from policydata.schema import COMPARED, FOLLOWED
from policydata.statements import order_statements
from policydata.vocabulary import CHANGES, STEPS

__all__ = ["follow_targets", "keep_different", "name_steps"]

_THING = ["place", "indicator", "measure", "unit_std"]
_PAIR = ["target_id", "outcome_id"]
_READ = [*_THING, "period", "status", "value_std", "statement_id"]


@document_columns(FOLLOWED[len(COMPARED) :])
def follow_targets(pairs: pd.DataFrame, targets: pd.DataFrame | None = None) -> pd.DataFrame:
    """Put beside each pair of target and outcome the target set for the period after.

    The period after is as long and lies as many whole years later as it takes: after 2023 comes
    2024, after 2023-Q1 2024-Q1, after 2023-09 2024-09, after 2021/2025 2026/2030.  A first quarter
    is never followed by a year.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare`.
    targets : pandas.DataFrame, optional
        Rows of `load_targets`; all of them where left out.  Of other rows the targets are taken.

    Returns
    -------
    pandas.DataFrame
        The pairs whose next target is stated, one row each, with the columns below.  Where several
        next targets differ, each is a row; bounds are compared by their stated number.

    {columns}

    Raises
    ------
    ValueError
        Where a given table lacks a column, has cells that are not what their column holds, or
        different rows of one statement.
    TypeError
        Where what is given is not a table.

    Examples
    --------
    >>> from policydata import compare
    >>> rows = follow_targets(compare(place="zhengzhou", indicator="gdp"))
    >>> rows[["year", "met", "target", "next_value", "next_target"]].values.tolist()[0]
    [2021, 'missed', 7.5, 7.5, 'kept']
    """
    require_columns(pairs, [*_THING, "period", *_PAIR, "target"], "rows of compare()")
    pairs = keep_once(take_rows(pairs, COMPARED), _PAIR, COMPARED)
    later = _name_targets(take_statements(targets, _READ))
    rows = pairs.assign(after=_name_next(pairs.period)).merge(later, on=[*_THING, "after"])
    rows = rows.drop(columns="after").drop_duplicates([*_THING, "period", "target", "next_value"])
    change = (rows.next_value - rows.target).round(9)
    cut, kept, raised = CHANGES
    direction = change.map(lambda gap: cut if gap < 0 else raised if gap > 0 else kept)
    named = rows.assign(change=change, next_target=direction)
    return take_rows(named, FOLLOWED).reset_index(drop=True)


def _name_targets(rows: pd.DataFrame) -> pd.DataFrame:
    """Name the targets as those of the period after."""
    stated = rows[rows.status.eq("target") & rows.period.ne("") & rows.value_std.notna()]
    ordered = stated.sort_values("statement_id", key=order_statements)
    names = {"period": "after", "value_std": "next_value", "statement_id": "next_id"}
    return ordered.rename(columns=names)[[*_THING, *names.values()]]


def _name_next(periods: pd.Series) -> pd.Series:
    """Name the period after each, as many years later as it takes; "" after what is no period."""
    distinct = pd.Series(periods.unique(), dtype="str")
    days = read_periods(distinct)
    after = {}
    for period, first, last in zip(distinct, days.period_start, days.period_end, strict=True):
        if pd.notna(last):
            full = (last.month, last.day) >= (first.month, first.day)
            years = last.year - first.year + full
            parts = [f"{int(part[:4]) + years}{part[4:]}" for part in period.split("/")]
            after[period] = "/".join(parts)
    return periods.map(after).astype("str").fillna("")


def keep_different(statements: pd.DataFrame) -> pd.DataFrame:
    """Keep once a figure that several documents give alike, so that reprints do not vote."""
    figure = ["place", "indicator", "measure", "status", "period"]
    return statements.drop_duplicates([*figure, "comparator", "low_std", "high_std"])


def name_steps(values: pd.Series) -> pd.Series:
    """Tell of each number whether it is whole, a half, or neither.

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
