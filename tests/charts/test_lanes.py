"""Lanes: places ranked, targets beside outcomes, gaps left and right of zero."""

import pandas as pd
import pytest
from matplotlib.axes import Axes

from drawings import (
    BOUNDS,
    LEVELS,
    PAIRS,
    find_faults,
    list_legend,
    list_numbers,
    list_points,
    list_strokes,
    list_y_labels,
    read_texts,
    recall,
)
from policydata import compare
from policydata.charts import plot_gaps, plot_pairs, plot_ranking
from policydata.charts.style import BEHIND, PALETTE
from rows_in_sight import tell

GROWTH = tell(
    "plan hebi gdp growth_rate target 2023 9%",
    "plan kaifeng gdp growth_rate target 2023 7%",
    "report hebi gdp growth_rate outcome 2023 2%",
    "report kaifeng gdp growth_rate outcome 2023 5%",
    "report henan gdp growth_rate outcome 2023 3%",
)


def list_references(axes: Axes) -> list[tuple[float, str]]:
    """List the lines through all lanes: where each stands, and how it is drawn."""
    lines = [line for line in axes.lines if line.get_color() == PALETTE["reference"]]
    return [(float(line.get_xdata()[0]), line.get_linestyle()) for line in lines]


def list_lane_points(axes: Axes) -> list[tuple[float, int]]:
    """List the marks by their figures and lanes; marks of two statuses lie a little apart."""
    return [(x, round(y)) for x, y in list_points(axes)]


def test_the_province_is_on_top_and_places_follow_by_target_where_most_have_one() -> None:
    assert list_y_labels(plot_ranking(GROWTH[::-1])) == ["Henan", "Hebi", "Kaifeng"]
    figure = plot_ranking(GROWTH[GROWTH.value_std.ne(7)])
    assert list_y_labels(figure) == ["Henan", "Kaifeng", "Hebi"]


def test_the_first_indicator_decides_on_the_order_of_all_panels() -> None:
    grain = tell(
        "news hebi grain_output growth_rate outcome 2023 1%",
        "news kaifeng grain_output growth_rate outcome 2023 4%",
        "news zhengzhou grain_output growth_rate outcome 2023 8%",
    )
    figure = plot_ranking(pd.concat([GROWTH, grain]))
    assert list_y_labels(figure) == ["Henan", "Hebi", "Kaifeng", "Zhengzhou"]
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Product", "Grain"]


def test_the_heads_of_three_panels_have_room_in_a_single_column() -> None:
    others = tell(
        "news kaifeng consumer_price_index growth_rate outcome 2023 1%",
        "news kaifeng grain_output growth_rate outcome 2023 1%",
    )
    rows = pd.concat([GROWTH, others])
    long = rows.assign(indicator_en="Value-added of industry above designated size")
    figure = plot_ranking(long, width="single")
    assert len(figure.axes) == 3
    assert find_faults(figure) == []


def test_the_latest_period_of_each_place_and_status_is_drawn() -> None:
    rows = tell(
        "plan hebi gdp growth_rate target 2022 7%",
        "report hebi gdp growth_rate outcome 2021 5%",
        "report hebi gdp growth_rate outcome 2022 6%",
        "report kaifeng gdp growth_rate outcome 2021 4%",
    )
    figure = plot_ranking(rows)
    assert list_lane_points(figure.axes[0]) == [(4, 1), (6, 0), (7, 0)]
    assert read_texts(figure.axes[0].texts) == ["6% (2022); target 7% (2022)", "4% (2021)"]
    assert recall(figure).rows.query("drawn").value_std.tolist() == [7, 6, 4]


def test_an_estimate_is_not_drawn_where_the_outcome_is_known_as_late() -> None:
    rows = tell(
        "plan hebi gdp growth_rate estimate 2021 5%",
        "report hebi gdp growth_rate outcome 2022 6%",
        "report kaifeng gdp growth_rate outcome 2021 4%",
        "news kaifeng gdp growth_rate estimate 2022 3%",
    )
    assert list_lane_points(plot_ranking(rows).axes[0]) == [(3, 1), (4, 1), (6, 0)]


def test_target_and_outcome_of_the_province_or_of_a_place_that_is_named_go_through_all_lanes() -> (
    None
):
    assert list_references(plot_ranking(GROWTH).axes[0]) == [(3, "-")]
    figure = plot_ranking(GROWTH, compared_with="鹤壁")
    assert sorted(list_references(figure.axes[0])) == [(2, "-"), (9, ":")]
    assert list_y_labels(figure)[0] == "Hebi"
    keys = [one for one in list_legend(figure) if one.startswith("Hebi")]
    assert sorted(keys) == ["Hebi, outcome (2023)", "Hebi, target (2023)"]


def test_panels_of_one_unit_have_one_scale_and_others_their_own() -> None:
    prices = tell(
        "news hebi consumer_price_index growth_rate outcome 2023 1%",
        "undated hebi gdp level outcome 2023 1000亿元",
    )
    one, other = plot_ranking(pd.concat([GROWTH, prices.head(1)])).axes
    assert one.get_xlim() == other.get_xlim()
    one, other = plot_ranking(pd.concat([GROWTH, prices.tail(1)])).axes
    assert one.get_xlim() != other.get_xlim()
    assert [one.get_xlabel(), other.get_xlabel()] == ["growth, %", "billion CNY"]


def test_a_title_of_panels_names_the_extremes_of_the_first_alone() -> None:
    rows = pd.concat([LEVELS, tell("plan hebi gdp growth_rate outcome 2023 99%")])
    figure = plot_ranking(rows, title="{highest_place} {highest}, {lowest_place}")
    assert recall(figure).title == "Zhengzhou 1,360\xa0billion CNY, Kaifeng"


def test_a_scale_is_fitted_to_its_figures_and_a_logarithmic_one_refuses_zero() -> None:
    low, _ = plot_ranking(LEVELS).axes[0].get_xlim()
    assert 200 < low < 300
    assert plot_ranking(LEVELS, logarithmic=True).axes[0].get_xscale() == "log"
    zero = tell("report hebi gdp growth_rate outcome 2023 0%")
    with pytest.raises(ValueError, match=r"^A logarithmic axis takes figures above zero; filter"):
        plot_ranking(pd.concat([GROWTH[:2], zero]), logarithmic=True)


def test_the_lane_of_a_place_that_is_highlighted_has_a_band_and_no_other() -> None:
    for place, lane in {"kaifeng": 2, "鹤壁市": 1}.items():
        (band,) = plot_ranking(GROWTH, highlight=place).axes[0].patches
        assert (band.get_y(), band.get_height()) == (lane - 0.5, 1)
    assert list(plot_ranking(GROWTH).axes[0].patches) == []
    with pytest.raises(ValueError, match='"luoyang" is not a known place of these rows'):
        plot_ranking(GROWTH, highlight="luoyang")


def test_a_way_leads_from_the_target_to_the_outcome_of_a_lane() -> None:
    ways = list_strokes(plot_ranking(GROWTH[:4]).axes[0], BEHIND)
    assert ways == [[(2, 0), (9, 0)], [(5, 1), (7, 1)]]


def test_a_dumbbell_joins_the_figures_of_a_place_and_year_and_writes_them_beside() -> None:
    rows = tell(
        "plan kaifeng gdp growth_rate target 2022 7%",
        "report kaifeng gdp growth_rate outcome 2022 5%",
        "plan kaifeng gdp growth_rate target 2023 6%",
        "plan henan gdp growth_rate target 2022 8%",
    )
    figure = plot_pairs(rows[::-1])
    assert list_y_labels(figure) == ["Henan, 2022", "Kaifeng, 2022", "Kaifeng, 2023"]
    assert list_lane_points(figure.axes[0]) == [(5, 1), (6, 2), (7, 1), (8, 0)]
    assert [(5, 1), (7, 1)] in list_strokes(figure.axes[0], BEHIND)
    assert read_texts(figure.axes[0].texts) == ["target 8%", "5%; target 7%", "target 6%"]


def test_of_several_periods_in_a_year_a_dumbbell_takes_the_longest() -> None:
    rows = tell(
        "plan hebi gdp growth_rate target 2023 9%",
        "report hebi gdp growth_rate outcome 2023 6%",
        "report hebi gdp growth_rate outcome 2023-01/2023-09 7%",
        "news hebi gdp growth_rate outcome 2023-Q1 8%",
    )
    assert list_lane_points(plot_pairs(rows).axes[0]) == [(6, 0), (9, 0)]
    figure = plot_pairs(rows[rows.period.ne("2023")])
    assert read_texts(figure.axes[0].texts) == ["7% (Jan–Sep 2023)"]


def test_pairs_of_two_units_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r'One axis takes one unit_std; .* "%", "CNY"'):
        plot_pairs(pd.concat([BOUNDS, LEVELS.assign(statement_id="")]))


def test_a_gap_is_one_dot_at_its_distance_from_zero_the_lowest_lane_on_top() -> None:
    figure = plot_gaps(compare(LEVELS), by="place")
    axes = figure.axes[0]
    assert list_numbers(axes.lines[0].get_xdata()) == [0, 0]
    dots = [point for dots in axes.collections for point in dots.get_offsets()]
    assert sorted(list_numbers(point) for point in dots) == [[-40, 0], [10, 1]]
    assert list_y_labels(figure) == ["Zhengzhou (1)", "Kaifeng (1)"]
    assert axes.get_xlabel() == "outcome minus target, billion CNY"


def test_the_gaps_that_are_farthest_are_named_where_there_is_room() -> None:
    far = tell(
        "plan hebi gdp growth_rate target 2023 6%",
        "report hebi gdp growth_rate outcome 2023 1%",
        "plan kaifeng gdp growth_rate target 2023 6%",
        "report kaifeng gdp growth_rate outcome 2023 1.2%",
        "plan zhengzhou gdp growth_rate target 2023 6%",
        "report zhengzhou gdp growth_rate outcome 2023 1.3%",
    )
    axes = plot_gaps(compare(far), by="measure").axes[0]
    # Above the lane, then below it; a third name has no room.
    named = [(text.get_text(), text.get_position()[1]) for text in axes.texts]
    assert named == [("Hebi, 2023", -0.38), ("Kaifeng, 2023", 0.38)]


def test_words_of_a_vocabulary_keep_their_order_as_lanes_of_gaps() -> None:
    figure = plot_gaps(PAIRS, by="target_comparator")
    assert list_y_labels(figure) == ["exact (1)", "range (1)", "at least (1)"]
    assert list_legend(figure) == ["outcome", "estimate"]


def test_gaps_of_two_units_are_refused_by_name() -> None:
    gaps = pd.concat([PAIRS, PAIRS.head(1).assign(gap_unit="CNY", target_id="other:1")])
    with pytest.raises(ValueError, match=r"unit of the gap; .* \"percentage point\", \"CNY\""):
        plot_gaps(gaps, by="place")
