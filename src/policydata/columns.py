"""The record of a column, from which headers, dtypes, checks and docstrings are made.

Every public function passes its rows through `take_rows`: a cell gets the dtype of its column, or
is refused with its address.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import indent
from typing import Any, TypeVar

import pandas as pd
from pandas.api.types import (
    infer_dtype,
    is_bool,
    is_bool_dtype,
    is_datetime64_dtype,
    is_float,
    is_numeric_dtype,
    is_scalar,
)

from policydata.distinct import find_distinct
from policydata.messages import say
from policydata.problems import find_nearest, say_nearest
from policydata.vocabularies import say_words

_Function = TypeVar("_Function", bound=Callable[..., object])


@dataclass(frozen=True)
class Column:
    """One column: its meaning and kind, its allowed words or its form, the column of its unit.

    `never_from` names the kinds of cells (*date*, *float*) that no longer show what was written.
    """

    name: str
    meaning: str
    kind: str = "text"
    required: bool = True
    words: tuple[str, ...] = ()
    form: str = ""
    never_from: tuple[str, ...] = ()
    unit: str = ""


def optional(
    name: str,
    meaning: str,
    kind: str = "text",
    form: str = "",
    never_from: tuple[str, ...] = (),
) -> Column:
    """Make a column that may be blank."""
    return Column(name, meaning, kind, False, form=form, never_from=never_from)


_DTYPES = {"text": "str", "integer": "Int64", "number": "float64", "date": "datetime64[s]"}
_ALLOWED = {
    "text": 'the text as it was written: read the column with dtype="str"',
    "integer": "a whole number such as 2023, or a blank",
    "number": "a number such as 2.6, or a blank",
    "date": "a day such as 2023-01-31, or a blank",
}
# How pandas writes a missing value where a cell is turned into text.
_WRITTEN_MISSING = ("", "nan", "NaN", "NaT", "<NA>", "None")
_SHOWN = 10


def name_columns(columns: Sequence[Column]) -> list[str]:
    """List the names of a table's columns in their order."""
    return [column.name for column in columns]


# What several docstrings share, by the word in braces that stands for it.
_SHARED = {
    "statements": """\
statements : pandas.DataFrame, optional
    Rows of `load_statements`; all of them if not given.""",
    "conditions": """\
place, indicator, domain, year : optional
    As in `load_statements`.  They also filter rows that are given, and names in such rows are
    known.""",
    "reference": """\
reference : str, Path or dict of DataFrame, optional
    Reference tables of your own: a folder, or the tables that `read_reference` returns.  Tables
    that are not given are the shipped ones.""",
    "refused": """\
ValueError
    If a name is not known (the message lists the nearest known names), or if a given table lacks
    a column, has a cell that its column does not allow, or has different rows for one statement.
TypeError
    If what is given is not a table.""",
}


def document_columns(columns: Sequence[Column] = ()) -> Callable[[_Function], _Function]:
    """Replace `{columns}` in a docstring by the columns, and other words by shared text."""
    listed = "\n".join(f"- `{column.name}`: {column.meaning}." for column in columns)

    def document(function: _Function) -> _Function:
        function.__doc__ = fill_docstring(function.__doc__, _SHARED | {"columns": listed})
        return function

    return document


def fill_docstring(text: str | None, words: Mapping[str, str]) -> str:
    """Replace the words in braces in a docstring by their lines, indented like the word."""
    pattern = rf"^( *)\{{({'|'.join(words)})\}}"
    return re.sub(
        pattern, lambda found: indent(words[found[2]], found[1]), text or "", flags=re.MULTILINE
    )


def as_text(columns: Sequence[Column]) -> list[Column]:
    """Return the same columns with every cell as text, as people type them."""
    return [replace(column, kind="text", words=()) for column in columns]


def set_dtypes(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Select and order the columns and set their dtypes; an unknown word becomes missing."""
    known = {
        column.name: frame[column.name].where(frame[column.name].isin(column.words))
        for column in columns
        if column.words
    }
    dtypes = {column.name: _choose_dtype(column) for column in columns}
    return frame.assign(**known)[name_columns(columns)].astype(dtypes)


def quote_values(values: Iterable[object]) -> str:
    """Write values in quotes."""
    return say(" or ").join(say('"{value}"', value=value) for value in values)


def refuse_all(complaints: Sequence[str]) -> None:
    """Raise the complaints, if there are any: ten in full, the rest counted."""
    if complaints:
        left = len(complaints) - _SHOWN
        more = [say("… and {count} more.", count=left)] if left > 0 else []
        raise ValueError("\n".join([*complaints[:_SHOWN], *more]))


def require_columns(frame: object, columns: Iterable[str], source: str) -> None:
    """Refuse what is not a table, and a table that lacks a column."""
    if not isinstance(frame, pd.DataFrame):
        refused = '{kind} "{value}" is not a table; allowed: a DataFrame of {source}.'
        found = {"kind": type(frame).__name__, "value": f"{frame!s:.40}"}
        raise TypeError(say(refused, **found, source=say(source)))
    missing = [column for column in columns if column not in frame]
    if missing:
        named, more = quote_values(missing[:3]), len(missing) - 3
        named += say(" and {count} more", count=more) if more > 0 else ""
        refused = "The table has no column {named}; allowed: {source}."
        raise ValueError(say(refused, named=named, source=say(source)))


def take_rows(frame: pd.DataFrame, columns: Sequence[Column], table: str = "") -> pd.DataFrame:
    """Convert the columns of a frame to the dtypes of their table, whatever it was read from.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of the library, unchanged or read back from CSV, Excel, Parquet or Stata.
    columns : sequence of Column
        The columns to convert; other columns are kept as they are, and a missing one stays missing.
    table : str, optional
        Name of the table, for the address of a cell that is refused.

    Returns
    -------
    pandas.DataFrame
        Ordered categories, Int64, float64, datetimes and text; a blank text is "".

    Raises
    ------
    ValueError
        If a cell is not allowed in its column (the message gives row, column, value, what is
        allowed and the nearest), or if a column occurs twice.

    Examples
    --------
    >>> read = pd.DataFrame({"period": [2023.0, None], "low": ["2.6", ""]})
    >>> columns = [optional("period", ""), optional("low", "", "number")]
    >>> take_rows(read, columns).values.tolist()
    [['2023', 2.6], ['', nan]]
    """
    there = {column.name: column for column in columns if column.name in frame}
    if twice := [name for name in there if isinstance(frame[name], pd.DataFrame)]:
        refused = "The table has the column {named} twice; keep one."
        raise ValueError(say(refused, named=quote_values(twice)))
    taken, complaints = {}, []
    for name, column in there.items():
        taken[name], refused = _take(frame[name], column)
        complaints += _complain(refused, column, table) if len(refused) else []
    refuse_all(complaints)
    return frame.assign(**taken)


def _choose_dtype(column: Column) -> Any:
    if column.words:
        return pd.CategoricalDtype(column.words, ordered=True)
    return _DTYPES[column.kind]


def _take(values: pd.Series, column: Column) -> tuple[pd.Series, pd.Series]:
    """Convert one column, and return with it the cells that cannot be converted."""
    dtype, none = _choose_dtype(column), values.head(0)
    if dtype == "float64" and _is_finite(values):
        return values.astype(dtype), none
    if dtype == "datetime64[s]" and _holds_days(values):
        return values.astype(dtype), none
    if values.dtype == dtype and dtype not in ("float64", "datetime64[s]"):
        return values.fillna("") if dtype == "str" else values, none
    if dtype == "str" and _holds_text(values):
        return values.astype(dtype).fillna(""), none
    cells = values if _holds_text(values) else _simplify(values)
    found = find_distinct(cells.rename("cell"))
    read, refused = _read_cells(found.rows.cell.tolist(), column)
    taken = found.give(pd.Series(read, dtype="object").astype(dtype))
    return taken.fillna("") if dtype == "str" else taken, cells[found.codes.isin(refused)]


def _is_finite(values: pd.Series) -> bool:
    numbers = is_numeric_dtype(values.dtype) and not is_bool_dtype(values.dtype)
    return numbers and not values.isin([math.inf, -math.inf]).any()


def _holds_days(values: pd.Series) -> bool:
    """Tell whether every cell is a day of pandas without a time, or missing."""
    return is_datetime64_dtype(values.dtype) and bool(
        (values.isna() | values.eq(values.dt.normalize())).all()
    )


def _holds_text(values: pd.Series) -> bool:
    """Tell whether every cell is text or missing, as objects, as categories or in another way."""
    is_coded = isinstance(values.dtype, pd.CategoricalDtype)
    found: str = infer_dtype(values.cat.categories if is_coded else values, skipna=True)
    return found == "string"


def _simplify(values: pd.Series) -> pd.Series:
    """Make cells distinct: a boolean is not a number, and a container is turned into text."""
    plain = [cell if is_scalar(cell) and not is_bool(cell) else str(cell) for cell in values]
    return pd.Series(plain, index=values.index, dtype="object")


def _read_cells(cells: Sequence[object], column: Column) -> tuple[list[object], list[int]]:
    """Read each of some different cells, and list the places of those that are not allowed."""
    read: list[object] = []
    refused = []
    for place, cell in enumerate(cells):
        try:
            read.append(math.nan if pd.isna(cell) else _read(cell, column))
        except ValueError:
            read.append(math.nan)
            refused.append(place)
    return read, refused


def _read(cell: object, column: Column) -> object:
    text, is_kind = _write(cell), {"date": isinstance(cell, date), "float": is_float(cell)}
    if any(is_kind[kind] for kind in column.never_from):
        raise ValueError(text)
    if column.kind == "text" and not column.words:
        return text
    if text.strip() in _WRITTEN_MISSING:
        return math.nan
    if column.words:
        return column.words[column.words.index(text)]
    form, read = _FORMS[column.kind]
    if not (found := re.fullmatch(form, text.strip(), re.ASCII)):
        raise ValueError(text)
    return read(found[1])


def _read_number(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(text)
    return number


def _read_day(text: str) -> pd.Timestamp:
    """Read a day, also from milliseconds, as JSON stores it."""
    day = pd.Timestamp(int(text), unit="ms") if text.isdigit() else pd.Timestamp(text)
    if day != day.normalize():
        raise ValueError(text)
    return day


# What a cell looks like as text, and what reads its first group.
_FORMS: dict[str, tuple[str, Callable[[str], object]]] = {
    "integer": (r"([+-]?\d{1,18})(?:\.0+)?", int),
    "number": (r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", _read_number),
    "date": (r"(\d{4}-\d{2}-\d{2}|\d{12,13})(?:[T ]00:00(?::00(?:\.0+)?)?)?Z?", _read_day),
}


def _write(cell: Any) -> str:
    """Write a cell: a whole number without a point, a day without its midnight."""
    if is_float(cell) and float(cell).is_integer():
        return str(int(cell))
    return str(cell).removesuffix(" 00:00:00") if isinstance(cell, date) else str(cell)


def _complain(cells: pd.Series, column: Column, table: str) -> list[str]:
    """Say for each refused cell where it first occurs, and in how many more rows."""
    allowed = say_words(column.name, column.words) or say(_ALLOWED[column.kind])
    texts = cells.astype("str")
    counts = texts.value_counts()
    lines = []
    for row, text in texts.drop_duplicates().items():
        place = say("{table}, row {row}" if table else "Row {row}", table=table, row=row)
        place += say(" and {count} more", count=counts[text] - 1) if counts[text] > 1 else ""
        near = say_nearest(find_nearest(text, column.words))
        found = {"column": column.name, "value": f"{text:.40}", "allowed": allowed, "near": near}
        refused = '{place}, column {column}: "{value}"; allowed: {allowed}{near}.'
        lines.append(say(refused, place=place, **found))
    return lines
