"""Charts whose rows are lanes: dots ranked, targets beside outcomes, distances between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, NullFormatter

from policydata.charts.cells import PROVINCE, find_reference, join_signs, take_cells
from policydata.charts.facts import (
    count_rows,
    describe_pairs,
    finish_cells,
    say_facts,
    write_figure,
)
from policydata.charts.intake import name_values, order_values, refuse_mixture, take_pairs
from policydata.charts.marks import draw_mark, list_status_keys
from policydata.charts.page import Key, Words, finish
from policydata.charts.style import BEHIND, PALETTE, QUIET, chart, em, measure_width, open_figure
from policydata.charts.text import TickNumbers, measure, number_axis, wrap
from policydata.charts.words import (
    list_words,
    name_axis,
    name_period,
    name_scale,
    say,
    write_number,
)
from policydata.load import carries_hazard
from policydata.schema import ANSWERS
from policydata.tables import Reference

# In sizes of the type: the height of a lane, and of the axis below all of them.
_LANE, _WIDE_LANE = 1.6, 2.8
# The shares of the width that labels and the texts beside lanes may take, and that lanes have.
_LABELS, _BESIDE, _PLOT = 0.34, 0.36, 0.6
# How far target and outcome are from the middle of their lane, so that both are seen.
_ASIDE = 0.12
# As many of the farthest dots are named, if there is room.
_FAR = 8
# In lanes: names that are nearer share a line.
_APART = 0.6
# In sizes of the type: the width of a figure whose axis has room for few numbers.
_NARROW = 40


@chart
def plot_ranking(
    rows: pd.DataFrame,
    *,
    logarithmic: bool = False,
    compared_with: str | None = None,
    highlight: str | None = None,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw places ranked by their figures, one lane a place, several indicators side by side.

    Of each place, indicator and status the latest period is drawn.  Places are sorted by the
    target of the first indicator, or else by its outcome; the province stands on top, and its
    outcome and target go through all lanes as lines.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements`; each indicator and measure is a panel.
    logarithmic : bool, default False
        Whether the axis is logarithmic; all figures have to be above zero.
    compared_with : str, optional
        Id or name of the place whose figures are lines; by default the only province.
    highlight : str, optional
        Id or name of a place whose lane is set off from the others.
    {options}

    Returns
    -------
    matplotlib Figure
        One axes per indicator; a single one has its figures in words beside the lanes.

    Raises
    ------
    ValueError
        If no row has a value, or if a figure is not above zero on a logarithmic axis.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="gdp", measure="growth_rate", year=2023)
    >>> figure = plot_ranking(rows)
    >>> figure.axes[0].get_yticklabels()[0].get_text()
    'Henan'
    """
    cells = take_cells(rows, reference, lang, keep=_keep_latest)
    drawn = cells.drawn
    if logarithmic and (drawn["at"] <= 0).any():
        raise ValueError("A logarithmic axis takes figures above zero; filter them.")
    known = find_reference(drawn, compared_with, reference)
    marked = find_reference(drawn, highlight, reference) if highlight else ""
    order = _rank(drawn, known)
    kinds = list(drawn.groupby(["indicator", "measure"], sort=False))
    figure = open_figure(width, 12 + _LANE * len(order))
    one_scale = drawn.unit_said.nunique() == 1
    grid = figure.subplots(1, len(kinds), sharey=True, sharex=one_scale, squeeze=False)
    panels = list(grid.flat)
    for axes, (_, group) in zip(panels, kinds, strict=True):
        _draw_lanes(axes, group, order.index, known, lang)
        _label_axis(axes, group, lang, len(kinds) if len(kinds) > 1 else 0)
        if logarithmic:
            _set_logarithmic(axes, lang)
    _label_lanes(panels[0], _label_places(drawn, order))
    if known or marked:
        _set_off(panels, list(order.index), known, marked)
    lanes = (drawn[drawn.place.eq(one)] for one in order.index)
    only = drawn.period.iloc[0] if drawn.period.nunique() == 1 else ""
    texts = [_write_lane(lane, lang, only) for lane in lanes] if len(kinds) == 1 else []
    lines = _write_beside(panels[0], texts)
    return finish_cells(
        figure, cells, Words(lang, "ranking", title, subtitle), reference=reference, known=known,
        headed=len(kinds) > 1, more=_compare_marked(drawn, known, marked, lang),
        others=_make_line_keys(drawn, known, lang), panels=panels[:1],
        height=(_LANE + lines - 1) * em() * len(order),
    )  # fmt: skip


def _keep_latest(drawn: pd.DataFrame) -> pd.DataFrame:
    """Keep of each place, indicator and status the figure of the latest period."""
    key = ["place", "indicator", "measure", "status"]
    # A part of a year is no measure of the year: it stands where no whole year is stated.
    ordered = drawn.assign(whole=~carries_hazard(drawn, ["part_of_year"])).sort_values(
        ["whole", "period_end"], kind="stable"
    )
    latest = ordered.drop_duplicates(key, keep="last")
    # An estimate says nothing where the outcome is known as late.
    final = latest[latest.status.eq("outcome")].set_index(key[:3]).period_end
    known = pd.MultiIndex.from_frame(latest[key[:3]]).map(final.to_dict())
    passed = latest.status.eq("estimate") & (
        pd.to_datetime(pd.Series(known, latest.index)) >= latest.period_end
    )
    return latest[~passed].drop(columns="whole").sort_index()


def _keep_longest(drawn: pd.DataFrame) -> pd.DataFrame:
    """Keep of each place, year and status the figure of the longest period."""
    dated = drawn.dropna(subset=["year"])
    ordered = dated.assign(days=dated.period_end - dated.period_start).sort_values(
        "days", kind="stable"
    )
    return ordered.drop_duplicates(
        ["place", "indicator", "year", "status"], keep="last"
    ).sort_index()


def _rank(drawn: pd.DataFrame, known: str) -> pd.Series:
    """Rank places by the first indicator, or by the next where that is not stated."""
    ranked = drawn.assign(
        top=drawn.place.ne(known),
        kind=pd.factorize(drawn.indicator + " " + drawn.measure)[0],
        aimed=drawn.status.ne("target"),
    ).sort_values(["top", "kind", "aimed", "at"], ascending=[True, True, True, False])
    first = ranked.drop_duplicates("place")
    aims = ranked.groupby("kind").aimed.transform(lambda one: (~one).sum())
    if aims.iloc[-1] * 2 < drawn.place.nunique():
        first = ranked.sort_values(
            ["top", "kind", "aimed", "at"], ascending=[True, True, False, False]
        ).drop_duplicates("place")
    return pd.Series(first.place_said.to_numpy(), first.place)


def _draw_lanes(axes: Axes, rows: pd.DataFrame, places: pd.Index, known: str, lang: str) -> None:
    """Draw the marks of one indicator, the way between them, and the lines of the reference."""
    at = {place: number for number, place in enumerate(places)}
    for row in rows[rows.place.eq(known) & _are_rates(rows)].itertuples():
        style = ":" if row.status == "target" else "-"
        axes.axvline(row.at, color=PALETTE["reference"], linestyle=style, zorder=1)
    for place, group in rows.groupby("place"):
        draw_lane(axes, group, at[place])
    axes.margins(x=0.06)


def draw_lane(axes: Axes, rows: pd.DataFrame, lane: float) -> None:
    """Draw the marks of a lane, and the way between target and outcome of one period."""
    for _, group in rows.groupby("period"):
        axes.plot([group["at"].min(), group["at"].max()], [lane] * 2, color=BEHIND, zorder=1.5)
    several = rows.status.nunique() > 1
    for row in rows.itertuples():
        aside = (_ASIDE if row.status == "target" else -_ASIDE) if several else 0.0
        draw_mark(axes, row, lane + aside)


def _are_rates(rows: pd.DataFrame) -> pd.Series:
    """Tell whether figures compare with those of a larger place: rates do, sums do not."""
    return rows.measure.ne("level") | rows.unit_std.str.contains("[%/]")


def _label_axis(axes: Axes, rows: pd.DataFrame, lang: str, headed: int = 0) -> None:
    """Write what an axis measures, and above one of so many which indicator."""
    row = next(rows.itertuples())
    number_axis(axes.xaxis, lang, 5 if measure_width(axes) > _NARROW * em() else 3)
    axes.set_xlabel(name_axis(row.measure, row.unit_said, lang), loc="left")
    axes.spines["left"].set_visible(False)
    axes.grid(True, axis="y")
    if headed:
        room = measure_width(axes) * (1 - _LABELS / 2) / headed
        named = str(getattr(row, f"indicator_{lang}"))
        axes.set_title(wrap(named, room, "small", "bold"), fontsize="small")


def _set_logarithmic(axes: Axes, lang: str) -> None:
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_formatter(TickNumbers(lang))


def _label_places(drawn: pd.DataFrame, order: pd.Series) -> list[str]:
    """Label the lanes by their places, with the signs of their footnotes."""
    signs = drawn.groupby("place").signs.agg(join_signs)
    return [f"{name}{signs[place]}" for place, name in order.items()]


def _compare_marked(drawn: pd.DataFrame, known: str, marked: str, lang: str) -> dict[str, str]:
    """Tell how many places have higher and lower figures than the one that is highlighted."""
    first = drawn[drawn.place.eq(marked)].sort_values("status", key=lambda one: one.ne("target"))
    alike = ["indicator", "measure", "status"]
    held = drawn[drawn.place.ne(known)].merge(first[alike].head(1), on=alike)
    if held.empty:
        return {}
    own = held[held.place.eq(marked)].iloc[0]
    counts = {"higher": int((held["at"] > own["at"]).sum())}
    counts["lower"] = int((held["at"] < own["at"]).sum())
    named = {"marked_place": own.place_said, "marked": write_figure(own)}
    return named | say_facts(counts, lang)


def _set_off(panels: Sequence[Axes], places: list[str], known: str, marked: str) -> None:
    """Draw a line below the reference, and a band behind the place that is highlighted."""
    for axes in panels:
        if known:
            axes.axhline(places.index(known) + 0.5, color=QUIET, linewidth=0.6)
        if marked:
            lane = places.index(marked)
            axes.axhspan(lane - 0.5, lane + 0.5, color="#eeeeee", zorder=0)


def _label_lanes(axes: Axes, labels: Sequence[str]) -> None:
    """Give each lane its label, the first on top."""
    room = _LABELS * measure_width(axes)
    axes.set_yticks(range(len(labels)), [wrap(label, room) for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)


def _write_lane(rows: pd.DataFrame, lang: str, known: str) -> str:
    """Write the figures of a lane: outcomes first, each with its period if that is not known."""
    ordered = rows.sort_values("status", key=lambda one: one.map(list_words("status").index))
    several = rows.status.nunique() > 1
    said = []
    for row in ordered[::-1].itertuples():
        status = say("status", row.status, lang) if several and row.status != "outcome" else ""
        form = say("phrase", "lane of year" if row.period == known else "lane", lang)
        said.append(form.format(status, row.written, row.period_said).strip())
    return say("phrase", "list", lang).join(said)


def _write_beside(axes: Axes, texts: Sequence[str]) -> int:
    """Write a text at the right end of each lane; return the lines of the longest."""
    room = _BESIDE * measure_width(axes)
    wrapped = [wrap(text, room) for text in texts]
    for lane, text in enumerate(wrapped):
        axes.text(
            1.02, lane, text, transform=axes.get_yaxis_transform(), va="center_baseline",
            fontsize="small", color=QUIET,
        )  # fmt: skip
    return 1 + max((text.count("\n") for text in wrapped), default=0)


def _make_line_keys(drawn: pd.DataFrame, known: str, lang: str) -> list[Key]:
    """Make the keys of the lines of the reference."""
    keys = []
    lines = drawn[drawn.place.eq(known) & _are_rates(drawn)]
    for row in lines.drop_duplicates("status").itertuples():
        line = Line2D([], [], color=PALETTE["reference"])
        line.set_linestyle(":" if row.status == "target" else "-")
        named = {
            "place": row.place_said,
            "status": say("status", row.status, lang),
            "period": row.period_said,
        }
        keys.append(Key(line, "|", say("phrase", "reference of", lang).format(**named)))
    return keys


@chart
def plot_pairs(
    rows: pd.DataFrame,
    *,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw targets beside outcomes as dumbbells, one lane a place and year, figures beside it.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one unit.
    {options}

    Returns
    -------
    matplotlib Figure
        Places in the order of the statistical yearbook, the province first, the earliest year on
        top.

    Raises
    ------
    ValueError
        If the rows mix units, or if no row has a value.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(place="zhengzhou", indicator="retail_sales", measure="growth_rate")
    >>> figure = plot_pairs(rows[rows.year.isin([2021, 2022])])
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['Zhengzhou, 2021', 'Zhengzhou, 2022']
    """
    cells = take_cells(rows, reference, lang, keep=_keep_longest)
    refuse_mixture(cells.drawn.assign(indicator="", measure=""))
    drawn = cells.drawn.assign(below=cells.drawn.place_level.ne(PROVINCE)).sort_values(
        ["below", "yearbook_order", "place", "year"], kind="stable"
    )
    lanes = drawn.groupby(["place", "year"], sort=False)
    figure = open_figure(width, 12 + _LANE * lanes.ngroups)
    axes = figure.subplots()
    labels, texts = [], []
    for lane, ((_, year), group) in enumerate(lanes):
        draw_lane(axes, group, lane)
        period = name_period(str(year), lang)
        named = say("phrase", "tile", lang).format(group.place_said.iloc[0], period)
        labels.append(named + join_signs(group.signs))
        texts.append(_write_lane(group, lang, str(year)))
    axes.margins(x=0.06)
    _label_axis(axes, drawn, lang)
    _label_lanes(axes, labels)
    lines = _write_beside(axes, texts)
    shown = cells._replace(drawn=drawn)
    return finish_cells(
        figure, shown, Words(lang, "pairs", title, subtitle), reference=reference, panels=[axes],
        height=(_LANE + lines - 1) * em() * len(labels),
    )  # fmt: skip


@chart
def plot_gaps(
    pairs: pd.DataFrame,
    by: str = "indicator",
    *,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw the gap between each outcome and its target, one dot a pair; the farthest are named.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare` whose gaps have one unit.
    by : str, default "indicator"
        Column whose values make the lanes; places and indicators are labelled by name.
    {options}

    Returns
    -------
    matplotlib Figure
        Zero is the target; lanes by their median gap, the lowest on top.

    Raises
    ------
    ValueError
        If there is no pair, or if the gaps have different units.

    Examples
    --------
    >>> from policydata import compare
    >>> pairs = compare()
    >>> figure = plot_gaps(pairs[pairs.measure.eq("growth_rate")], by="target_comparator")
    >>> figure.axes[0].get_xlabel()
    'outcome minus target, percentage points'
    """
    drawn = take_pairs(pairs, reference, ["gap", "gap_unit", "outcome_status", "period"], [by])
    units = drawn.gap_unit.unique()
    if len(units) != 1:
        listed = ", ".join(f'"{unit}"' for unit in units)
        raise ValueError(f"One axis takes one unit of the gap; these pairs have {listed}.")
    medians = drawn.groupby(drawn[by].astype("str")).gap.median()
    order = [one for one in order_values(drawn, by) if one in medians.index]
    order = order if list_words(by) else sorted(order, key=medians.to_dict().__getitem__)
    scale, unit = name_scale(
        float(drawn.gap.abs().max()), units[0], lang, name_zh=drawn.gap_unit_zh.iloc[0]
    )
    spread = drawn.assign(at=drawn.gap / scale, lane=drawn[by].astype("str").map(order.index))
    figure = open_figure(width, 12 + 2 * _LANE * len(order))
    axes = figure.subplots()
    axes.axvline(0, color=QUIET, linewidth=0.8, zorder=1)
    _swarm(axes, spread, len(order))
    names, sizes = name_values(drawn, by, lang), drawn[by].astype("str").value_counts()
    _label_lanes(axes, [say("phrase", "sized", lang).format(names[o], sizes[o]) for o in order])
    axes.set_xlabel(name_axis("gap", unit, lang), loc="left")
    axes.grid(True, axis="y")
    number_axis(axes.xaxis, lang)
    _name_far(axes, spread, lang)
    facts = _count_gaps(drawn, scale, lang)
    about = describe_pairs(drawn, say("measure", "gap", lang), unit, lang, reference)
    words = Words(lang, "gaps", title, subtitle, about, facts)
    groups = {say("head", "status", lang): list_status_keys(drawn.outcome_status, lang)}
    return finish(
        figure, words, drawn, groups=groups, reference=reference, panels=[axes],
        height=_WIDE_LANE * em() * len(order),
    )  # fmt: skip


def _swarm(axes: Axes, rows: pd.DataFrame, lanes: int) -> None:
    """Draw one dot a pair, beside each other where they would hide each other."""
    sns.swarmplot(
        rows, x="at", y="lane", hue="outcome_status", order=range(lanes), orient="y", legend=False,
        palette=PALETTE, size=0.8 * mpl.rcParams["lines.markersize"], edgecolor="white",
        linewidth=0.5, ax=axes, native_scale=True,
    )  # fmt: skip
    axes.set_ylabel("")


def _name_far(axes: Axes, rows: pd.DataFrame, lang: str) -> None:
    """Name the dots that are farthest from their targets, as far as their names have room."""
    taken: list[tuple[float, float, float]] = []
    left, right = axes.get_xlim()
    inch = (right - left) / (_PLOT * measure_width(axes))
    for row in rows.iloc[np.argsort(-rows["at"].abs())].head(_FAR).itertuples():
        text = say("phrase", "tile", lang).format(
            getattr(row, f"place_{lang}"), name_period(row.period, lang)
        )
        half = measure(text) * inch / 2
        middle = float(np.clip(row.at, left + half, right - half))
        # Above the dot, or below it where another name is.
        for lane, va in ((row.lane - 0.24, "bottom"), (row.lane + 0.24, "top")):
            near = [(at, other) for one, at, other in taken if abs(one - lane) < _APART]
            if all(abs(middle - at) > half + other for at, other in near):
                taken.append((lane, middle, half))
                look: dict[str, Any] = {
                    "ha": "center",
                    "va": va,
                    "fontsize": "small",
                    "color": QUIET,
                }
                axes.text(middle, lane, text, **look)
                break


def _count_gaps(pairs: pd.DataFrame, scale: float, lang: str) -> dict[str, str]:
    """Count the pairs below and above their targets, and write the gap in the middle."""
    middle = float(pairs.gap.median()) / scale
    counts = {"below": int((pairs.gap < 0).sum()), "above": int((pairs.gap > 0).sum())}
    counts["estimates"] = int(pairs.outcome_status.eq("estimate").sum())
    if "met" in pairs:
        counts |= {word: int(pairs.met.astype("str").eq(word).sum()) for word in ANSWERS}
    written = {"median": write_number(middle, lang), "median_below": write_number(-middle, lang)}
    return count_rows(pairs, len(pairs), "pair", lang) | say_facts(counts, lang) | written
