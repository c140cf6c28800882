"""The rows of a workbook brought together with the tables as they are now.

Three states of a row are compared: when the workbook was written, in the workbook, and now.  A row
that only one side changed is as that side has it; a row that both changed differently is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from policydata.changes import name_rows
from policydata.coder.base import Base, digest_rows
from policydata.messages import say
from policydata.statements import CONTENT

_BOTH = (
    "{key}: {workbook} and {table} were both changed since the workbook was written; "
    "write the row as it shall be into both, or, if it was taken before, edit it in a new workbook."
)
_FOREIGN = (
    "{key}: {workbook} differs from {table}; a workbook that policydata did not write may only "
    "add rows. Write one with policydata workbook FILE.xlsx, and edit that."
)
_NOWHERE = "(no longer there)"


class Merged(NamedTuple):
    """A table as it shall be, each row with its key and its address, and what became of which keys.

    `kept` names rows that were changed in the tables since the workbook was written, `left` those
    whose sheet is not in the workbook.
    """

    rows: pd.DataFrame
    added: list[str]
    changed: list[str]
    removed: list[str]
    kept: list[str]
    left: list[str]
    complaints: list[str]


def merge_rows(
    table: str, edited: pd.DataFrame, current: pd.DataFrame, base: Base | None
) -> Merged:
    """Merge the rows of a workbook into a table.

    Parameters
    ----------
    table : str
        The name of the table, such as `coded`.
    edited, current : pandas.DataFrame
        The rows of the workbook and of the table now, each with its file and row.
    base : Base or None
        What the table held when the workbook was written; None if nobody knows, so that the
        workbook may only add rows.
    """
    theirs, ours = _index(table, edited), _index(table, current)
    then = base.digests if base else {}
    lasting = base.missing if base else frozenset(ours)
    new, now = ({row.key: row.digest for row in one.itertuples()} for one in (theirs, ours))
    fates: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys([*now, *then, *new]):
        may_remove = key in then and key not in lasting
        fates[_judge(new.get(key), now.get(key), then.get(key), may_remove)].append(key)
    complaints = _complain(fates["both"], theirs, ours, base)
    gone, stay = {*fates["removed"]}, {*fates["kept"], *fates["both"]}
    merged = _gather(table, theirs[~theirs.key.isin(stay)], ours[~ours.key.isin(gone)])
    left = [key for key in fates["left"] if base]
    added, changed, removed, kept = map(fates.__getitem__, ("added", "changed", "removed", "kept"))
    return Merged(merged, added, changed, removed, kept, left, complaints)


def number_rows(edited: pd.DataFrame, current: pd.DataFrame, base: Base | None) -> pd.DataFrame:
    """Number the coded rows without a number: as the same figure has it, or the next free one.

    A number that a row of the document has, or had when the workbook was written, is not free.
    """
    keys = {*name_rows("coded", edited[edited.n.ne("")])}
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, row in zip(name_rows("coded", current), current.itertuples(), strict=True):
        if key not in keys:
            same[tuple(getattr(row, name) for name in CONTENT)].append(str(row.n))
    used = [*keys, *name_rows("coded", current), *(base.digests if base else ())]
    last = _find_last(used)
    numbers = []
    for row in edited.itertuples():
        number = str(row.n)
        if not number:
            found = same[tuple(getattr(row, name) for name in CONTENT)]
            last[row.document] += not found
            number = found.pop(0) if found else str(last[row.document])
        numbers.append(number)
    return edited.assign(n=pd.Series(numbers, edited.index, dtype="str"))


def _find_last(keys: Iterable[str]) -> dict[str, int]:
    """Find the last number of each document among keys such as plan:12."""
    last: dict[str, int] = defaultdict(int)
    for key in keys:
        document, _, number = key.partition("#")[0].rpartition(":")
        if number.isdecimal():
            last[document] = max(last[document], int(number))
    return last


def _index(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Give each row its key and its digest."""
    rows = rows.reset_index(drop=True)
    return rows.assign(
        key=pd.Series(name_rows(table, rows), dtype="str"),
        digest=pd.Series(digest_rows(table, rows), dtype="str"),
    )


def _judge(new: str | None, now: str | None, then: str | None, may_remove: bool) -> str:
    """Tell what becomes of a row: its digests in the workbook, in the table now, and before."""
    if new == now:
        return "same"
    if new is None and not may_remove:
        return "left" if then else "same"
    if now == then:
        return "added" if now is None else "removed" if new is None else "changed"
    return "kept" if new == then else "both"


def _complain(
    keys: Iterable[str], theirs: pd.DataFrame, ours: pd.DataFrame, base: Base | None
) -> list[str]:
    """Say where the two sides of a row stand that cannot be brought together."""
    sides = [
        {row.key: f"{row.file}:{row.row}" for row in side.itertuples()} for side in (theirs, ours)
    ]
    lost = say("(no longer there)")
    refused = _BOTH if base else _FOREIGN
    return [
        say(refused, key=key, workbook=sides[0].get(key, lost), table=sides[1].get(key, lost))
        for key in keys
    ]


def _gather(table: str, theirs: pd.DataFrame, ours: pd.DataFrame) -> pd.DataFrame:
    """Put the rows of a workbook in the places of the same rows of a table, new ones in order."""
    rows = pd.concat([ours, theirs], ignore_index=True)
    place = {key: at for at, key in enumerate(rows.key)}
    merged = rows.iloc[[place[key] for key in dict.fromkeys(rows.key)]]
    ranks = [rank_row(table, key) for key in merged.key]
    # A table that is in no order gets what is new at its end.
    if ranks[: len(ours)] == sorted(ranks[: len(ours)]):
        merged = merged.iloc[sorted(range(len(merged)), key=ranks.__getitem__)]
    return merged.reset_index(drop=True)


def rank_row(table: str, key: str) -> tuple[str, int]:
    """Rank a row by its key: hazards by their statement, excluded numerals by their document."""
    if table in ("coded", "hazards"):
        document, number = [*key.split(":"), ""][:2]
        return document, int(number) if number.isdecimal() else 0
    if table == "units":
        return "", 0
    return key.partition(":")[0] if table == "excluded" else key, 0
