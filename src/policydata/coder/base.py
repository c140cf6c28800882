"""What the tables of a data set held when a workbook was written: a key and a digest a row.

When the workbook comes back, this tells who changed a row since: the workbook or the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from policydata.changes import name_rows
from policydata.coder.sheets import TYPED, Table
from policydata.columns import name_columns
from policydata.reading import open_book
from policydata.reading.labels import BASE
from policydata.reading.sheets import Sheet

COLUMNS = ("table", "key", "digest", "sheet")
_LENGTH = 16


class Base(NamedTuple):
    """The digests of one table by key, and the keys of rows whose sheet is not in the workbook."""

    digests: Mapping[str, str]
    missing: frozenset[str]


def digest_rows(table: str, rows: pd.DataFrame) -> list[str]:
    """Give each row of a table a short digest of its cells."""
    cells = rows[name_columns(TYPED[table])].itertuples(index=False, name=None)
    return [sha256("\x1f".join(row).encode()).hexdigest()[:_LENGTH] for row in cells]


def make_base(tables: Mapping[str, Table], typed: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Make the sheet of what a data set held, one row per row of its tables.

    Parameters
    ----------
    tables : mapping of str to tuple of DataFrame and sequence of Column
        The sheets of the workbook, from which each row learns on which sheet it stands.
    typed : mapping of str to DataFrame
        The tables that `read_typed` gives; those that are not in the workbook are left out.
    """
    sheets = {
        key: title
        for title, (rows, columns) in tables.items()
        if columns is TYPED["coded"]
        for key in name_rows("coded", rows.reset_index(drop=True))
    }
    listed = []
    for table, rows in typed.items():
        keys, digests = name_rows(table, rows), digest_rows(table, rows)
        titles = [sheets.get(key, "") if table == "coded" else table for key in keys]
        one = {"table": table, "key": keys, "digest": digests, "sheet": titles}
        frame = pd.DataFrame(one, columns=[*COLUMNS], dtype="str")
        listed.append(frame[frame.sheet.isin([*tables])])
    return pd.concat(listed, ignore_index=True)


def read_base(path: Path) -> dict[str, Base] | None:
    """Read what the tables held when a workbook was written; None if it does not say so."""
    sheets = {one.name: one for one in open_book(path) if isinstance(one, Sheet)}
    if BASE not in sheets or [*sheets[BASE].header.values()] != [*COLUMNS]:
        return None
    rows = [sheets[BASE].rows[row] for row in sheets[BASE].filled[1:]]
    cells: list[list[Any]] = [[row.get(place, "") for place in range(1, 5)] for row in rows]
    frame = pd.DataFrame(cells, columns=[*COLUMNS], dtype="str")
    gone = frame[~frame.sheet.isin([*sheets, ""])]
    return {
        str(table): Base(
            dict(zip(part.key, part.digest, strict=True)),
            frozenset(gone.key[gone.table.eq(table)]),
        )
        for table, part in frame.groupby("table")
    }
