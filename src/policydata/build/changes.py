"""What a build changes in the shipped tables, by their keys, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from policydata.messages import say
from policydata.schema import JUDGED

_KEYS = {"hazards": [column.name for column in JUDGED]}
_SHOWN = 10


def describe_changes(
    before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame]
) -> list[str]:
    """Say which rows of each table are gone, other than before, or new: one line per kind."""
    lines = []
    for name in [name for name in after if name in before]:
        old, new = (_write_rows(tables[name], name) for tables in (before, after))
        kept = [key for key in old if key in new]
        gone = [key for key in old if key not in new]
        other = [key for key in kept if old[key] != new[key]]
        added = [key for key in new if key not in old]
        if gone:
            lines.append(say("{name}: {count} gone: {rows}", name=name, **_say_keys(gone)))
        if other:
            lines.append(say("{name}: {count} changed: {rows}", name=name, **_say_keys(other)))
        if added:
            lines.append(say("{name}: {count} new: {rows}", name=name, **_say_keys(added)))
    return lines


def _write_rows(table: pd.DataFrame, name: str) -> dict[str, list[str]]:
    """Write what the rows of each key say; `hazards` is its key alone."""
    keys = _KEYS.get(name, [table.columns[0]])
    rows: dict[str, list[str]] = {}
    for row in table.astype("str").fillna("").to_dict("records"):
        rows.setdefault(" ".join(row[key] for key in keys), []).append(str([*row.values()]))
    return rows


def _say_keys(keys: Sequence[str]) -> dict[str, object]:
    shown = [*keys[:_SHOWN], *(["…"] if len(keys) > _SHOWN else [])]
    return {"count": len(keys), "rows": say(", ").join(shown)}
