"""Charts of answers: one named square a case, and shares of each group."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import PercentFormatter

from policydata.charts.facts import count_rows, describe_pairs, say_facts
from policydata.charts.intake import name_values, order_values, take_groups, take_pairs
from policydata.charts.lanes import label_lanes, write_beside
from policydata.charts.page import Key, Words, finish
from policydata.charts.style import PALETTE, chart, choose_ink, em, open_figure
from policydata.charts.text import measure, wrap
from policydata.charts.words import list_words, name_period, say, say_word
from policydata.tables import Reference

# In sizes of the type.
_TILE, _LANE = 1.75, 2.0
# At a pair whose outcome is an estimate.
_SIGN = "†"
# The share of the width that labels may take.
_LABELS = 0.3
# The shades of three answers in their order, and their signs in a caption; a miss is a warning.
_SHADES = {"met": [PALETTE["warning"], "#d9d9d9", "#8fb0c6"]}
_OTHER_SHADES = ["#d9d9d9", "#8fb0c6", PALETTE["outcome"]]
_SIGNS = ["█", "░", "▒"]


@chart
def plot_answers(
    pairs: pd.DataFrame,
    by: str = "indicator",
    answer: str = "met",
    *,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw one square a pair of target and outcome, named, in the colour of its answer.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare` or `follow_targets`.
    by : str, default "indicator"
        Column whose values make the groups; the largest is on top.
    answer : str, default "met"
        Column with at most three answers; the words of a vocabulary keep their order.
    {options}

    Returns
    -------
    matplotlib Figure
        Squares in the order of their answers, then of their years.

    Raises
    ------
    ValueError
        If there is no row, or if there are more than three answers.

    Examples
    --------
    >>> from policydata import compare
    >>> figure = plot_answers(compare(indicator="gdp"))
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['missed', 'met']
    """
    drawn = take_pairs(pairs, reference, ["place", "measure", "period", "year"], [by, answer])
    shades = _choose_shades(drawn, answer)
    named = drawn.assign(
        rank=drawn[answer].astype("str").map(list(shades).index),
        said=_name_cases(drawn, by, lang),
    ).sort_values(["rank", "year", "yearbook_order", "period"], kind="stable")
    figure = open_figure(width, 30)
    axes = figure.subplots()
    tile = max(map(measure, named.said)) + 0.8 * em()
    columns = max(1, int((1 - _LABELS) * figure.get_figwidth() / tile))
    lines, labels, aside = 0.0, {}, _LABELS * figure.get_figwidth()
    names, sizes = name_values(drawn, by, lang), drawn[by].astype("str").value_counts()
    for group in _order_groups(drawn, by):
        rows = named[named[by].astype("str").eq(group)]
        _draw_tiles(axes, rows, shades, answer, lines, columns)
        label = wrap(say("phrase", "sized", lang).format(names[group], sizes[group]), aside)
        labels[lines + 0.5] = label
        # A label of several lines may be higher than its squares.
        lines += max(-(-len(rows) // columns), (label.count("\n") + 1) * 0.6) + 0.35
    axes.set(xlim=(0, columns), ylim=(lines, 0), xticks=[])
    axes.set_yticks(list(labels), list(labels.values()), va="center")
    axes.spines[:].set_visible(False)
    facts = count_rows(drawn, len(drawn), "pair", lang) | _count_answers(drawn, answer, lang)
    about = describe_pairs(drawn, _say_head(answer, lang), "", lang, reference)
    keys = _list_keys(shades, answer, lang)
    estimated = any(name.endswith(_SIGN) for name in named.said)
    notes = [f"{_SIGN} {say('phrase', 'estimated', lang)}"] if estimated else []
    return finish(
        figure, Words(lang, "answers", title, subtitle, about, facts), drawn, groups={"": keys},
        notes=notes,
        reference=reference, panels=[axes], height=_TILE * em() * lines, plotted=[by, answer],
    )  # fmt: skip


def _name_cases(rows: pd.DataFrame, by: str, lang: str) -> list[str]:
    """Name place and period of each pair, and its measure where two pairs have one name."""
    tile, longer = (say("phrase", name, lang) for name in ("tile", "with measure"))
    twice = rows.duplicated(["place", "period", by], keep=False)
    names = []
    for row, doubled in zip(rows.itertuples(), twice, strict=True):
        name = tile.format(getattr(row, f"place_{lang}"), name_period(row.period, lang))
        measure = say("measure", row.measure, lang)
        told = longer.format(name, measure) if doubled else name
        names.append(told + _SIGN if getattr(row, "outcome_status", "") == "estimate" else told)
    return names


def _say_head(answer: str, lang: str) -> str:
    # The head of a legend ends with a colon.
    return say("head", answer, lang).rstrip(":：") if answer in list_words("head") else ""


def _choose_shades(rows: pd.DataFrame, answer: str) -> dict[str, str]:
    """Choose the shades; an answer keeps its own even if others are not given."""
    order, words = order_values(rows, answer), list_words(answer)
    scheme = _SHADES.get(answer, _OTHER_SHADES)
    if not 0 < len(order) <= len(scheme):
        raise ValueError(f"One to three answers can be drawn; these rows have {len(order)}.")
    known = words if len(words) <= len(scheme) and set(order) <= set(words) else order
    return {word: scheme[known.index(word)] for word in order}


def _list_keys(shades: dict[str, str], answer: str, lang: str) -> list[Key]:
    return [
        Key(Patch(facecolor=shade), sign, say_word(answer, word, lang))
        for sign, (word, shade) in zip(_SIGNS, shades.items(), strict=False)
    ]


def _order_groups(rows: pd.DataFrame, by: str) -> list[str]:
    """Order groups as in their vocabulary, or else the largest first."""
    order = order_values(rows, by)
    sizes = rows[by].astype("str").value_counts()
    return order if list_words(by) else sorted(order, key=lambda one: -sizes[one])


def _draw_tiles(
    axes: Axes, rows: pd.DataFrame, shades: dict[str, str], answer: str, top: float, columns: int
) -> None:
    """Draw the squares of one group, line by line."""
    for number, row in enumerate(rows.itertuples()):
        x, y = number % columns, top + number // columns
        shade = shades[str(getattr(row, answer))]
        axes.add_patch(Rectangle((x + 0.02, y + 0.05), 0.96, 0.9, facecolor=shade))
        style: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fontsize": "small"}
        axes.text(x + 0.5, y + 0.5, row.said, color=choose_ink(shade), **style)


def _count_answers(rows: pd.DataFrame, answer: str, lang: str) -> dict[str, str]:
    counts = rows[answer].astype("str").value_counts()
    order = [*list_words(answer), *counts.index]
    return say_facts({word: int(counts.get(word, 0)) for word in order}, lang)


@chart
def plot_shares(
    rows: pd.DataFrame,
    by: str,
    answer: str,
    *,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw the shares of answers in each group as bars of one length, with the counts beside them.

    Parameters
    ----------
    rows : pandas.DataFrame
        Any table with a column of at most three answers.
    by, answer : str
        The column whose values make the groups, and the column with the answers.
    {options}

    Returns
    -------
    matplotlib Figure
        One bar per group, in the order of its vocabulary, or else the largest on top.

    Raises
    ------
    ValueError
        If there is no row, or if there are more than three answers.

    Examples
    --------
    >>> from policydata import compare
    >>> figure = plot_shares(compare(), by="outcome_status", answer="met")
    >>> len(figure.axes[0].containers)
    3
    """
    # Rows that were saved have periods that read as numbers.
    dated = [name for name in getattr(rows, "columns", ()) if name == "period"]
    drawn = take_groups(rows, [by, answer, *dated], reference, free=[answer])
    shades = _choose_shades(drawn, answer)
    groups = _order_groups(drawn, by)
    counts = pd.crosstab(drawn[by].astype("str"), drawn[answer].astype("str"))
    counts = counts.reindex(index=groups, columns=list(shades))
    shares = counts.div(counts.sum(axis=1), axis=0)
    figure = open_figure(width, 20)
    axes = figure.subplots()
    start = shares.cumsum(axis=1) - shares
    for word, shade in shades.items():
        axes.barh(
            range(len(groups)),
            shares[word],
            left=start[word],
            height=0.6,
            color=shade,
            edgecolor="white",
        )
    names = name_values(drawn, by, lang)
    lines = label_lanes(axes, [names[group] for group in groups])
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.spines["left"].set_visible(False)
    texts = []
    for group in groups:
        said = [f"{say_word(answer, word, lang)} {counts.loc[group, word]}" for word in shades]
        texts.append(say("phrase", "and", lang).join(said))
    lines = max(lines, write_beside(axes, texts))
    facts = count_rows(drawn, len(drawn), "statement", lang) | _count_shares(counts, lang)
    about = describe_pairs(drawn, _say_head(answer, lang), "", lang, reference)
    keys = _list_keys(shades, answer, lang)
    return finish(
        figure, Words(lang, "shares", title, subtitle, about, facts), drawn, groups={"": keys},
        reference=reference, panels=[axes], height=(_LANE + lines - 1) * em() * len(groups),
        plotted=[by, answer],
    )  # fmt: skip


def _count_shares(counts: pd.DataFrame, lang: str) -> dict[str, str]:
    """Write each count, and its share of the group, as `target_whole` and `target_whole_share`."""
    shares = counts.div(counts.sum(axis=1), axis=0)
    told = {
        f"{group}_{word}".replace(" ", "_"): int(counts.loc[group, word])
        for group in counts.index
        for word in counts
    }
    parts = {f"{name}_share": f"{shares.loc[g, w]:.0%}" for name, (g, w) in zip(
        told, ((g, w) for g in counts.index for w in counts), strict=True)}  # fmt: skip
    return say_facts(told, lang) | parts
