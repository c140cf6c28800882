"""What a mark says: which side a bound opens, what is aimed at and what came."""

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from drawings import BOUNDS, draw, list_legend, list_strokes
from policydata.bounds import BOUNDS as RECORDS
from policydata.charts import plot_pairs, plot_ranking, plot_series
from policydata.charts.marks import FILLS, SHAPES, dress, list_bound_keys
from policydata.charts.style import PALETTE
from policydata.schema import STATUSES
from rows_in_sight import tell


def test_every_status_and_every_comparator_of_the_core_has_its_mark() -> None:
    assert tuple(FILLS) == STATUSES
    assert tuple(SHAPES) == tuple(RECORDS)
    sides = {"": {"o", "D", "|"}, "low": {"<"}, "high": {">"}}
    assert [
        one for one, record in RECORDS.items() if SHAPES[one].across not in sides[record.open]
    ] == []


def test_exact_floor_ceiling_approximate_and_range_have_shapes_and_signs_of_their_own() -> None:
    shapes = {shape.name: shape[1:] for shape in SHAPES.values()}
    assert shapes == {
        "ceiling": ("<", "v", "◁", "▽"),
        "approximate": ("D", "D", "◇", "◇"),
        "exact": ("o", "o", "○", "○"),
        "range": ("|", "_", "├┤", "□"),
        "floor": (">", "^", "▷", "△"),
    }
    axes = draw("ranking").axes[0]
    drawn = [line.get_marker() for line in axes.lines if line.get_marker() != "None"]
    assert sorted(drawn) == ["<", ">", "D", "o", "o", "o", "o", "|"]


def test_what_is_aimed_at_is_hollow_and_what_came_is_solid_in_the_colour_of_its_status() -> None:
    looks = {one: dress(one) for one in STATUSES}
    faces = {one: look["markerfacecolor"] for one, look in looks.items()}
    assert faces == {
        **{"plan_scale": "white", "standard": "white", "target": "white"},
        **{"estimate": PALETTE["estimate"], "outcome": PALETTE["outcome"]},
    }
    assert {one: look["color"] for one, look in looks.items()} == {
        one: PALETTE[one] for one in STATUSES
    }
    assert len({*(look["color"] for look in looks.values())}) == len(STATUSES)


@pytest.mark.parametrize("name", ["ranking", "pairs"])
def test_a_drawn_target_is_hollow_and_a_drawn_outcome_solid_on_a_white_edge(name: str) -> None:
    marks = [line for line in draw(name).axes[0].lines if line.get_marker() in [*"o><D"]]
    looks = {
        (line.get_color(), line.get_markerfacecolor(), line.get_markeredgecolor()) for line in marks
    }
    target, outcome = PALETTE["target"], PALETTE["outcome"]
    assert {look for look in looks if look[0] == outcome} == {(outcome, outcome, "white")}
    assert {look for look in looks if look[0] == target} <= {(target, "white", target)}


def test_a_range_spans_from_its_low_to_its_high_end() -> None:
    rows = tell("plan hebi gdp growth_rate target 2023 8%—9%")
    assert list_strokes(plot_ranking(rows).axes[0], PALETTE["target"]) == [[(8, 0), (9, 0)]]


@pytest.mark.parametrize("plot", [plot_ranking, plot_pairs, plot_series])
def test_the_legend_names_every_status_and_bound_that_is_drawn_and_no_other(
    plot: Callable[[pd.DataFrame], Figure],
) -> None:
    assert list_legend(plot(BOUNDS)) == [
        *("outcome", "estimate", "target", "floor (≥)", "ceiling (≤)"),
        *("approximate (≈)", "range"),
    ]
    assert list_legend(plot(BOUNDS.head(1))) == ["target"]


def test_a_key_is_the_mark_that_is_drawn() -> None:
    keys = {
        text.get_text(): line
        for legend in plot_ranking(BOUNDS).legends
        for text, line in zip(legend.get_texts(), legend.legend_handles, strict=True)
    }
    looks = {name: (line.get_marker(), line.get_markerfacecolor()) for name, line in keys.items()}
    assert looks == {
        **{"outcome": ("o", PALETTE["outcome"]), "estimate": ("o", PALETTE["estimate"])},
        **{"target": ("o", "white"), "floor (≥)": (">", "white"), "ceiling (≤)": ("<", "white")},
        **{"approximate (≈)": ("D", "white"), "range": ("|", "white")},
    }


def test_over_years_a_target_has_a_bar_for_a_key_and_bounds_point_upright() -> None:
    (legend, bounds) = plot_series(BOUNDS).legends
    bar = legend.legend_handles[-1]
    assert (bar.get_color(), bar.get_marker()) == (PALETTE["target"], "None")
    *points, band = bounds.legend_handles
    assert [key.get_marker() for key in points] == ["^", "v", "D"]
    assert isinstance(band, Patch)


def test_two_comparators_of_one_side_share_a_key() -> None:
    names = [key.name for key in list_bound_keys([">", ">=", "="], "en")]
    assert names == ["floor (≥)"]
