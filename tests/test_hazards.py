"""What to mind before a figure is used: what a row shows, and what a reader judged."""

import pytest

from policydata import load_statements
from policydata.schema import HAZARDS
from policydata.tables import read_table
from rows_in_sight import tell


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("report zhengzhou gdp growth_rate outcome 2023 7%", ""),
        ("reprint zhengzhou gdp growth_rate outcome 2023 7%", "reprint"),
        ("report zhengzhou gdp growth_rate estimate 2023 7%", "preliminary"),
        ("report zhengzhou gdp growth_rate outcome 2023 7%以上", "bound_only"),
        ("report zhengzhou gdp growth_rate outcome 2023 突破7%", "bound_only"),
        ("report zhengzhou gdp growth_rate outcome 2023 7%以内", "bound_only"),
        ("report zhengzhou gdp growth_rate outcome 2023 低于7%", "bound_only"),
        ("report zhengzhou gdp growth_rate outcome 2023 6%—7%", ""),
        ("report zhengzhou gdp growth_rate outcome 2023 7%左右", "approximate"),
        ("report zhengzhou gdp growth_rate outcome 2023-Q1 7%", "part_of_year"),
        ("report zhengzhou gdp growth_rate outcome 2023-09 7%", "part_of_year"),
        ("report zhengzhou gdp share outcome 2023-09 7%", ""),
        ("report zhengzhou gdp growth_rate outcome 2024-01/2024-11 7%", "part_of_year"),
        ("report zhengzhou gdp growth_rate outcome 2024 7%", ""),
        ("report zhengzhou gdp growth_rate target 2023/2027 7%", "several_years"),
        ("report zhengzhou gdp growth_rate target 2023/2024 7%", "several_years"),
        ("report zhengzhou gdp growth_rate target - 7%", ""),
    ],
)
def test_a_row_shows_its_hazards(line: str, labels: str) -> None:
    elsewhere = line.replace("reprint", "report").split(" ", 1)[1]
    rows = tell(line, f"news {elsewhere}")
    assert rows.set_index("statement_id").hazards[f"{line.split()[0]}:1"] == labels


def test_a_source_is_single_where_no_other_document_states_the_same_thing() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "news zhengzhou gdp growth_rate target 2023 8%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
        "plan kaifeng gdp growth_rate target 2023 7%",
    )
    assert rows.statement_id.tolist() == ["news:1", "plan:1", "plan:2", "report:1", "report:2"]
    assert rows.hazards.tolist() == ["", "", *["single_source"] * 3]


def test_judged_labels_join_the_others_in_the_order_of_the_vocabulary() -> None:
    rows = tell(
        "reprint zhengzhou gdp growth_rate estimate 2023-Q1 7%左右",
        "report zhengzhou gdp growth_rate outcome 2023 7%",
        judged=[("reprint:1", "stock_or_flow"), ("report:1", "preliminary")],
    )
    assert rows.hazards.tolist() == [
        "single_source preliminary",
        "reprint single_source preliminary stock_or_flow approximate part_of_year",
    ]


def test_every_judged_label_is_known_and_names_a_shipped_statement_once() -> None:
    judged = read_table("hazards")
    assert set(judged.hazard) <= set(HAZARDS)
    assert set(judged.statement_id) <= set(load_statements().statement_id)
    assert not judged.duplicated().any()


def test_every_judged_label_stands_on_its_shipped_row() -> None:
    shipped = load_statements().set_index("statement_id").hazards.str.split()
    pairs = read_table("hazards").itertuples(index=False, name=None)
    assert [pair for pair in pairs if pair[1] not in shipped[pair[0]]] == []


def test_shipped_labels_are_known_and_in_the_order_of_the_vocabulary() -> None:
    order = list(HAZARDS)
    for labels in load_statements().hazards.unique():
        positions = [order.index(label) for label in labels.split()]
        assert positions == sorted(set(positions))


@pytest.mark.parametrize("without", ["reprint", ["reprint", "bound_only"], tuple(HAZARDS)[:4]])
def test_rows_with_a_hazard_are_left_out_on_request(without: str | list[str]) -> None:
    unwanted = {without} if isinstance(without, str) else set(without)
    rows = load_statements()
    kept = rows[[unwanted.isdisjoint(labels.split()) for labels in rows.hazards]]
    assert 0 < len(kept) < len(rows)
    found = load_statements(without=without)
    assert found.statement_id.tolist() == kept.statement_id.tolist()
    assert found.index.tolist() == list(range(len(found)))


def test_an_unknown_hazard_is_refused_with_the_nearest_and_all() -> None:
    complaint = '"single_sauce" is not a known hazard; nearest: single_source; all: reprint, '
    with pytest.raises(ValueError, match=complaint):
        load_statements(without="single_sauce")


def test_a_hazard_that_every_row_carries_is_named() -> None:
    rows = load_statements(place="kaifeng")
    bounded = rows[rows.hazards.str.contains("single_source")].indicator
    every = next(
        code
        for code in bounded
        if rows[rows.indicator.eq(code)].hazards.str.contains("single_source").all()
    )
    count = rows.indicator.eq(every).sum()
    complaint = f'^Every one of the {count} rows carries "single_source".$'
    with pytest.raises(ValueError, match=complaint):
        load_statements(place="kaifeng", indicator=every, without="single_source")
