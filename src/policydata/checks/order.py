"""Rows that stand out of order, and behind which row each belongs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import pandas as pd

__all__ = ["find_misplaced"]


def find_misplaced(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Find the fewest rows that have to move so that each file or sheet is sorted by these columns.

    Returns
    -------
    pandas.DataFrame
        The rows to move, with the place where each belongs in the column `place_in_file`.
    """
    sheet = rows.row.str.replace(r"!?[0-9]*$", "", regex=True)
    found = [
        _find_in_file(part, list(part[list(columns)].itertuples(index=False, name=None)))
        for _, part in rows.groupby(["file", sheet], sort=False)
    ]
    return pd.concat([rows.head(0).assign(place_in_file=""), *found])


def _find_in_file(rows: pd.DataFrame, keys: Sequence[Any]) -> pd.DataFrame:
    """Find the rows of one file that have to move."""
    kept = _find_longest_rise(keys)
    rising = [keys[position] for position in kept]
    out = sorted(set(range(len(keys))) - set(kept))
    places = [bisect_right(rising, keys[position]) for position in out]
    named = [
        f"behind row {rows.row.iloc[kept[place - 1]]}"
        if place
        else f"before row {rows.row.iloc[kept[0]]}"
        for place in places
    ]
    return rows.iloc[out].assign(place_in_file=named)


def _find_longest_rise(keys: Sequence[Any]) -> list[int]:
    """Find the positions of a longest part of the keys that never falls.

    Of two rows that only changed places the first is kept: read from the end, the last that fits.
    """
    rank = {key: number for number, key in enumerate(sorted(set(keys), reverse=True))}
    # At each length: the key of the part that begins highest, and where that key stands.
    first_keys: list[int] = []
    first: list[int] = []
    following: dict[int, int] = {}
    for position in reversed(range(len(keys))):
        length = bisect_right(first_keys, rank[keys[position]])
        if length:
            following[position] = first[length - 1]
        first_keys[length : length + 1] = [rank[keys[position]]]
        first[length : length + 1] = [position]
    found = first[-1:]
    while found and found[-1] in following:
        found.append(following[found[-1]])
    return found
