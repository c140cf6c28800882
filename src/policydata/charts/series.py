"""One indicator through the years: a small panel a place, another place behind each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, MultipleLocator

from policydata.charts.fitting import fit_height, place_head
from policydata.charts.intake import take_statements
from policydata.charts.lanes import TickNumbers
from policydata.charts.legend import count_hazards, explain
from policydata.charts.marks import MARKERS, dress
from policydata.charts.record import leave_record
from policydata.charts.rows import drop_repeats, name_measured, refuse_mixture
from policydata.charts.style import BEHIND, COLOURS, QUIET, drawing_style, em, open_figure
from policydata.charts.words import say
from policydata.charts.writing import name_axis, name_scale
from policydata.columns import name_columns
from policydata.errors import find_nearest, refuse_unknown
from policydata.numerals import fold
from policydata.places import list_spellings
from policydata.schema import PLACES
from policydata.tables import Reference, take_reference
from policydata.vocabulary import LANGUAGES

__all__ = ["plot_series"]

# In sizes of the type; then in days, and in years from one mark of a year to the next.
_PANEL_WIDTH, _PANEL_HEIGHT = 11.5, 7.0
_ONE_YEAR_DAYS, _STEP = 366, 0.32


def plot_series(
    rows: pd.DataFrame,
    compared_with: str | None = None,
    *,
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw an indicator through the years, one small panel a place, all on one scale.

    Exact whole-year outcomes of consecutive years are joined; a year that no document states, or
    that several state differently, stays open: nothing is zero, interpolated or averaged.
    Periods of several years are left out.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one indicator, measure and unit.
    compared_with : str, optional
        Id or name of the place of these rows whose outcomes are drawn in grey behind every other.
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables: they name places, indicators, units and
        documents.  Where left out, rows keep the names that they carry, and ours name the others.
    lang : {"en", "zh"}
        Language of labels and numbers.
    width : {"single", "one_and_a_half", "double", "slide"}
        Width of the figure: two, three or four panels beside each other.

    Returns
    -------
    matplotlib Figure
        The number of figures stands in each panel.

    Raises
    ------
    ValueError
        Where the rows mix indicators, measures or units, none but those of the place to compare
        with has a value, or that is not a place of the rows; where there is no such language or
        width.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="rd_intensity", place=["henan", "luoyang"])
    >>> figure = plot_series(rows[rows.measure.eq("share")], compared_with="henan")
    >>> figure.axes[0].get_title(loc="left")
    'Luoyang'
    """
    refuse_unknown("lang", lang, LANGUAGES)
    valued = take_statements(rows, reference)
    days = (valued.period_end - valued.period_start).dt.days
    stated = refuse_mixture(valued[days.lt(_ONE_YEAR_DAYS)])
    drawn = drop_repeats(stated, across_documents=True)
    units = drawn.unit_std.iloc[0], lang, drawn.unit_std_zh.iloc[0]
    scale, unit = name_scale(drawn.value_std.abs().max(), *units)
    drawn = drawn.assign(value=drawn.value_std / scale, year=drawn.year.astype("int"))
    drawn = drawn.assign(beside=_list_places_in_year(drawn))
    known = None if compared_with is None else _match_place(drawn, compared_with, reference)
    groups = [group for place, group in drawn.groupby("place") if place != known]
    if not groups:
        raise ValueError(f'Every row is of "{compared_with}": no place is left to compare with it.')
    # Of the place behind only what is joined has a mark.
    marked = stated[stated.place.ne(known) | stated.index.isin(_keep_exact(stated).index)]
    behind = _keep_exact(drawn[drawn.place.eq(known)]).assign(beside=lambda exact: exact.year)
    with drawing_style(width):
        figure = open_figure(width, 30 + 3 * _PANEL_HEIGHT * len(groups))
        grid = _open_panels(figure, len(groups))
        for axes, group in zip(grid.flat, groups, strict=False):
            _draw_panel(axes, group, behind, lang)
        _set_scales(grid.flat[: len(groups)], drawn, grid.shape[1], lang)
        _say_what(figure, drawn, unit, lang)
        keys = _make_keys(groups, behind, lang)
        shown = pd.concat(groups)
        explain(figure, shown.status, shown.comparator, count_hazards(marked, lang), lang, keys)
        fit_height(figure, grid[:, 0], [_PANEL_HEIGHT * em()] * len(grid))
    names = behind[["place_en", "place_zh"]].drop_duplicates()
    leave_record(grid.flat, marked, lang, [*names.itertuples(index=False, name=None)])
    return figure


def _match_place(rows: pd.DataFrame, name: str, reference: Reference) -> str:
    """Find the place of some rows that a name means: an id, a name in the rows, or a spelling."""
    table = take_reference(reference)["places"].reindex(columns=name_columns(PLACES))
    places = table.astype("str").fillna("")
    spelled = list_spellings(places[places.id.isin(rows.place)])
    for column in ("place_zh", "place_en", "place"):
        own = rows[column].map(lambda text: fold(text).casefold())
        spelled |= dict(zip(own, rows.place, strict=True))
    wanted = fold(str(name)).casefold()
    if wanted not in spelled:
        near = find_nearest(wanted, spelled) or "none"
        raise ValueError(
            f'"{name}" is not a place of the rows that can be drawn; nearest: {near}; '
            f"allowed: {', '.join(sorted(set(rows.place)))}."
        )
    return spelled[wanted]


def _open_panels(figure: Figure, count: int) -> Any:
    """Open as many panels, as many beside each other as there is room for."""
    columns = int(figure.get_figwidth() / (_PANEL_WIDTH * em()))
    lines = -(-count // columns)
    grid = figure.subplots(lines, columns, sharex=True, sharey=True, squeeze=False)
    for axes in grid.flat[count:]:
        axes.set_visible(False)
    return grid


def _draw_panel(axes: Axes, rows: pd.DataFrame, behind: pd.DataFrame, lang: str) -> None:
    """Draw one place over the one to compare with."""
    _join_years(axes, behind, BEHIND, 2.5)
    small = 0.55 * mpl.rcParams["lines.markersize"]
    for row in behind.itertuples():
        axes.plot([row.beside], [row.value], "o", color=BEHIND, markersize=small, zorder=1)
    _join_years(axes, rows, COLOURS["outcome"], 0.8)
    for row in rows.itertuples():
        size = 0.82 * mpl.rcParams["lines.markersize"]
        style = {**dress(row.status), "marker": MARKERS[row.comparator], "markersize": size}
        axes.plot([row.beside], [row.value], **style)
    axes.set_title(rows[f"place_{lang}"].iloc[0])
    axes.set_title(
        f"n = {len(rows)}", loc="right", fontsize="x-small", fontweight="normal", color=QUIET
    )


def _list_places_in_year(rows: pd.DataFrame) -> pd.Series:
    """Put marks of one place and year side by side: targets to the left of what came."""
    target = rows.status.eq("target")
    before = rows.groupby(["place", "year", target]).cumcount()
    shared = rows.groupby(["place", "year"]).status.transform("nunique").gt(1)
    return rows.year + _STEP * before.where(~target, -(before + shared))


def _join_years(axes: Axes, rows: pd.DataFrame, colour: str, width: float) -> None:
    """Join exact whole-year outcomes of consecutive years; leave a year with none or several."""
    whole = _align_years(rows)
    if whole.empty:
        return
    x = whole.beside.fillna(whole.index.to_series())
    thick = width * mpl.rcParams["lines.linewidth"]
    axes.plot(x, whole.value, color=colour, linewidth=thick, zorder=1, solid_capstyle="round")


def _align_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the exact outcomes year by year, with a blank for a year that has none or several."""
    single = _keep_exact(rows).drop_duplicates("year", keep=False).set_index("year")
    return (
        single.reindex(range(single.index.min(), single.index.max() + 1)) if len(single) else single
    )


def _keep_exact(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the exact outcomes of whole years."""
    exact = rows.status.eq("outcome") & rows.comparator.eq("=")
    return rows[exact & rows.period.str.fullmatch(r"\d{4}").astype("bool")]


def _set_scales(panels: Sequence[Axes], rows: pd.DataFrame, columns: int, lang: str) -> None:
    """Set years and values, from zero; years stand under the lowest panel of each column."""
    low, high = min(0, rows.value.min() * 1.1), max(0, rows.value.max() * 1.12)
    high = high if high > low else 1.0
    for position, axes in enumerate(panels):
        axes.set_xlim(rows.year.min() - 0.5, rows.year.max() + 0.5)
        axes.set_ylim(low, high)
        axes.xaxis.set_major_locator(MaxNLocator(3, integer=True, min_n_ticks=1))
        axes.xaxis.set_minor_locator(MultipleLocator(1))
        axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axes.yaxis.set_major_formatter(TickNumbers(lang))
        axes.tick_params(axis="x", labelbottom=position + columns >= len(panels))
        axes.grid(axis="y")


def _say_what(figure: Figure, rows: pd.DataFrame, unit: str, lang: str) -> None:
    """Head the figure with its indicator, and say what is measured in which unit."""
    head, start = place_head(figure, name_measured(next(rows.itertuples()), lang))
    figure.suptitle(head, x=start, ha="left")
    label = name_axis(rows.measure.iloc[0], unit, lang)
    figure.supylabel(label, fontsize="small", color=QUIET)


def _make_keys(groups: Sequence[pd.DataFrame], behind: pd.DataFrame, lang: str) -> list[Artist]:
    """Make the legend's signs of what joins the years, and of the place behind the others."""
    size, width = (mpl.rcParams[key] for key in ("lines.markersize", "lines.linewidth"))
    keys: list[Artist] = []
    stated = [_align_years(rows).value.notna() for rows in groups]
    if any((one & one.shift(fill_value=False)).any() for one in stated):
        joined = say("mark", "joined", lang)
        keys.append(Line2D([], [], color=COLOURS["outcome"], linewidth=0.8 * width, label=joined))
    if not behind.empty:
        style = {"marker": "o", "markersize": 0.55 * size, "linewidth": 2.5 * width}
        said = {"place": behind[f"place_{lang}"].iloc[0], "status": say("status", "outcome", lang)}
        name = say("phrase", "reference", lang).format(**said)
        keys.append(Line2D([], [], color=BEHIND, label=name, **style))
    return keys
