"""Typed tables by their distinct cells: what is told of a cell is told once for all that are alike.

A typed table has few different cells in most columns.  Held as categories, they are compared and
looked up as numbers; only quotes, nearly all of them different, stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from policydata.distinct import number_combinations

_Rows = TypeVar("_Rows", pd.Series, pd.DataFrame)
_ALL_DIFFERENT = "quote"
_SORTED = "document"
_PYTHON = pd.StringDtype("python", na_value=float("nan"))


def hold_distinct(rows: pd.DataFrame) -> pd.DataFrame:
    """Hold columns of text as categories, if less than half of their cells are different.

    Others are held as objects of Python: rules that read them one by one would make these anew.
    """
    held = [name for name in rows if rows[name].dtype == "str"]
    return rows.assign(**{name: _hold(rows[name]) for name in held})


def release_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn categories back into text."""
    held = rows.select_dtypes("category")
    return rows.astype(dict.fromkeys(held, "str"))


def list_texts(cells: pd.Series) -> list[str]:
    """List the cells, which takes longer one by one."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        texts: list[str] = cells.cat.categories.to_numpy("object").take(cells.cat.codes).tolist()
        return texts
    listed: list[str] = cells.tolist()
    return listed


def spread(cells: pd.DataFrame | pd.Series, tell: Callable[[Any], _Rows]) -> _Rows:
    """Tell something of each distinct cell, or row, once, and give it to all that are the same.

    A column that is not held as categories is told of as it is.

    Examples
    --------
    >>> rows = hold_distinct(pd.DataFrame({"place": ["hebi", "anyang", "hebi"]}))
    >>> spread(rows.place, lambda distinct: distinct.str.len()).tolist()
    [4, 6, 4]
    """
    if isinstance(cells, pd.DataFrame):
        codes = number_distinct(cells)
        first = cells[~pd.Series(codes, cells.index).duplicated()]
        distinct = first.astype("str").reset_index(drop=True)
    elif isinstance(cells.dtype, pd.CategoricalDtype):
        codes, distinct = _number(cells), pd.Series(cells.cat.categories, dtype="str")
    else:
        return tell(cells)
    return tell(distinct).take(codes).set_axis(cells.index)


def number_distinct(rows: pd.DataFrame) -> Any:
    """Number the distinct rows of a table in the order in which they occur."""
    columns = [_number(rows[name]) for name in rows]
    return number_combinations([(codes, int(codes.max(initial=0)) + 1) for codes in columns])


def _hold(cells: pd.Series) -> pd.Series:
    if cells.name == _ALL_DIFFERENT:
        return cells.astype(_PYTHON)
    codes, distinct = _number_texts(cells)
    if 2 * len(distinct) > len(cells):
        return cells.astype(_PYTHON)
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index(distinct, dtype="str")), cells.index)


def _number_texts(cells: pd.Series) -> Any:
    """Number the texts of a column; return the numbers and the distinct texts."""
    # Arrow numbers its texts itself; else the objects are numbered without a look for missing ones.
    if cells.dtype.storage != "python":
        return pd.factorize(cells)
    texts = cells.to_numpy("object")
    if cells.name != _SORTED:
        return pd.factorize(texts)
    # Many rows on end are of one document, which is looked up for the first of them.
    begins = np.ones(len(texts), dtype="bool")
    begins[1:] = texts[1:] != texts[:-1]
    codes, distinct = pd.factorize(texts[begins])
    return codes[begins.cumsum() - 1], distinct


def _number(cells: pd.Series) -> Any:
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return cells.cat.codes.to_numpy("int64")
    return pd.factorize(cells, use_na_sentinel=False)[0].astype("int64")
