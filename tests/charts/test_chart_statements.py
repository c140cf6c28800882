"""Statements stand on lanes, in panels and in ranks, in the order that is promised."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from drawings import (
    BOUNDS,
    LEVELS,
    MIXED,
    TARGETS,
    draw_statements,
    list_legend,
    list_texts,
    list_tick_labels,
    read_texts,
)
from policydata import load_statements
from policydata.charts import (
    plot_panels,
    plot_ranking,
    plot_series,
    plot_statements,
    plot_tiles,
)
from policydata.charts.style import FAMILY
from rows_in_sight import tell


def test_statements_without_axes_get_a_figure_with_a_legend_that_a_notebook_shows() -> None:
    axes = plot_statements(BOUNDS)
    assert plt.get_fignums() == [axes.figure.number]
    assert list_legend(axes.figure)[:3] == ["target", "estimate", "outcome"]


def test_statements_on_axes_of_another_style_are_set_in_our_typeface() -> None:
    figure = Figure(figsize=(6, 3), layout="constrained")
    axes = plot_statements(BOUNDS, figure.subplots(), lang="zh")
    texts = [text for text in list_texts(axes) if text.get_text()]
    assert {text.get_fontfamily()[0] for text in texts} == {FAMILY}
    assert figure.legends == []


def test_rows_of_several_documents_have_labels_of_their_own() -> None:
    rows = load_statements(indicator="gdp", year=2023)
    axes = plot_statements(rows[rows.measure.eq("growth_rate")])
    labels = [label.get_text() for label in axes.get_yticklabels()]
    kept = rows[rows.measure.eq("growth_rate")].drop_duplicates(["document", "place", "period"])
    assert len(set(labels)) >= len(kept)


def test_a_target_stands_before_what_came_of_it() -> None:
    rows = BOUNDS[BOUNDS.place.eq("zhengzhou")]
    axes = draw_statements(rows[::-1]).axes[0]
    assert read_texts(axes.texts) == ["8–9 %", "7.4 %"]


def test_panels_stand_in_the_order_of_their_first_rows_and_name_a_single_place() -> None:
    grain = tell("undated hebi grain_output level outcome 2023 100万吨")
    figure = plot_panels(pd.concat([grain, LEVELS, BOUNDS]))
    heads = [(axes.get_title(loc="left"), axes.get_xlabel()) for axes in figure.axes]
    assert heads == [
        ("Grain", "thousand t, stated for Hebi only"),
        ("Product", "billion CNY"),
        ("Product, growth", "growth, %"),
    ]


def test_rows_are_of_one_height_in_every_panel() -> None:
    grain = tell("undated hebi grain_output level outcome 2023 100万吨")
    figure = plot_panels(pd.concat([grain, LEVELS, BOUNDS]))
    FigureCanvasAgg(figure).draw()
    heights = [axes.get_window_extent().height for axes in figure.axes]
    counts = [len(list_tick_labels(axes.yaxis)) for axes in figure.axes]
    assert counts == [1, 4, 6]
    np.testing.assert_allclose(np.divide(heights, counts), heights[0], rtol=0.01)


def test_relations_get_no_panel() -> None:
    rank = tell("undated hebi gdp relation outcome 2023 全省第1位")
    assert len(plot_panels(pd.concat([rank, LEVELS])).axes) == 1


@pytest.mark.parametrize(
    ("draw", "columns"),
    [
        (draw_statements, "indicator measure unit_std"),
        (plot_ranking, "indicator measure unit_std period"),
        (plot_series, "indicator measure unit_std"),
        (plot_tiles, "indicator measure unit_std period status"),
    ],
)
def test_rows_that_mix_are_refused_by_the_names_of_what_they_mix(
    draw: Callable[[pd.DataFrame], Figure], columns: str
) -> None:
    for column in columns.split():
        one, other = MIXED[column]
        renamed = TARGETS.assign(**{column: other}, statement_id="other:1")
        mixed = pd.concat([TARGETS, renamed.head(1)])
        with pytest.raises(ValueError, match=f'One axis takes one {column}; .* "{one}", "{other}"'):
            draw(mixed)


def test_mixed_units_are_told_how_to_convert() -> None:
    mixed = pd.concat([TARGETS, TARGETS.head(1).assign(unit_std="t", statement_id="other:1")])
    with pytest.raises(ValueError, match=r"filter, or use plot_panels\(\) or convert_units\(\)\.$"):
        draw_statements(mixed)


def test_bounds_are_written_beside_their_marks() -> None:
    axes = draw_statements(BOUNDS).axes[0]
    written = read_texts(axes.texts)
    assert written == ["6.5 %", "≤ 5 %", "≥ 7 %", "≈ 4 %", "8–9 %", "7.4 %"]
