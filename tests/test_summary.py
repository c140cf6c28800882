"""Coverage in three words, never a blank; quotients with both the statements behind them."""

import numpy as np
import pandas as pd
import pytest

from policydata import coverage, load_statements
from policydata.summary import divide_outcomes
from rows_in_sight import lay_out, tell

# A plan read in full and a news item read for one figure.
ROWS = pd.DataFrame(
    [
        ("plan:1", "plan", "minghu", "gdp", 2024),
        ("plan:2", "plan", "minghu", "gdp", 2024),
        ("plan:3", "plan", "minghu", "grain", 2028),
        ("news:1", "news", "minghu", "grain", 2023),
        ("news:2", "news", "lushan", "gdp", 2024),
        ("plan:4", "plan", "minghu", "parks", None),
    ],
    columns=["statement_id", "document", "place", "indicator", "year"],
)
REFERENCE = {
    "documents": pd.DataFrame({"id": ["plan", "news"], "scope": ["full_text", "excerpt"]}),
    "indicators": pd.DataFrame({"code": ["gdp", "grain", "parks"], "domain": "economy"}),
    "places": pd.DataFrame({"id": ["minghu", "lushan"]}),
}


def cover(rows=ROWS, **conditions):
    """Cover rows by the places, indicators and documents above."""
    return coverage(rows, reference=REFERENCE, **conditions)


def test_each_cell_has_one_of_three_states_and_its_count():
    cells = cover().set_index(["place", "year", "indicator"])
    assert cells.loc[("minghu", 2024, "gdp")].tolist() == [2, "stated"]
    assert cells.loc[("minghu", 2024, "grain")].tolist() == [0, "none stated"]
    assert cells.loc[("minghu", 2023, "gdp")].tolist() == [0, "not coded"]
    assert cells.loc[("minghu", 2023, "grain")].tolist() == [1, "stated"]
    assert cells.loc[("lushan", 2024, "grain")].tolist() == [0, "not coded"]


def test_the_grid_spans_every_place_year_and_indicator_once():
    cells = cover()
    assert cells.columns.tolist() == ["place", "year", "indicator", "statements", "state"]
    assert len(cells) == 2 * 6 * 3
    assert not cells.duplicated(["place", "year", "indicator"]).any()
    assert cells.statements.sum() == 5
    assert cells.state.cat.categories.tolist() == ["not coded", "none stated", "stated"]


def test_a_figure_for_five_years_counts_in_its_last_year_only():
    stated = cover().query("state == 'stated' and indicator == 'grain'")
    assert stated.year.tolist() == [2023, 2028]


def test_a_statement_that_stands_twice_counts_once():
    pd.testing.assert_frame_equal(cover(pd.concat([ROWS, ROWS.tail(4)])), cover())


def test_a_figure_that_its_document_repeats_counts_once():
    repeated = ROWS.assign(hazards=["", "repeat", "", "", "", ""])
    cells = cover(repeated).set_index(["place", "year", "indicator"])
    plain = cover().set_index(["place", "year", "indicator"])
    cell = ("minghu", 2024, "gdp")
    assert (plain.statements[cell], cells.statements[cell]) == (2, 1)


def test_places_and_indicators_that_the_rows_hold_are_spanned_and_known_too():
    own = ROWS.tail(1).assign(statement_id="plan:9", place="qingdao", indicator="ports", year=2024)
    cells = cover(pd.concat([ROWS, own.assign(place_zh="青岛市")]), year=2024)
    assert cells.place.unique().tolist() == ["minghu", "lushan", "qingdao"]
    assert cells.indicator.unique().tolist() == ["gdp", "grain", "parks", "ports"]
    named = coverage(own.assign(place_zh="青岛市"), place="青岛市", indicator="ports")
    assert named.values.tolist() == [["qingdao", 2024, "ports", 1, "stated"]]


def test_what_has_no_id_is_no_place_and_no_indicator():
    blank = {"indicators": REFERENCE["indicators"], "places": REFERENCE["places"]}
    blank = {
        name: pd.concat([table, table.head(1).replace(".+", "", regex=True)])
        for name, table in blank.items()
    }
    pd.testing.assert_frame_equal(coverage(ROWS, reference={**REFERENCE, **blank}), cover())


def test_rows_of_ones_own_are_covered_like_the_shipped_ones():
    wanted = coverage(place="鹤壁", year=2022)
    pd.testing.assert_frame_equal(
        coverage(load_statements(place="hebi"), place="鹤壁", year=2022), wanted
    )


def test_a_place_named_twice_is_a_cell_once():
    cells = coverage(place=["郑州", "zhengzhou"], indicator="gdp", year=2023)
    assert cells.place.tolist() == ["zhengzhou"]


def test_what_cannot_be_spanned_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match=r"^No row has a year; name the years, as in year=2023.$"):
        cover(ROWS.head(0))
    assert len(cover(ROWS.head(0), year=2023)) == 2 * 3
    with pytest.raises(TypeError, match=r'^str "郑州" is not a table; .* rows of load_statements'):
        coverage("郑州")
    with pytest.raises(ValueError, match=r'^The table has no column "document"; allowed: rows of'):
        cover(ROWS.drop(columns="document"))
    wrong = {"documents": REFERENCE["documents"].assign(scope="fulltext")}
    complaint = '^Table documents, row 0 and 1 more, column scope: "fulltext"; .*nearest: full_text'
    with pytest.raises(ValueError, match=complaint):
        coverage(ROWS, reference=wrong)


def test_the_grid_is_what_the_conditions_name_whether_stated_or_not():
    cells = coverage(place=["郑州", "鹤壁"], indicator="gdp", year=np.int64(2031))
    assert cells[["place", "year", "state"]].values.tolist() == [
        ["zhengzhou", 2031, "not coded"],
        ["hebi", 2031, "not coded"],
    ]
    with pytest.raises(ValueError, match=r"^The list of place is empty; allowed: one place"):
        coverage(place=[])
    with pytest.raises(ValueError, match='"Zhengzou" is not a known place; nearest: zhengzhou'):
        coverage(place="Zhengzou")


def test_an_indicator_has_to_be_of_the_domain_named_beside_it():
    cells = coverage(
        domain="agriculture", indicator=["gdp", "grain_output"], place="郑州", year=2023
    )
    assert cells.indicator.tolist() == ["grain_output"]
    complaint = '^No indicator "gdp" has domain "agriculture"; allowed with it: domain "economy".$'
    with pytest.raises(ValueError, match=complaint):
        coverage(domain="agriculture", indicator="gdp")


TABLES = {
    "indicators": lay_out(
        "code name_zh name_en domain unit",
        """
        output 产量   Output agriculture t
        area   面积   Area   agriculture ha
        yield  单产   Yield  agriculture kg/ha
        gdp    总产值 GDP    economy     CNY
        """,
    )
}
OUTPUT = tell(
    "report hebi output level outcome 2022 30万吨",
    "report kaifeng output level outcome 2022 90万吨",
    "report zhengzhou output level outcome 2022 40万吨",
    tables=TABLES,
).assign(hazards=["preliminary", "preliminary inferred_year", ""])
AREA = tell(
    "bulletin hebi area level outcome 2022 5万公顷",
    "bulletin kaifeng area level outcome 2022 150万亩",
    "bulletin zhengzhou area level outcome 2021 5万公顷",
    tables=TABLES,
).assign(hazards=["", "inferred_year definition_differs", ""])


def divide(above=OUTPUT, below=AREA, indicator="yield"):
    """Divide rows in sight by others, with the tables above."""
    return divide_outcomes(above, below, indicator, reference=TABLES)


def test_a_quotient_has_unit_hazards_and_both_ids_where_place_and_period_are_the_same():
    columns = "place period value_std unit_std statement_id denominator_id hazards".split()
    assert divide()[columns].round(6).values.tolist() == [
        ["hebi", "2022", 6000, "kg/ha", "report:1", "bulletin:1", "preliminary"],
        [
            *("kaifeng", "2022", 9000, "kg/ha", "report:2", "bulletin:2"),
            "preliminary inferred_year definition_differs",
        ],
    ]


def test_a_quotient_is_a_row_of_its_indicator_in_which_no_document_has_words():
    first = divide().iloc[0]
    named = ["indicator", "indicator_zh", "indicator_en", "domain", "measure", "status", "unit"]
    assert first[named].tolist() == [
        *("yield", "单产", "Yield", "agriculture", "level", "outcome", "kg/ha")
    ]
    assert set(first[["low", "high", "value", "low_std", "high_std"]].round(6)) == {6000}
    assert set(first[["value_text", "quote", "commitment", "note"]]) == {""}
    assert divide().columns.tolist() == [*OUTPUT, "preferred_to", "denominator_id"]


def test_bounds_targets_and_what_is_not_preferred_are_not_divided():
    weaker = tell(
        "news hebi output level outcome 2022 99万吨",
        "plan hebi output level target 2022 98万吨",
        "report zhengzhou output level outcome 2021 40万吨以上",
        tables=TABLES,
    ).assign(hazards=["preliminary", "", ""])
    more = pd.concat([OUTPUT, weaker.assign(statement_id=["news:1", "plan:1", "report:9"])])
    assert divide(more).preferred_to.tolist() == ["news:1", ""]
    pd.testing.assert_frame_equal(divide(more).assign(preferred_to=""), divide())


def test_what_is_divided_is_left_as_it_was():
    before = [OUTPUT.copy(), AREA.copy()]
    divide()
    for rows, kept in zip([OUTPUT, AREA], before, strict=True):
        pd.testing.assert_frame_equal(rows, kept)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (
            {"above": AREA, "below": OUTPUT},
            '^The quotients are in "ha/t"; allowed for yield: "kg/h',
        ),
        ({"indicator": "gdp"}, '^The quotients are in "t/ha"; allowed for gdp: "CNY"[.]$'),
        (
            {"above": OUTPUT.assign(unit_std=["t", "%", "t"])},
            '^The quotients are in "t/ha" or "%/ha"; allowed for yield: "kg/ha"[.]$',
        ),
        ({"below": AREA.tail(1)}, "^No place and period has an exact outcome in both tables[.]$"),
        ({"indicator": "yeild"}, '^"yeild" is not a known indicator; nearest: yield'),
    ],
)
def test_quotients_in_another_unit_or_of_nothing_are_refused(given, complaint):
    with pytest.raises(ValueError, match=complaint):
        divide(**given)
