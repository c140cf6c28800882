"""A workbook that a coder edited, or a draft, taken back into the tables of a data set.

Nothing is written here: `take_workbook` says what the tables shall be, and `write_tables` gives the
text of each file that changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from policydata.changes import say_fate
from policydata.coded import make_empty, read_sheets
from policydata.coder.base import Base, read_base
from policydata.coder.merging import Merged, merge_rows, number_rows, rank_row
from policydata.coder.sheets import TYPED, read_typed
from policydata.columns import name_columns, refuse_all
from policydata.datasets import DataSet
from policydata.formatting import write_rows
from policydata.messages import say
from policydata.parts import find_named, number_parts
from policydata.problems import CodingError, say_count
from policydata.reading import EXCLUDED_NAME, open_book
from policydata.reading.cells import show
from policydata.reading.labels import DECISION, is_draft
from policydata.reading.sheets import Sheet
from policydata.schema import CODED, EXCLUDED
from policydata.tables import find_tables

_KEPT = "{table}: changed in the tables since the workbook was written, and kept:"
_LEFT = "{table}: without their sheet in the workbook, and left as they are:"


@dataclass(frozen=True)
class Taken:
    """What taking a workbook makes of a data set.

    `tables` are the tables as they shall be, each row with the address where it was read; `files`
    are the texts of those that change; `notes` are what was passed over in the workbook.
    """

    tables: Mapping[str, pd.DataFrame]
    merged: Mapping[str, Merged]
    files: Mapping[Path, str]
    notes: pd.DataFrame
    undecided: int


def take_workbook(path: Path, data: DataSet) -> Taken:
    """Take a workbook into the tables of a data set, without writing them.

    Parameters
    ----------
    path : Path
        The workbook: one that `write_workbook` wrote, edited or not; a draft; or anyone's with
        coded rows, which may only add rows.
    data : DataSet
        The data set.

    Returns
    -------
    Taken
        The tables as they shall be, not yet checked, and the files that change.

    Raises
    ------
    CodingError
        If the workbook or a table of the data set cannot be read, with every such problem.
    ValueError
        If a row was changed differently in the workbook and in the tables, with every such row.
    """
    current, base = read_typed(data), read_base(path)
    edited, problems = _read_edited(path)
    errors = problems[problems.level.eq("error")]
    if len(errors):
        raise CodingError(errors)
    bases = {table: _find_base(base, table) for table in TYPED}
    if "coded" in edited:
        edited["coded"] = number_rows(edited["coded"], current["coded"], bases["coded"])
    merged: dict[str, Merged] = {}
    for table, rows in edited.items():
        if table == EXCLUDED_NAME:
            merged[table] = _merge_excluded(rows, current[table], bases[table], merged["coded"])
        else:
            merged[table] = merge_rows(table, rows, current[table], bases[table])
    refuse_all([line for one in merged.values() for line in one.complaints])
    tables = {**current, **{table: one.rows for table, one in merged.items()}}
    files = _write_coded(data, current["coded"], merged.get("coded"))
    files |= _write_beside(data, merged)
    return Taken(tables, merged, files, problems, _count_undecided(path))


def _merge_excluded(
    edited: pd.DataFrame, current: pd.DataFrame, base: Base | None, coded: Merged
) -> Merged:
    """Merge excluded numerals, once those that name a figure have its number."""
    numbered = number_parts(edited, coded.rows)
    unsettled = find_named(numbered)
    merged = merge_rows(EXCLUDED_NAME, numbered.drop(unsettled.index), current, base)
    if unsettled.empty:
        return merged
    # A check refuses these, whatever the table has in their places.
    keys = [name for name in name_columns(EXCLUDED) if name != "reason"]
    rows = pd.concat([unsettled, merged.rows]).fillna("").drop_duplicates(keys)
    return merged._replace(rows=rows.reset_index(drop=True))


def choose_problems(taken: Taken, found: pd.DataFrame) -> pd.DataFrame:
    """Choose the problems to show: every error, and reviews of rows that were added or changed.

    What was passed over in the workbook is shown too.
    """
    touched = {
        (row.file, row.row)
        for one in taken.merged.values()
        for row in one.rows[one.rows.key.isin([*one.added, *one.changed])].itertuples()
    }
    rows = found.row.str.replace("![A-Z]+(?=[0-9]+$)", "!", regex=True)
    addresses = zip(found.file, rows, strict=True)
    is_touched = pd.Series([one in touched for one in addresses], found.index, "bool")
    shown = found[found.level.eq("error") | (found.level.eq("review") & is_touched)]
    return pd.concat([shown, taken.notes], ignore_index=True)


def describe_taken(taken: Taken) -> str:
    """Say what was added, changed and removed, table by table, and what was left as it is."""
    lines = []
    for table, one in taken.merged.items():
        done = {"added": one.added, "changed": one.changed, "removed": one.removed}
        told = [say_fate(fate, keys) for fate, keys in done.items() if keys]
        if told:
            lines.append(say("{address}: {said}", address=table, said=say("; ").join(told)))
        if one.kept:
            lines.append(say_fate(say(_KEPT, table=table), one.kept))
        if one.left:
            lines.append(say_fate(say(_LEFT, table=table), one.left))
    if taken.undecided:
        undecided = say_count(taken.undecided, "row")
        lines.append(say("draft: {rows} undecided, left out.", rows=undecided))
    counts = [
        sum(len(getattr(one, word)) for one in taken.merged.values())
        for word in ("added", "changed", "removed")
    ]
    if not any(counts):
        return "\n".join([*lines, say("Nothing to take: the tables have it all.")])
    words = "{added} added, {changed} changed, {removed} removed in {files}."
    said = dict(zip(("added", "changed", "removed"), counts, strict=True))
    return "\n".join([*lines, say(words, **said, files=say_count(len(taken.files), "file"))])


def _find_base(base: Mapping[str, Base] | None, table: str) -> Base | None:
    """Find what a table held; a table that is not in a workbook of ours held nothing."""
    return None if base is None else base.get(table, Base({}, frozenset()))


def _read_edited(path: Path) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Read the tables that a workbook has sheets for, and the problems of reading them."""
    sheets = [one for one in open_book(path) if isinstance(one, Sheet)]
    names = {one.name.casefold() for one in sheets if one.name.casefold() in TYPED}
    if any(map(is_draft, sheets)):
        names.add(EXCLUDED_NAME)
    wanted = [table for table in TYPED if table == "coded" or table in names]
    read = {table: read_sheets(path, TYPED[table]) for table in wanted}
    tables = {table: rows for table, (rows, _) in read.items()}
    return tables, pd.concat([found for _, found in read.values()], ignore_index=True)


def _count_undecided(path: Path) -> int:
    """Count the rows of a draft on which nobody has decided."""
    drafts = [one for one in open_book(path) if isinstance(one, Sheet) and is_draft(one)]
    cells = [
        draft.rows[row].get(place, "")
        for draft in drafts
        for place, name in draft.header.items()
        if name == DECISION
        for row in draft.filled[1:]
    ]
    return sum(not show(cell).strip() for cell in cells)


def _write_coded(data: DataSet, current: pd.DataFrame, merged: Merged | None) -> dict[Path, str]:
    """Write the coded tables that change: a row goes to the table of its place.

    A row of a table that is not named for a place stays in it.
    """
    if not merged or not (merged.added or merged.changed or merged.removed):
        return {}
    stated = current.document + ":" + current.n
    held = dict(zip(stated, zip(current.file, current.place, strict=True), strict=True))
    files = [
        _choose_file(data, row.place, *held.get(f"{row.document}:{row.n}", ("", "")))
        for row in merged.rows.itertuples()
    ]
    names = name_columns(CODED)
    rows = merged.rows.assign(file=files, rank=[rank_row("coded", key) for key in merged.rows.key])
    groups = rows.sort_values("rank").groupby("file")
    new = {Path(str(file)): rows[names] for file, rows in groups}
    old = {Path(str(file)): rows[names] for file, rows in current.groupby("file")}
    written = {}
    for file in dict.fromkeys([*old, *new]):
        rows = new.get(file, make_empty(CODED)[names])
        if file not in old or {*map(tuple, rows.values)} != {*map(tuple, old[file].values)}:
            written[file] = _write_csv(rows)
    return written


def _choose_file(data: DataSet, place: str, file: str, before: str) -> str:
    if file and (place == before or Path(file).stem != before):
        return file
    return (data.coded / f"{place}.csv").as_posix()


def _write_beside(data: DataSet, merged: Mapping[str, Merged]) -> dict[Path, str]:
    """Write the other tables that change, in their own order."""
    files = {**find_tables(data.reference), EXCLUDED_NAME: data.coded / f"{EXCLUDED_NAME}.csv"}
    return {
        files.get(table, data.reference / f"{table}.csv"): _write_csv(
            one.rows[name_columns(TYPED[table])]
        )
        for table, one in merged.items()
        if table != "coded" and (one.added or one.changed or one.removed)
    }


def _write_csv(rows: pd.DataFrame) -> str:
    return write_rows([[*rows.columns], *rows.to_numpy().tolist()])
