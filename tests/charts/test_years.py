"""Years: what follows year on year is joined, and what no document states stays open."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from drawings import (
    LEVELS,
    TARGETS,
    YEARS,
    find_faults,
    list_legend,
    list_points,
    list_strokes,
    list_tick_labels,
    read_texts,
    recall,
)
from policydata.charts import plot_lines, plot_series, plot_slopes
from policydata.charts.style import PALETTE
from rows_in_sight import tell

FALLS = tell(
    "report hebi gdp growth_rate outcome 2021 下降5%",
    "report hebi gdp growth_rate outcome 2022 下降3%",
    "report hebi gdp growth_rate outcome 2023 2%",
)
OUTCOME, TARGET, REFERENCE = (PALETTE[one] for one in ("outcome", "target", "reference"))


def list_titles(figure: Figure) -> list[str]:
    """List the names of the panels."""
    return [axes.get_title(loc="left") for axes in figure.axes]


def list_bars(axes: Axes) -> list[tuple[float, float]]:
    """List the bars of targets, each by the middle of its length and its height."""
    bars = list_strokes(axes, TARGET)
    assert {(one[1], round(other[0] - one[0], 3)) for one, other in bars} == {
        (one[1], 0.76) for one, _ in bars
    }
    return [((one[0] + other[0]) / 2, one[1]) for one, other in bars]


@pytest.mark.parametrize("draw", [plot_series, plot_lines])
def test_only_exact_outcomes_of_consecutive_years_are_joined(
    draw: Callable[[pd.DataFrame], Figure],
) -> None:
    rows = tell(
        "report hebi gdp growth_rate outcome 2020 3%",
        "report hebi gdp growth_rate outcome 2021 4%",
        "report hebi gdp growth_rate outcome 2022 5%以上",
        "report hebi gdp growth_rate outcome 2023 6%",
        "report hebi gdp growth_rate outcome 2024 7%",
    )
    strokes = list_strokes(draw(rows[::-1]).axes[0], OUTCOME)
    assert strokes == [[(2020, 3), (2021, 4)], [(2023, 6), (2024, 7)]]


@pytest.mark.parametrize("draw", [plot_series, plot_lines])
def test_a_line_ends_where_the_base_was_revised_and_a_sign_stands_between(
    draw: Callable[[pd.DataFrame], Figure],
) -> None:
    figure = draw(
        tell(
            "report hebi gdp growth_rate outcome 2021 3%",
            "report hebi gdp growth_rate outcome 2022 4%",
            "report hebi gdp growth_rate outcome 2023 6%",
            judged=[("report:3", "series_break")],
        )
    )
    assert list_strokes(figure.axes[0], OUTCOME) == [[(2021, 3), (2022, 4)]]
    signs = [line for line in figure.axes[0].lines if line.get_marker() == (2, 0, -30)]
    assert [point for line in signs for point in line.get_xydata().tolist()] == [[2022.5, 5]]
    assert "with a revised base" in list_legend(figure)


def test_a_target_is_a_bar_at_its_own_year_whatever_came_of_it() -> None:
    rows = tell(
        "plan hebi gdp growth_rate target 2022 7%",
        "plan hebi gdp growth_rate target 2023 8%",
        "report hebi gdp growth_rate outcome 2023 6%",
        "report hebi gdp growth_rate outcome 2021/2025 5%",
        "report hebi gdp growth_rate outcome 2024-Q1 4%",
    )
    axes = plot_series(rows).axes[0]
    assert list_bars(axes) == [(2022, 7), (2023, 8)]
    assert list_points(axes) == [(2023, 6)]


def test_where_no_target_has_an_outcome_the_title_counts_both_and_not_the_missed() -> None:
    rows = tell(
        "report hebi gdp growth_rate outcome 2024 6%",
        "plan hebi gdp growth_rate target 2025 7%",
        "plan hebi rd_intensity share target 2025 2%",
    )
    assert recall(plot_series(rows)).title == ("Targets: 2; outcomes: 1; none can be compared yet")
    assert recall(plot_series(rows, lang="zh")).title == "目标2项，实际值1项，尚不能对照"
    assert recall(plot_series(rows, title="Qinghu")).title == "Qinghu"


@pytest.mark.parametrize(
    ("figure", "marker"), [("7%以上", "^"), ("超过7%", "^"), ("7%以内", "v"), ("7%左右", "D")]
)
def test_a_bound_has_its_shape_on_the_bar_of_a_target_and_for_an_outcome(
    figure: str, marker: str
) -> None:
    rows = tell(
        f"plan hebi gdp growth_rate target 2022 {figure}",
        f"report hebi gdp growth_rate outcome 2023 {figure}",
    )
    axes = plot_series(rows).axes[0]
    assert list_bars(axes) == [(2022, 7)]
    shaped = [(line.get_xdata()[0], line.get_color()) for line in axes.lines
              if line.get_marker() == marker]  # fmt: skip
    assert shaped == [(2022, TARGET), (2023, OUTCOME)]


def test_a_range_is_a_band_between_two_bars_as_a_target_and_a_span_as_an_outcome() -> None:
    rows = tell(
        "plan hebi gdp growth_rate target 2022 8%—9%",
        "report hebi gdp growth_rate outcome 2023 6%—7%",
    )
    axes = plot_series(rows).axes[0]
    assert list_bars(axes) == [(2022, 8), (2022, 9)]
    (band,) = axes.collections
    assert band.get_datalim(axes.transData).extents.round(2).tolist() == [2021.62, 8, 2022.38, 9]
    assert list_strokes(axes, OUTCOME) == [[(2023, 6), (2023, 7)]]


def test_panels_of_one_unit_have_one_scale_fitted_to_what_is_drawn() -> None:
    high = tell(
        "report hebi gdp growth_rate outcome 2021 101%",
        "report hebi gdp growth_rate outcome 2022 103%",
        "report kaifeng gdp growth_rate outcome 2021 104%",
    )
    one, other = plot_series(high).axes
    assert one.get_ylim() == other.get_ylim()
    assert one.get_xlim() == other.get_xlim()
    low, top = one.get_ylim()
    assert 100 < low < 101
    assert 104 < top < 105


def test_a_place_alone_has_a_panel_an_indicator_each_unit_with_its_own_scale() -> None:
    rows = tell(
        "report hebi gdp level outcome 2023 1000亿元",
        "report hebi gdp growth_rate outcome 2023 5%",
        "plan hebi gdp growth_rate target 2023 6%",
    )
    figure = plot_series(rows)
    assert [one.replace("\n", " ") for one in list_titles(figure)] == [
        *("Product, growth (%)", "Product (billion CNY)")
    ]
    assert [list_points(axes) for axes in figure.axes] == [[(2023, 5)], [(2023, 100)]]


def test_only_the_first_panel_of_a_row_has_numbers() -> None:
    places = [f"report {place} gdp growth_rate outcome 2023 {n}%"
              for n, place in enumerate(["hebi", "kaifeng", "zhengzhou"])]  # fmt: skip
    figure = plot_series(tell(*places), width="double")
    counts = [len(list_tick_labels(axes.yaxis)) for axes in figure.axes]
    assert (counts[0] > 1, counts[1:]) == (True, [0, 0])


def test_the_province_is_a_line_behind_every_panel_and_has_none_of_its_own() -> None:
    figure = plot_series(YEARS)
    assert list_titles(figure) == ["Zhengzhou", "Kaifeng"]
    for axes in figure.axes:
        assert list_strokes(axes, REFERENCE) == [[(2021, 5), (2022, 3.1)]]
        lines = [line for line in axes.lines if len(line.get_xdata())]
        depth = {colour: [line.get_zorder() for line in lines if line.get_color() == colour]
                 for colour in (REFERENCE, OUTCOME)}  # fmt: skip
        assert max(depth[REFERENCE]) <= min(depth[OUTCOME])
        assert lines[0].get_color() == REFERENCE
    assert "Henan, outcome" in list_legend(figure)
    assert list_titles(plot_series(YEARS, compared_with="开封")) == ["Henan", "Zhengzhou"]


def test_signs_stand_above_their_points_apart_and_inside_the_figure() -> None:
    figures = {"level": "5000亿元", "growth_rate": "5%"}
    outcomes = [f"report hebi gdp {measure} outcome {year} {figure}"
                for measure, figure in figures.items() for year in range(2018, 2026)]  # fmt: skip
    rows = tell(*outcomes, judged=[("report:15", "preliminary"), ("report:16", "preliminary")])
    figure = plot_series(rows, lang="zh", width="single")
    signed = [text.xy for text in figure.axes[1].texts if text.get_text() == "†"]
    assert signed == [(2024, 5), (2025, 5)]
    assert find_faults(figure) == []


def test_rows_of_several_places_and_indicators_are_refused() -> None:
    mixed = pd.concat([YEARS, LEVELS.assign(statement_id="")])
    for draw in (plot_series, plot_lines):
        with pytest.raises(ValueError, match=r'One axis takes one measure; .* "growth_rate", "lev'):
            draw(mixed)


def test_years_are_whole_even_if_there_is_one_alone() -> None:
    one = tell("plan hebi gdp growth_rate target 2023 6.5%")
    assert read_texts(list_tick_labels(plot_series(one).axes[0].xaxis)) == ["2023"]
    several = read_texts(list_tick_labels(plot_series(FALLS).axes[0].xaxis))
    assert 2 <= len(several) == len({*several} & {"2021", "2022", "2023"})


def test_a_negative_figure_stands_below_zero_inside_its_axis() -> None:
    axes = plot_series(FALLS).axes[0]
    assert list_points(axes) == [(2021, -5), (2022, -3), (2023, 2)]
    assert axes.get_ylim()[0] < -5
    assert "−5" in plot_lines(FALLS[:1]).axes[0].texts[0].get_text()


def test_lines_are_labelled_with_their_last_figures_and_dotted_over_open_years() -> None:
    figure = plot_lines(YEARS)
    axes = figure.axes[0]
    assert read_texts(axes.texts) == ["Henan 3.1%", "Zhengzhou 5.7%", "Kaifeng 7.2%"]
    assert list_strokes(axes, REFERENCE) == [[(2021, 5), (2022, 3.1)]]
    assert "no figure between" in list_legend(figure)
    assert "no figure between" not in list_legend(plot_lines(FALLS))


def test_with_a_base_year_figures_are_drawn_as_shares_of_that_year() -> None:
    rows = tell(
        "report hebi gdp level outcome 2020 200亿元",
        "report hebi gdp level outcome 2021 250亿元",
        "report kaifeng gdp level outcome 2021 400亿元",
    )
    figure = plot_lines(rows, base_year=2020)
    axes = figure.axes[0]
    assert list_points(axes) == [(2020, 100), (2021, 125)]
    assert axes.get_ylabel() == "index, 2020 = 100"
    assert read_texts(axes.texts) == ["Hebi 25 billion CNY"]
    assert recall(figure).rows.query("drawn").place.tolist() == ["hebi", "hebi"]
    with pytest.raises(ValueError, match='base year "2019"; allowed: 2020, 2021'):
        plot_lines(rows, base_year=2019)


def test_the_highest_of_an_index_is_a_number_of_it() -> None:
    rows = tell(
        "report hebi gdp level outcome 2020 200亿元",
        "report hebi gdp level outcome 2021 250亿元",
    )
    figure = plot_lines(rows, base_year=2020, title="{highest}")
    assert recall(figure).title.startswith("125")


def test_places_that_go_alike_share_a_slope_as_thick_as_their_number() -> None:
    axes = plot_slopes(TARGETS).axes[0]
    assert list_strokes(axes, TARGET) == [[(0, 6.5), (1, 5.5)], [(0, 7), (1, 5.5)]]
    two, one = (line.get_linewidth() for line in axes.lines)
    assert two > one
    assert read_texts(axes.texts) == ["6.5% → 5.5%: Kaifeng, Hebi", "7% → ≈ 5.5%: Zhengzhou"]
    assert read_texts(axes.get_xticklabels()) == ["2023", "2025"]


def test_slopes_are_of_the_first_and_the_last_year_and_of_places_that_have_both() -> None:
    more = tell(
        "bulletin hebi gdp growth_rate target 2024 9%",
        "bulletin henan gdp growth_rate target 2023 8%",
    )
    plain, other = (plot_slopes(rows).axes[0] for rows in (TARGETS, pd.concat([TARGETS, more])))
    assert list_strokes(plain, TARGET) == list_strokes(other, TARGET)
    with pytest.raises(ValueError, match="No place has a figure of two years; the years are 2023"):
        plot_slopes(TARGETS.drop_duplicates("place").replace({"year": {2023: 2023}}))


def test_slopes_of_two_statuses_are_refused_by_name() -> None:
    mixed = pd.concat([TARGETS, TARGETS.head(1).assign(status="outcome", statement_id="")])
    with pytest.raises(ValueError, match=r'One axis takes one status; .* "target", "outcome"'):
        plot_slopes(mixed)


@pytest.mark.parametrize("draw", [plot_series, partial(plot_lines, base_year=2021)])
def test_a_place_to_compare_with_that_the_rows_do_not_have_is_refused_with_the_nearest(
    draw: Callable[..., Figure],
) -> None:
    for name, near in {"henn": "henan", "郑州东": "郑州"}.items():
        refused = f'^"{name}" is not a known place of these rows; nearest: {near}'
        with pytest.raises(ValueError, match=refused):
            draw(YEARS, compared_with=name)


def test_a_title_names_the_base_year_only_if_there_is_one() -> None:
    rows = YEARS[YEARS.status.eq("outcome")]
    figure = plot_lines(rows, base_year=2021, title="Since {base_year}")
    assert figure.texts[0].get_text() == "Since 2021"
    with pytest.raises(ValueError, match='"base_year" is not a known fact in title; allowed: "n"'):
        plot_lines(rows, title="Since {base_year}")
