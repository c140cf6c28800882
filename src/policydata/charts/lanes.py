"""Lanes: one row of a chart, with its label, its marks, and its figures in words beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from policydata.charts.marks import draw_mark
from policydata.charts.style import BEHIND, QUIET, em, measure_width
from policydata.charts.text import measure, number_axis, wrap
from policydata.charts.words import list_words, name_axis, say

# The height of a lane, in sizes of the type.
LANE = 1.6
# The shares of the width that labels and the texts beside lanes may take.
LABELS, _BESIDE = 0.34, 0.36
# How far target and outcome are from the middle of their lane, so that both are seen.
_ASIDE = 0.12
# In sizes of the type: the width of a figure whose axis has room for few numbers.
NARROW = 40


def draw_lane(axes: Axes, rows: pd.DataFrame, lane: float) -> None:
    """Draw the marks of a lane, and the way between target and outcome of one period."""
    for _, group in rows.groupby("period"):
        axes.plot([group["at"].min(), group["at"].max()], [lane] * 2, color=BEHIND, zorder=1.5)
    several = rows.status.nunique() > 1
    for row in rows.itertuples():
        aside = (_ASIDE if row.status == "target" else -_ASIDE) if several else 0.0
        draw_mark(axes, row, lane + aside)


def measure_panels(axes: Axes, labels: Sequence[str], panels: int) -> float:
    """Measure the room that each of several panels has beside the labels of lanes, in inches."""
    wide = measure_width(axes)
    taken = min(LABELS * wide, max(map(measure, labels)))
    return (wide - taken - 1.5 * em()) / panels - 0.5 * em()


def label_axis(axes: Axes, rows: pd.DataFrame, lang: str, room: float = 0.0) -> None:
    """Write what an axis measures, and, if there is room for a head, which indicator."""
    row = next(rows.itertuples())
    number_axis(axes.xaxis, lang, 5 if measure_width(axes) > NARROW * em() else 3)
    axes.set_xlabel(name_axis(row.measure, row.unit_said, lang), loc="left")
    axes.spines["left"].set_visible(False)
    axes.grid(True, axis="y")
    if room:
        named = str(getattr(row, f"indicator_{lang}"))
        axes.set_title(wrap(named, room, "small", "bold"), fontsize="small")


def label_lanes(axes: Axes, labels: Sequence[str]) -> int:
    """Give each lane its label, the first on top; return the most lines of a label."""
    room = LABELS * measure_width(axes)
    wrapped = [wrap(label, room) for label in labels]
    axes.set_yticks(range(len(labels)), wrapped)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    return 1 + max(label.count("\n") for label in wrapped)


def write_lane(rows: pd.DataFrame, lang: str, known: str, several: bool) -> str:
    """Write the figures of a lane: outcomes first, each with its period if that is not known.

    If a chart has several statuses, all but outcomes are named.
    """
    ordered = rows.sort_values("status", key=lambda one: one.map(list_words("status").index))
    said = []
    for row in ordered[::-1].itertuples():
        status = say("status", row.status, lang) if several and row.status != "outcome" else ""
        form = say("phrase", "lane of year" if row.period == known else "lane", lang)
        said.append(form.format(status, row.written, row.period_said).strip())
    return say("phrase", "list", lang).join(said)


def write_beside(axes: Axes, texts: Sequence[str]) -> int:
    """Write a text at the right end of each lane; return the lines of the longest."""
    room = _BESIDE * measure_width(axes)
    wrapped = [wrap(text, room) for text in texts]
    for lane, text in enumerate(wrapped):
        axes.text(
            1.02, lane, text, transform=axes.get_yaxis_transform(), va="center_baseline",
            fontsize="small", color=QUIET,
        )  # fmt: skip
    return 1 + max((text.count("\n") for text in wrapped), default=0)
