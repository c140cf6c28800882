"""A series joins what follows year on year, and leaves open what no document states."""

import numpy as np
import pandas as pd
import pytest

from drawings import (
    YEARS,
    list_legend,
)
from policydata.charts import (
    plot_series,
)
from policydata.charts.caption import choose_shown
from rows_in_sight import tell


def test_rows_of_the_place_to_compare_with_alone_leave_no_panel() -> None:
    with pytest.raises(ValueError, match='Every row is of "henan": no place is left to compare'):
        plot_series(YEARS[YEARS.place.eq("henan")], compared_with="henan")


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
        refused = f'^"{name}" is not a known place of these rows; nearest: {near}.*henan, zhengzhou'
        with pytest.raises(ValueError, match=refused):
            plot_series(YEARS, compared_with=name)


def test_a_series_starts_from_zero_on_one_scale_for_all_places() -> None:
    figure = plot_series(YEARS)
    shown = [axes for axes in figure.axes if axes.get_visible()]
    assert [axes.get_title(loc="left") for axes in shown] == ["Henan", "Zhengzhou"]
    assert [axes.get_ylim()[0] for axes in shown] == [0, 0]
    assert shown[0].get_ylim() == shown[1].get_ylim()


def test_a_series_of_zeros_has_an_axis() -> None:
    zeros = YEARS.assign(value_std=0.0, low_std=0.0, high_std=0.0)
    assert plot_series(zeros).axes[0].get_ylim() == (0, 1)


def test_the_line_between_years_is_explained_whatever_the_order_of_rows() -> None:
    for rows in (YEARS, YEARS[::-1]):
        assert "consecutive years" in list_legend(plot_series(rows, compared_with="henan"))
    apart = YEARS[YEARS.period.isin(["2021", "2023"])]
    assert "consecutive years" not in list_legend(plot_series(apart, compared_with="henan"))


def test_of_the_place_behind_only_what_has_a_mark_is_counted():
    rows = tell(
        "report hebi gdp growth_rate outcome 2021 5%",
        "report henan gdp growth_rate outcome 2021 6%",
        "plan henan gdp growth_rate target 2022 7%",
        "report henan gdp growth_rate outcome 2022 超过6%",
    )
    shown = choose_shown(plot_series(rows, compared_with="henan"), "growth", rows)
    assert shown.statement_id.tolist() == ["report:1", "report:2"]


def test_in_one_year_targets_stand_to_the_left_of_what_came() -> None:
    rows = tell(
        "plan hebi gdp growth_rate target 2023 8%",
        "report hebi gdp growth_rate outcome 2023 6%",
    )
    points = {line.get_ydata()[0]: line.get_xdata()[0] for line in plot_series(rows).axes[0].lines}
    assert points[8] < 2023 == points[6]


def test_what_is_not_drawn_of_the_place_behind_does_not_widen_the_axes() -> None:
    target = tell("bulletin henan gdp growth_rate target 2030 90%")
    wide = pd.concat([YEARS, target], ignore_index=True)
    plain, other = (plot_series(rows, compared_with="henan").axes[0] for rows in (YEARS, wide))
    assert (plain.get_xlim(), plain.get_ylim()) == (other.get_xlim(), other.get_ylim())
