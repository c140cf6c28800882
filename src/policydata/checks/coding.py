"""What a check looks at: the coded rows, the excluded numerals, the reference tables, the texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from policydata.coded import EXCLUDED_NAME, list_problems, read_sheets
from policydata.schema import CODED, EXCLUDED, name_columns
from policydata.tables import read_reference

__all__ = ["Coding", "gather", "report"]


@dataclass(frozen=True)
class Coding:
    """One coding, with all that its rules need."""

    coded: pd.DataFrame
    excluded: pd.DataFrame
    unread: pd.DataFrame
    reference: Mapping[str, pd.DataFrame]
    texts: Mapping[str, str] | None


def gather(
    coded: pd.DataFrame | str | Path, documents: str | Path | None, reference: str | Path | None
) -> Coding:
    """Read what is a path and put it all together."""
    tables = read_reference(reference)
    if isinstance(coded, pd.DataFrame):
        rows, unread, source = coded, list_problems([]), _find_source(coded)
    else:
        rows, unread = read_sheets(coded, CODED)
        source = Path(coded)
    nothing = pd.DataFrame(columns=[*name_columns(EXCLUDED), "file", "row"], dtype="str")
    excluded, faults = read_sheets(source, EXCLUDED) if source else (nothing, list_problems([]))
    texts = _read_texts(tables["documents"], documents)
    return Coding(rows, excluded, pd.concat([unread, faults]), tables, texts)


def report(
    rows: pd.DataFrame,
    column: str,
    rule: str,
    allowed: object,
    nearest: object = "",
) -> pd.DataFrame:
    """Make problems of the offending rows; `allowed` and `nearest` may differ by row."""
    facts = {"column": column, "value": rows[column], "level": RULES[rule], "rule": rule}
    return rows[["file", "row"]].assign(**facts, allowed=allowed, nearest=nearest)


def _find_source(coded: pd.DataFrame) -> Path | None:
    """Find the folder or workbook that rows came from, for the `excluded` table beside them."""
    if "file" not in coded or coded.empty:
        return None
    file = coded.file.iloc[0]
    path = Path(file.partition(".xlsx[")[0] + ".xlsx") if ".xlsx[" in file else Path(file).parent
    beside = path.suffix == ".xlsx" or (path / f"{EXCLUDED_NAME}.csv").is_file()
    return path if beside else None


def _read_texts(table: pd.DataFrame, folder: str | Path | None) -> dict[str, str] | None:
    """Read the texts whose checksum the table of documents states, by document id."""
    if folder is None:
        return None
    files = {
        sha256(file.read_bytes()).hexdigest(): file for file in sorted(Path(folder).glob("*.txt"))
    }
    ids = table[table.sha256.isin(files)]
    return {
        document: files[checksum].read_bytes().decode("utf-8")
        for document, checksum in zip(ids.id, ids.sha256, strict=True)
    }
