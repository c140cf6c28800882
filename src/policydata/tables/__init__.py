"""The built tables that the package ships, read once and handed out as they are.

`data/` is what people edit; the CSV files beside this module are built from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from policydata.schema import REFERENCE

__all__ = [
    "TABLES",
    "Reference",
    "forget_tables",
    "index_table",
    "read_csv",
    "read_data_version",
    "read_reference",
    "read_table",
    "take_reference",
]

# A folder of reference tables, the tables themselves, or nothing: ours.
Reference = Mapping[str, pd.DataFrame] | str | Path | None

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


def forget_tables() -> None:
    """Read the tables anew at the next call, after a build has replaced them."""
    read_table.cache_clear()


def read_reference(folder: str | Path | None = None) -> dict[str, pd.DataFrame]:
    """Read the reference tables: those of a folder, the shipped ones where it has none."""
    own = {} if folder is None else {file.stem: file for file in Path(folder).glob("*.csv")}
    return {name: read_csv(own[name]) if name in own else read_table(name) for name in REFERENCE}


def take_reference(reference: Reference = None) -> dict[str, pd.DataFrame]:
    """Take the reference tables that a caller hands in; what is not handed in is ours."""
    if reference is None or isinstance(reference, str | Path):
        return read_reference(reference)
    return {name: reference.get(name, read_table(name)) for name in REFERENCE}


def index_table(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """Index a table by its key, to look facts up; of a key used twice the first row stands."""
    return table.drop_duplicates(key).set_index(key)
