"""Units as documents write them, their exact factors, and one function that converts.

A written unit is a scale word (万, 亿 …) and a unit of the table `units.csv`; units of a dimension
convert into each other, all others refuse.  Per cent and percentage point are two dimensions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple, overload

import pandas as pd
from pandas.api.types import is_number, is_scalar

from policydata.errors import find_nearest
from policydata.numerals import SCALES, fold
from policydata.tables import read_table

__all__ = [
    "Unit",
    "convert_units",
    "index_units",
    "list_units",
    "read_unit",
    "standardise",
]

_LONGEST_FIRST = sorted(SCALES, key=len, reverse=True)
_SCALED = re.compile(rf"({'|'.join(_LONGEST_FIRST)})(.*)", re.DOTALL)


class Unit(NamedTuple):
    """What a written unit measures, the standard unit of that dimension, and the way there."""

    dimension: str
    standard: str
    factor: Fraction


@cache
def list_units() -> dict[str, Unit]:
    """Give every shipped unit by its written form and by its symbol."""
    return index_units(read_table("units"))


def index_units(table: pd.DataFrame) -> dict[str, Unit]:
    """Give every unit of a table of units by its written form and by its symbol."""
    table = table.assign(factor=[Fraction(text) for text in table.factor])
    standard = table[table.factor.eq(1)].drop_duplicates("dimension").set_index("dimension").symbol
    rows = [
        (name, Unit(row.dimension, standard[row.dimension], row.factor))
        for name_column in ("symbol", "text")
        for name, row in zip(table[name_column], table.itertuples(), strict=True)
    ]
    return dict(rows)


def read_unit(text: str, units: Mapping[str, Unit] | None = None) -> Unit | None:
    """Read a written unit with its scale word; nothing where `units`, or ours, do not hold it.

    Examples
    --------
    >>> read_unit("万亩")
    Unit(dimension='land_area', standard='ha', factor=Fraction(2000, 3))
    """
    units = list_units() if units is None else units
    if text in units:
        return units[text]
    if both := re.fullmatch(r"([^()]+)\(([^()]+)\)", text):
        # 万套(间) counts either: one unit, if both are of one kind.
        one, other = read_unit(both[1], units), units.get(both[2])
        return one if one and other and one.dimension == other.dimension else None
    match = _SCALED.fullmatch(fold(text))
    unit = units.get(match[2]) if match else None
    return unit._replace(factor=unit.factor * SCALES[match[1]]) if match and unit else None


def standardise(values: pd.Series, unit: Unit | None) -> pd.Series:
    """Convert values of one unit to the standard unit of its dimension, rounding once."""
    if unit is None:
        return values.where(values.isna())
    return values.map({value: _times(value, unit.factor) for value in values.dropna().unique()})


@overload
def convert_units(values: float, unit: str, to: str) -> float: ...
@overload
def convert_units(values: pd.Series, unit: str, to: str) -> pd.Series: ...
def convert_units(values: float | pd.Series, unit: str, to: str) -> float | pd.Series:
    """Convert values from one unit to another of the same dimension, exactly.

    Parameters
    ----------
    values : float or pandas.Series
        Numbers in `unit`.
    unit, to : str
        Units as documents write them (`亿元`, `万亩`, `公斤/亩`) or symbols (`CNY`, `ha`, `kg/ha`).

    Returns
    -------
    float or pandas.Series
        The same kind as `values`.  Factors are exact fractions; one rounding, at the end.

    Raises
    ------
    ValueError
        Where a unit is not known, or the two are of different dimensions: a percentage point is
        no per cent, a growth rate no increase.
    TypeError
        Where `values` is neither a number nor a Series, as a list.

    Examples
    --------
    >>> convert_units(146.92, "万亩", "ha")
    97946.66666666667
    >>> convert_units(12.5, "公斤/亩", "kg/ha")
    187.5
    """
    source, target = _require_unit(unit), _require_unit(to)
    if source.dimension != target.dimension:
        others = [name for name, one in list_units().items() if one.dimension == source.dimension]
        raise ValueError(
            f'"{unit}" measures {source.dimension} and "{to}" {target.dimension}: they do not '
            f"convert; allowed: {', '.join(others)}, with or without a scale word."
        )
    factor = source.factor / target.factor
    if isinstance(values, pd.Series):
        return standardise(values, source._replace(factor=factor))
    if not (is_number(values) or (is_scalar(values) and pd.isna(values))):
        kind = type(values).__name__
        raise TypeError(f'{kind} "{values}" is no number; allowed: a number, or a Series of them.')
    return _times(values, factor)


def _require_unit(text: str) -> Unit:
    """Read a unit or say which are near."""
    unit = read_unit(str(text))
    if unit is None:
        near = find_nearest(str(text), list_units()) or "see units.csv"
        raise ValueError(f'"{text}" is no known unit; nearest: {near}.')
    return unit


def _times(value: float, factor: Fraction) -> float:
    """Multiply a number as printed, not as stored in binary, and round once."""
    return float(Fraction(repr(float(value))) * factor) if pd.notna(value) else float("nan")
