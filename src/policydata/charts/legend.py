"""The legend under a figure: every status and every mark that it uses, and what to mind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

import matplotlib as mpl
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.legend_handler import HandlerLine2D
from matplotlib.lines import Line2D

from policydata.charts.fitting import measure, wrap
from policydata.charts.marks import MARKERS, dress
from policydata.charts.style import NEUTRAL, em
from policydata.charts.words import WORDS, say
from policydata.hazards import HAZARDS

__all__ = ["count_hazards", "explain", "explain_marks", "put_legend"]

# Comparators that share a mark share a name.
_NAMES = {"=": "exact", "~": "approximate", "range": "range"}
_NAMES |= {">=": "floor", ">": "floor", "<=": "ceiling", "<": "ceiling"}
# Marks show bounds; a source that is single is the rule, not the exception.
_SHOWN_BY_MARKS = ("bound_only", "approximate", "single_source")
_COLUMNS = 4


def explain_marks(figure: Figure, rows: pd.DataFrame, lang: str) -> None:
    """Put a legend under a figure for the statuses, the bounds and the hazards of its rows."""
    explain(figure, rows.status, rows.comparator, count_hazards(rows, lang), lang)


def explain(
    figure: Figure,
    statuses: Iterable[str],
    comparators: Iterable[str],
    note: str,
    lang: str,
    others: Sequence[Artist] = (),
) -> None:
    """Put a legend under a figure for statuses, comparators and other keys, with a note above."""
    used, found = set(statuses), {_NAMES[name]: MARKERS[name] for name in comparators}
    dressed: list[Artist] = [
        Line2D([], [], **{**dress(status), "marker": "o"}, label=say("status", status, lang))
        for status in WORDS["status"]
        if status in used
    ]
    # Where every figure is exact there is no other mark to tell it from.
    names = [name for name in WORDS["mark"] if name in found and set(found) != {"exact"}]
    shaped = [_make_key(say("mark", name, lang), found[name]) for name in names]
    put_legend(figure, [dressed, shaped, others], note)


def put_legend(figure: Figure, groups: Sequence[Sequence[Artist]], note: str = "") -> None:
    """Put keys under a figure, each group in columns of its own where there is room for them."""
    keys = [key for group in groups for key in group]
    names = [str(key.get_label()) for key in keys]
    # The sign, the space after it and the space before the next.
    beside = 4.4 * 0.84 * em()
    room = int((figure.get_figwidth() - em()) / (max(map(measure, names), default=0) + beside))
    most = max(1, min(room, _COLUMNS))
    if most < sum(map(bool, groups)):
        groups = [keys]
    high = next(high for high in count(1) if _count_columns(groups, high) <= most)
    padded = [key for group in groups for key in _pad(group, high)]
    ranges = [key for key in padded if isinstance(key, Line2D) and key.get_marker() == "|"]
    figure.legend(
        handles=padded,
        handler_map={key: HandlerLine2D(numpoints=2, marker_pad=0.1) for key in ranges},
        loc="outside lower left",
        ncols=max(1, len(padded) // high),
        title=wrap(note, figure.get_figwidth() - 2 * em(), "x-small"),
        alignment="left",
    )


def _count_columns(groups: Sequence[Sequence[Artist]], high: int) -> int:
    """Count the columns that groups take when they are so many keys high."""
    return sum(-(-len(keys) // high) for keys in groups)


def _pad(keys: Sequence[Artist], high: int) -> list[Artist]:
    """Fill the last column of a group with blanks."""
    blanks = -len(keys) % high
    return [*keys, *(Line2D([], [], linestyle="none", label=" ") for _ in range(blanks))]


def count_hazards(rows: pd.DataFrame, lang: str) -> str:
    r"""Write a footnote: how many of the rows carry each hazard that no mark shows.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="young_talent_attracted")
    >>> print(count_hazards(rows, "en"), count_hazards(rows, "zh"), sep="\n")
    Of 2 statements: 2 with an inferred year; 2 of several years
    2 条表述中：年份系推断 2；跨多年 2
    """
    counts = rows.hazards.str.split().explode().value_counts()
    shown = [name for name in HAZARDS if name in counts.index and name not in _SHOWN_BY_MARKS]
    order = "{n} {word}" if lang == "en" else "{word} {n}"
    said = [order.format(n=counts[name], word=say("hazard", name, lang)) for name in shown]
    listed = say("phrase", "list", lang).join(said)
    return say("phrase", "hazards", lang).format(n=len(rows), listed=listed) if said else ""


def _make_key(name: str, marker: str) -> Line2D:
    """Make the legend's sign of one bound, an outline in grey since every status may have it."""
    width = mpl.rcParams["lines.linewidth"]
    line = {"linestyle": "-", "linewidth": width} if marker == "|" else {"linestyle": "none"}
    style = {"color": NEUTRAL, "markerfacecolor": "white", "markeredgewidth": 0.75 * width}
    return Line2D([], [], marker=marker, label=name, **style, **line)
