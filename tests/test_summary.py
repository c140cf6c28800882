"""Coverage: stated, none stated and not coded are three words, never a blank."""

import numpy as np
import pandas as pd
import pytest

from policydata import coverage, summary


@pytest.fixture
def minghu(monkeypatch):
    """A plan read in full and a news item read for one figure."""
    rows = pd.DataFrame(
        [
            ("plan", "minghu", "gdp", 2024),
            ("plan", "minghu", "gdp", 2024),
            ("plan", "minghu", "grain", 2028),
            ("news", "minghu", "grain", 2023),
            ("news", "lushan", "gdp", 2024),
            ("plan", "minghu", "parks", None),
        ],
        columns=["document", "place", "indicator", "year"],
    ).astype({"year": "Int64"})
    documents = pd.DataFrame({"id": ["plan", "news"], "scope": ["full_text", "excerpt"]})
    indicators = pd.DataFrame({"code": ["gdp", "grain", "parks"], "domain": "economy"})
    places = pd.DataFrame({"id": ["minghu", "lushan"]})
    shipped = {"documents": documents, "indicators": indicators, "places": places}
    for name, table in {**shipped, "statements": rows}.items():
        monkeypatch.setattr(summary, f"load_{name}", lambda table=table: table)


def test_each_cell_has_one_of_three_states_and_its_count(minghu):
    cells = coverage().set_index(["place", "year", "indicator"])
    assert cells.loc[("minghu", 2024, "gdp")].tolist() == [2, "stated"]
    assert cells.loc[("minghu", 2024, "grain")].tolist() == [0, "none stated"]
    assert cells.loc[("minghu", 2023, "gdp")].tolist() == [0, "not coded"]
    assert cells.loc[("minghu", 2023, "grain")].tolist() == [1, "stated"]
    assert cells.loc[("lushan", 2024, "grain")].tolist() == [0, "not coded"]


def test_the_grid_spans_every_place_year_and_indicator_once(minghu):
    cells = coverage()
    assert cells.columns.tolist() == ["place", "year", "indicator", "statements", "state"]
    assert len(cells) == 2 * 6 * 3
    assert not cells.duplicated(["place", "year", "indicator"]).any()
    assert cells.statements.sum() == 5
    assert cells.state.cat.categories.tolist() == ["not coded", "none stated", "stated"]


def test_a_figure_for_five_years_counts_in_its_last_year_only(minghu):
    stated = coverage().query("state == 'stated' and indicator == 'grain'")
    assert stated.year.tolist() == [2023, 2028]


def test_the_grid_is_what_the_conditions_name_whether_stated_or_not():
    cells = coverage(place=["郑州", "鹤壁"], indicator="gdp", year=np.int64(2031))
    assert cells[["place", "year", "state"]].values.tolist() == [
        ["zhengzhou", 2031, "not coded"],
        ["hebi", 2031, "not coded"],
    ]
    with pytest.raises(ValueError, match=r"^The list of place is empty; allowed: one place"):
        coverage(place=[])
    with pytest.raises(ValueError, match='"Zhengzou" is no known place; nearest: zhengzhou'):
        coverage(place="Zhengzou")


def test_an_indicator_has_to_be_of_the_domain_named_beside_it():
    cells = coverage(
        domain="agriculture", indicator=["gdp", "grain_output"], place="郑州", year=2023
    )
    assert cells.indicator.tolist() == ["grain_output"]
    complaint = '^No indicator "gdp" has domain "agriculture"; allowed with it: domain "economy".$'
    with pytest.raises(ValueError, match=complaint):
        coverage(domain="agriculture", indicator="gdp")
