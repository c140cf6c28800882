"""What a column is: one record, from which headers, dtypes, checks and docstrings are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

__all__ = [
    "Column",
    "describe_columns",
    "document_columns",
    "name_columns",
    "optional",
    "set_dtypes",
]

_Function = TypeVar("_Function", bound=Callable[..., object])


@dataclass(frozen=True)
class Column:
    """One column: what it means, of which kind, whether a blank is allowed, which words are."""

    name: str
    meaning: str
    kind: str = "text"
    required: bool = True
    words: tuple[str, ...] = ()


def optional(name: str, meaning: str, kind: str = "text") -> Column:
    """Make a column that may be blank."""
    return Column(name, meaning, kind, required=False)


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
