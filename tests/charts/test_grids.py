"""Counts, coverage and tiles: a cell without a figure is never a pale one."""

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import rgb_to_hsv, to_rgb

from drawings import (
    BOUNDS,
    CELLS,
    TARGETS,
    YEARS,
    list_legend,
    list_tick_labels,
)
from policydata import load_statements
from policydata.charts import (
    plot_counts,
    plot_coverage,
    plot_series,
    plot_tiles,
)
from policydata.charts.grids import TILES
from rows_in_sight import tell


def test_rows_of_the_province_alone_leave_no_tile() -> None:
    with pytest.raises(ValueError, match='no tile for the place "henan"; allowed: anyang, hebi, '):
        plot_tiles(YEARS[YEARS.place.eq("henan")])


def test_a_single_year_has_one_whole_tick() -> None:
    figures = [plot_series(BOUNDS), plot_coverage(CELLS)]
    for figure in figures:
        FigureCanvasAgg(figure).draw()
        ticks = list_tick_labels(figure.axes[0].xaxis)
        assert [tick.get_text() for tick in ticks] == ["2023"]


def test_a_city_without_a_figure_is_hatched_and_none_other() -> None:
    axes = plot_tiles(TARGETS).axes[0]
    names = [text.get_text() for text in axes.texts[::2]]
    hatched = [bool(patch.get_hatch()) for patch in axes.patches]
    stated = [name for name, is_hatched in zip(names, hatched, strict=True) if not is_hatched]
    assert len(names) == 18
    assert sorted(stated) == ["Hebi", "Kaifeng", "Zhengzhou"]


def test_a_tile_shows_each_figure_with_its_bound() -> None:
    other = tell("news hebi gdp growth_rate target 2023 7%左右")
    axes = plot_tiles(pd.concat([TARGETS, other])).axes[0]
    texts = [text.get_text().replace("\xa0", " ") for text in axes.texts]
    said = dict(zip(texts[::2], texts[1::2], strict=True))
    assert {name: figure for name, figure in said.items() if figure} == {
        **{"Hebi": "6.5 %; ≈ 7 %", "Kaifeng": "≥ 7 %", "Zhengzhou": "8–9 %"}
    }


def test_tiles_alike_keep_their_note() -> None:
    alike = pd.concat([BOUNDS.head(1).assign(place=one, statement_id=one) for one in TILES])
    figure = plot_tiles(alike.assign(hazards="reprint"))
    assert list_legend(figure) == []
    assert figure.legends[0].get_title().get_text() == "Of 18 statements: 18 from reprints"


def test_a_count_is_written_in_its_cell_and_a_cell_without_rows_stays_empty() -> None:
    axes = plot_counts(BOUNDS, by="place", across="status").axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        *("target", "estimate", "outcome")
    ]
    written = {text.get_position(): text.get_text() for text in axes.texts}
    assert set(written.values()) == {"1"}
    assert len(written) == 6


def test_long_names_of_columns_are_turned() -> None:
    figure = plot_counts(load_statements(), by="place", across="domain")
    FigureCanvasAgg(figure).draw()
    assert {label.get_rotation() for label in figure.axes[0].get_xticklabels()} == {90}


def test_the_three_states_of_coverage_are_named() -> None:
    figure = plot_coverage(CELLS)
    states = ["not coded", "none stated", "stated"]
    assert list_legend(figure) == states
    marks = {(line.get_marker(), line.get_markerfacecolor()) for line in figure.axes[0].lines}
    assert len(marks) == 3


def test_a_row_without_a_value_in_a_column_is_not_counted() -> None:
    undated = BOUNDS.assign(year=BOUNDS.year.where(BOUNDS.place.ne("hebi")))
    axes = plot_counts(undated, by="place", across="year").axes[0]
    assert axes.get_title(loc="left") == "n = 4 statements"
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Kaifeng", "Zhengzhou"]


def test_periods_are_written_out_as_groups_too() -> None:
    quarter = tell("plan hebi gdp growth_rate target 2023-Q1 6.5%")
    axes = plot_counts(quarter, by="place", across="period", lang="zh").axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2023年第一季度"]


def test_a_tile_is_the_darker_the_higher_its_value():
    rows = tell(
        "plan hebi gdp growth_rate target 2023 5%",
        "plan kaifeng gdp growth_rate target 2023 6%",
        "plan zhengzhou gdp growth_rate target 2023 7%",
    )
    tiles = [patch for patch in plot_tiles(rows).axes[0].patches if not patch.get_hatch()]
    values = [rgb_to_hsv(to_rgb(tile.get_facecolor()))[2] for tile in tiles]
    assert sorted(values, reverse=True) == [values[place] for place in (0, 2, 1)]
    assert len(set(values)) == 3


def test_a_figure_that_its_document_repeats_is_counted_once() -> None:
    marked = BOUNDS.assign(hazards=["repeat", *BOUNDS.hazards[1:]])
    for rows, n in ((BOUNDS, len(BOUNDS)), (marked, len(BOUNDS) - 1)):
        axes = plot_counts(rows, by="place", across="status").axes[0]
        assert axes.get_title(loc="left") == f"n = {n} statements"
