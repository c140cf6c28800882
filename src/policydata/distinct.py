"""Work on distinct values: each is read, matched or converted once, then given to its rows.

A million rows hold few periods, places and units, and a text costs far more to read than a number
to copy.  A step works on the distinct rows of the columns that it reads, as on any frame; what it
finds is given to all rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Facts = TypeVar("_Facts", pd.Series, pd.DataFrame)
# The greatest number of a combination that an integer of pandas holds.
_MOST = 2**63 - 1


class Distinct(NamedTuple):
    """The distinct rows of some columns, and for each row of the table the number of its own."""

    rows: pd.DataFrame
    codes: pd.Series

    def give(self, facts: _Facts) -> _Facts:
        """Give each row of the table the facts that were found for its distinct row."""
        return facts.take(self.codes).set_axis(self.codes.index)


def find_distinct(column: pd.Series) -> Distinct:
    """Find the distinct values of a column, in the order in which they first occur.

    Examples
    --------
    >>> periods = find_distinct(pd.Series(["2023", "2024", "2023"], name="period"))
    >>> periods.codes.tolist(), periods.rows.period.tolist()
    ([0, 1, 0], ['2023', '2024'])
    >>> periods.give(pd.Series([23, 24])).tolist()
    [23, 24, 23]
    """
    codes, values = pd.factorize(column, use_na_sentinel=False)
    return Distinct(pd.DataFrame({column.name: values}), pd.Series(codes, column.index))


def combine(one: Distinct, other: Distinct) -> Distinct:
    """Find the distinct combinations of the values of two columns of one table."""
    size = max(len(other.rows), 1)
    codes, pairs = pd.factorize(one.codes * size + other.codes)
    rows = [
        part.rows.take(numbers).reset_index(drop=True)
        for part, numbers in ((one, pairs // size), (other, pairs % size))
    ]
    return Distinct(pd.concat(rows, axis="columns"), pd.Series(codes, one.codes.index))


def share_one(column: Distinct, within: Sequence[Distinct]) -> pd.Series:
    """Tell of each row whether all rows that agree with it in some columns agree in another too.

    Examples
    --------
    >>> place, source = pd.Series(["hebi", "hebi", "kaifeng"]), pd.Series(["plan", "news", "plan"])
    >>> share_one(find_distinct(source), [find_distinct(place)]).tolist()
    [False, False, True]
    """
    groups = number_combinations([(one.codes.to_numpy(), len(one.rows)) for one in within])
    one = np.zeros(len(groups), dtype="int64")
    one[groups] = column.codes
    several = np.zeros(len(groups), dtype="bool")
    several[groups[one[groups] != column.codes]] = True
    return pd.Series(~several[groups], column.codes.index)


def number_combinations(columns: Sequence[tuple[NDArray[np.int64], int]]) -> NDArray[np.int64]:
    """Number the combinations of the values of some columns in the order in which they occur.

    A column is the number of each of its values, and how many numbers there are.

    Examples
    --------
    >>> number_combinations([(np.array([1, 0, 1]), 2), (np.array([0, 1, 0]), 2)]).tolist()
    [0, 1, 0]
    """
    numbers, size = columns[0]
    for codes, count in columns[1:]:
        if size * count > _MOST:
            numbers, size = pd.factorize(numbers)[0], len(numbers)
        numbers, size = numbers * count + codes, size * count
    groups: NDArray[np.int64] = pd.factorize(numbers)[0]
    return groups
