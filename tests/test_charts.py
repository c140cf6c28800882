"""Charts say what they show: axes, order, marks, and nothing outside or over another."""

import re
from collections.abc import Callable, Iterator
from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from policydata import compare, coverage, load_statements
from policydata.charts import (
    plot_answers,
    plot_counts,
    plot_coverage,
    plot_gaps,
    plot_pairs,
    plot_panels,
    plot_ranking,
    plot_series,
    plot_statements,
    plot_tiles,
)
from policydata.charts.marks import MARKERS, dress, explain
from policydata.charts.style import COLOURS, drawing_style, open_figure
from policydata.hazards import HAZARDS
from policydata.vocabulary import STATUSES
from rows_in_sight import tell

BOUNDS = tell(
    "plan hebi gdp growth_rate target 2023 6.5%",
    "plan kaifeng gdp growth_rate target 2023 7%以上",
    "plan zhengzhou gdp growth_rate target 2023 8%—9%",
    "report hebi gdp growth_rate outcome 2023 5%以内",
    "report kaifeng gdp growth_rate estimate 2023 4%左右",
    "report zhengzhou gdp growth_rate outcome 2023 7.4%",
)
YEARS = tell(
    "report henan gdp growth_rate outcome 2021 5%",
    "report zhengzhou gdp growth_rate outcome 2020 3%",
    "report zhengzhou gdp growth_rate outcome 2021 4.7%",
    "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    "report zhengzhou gdp growth_rate outcome 2024 5.7%",
    "plan zhengzhou gdp growth_rate target 2022 7.5%",
)
TARGETS = BOUNDS[BOUNDS.status.eq("target")]
PAIRS = compare(BOUNDS)
LEVELS = tell(
    "plan zhengzhou gdp level target 2023 14000亿元",
    "report zhengzhou gdp level outcome 2023 13600亿元",
    "plan kaifeng gdp level target 2023 3000亿元",
    "report kaifeng gdp level outcome 2023 3100亿元",
)
CELLS = coverage(indicator="rd_intensity", place=["郑州", "开封", "安阳"], year=2023)


def draw_statements(rows: pd.DataFrame) -> Figure:
    """Draw statements on the axes of a figure of one's own."""
    figure = Figure(figsize=(6, 3), layout="constrained")
    assert plot_statements(rows, axes := figure.subplots()) is axes
    return figure


# Each chart with small rows, and the label of its axis.
DRAWN: dict[str, tuple[Callable[[pd.DataFrame], Figure], pd.DataFrame, str]] = {
    "statements": (draw_statements, BOUNDS, "growth, %"),
    "panels": (plot_panels, LEVELS, "billion CNY"),
    "ranking": (plot_ranking, BOUNDS, "growth, %"),
    "series": (lambda rows: plot_series(rows, reference="henan"), YEARS, "growth, %"),
    "tiles": (plot_tiles, TARGETS, "growth, %; hatched: no figure in the data."),
    "pairs": (plot_pairs, PAIRS, "growth, %"),
    "level pairs": (plot_pairs, compare(LEVELS), "billion CNY"),
    "gaps": (
        lambda rows: plot_gaps(rows, by="target_comparator"),
        PAIRS,
        "outcome minus target, percentage point",
    ),
    "level gaps": (
        lambda rows: plot_gaps(rows, by="place_en"),
        compare(LEVELS),
        "outcome minus target, billion CNY",
    ),
    "answers": (lambda rows: plot_answers(rows, by="place_en"), PAIRS, "number of cases"),
    "counts": (lambda rows: plot_counts(rows, by="place_en", across="status"), BOUNDS, ""),
    "coverage": (plot_coverage, CELLS, ""),
}
each_chart = pytest.mark.parametrize(("draw", "rows", "label"), DRAWN.values(), ids=DRAWN)


def list_tick_labels(axis: Axis) -> list[Text]:
    """List the tick labels that are drawn: those inside the view."""
    low, high = sorted(axis.get_view_interval())
    ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    return [tick.label1 for tick in ticks if tick.label1.get_visible() and tick.label1.get_text()]


def list_texts(axes: Axes) -> list[Text]:
    """List every text that is written in or about axes."""
    titles = [child for child in axes.get_children() if isinstance(child, Text)]
    written = [*titles, axes.xaxis.label, axes.yaxis.label]
    ticks = [*list_tick_labels(axes.xaxis), *list_tick_labels(axes.yaxis)]
    return [text for text in written if text.get_text()] + ticks


def list_boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Draw a figure and list the boxes of its texts and its legends."""
    FigureCanvasAgg(figure).draw()
    texts = [text for axes in figure.axes if axes.get_visible() for text in list_texts(axes)]
    boxes = [(text.get_text(), text.get_window_extent()) for text in [*texts, *figure.texts]]
    return boxes + [("legend", legend.get_window_extent()) for legend in figure.legends]


def find_outside(figure: Figure) -> list[str]:
    """Name the texts that leave the figure by more than half a pixel."""
    page = figure.bbox.padded(0.5)
    boxes = list_boxes(figure)
    return [name for name, box in boxes if (Bbox.union([page, box]).size > page.size).any()]


def find_overlaps(figure: Figure) -> list[tuple[str, str]]:
    """Name the pairs of texts that share more than a pixel both ways."""
    pairs = combinations(list_boxes(figure), 2)
    shared = ((one, other, Bbox.intersection(a, b)) for (one, a), (other, b) in pairs)
    return [(one, other) for one, other, box in shared if box and min(box.size) > 1]


def list_y_labels(figure: Figure) -> list[str]:
    """List the labels of the rows from the top."""
    axes = figure.axes[0]
    labels = [label.get_text() for label in list_tick_labels(axes.yaxis)]
    return labels if axes.yaxis_inverted() else labels[::-1]


def list_legend(figure: Figure) -> list[str]:
    """List the names in a figure's legend."""
    return [text.get_text() for text in figure.legends[0].get_texts()]


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@each_chart
def test_the_axis_says_what_is_measured_and_in_which_unit(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, label: str
) -> None:
    figure = draw(rows)
    labels = [figure.axes[0].get_xlabel(), figure.get_supylabel()]
    assert label in [text.strip() for text in labels]


@each_chart
def test_no_text_leaves_the_figure_or_lies_over_another(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, label: str
) -> None:
    figure = draw(rows)
    assert find_outside(figure) == []
    assert find_overlaps(figure) == []


@each_chart
def test_settings_rows_and_open_figures_stay_as_they_were(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, label: str
) -> None:
    before = rows.copy(deep=True)
    with mpl.rc_context():
        mpl.rcdefaults()
        settings = dict(mpl.rcParams)
        draw(rows)
        assert dict(mpl.rcParams) == settings
    pd.testing.assert_frame_equal(rows, before)
    assert plt.get_fignums() == []


@each_chart
def test_a_chart_without_rows_is_refused_in_a_sentence(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, label: str
) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        draw(rows.head(0))
    assert plt.get_fignums() == []


def test_statements_without_axes_get_a_figure_that_a_notebook_shows() -> None:
    axes = plot_statements(BOUNDS)
    assert plt.get_fignums() == [axes.figure.number]


@pytest.mark.parametrize(
    ("name", "order"),
    [
        (
            "statements",
            ["Hebi, 2023"] * 2 + ["Kaifeng, 2023"] * 2 + ["Zhengzhou, 2023"] * 2,
        ),
        ("ranking", ["Zhengzhou", "Zhengzhou", "Kaifeng", "Kaifeng", "Hebi", "Hebi"]),
        ("pairs", ["Hebi, 2023", "Kaifeng, 2023", "Zhengzhou, 2023"]),
        ("coverage", ["Anyang", "Kaifeng", "Zhengzhou"]),
        ("counts", ["Hebi", "Kaifeng", "Zhengzhou"]),
    ],
)
def test_rows_stand_in_the_order_that_is_promised(name: str, order: list[str]) -> None:
    draw, rows, _ = DRAWN[name]
    figure = draw(rows[::-1])
    FigureCanvasAgg(figure).draw()
    found = [re.sub(r" \(.*\)", "", label) for label in list_y_labels(figure)]
    assert found == order


def test_a_target_stands_before_what_came_of_it() -> None:
    rows = BOUNDS[BOUNDS.place.eq("zhengzhou")]
    axes = draw_statements(rows[::-1]).axes[0]
    assert [text.get_text() for text in axes.texts if text.get_text()] == ["8–9", "7.4"]


def test_panels_stand_in_the_order_of_their_first_rows_and_name_a_single_place() -> None:
    grain = tell("report hebi grain_output level outcome 2023 100万吨")
    figure = plot_panels(pd.concat([grain, LEVELS, BOUNDS]))
    heads = [(axes.get_title(loc="left"), axes.get_xlabel()) for axes in figure.axes]
    assert heads == [
        ("Grain", "thousand t  ·  stated for Hebi only"),
        ("Product", "billion CNY"),
        ("Product", "growth, %"),
    ]


def test_rows_are_of_one_height_in_every_panel() -> None:
    grain = tell("report hebi grain_output level outcome 2023 100万吨")
    figure = plot_panels(pd.concat([grain, LEVELS, BOUNDS]))
    FigureCanvasAgg(figure).draw()
    heights = [axes.get_window_extent().height for axes in figure.axes]
    counts = [len(list_tick_labels(axes.yaxis)) for axes in figure.axes]
    assert counts == [1, 4, 6]
    np.testing.assert_allclose(np.divide(heights, counts), heights[0], rtol=0.01)


def test_relations_get_no_panel() -> None:
    rank = tell("report hebi gdp relation outcome 2023 全省第1位")
    assert len(plot_panels(pd.concat([rank, LEVELS])).axes) == 1


def test_the_number_of_cases_is_shown() -> None:
    series = plot_series(YEARS, reference="henan")
    answers = plot_answers(PAIRS, by="measure")
    gaps = plot_gaps(PAIRS, by="measure")
    assert series.axes[0].get_title(loc="right") == "n = 5"
    assert list_y_labels(answers) == list_y_labels(gaps) == ["growth_rate (n = 3)"]
    assert plot_counts(BOUNDS, by="place", across="year").axes[0].get_title(loc="left") == (
        "n = 6 rows"
    )
    assert plot_pairs(PAIRS).legends[0].get_title().get_text() == (
        "n = 3 pairs of target and outcome"
    )


MIXED = {
    "indicator": ["gdp", "consumer_price_index"],
    "measure": ["growth_rate", "change"],
    "unit_std": ["%", "percentage point"],
    "period": ["2023", "2024"],
    "status": ["target", "outcome"],
}


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
        mixed = pd.concat([TARGETS, TARGETS.assign(**{column: other})])
        with pytest.raises(ValueError, match=f'One axis takes one {column}, .* "{one}", "{other}"'):
            draw(mixed)


@pytest.mark.parametrize("column", ["indicator", "measure", "unit_std"])
def test_pairs_that_mix_are_refused_by_name(column: str) -> None:
    one, other = MIXED[column]
    mixed = pd.concat([PAIRS, PAIRS.assign(**{column: other})])
    with pytest.raises(ValueError, match=f'One axis takes one {column}, .* "{one}", "{other}"'):
        plot_pairs(mixed)


def test_mixed_units_are_told_how_to_convert() -> None:
    mixed = pd.concat([TARGETS, TARGETS.assign(unit_std="t")])
    with pytest.raises(ValueError, match=r"filter, or use plot_panels\(\) or convert_units\(\)\.$"):
        draw_statements(mixed)


def test_gaps_of_two_units_and_cells_of_two_indicators_are_refused_by_name() -> None:
    gaps = pd.concat([PAIRS, PAIRS.assign(gap_unit="CNY")])
    with pytest.raises(ValueError, match=r"unit of the gap, .* \"percentage point\", \"CNY\""):
        plot_gaps(gaps, by="place_en")
    cells = pd.concat([CELLS, CELLS.assign(indicator="gdp")])
    with pytest.raises(ValueError, match='one indicator, these cells have "rd_intensity", "gdp"'):
        plot_coverage(cells)


def test_answers_are_one_to_three() -> None:
    rows = pd.DataFrame({"place": list("aabb"), "answer": list("wxyz")})
    with pytest.raises(ValueError, match="One to three answers can be drawn, these rows have 4"):
        plot_answers(rows, by="place", answer="answer")


def test_rows_of_the_reference_place_alone_leave_no_panel() -> None:
    with pytest.raises(ValueError, match='Every row is of the reference "henan"'):
        plot_series(YEARS[YEARS.place.eq("henan")], reference="henan")


def test_rows_of_the_province_alone_leave_no_tile() -> None:
    with pytest.raises(ValueError, match="No row has a value that could be drawn"):
        plot_tiles(YEARS[YEARS.place.eq("henan")])


def test_exact_floor_ceiling_approximate_and_range_have_marks_of_their_own() -> None:
    marks = {MARKERS[name] for name in ("=", ">=", "<=", "~", "range")}
    assert len(marks) == 5
    assert (MARKERS[">"], MARKERS["<"]) == (MARKERS[">="], MARKERS["<="])
    axes = draw_statements(BOUNDS).axes[0]
    drawn = [line.get_marker() for line in axes.lines if line.get_marker() != "None"]
    assert drawn == ["o", "<", ">", "D", "|", "o"]


@pytest.mark.parametrize("draw", [plot_panels, plot_ranking, plot_series])
def test_the_legend_names_every_status_and_mark_that_is_used(
    draw: Callable[[pd.DataFrame], Figure],
) -> None:
    assert list_legend(draw(BOUNDS)) == [
        *("target", "estimate", "outcome", "exact", "floor: at least, more than"),
        *("ceiling: at most, less than", "approximate", "range"),
    ]
    assert list_legend(draw(TARGETS.head(1))) == ["target", "exact"]


def test_the_legend_of_pairs_names_the_marks_of_both_ends() -> None:
    assert list_legend(plot_pairs(PAIRS[PAIRS.place.eq("kaifeng")])) == [
        *("target", "estimate", "floor: at least, more than", "approximate")
    ]


def test_a_mark_in_the_legend_is_the_mark_that_is_drawn() -> None:
    legend = plot_ranking(BOUNDS).legends[0]
    keys = zip(list_legend(plot_ranking(BOUNDS)), legend.legend_handles, strict=True)
    shapes = {name: key.get_marker() for name, key in keys if isinstance(key, mpl.lines.Line2D)}
    assert {name.split(":")[0]: shape for name, shape in shapes.items()} == {
        **{"target": "o", "estimate": "o", "outcome": "o", "exact": "o"},
        **{"floor": ">", "ceiling": "<", "approximate": "D", "range": "|"},
    }


def test_bounds_are_written_beside_their_marks() -> None:
    axes = draw_statements(BOUNDS).axes[0]
    written = [text.get_text() for text in axes.texts if text.get_text()]
    assert written == ["6.5", "≤ 5", "≥ 7", "≈ 4", "8–9", "7.4"]


@pytest.mark.parametrize("count", range(1, 6))
def test_a_legend_fits_whatever_it_explains(count: int) -> None:
    statuses = ("plan_scale", "target", "estimate", "outcome")
    note = f"Of 900 figures: {', '.join(f'800 {name}' for name in HAZARDS)}"
    for marks in combinations(("=", ">=", "<=", "~", "range"), count):
        with drawing_style():
            figure = open_figure(2)
            explain(figure, statuses, marks, note)
        assert len(list_legend(figure)) == len(statuses) + count
        assert find_outside(figure) == []


def test_hazards_that_no_mark_shows_are_counted_under_the_figure() -> None:
    note = plot_ranking(BOUNDS).legends[0].get_title().get_text()
    assert note == "Of 6 figures: 1 preliminary"


def measure_lightness(colour: str) -> float:
    """Measure the relative luminance of a colour, which is its lightness in grey."""
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def test_target_and_outcome_differ_in_fill_and_in_grey() -> None:
    target, outcome = dress("target"), dress("outcome")
    assert target["markerfacecolor"] == "white"
    assert outcome["markerfacecolor"] == COLOURS["outcome"]
    lightness = [measure_lightness(COLOURS[status]) for status in ("target", "outcome")]
    assert abs(lightness[0] - lightness[1]) >= 0.2


def test_every_status_has_a_dress_and_only_what_came_is_filled() -> None:
    filled = [name for name in STATUSES if dress(name)["markerfacecolor"] != "white"]
    assert filled == ["estimate", "outcome"]
    assert [dress(name)["fillstyle"] for name in filled] == ["left", "full"]


def test_a_year_without_a_figure_is_a_gap_in_the_line() -> None:
    axes = plot_series(YEARS, reference="henan").axes[0]
    (line,) = [line for line in axes.lines if len(line.get_xdata()) > 1]
    assert line.get_xdata().tolist() == [2020, 2021, 2022, 2023, 2024]
    np.testing.assert_array_equal(line.get_ydata(), [3, 4.7, np.nan, 7.4, 5.7])


def test_targets_and_periods_of_several_years_are_not_joined() -> None:
    rows = tell(
        "plan hebi gdp growth_rate target 2022 7%",
        "plan hebi gdp growth_rate target 2023 8%",
        "report hebi gdp growth_rate outcome 2021/2025 6%",
    )
    axes = plot_series(rows).axes[0]
    points = [(*line.get_xdata(), *line.get_ydata()) for line in axes.lines]
    assert points == [(2022, 7), (2023, 8)]


def test_a_year_stated_twice_or_in_part_is_left_open() -> None:
    rows = tell(
        "plan hebi gdp growth_rate outcome 2022 5%",
        "plan hebi gdp growth_rate outcome 2023 6%",
        "report hebi gdp growth_rate outcome 2023 7%",
        "plan hebi gdp growth_rate outcome 2024-Q1 8%",
    )
    axes = plot_series(rows).axes[0]
    points = sorted((*line.get_xdata(), *line.get_ydata()) for line in axes.lines)
    assert points == [(2022, 5), (2022, 5), (2023, 6), (2023.24, 7), (2024, 8)]


def test_an_unknown_reference_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r'"henn" is no known place; nearest: henan'):
        plot_series(YEARS, reference="henn")


def test_a_single_year_has_one_whole_tick() -> None:
    figures = [plot_series(BOUNDS), plot_coverage(CELLS)]
    for figure in figures:
        FigureCanvasAgg(figure).draw()
        ticks = list_tick_labels(figure.axes[0].xaxis)
        assert [tick.get_text() for tick in ticks] == ["2023"]


def test_a_series_starts_from_zero_on_one_scale_for_all_places() -> None:
    figure = plot_series(YEARS)
    shown = [axes for axes in figure.axes if axes.get_visible()]
    assert [axes.get_title(loc="left") for axes in shown] == ["Henan", "Zhengzhou"]
    assert [axes.get_ylim()[0] for axes in shown] == [0, 0]
    assert shown[0].get_ylim() == shown[1].get_ylim()


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
    texts = [text.get_text() for text in axes.texts]
    said = dict(zip(texts[::2], texts[1::2], strict=True))
    assert {name: figure for name, figure in said.items() if figure} == {
        **{"Hebi": "6.5; ≈ 7", "Kaifeng": "≥ 7", "Zhengzhou": "8–9"}
    }


def test_a_dumbbell_says_the_answer_and_both_figures() -> None:
    axes = plot_pairs(PAIRS).axes[0]
    assert [text.get_text() for text in axes.texts] == [
        *("missed: ≤ 5 against 6.5", "missed: ≈ 4 against ≥ 7", "missed: 7.4 against 8–9")
    ]


def test_an_answer_keeps_its_shade_whatever_else_is_given() -> None:
    pairs = PAIRS.assign(met=PAIRS.met.where(PAIRS.place.ne("hebi"), "met"))
    both = plot_answers(pairs, by="measure").axes[0]
    alone = plot_answers(pairs[pairs.met.eq("met")], by="measure").axes[0]
    shades = [axes.containers[-1].patches[0].get_facecolor() for axes in (both, alone)]
    assert len(both.containers) == 2
    assert shades[0] == shades[1] != both.containers[0].patches[0].get_facecolor()


def test_the_count_of_an_answer_stands_in_its_bar() -> None:
    rows = pd.DataFrame({"place": list("aaab"), "answer": ["no", "yes", "yes", "no"]})
    figure = plot_answers(rows, by="place", answer="answer")
    FigureCanvasAgg(figure).draw()
    assert list_y_labels(figure) == ["a (n = 3)", "b (n = 1)"]
    assert [text.get_text() for text in figure.axes[0].texts] == ["1", "1", "", "2"]
    assert list_legend(figure) == ["no", "yes"]


@pytest.mark.parametrize(("rows", "scale"), [(BOUNDS, 1), (LEVELS, 1e9)])
def test_gaps_stand_at_their_distance_from_the_target(rows: pd.DataFrame, scale: float) -> None:
    pairs = compare(rows)
    axes = plot_gaps(pairs, by="measure").axes[0]
    zero, *marks = axes.lines
    drawn = sorted(x for line in marks for x in line.get_xdata())
    assert drawn == sorted((pairs.gap / scale).tolist())
    assert list(zero.get_xdata()) == [0, 0]


def test_a_gap_of_an_estimate_is_half_filled() -> None:
    pairs = compare(place="zhengzhou", indicator="retail_sales")
    figure = plot_gaps(pairs[pairs.measure.eq("growth_rate")], by="place_en")
    assert [line.get_fillstyle() for line in figure.axes[0].lines[1:]] == ["left", "full"]
    assert list_legend(figure) == ["estimate", "outcome"]


def test_a_count_is_written_in_its_cell_and_a_cell_without_rows_stays_empty() -> None:
    axes = plot_counts(BOUNDS, by="place_en", across="status").axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        *("estimate", "outcome", "target")
    ]
    written = {text.get_position(): text.get_text() for text in axes.texts}
    assert set(written.values()) == {"1"}
    assert len(written) == 6


def test_long_names_of_columns_are_turned_and_stay_apart() -> None:
    figure = plot_counts(load_statements(), by="place_en", across="domain")
    assert find_overlaps(figure) == []
    assert find_outside(figure) == []
    assert {label.get_rotation() for label in figure.axes[0].get_xticklabels()} == {90}


def test_the_three_states_of_coverage_are_named_and_counted() -> None:
    figure = plot_coverage(CELLS)
    states = ["not coded, 1 cells", "none stated, 1 cells", "stated, 1 cells"]
    assert list_legend(figure) == states
    marks = {(line.get_marker(), line.get_markerfacecolor()) for line in figure.axes[0].lines}
    assert len(marks) == 3


def test_two_pairs_with_a_long_legend_have_room() -> None:
    figure = plot_pairs(PAIRS.head(2))
    assert find_overlaps(figure) == []
    assert find_outside(figure) == []


def test_no_text_of_thirty_shipped_indicators_leaves_the_figure_or_lies_over_another() -> None:
    rows = load_statements()
    rows = rows[rows.value_std.notna() & rows.measure.ne("relation")]
    sample = sorted(rows.indicator.unique())[1::7][:30]
    assert len(sample) == 30
    figure = plot_panels(rows[rows.indicator.isin(sample)])
    assert find_outside(figure) == []
    assert find_overlaps(figure) == []
