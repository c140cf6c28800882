"""Tables: figures city by year, what is known, counts; an empty cell is never a pale one."""

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import rgb_to_hsv, to_rgb
from matplotlib.patches import Rectangle

from drawings import (
    BOUNDS,
    CELLS,
    RANKED,
    YEARS,
    find_faults,
    list_legend,
    list_tick_labels,
    list_y_labels,
    read_texts,
    recall,
)
from policydata import load_statements
from policydata.charts import plot_counts, plot_coverage, plot_values
from policydata.charts.style import INK, choose_ink
from rows_in_sight import tell

VALUES = tell(
    "plan henan gdp growth_rate target 2022 7%",
    "report henan gdp growth_rate outcome 2022 3.1%",
    "report hebi gdp growth_rate outcome 2022 4.9%",
    "report hebi gdp growth_rate outcome 2023 5%以上",
    "plan hebi gdp growth_rate target 2024 6%左右",
)


def read_cells(axes: Axes) -> dict[tuple[int, int], list[str]]:
    """Read the texts of each cell, by row and column, from left to right."""
    read: dict[tuple[int, int], list[str]] = {}
    for text in sorted(axes.texts, key=lambda text: text.get_position()):
        x, y = text.get_position()
        read.setdefault((int(y), int(x)), []).append(text.get_text().replace("\xa0", " "))
    return read


def list_tints(axes: Axes) -> list[list[float | None]]:
    """List how light the cells are, row by row; a cell without a tint is none."""
    mesh = axes.collections[0]
    values = mesh.get_array()
    shades = rgb_to_hsv(mesh.to_rgba(values)[..., :3])[..., 2]
    return [
        [None if blank else round(float(shade), 3) for blank, shade in zip(*row, strict=True)]
        for row in zip(values.mask, shades, strict=True)
    ]


def list_frames(axes: Axes) -> list[tuple[int, int]]:
    """List the cells with a frame, by row and column."""
    frames = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert [patch.get_fill() for patch in frames] == [False] * len(frames)
    return sorted((int(patch.get_y()), int(patch.get_x())) for patch in frames)


def test_outcome_and_target_are_written_beside_each_other_the_province_on_top() -> None:
    figure = plot_values(VALUES[::-1])
    assert list_y_labels(figure) == ["Henan", "Hebi"]
    assert read_texts(figure.axes[0].get_xticklabels()) == ["2022", "2023", "2024"]
    assert read_cells(figure.axes[0]) == {
        **{(0, 0): ["3.1", "7"], (1, 0): ["4.9"], (1, 1): ["≥ 5"], (1, 2): ["≈ 6"]}
    }


def test_only_an_exact_outcome_of_a_city_is_tinted_and_only_a_target_alone_is_framed() -> None:
    axes = plot_values(VALUES).axes[0]
    province, city = list_tints(axes)
    assert province == [None, None, None]
    assert [shade is None for shade in city] == [False, True, True]
    assert list_frames(axes) == [(1, 2)]


def test_what_is_written_on_a_tint_is_bold_for_an_outcome_and_orange_for_a_target() -> None:
    texts = plot_values(VALUES).axes[0].texts
    looks = {text.get_text(): (text.get_fontweight(), text.get_color()) for text in texts}
    bold, thin = looks["3.1"], looks["7"]
    assert (bold, thin[0]) == (("bold", INK), "normal")
    red, _, blue = to_rgb(thin[1])
    assert red > 3 * blue


def test_figures_stand_under_each_other_where_a_cell_has_no_room_for_both() -> None:
    henan = VALUES[VALUES.place.eq("henan")]
    years = [henan.assign(year=year, period=str(year)) for year in range(2014, 2024)]
    rows = pd.concat(years).drop(columns="statement_id")
    heights = [
        {round(text.get_position()[1], 2) for text in plot_values(rows, width=width).axes[0].texts}
        for width in ("single", "slide")
    ]
    assert heights == [{0.33, 0.67}, {0.5}]


def test_where_figures_would_touch_those_of_every_second_year_stand_lower() -> None:
    hebi = VALUES[VALUES.place.eq("hebi")].head(1)
    years = range(2016, 2024)
    wide = pd.concat([hebi.assign(year=year, period=str(year), value_std=1234.5 + year,
                                  low_std=1234.5 + year) for year in years])  # fmt: skip
    alone = hebi.assign(place="kaifeng", value_std=12345.6, low_std=12345.6)
    rows = pd.concat([wide, alone]).drop(columns="statement_id")
    single, slide = (plot_values(rows, width=width) for width in ("single", "slide"))
    heights = {
        at: [round(text.get_position()[1], 2) for text in figure.axes[0].texts
             if int(text.get_position()[1]) == at[1]]
        for figure, at in ((single, ("single", 1)), (single, ("single", 0)), (slide, ("slide", 1)))
    }  # fmt: skip
    assert heights == {
        ("single", 1): [1.25, 1.75] * 4, ("single", 0): [0.5], ("slide", 1): [1.5] * 8,
    }  # fmt: skip
    assert find_faults(single) == []


def test_a_key_stands_only_for_what_is_drawn() -> None:
    _, target = list_legend(plot_values(VALUES))
    assert list_legend(plot_values(VALUES[VALUES.status.eq("target")])) == [target]


def test_a_sign_stands_at_the_figure_on_which_documents_disagree() -> None:
    rows = tell(
        "report hebi gdp growth_rate outcome 2023 5%",
        "news hebi gdp growth_rate outcome 2023 7%",
        "report kaifeng gdp growth_rate outcome 2023 6%",
    )
    figure = plot_values(rows)
    assert read_cells(figure.axes[0]) == {(0, 0): ["6"], (1, 0): ["5†"]}
    assert "† another document says: Hebi 2023 7%" in figure.texts[-1].get_text()


def test_values_of_two_measures_are_refused_by_name() -> None:
    mixed = pd.concat([YEARS, YEARS.head(1).assign(measure="level", statement_id="")])
    with pytest.raises(ValueError, match=r'One axis takes one measure; .* "growth_rate", "level"'):
        plot_values(mixed)


def test_the_four_states_of_a_cell_have_marks_and_keys_of_their_own() -> None:
    figure = plot_coverage(CELLS)
    assert list_y_labels(figure) == ["Zhengzhou", "Kaifeng", "Anyang", "Hebi"]
    lines = [line for line in figure.axes[0].lines if len(line.get_xdata())]
    drawn = [(line.get_marker(), line.get_markerfacecolor(), *line.get_ydata()) for line in lines]
    assert [(marker, face == "none", row) for marker, face, row in drawn] == [
        *(("s", False, 0), ("s", True, 1), ("o", True, 2), ("o", False, 3))
    ]
    sizes = [line.get_markersize() for line in lines]
    assert sizes[1] > sizes[0] > sizes[2] > sizes[3]
    assert list_legend(figure) == [
        *("outcome known", "target known", "read in full, none stated", "not coded")
    ]
    assert list_legend(plot_coverage(CELLS[CELLS.state.eq("not coded")])) == ["not coded"]


def test_a_cell_with_outcome_and_target_has_both_marks_and_is_counted_once() -> None:
    both = pd.concat([CELLS, CELLS.head(1).assign(status="target", statement_id="a:2")])
    figure = plot_coverage(both, title="{stated} of {cells}, {outcome} and {target}")
    assert recall(figure).title == "2 of 4, 1 and 2"
    at = [[*line.get_ydata()] for line in figure.axes[0].lines]
    assert at == [[0], [1, 0], [2], [3]]


def test_an_indicator_has_a_panel_of_coverage_and_a_row_without_ids_is_drawn_too() -> None:
    other = CELLS.assign(indicator="gdp")
    cells = pd.concat([CELLS, other]).drop(columns="statement_id")
    figure = plot_coverage(cells)
    assert len(figure.axes) == 2
    assert read_texts(list_tick_labels(figure.axes[0].xaxis)) == ["2023"]


def test_the_heads_of_coverage_have_room_in_a_single_column() -> None:
    each = [CELLS.assign(indicator=one) for one in ("gdp", "grain_output", "rd_intensity")]
    cells = pd.concat(each).assign(indicator_en="Output of grain", place_en="Pingdingshan")
    figure = plot_coverage(cells, width="single")
    assert len(figure.axes) == 3
    assert find_faults(figure) == []


def test_a_count_is_written_in_its_cell_and_a_cell_without_rows_stays_empty() -> None:
    figure = plot_counts(BOUNDS, by="place", across="status")
    axes = figure.axes[0]
    assert read_texts(axes.get_xticklabels()) == ["target", "estimate", "outcome"]
    assert list_y_labels(figure) == ["Zhengzhou", "Kaifeng", "Hebi"]
    assert read_cells(axes) == {
        cell: ["1"] for cell in [(0, 0), (0, 2), (1, 0), (1, 1), (2, 0), (2, 2)]
    }
    blank = [[shade is None for shade in row] for row in list_tints(axes)]
    assert blank == [[False, True, False], [False, False, True], [False, True, False]]


def test_cells_are_darker_the_more_they_count_and_their_numbers_legible() -> None:
    rows = pd.DataFrame({"a": ["x"] * 4 + ["y"], "b": ["z"] * 5})
    axes = plot_counts(rows, by="a", across="b").axes[0]
    mesh = axes.collections[0]
    more, fewer = grounds = mesh.to_rgba(mesh.get_array()).reshape(-1, 4)[:, :3]
    assert sum(more) < sum(fewer)
    assert [text.get_color() for text in axes.texts] == [choose_ink(one) for one in grounds]


def test_a_cell_is_framed_if_most_of_its_rows_say_so() -> None:
    rows = RANKED.assign(full_text=RANKED.status.eq("target"))
    figure = plot_counts(rows, by="indicator", across="place", framed="full_text")
    assert list_frames(figure.axes[0]) == []
    rows = RANKED.assign(full_text=RANKED.place.eq("hebi") | RANKED.status.eq("target"))
    figure = plot_counts(rows, by="indicator", across="place", framed="full_text")
    assert list_frames(figure.axes[0]) == [(0, 0)]
    assert list_legend(figure) == ["mostly from documents read in full"]


def test_long_names_of_columns_are_turned() -> None:
    turned = plot_counts(load_statements(), by="place", across="domain").axes[0]
    assert {label.get_rotation() for label in turned.get_xticklabels()} == {90}
    level = plot_counts(RANKED, by="place", across="status").axes[0]
    assert {label.get_rotation() for label in level.get_xticklabels()} == {0}


def test_a_row_without_a_value_in_a_column_is_not_counted() -> None:
    undated = BOUNDS.assign(year=BOUNDS.year.where(BOUNDS.place.ne("hebi")))
    figure = plot_counts(undated, by="place", across="year", title="{n}")
    assert (recall(figure).title, list_y_labels(figure)) == ("4", ["Zhengzhou", "Kaifeng"])


def test_periods_are_written_out_as_groups_too() -> None:
    quarter = tell("plan hebi gdp growth_rate target 2023-Q1 6.5%")
    axes = plot_counts(quarter, by="place", across="period", lang="zh").axes[0]
    assert read_texts(axes.get_xticklabels()) == ["2023年第一季度"]


def test_a_figure_that_its_document_repeats_is_counted_once() -> None:
    marked = BOUNDS.assign(hazards=["repeat", *BOUNDS.hazards[1:]])
    titles = [
        recall(plot_counts(rows, by="place", across="status", title="{n}")).title
        for rows in (BOUNDS, marked)
    ]
    assert titles == ["6", "5"]
