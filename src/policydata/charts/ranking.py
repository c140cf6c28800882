"""Places ranked by their figures: dots on lanes, one panel an indicator."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, NullFormatter

from policydata.charts.cells import find_reference, join_signs, take_cells, write_figure
from policydata.charts.facts import finish_cells, say_facts
from policydata.charts.lanes import (
    LANE,
    NARROW,
    draw_lane,
    label_axis,
    label_lanes,
    measure_panels,
    write_beside,
    write_lane,
)
from policydata.charts.page import Key, Words
from policydata.charts.style import PALETTE, QUIET, chart, em, measure_width, open_figure
from policydata.charts.text import TickNumbers
from policydata.charts.words import say
from policydata.load import carries_hazard
from policydata.tables import Reference

# In sizes of the type: what is above and below the lanes, with a head of five lines.
_ABOUT = 20


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
    figure = open_figure(width, _ABOUT + LANE * len(order))
    one_scale = drawn.unit_said.nunique() == 1
    grid = figure.subplots(1, len(kinds), sharey=True, sharex=one_scale, squeeze=False)
    panels = list(grid.flat)
    labels = _label_places(drawn, order)
    room = measure_panels(panels[0], labels, len(kinds)) if len(kinds) > 1 else 0.0
    for axes, (_, group) in zip(panels, kinds, strict=True):
        _draw_lanes(axes, group, order.index, known, lang)
        label_axis(axes, group, lang, room)
        if logarithmic:
            _set_logarithmic(axes, lang)
    label_lanes(panels[0], labels)
    if known or marked:
        _set_off(panels, list(order.index), known, marked)
    lanes = (drawn[drawn.place.eq(one)] for one in order.index)
    only = drawn.period.iloc[0] if drawn.period.nunique() == 1 else ""
    several = drawn.status.nunique() > 1
    texts = [write_lane(lane, lang, only, several) for lane in lanes] if len(kinds) == 1 else []
    lines = write_beside(panels[0], texts)
    return finish_cells(
        figure, cells, Words(lang, "ranking", title, subtitle), reference=reference, known=known,
        headed=len(kinds) > 1, more=_compare_marked(drawn, known, marked, lang),
        others=_make_line_keys(drawn, known, lang), panels=panels[:1],
        height=(LANE + lines - 1) * em() * len(order),
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


def _rank(drawn: pd.DataFrame, known: str) -> pd.Series:
    """Rank places by the first indicator, or by the next where that is not stated."""
    ranked = drawn.assign(
        top=drawn.place.ne(known),
        kind=pd.factorize(drawn.indicator + " " + drawn.measure)[0],
        aimed=drawn.status.ne("target"),
    ).sort_values(["top", "kind", "aimed", "at"], ascending=[True, True, True, False])
    first = ranked.drop_duplicates("place")
    aims = ranked[ranked.kind.eq(0) & ~ranked.aimed].place.nunique()
    if aims * 2 < drawn.place.nunique():
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


def _are_rates(rows: pd.DataFrame) -> pd.Series:
    """Tell whether figures compare with those of a larger place: rates do, sums do not."""
    return rows.measure.ne("level") | rows.unit_std.str.contains("[%/]")


def _set_logarithmic(axes: Axes, lang: str) -> None:
    axes.set_xscale("log")
    wide = measure_width(axes) > NARROW * em()
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if wide else (1,)))
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
