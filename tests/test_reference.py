"""Reference tables of one's own: a folder or frames, and who takes them."""

import re

import pandas as pd
import pytest

from policydata import (
    compare,
    conflicts,
    coverage,
    load_documents,
    load_indicators,
    load_places,
    load_units,
    read_reference,
    tidy,
)
from policydata.columns import name_columns
from policydata.schema import CODED, REFERENCE
from policydata.tables import read_table, take_reference

PLACES = "id,code,name_zh,name_en,level,parent,spellings\n"
QINGDAO = f"{PLACES}qingdao,370200,青岛市,Qingdao,prefecture,,青岛|琴岛\n"
LISTED = "documents.csv, hazards.csv, indicators.csv, places.csv, units.csv"
BETTER = pd.DataFrame({"code": ["ports", "smog"], "better": ["higher", "lower"]})


def state(*rows):
    """Make tidy rows of Qingdao: document, indicator, status, value."""
    frame = pd.DataFrame(rows, columns=["document", "indicator", "status", "value_std"])
    bounds = {"low_std": frame.value_std, "high_std": frame.value_std, "comparator": "="}
    known = {"place": "qingdao", "place_zh": "青岛市", "place_en": "Qingdao", "period": "2023"}
    texts = {"indicator_zh": "某", "indicator_en": "Some", "measure": "level", "unit_std": "count"}
    given = {"reliability": "official", "published": "2024-01-02", "hazards": "", "year": 2023}
    ids = {"statement_id": frame.document + ":1", "value_text": frame.value_std.astype(str) + "个"}
    return frame.assign(**bounds, **known, **texts, **given, **ids, domain="transport")


ROWS = state(
    ("aim-a", "ports", "target", 5),
    ("came-a", "ports", "outcome", 6),
    ("aim-b", "smog", "target", 5),
    ("came-b", "smog", "outcome", 6),
    ("aim-c", "x", "target", 5),
    ("came-c", "x", "outcome", 6),
    ("paper", "ports", "outcome", 7),
)


def test_a_folder_gives_its_tables_as_text_and_ours_for_the_others(tmp_path):
    (tmp_path / "Places.CSV").write_text(f"{QINGDAO},,,,,,\n", "utf-8-sig")
    tables = read_reference(tmp_path)
    assert list(tables) == list(REFERENCE)
    assert tables["places"].values.tolist() == [
        ["qingdao", "370200", "青岛市", "Qingdao", "prefecture", "", "青岛|琴岛"]
    ]
    assert tables["units"].equals(read_table("units"))


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("nowhere", f"is not a folder; allowed: a folder with {LISTED}, or some of them."),
        ("places.csv", f"is not a folder; allowed: a folder with {LISTED}, or some of them."),
        ("empty", f"has no reference table; allowed: a folder with {LISTED}, or some of them."),
    ],
)
@pytest.mark.parametrize("ask", [read_reference, lambda folder: compare(reference=folder)])
def test_a_folder_that_holds_no_table_is_refused_and_never_ignored(tmp_path, name, complaint, ask):
    (tmp_path / "empty").mkdir()
    (tmp_path / "places.csv").write_text(QINGDAO, "utf-8")
    with pytest.raises(ValueError, match=f'"{tmp_path}/{name}" {complaint}$'):
        ask(tmp_path / name)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (QINGDAO.encode("gbk"), "'utf-8' codec can't decode"),
        (f"{QINGDAO}jinan,370100,济南市,Jinan,prefecture,,,,\n".encode(), "Expected 7 fields"),
        (f"{PLACES}jinan,370100,济南市,Jinan,prefecture,,,\n".encode(), "Length of header"),
        (b"", "No columns to parse"),
    ],
)
def test_a_table_that_cannot_be_read_is_named_with_its_fault(tmp_path, raw, fault):
    (tmp_path / "places.csv").write_bytes(raw)
    complaint = rf"^{tmp_path}/places.csv cannot be read: {fault}.*; allowed: a CSV file"
    with pytest.raises(ValueError, match=complaint):
        read_reference(tmp_path)


@pytest.mark.parametrize(
    ("reference", "kind", "complaint"),
    [
        (load_places(), TypeError, "DataFrame is not a reference; allowed: a folder, or tables by"),
        (["places"], TypeError, "list is not a reference; allowed: a folder, or tables by name."),
        (
            {"place": load_places()},
            ValueError,
            '"place" is not a known reference table; allowed: "do',
        ),
        (
            {"places": "x"},
            TypeError,
            'str "x" is not a table; allowed: a DataFrame of a table of pla',
        ),
        (
            {"indicators": BETTER.drop(columns="better")},
            ValueError,
            'The table has no column "better"; allowed: a table of indicators: code, name_zh, ',
        ),
        (
            {"indicators": BETTER.replace("higher", "highr")},
            ValueError,
            'Table indicators, row 0, column better: "highr"; allowed: lower, neither, higher; ne',
        ),
    ],
)
def test_what_is_no_reference_is_refused_in_a_sentence(reference, kind, complaint):
    with pytest.raises(kind, match=f"^{re.escape(complaint)}"):
        compare(ROWS, reference=reference)


def test_tables_read_in_any_way_are_taken_as_the_same_text(tmp_path):
    read = read_reference("data/reference")
    for name, table in read.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    guessed = {name: pd.read_csv(tmp_path / f"{name}.csv") for name in read}
    assert guessed["places"].code.dtype == "int64"
    typed = {
        "documents": load_documents(),
        "indicators": load_indicators(),
        "places": load_places().assign(code=lambda table: table.code.astype("float64")),
        "units": load_units(),
    }
    for given in (guessed, typed, tmp_path, None):
        taken = take_reference(given)
        for name, table in read.items():
            pd.testing.assert_frame_equal(taken[name], table)


def test_the_better_direction_is_that_of_the_indicators_handed_in():
    pairs = compare(ROWS, reference={"indicators": BETTER})
    answers = dict(zip(pairs.indicator, pairs.met, strict=True))
    # An indicator that no table knows has no better direction: a point has to be hit.
    assert answers == {"ports": "met", "smog": "missed", "x": "missed"}
    assert set(compare(ROWS).met) == {"missed"}


@pytest.mark.parametrize("ask", [compare, conflicts, coverage])
@pytest.mark.parametrize("place", ["qingdao", "QINGDAO", "青岛市"])
def test_a_place_that_the_rows_hold_is_known_by_id_and_names(ask, place):
    wanted = ask(ROWS, year=2023)
    found = ask(ROWS, place=place, indicator="ports", domain="transport", year=2023)
    assert len(found)
    held = wanted.place.eq("qingdao") & wanted.indicator.eq("ports")
    pd.testing.assert_frame_equal(found, wanted[held].reset_index(drop=True))


@pytest.mark.parametrize("ask", [compare, conflicts, coverage])
def test_a_name_that_neither_tables_nor_rows_hold_is_refused_with_the_nearest(ask):
    for condition, complaint in {
        "place": '^"qingdo" is not a known place; nearest: qingdao;',
        "indicator": '^"porst" is not a known indicator; nearest: ports',
        "domain": '^"trasport" is not a known domain; nearest: transport',
    }.items():
        name = complaint.split('"')[1]
        with pytest.raises(ValueError, match=complaint):
            ask(ROWS, **{condition: name})


@pytest.mark.parametrize("ask", [compare, conflicts, coverage])
def test_spellings_of_the_places_handed_in_are_known_and_ours_no_more(tmp_path, ask):
    (tmp_path / "places.csv").write_text(QINGDAO, "utf-8")
    named = ask(ROWS, place="琴岛", year=2023, reference=tmp_path)
    pd.testing.assert_frame_equal(named, ask(ROWS, place="370200", year=2023, reference=tmp_path))
    with pytest.raises(ValueError, match=r'^"郑州" is not a known place; nearest: none;'):
        ask(ROWS, place="郑州", reference=tmp_path)


def test_a_coding_of_ones_own_is_tidied_with_its_own_units_places_and_indicators(tmp_path):
    (tmp_path / "places.csv").write_text(QINGDAO, "utf-8")
    (tmp_path / "units.csv").write_text(
        "text,symbol,dimension,factor\n标箱,TEU,container,1\n", "utf-8"
    )
    (tmp_path / "indicators.csv").write_text(
        "code,name_zh,name_en,domain,unit,better,definition,source\n"
        "boxes,集装箱吞吐量,Containers,transport,TEU,higher,All.,Own\n",
        "utf-8",
    )
    row = {"document": "plan", "n": "1", "place": "qingdao", "indicator": "boxes"}
    row |= {"measure": "level", "status": "target", "period": "2023", "value_text": "3000万标箱"}
    coded = pd.DataFrame([row]).reindex(columns=name_columns(CODED), fill_value="")
    columns = ["place_zh", "indicator_en", "domain", "unit", "value_std", "unit_std"]
    wanted = [["青岛市", "Containers", "transport", "万标箱", 3e7, "TEU"]]
    for reference in (tmp_path, str(tmp_path), read_reference(tmp_path)):
        assert tidy(coded, reference)[columns].values.tolist() == wanted
