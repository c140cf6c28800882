"""The built tables that the package ships, read once and returned as they are.

`data/` is what people edit; the CSV files beside this module are built from it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from policydata.columns import as_text, name_columns, require_columns, take_rows
from policydata.messages import say
from policydata.problems import refuse_unknown
from policydata.schema import REFERENCE

# A folder of reference tables, the tables themselves, or None for the shipped ones.
Reference = Mapping[str, pd.DataFrame] | str | Path | None
# The value of a condition: one name or year, several, or None.
Names = str | Iterable[str] | None
Years = int | str | Iterable[int | str] | None

TABLES = Path(__file__).parent
_NO_FOLDER = '"{folder}" is not a folder; allowed: a folder with {tables}, or some of them.'
_NO_TABLE = (
    'The folder "{folder}" has no reference table; '
    "allowed: a folder with {tables}, or some of them."
)


def read_csv(path: Path) -> pd.DataFrame:
    """Read a CSV file of the project with every cell as text and a blank as an empty text."""
    return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")


@cache
def read_table(name: str) -> pd.DataFrame:
    """Read a shipped table as text; callers copy before they change."""
    return read_csv(TABLES / f"{name}.csv")


class Release(NamedTuple):
    """A state of the data that can be cited: its version, and day and address where there are."""

    version: str
    day: str = ""
    address: str = ""


def read_release(text: str) -> Release:
    """Read the one line of a file VERSION: a version, the day of its release, an address.

    Examples
    --------
    >>> read_release("1.2.0 2024-03-01 https://example.org/data")
    Release(version='1.2.0', day='2024-03-01', address='https://example.org/data')
    >>> read_release("second draft")
    Release(version='second draft', day='', address='')
    """
    words = text.split()
    address = words.pop() if words and "://" in words[-1] else ""
    is_day = bool(words) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words[-1])
    day = words.pop() if is_day else ""
    return Release(" ".join(words), day, address)


def read_data_release() -> Release:
    """Read what the shipped data are: their version, which is not that of the code, and its day."""
    return read_release((TABLES / "VERSION").read_text(encoding="utf-8"))


def read_data_version() -> str:
    """Read the version of the data, which is independent of the version of the code."""
    return read_data_release().version


def read_reference(folder: str | Path | None = None) -> dict[str, pd.DataFrame]:
    """Read the reference tables of a folder, to pass them as `reference=`.

    Parameters
    ----------
    folder : str or Path, optional
        Folder with one or more of `documents.csv`, `hazards.csv`, `indicators.csv`, `places.csv`
        and `units.csv` (UTF-8).  A table that is not in the folder is the shipped one; without a
        folder, all tables are.

    Returns
    -------
    dict of str to pandas.DataFrame
        The five tables by name, one row per document, hazard of a statement, indicator, place or
        written unit.  Every cell is text as typed; a blank is "".

    Raises
    ------
    ValueError
        If the folder does not exist, if it does not contain any of the tables, or if one of them
        cannot be read.

    Examples
    --------
    >>> tables = read_reference()
    >>> tables["places"].loc[1, ["id", "code", "name_zh"]].tolist()
    ['hebi', '410600', '鹤壁市']
    """
    if folder is None:
        return {name: read_table(name) for name in REFERENCE}
    listed = say(", ").join(f"{name}.csv" for name in REFERENCE)
    asked = {"folder": folder, "tables": listed}
    if not Path(folder).is_dir():
        raise ValueError(say(_NO_FOLDER, **asked))
    own = find_tables(Path(folder))
    if not own:
        raise ValueError(say(_NO_TABLE, **asked))
    return {name: read_given(own[name]) if name in own else read_table(name) for name in REFERENCE}


def find_tables(folder: Path) -> dict[str, Path]:
    """Find the reference tables of a folder, their names in any case."""
    files = {file.name.lower(): file for file in sorted(folder.iterdir())}
    return {name: files[f"{name}.csv"] for name in REFERENCE if f"{name}.csv" in files}


def take_reference(
    reference: Reference = None, *, hold_words: bool = True, **needed: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Take the given reference tables, every cell as text; the others are the shipped ones.

    Parameters
    ----------
    reference : str, Path or dict of DataFrame, optional
        A folder of reference tables, or the tables by name.
    hold_words : bool, default True
        Refuse a word that is not in its vocabulary, in a column that is needed.
    **needed : sequence of str
        The columns that are read, by table.

    Raises
    ------
    ValueError
        If a table has an unknown name, if it lacks a column that is needed, or if a word is not in
        its vocabulary.
    TypeError
        If `reference` is neither a folder nor tables by name.
    """
    if reference is None or isinstance(reference, str | Path):
        reference = read_reference(reference)
    if not isinstance(reference, Mapping):
        refused = "{kind} is not a reference; allowed: a folder, or tables by name."
        raise TypeError(say(refused, kind=type(reference).__name__))
    for name in reference:
        refuse_unknown("reference table", name, REFERENCE)
    taken = {name: _take_table(name, reference.get(name)) for name in REFERENCE}
    for name, columns in needed.items():
        known = REFERENCE[name]
        listed = say(", ").join(name_columns(known))
        source = say("a table of {name}: {columns}", name=name, columns=listed)
        require_columns(taken[name], columns, source)
        if hold_words and taken[name] is not read_table(name):
            held = [column for column in known if column.name in columns and column.words]
            take_rows(taken[name], held, say("Table {name}", name=name))
    return taken


def read_given(file: Path) -> pd.DataFrame:
    """Read a CSV file of a caller: refuse a row longer than the header, drop blank rows."""
    try:
        with warnings.catch_warnings(action="error"):
            table = pd.read_csv(
                file, dtype="str", keep_default_na=False, encoding="utf-8-sig", index_col=False
            )
    except (OSError, ValueError, pd.errors.ParserWarning) as fault:
        said = str(fault).strip().removeprefix("Error tokenizing data. C error: ")
        refused = "{file} cannot be read: {said}; allowed: a CSV file in UTF-8."
        raise ValueError(say(refused, file=file.as_posix(), said=said)) from None
    cells = table.fillna("")
    return cells[cells.ne("").any(axis=1)]


def _take_table(name: str, table: object) -> pd.DataFrame:
    """Take one table, or the shipped one if none is given."""
    if table is None or table is read_table(name):
        return read_table(name)
    require_columns(table, [], say("a table of {name}", name=name))
    return take_rows(table, as_text(REFERENCE[name]), say("Table {name}", name=name))


def index_table(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """Index a table by its key, to look up facts; if a key is used twice, its first row is kept."""
    return table.drop_duplicates(key).set_index(key)
