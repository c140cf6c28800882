"""Whatever comes to a chart is typed at its door, each statement once, or refused in a sentence."""

import io
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from drawings import (
    BOUNDS,
    CELLS,
    DRAWN,
    PAIRS,
    TARGETS,
    YEARS,
    Drawn,
    each_chart,
    list_legend,
    list_y_labels,
    render,
)
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
from rows_in_sight import tell

plot_by_place = partial(plot_gaps, by="place")


def reverse_categories(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn every text and vocabulary into categories of the opposite order."""
    words = rows.select_dtypes(["category", "str"]).astype("str")
    orders = {name: sorted(words[name].dropna().unique(), reverse=True) for name in words}
    turned = {name: pd.Categorical(words[name], order) for name, order in orders.items()}
    return rows.assign(**turned)


def read_back(rows: pd.DataFrame) -> pd.DataFrame:
    """Write rows as CSV with their index, and read them with no word on their dtypes."""
    return pd.read_csv(io.StringIO(rows.to_csv()))


FORMS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "texts with blanks": lambda rows: rows.astype("str").fillna(""),
    "objects with None": lambda rows: rows.astype(object).where(rows.notna(), None),
    "a CSV": read_back,
    "categories of another order": reverse_categories,
    "each row twice": lambda rows: pd.concat([rows, read_back(rows)]),
}


@each_chart
def test_rows_of_any_dtypes_give_one_drawing_and_a_statement_is_drawn_once(drawn: Drawn) -> None:
    typed = render(drawn.draw(drawn.rows))
    for form in FORMS.values():
        np.testing.assert_array_equal(render(drawn.draw(form(drawn.rows))), typed)


@pytest.mark.parametrize("name", ["panels", "series"])
def test_days_and_years_are_those_of_the_period_whatever_stands_beside_it(name: str) -> None:
    drawn = DRAWN[name]
    wrong = drawn.rows.assign(period_end="1970-01-01", year=1970).drop(columns="period_start")
    np.testing.assert_array_equal(render(drawn.draw(wrong)), render(drawn.draw(drawn.rows)))


def test_a_statement_that_stands_twice_counts_once_in_every_number() -> None:
    twice = pd.concat([BOUNDS, BOUNDS])
    counts = plot_counts(twice, by="place", across="status").axes[0]
    note = plot_ranking(twice).legends[0].get_title().get_text()
    pairs = plot_answers(pd.concat([PAIRS, PAIRS]), by="measure")
    assert counts.get_title(loc="left") == "n = 6 statements"
    assert note == "Of 6 statements: 1 preliminary"
    assert list_y_labels(pairs) == ["growth (n = 3)"]


@pytest.mark.parametrize(
    ("draw", "rows", "column"),
    [
        (plot_ranking, TARGETS, "value_std"),
        (plot_pairs, PAIRS, "outcome"),
        (plot_by_place, PAIRS, "gap"),
    ],
)
def test_different_rows_of_one_statement_are_refused(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, column: str
) -> None:
    older = rows.head(1).assign(**{column: 77.0})
    refused = rf'^The statement "plan:1" stands in different rows: {column} ".+" or "77.0"; keep'
    with pytest.raises(ValueError, match=refused):
        draw(pd.concat([rows, older]))


def test_rows_without_an_id_are_counted_one_by_one() -> None:
    rows = pd.DataFrame({"place": ["hebi", "hebi"], "year": ["2023.0", "2023"]})
    axes = plot_counts(rows, by="place", across="year").axes[0]
    assert axes.get_title(loc="left") == "n = 2 rows"
    assert [text.get_text() for text in axes.texts] == ["2"]
    half = rows.assign(statement_id=["a:1", None])
    assert (
        plot_counts(half, by="place", across="year").axes[0].get_title(loc="left") == "n = 2 rows"
    )


def test_a_blank_is_no_group_and_no_answer() -> None:
    figure = plot_answers(PAIRS.assign(met=["met", "", None]), by="place")
    assert list_y_labels(figure) == ["Hebi (n = 1)"]
    assert list_legend(figure) == ["met"]
    assert list_y_labels(plot_by_place(PAIRS.assign(place=["hebi", "", None]))) == ["Hebi (n = 1)"]


@pytest.mark.parametrize(
    ("draw", "rows", "column", "value", "allowed"),
    [
        (plot_panels, BOUNDS, "status", "outcom", "plan_scale, .*nearest: outcome"),
        (plot_series, YEARS, "measure", "growth", "level, .*nearest: growth_rate"),
        (plot_tiles, TARGETS, "comparator", "=>", "<, <=, ~, =, range, >=, >; nearest: .*>="),
        (plot_pairs, PAIRS, "outcome_status", "final", "plan_scale, .*outcome"),
        (plot_gaps, PAIRS, "target_comparator", "≥", "<, <=, ~, =, range, >=, >"),
        (plot_coverage, CELLS, "state", "state", "not coded, .*nearest: stated"),
        (plot_counts, BOUNDS, "status", "targets", "plan_scale, .*nearest: target"),
    ],
)
def test_a_word_that_no_vocabulary_holds_is_refused_with_its_row_and_what_is_allowed(
    draw: Callable[..., Figure], rows: pd.DataFrame, column: str, value: str, allowed: str
) -> None:
    wrong = rows.astype({column: "str"})
    wrong.loc[1, column] = value
    grouped = {plot_gaps: {"by": column}, plot_counts: {"by": "place", "across": column}}
    refused = f'^Row 1, column {column}: "{value}"; allowed: {allowed}'
    with pytest.raises(ValueError, match=refused):
        draw(wrong, **grouped.get(draw, {}))


@pytest.mark.parametrize("number", [np.inf, -np.inf, "inf"])
@pytest.mark.parametrize(
    ("draw", "rows", "column"),
    [
        (plot_statements, BOUNDS, "low_std"),
        (plot_panels, BOUNDS, "low"),
        (plot_ranking, BOUNDS, "high_std"),
        (plot_series, YEARS, "value_std"),
        (plot_tiles, TARGETS, "value_std"),
        (plot_pairs, PAIRS, "target_high"),
        (plot_by_place, PAIRS, "gap"),
    ],
)
def test_an_infinite_number_is_refused_with_its_row_and_column(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, column: str, number: object
) -> None:
    values = rows[column].astype(object).where(rows.index != rows.index[1], number)
    refused = f'^Row {rows.index[1]}, column {column}: "-?inf"; allowed: a number such as 2.6'
    with pytest.raises(ValueError, match=refused):
        draw(rows.assign(**{column: values}))


@each_chart
@pytest.mark.parametrize("given", [None, "x", [1, 2]])
def test_what_is_no_table_is_refused_by_its_kind(drawn: Drawn, given: object) -> None:
    kind = type(given).__name__
    with pytest.raises(TypeError, match=rf'^{kind} ".+" is (no|not a) table; allowed: .+\.$'):
        drawn.draw(given)


@each_chart
def test_a_table_without_a_column_is_refused_by_what_it_lacks(drawn: Drawn) -> None:
    with pytest.raises(ValueError, match=r'^The table has no column ".+; allowed: rows of .+\.$'):
        drawn.draw(pd.DataFrame())


@each_chart
def test_a_column_that_stands_twice_is_refused_by_name(drawn: Drawn) -> None:
    twice = pd.concat([drawn.rows, drawn.rows[["place"]]], axis=1)
    with pytest.raises(ValueError, match=r'^The table has the column "place" twice; keep one\.$'):
        drawn.draw(twice)


@pytest.mark.parametrize(
    ("draw", "rows", "columns"),
    [
        (plot_statements, BOUNDS, ["value_std"]),
        (plot_series, YEARS, ["value_std"]),
        (plot_pairs, PAIRS, ["outcome"]),
        (plot_by_place, PAIRS, ["gap"]),
        (plot_coverage, CELLS, ["year"]),
    ],
)
def test_rows_that_miss_all_values_are_refused(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, columns: list[str]
) -> None:
    with pytest.raises(ValueError, match=r"^No row has a value that could be drawn\.$"):
        draw(rows.assign(**dict.fromkeys(columns)))


@pytest.mark.parametrize(
    ("draw", "rows", "column", "complaint"),
    [
        (plot_panels, BOUNDS, "place", "place of .* is blank; allowed: id of the place"),
        (
            plot_ranking,
            BOUNDS,
            "comparator",
            'comparator of statement "plan:1".* allowed: <, <=, ~',
        ),
        (plot_statements, BOUNDS, "high_std", 'high_std of statement "plan:3".* has two ends'),
        (plot_pairs, PAIRS, "target_low", 'target_low of statement "plan:3".* has two ends'),
        (plot_pairs, PAIRS, "met", "met of .* is blank; allowed: missed, unclear, met"),
    ],
)
def test_a_blank_without_which_no_mark_can_be_drawn_is_refused_with_its_row(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, column: str, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        draw(rows.assign(**{column: None}))


@pytest.mark.parametrize(("draw", "rows"), [(plot_series, YEARS), (plot_pairs, PAIRS)])
def test_what_is_no_period_is_refused_with_its_row(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame
) -> None:
    refused = r'^period of statement "plan:1" and \d more is "spring"; allowed: 2023, 2023-Q1'
    with pytest.raises(ValueError, match=refused):
        draw(rows.assign(period="spring"))


@pytest.mark.parametrize(
    ("draw", "rows"),
    [
        (plot_answers, PAIRS),
        (plot_gaps, PAIRS),
        (partial(plot_counts, across="place"), BOUNDS),
    ],
)
def test_a_column_to_group_by_is_one_that_the_table_has(
    draw: Callable[..., Figure], rows: pd.DataFrame
) -> None:
    for name in ("plce", None, 0):
        with pytest.raises(
            ValueError, match=f'^The table has no column "{name}"; allowed: .*[a-z]'
        ):
            draw(rows, by=name)
    with pytest.raises(TypeError, match=r"\['place'\] is not a column; allowed: the name of one"):
        draw(rows, by=["place"])


def test_statements_are_drawn_on_axes_alone() -> None:
    with pytest.raises(TypeError, match=r'^Figure ".+" is not Axes; allowed: Axes, as figure'):
        plot_statements(BOUNDS, Figure())


def test_own_words_may_group_a_table_of_ones_own() -> None:
    own = pd.DataFrame({"place": ["a", "b"], "status": ["open", "closed"]})
    axes = plot_counts(own, by="place", across="status").axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["closed", "open"]


def test_dates_of_any_form_are_groups_of_a_table_of_ones_own() -> None:
    documents = pd.DataFrame({"published": ["2023-01", "2023-01-20"], "scope": ["full", "full"]})
    axes = plot_counts(documents, by="published", across="scope").axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["2023-01", "2023-01-20"]


def test_a_period_of_several_years_is_neither_drawn_nor_refused() -> None:
    rows = pd.concat([YEARS, tell("news hebi gdp growth_rate outcome 2021/2025 6%")])
    titles = [axes.get_title(loc="left") for axes in plot_series(rows).axes if axes.get_visible()]
    assert titles == ["Henan", "Zhengzhou"]
