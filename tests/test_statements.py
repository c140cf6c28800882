"""From coded to tidy, on rows in sight."""

import math

import pandas as pd
import pytest

from policydata import tidy
from policydata.columns import name_columns
from policydata.schema import CODED, STATEMENTS
from rows_in_sight import tell

OPEN = math.nan
REFERENCE = {
    "documents": pd.DataFrame(
        {
            "id": ["plan", "news"],
            "reliability": ["official", "news"],
            "published": ["2024-01-05", "2024"],
        }
    ),
    "places": pd.DataFrame({"id": ["minghu"], "name_zh": ["明湖市"], "name_en": ["Minghu"]}),
    "indicators": pd.DataFrame(
        {
            "code": ["gdp", "grain"],
            "name_zh": ["生产总值", "粮食"],
            "name_en": ["GDP", "Grain"],
            "domain": ["economy", "agriculture"],
        }
    ),
}


def code(*rows):
    """Make coded rows: document, n, indicator, period, value_text, unit_text."""
    given = "document n indicator period value_text unit_text".split()
    fixed = {"place": "minghu", "measure": "level", "status": "target", "coder": "A"}
    frame = pd.DataFrame(rows, columns=given, dtype="str").assign(**fixed)
    return frame.reindex(columns=[*name_columns(CODED), "file", "row"], fill_value="")


def test_each_figure_gets_bounds_a_value_and_its_standard_unit():
    coded = code(
        ("plan", "1", "gdp", "2024", "7000亿元以上", ""),
        ("plan", "2", "grain", "2024", "760公斤", "公斤/亩"),
        ("plan", "3", "grain", "2024", "20—30万亩", ""),
        ("plan", "4", "grain", "2024", "3%以内", ""),
        ("plan", "5", "gdp", "2024", "与全国同步", ""),
    )
    wanted = pd.DataFrame(
        [
            (">=", 7000, OPEN, 7000, "亿元", 7e11, OPEN, 7e11, "CNY"),
            ("=", 760, 760, 760, "公斤/亩", 11400, 11400, 11400, "kg/ha"),
            ("range", 20, 30, 25, "万亩", 40000 / 3, 20000, 50000 / 3, "ha"),
            ("<=", OPEN, 3, 3, "%", OPEN, 3, 3, "%"),
            ("=", OPEN, OPEN, OPEN, "", OPEN, OPEN, OPEN, ""),
        ],
        columns="comparator low high value unit low_std high_std value_std unit_std".split(),
    )
    found = tidy(coded, REFERENCE)[wanted.columns].astype({"comparator": "str"})
    pd.testing.assert_frame_equal(found, wanted, rtol=0, atol=0)


def test_names_come_from_the_reference_tables_and_the_year_is_the_last_one():
    coded = code(("plan", "1", "gdp", "2023/2027", "5%", ""), ("news", "1", "grain", "", "5%", ""))
    found = tidy(coded, REFERENCE).set_index("statement_id").astype("str")
    names = ["place_zh", "place_en", "indicator_zh", "domain", "reliability", "published", "year"]
    assert found.loc["plan:1", names].tolist() == [
        *("明湖市", "Minghu", "生产总值", "economy", "official", "2024-01-05", "2027")
    ]
    news = found.loc["news:1", names].tolist()
    assert news[:5] == ["明湖市", "Minghu", "粮食", "agriculture", "news"]
    assert tidy(coded, REFERENCE)[["published", "year"]].isna().all(axis=1).tolist() == [
        True,
        False,
    ]


def test_rows_are_sorted_by_document_then_number():
    ids = ["news:2", "plan:0", "plan:3", "plan:10", "plan:12", "plan:", "plan:x", "plan-b:1"]
    coded = code(*[(*name.split(":"), "gdp", "2024", "5%", "") for name in ids])
    for rows in (coded, coded[::-1], coded.sort_values("n")):
        assert tidy(rows, REFERENCE).statement_id.tolist() == ids


def test_a_colon_in_a_number_sorts_its_row_as_its_id_reads():
    rows = [("plan", "a:1"), ("plan-b", "1"), ("plan", "2")]
    coded = code(*[(*row, "gdp", "2024", "5%", "") for row in rows])
    assert tidy(coded, REFERENCE).statement_id.tolist() == ["plan:2", "plan-b:1", "plan:a:1"]


def test_rows_of_one_id_keep_the_order_in_which_they_were_given():
    twice = [("plan", "1", "gdp", "2024", f"{number}%", "") for number in range(1, 101)]
    coded = code(("plan", "2", "gdp", "2024", "101%", ""), *twice)
    assert tidy(coded, REFERENCE).value.tolist() == [*range(1, 102)]


def test_a_hazard_that_is_judged_and_found_is_written_once():
    judged = pd.DataFrame({"statement_id": ["plan:1"], "hazard": ["single_source"]})
    rows = tidy(code(("plan", "1", "gdp", "2024", "5%", "")), {**REFERENCE, "hazards": judged})
    assert rows.hazards.tolist() == ["single_source"]


def test_a_hazard_that_the_vocabulary_has_not_marks_no_row():
    judged = pd.DataFrame({"statement_id": ["plan:1"] * 2, "hazard": ["repeet", "repeat"]})
    rows = tidy(code(("plan", "1", "gdp", "2024", "5%", "")), {**REFERENCE, "hazards": judged})
    assert rows.hazards.tolist() == ["single_source repeat"]


def test_what_cannot_be_read_is_missing_and_never_guessed():
    coded = code(
        ("plan", "1", "gpd", "2024-13", "7?00亿元", ""), ("nowhere", "1", "gdp", "2024", "5", "锭")
    )
    found = tidy(coded, REFERENCE).set_index("statement_id")
    lost = ["low", "value", "comparator", "year", "period_start", "indicator_zh", "domain"]
    assert found.loc["plan:1", lost].isna().all()
    assert found.loc["nowhere:1", ["reliability", "published", "value_std"]].isna().all()
    assert found.loc["nowhere:1", "low"] == 5


def test_the_higher_goal_beside_a_target_has_columns_of_its_own():
    coded = code(("plan", "1", "gdp", "2024", "5亿元以上、力争5.5亿元", ""))
    found = tidy(coded, REFERENCE).loc[0, ["low", "high", "value", "stretch", "stretch_std"]]
    assert repr(found.tolist()) == "[5.0, nan, 5.0, 5.5, 550000000.0]"


def test_columns_and_dtypes_are_those_of_the_schema_even_without_a_row():
    some, none = (
        tidy(rows, REFERENCE) for rows in (code(("plan", "1", "gdp", "2024", "5%", "")), code())
    )
    assert some.columns.tolist() == none.columns.tolist() == name_columns(STATEMENTS)
    pd.testing.assert_series_equal(some.dtypes, none.dtypes)
    assert (len(some), len(none)) == (1, 0)


def test_what_is_no_coded_table_is_refused_with_what_is():
    with pytest.raises(TypeError, match=r'^str "data/coded" is not a table; .* rows of read_coded'):
        tidy("data/coded")
    complaint = r'^The table has no column "document" or "n" or "place" and \d+ more; allowed: rows'
    with pytest.raises(ValueError, match=complaint):
        tidy(pd.DataFrame())
    with pytest.raises(ValueError, match=r'^The table has no column "period"; allowed: rows of'):
        tidy(code().drop(columns="period"))


@pytest.mark.parametrize(
    "read",
    [
        lambda rows: rows.replace("", None),
        lambda rows: rows.astype("category"),
        lambda rows: rows.astype("string").replace("", pd.NA),
        lambda rows: rows.assign(n=rows.n.astype("float64"), period=[2024, None]),
    ],
)
def test_coded_rows_are_read_alike_whatever_their_dtypes(read):
    coded = code(("plan", "10", "gdp", "2024", "5%", ""), ("plan", "9", "gdp", "", "6亿元", ""))
    pd.testing.assert_frame_equal(tidy(read(coded), REFERENCE), tidy(coded, REFERENCE))


@pytest.mark.parametrize(("column", "word"), [("measure", ""), ("status", "targt")])
def test_a_word_that_its_vocabulary_has_not_is_missing_without_a_warning(column, word):
    rows = tidy(code(("plan", "1", "gdp", "2024", "5%", "")).assign(**{column: word}), REFERENCE)
    assert rows[column].isna().tolist() == [True]
    assert rows.dtypes[column] == tidy(code(), REFERENCE).dtypes[column]


def test_a_word_of_a_table_handed_in_that_is_none_is_missing_too():
    own = {**REFERENCE, "documents": REFERENCE["documents"].assign(reliability="oficial")}
    assert tidy(code(("plan", "1", "gdp", "2024", "5%", "")), own).reliability.isna().all()


def test_without_a_row_in_the_reference_tables_what_they_know_is_missing():
    none = {name: table.head(0) for name, table in REFERENCE.items()}
    rows = tidy(code(("plan", "1", "gdp", "2024", "5%", "")), none)
    lost = ["place_zh", "indicator_en", "domain", "reliability", "published"]
    assert rows[lost].isna().all(axis=None)
    assert rows.value.tolist() == [5]


@pytest.mark.parametrize(
    ("column", "cell"), [("value_text", 5.0), ("period", pd.Timestamp("2024-09-01"))]
)
def test_a_cell_that_lost_what_was_typed_is_refused(column, cell):
    coded = code(("plan", "1", "gdp", "2024", "5%", "")).assign(**{column: [cell]})
    complaint = f'^Row 0, column {column}: "{cell}"; allowed: the text as it was written: read the'
    with pytest.raises(ValueError, match=complaint):
        tidy(coded, REFERENCE)


@pytest.mark.parametrize(
    ("table", "column"), [("places", "name_en"), ("indicators", "domain"), ("documents", "id")]
)
def test_a_reference_table_without_a_column_is_refused_with_it(table, column):
    own = {**REFERENCE, table: REFERENCE[table].drop(columns=column)}
    complaint = f'^The table has no column "{column}"; allowed: a table of {table}: '
    with pytest.raises(ValueError, match=complaint):
        tidy(code(("plan", "1", "gdp", "2024", "5%", "")), own)


def test_the_coded_rows_are_not_changed():
    coded = code(("plan", "2", "gdp", "2024", "5%", ""), ("plan", "1", "gdp", "2024", "6%", ""))
    before = coded.copy(deep=True)
    tidy(coded, REFERENCE)
    pd.testing.assert_frame_equal(coded, before)


def test_rows_put_together_from_two_frames_stay_as_many():
    coded = code(("plan", "1", "gdp", "2024", "5%", ""), ("plan", "2", "gdp", "2024", "6亿元", ""))
    both = pd.concat([coded, coded.assign(document="news")])
    assert tidy(both, REFERENCE).value.tolist() == [5, 6, 5, 6]


HAZARDS = (
    ("report growth_rate outcome 2023 7%", ""),
    ("reprint growth_rate outcome 2023 7%", "reprint"),
    ("report growth_rate estimate 2023 7%", "preliminary"),
    ("report growth_rate outcome 2023 7%以上", "bound_only"),
    ("report growth_rate outcome 2023 突破7%", "bound_only"),
    ("report growth_rate outcome 2023 7%以内", "bound_only"),
    ("report growth_rate outcome 2023 低于7%", "bound_only"),
    ("report growth_rate outcome 2023 6%—7%", ""),
    ("report growth_rate outcome 2023 7%左右", "approximate"),
    ("report growth_rate outcome 2023-Q1 7%", "part_of_year"),
    ("report growth_rate outcome 2023-09 7%", "part_of_year"),
    ("report share outcome 2023-09 7%", ""),
    ("report growth_rate outcome 2024-01/2024-11 7%", "part_of_year"),
    ("report growth_rate outcome 2024 7%", ""),
    ("report growth_rate target 2023/2027 7%", "several_years"),
    ("report growth_rate target 2023/2024 7%", "several_years"),
    ("report growth_rate target - 7%", ""),
)


def test_a_row_shows_its_hazards():
    cases = [(f"gdp{number}", *case) for number, case in enumerate(HAZARDS)]
    lines = [line.replace(" ", f" zhengzhou {code} ", 1) for code, line, _ in cases]
    others = [f"news {line.partition(' ')[2]}" for line in lines]
    rows = tell(*lines, *others)
    found = rows[rows.document.ne("news")].set_index("indicator").hazards
    assert [(line, found[code]) for code, line, _ in cases] == [*HAZARDS]


def test_a_source_is_single_where_no_other_document_states_the_same_thing():
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "news zhengzhou gdp growth_rate target 2023 8%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
        "plan kaifeng gdp growth_rate target 2023 7%",
    )
    assert rows.statement_id.tolist() == ["news:1", "plan:1", "plan:2", "report:1", "report:2"]
    assert rows.hazards.tolist() == ["", "", *["single_source"] * 3]


def test_judged_labels_join_the_others_in_the_order_of_the_vocabulary():
    rows = tell(
        "reprint zhengzhou gdp growth_rate estimate 2023-Q1 7%左右",
        "report zhengzhou gdp growth_rate outcome 2023 7%",
        judged=[("reprint:1", "stock_or_flow"), ("report:1", "preliminary")],
    )
    assert rows.hazards.tolist() == [
        "single_source preliminary",
        "reprint single_source preliminary stock_or_flow approximate part_of_year",
    ]
