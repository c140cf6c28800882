"""Figures that are plainly a decimal place or more away from their neighbours: 2800 by 280."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

__all__ = ["find_slipped"]

# Neighbours agree where the largest is at most so many times the smallest.
_AGREE = 3
# A slip is at least so many times as large, or as small, as every neighbour …
_APART = 8
# … and lies among them, or beside them by at most this factor, once the point is moved back.
_BESIDE = 1.25
_SHOWN = 3


def find_slipped(rows: pd.DataFrame) -> pd.DataFrame:
    """Find figures that lie among their neighbours once their decimal point is moved.

    Parameters
    ----------
    rows : pandas.DataFrame
        Figures above zero in one unit a `dimension`, as `magnitude`.  Neighbours are of one place,
        indicator, measure, dimension and length of period (`days`).

    Returns
    -------
    pandas.DataFrame
        The rows, with what the neighbours say in `neighbours`.
    """
    same = ["place", "indicator", "measure", "dimension", "days"]
    magnitudes = rows.groupby(same, dropna=False).magnitude
    spread = magnitudes.transform("max") / magnitudes.transform("min")
    apart = rows[spread.ge(_APART) & magnitudes.transform("size").gt(2)]
    groups = [group for _, group in apart.groupby(same, dropna=False)]
    found = [slipped for group in groups for slipped in _find_in_group(group)]
    return pd.concat([rows.head(0).assign(neighbours=""), *found])


def _find_in_group(group: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Find the largest or the smallest figure of a group, where it has slipped."""
    ordered = group.sort_values("magnitude", kind="stable")
    for odd, others in ((ordered.tail(1), ordered.head(-1)), (ordered.head(1), ordered.tail(-1))):
        if _is_slipped(odd.magnitude.item(), others.magnitude.min(), others.magnitude.max()):
            ids = others.document + ":" + others.n
            said = (others.value_text + " (" + ids + ")").head(_SHOWN)
            yield odd.assign(neighbours=", ".join(said))


def _is_slipped(value: float, low: float, high: float) -> bool:
    """Tell whether a figure lies among its neighbours once its decimal point is moved."""
    apart = value >= _APART * high or value * _APART <= low
    places = round(math.log10(value) - math.log10(low * high) / 2)
    moved = value / 10**places
    return high <= _AGREE * low and apart and low / _BESIDE <= moved <= high * _BESIDE
