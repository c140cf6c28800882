"""What a mark says: which side a bound opens, how dark a value is, which years a place had."""

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import rgb_to_hsv, to_rgb
from matplotlib.text import Annotation

from drawings import draw_statements
from policydata.charts import plot_panels, plot_ranking, plot_series, plot_tiles
from policydata.charts.record import choose_shown
from policydata.charts.rows import drop_repeats
from rows_in_sight import tell


def list_arrows(axes: Axes) -> list[tuple[float, int, float]]:
    """List each arrow: where it begins, to which side it points, how far it rises."""
    arrows = [text for text in axes.texts if isinstance(text, Annotation) and text.arrow_patch]
    offsets = [arrow.get_position() for arrow in arrows]
    return [
        (float(arrow.xy[0]), 1 if x > 0 else -1, float(y))
        for arrow, (x, y) in zip(arrows, offsets, strict=True)
    ]


@pytest.mark.parametrize(
    ("figure", "arrows"),
    [
        ("7%以上", [(7.0, 1, 0.0)]),
        ("超过7%", [(7.0, 1, 0.0)]),
        ("7%以内", [(7.0, -1, 0.0)]),
        ("低于7%", [(7.0, -1, 0.0)]),
        ("7%", []),
        ("7%左右", []),
        ("7%—8%", []),
    ],
)
def test_a_floor_has_one_arrow_upwards_a_ceiling_one_downwards_and_a_point_none(figure, arrows):
    rows = tell(f"plan hebi gdp growth_rate target 2023 {figure}")
    assert list_arrows(draw_statements(rows).axes[0]) == arrows


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


FALLS = tell(
    "report hebi gdp growth_rate outcome 2021 下降5%",
    "report hebi gdp growth_rate outcome 2022 下降3%",
    "report hebi gdp growth_rate outcome 2023 2%",
)


def test_a_negative_value_stands_below_zero_inside_its_axis():
    axes = plot_series(FALLS).axes[0]
    drawn = sorted(
        float(y) for line in axes.lines for y in line.get_ydata() if len(line.get_ydata()) == 1
    )
    assert drawn == [-5.0, -3.0, 2.0]
    assert axes.get_ylim()[0] < -5
    left, right = plot_ranking(FALLS[FALLS.year.eq(2021)]).axes[0].get_xlim()
    assert left < -5 < 0 <= right


def test_equal_numbers_of_two_bounds_or_two_periods_are_two_figures():
    rows = tell(
        "plan hebi gdp growth_rate target 2023 7%",
        "news hebi gdp growth_rate target 2023 7%以上",
        "undated hebi gdp growth_rate target 2023 超过7%",
        "reprint hebi gdp growth_rate target 2024 7%",
        "bulletin hebi gdp growth_rate target 2023 7%",
    )
    kept = drop_repeats(rows, across_documents=True)
    assert kept[["comparator", "period"]].astype("str").values.tolist() == [
        ["=", "2023"],
        [">=", "2023"],
        ["=", "2024"],
        [">", "2023"],
    ]
    labels = plot_panels(rows[rows.period.eq("2023")]).axes[0].texts
    said = {text.get_text().replace("\N{NO-BREAK SPACE}", " ") for text in labels}
    assert said - {""} == {"7 %", "≥ 7 %", "> 7 %"}


def test_values_of_statements_stay_as_they_are_where_they_are_drawn():
    before = FALLS.copy(deep=True)
    plot_series(FALLS)
    pd.testing.assert_frame_equal(FALLS, before)


def test_of_the_place_behind_only_what_has_a_mark_is_counted():
    rows = tell(
        "report hebi gdp growth_rate outcome 2021 5%",
        "report henan gdp growth_rate outcome 2021 6%",
        "plan henan gdp growth_rate target 2022 7%",
        "report henan gdp growth_rate outcome 2022 超过6%",
    )
    shown = choose_shown(plot_series(rows, compared_with="henan"), "growth", rows)
    assert shown.statement_id.tolist() == ["report:1", "report:2"]
