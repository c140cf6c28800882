"""The shipped tables: exact filters, words for what is unknown or empty, copies handed out."""

import numpy as np
import pandas as pd
import pytest

from policydata import (
    load_documents,
    load_indicators,
    load_outcomes,
    load_places,
    load_statements,
    load_targets,
    load_units,
)
from policydata.columns import name_columns
from policydata.load import leave_out_hazards
from policydata.schema import DOCUMENTS, INDICATORS, PLACES, STATEMENTS, UNITS

LOADERS = [load_statements, load_documents, load_places, load_indicators, load_units]


@pytest.mark.parametrize(
    "name", ["zhengzhou", "410100", 410100, "郑州", "郑州市", "鄭州", "Zhengzhou"]
)
def test_a_place_is_found_by_id_code_and_every_spelling(name):
    everything = load_statements()
    found = load_statements(place=name)
    assert found.equals(everything[everything.place.eq("zhengzhou")].reset_index(drop=True))


@pytest.mark.parametrize("name", ["rd_intensity", "RD_Intensity"])
@pytest.mark.parametrize("column", ["code", "name_zh", "name_en"])
def test_an_indicator_is_found_by_code_and_by_both_names(name, column):
    row = load_indicators().set_index("code", drop=False).loc["rd_intensity"]
    wanted = load_statements(indicator=name)
    assert set(wanted.indicator) == {"rd_intensity"}
    assert load_statements(indicator=row[column]).equals(wanted)


def test_several_conditions_of_several_values_each_must_all_be_met():
    found = load_statements(
        place=["郑州", "hebi"], domain=["economy", "agriculture"], year=range(2022, 2024)
    )
    assert set(found.place) == {"zhengzhou", "hebi"}
    assert set(found.domain) == {"economy", "agriculture"}
    assert set(found.year) == {2022, 2023}
    everything = load_statements()
    meets = everything.place.isin(["zhengzhou", "hebi"]) & everything.year.isin([2022, 2023])
    assert len(found) == (meets & everything.domain.isin(["economy", "agriculture"])).sum()


@pytest.mark.parametrize(
    "year", [2023, np.int64(2023), [2023], np.array([2023]), {2023}, "2023", ["2023"], 2023.0]
)
def test_a_year_is_taken_from_a_number_a_text_or_a_column(year):
    assert set(load_statements(year=year).year) == {2023}


@pytest.mark.parametrize("year", ["soon", 2023.5, None, "2023-Q1"])
def test_a_year_that_is_none_is_refused_with_what_is(year):
    complaint = f'^"{year}" is not a year; allowed: four digits such as 2023.$'
    with pytest.raises(ValueError, match=complaint):
        load_statements(year=[2022, year])


@pytest.mark.parametrize("condition", ["place", "indicator", "domain", "year"])
def test_an_empty_list_is_refused_rather_than_read_as_all_or_none(condition):
    with pytest.raises(ValueError, match=f"^The list of {condition} is empty; allowed: one "):
        load_statements(**{condition: []})


def test_no_hazard_named_leaves_nothing_out():
    assert load_statements(without=[]).equals(load_statements())


def test_targets_and_outcomes_are_the_statements_of_that_status():
    statements = load_statements(place="鹤壁")
    for status, load in (("target", load_targets), ("outcome", load_outcomes)):
        wanted = statements[statements.status.eq(status)].reset_index(drop=True)
        assert load(place="鹤壁").equals(wanted)


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ({"place": "Zhengzou"}, '"Zhengzou" is not a known place; nearest: zhengzhou'),
        ({"place": ["hebi", "濮阳县"]}, '"濮阳县" is not a known place; nearest: 濮阳'),
        (
            {"indicator": "rd_intensty"},
            '"rd_intensty" is not a known indicator; nearest: rd_intensity',
        ),
        (
            {"domain": "econmy"},
            '"econmy" is not a known domain; nearest: economy.*all: agricult',
        ),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(condition, complaint):
    with pytest.raises(ValueError, match=f"^{complaint}"):
        load_statements(**condition)


def test_an_empty_result_names_the_condition_that_emptied_it():
    with pytest.raises(ValueError, match=r'^No statement has year "1999"\.$'):
        load_statements(year=1999)
    rows = len(load_statements(place="hebi"))
    complaint = f'has year "1999" or "2000" among the {rows} rows with place "hebi".$'
    with pytest.raises(ValueError, match=complaint):
        load_targets(place="鹤壁", year=[1999, 2000])


def test_a_status_that_nobody_states_names_the_conditions_before_it():
    condition = {"indicator": "young_talent_attracted", "year": 2027}
    stated = load_statements(**condition)
    complaint = f'^No statement has status "outcome" among the {len(stated)} rows with indicator '
    with pytest.raises(ValueError, match=complaint):
        load_outcomes(**condition)


def test_rows_that_carry_a_hazard_can_be_left_out():
    rows = load_statements()
    carries = rows.hazards.str.split().map(
        lambda words: "reprint" in words or "inferred_year" in words
    )
    kept = load_statements(without=["reprint", "inferred_year"])
    assert kept.equals(rows[~carries].reset_index(drop=True))
    assert 0 < len(kept) < len(rows)
    none = rows.head(0)
    pd.testing.assert_frame_equal(leave_out_hazards(none, "reprint"), none)
    with pytest.raises(ValueError, match='"reprints" is not a known hazard; nearest: reprint'):
        load_statements(without="reprints")


def test_all_unknown_names_are_refused_at_once():
    with pytest.raises(ValueError) as refusal:
        load_statements(place=["Zhengzou", "郑州", "濮阳县"])
    assert [line.partition(";")[0] for line in str(refusal.value).splitlines()] == [
        *('"Zhengzou" is not a known place', '"濮阳县" is not a known place')
    ]


@pytest.mark.parametrize("load", LOADERS)
def test_what_is_handed_out_is_a_copy(load):
    first, untouched = load(), load()
    first[first.columns[0]] = "changed"
    first.loc[:, first.columns[1]] = "changed"
    assert load().equals(untouched)


@pytest.mark.parametrize(
    ("load", "columns"),
    list(zip(LOADERS, [STATEMENTS, DOCUMENTS, PLACES, INDICATORS, UNITS], strict=True)),
)
def test_columns_are_those_of_the_schema_and_the_docstring_names_each(load, columns):
    assert load().columns.tolist() == name_columns(columns)
    assert all(f"- `{column.name}`: {column.meaning}." in load.__doc__ for column in columns)


def test_every_dtype_is_one_kind_and_vocabularies_are_ordered():
    dtypes = load_statements().dtypes.astype(str)
    kinds = {"text": "str", "integer": "Int64", "number": "float64", "date": "datetime64[s]"}
    for column in STATEMENTS:
        assert dtypes[column.name] == ("category" if column.words else kinds[column.kind])
    statuses = load_statements().status.dtype
    assert statuses.ordered
    assert statuses.categories.tolist() == "plan_scale standard target estimate outcome".split()


def test_a_hazard_that_every_row_carries_is_named():
    rows = load_statements(place="kaifeng")
    bounded = rows[rows.hazards.str.contains("single_source")].indicator
    every = next(
        code
        for code in bounded
        if rows[rows.indicator.eq(code)].hazards.str.contains("single_source").all()
    )
    count = rows.indicator.eq(every).sum()
    complaint = f'^No row is left: each of the {count} rows carries "single_source".$'
    with pytest.raises(ValueError, match=complaint):
        load_statements(place="kaifeng", indicator=every, without="single_source")


def test_an_indicator_is_found_by_every_spelling_of_its_own():
    wanted = load_statements(indicator="rd_intensity")
    for name in ("研发投入强度", "研发强度", "R&D intensity"):
        assert load_statements(indicator=name).equals(wanted)


def test_measure_status_and_level_are_conditions_too():
    rows = load_statements()
    found = load_statements(place_level="province", measure=["share", "level"], status="outcome")
    wanted = rows[
        rows.place.eq("henan") & rows.measure.isin(["share", "level"]) & rows.status.eq("outcome")
    ]
    assert found.equals(wanted.reset_index(drop=True))
    assert set(load_targets(place_level="prefecture", measure="change").measure) == {"change"}
    assert "henan" not in set(load_outcomes(place_level=["prefecture", "county"]).place)
    with pytest.raises(ValueError, match=r'^"growth" is not a known measure; nearest: growth'):
        load_statements(measure="growth")
