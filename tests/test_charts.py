"""Charts say what they show: axes, order, marks, and what is left open."""

import re
from collections.abc import Callable, Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from drawings import (
    BOUNDS,
    CELLS,
    DRAWN,
    LEVELS,
    PAIRS,
    TARGETS,
    YEARS,
    Drawn,
    draw_statements,
    each_chart,
    list_legend,
    list_texts,
    list_tick_labels,
    list_y_labels,
    read_texts,
)
from policydata import compare, load_statements
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
from policydata.charts.marks import MARKERS, dress
from policydata.charts.style import COLOURS, FAMILY, PLANNED
from policydata.charts.tiles import TILES
from policydata.vocabulary import STATUSES
from rows_in_sight import tell


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@each_chart
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_axis_says_what_is_measured_and_in_which_unit(drawn: Drawn, lang: str) -> None:
    figure = drawn.draw(drawn.rows, lang=lang)
    labels = [figure.axes[0].get_xlabel(), figure.get_supylabel()]
    assert getattr(drawn, lang) in [text.strip() for text in labels]


@each_chart
def test_settings_rows_and_open_figures_stay_as_they_were(drawn: Drawn) -> None:
    before = drawn.rows.copy(deep=True)
    with mpl.rc_context():
        sns.set_theme()
        settings = dict(mpl.rcParams)
        drawn.draw(drawn.rows)
        assert dict(mpl.rcParams) == settings
    pd.testing.assert_frame_equal(drawn.rows, before)
    assert plt.get_fignums() == []


@each_chart
def test_a_theme_that_was_set_before_changes_nothing(drawn: Drawn) -> None:
    plain = drawn.draw(drawn.rows)
    with mpl.rc_context():
        sns.set_theme(context="talk", style="darkgrid", font="serif")
        themed = drawn.draw(drawn.rows)
    canvases = [FigureCanvasAgg(figure) for figure in (plain, themed)]
    for canvas in canvases:
        canvas.draw()
    np.testing.assert_array_equal(*(np.asarray(canvas.buffer_rgba()) for canvas in canvases))


@each_chart
def test_a_chart_without_rows_is_refused_in_a_sentence(drawn: Drawn) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        drawn.draw(drawn.rows.head(0))
    assert plt.get_fignums() == []


@each_chart
def test_an_unknown_language_or_width_is_refused_by_name(drawn: Drawn) -> None:
    with pytest.raises(ValueError, match=r'^There is no lang "fr"; allowed: "en", "zh"\.$'):
        drawn.draw(drawn.rows, lang="fr")
    with pytest.raises(ValueError, match='There is no width "column"; allowed: "single", '):
        drawn.draw(drawn.rows, width="column")


@each_chart
def test_a_column_that_is_missing_is_named(drawn: Drawn) -> None:
    lost = ["place", "status", "target_comparator", "outcome_status"]
    with pytest.raises(ValueError, match=r'^The table has no column ".+"; allowed: .*[a-z]'):
        drawn.draw(drawn.rows.drop(columns=lost, errors="ignore"))


@each_chart
def test_a_chinese_chart_has_no_english_word(drawn: Drawn) -> None:
    figure = drawn.draw(drawn.rows, lang="zh")
    FigureCanvasAgg(figure).draw()
    texts = [text.get_text() for axes in figure.axes for text in list_texts(axes)]
    texts += list_legend(figure) if figure.legends else []
    # The documents of these rows are no documents of the data, and go by their ids.
    said = [re.sub("（report）$", "", text) for text in texts]
    assert [text for text in said if re.search(r"[A-Za-z]{2,}", text)] == []


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
    figure = DRAWN[name].draw(DRAWN[name].rows[::-1])
    FigureCanvasAgg(figure).draw()
    found = [re.sub(r" \(.*\)", "", label) for label in list_y_labels(figure)]
    assert found == order


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


def test_the_number_of_cases_is_shown() -> None:
    series = plot_series(YEARS, compared_with="henan")
    answers = plot_answers(PAIRS, by="measure")
    gaps = plot_gaps(PAIRS, by="measure")
    assert series.axes[0].get_title(loc="right") == "n = 5"
    assert list_y_labels(answers) == list_y_labels(gaps) == ["growth (n = 3)"]
    assert plot_counts(BOUNDS, by="place", across="year").axes[0].get_title(loc="left") == (
        "n = 6 statements"
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
        renamed = TARGETS.assign(**{column: other}, statement_id="other:1")
        mixed = pd.concat([TARGETS, renamed.head(1)])
        with pytest.raises(ValueError, match=f'One axis takes one {column}, .* "{one}", "{other}"'):
            draw(mixed)


@pytest.mark.parametrize("column", ["indicator", "measure", "unit_std"])
def test_pairs_that_mix_are_refused_by_name(column: str) -> None:
    one, other = MIXED[column]
    mixed = pd.concat([PAIRS, PAIRS.head(1).assign(**{column: other}, target_id="other:1")])
    with pytest.raises(ValueError, match=f'One axis takes one {column}, .* "{one}", "{other}"'):
        plot_pairs(mixed)


def test_mixed_units_are_told_how_to_convert() -> None:
    mixed = pd.concat([TARGETS, TARGETS.head(1).assign(unit_std="t", statement_id="other:1")])
    with pytest.raises(ValueError, match=r"filter, or use plot_panels\(\) or convert_units\(\)\.$"):
        draw_statements(mixed)


def test_gaps_of_two_units_and_cells_of_two_indicators_are_refused_by_name() -> None:
    gaps = pd.concat([PAIRS, PAIRS.head(1).assign(gap_unit="CNY", target_id="other:1")])
    with pytest.raises(ValueError, match=r"unit of the gap, .* \"percentage point\", \"CNY\""):
        plot_gaps(gaps, by="place")
    cells = pd.concat([CELLS, CELLS.assign(indicator="gdp")])
    with pytest.raises(ValueError, match='one indicator, these cells have "rd_intensity", "gdp"'):
        plot_coverage(cells)


def test_answers_are_one_to_three() -> None:
    rows = pd.DataFrame({"place": list("aabb"), "answer": list("wxyz")})
    with pytest.raises(ValueError, match="One to three answers can be drawn, these rows have 4"):
        plot_answers(rows, by="place", answer="answer")


def test_rows_of_the_place_to_compare_with_alone_leave_no_panel() -> None:
    with pytest.raises(ValueError, match='Every row is of "henan": no place is left to compare'):
        plot_series(YEARS[YEARS.place.eq("henan")], compared_with="henan")


def test_rows_of_the_province_alone_leave_no_tile() -> None:
    with pytest.raises(ValueError, match='no tile for the place "henan"; allowed: anyang, hebi, '):
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
    assert list_legend(draw(TARGETS.head(1))) == ["target"]


def test_the_legend_of_pairs_names_the_marks_of_both_ends() -> None:
    assert list_legend(plot_pairs(PAIRS[PAIRS.place.eq("kaifeng")])) == [
        *("target", "estimate", "floor: at least, more than", "approximate")
    ]


def test_a_mark_in_the_legend_is_the_mark_that_is_drawn() -> None:
    legend = plot_ranking(BOUNDS).legends[0]
    keys = zip(legend.get_texts(), legend.legend_handles, strict=True)
    named = {text.get_text(): key for text, key in keys if text.get_text().strip()}
    shapes = {name: key.get_marker() for name, key in named.items()}
    assert {name.split(":")[0]: shape for name, shape in shapes.items()} == {
        **{"target": "o", "estimate": "o", "outcome": "o", "exact": "o"},
        **{"floor": ">", "ceiling": "<", "approximate": "D", "range": "|"},
    }


def test_bounds_are_written_beside_their_marks() -> None:
    axes = draw_statements(BOUNDS).axes[0]
    written = read_texts(axes.texts)
    assert written == ["6.5 %", "≤ 5 %", "≥ 7 %", "≈ 4 %", "8–9 %", "7.4 %"]


def test_hazards_that_no_mark_shows_are_counted_under_the_figure() -> None:
    note = plot_ranking(BOUNDS).legends[0].get_title().get_text()
    assert note == "Of 6 statements: 1 preliminary"


def test_every_status_has_a_dress_and_only_what_came_is_filled() -> None:
    own = [name for name in STATUSES if dress(name)["markerfacecolor"] == COLOURS[name]]
    assert own == ["estimate", "outcome"]
    assert [dress(name)["fillstyle"] for name in own] == ["left", "full"]


def test_the_size_of_a_programme_is_neither_a_target_nor_reached() -> None:
    faces = [dress(name)["markerfacecolor"] for name in ("target", "plan_scale", "outcome")]
    assert faces == ["white", PLANNED, COLOURS["outcome"]]


def test_a_year_without_a_figure_is_a_gap_in_the_line() -> None:
    axes = plot_series(YEARS, compared_with="henan").axes[0]
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
    assert points == [(2022, 5), (2022, 5), (2023, 6), (2023.32, 7), (2024, 8)]


def test_a_place_to_compare_with_that_the_rows_do_not_have_is_refused_with_the_nearest() -> None:
    for name, near in {"henn": "henan", "Kaifeng": "none", "郑州东": "郑州"}.items():
        refused = f'^"{name}" is not a place of the rows .*; nearest: {near}.*henan, zhengzhou'
        with pytest.raises(ValueError, match=refused):
            plot_series(YEARS, compared_with=name)


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
    texts = [text.get_text().replace("\xa0", " ") for text in axes.texts]
    said = dict(zip(texts[::2], texts[1::2], strict=True))
    assert {name: figure for name, figure in said.items() if figure} == {
        **{"Hebi": "6.5 %; ≈ 7 %", "Kaifeng": "≥ 7 %", "Zhengzhou": "8–9 %"}
    }


def test_a_dumbbell_says_the_answer_and_both_figures() -> None:
    axes = plot_pairs(PAIRS).axes[0]
    assert read_texts(axes.texts) == [
        "missed: ≤ 5 %, target 6.5 %",
        "missed: ≈ 4 %, target ≥ 7 %",
        "missed: 7.4 %, target 8–9 %",
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
    assert read_texts(figure.axes[0].texts) == ["1", "1", "2"]
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
    figure = plot_gaps(pairs[pairs.measure.eq("growth_rate")], by="place")
    assert [line.get_fillstyle() for line in figure.axes[0].lines[1:]] == ["left", "full"]
    assert list_legend(figure) == ["estimate", "outcome"]


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


def test_a_series_of_zeros_has_an_axis() -> None:
    zeros = YEARS.assign(value_std=0.0, low_std=0.0, high_std=0.0)
    assert plot_series(zeros).axes[0].get_ylim() == (0, 1)


def test_answers_of_a_longer_vocabulary_or_of_none_have_shades_of_their_own() -> None:
    odd = PAIRS.assign(met=["missed", "perhaps", None])
    assert list_legend(plot_answers(odd, by="place")) == ["missed", "perhaps"]
    assert list_legend(plot_answers(BOUNDS, by="place", answer="status")) == [
        *("target", "estimate", "outcome")
    ]


def test_periods_are_written_out_as_groups_too() -> None:
    quarter = tell("plan hebi gdp growth_rate target 2023-Q1 6.5%")
    axes = plot_counts(quarter, by="place", across="period", lang="zh").axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2023年第一季度"]


def test_tiles_alike_keep_their_note() -> None:
    alike = pd.concat([BOUNDS.head(1).assign(place=one, statement_id=one) for one in TILES])
    figure = plot_tiles(alike.assign(hazards="reprint"))
    assert list_legend(figure) == []
    assert figure.legends[0].get_title().get_text() == "Of 18 statements: 18 from reprints"


def test_the_line_between_years_is_explained_whatever_the_order_of_rows() -> None:
    for rows in (YEARS, YEARS[::-1]):
        assert "consecutive years" in list_legend(plot_series(rows, compared_with="henan"))
    apart = YEARS[YEARS.period.isin(["2021", "2023"])]
    assert "consecutive years" not in list_legend(plot_series(apart, compared_with="henan"))
