"""What a mark says: which side a bound opens, what is aimed at and what came, below zero too."""

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from drawings import (
    BOUNDS,
    PAIRS,
    TARGETS,
    draw,
    draw_statements,
    list_legend,
)
from policydata.bounds import BOUNDS as RECORDS
from policydata.charts import (
    plot_pairs,
    plot_panels,
    plot_ranking,
    plot_series,
)
from policydata.charts.intake import drop_repeats
from policydata.charts.marks import DRESSES, SHAPES, dress
from policydata.charts.style import PLANNED
from policydata.schema import STATUSES
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


def test_hazards_that_no_mark_shows_are_counted_under_the_figure() -> None:
    note = plot_ranking(BOUNDS).legends[0].get_title().get_text()
    assert note == "Of 6 statements: 1 preliminary"


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


def test_every_status_and_every_comparator_of_the_core_has_its_mark() -> None:
    assert tuple(DRESSES) == STATUSES
    assert tuple(SHAPES) == tuple(RECORDS)
    sides = {"": 0, "low": -1, "high": 1}
    for sign, record in RECORDS.items():
        assert SHAPES[sign].side == sides[record.open]


def test_exact_floor_ceiling_approximate_and_range_have_shapes_and_signs_of_their_own() -> None:
    shapes = {shape.name: (shape.marker, shape.sign) for shape in SHAPES.values()}
    assert shapes == {
        "ceiling": ("<", "◁"),
        "approximate": ("D", "◇"),
        "exact": ("o", "○●"),
        "range": ("|", "├┤"),
        "floor": (">", "▷"),
    }
    axes = draw("statements").axes[0]
    drawn = [line.get_marker() for line in axes.lines if line.get_marker() != "None"]
    assert drawn == ["o", "<", ">", "D", "|", "o"]


def test_what_is_aimed_at_is_hollow_an_estimate_half_and_an_outcome_solid() -> None:
    faces = {name: (dress(name)["fillstyle"], dress(name)["markerfacecolor"]) for name in STATUSES}
    assert faces == {
        "plan_scale": ("full", PLANNED),
        "standard": ("full", "white"),
        "target": ("full", "white"),
        "estimate": ("left", DRESSES["estimate"].colour),
        "outcome": ("full", DRESSES["outcome"].colour),
    }
    signs = [DRESSES[name].sign for name in STATUSES]
    assert signs == ["◎", "○", "○", "◐", "●"]


@pytest.mark.parametrize("name", ["statements", "pairs", "series"])
def test_a_drawn_target_is_hollow_and_a_drawn_outcome_solid(name: str) -> None:
    points = [line for axes in draw(name).axes for line in axes.lines]
    faces = {
        status: {line.get_markerfacecolor() for line in points if line.get_color() == look.colour
                 and line.get_marker() in ("o", ">", "<", "D")}
        for status, look in DRESSES.items()
    }  # fmt: skip
    assert faces["target"] == {"white"}
    assert faces["outcome"] == {DRESSES["outcome"].colour}


def test_a_range_spans_from_its_low_to_its_high_end() -> None:
    rows = tell("plan hebi gdp growth_rate target 2023 8%—9%")
    (line,) = draw_statements(rows).axes[0].lines
    assert (list(line.get_xdata()), line.get_linestyle()) == ([8, 9], "-")
