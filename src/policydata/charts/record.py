"""What a chart leaves on its axes as plain data: its language, and the statements it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["Record", "choose_shown", "leave_record", "list_records", "refuse_language"]

_RECORD = "_policydata_record"
# What makes a row one of its kind: a pair by both of its statements.
_KEYS = (["target_id", "outcome_id"], ["statement_id"])
_SHOWN = 3


@dataclass(frozen=True)
class Record:
    """The language of a drawing, the ids of its rows, and the places that its legend names."""

    lang: str
    ids: pd.DataFrame
    places: tuple[tuple[str, str], ...] = ()


def leave_record(
    panels: Iterable[Axes], rows: pd.DataFrame, lang: str, places: Sequence[tuple[str, str]] = ()
) -> None:
    """Leave on axes what they show, in place of what was left there before."""
    names = [name for names in _KEYS for name in names if name in rows]
    record = Record(lang, rows[names].astype("str").fillna(""), tuple(places))
    for axes in panels:
        setattr(axes, _RECORD, record)


def list_records(figure: Figure) -> list[Record | None]:
    """List what was left on the axes of a figure; nothing where somebody else drew."""
    return [getattr(axes, _RECORD, None) for axes in figure.axes if axes.get_visible()]


def refuse_language(figure: Figure, name: str, lang: str) -> None:
    """Refuse a figure that is drawn in another language than it is saved under."""
    drawn = {record.lang for record in list_records(figure) if record} - {lang}
    if drawn:
        other = drawn.pop()
        raise ValueError(
            f'The figure {name!r} is drawn in lang "{other}" and saved as lang "{lang}": '
            f'draw it with lang="{lang}", or save it with lang="{other}".'
        )


def choose_shown(figure: Figure, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that a chart shows, refuse rows that lack some of these.

    Where any axes of a figure are drawn by hand only their author knows what they show.
    """
    records = list_records(figure)
    shown = [record.ids for record in records if record]
    for key in _KEYS if shown and len(shown) == len(records) else ():
        if all(set(key) <= set(table) for table in (rows, *shown)):
            drawn = pd.MultiIndex.from_frame(pd.concat([table[key] for table in shown]))
            given = pd.MultiIndex.from_frame(rows[key].astype("str").fillna(""))
            _refuse_lacking(name, drawn.difference(given))
            return rows[given.isin(drawn)]
    return rows


def _refuse_lacking(name: str, lacking: Iterable[tuple[str, ...]]) -> None:
    """Refuse rows without statements that the figure shows; what has no id cannot be missed."""
    missed = [" with ".join(ids) for ids in lacking if all(ids)]
    if missed:
        listed = ", ".join(f'"{ids}"' for ids in missed[:_SHOWN])
        more = f" and {len(missed) - _SHOWN} more" if len(missed) > _SHOWN else ""
        raise ValueError(
            f"The figure {name!r} shows {listed}{more}, which its rows do not hold: "
            "pass the rows that it plots."
        )
