"""What a column is: one record, from which headers, dtypes, checks and docstrings are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
from pandas.api.types import is_float_dtype, is_numeric_dtype

__all__ = [
    "Column",
    "describe_columns",
    "document_columns",
    "name_columns",
    "optional",
    "restore_dtypes",
    "set_dtypes",
]

_Function = TypeVar("_Function", bound=Callable[..., object])


@dataclass(frozen=True)
class Column:
    """One column: its meaning and kind, whether it may be blank, its words or the form of each."""

    name: str
    meaning: str
    kind: str = "text"
    required: bool = True
    words: tuple[str, ...] = ()
    form: str = ""


def optional(name: str, meaning: str, kind: str = "text", form: str = "") -> Column:
    """Make a column that may be blank."""
    return Column(name, meaning, kind, required=False, form=form)


_DTYPES = {"text": "str", "integer": "Int64", "number": "float64", "date": "datetime64[s]"}


def name_columns(columns: Sequence[Column]) -> list[str]:
    """List the names of a table's columns in their order."""
    return [column.name for column in columns]


def describe_columns(columns: Sequence[Column], indent: str = "") -> str:
    """Write the columns as lines of a docstring or of the codebook."""
    return "\n".join(f"{indent}- `{column.name}`: {column.meaning}." for column in columns)


def document_columns(columns: Sequence[Column]) -> Callable[[_Function], _Function]:
    """Put the columns where a docstring says `{columns}`."""

    def document(function: _Function) -> _Function:
        # From 3.13 on Python strips the indent of docstrings itself.
        function.__doc__ = re.sub(
            r"( *)\{columns\}",
            lambda found: describe_columns(columns, found[1]),
            function.__doc__ or "",
        )
        return function

    return document


def set_dtypes(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Give every column its declared dtype, order and vocabulary."""
    dtypes = {
        column.name: pd.CategoricalDtype(column.words, ordered=True)
        if column.words
        else _DTYPES[column.kind]
        for column in columns
    }
    return frame[name_columns(columns)].astype(dtypes)


def restore_dtypes(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Give the columns that are there their kind again, whatever a CSV reader took them for.

    Vocabularies become plain words; columns that are not declared stay as they are.

    Examples
    --------
    >>> read = pd.DataFrame({"period": [2023.0, None], "low": ["2.6", ""]})
    >>> columns = [optional("period", "", "text"), optional("low", "", "number")]
    >>> restore_dtypes(read, columns).values.tolist()
    [['2023', 2.6], ['', nan]]
    """
    kinds = {column.name: column.kind for column in columns if column.name in frame}
    return frame.assign(**{name: _restore(frame[name], kind) for name, kind in kinds.items()})


def _restore(values: pd.Series, kind: str) -> pd.Series:
    """Give one column its kind."""
    if kind == "text":
        whole = values.astype("Int64") if is_float_dtype(values) else values
        return whole.astype("str").fillna("")
    read = values if is_numeric_dtype(values) or kind == "date" else pd.to_numeric(values)
    return pd.to_datetime(read) if kind == "date" else read.astype(_DTYPES[kind])
