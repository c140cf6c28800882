"""What differs between two states of the data: rows and columns added, removed, renamed, changed.

The same comparison serves a build, which names what it changes in the shipped tables, the command
`policydata changes`, and the changelog, whose counts a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from policydata.columns import name_columns
from policydata.messages import find_spoken, say
from policydata.schema import ALTERATIONS, ALTERED, EXCLUDED, KEYS, POINTERS
from policydata.vocabularies import translate_word

Tables = Mapping[str, pd.DataFrame]
STEPS = ("major", "minor", "patch")
# What still names the same thing where its id is another.
_LASTING = {"documents": "title_zh", "places": "code", "indicators": "name_zh"}
# Rows without an id that anybody could have written down.
_UNCITED = ("excluded", "hazards", "guide")
_SHOWN = 10


def list_changes(before: Tables, after: Tables) -> pd.DataFrame:
    """List what changed between two states of the data, field by field.

    Parameters
    ----------
    before, after : mapping of str to DataFrame
        The tables of both states by name; a missing cell is a blank one.

    Returns
    -------
    DataFrame
        One row per change: `table`, `row` (its key), `column`, `change` (removed, renamed, moved,
        added or changed), `old` and `new`.  A whole row has no `column`, a whole column no `row`, a
        whole table neither.  Where an id was renamed, that is the only change in what refers to it.

    Examples
    --------
    >>> before = pd.DataFrame({"text": ["亩", "斤"], "factor": ["1/15", "1/2"]}, dtype="str")
    >>> after = pd.DataFrame({"text": ["亩", "两"], "factor": ["2/30", "1/20"]}, dtype="str")
    >>> list_changes({"units": before}, {"units": after}).iloc[-1].tolist()
    ['units', '亩', 'factor', 'changed', '1/15', '2/30']
    """
    renamed = {name: _find_renamed(name, before, after) for name in _LASTING}
    found = []
    for table in [*before, *(name for name in after if name not in before)]:
        if table in before and table in after:
            found += _compare(table, before[table], after[table], renamed)
        else:
            found.append((table, "", "", "removed" if table in before else "added", "", ""))
    return pd.DataFrame(found, columns=name_columns(ALTERED), dtype="str")


def name_rows(table: str, rows: pd.DataFrame) -> list[str]:
    """Name each row of a table by its key; a key that occurs again is numbered.

    Examples
    --------
    >>> rows = pd.DataFrame({"document": ["plan", "plan"], "n": ["1", "1"]})
    >>> name_rows("coded", rows)
    ['plan:1', 'plan:1#2']
    """
    # Rows with the same numeral in the same quote are told apart by what else they say.
    sorts = [name for name in name_columns(EXCLUDED) if name in rows and table == "excluded"]
    order = rows.sort_values(sorts) if sorts else rows
    keys = [name for name in KEYS.get(table, ()) if name in rows] or [*rows.columns]
    cells = order[keys[0]].astype("str").str.cat([order[key] for key in keys[1:]], sep=":")
    again = cells.groupby(cells).cumcount() + 1
    named = cells.where(again.eq(1), cells + "#" + again.astype("str"))
    return [*named.reindex(rows.index)]


def find_step(changes: pd.DataFrame) -> str:
    """Find which number of the version changes call for, after the recipe of Data Package.

    Whoever wrote down a name of a column or an id has to look again where one is gone, and a new
    column moves those behind it: major.  Rows that are new are minor, corrections a patch.

    Examples
    --------
    >>> new = pd.DataFrame([["units", "两", "", "added", "", ""]], columns=name_columns(ALTERED))
    >>> find_step(new)
    'minor'
    """
    whole = changes.row.eq("")
    gone = changes.change.isin(["removed", "renamed"]) & (whole | ~changes.table.isin(_UNCITED))
    columns = changes.column.ne("") & whole
    calls = [
        (gone | columns | changes.change.eq("moved")).any(),
        changes.change.eq("added").any(),
        len(changes) > 0,
    ]
    return next((step for step, called in zip(STEPS, calls, strict=True) if called), "")


def count_rows(changes: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of each table that were removed, renamed, added or changed, once each.

    Examples
    --------
    >>> before = pd.DataFrame({"text": ["亩"], "factor": ["1/15"]}, dtype="str")
    >>> changes = list_changes({"units": before}, {"units": before.assign(factor="2/30")})
    >>> count_rows(changes).loc["units"].to_dict()
    {'removed': 0, 'renamed': 0, 'added': 0, 'changed': 1}
    """
    rows = changes[changes.row.ne("")].drop_duplicates(["table", "row", "change"])
    kinds = [kind for kind in ALTERATIONS if kind != "moved"]
    counted = pd.crosstab(rows.table, rows.change).reindex(columns=kinds, fill_value=0)
    return counted.loc[[*dict.fromkeys(rows.table)]]


def describe_changes(changes: pd.DataFrame, shown: int = _SHOWN) -> list[str]:
    """Say in one line per table what became of its columns, of which rows, and of how many cells.

    Examples
    --------
    >>> before = pd.DataFrame({"text": ["亩"], "factor": ["1/15"]}, dtype="str")
    >>> changes = list_changes({"units": before}, {"units": before.assign(factor="2/30")})
    >>> describe_changes(changes)
    ['units: changed 1 (亩); cells: factor 1']
    """
    lines = []
    for table, found in changes.groupby("table", sort=False):
        whole = found[found.row.eq("")]
        told = [_say_whole(one.column, one.change) for one in whole.itertuples()]
        told += [say_fate(fate, keys, shown) for fate, keys in list_fates(found).items()]
        cells = found[found.change.eq("changed")].column.value_counts()
        listed = say(", ").join(f"{column} {count}" for column, count in cells.items())
        told += [say("cells: {columns}", columns=listed)] if listed else []
        lines.append(say("{address}: {said}", address=table, said=say("; ").join(told)))
    return lines


def say_fate(fate: str, keys: Sequence[str], shown: int = _SHOWN) -> str:
    """Say how many rows something became of, and the keys of the first.

    Examples
    --------
    >>> say_fate("added", ["plan:1", "plan:2", "plan:3"], shown=2)
    'added 3 (plan:1, plan:2 and 1 more)'
    """
    counted = {"words": say_change(fate), "count": len(keys)}
    if not shown:
        return say("{words} {count}", **counted)
    more = say(" and {count} more", count=len(keys) - shown) if len(keys) > shown else ""
    listed = say(", ").join(keys[:shown])
    return say("{words} {count} ({keys}{more})", **counted, keys=listed, more=more)


def say_change(change: str) -> str:
    """Say what became of something; other words stay as they are."""
    return translate_word("change", change, find_spoken())


def list_fates(changes: pd.DataFrame) -> dict[str, list[str]]:
    """List the keys of the rows of a table by what became of them, each once."""
    rows = changes[changes.row.ne("")].drop_duplicates(["row", "change"])
    return {str(fate): [*part.row] for fate, part in rows.groupby("change", sort=False)}


def _say_whole(column: str, change: str) -> str:
    said = "column {column} {change}" if column else "table {change}"
    return say(said, column=column, change=say_change(change))


def _compare(
    table: str, old: pd.DataFrame, new: pd.DataFrame, renamed: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, ...]]:
    """List the changes of one table: of its columns, of whole rows, of cells."""
    old, new = (rows.astype("str").fillna("") for rows in (old, new))
    followed = _follow(table, old, renamed)
    columns = _find_renamed_columns(table, followed, new)
    old, followed = old.rename(columns=columns), followed.rename(columns=columns)
    found = _compare_columns(followed, new, columns)
    before, now, after = (name_rows(table, rows) for rows in (old, followed, new))
    kept, there = {*after}, {*now}
    pairs = [*zip(before, now, strict=True)]
    found += [(was, "", "removed", "", "") for was, key in pairs if key not in kept]
    found += [(key, "", "renamed", was, key) for was, key in pairs if was != key and key in kept]
    found += [(key, "", "added", "", "") for key in after if key not in there]
    found += _compare_cells(followed.set_axis(now), new.set_axis(after))
    return [(table, *one) for one in found]


def _compare_columns(
    old: pd.DataFrame, new: pd.DataFrame, renamed: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """List the columns that are gone, have another name, or came, and another order of the rest."""
    found = [("", name, "removed", "", "") for name in old if name not in new]
    found += [("", name, "renamed", was, name) for was, name in renamed.items()]
    shared = [[name for name in one if name in other] for one, other in ((old, new), (new, old))]
    if shared[0] != shared[1]:
        first = next(pair for pair in zip(*shared, strict=True) if pair[0] != pair[1])
        found.append(("", first[1], "moved", *map(" ".join, shared)))
    return found + [("", name, "added", "", "") for name in new if name not in old]


def _compare_cells(old: pd.DataFrame, new: pd.DataFrame) -> list[tuple[str, ...]]:
    """List the cells that differ in the rows and columns that both have, column by column."""
    rows = new.index[new.index.isin(old.index)]
    found: list[tuple[str, ...]] = []
    for name in (name for name in new if name in old):
        cells = old.loc[rows, name], new.loc[rows, name]
        differ = cells[0].ne(cells[1])
        changed = zip(rows[differ], cells[0][differ], cells[1][differ], strict=True)
        found += [(key, name, "changed", was, now) for key, was, now in changed]
    return found


def _find_renamed_columns(table: str, old: pd.DataFrame, new: pd.DataFrame) -> dict[str, str]:
    """Find the columns that are gone and hold under another name, row by row, what they held."""
    gone, come = (
        [name for name in one if name not in other] for one, other in ((old, new), (new, old))
    )
    # Without their key rows are matched by their place.
    is_named = {*KEYS.get(table, ())} <= {*old} & {*new}
    rows = [
        one.set_axis(name_rows(table, one)) if is_named else one.reset_index(drop=True)
        for one in (old, new)
    ]
    found: dict[str, str] = {}
    for name in gone if come else []:
        cells = rows[0][name][rows[0].index.isin(rows[1].index)]
        same = [
            other
            for other in come
            if other not in found.values()
            and cells.ne("").any()
            and rows[1][other].reindex(cells.index).eq(cells).all()
        ]
        found |= {name: same[0]} if same else {}
    return found


def _find_renamed(name: str, before: Tables, after: Tables) -> dict[str, str]:
    """Find the ids that are gone whose row is there under another: its lasting name tells."""
    if name not in before or name not in after:
        return {}
    key, lasting = KEYS[name][0], _LASTING[name]
    if not all({key, lasting} <= {*table[name]} for table in (before, after)):
        return {}
    gone = before[name][~before[name][key].isin(after[name][key])]
    come = after[name][~after[name][key].isin(before[name][key])]
    pairs = gone[gone[lasting].ne("")].merge(come, on=lasting, suffixes=("_old", "_new"))
    pairs = pairs.drop_duplicates(lasting, keep=False)
    return dict(zip(pairs[f"{key}_old"], pairs[f"{key}_new"], strict=True))


def _follow(
    table: str, rows: pd.DataFrame, renamed: Mapping[str, Mapping[str, str]]
) -> pd.DataFrame:
    """Write in each cell that holds an id the one that it has now."""
    taken = {
        name: rows[name].replace(renamed[POINTERS[name]])
        for name in rows
        if renamed.get(POINTERS.get(name, ""))
    }
    if renamed.get(table):
        key = KEYS[table][0]
        taken[key] = rows[key].replace(renamed[table])
    if "statement_id" in rows and renamed["documents"]:
        parts = rows.statement_id.str.rpartition(":")
        taken["statement_id"] = parts[0].replace(renamed["documents"]) + ":" + parts[2]
    return rows.assign(**taken)
