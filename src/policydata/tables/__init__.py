"""The built tables that the package ships, read once and handed out as they are.

`data/` is what people edit; the CSV files beside this module are built from it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from policydata.columns import as_text, name_columns, require_columns, take_rows
from policydata.problems import refuse_unknown
from policydata.schema import REFERENCE

# A folder of reference tables, the tables themselves, or nothing: ours.
Reference = Mapping[str, pd.DataFrame] | str | Path | None
# What a condition is set to: one name or year, several, or nothing.
Names = str | Iterable[str] | None
Years = int | str | Iterable[int | str] | None

TABLES = Path(__file__).parent


def read_csv(path: Path) -> pd.DataFrame:
    """Read a CSV file of ours with every cell as text and a blank as a blank."""
    return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")


@cache
def read_table(name: str) -> pd.DataFrame:
    """Read a shipped table as text; callers copy before they change."""
    return read_csv(TABLES / f"{name}.csv")


def read_data_version() -> str:
    """Read the version of the data, which counts apart from the code's."""
    return (TABLES / "VERSION").read_text(encoding="utf-8").strip()


def read_reference(folder: str | Path | None = None) -> dict[str, pd.DataFrame]:
    """Read the reference tables of a folder, to hand them in as `reference=`.

    Parameters
    ----------
    folder : str or Path, optional
        Folder with one or more of `documents.csv`, `hazards.csv`, `indicators.csv`, `places.csv`
        and `units.csv` (UTF-8).  A table that it does not hold, or all where left out, is the
        shipped one.

    Returns
    -------
    dict of str to pandas.DataFrame
        The five tables by name, one row a document, hazard of a statement, indicator, place or
        written unit; every cell is text as typed, a blank is "".

    Raises
    ------
    ValueError
        Where there is no such folder, where it holds none of the tables, or where one cannot be
        read.

    Examples
    --------
    >>> tables = read_reference()
    >>> tables["places"].loc[1, ["id", "code", "name_zh"]].tolist()
    ['hebi', '410600', '鹤壁市']
    """
    if folder is None:
        return {name: read_table(name) for name in REFERENCE}
    allowed = f"a folder with {', '.join(f'{name}.csv' for name in REFERENCE)}, or some of them"
    if not Path(folder).is_dir():
        raise ValueError(f'"{folder}" is not a folder; allowed: {allowed}.')
    own = find_tables(Path(folder))
    if not own:
        raise ValueError(f'The folder "{folder}" holds no reference table; allowed: {allowed}.')
    return {name: _read_own(own[name]) if name in own else read_table(name) for name in REFERENCE}


def find_tables(folder: Path) -> dict[str, Path]:
    """Find the reference tables of a folder, their names in any case."""
    files = {file.name.lower(): file for file in sorted(folder.iterdir())}
    return {name: files[f"{name}.csv"] for name in REFERENCE if f"{name}.csv" in files}


def take_reference(
    reference: Reference = None, *, hold_words: bool = True, **needed: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Take the reference tables that a caller hands in, every cell as text; the others are ours.

    Parameters
    ----------
    reference : str, Path or dict of DataFrame, optional
        A folder of reference tables, or the tables by name.
    hold_words : bool, default True
        Refuse a word that its vocabulary has not, in a column that is needed.
    **needed : sequence of str
        The columns that are read, by table.

    Raises
    ------
    ValueError
        Where there is no such table, where one lacks a column that is read, or where a word is
        not in its vocabulary.
    TypeError
        Where it is neither a folder nor tables by name.
    """
    if reference is None or isinstance(reference, str | Path):
        reference = read_reference(reference)
    if not isinstance(reference, Mapping):
        kind = type(reference).__name__
        raise TypeError(f"{kind} is not a reference; allowed: a folder, or tables by name.")
    for name in reference:
        refuse_unknown("reference table", name, REFERENCE)
    taken = {name: _take_table(name, reference.get(name)) for name in REFERENCE}
    for name, columns in needed.items():
        known = REFERENCE[name]
        require_columns(
            taken[name], columns, f"a table of {name}: {', '.join(name_columns(known))}"
        )
        if hold_words and taken[name] is not read_table(name):
            held = [column for column in known if column.name in columns and column.words]
            take_rows(taken[name], held, f"Table {name}")
    return taken


def _read_own(file: Path) -> pd.DataFrame:
    """Read a CSV file of anyone: a row longer than its header is refused, blank ones go."""
    try:
        with warnings.catch_warnings(action="error"):
            table = pd.read_csv(
                file, dtype="str", keep_default_na=False, encoding="utf-8-sig", index_col=False
            )
    except (OSError, ValueError, pd.errors.ParserWarning) as fault:
        said = str(fault).strip().removeprefix("Error tokenizing data. C error: ")
        message = f"{file.as_posix()} cannot be read: {said}; allowed: a CSV file in UTF-8."
        raise ValueError(message) from None
    cells = table.fillna("")
    return cells[cells.ne("").any(axis=1)]


def _take_table(name: str, table: object) -> pd.DataFrame:
    """Take one table, ours where none is handed in."""
    if table is None or table is read_table(name):
        return read_table(name)
    require_columns(table, [], f"a table of {name}")
    return take_rows(table, as_text(REFERENCE[name]), f"Table {name}")


def index_table(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """Index a table by its key, to look facts up; of a key used twice the first row stands."""
    return table.drop_duplicates(key).set_index(key)
