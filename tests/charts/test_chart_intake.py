"""Whatever comes to a chart is typed, named and told apart at its door, or refused."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from policydata import compare, coverage
from policydata.charts import (
    plot_answers,
    plot_counts,
    plot_coverage,
    plot_gaps,
    plot_pairs,
    plot_ranking,
    plot_series,
    plot_shares,
    plot_values,
)
from policydata.charts.intake import (
    attach_names,
    match_place,
    refuse_mixture,
    take_coverage,
    take_groups,
    take_pairs,
    take_statements,
)
from rows_in_sight import lay_out, tell

BOUNDS = tell(
    "plan hebi gdp growth_rate target 2023 6.5%",
    "plan kaifeng gdp growth_rate target 2023 7%以上",
    "plan zhengzhou gdp growth_rate target 2023 8%—9%",
    "report hebi gdp growth_rate outcome 2023 5%以内",
    "report kaifeng gdp growth_rate estimate 2023 4%左右",
    "report zhengzhou gdp growth_rate outcome 2023 7.4%",
)
YEARS = tell(
    "report zhengzhou gdp growth_rate outcome 2021 4.7%",
    "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    "plan zhengzhou gdp growth_rate target 2022 7.5%",
)
PAIRS = compare(BOUNDS)
CELLS = coverage(indicator="rd_intensity", place=["郑州", "开封", "安阳"], year=2023)
take_by_place = partial(take_pairs, by=["place"])
count = partial(plot_counts, by="place", across="status")
plot_by_place = partial(plot_gaps, by="place")
answer_by_place = partial(plot_answers, by="place")
share = partial(plot_shares, by="place", answer="status")
CHARTS = {
    "ranking": (plot_ranking, BOUNDS),
    "pairs": (plot_pairs, BOUNDS),
    "series": (plot_series, YEARS),
    "values": (plot_values, YEARS),
    "gaps": (plot_by_place, PAIRS),
    "answers": (answer_by_place, PAIRS),
    "coverage": (plot_coverage, CELLS),
    "counts": (count, BOUNDS),
    "shares": (share, BOUNDS),
}
each_chart = pytest.mark.parametrize(("draw", "rows"), CHARTS.values(), ids=CHARTS)


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


STATED = [*"place place_en indicator measure status period comparator unit_std hazards".split()]
STATED += [*"document value_std low_std high_std period_end year".split()]
PAIRED = [*"place_zh period target outcome target_high outcome_status gap gap_unit met".split()]


@pytest.mark.parametrize(
    ("take", "rows", "read"),
    [
        (partial(take_statements, reference=None), BOUNDS, STATED),
        (partial(take_statements, reference=None), YEARS, STATED),
        (partial(take_pairs, reference=None), PAIRS, PAIRED),
        (partial(take_groups, columns=["place", "status"], reference=None), BOUNDS, STATED[:2]),
        (partial(take_groups, columns=["place", "met"], reference=None), PAIRS, ["place", "met"]),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_rows_of_any_dtypes_are_taken_alike_and_a_statement_once(
    take: Callable[[pd.DataFrame], pd.DataFrame], rows: pd.DataFrame, read: list[str], form: str
) -> None:
    taken = take(FORMS[form](rows)).reset_index(drop=True)
    pd.testing.assert_frame_equal(taken[read], take(rows)[read])


def test_days_are_those_of_the_period_whatever_stands_beside_it() -> None:
    wrong = YEARS.assign(period_end="1970-01-01").drop(columns="period_start")
    days = [take_statements(rows, None)[["period_start", "period_end"]] for rows in (YEARS, wrong)]
    pd.testing.assert_frame_equal(*days)


@pytest.mark.parametrize(
    ("take", "rows", "column"),
    [
        (take_statements, BOUNDS, "value_std"),
        (take_pairs, PAIRS, "outcome"),
        (take_by_place, PAIRS, "gap"),
    ],
)
def test_different_rows_of_one_statement_are_refused(
    take: Callable[..., pd.DataFrame], rows: pd.DataFrame, column: str
) -> None:
    older = rows.head(1).assign(**{column: 77.0})
    refused = rf'_id "plan:1" has 2 different rows: {column} ".+" or "77.0"; keep one of'
    with pytest.raises(ValueError, match=refused):
        take(pd.concat([rows, older]), None)


def test_rows_without_an_id_stand_for_themselves() -> None:
    rows = pd.DataFrame({"place": ["hebi", "hebi"], "year": ["2023.0", "2023"]})
    for ids in ({}, {"statement_id": ["a:1", None]}):
        taken = take_groups(rows.assign(**ids), ["place", "year"], None)
        assert taken.year.tolist() == [2023, 2023]


def test_a_blank_is_no_group_and_no_answer() -> None:
    assert len(take_groups(PAIRS.assign(met=["met", "", None]), ["place", "met"], None)) == 1
    assert len(take_by_place(PAIRS.assign(place=["hebi", "", None]), None)) == 1
    assert len(take_groups(BOUNDS.assign(period=""), ["place", "period"], None)) == len(BOUNDS)


def test_rows_without_a_value_are_left_out() -> None:
    rows = pd.concat([BOUNDS, tell("news hebi gdp relation outcome 2021 高于全省")])
    assert take_statements(rows, None).statement_id.tolist() == BOUNDS.statement_id.tolist()


@pytest.mark.parametrize(
    ("take", "rows", "column", "value", "allowed"),
    [
        (take_statements, BOUNDS, "status", "outcom", "plan_scale, .*nearest: outcome"),
        (take_statements, YEARS, "measure", "growth", "level, .*nearest: growth_rate"),
        (take_statements, BOUNDS, "comparator", "=>", "<, <=, ~, =, range, >=, >; nearest: .*>="),
        (take_pairs, PAIRS, "outcome_status", "final", "plan_scale, .*outcome"),
        (take_pairs, PAIRS, "target_comparator", "≥", "<, <=, ~, =, range, >=, >"),
        (take_coverage, CELLS, "state", "state", "not coded, .*nearest: stated"),
        (partial(take_groups, columns=["status"]), BOUNDS, "status", "targets", ".*: target"),
    ],
)
def test_a_word_that_no_vocabulary_holds_is_refused_with_its_row_and_what_is_allowed(
    take: Callable[..., pd.DataFrame], rows: pd.DataFrame, column: str, value: str, allowed: str
) -> None:
    wrong = rows.astype({column: "str"})
    wrong.loc[1, column] = value
    refused = f'^Row 1, column {column}: "{value}"; allowed: {allowed}'
    with pytest.raises(ValueError, match=refused):
        take(wrong, reference=None)


@pytest.mark.parametrize("number", [np.inf, -np.inf, "inf"])
@pytest.mark.parametrize(
    ("take", "rows", "column"),
    [
        (take_statements, BOUNDS, "low_std"),
        (take_statements, BOUNDS, "high"),
        (take_statements, YEARS, "value_std"),
        (take_pairs, PAIRS, "target_high"),
        (take_by_place, PAIRS, "gap"),
    ],
)
def test_an_infinite_number_is_refused_with_its_row_and_column(
    take: Callable[..., pd.DataFrame], rows: pd.DataFrame, column: str, number: object
) -> None:
    values = rows[column].astype(object).where(rows.index != rows.index[1], number)
    refused = f'^Row {rows.index[1]}, column {column}: "-?inf"; allowed: a number such as 2.6'
    with pytest.raises(ValueError, match=refused):
        take(rows.assign(**{column: values}), None)


@each_chart
@pytest.mark.parametrize("given", [None, "x", [1, 2]])
def test_what_is_no_table_is_refused_by_its_kind(
    draw: Callable[..., Figure], rows: pd.DataFrame, given: object
) -> None:
    kind = type(given).__name__
    with pytest.raises(TypeError, match=rf'^{kind} ".+" is (no|not a) table; allowed: .+\.$'):
        draw(given)


@each_chart
def test_a_table_without_a_column_is_refused_by_what_it_lacks(
    draw: Callable[..., Figure], rows: pd.DataFrame
) -> None:
    with pytest.raises(ValueError, match=r'^The table has no column ".+; allowed: rows of .+\.$'):
        draw(pd.DataFrame())


@each_chart
def test_a_column_that_stands_twice_is_refused_by_name(
    draw: Callable[..., Figure], rows: pd.DataFrame
) -> None:
    twice = pd.concat([rows, rows[["place"]]], axis=1)
    with pytest.raises(ValueError, match=r'^The table has the column "place" twice; keep one\.$'):
        draw(twice)


@pytest.mark.parametrize(
    ("draw", "rows", "columns"),
    [
        (plot_ranking, BOUNDS, ["value_std"]),
        (plot_series, YEARS, ["value_std"]),
        (plot_pairs, BOUNDS, ["value_std"]),
        (plot_by_place, PAIRS, ["gap"]),
        (plot_coverage, CELLS, ["year"]),
    ],
)
def test_rows_that_miss_all_values_are_refused(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, columns: list[str]
) -> None:
    with pytest.raises(ValueError, match=r"^No row has a value to draw\.$"):
        draw(rows.assign(**dict.fromkeys(columns)))


@pytest.mark.parametrize(
    ("take", "rows", "column", "complaint"),
    [
        (take_statements, BOUNDS, "place", "place of .* is blank; allowed: id of the place"),
        (take_statements, BOUNDS, "comparator", 'comparator of .*"plan:1".* allowed: <, <=, ~'),
        (take_statements, BOUNDS, "high_std", 'high_std of statement "plan:3".* has two ends'),
        (take_pairs, PAIRS, "target_low", 'target_low of statement "plan:3".* has two ends'),
        (take_pairs, PAIRS, "met", "met of .* is blank; allowed: missed, unclear, met"),
    ],
)
def test_a_blank_without_which_no_mark_can_be_drawn_is_refused_with_its_row(
    take: Callable[..., pd.DataFrame], rows: pd.DataFrame, column: str, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        take(rows.assign(**{column: None}), None)


def test_what_is_no_period_is_refused_with_its_row() -> None:
    refused = r'^period of statement "plan:1" and \d more is "spring"; allowed: 2023, 2023-Q1'
    with pytest.raises(ValueError, match=refused):
        take_statements(BOUNDS.assign(period="spring"), None)


@pytest.mark.parametrize(
    ("draw", "rows"),
    [
        (plot_answers, PAIRS),
        (plot_gaps, PAIRS),
        (partial(plot_counts, across="place"), BOUNDS),
        (partial(plot_shares, answer="place"), BOUNDS),
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


def test_own_words_may_group_a_table_of_ones_own_and_stand_free_in_any_table() -> None:
    own = pd.DataFrame({"place": ["a", "b"], "status": ["open", "closed"]})
    assert take_groups(own, ["place", "status"], None).status.tolist() == ["open", "closed"]
    stated = own.assign(statement_id=["a:1", "b:1"])
    taken = take_groups(stated, ["place", "status"], None, free=["status"])
    assert taken.status.tolist() == ["open", "closed"]


def test_dates_of_any_form_are_groups_of_a_table_of_ones_own() -> None:
    dates = pd.DataFrame({"published": ["2023-01", "2023-01-20"], "scope": ["full", "full"]})
    taken = take_groups(dates, ["published", "scope"], None)
    assert taken.published.tolist() == ["2023-01", "2023-01-20"]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("indicator", "gdp foreign_capital"),
        ("measure", "level change"),
        ("unit_std", "% CNY"),
    ],
)
def test_rows_that_do_not_fit_on_one_axis_are_refused_with_what_differs(
    column: str, values: str
) -> None:
    mixed = BOUNDS.head(2).assign(**{column: values.split()})
    listed = ", ".join(f'"{value}"' for value in values.split())
    with pytest.raises(ValueError, match=f"^One axis takes one {column}; these rows have {listed}"):
        refuse_mixture(mixed)
    assert refuse_mixture(BOUNDS) is BOUNDS


TABLES = {
    "places": lay_out(
        "id code name_zh name_en level parent spellings",
        """
        jinan    370100 济南市 Jinan    prefecture shandong 济南
        qingdao  370200 青岛市 Qingdao  prefecture shandong 青岛
        shandong 370000 山东省 Shandong province   -        山东
        """,
    ),
    "indicators": lay_out(
        "code name_zh name_en domain unit",
        """
        port_cargo 港口货物量 Cargo   trade   box
        sea_share  海洋占比   Sea     economy %
        """,
    ),
    "documents": lay_out(
        "id published doc_type reliability",
        """
        qingdao-report 2023-01 work_report official
        shandong-news  -       news        news
        """,
    ),
    "units": lay_out("text symbol dimension factor", "箱 box box 1\n% % share 1"),
}
CARGO = tell(
    "qingdao-report qingdao port_cargo level target 2023 2700万箱",
    "shandong-news jinan port_cargo level outcome 2023 10万箱",
    "shandong-news qingdao port_cargo level outcome 2022 2900万箱",
    "shandong-news qingdao port_cargo level outcome 2023 3000万箱",
    "shandong-news shandong port_cargo level outcome 2023 3100万箱",
    tables=TABLES,
)
UNNAMED = ["place_zh", "place_en", "indicator_zh", "indicator_en"]


@pytest.mark.parametrize("lost", [[], UNNAMED])
def test_places_indicators_and_units_are_named_by_the_tables_that_are_handed_in(
    lost: list[str], tmp_path: Path
) -> None:
    for name, table in TABLES.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    facts = ["place_en", "indicator_zh", "place_level", "indicator_unit"]
    for tables in (TABLES, tmp_path, str(tmp_path)):
        taken = take_statements(CARGO.drop(columns=lost), tables)
        assert taken[facts].drop_duplicates().values.tolist() == [
            ["Qingdao", "港口货物量", "prefecture", "box"],
            ["Jinan", "港口货物量", "prefecture", "box"],
            ["Shandong", "港口货物量", "province", "box"],
        ]


def test_a_chart_writes_the_unit_of_the_tables() -> None:
    rows = CARGO[CARGO.status.eq("outcome")]
    assert plot_ranking(rows, reference=TABLES).axes[0].get_xlabel() == "million box"


@pytest.mark.parametrize(
    ("reference", "names"), [(None, ["Hebi!"]), ({}, ["Hebi"]), (TABLES, ["Hebi!"])]
)
def test_names_come_from_the_tables_handed_in_or_else_from_the_rows(
    reference: dict[str, pd.DataFrame] | None, names: list[str]
) -> None:
    renamed = BOUNDS.head(1).assign(place_en="Hebi!")
    assert attach_names(renamed, reference).place_en.tolist() == names


def test_an_id_that_nobody_knows_is_its_own_name() -> None:
    bare = pd.DataFrame({"place": ["jinan", "hebi"]})
    assert attach_names(bare, None).place_en.tolist() == ["jinan", "Hebi"]


@pytest.mark.parametrize("name", ["qingdao", "青岛", "Qingdao", "370200"])
def test_a_place_of_the_rows_is_found_by_any_of_its_names(name: str) -> None:
    assert match_place(CARGO, name, TABLES) == "qingdao"
