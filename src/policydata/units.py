"""Units as documents write them, their exact factors, and one function that converts.

A written unit is a scale word (万, 亿 …) and a unit of the table `units.csv`; units of one
dimension can be converted, others are refused.  Per cent and percentage point are two dimensions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple, overload

import pandas as pd
from pandas.api.types import is_number, is_scalar

from policydata.columns import document_columns, refuse_all
from policydata.messages import say
from policydata.numerals import SCALES, fold
from policydata.problems import find_nearest
from policydata.schema import FORMS
from policydata.tables import Reference, read_table, take_reference

FACTOR = FORMS["factor"]
_INEXACT = (
    'units, row {row}, column factor: "{value}"; allowed: a whole number or a fraction: 1000, 1/15.'
)
_LACKING = (
    'units, row {row}, column dimension: "{value}"; '
    "allowed: a dimension with one symbol of factor 1."
)
_MISMATCH = (
    '{name} measures {measured}, "{to}" measures {wanted}: they do not convert; '
    "allowed: {allowed}, with or without a scale word."
)
_SEVERAL = (
    '"{column}" holds figures in several units; pass the column of their units: '
    'convert_units(rows.{column}, rows.{units}, "{to}").'
)
# Columns of tidy rows, and the column that holds the unit of each of their values.
UNITS_OF = dict.fromkeys(("low", "high", "value", "stretch"), "unit")
UNITS_OF |= {f"{name}_std": "unit_std" for name in UNITS_OF}
# As many decimals as figures are written with; others are converted one by one.
_PRINTED_DECIMALS = 5
# Whole numbers up to here are exact as floats, and so is a decimal of so many digits.
_MOST_WHOLE, _MOST_DIGITS = 2**53, 10**15 - 1
_SCALED = rf"({'|'.join(sorted(SCALES, key=len, reverse=True))})(.*)"


class Unit(NamedTuple):
    """What a written unit measures, the standard unit of that dimension, and the factor to it."""

    dimension: str
    standard: str
    factor: Fraction


Units = Mapping[str, Unit]


@cache
def list_units() -> dict[str, Unit]:
    """Return every shipped unit by its written form and by its symbol."""
    return index_units(read_table("units"))


def take_units(reference: Reference = None) -> dict[str, Unit]:
    """Take the units of the given reference tables, or the shipped units if there are none."""
    if reference is None:
        return list_units()
    table = take_reference(reference)["units"]
    return list_units() if table is read_table("units") else index_units(table)


def index_units(table: pd.DataFrame) -> dict[str, Unit]:
    """Return every unit of a table of units by its written form and by its symbol.

    Raises
    ------
    ValueError
        If a factor is not exact or a dimension has no standard unit, with all such rows at once.
    """
    inexact = table[~table.factor.str.fullmatch(FACTOR)]
    lacking = table[~table.dimension.isin(table.dimension[table.factor.eq("1")])]
    refuse_all(
        [
            *(say(_INEXACT, row=row.Index, value=row.factor) for row in inexact.itertuples()),
            *(
                say(_LACKING, row=row.Index, value=row.dimension)
                for row in lacking.drop_duplicates("dimension").itertuples()
            ),
        ]
    )
    table = table.assign(factor=[Fraction(text) for text in table.factor])
    standard = table[table.factor.eq(1)].drop_duplicates("dimension").set_index("dimension").symbol
    rows = [
        (name, Unit(row.dimension, standard[row.dimension], row.factor))
        for name_column in ("symbol", "text")
        for name, row in zip(table[name_column], table.itertuples(), strict=True)
    ]
    return dict(rows)


def read_unit(text: str, units: Units | None = None) -> Unit | None:
    """Read a written unit with its scale word; None if it is not in `units`, or the shipped units.

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
    match = re.fullmatch(_SCALED, fold(text), re.DOTALL)
    unit = units.get(match[2]) if match else None
    return unit._replace(factor=unit.factor * SCALES[match[1]]) if match and unit else None


def standardise(values: pd.Series, unit: Unit) -> pd.Series:
    """Convert values of one unit to the standard unit of its dimension, rounding once."""
    if values.dtype == "float64":
        return standardise_each(values, [unit], pd.Series(0, values.index))
    return values.map({value: _times(value, unit.factor) for value in values.dropna().unique()})


def standardise_each(
    values: pd.Series, units: Sequence[Unit | None], numbers: pd.Series
) -> pd.Series:
    """Convert values to the standard units of their dimensions, each rounded once.

    Parameters
    ----------
    values : pandas.Series
        Numbers as `float64`.
    units : sequence of Unit or None
        The units, each once; None is a unit that is not known, of which values are missing.
    numbers : pandas.Series
        The position of the unit of each value among the units, on the same index.
    """
    factors = [unit.factor if unit else Fraction(0) for unit in units]
    known = pd.Series([unit is not None for unit in units], dtype="bool")
    left = values.notna() & known.take(numbers).set_axis(values.index)
    converted = values.where(values.isna())
    for decimals in range(_PRINTED_DECIMALS):
        shares = pd.DataFrame(
            [_split_share(factor, 10**decimals) for factor in factors],
            columns=["times", "over", "most"],
            dtype="float64",
        )
        share = shares.take(numbers).set_axis(values.index)
        digits = (values * 10**decimals).round()
        exact = left & digits.div(10**decimals).eq(values) & digits.abs().le(share.most)
        # Of a negative zero nothing is left in a fraction.
        converted = converted.where(~exact, digits * share.times / share.over + 0.0)
        left &= ~exact
    rest = zip(values[left], numbers[left], strict=True)
    converted[left] = [_times(value, factors[number]) for value, number in rest]
    return converted


def _split_share(factor: Fraction, tens: int) -> tuple[int, int, int]:
    """Split a factor over a power of ten into whole floats, and tell for which numbers it serves.

    A whole number up to the last of the three has an exact product with the first; the quotient of
    that and the second is rounded once.
    """
    share = factor / tens
    if share.denominator > _MOST_WHOLE:
        return 0, 1, -1
    most = _MOST_WHOLE // max(share.numerator, 1)
    return share.numerator, share.denominator, min(most, _MOST_DIGITS)


@overload
def convert_units(values: float, unit: str, to: str, *, reference: Reference = None) -> float: ...
@overload
def convert_units(
    values: pd.Series, unit: str | pd.Series, to: str, *, reference: Reference = None
) -> pd.Series: ...
@document_columns()
def convert_units(
    values: float | pd.Series, unit: str | pd.Series, to: str, *, reference: Reference = None
) -> float | pd.Series:
    """Convert values from their units to another unit of the same dimension, exactly.

    Parameters
    ----------
    values : float or pandas.Series
        Numbers in `unit`.
    unit : str or pandas.Series
        The unit of all values, or a Series with the unit of each value on the same index; as
        documents write it (`亿元`, `万亩`, `公斤/亩`) or as a symbol (`CNY`, `ha`, `kg/ha`).
    to : str
        The unit to convert to.
    {reference}

    Returns
    -------
    float or pandas.Series
        The same type as `values`.  Factors are exact fractions; the result is rounded once.

    Raises
    ------
    ValueError
        If a unit is not known or has another dimension (a percentage point is not per cent), with
        the row and what it measures; or if values have a column of units, as `value_std` does, and
        that column is not given.
    TypeError
        If `values` is neither a number nor a Series, such as a list.

    Examples
    --------
    >>> convert_units(146.92, "万亩", "ha")
    97946.66666666667
    >>> areas = pd.DataFrame({"value": [146.92, 2.0], "unit": ["万亩", "ha"]})
    >>> convert_units(areas.value, areas.unit, "万亩").tolist()
    [146.92, 0.003]
    """
    units = take_units(reference)
    target = _require_unit(to, units)
    if isinstance(values, pd.Series):
        return _convert_column(values, unit, to, target, units)
    if not (is_number(values) or (is_scalar(values) and pd.isna(values))):
        refused = '{kind} "{value}" is not a number; allowed: a number, or a Series of them.'
        raise TypeError(say(refused, kind=type(values).__name__, value=values))
    source = _require_unit(unit, units)
    if source.dimension != target.dimension:
        called = say('"{value}"', value=unit)
        raise ValueError(_describe_mismatch(called, source.dimension, to, target, units))
    return _times(values, source.factor / target.factor)


def _convert_column(
    values: pd.Series, unit: str | pd.Series, to: str, target: Unit, units: Units
) -> pd.Series:
    """Convert a column whose values have one unit, or each its own."""
    if not isinstance(unit, pd.Series):
        if values.name in UNITS_OF:
            named = {"column": values.name, "units": UNITS_OF[values.name]}
            raise ValueError(say(_SEVERAL, **named, to=to))
        unit = pd.Series(str(unit), index=values.index)
    if not unit.index.equals(values.index):
        refused = "The units have a different index from the values; allowed: the same index."
        raise ValueError(say(refused))
    written = unit.fillna("").astype("str").where(values.notna(), "")
    read = {text: read_unit(text, units) for text in written[values.notna()].unique()}
    fits = [text for text, one in read.items() if one and one.dimension == target.dimension]
    strays = written[values.notna() & ~written.isin(fits)]
    for row, text in strays.head(1).items():
        stray = read[text]
        measured = stray.dimension if stray else say("nothing known")
        called = say('row {row}: "{value}"', row=row, value=text)
        raise ValueError(_describe_mismatch(called, measured, to, target, units))
    parts = [
        standardise(values[written.eq(text)], one._replace(factor=one.factor / target.factor))
        for text, one in read.items()
        if one
    ]
    return pd.concat(parts).reindex(values.index) if parts else values.astype("float64")


def _describe_mismatch(name: str, measured: str, to: str, target: Unit, units: Units) -> str:
    """Say what two units measure, and which units can be converted."""
    known = [text for text, one in units.items() if one.dimension == target.dimension]
    found = {"name": name, "measured": measured, "to": to, "wanted": target.dimension}
    return say(_MISMATCH, **found, allowed=say(", ").join(known))


def _require_unit(text: object, units: Units) -> Unit:
    """Read a unit, or refuse it and name the nearest units."""
    unit = read_unit(str(text), units)
    if unit is None:
        near = find_nearest(str(text), units) or say("see load_units()")
        refused = '"{value}" is not a known unit; nearest: {nearest}.'
        raise ValueError(say(refused, value=text, nearest=near))
    return unit


def _times(value: float, factor: Fraction) -> float:
    """Multiply a number as printed, not as stored in binary, and round once."""
    return float(Fraction(repr(float(value))) * factor) if pd.notna(value) else float("nan")
