"""Years: what is joined, how they are numbered, and the line behind the others."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from policydata.charts.page import Key
from policydata.charts.style import PALETTE, QUIET
from policydata.charts.text import number_axis
from policydata.charts.words import say
from policydata.load import carries_hazard

# How much thicker than a line the one behind the others is.
THICK = 2.2


def is_exact(rows: pd.DataFrame) -> pd.Series:
    """Tell which rows are outcomes stated as a number; only these are joined."""
    return rows.status.eq("outcome") & rows.comparator.eq("=")


def join_years(axes: Axes, rows: pd.DataFrame, colour: str, width: float) -> None:
    """Join exact outcomes of consecutive years, unless the base was revised between them."""
    exact = rows[is_exact(rows)].sort_values("year").astype({"year": "int"})
    revised = carries_hazard(exact, ["series_break"])
    broken = exact.year.diff().ne(1) | revised
    thick = width * mpl.rcParams["lines.linewidth"]
    style = {"color": colour, "linewidth": thick, "solid_capstyle": "round", "zorder": 1.5}
    for _, run in exact.groupby(broken.cumsum()):
        # A line of one point shows only with a mark, which a panel draws of its own places.
        mark = {"marker": "o", "markersize": 1.3 * thick} if len(run) == 1 else {}
        axes.plot(run.year, run["at"], **style, **mark)
    middle = exact[["year", "at"]].rolling(2).mean()[revised].dropna()
    axes.plot(middle.year, middle["at"], marker=(2, 0, -30), linestyle="none", color=colour)


def number_years(panels: Sequence[Axes], drawn: pd.DataFrame, lang: str, most: int = 3) -> None:
    """Write years and values; values of one unit have one span, fitted to them."""
    years = drawn.year.astype("int")
    for axes in panels:
        axes.set(xlim=(years.min() - 0.6, years.max() + 0.6), xlabel="", ylabel="")
        least = min(2, years.nunique())
        axes.xaxis.set_major_locator(MaxNLocator(most, integer=True, min_n_ticks=least))
        number_axis(axes.yaxis, lang, 4)
        axes.margins(y=0.14)


def make_behind_key(behind: pd.DataFrame, lang: str) -> list[Key]:
    """Make the key of the line of the reference."""
    if behind.empty:
        return []
    line = Line2D(
        [], [], color=PALETTE["reference"], linewidth=THICK * mpl.rcParams["lines.linewidth"]
    )
    named = {"place": behind.place_said.iloc[0], "status": say("status", "outcome", lang)}
    return [Key(line, "—", say("phrase", "reference", lang).format(**named))]


def make_break_key(drawn: pd.DataFrame, lang: str) -> list[Key]:
    """Make the key of the sign between two bases."""
    if not carries_hazard(drawn[is_exact(drawn)], ["series_break"]).any():
        return []
    stroke = Line2D([], [], color=QUIET, marker=(2, 0, -30), linestyle="none")
    return [Key(stroke, "/", say("hazard", "series_break", lang))]
