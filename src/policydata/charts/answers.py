"""How targets fared: shares of answers, and gaps, each with its number of cases."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from policydata.charts.intake import take_groups, take_pairs
from policydata.charts.lanes import fit_lanes, head_axes, label_lanes, label_values
from policydata.charts.legend import explain, put_legend
from policydata.charts.marks import dress
from policydata.charts.record import leave_record
from policydata.charts.rows import name_values, order_values, say_aside
from policydata.charts.style import INK, QUIET, SHADES, drawing_style, open_figure
from policydata.charts.words import WORDS, find_vocabulary, say, say_word
from policydata.charts.writing import name_scale
from policydata.errors import refuse_unknown
from policydata.tables import Reference
from policydata.vocabulary import LANGUAGES

__all__ = ["plot_answers", "plot_gaps"]


def plot_answers(
    rows: pd.DataFrame,
    by: str,
    answer: str = "met",
    *,
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw how often each answer was given, group by group, as counts with their n.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `compare`, or any table with a column of at most three answers.
    by : str
        Column whose values make the groups; `place` and `indicator` are named by their twins,
        such as `place_en`, where the table has these.
    answer : str, default "met"
        Column with the answers; the words of a vocabulary keep their order and their shades.
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables: they name places, indicators, units and
        documents.  Where left out, rows keep the names that they carry, and ours name the others.
    lang : {"en", "zh"}
        Language of names and words.
    width : {"single", "one_and_a_half", "double", "slide"}
        Width of the figure.

    Returns
    -------
    matplotlib Figure
        One bar a group, in the order of its vocabulary, else the largest on top; the count stands
        in each part of it.

    Raises
    ------
    ValueError
        Where there is no row, or more than three answers; where there is no such language or
        width.

    Examples
    --------
    >>> from policydata import compare
    >>> figure = plot_answers(compare(), by="indicator")
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['missed', 'unclear', 'met']
    """
    refuse_unknown("lang", lang, LANGUAGES)
    drawn = take_groups(rows, [by, answer], reference, free=[answer])
    given = drawn[answer].astype("str")
    order = order_values(drawn, answer)
    if not 0 < len(order) <= len(SHADES):
        raise ValueError(f"One to three answers can be drawn, these rows have {len(order)}.")
    counts = pd.crosstab(drawn[by].astype("str"), given).loc[_order_groups(drawn, by), order]
    shades = _choose_shades(answer, order)
    with drawing_style(width):
        figure = open_figure(width, 20 + 3 * len(counts))
        axes = figure.subplots()
        _draw_bars(axes, counts, shades)
        label_lanes(axes, _write_sizes(drawn, by, list(counts.index), lang))
        axes.grid(visible=False)
        if find_vocabulary(answer) in WORDS["head"]:
            head_axes(axes, say("head", find_vocabulary(answer), lang))
        axes.set_xlabel(say("phrase", "cases", lang), loc="left")
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
        keys = [(shades[word], say_word(answer, word, lang)) for word in order]
        put_legend(figure, [[Patch(facecolor=shade, label=name) for shade, name in keys]])
        fit_lanes(figure, [axes])
    leave_record([axes], drawn, lang)
    return figure


def _choose_shades(answer: str, order: Sequence[str]) -> dict[str, str]:
    """Choose the shades; an answer keeps its own where others are not given."""
    words = list(WORDS.get(find_vocabulary(answer), ()))
    known = words if len(words) <= len(SHADES) and set(order) <= set(words) else list(order)
    scheme = SHADES if len(known) > 2 else (SHADES[0], SHADES[-1])
    return {word: scheme[known.index(word)] for word in order}


def _draw_bars(axes: Axes, counts: pd.DataFrame, shades: dict[str, str]) -> None:
    """Draw a bar for each group, with the count in each part of it."""
    start = counts.cumsum(axis=1) - counts
    for word, shade in shades.items():
        bars = axes.barh(
            range(len(counts)), counts[word], left=start[word], height=0.62, color=shade
        )
        ink = "white" if shade == SHADES[-1] else INK
        labels = [str(count) if count else "" for count in counts[word]]
        axes.bar_label(bars, labels, label_type="center", fontsize="small", color=ink)


def _order_groups(rows: pd.DataFrame, by: str) -> list[str]:
    """Order groups as their vocabulary does, else the largest first."""
    order = order_values(rows, by)
    sizes = rows[by].astype("str").value_counts()
    return order if find_vocabulary(by) in WORDS else sorted(order, key=lambda one: -sizes[one])


def _write_sizes(rows: pd.DataFrame, by: str, order: Sequence[str], lang: str) -> list[str]:
    """Write the name of each group with its number of cases."""
    names, sizes = name_values(rows, by, lang), rows[by].astype("str").value_counts()
    return [say_aside(names[group], f"n = {sizes[group]}", lang) for group in order]


def plot_gaps(
    pairs: pd.DataFrame,
    by: str,
    *,
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw the gap of each outcome to its target, one dot a pair, group by group with its n.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare` with one unit of the gap.
    by : str
        Column whose values make the groups; `place` and `indicator` are named by their twins.
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables: they name places, indicators, units and
        documents.  Where left out, rows keep the names that they carry, and ours name the others.
    lang : {"en", "zh"}
        Language of names and words.
    width : {"single", "one_and_a_half", "double", "slide"}
        Width of the figure.

    Returns
    -------
    matplotlib Figure
        Zero is the target; an estimate is half filled, as in every chart.

    Raises
    ------
    ValueError
        Where there is no pair, or the gaps have different units; where there is no such language
        or width.

    Examples
    --------
    >>> from policydata import compare
    >>> pairs = compare()
    >>> figure = plot_gaps(pairs[pairs.measure.eq("growth_rate")], by="target_comparator")
    >>> figure.axes[0].get_xlabel()
    'outcome minus target, percentage points'
    """
    refuse_unknown("lang", lang, LANGUAGES)
    drawn = take_pairs(pairs, reference, ["gap", "gap_unit", "outcome_status"], [by])
    units = drawn.gap_unit.unique()
    if len(units) != 1:
        listed = ", ".join(f'"{unit}"' for unit in units)
        raise ValueError(f"One axis takes one unit of the gap, these pairs have {listed}.")
    order = _order_groups(drawn, by)
    scale, unit = name_scale(drawn.gap.abs().max(), units[0], lang, drawn.gap_unit_zh.iloc[0])
    with drawing_style(width):
        figure = open_figure(width, 20 + 3 * len(order))
        axes = figure.subplots()
        axes.axvline(0, color=QUIET, linewidth=0.8)
        for status, rows in drawn.groupby("outcome_status"):
            y = rows[by].astype("str").map(order.index)
            axes.plot(rows.gap / scale, y, **{**dress(str(status)), "marker": "o", "alpha": 0.8})
        label_lanes(axes, _write_sizes(drawn, by, order, lang))
        head_axes(axes, say("head", "gap", lang))
        label_values(axes, "gap", unit, lang)
        explain(figure, drawn.outcome_status, [], "", lang)
        fit_lanes(figure, [axes])
    leave_record([axes], drawn, lang)
    return figure
