"""What targets tell of those who set them: how the next one follows, and how round they are."""

from __future__ import annotations

import pandas as pd

from policydata.vocabulary import CHANGES, STEPS

__all__ = ["follow_targets", "keep_different", "name_steps"]

_CELL = ["place", "indicator", "measure", "year"]


def follow_targets(pairs: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Put beside each pair of target and outcome the target set for the year after.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare`.
    targets : pandas.DataFrame
        Rows of `load_targets`.

    Returns
    -------
    pandas.DataFrame
        The pairs whose next target is stated, one row each, with `next_value`, `change` (next
        target minus this one), `next_target` (*cut*, *kept* or *raised*) and `next_id`.  Where
        several differ, each is a row; bounds are compared by their stated number.

    Examples
    --------
    >>> from policydata import compare, load_targets
    >>> rows = follow_targets(compare(place="zhengzhou", indicator="gdp"), load_targets())
    >>> rows[["year", "met", "target", "next_value", "next_target"]].values.tolist()[0]
    [2021, 'missed', 7.5, 7.5, 'kept']
    """
    yearly = targets[targets.period.str.fullmatch(r"\d{4}")].dropna(subset=["value_std"])
    later = yearly.assign(year=yearly.year - 1)[[*_CELL, "value_std", "statement_id"]]
    named = later.rename(columns={"value_std": "next_value", "statement_id": "next_id"})
    rows = pairs.merge(named, on=_CELL).drop_duplicates([*_CELL, "target", "next_value"])
    change = (rows.next_value - rows.target).round(9)
    cut, kept, raised = CHANGES
    direction = change.map(lambda gap: cut if gap < 0 else raised if gap > 0 else kept)
    return rows.assign(change=change, next_target=direction).reset_index(drop=True)


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
