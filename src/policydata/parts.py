"""Excluded numerals that are a part of another figure, which is named by what it says.

While a text is drafted no statement has a number yet, so that a part names its whole by the
`value_text`: `part_of:50%以上`.  In a table it has the number of the statement: `part_of:3`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

PART_OF = "part_of:"


def find_named(excluded: pd.DataFrame) -> pd.DataFrame:
    """Find the excluded numerals that name the figure they are a part of by its `value_text`."""
    named = excluded.reason.str.removeprefix(PART_OF)
    is_named = excluded.reason.str.startswith(PART_OF) & ~named.str.fullmatch("[0-9]*")
    return excluded[is_named]


def list_wholes(excluded: pd.DataFrame, coded: pd.DataFrame) -> pd.Series:
    """List for each numeral of `find_named` the numbers of the statements that it may belong to.

    They are the statements of its document with this `value_text`; a number may be blank yet.
    """
    keys = zip(coded.document, coded.value_text, coded.n, strict=True)
    numbers: dict[tuple[str, str], list[str]] = {}
    for document, value, number in keys:
        numbers.setdefault((document, value), []).append(number)
    wholes = [
        numbers.get((document, reason.removeprefix(PART_OF)), [])
        for document, reason in zip(excluded.document, excluded.reason, strict=True)
    ]
    return pd.Series(wholes, excluded.index, dtype="object")


def number_parts(excluded: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Put the number of a statement where a numeral names its `value_text`, if only one has it.

    Parameters
    ----------
    excluded : pandas.DataFrame
        Excluded numerals, one row per numeral.
    coded : pandas.DataFrame
        Numbered statements, one row per statement.

    Returns
    -------
    pandas.DataFrame
        The numerals; a reason that no statement or more than one answers to stays as it is.

    Examples
    --------
    >>> coded = pd.DataFrame({"document": ["plan"], "n": ["3"], "value_text": ["50%以上"]})
    >>> reasons = ["part_of:50%以上", "part_of:7%", "part_of:1", "date"]
    >>> excluded = pd.DataFrame({"document": "plan", "reason": reasons})
    >>> number_parts(excluded, coded).reason.tolist()
    ['part_of:3', 'part_of:7%', 'part_of:1', 'date']
    """
    wholes: Mapping[object, Sequence[str]] = dict(list_wholes(find_named(excluded), coded).items())
    reasons = [
        f"{PART_OF}{wholes[row][0]}" if len(wholes.get(row, ())) == 1 else reason
        for row, reason in excluded.reason.items()
    ]
    return excluded.assign(reason=pd.Series(reasons, excluded.index, dtype="str"))
