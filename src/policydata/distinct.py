"""Work on distinct values: each is read, matched or converted once, then given to its rows.

A million rows hold few periods, places and units, and a text costs far more to read than a number
to copy.  A step works on the distinct rows of the columns that it reads, as on any frame; what it
finds is given to all rows.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Distinct(NamedTuple):
    """The distinct rows of some columns, and for each row of the table the number of its own."""

    rows: pd.DataFrame
    codes: pd.Series

    def give(self, facts: pd.DataFrame) -> pd.DataFrame:
        """Give each row of the table the facts that were found for its distinct row."""
        return facts.take(self.codes).set_axis(self.codes.index)


def find_distinct(column: pd.Series) -> Distinct:
    """Find the distinct values of a column, in the order in which they first occur.

    Examples
    --------
    >>> periods = find_distinct(pd.Series(["2023", "2024", "2023"], name="period"))
    >>> periods.codes.tolist(), periods.rows.period.tolist()
    ([0, 1, 0], ['2023', '2024'])
    >>> periods.give(pd.DataFrame({"year": [23, 24]})).year.tolist()
    [23, 24, 23]
    """
    codes, values = pd.factorize(column, use_na_sentinel=False)
    return Distinct(pd.DataFrame({column.name: values}), pd.Series(codes, column.index))


def combine(one: Distinct, other: Distinct) -> Distinct:
    """Find the distinct combinations of the values of two columns of one table."""
    size = len(other.rows)
    codes, pairs = pd.factorize(one.codes * size + other.codes)
    rows = [
        part.rows.take(numbers).reset_index(drop=True)
        for part, numbers in ((one, pairs // max(size, 1)), (other, pairs % max(size, 1)))
    ]
    return Distinct(pd.concat(rows, axis="columns"), pd.Series(codes, one.codes.index))
