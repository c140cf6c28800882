"""What a check is handed, read: reference tables, excluded numerals and texts, where they are.

What cannot be read is a problem with an address; only what is not a table and no path is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import pandas as pd

from policydata.coded import list_problems, read_sheets
from policydata.columns import Column, name_columns, require_columns
from policydata.errors import RULES, refuse_unknown
from policydata.reading.files import EXCLUDED_NAME, is_file, is_folder, is_workbook, take_path
from policydata.schema import EXCLUDED, REFERENCE
from policydata.tables import Reference, read_table

__all__ = [
    "find_reference",
    "list_sources",
    "make_empty",
    "read_excluded_of",
    "read_own",
    "read_texts",
]

# A table as it was read, and the problems that kept it from being read.
_Read = tuple[pd.DataFrame, pd.DataFrame]
_TABLES = ", ".join(f"{name}.csv" for name in REFERENCE)


def make_empty(columns: Sequence[Column]) -> pd.DataFrame:
    """Make a table of no row, with the columns of an address."""
    return pd.DataFrame(columns=[*name_columns(columns), "file", "row"], dtype="str")


def list_sources(coded: pd.DataFrame | Path) -> list[Path]:
    """List the folders and workbooks that a path names, or that rows came from."""
    files = coded.file.unique() if isinstance(coded, pd.DataFrame) else [coded.as_posix()]
    paths = [Path(file) for file in files if file]
    folders = [path if _holds_tables(path) else path.parent for path in paths]
    return list(dict.fromkeys(folders))


def find_reference(sources: Iterable[Path]) -> Path | None:
    """Find the folder `reference` beside the coded tables; none where they lie beside several."""
    found = {_find_beside(source) for source in sources}
    return found.pop() if len(found) == 1 else None


def read_own(reference: Reference) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Read the reference tables that are handed in; one that cannot be read gives way to ours."""
    if reference is None:
        return {}, list_problems([])
    read = (
        _take_frames(reference)
        if isinstance(reference, Mapping)
        else _read_folder(take_path(reference, "a folder, or what read_reference() gives"))
    )
    sound = {name for name, (_, unread) in read.items() if not unread.level.eq("error").any()}
    tables = {name: table for name, (table, _) in read.items() if name in sound & {*REFERENCE}}
    return tables, pd.concat([list_problems([]), *(unread for _, unread in read.values())])


def read_excluded_of(sources: Sequence[Path]) -> _Read:
    """Read the excluded numerals beside coded tables, none where there are none."""
    files = [
        source if is_workbook(source) else source / f"{EXCLUDED_NAME}.csv" for source in sources
    ]
    read = [read_sheets(file, EXCLUDED) for file in files if is_file(file)]
    rows = [make_empty(EXCLUDED), *(table for table, _ in read)]
    problems = [list_problems([]), *(unread for _, unread in read)]
    return pd.concat(rows, ignore_index=True), pd.concat(problems)


def read_texts(
    table: pd.DataFrame, documents: object
) -> tuple[dict[str, str] | None, pd.DataFrame]:
    """Read the texts whose checksum the table states, by document id; nothing where none are."""
    if documents is None:
        return None, list_problems([])
    folder = take_path(documents, "a folder with the texts, as .txt")
    if not folder.is_dir():
        problem = _describe(folder, "no such file", "", "a folder with the texts, as .txt")
        return {}, list_problems([problem])
    texts: dict[str, str] = {}
    problems = []
    for file in sorted(path for path in folder.iterdir() if path.suffix.lower() == ".txt"):
        try:
            raw = file.read_bytes()
        except OSError as fault:
            problems.append(
                _describe(file, "text passed over", str(fault.strerror), "a file that can be read")
            )
            continue
        for document in table.id[table.sha256.eq(sha256(raw).hexdigest())]:
            try:
                texts[document] = raw.decode("utf-8")
            except UnicodeDecodeError:
                allowed = "a text in UTF-8, and the checksum of that in documents.csv"
                problems.append(_describe(file, "not UTF-8", document, allowed))
    return texts, list_problems(problems)


def _holds_tables(path: Path) -> bool:
    """Tell whether a path is a place of coded tables, not one table of several."""
    return is_folder(path) or is_workbook(path)


def _find_beside(source: Path) -> Path | None:
    """Find the folder `reference` beside a folder; a workbook may lie in that folder too."""
    beside = [source / "..", *([source.parent / ".."] if is_workbook(source) else [])]
    folders = [Path(os.path.normpath(folder)) / "reference" for folder in beside]
    return next((folder for folder in folders if is_folder(folder)), None)


def _read_folder(folder: Path) -> dict[str, _Read]:
    """Read those reference tables that a folder holds."""
    files = {name: folder / f"{name}.csv" for name in REFERENCE}
    there = {name: file for name, file in files.items() if file.is_file()}
    if not there:
        rule = "no reference table" if folder.is_dir() else "no such file"
        problem = _describe(folder, rule, "", f"a folder with {_TABLES}")
        return {"": (pd.DataFrame(), list_problems([problem]))}
    return {name: read_sheets(file, REFERENCE[name]) for name, file in there.items()}


def _take_frames(tables: Mapping[str, pd.DataFrame]) -> dict[str, _Read]:
    """Take tables that are frames already; those of them that are ours are not the caller's own."""
    for name, table in tables.items():
        refuse_unknown("reference table", name, REFERENCE)
        require_columns(table, (), "read_reference()")
    own = {name: table for name, table in tables.items() if not table.equals(read_table(name))}
    return {name: _take_frame(name, table) for name, table in own.items()}


def _take_frame(name: str, table: pd.DataFrame) -> _Read:
    """Take one table, every cell as text, on the rows of its file."""
    file, names = Path(f"{name}.csv"), name_columns(REFERENCE[name])
    problems = [
        _describe(file, "missing column", column, ", ".join(names))
        for column in names
        if column not in table
    ]
    cells = table.astype("object").where(table.notna(), "").astype("str").reset_index(drop=True)
    address = {"file": file.as_posix(), "row": [str(row) for row in range(2, len(cells) + 2)]}
    rows = cells.assign(**{part: given for part, given in address.items() if part not in cells})
    return rows, list_problems(problems)


def _describe(file: Path, rule: str, value: str, allowed: str) -> dict[str, str]:
    """Make one problem of a file or folder."""
    facts = {"file": file.as_posix(), "value": value, "level": RULES[rule], "rule": rule}
    return {**facts, "allowed": allowed}
