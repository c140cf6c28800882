"""The legend under a figure: every status and every mark that it uses, and what to mind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import matplotlib as mpl
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
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
    handles: list[Artist] = [
        Line2D([], [], **{**dress(status), "marker": "o"}, label=say("status", status, lang))
        for status in WORDS["status"]
        if status in used
    ]
    handles += [
        _make_key(say("mark", name, lang), found[name]) for name in WORDS["mark"] if name in found
    ]
    put_legend(figure, [*handles, *others], note)


def put_legend(figure: Figure, handles: Sequence[Artist], note: str = "") -> None:
    """Put keys under a figure, in as many columns as their names leave room for."""
    widest = max(measure(str(handle.get_label())) for handle in handles)
    # The sign, the space after it and the space before the next.
    beside = 4.4 * 0.84 * em()
    columns = int((figure.get_figwidth() - em()) / (widest + beside))
    figure.legend(
        handles=list(handles),
        loc="outside lower left",
        ncols=max(1, min(columns, len(handles), _COLUMNS)),
        title=wrap(note, figure.get_figwidth() - 2 * em(), "x-small"),
        alignment="left",
    )


def count_hazards(rows: pd.DataFrame, lang: str) -> str:
    """Write a footnote: how many of the rows carry each hazard that no mark shows.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="young_talent_attracted")
    >>> count_hazards(rows, "en"), count_hazards(rows, "zh")
    ('Of 2 figures: 2 inferred year, 2 several years', '2 项数字中：年份系推断 2、跨多年 2')
    """
    counts = rows.hazards.str.split().explode().value_counts()
    shown = [name for name in HAZARDS if name in counts.index and name not in _SHOWN_BY_MARKS]
    order = "{n} {word}" if lang == "en" else "{word} {n}"
    said = [order.format(n=counts[name], word=say("hazard", name, lang)) for name in shown]
    listed = say("phrase", "list", lang).join(said)
    return say("phrase", "hazards", lang).format(n=len(rows), listed=listed) if said else ""


def _make_key(name: str, marker: str) -> Line2D:
    """Make the legend's sign of one bound, in grey since it holds for every status."""
    key = Line2D([], [], color=NEUTRAL, marker=marker, label=name)
    key.set(linestyle="-" if marker in "<>|" else "none", linewidth=mpl.rcParams["lines.linewidth"])
    return key
