"""Exports: what a file holds is what went in, whoever reads it; the same rows, the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exported import READERS, REFERENCE, make_rows, mark_readers, read_by_pandas, take
from policydata import (
    compare,
    conflicts,
    coverage,
    export,
    follow_targets,
    load_documents,
    load_indicators,
    load_places,
    load_statements,
    load_targets,
    load_units,
    prefer,
)
from policydata.columns import name_columns
from policydata.exports import SUFFIXES
from policydata.exports.content import take_content
from policydata.schema import COMPARED, CONFLICTS, COVERED, DOCUMENTS, FOLLOWED, PREFERRED

TABLES = {
    "statements": lambda: load_statements(place="hebi"),
    "preferred": lambda: prefer(load_targets(indicator="gdp")),
    "pairs": compare,
    "conflicts": conflicts,
    "followed": lambda: follow_targets(compare(), load_targets()),
    "coverage": lambda: coverage(place="hebi", domain="economy"),
    "documents": load_documents,
    "places": load_places,
    "indicators": load_indicators,
    "units": load_units,
}


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> dict[str, Path]:
    """Export all statements in each format, each once."""
    folder = tmp_path_factory.mktemp("ours")
    rows = load_statements()
    return {suffix: export(rows, folder / f"all{suffix}") for suffix in SUFFIXES}


@pytest.mark.parametrize("reader", mark_readers())
def test_rows_in_sight_come_back_as_they_went_in(reader, tmp_path):
    suffix, read = READERS[reader]
    rows = make_rows()
    back = read(export(rows, tmp_path / f"rows{suffix}", reference=REFERENCE))
    assert back.columns.tolist() == rows.columns.tolist()
    pd.testing.assert_frame_equal(take(back), rows, check_exact=True)
    pd.testing.assert_frame_equal(compare(back), compare(rows), check_exact=True)
    assert len(compare(rows)) == 2


@pytest.mark.parametrize("reader", mark_readers())
def test_all_statements_come_back_with_their_dtypes_and_their_pairs(reader, ours):
    suffix, read = READERS[reader]
    back = read(ours[suffix])
    # When it saves, LibreOffice keeps fifteen digits.
    digits = {"rtol": 1e-14} if "LibreOffice" in reader else {"check_exact": True}
    pd.testing.assert_frame_equal(take(back), load_statements(), **digits)
    pd.testing.assert_frame_equal(compare(back), compare(), **digits)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_rows_give_the_same_bytes_whatever_they_were_read_from(suffix, ours, tmp_path):
    again = export(read_by_pandas(ours[".csv"]), tmp_path / f"again{suffix}")
    assert again.read_bytes() == ours[suffix].read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_how_pandas_keeps_text_in_memory_does_not_show(suffix, tmp_path):
    rows = load_statements(place="hebi")
    kept = {
        storage: rows.astype(
            dict.fromkeys(rows.select_dtypes("str"), pd.StringDtype(storage, na_value=float("nan")))
        )
        for storage in ("python", "pyarrow")
    }
    files = [export(rows, tmp_path / f"{name}{suffix}") for name, rows in kept.items()]
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_the_library_can_be_exported(table, suffix, tmp_path):
    rows = TABLES[table]()
    file = export(rows, tmp_path / f"rows{suffix}")
    read = next(read for known, read in READERS.values() if known == suffix)
    assert read(file).shape == rows.shape


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_without_a_row_is_a_file_with_a_header_or_an_empty_list(suffix, tmp_path):
    rows = make_rows().head(0)
    back = READERS_OF[suffix](export(rows, tmp_path / f"none{suffix}", reference=REFERENCE))
    assert len(back) == 0
    assert back.columns.tolist() == (rows.columns.tolist() if suffix != ".json" else [])


READERS_OF = dict(reversed(READERS.values()))


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("preferred", PREFERRED),
        ("pairs", COMPARED),
        ("conflicts", CONFLICTS),
        ("followed", FOLLOWED),
        ("coverage", COVERED),
        ("documents", DOCUMENTS),
    ],
)
def test_columns_are_described_by_the_table_that_the_rows_are_of(table, columns):
    found = {column.name: column for column in take_content(TABLES[table]()).columns}
    described = {column.name: column for column in columns}
    assert found.keys() <= described.keys()
    assert all(found[name] == described[name] for name in found)
    assert set(name_columns(columns)) == set(found)


def test_columns_of_your_own_are_kept_with_what_they_hold_and_without_a_meaning(tmp_path):
    rows = make_rows().head(2)[["place", "value"]]
    own = rows.assign(
        人口=[1301, None],
        big=[True, False],
        when=pd.to_datetime(["2023-01-31", None]),
        label=pd.Categorical(["b", "a"]),
        any=[["x"], 3],
    )
    content = take_content(own)
    kinds = {column.name: (column.kind, column.meaning) for column in content.columns[2:]}
    assert kinds == {
        "人口": ("number", ""),
        "big": ("integer", ""),
        "when": ("date", ""),
        "label": ("text", ""),
        "any": ("text", ""),
    }
    assert content.rows.dtypes.astype("str").tolist() == [
        *("str", "float64", "float64", "Int64", "datetime64[s]", "str", "str")
    ]
    for suffix in SUFFIXES:
        back = READERS_OF[suffix](export(own, tmp_path / f"own{suffix}"))
        assert back.columns.tolist() == own.columns.tolist()
        assert back["any"].astype("str").tolist() == ["['x']", "3"]


def test_a_pivot_is_written_with_its_index(tmp_path):
    pivot = make_rows().pivot_table(index="place", columns="year", values="value_std")
    file = export(pivot, tmp_path / "pivot.csv")
    assert file.read_text("utf-8-sig").splitlines() == [
        "place,2023",
        "hebi,-0.8999999999999999",
        "zhengzhou,1030892000000.0",
    ]


@pytest.mark.parametrize(
    ("rows", "name", "complaint"),
    [
        (make_rows(), "rows.xls", '"{folder}/rows.xls" has no known suffix; allowed: .csv, .dta'),
        (make_rows(), "rows", '"{folder}/rows" has no known suffix; allowed: .csv, .dta'),
        (make_rows().assign(status="tarjet"), "rows.csv", "Row 0 and 4 more, column status: "),
        (make_rows().assign(note="a\x00b"), "rows.dta", 'Row 0, column note: a character "U+0000"'),
        (make_rows().set_index("place", drop=False), "rows.csv", 'the column "place" twice'),
        (make_rows().pivot_table("low", "place", ["year", "unit"]), "rows.csv", "levels"),
        (make_rows().assign(document="pla"), "rows.json", '"pla" is not a document of this'),
        (make_rows().assign(ratio=float("inf")), "rows.dta", 'column ratio: "inf"; allowed: '),
    ],
)
def test_what_cannot_be_exported_is_refused_in_a_sentence_and_nothing_is_written(
    rows, name, complaint, tmp_path
):
    with pytest.raises(ValueError) as refused:
        export(rows, tmp_path / name, reference=REFERENCE)
    assert complaint.format(folder=tmp_path) in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_table_is_refused(tmp_path):
    with pytest.raises(TypeError, match='str "gdp" is not a table'):
        export("gdp", tmp_path / "rows.csv")


def test_a_file_is_replaced_and_what_came_in_is_not_changed(tmp_path):
    rows = make_rows()
    before = rows.copy(deep=True)
    (tmp_path / "rows.CSV").write_text("old")
    assert export(rows, str(tmp_path / "rows.CSV"), reference=REFERENCE) == tmp_path / "rows.CSV"
    assert (tmp_path / "rows.CSV").read_bytes().startswith(b"\xef\xbb\xbfstatement_id,document,")
    pd.testing.assert_frame_equal(rows, before)


def test_json_is_a_list_of_objects_with_days_and_characters_as_they_are_and_null(tmp_path):
    text = export(make_rows(), tmp_path / "a.json", reference=REFERENCE).read_text("utf-8")
    first = json.loads(text)[2]
    assert len(text.splitlines()) == 2 + len(make_rows())
    assert "7000亿元以上" in text
    wanted = {"period_start": "2023-01-01", "year": 2023, "low": 7000.0, "high": None, "quote": ""}
    assert {name: first[name] for name in wanted} == wanted


# What a cell of text may hold: everything but what no format has a place for.
ODD = ["=SUM(A1)", "+1", "-0.6%", "@x", "'", '"', ",", ";", "\t", "a\nb", "研发“强度”", "#N/A"]
ODD += ["研" * 700, "a" * 2046, "é" * 1100, " ", " a ", "\n", "NA", "1e5", "2023-01-01", "\\", "00"]
SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"])
TEXTS = st.text(SIGNS) | st.sampled_from(ODD)
EXACT = {
    ".csv": lambda file: pd.read_csv(file, dtype="str", keep_default_na=False),
    ".dta": pd.read_stata,
    ".json": READERS["anything reads JSON"][1],
    ".parquet": pd.read_parquet,
    ".xlsx": READERS["openpyxl reads Excel"][1],
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(TEXTS, min_size=1, max_size=6))
def test_every_text_comes_back_exactly(suffix, texts):
    # In a sheet a row without any cell is no row.
    rows = pd.DataFrame({"quote": texts, "note": texts[::-1], "coder": "A"}, dtype="str")
    with TemporaryDirectory() as folder:
        back = EXACT[suffix](export(rows, Path(folder, f"rows{suffix}")))
    pd.testing.assert_frame_equal(take(back), rows)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(numbers=st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=6))
def test_every_number_comes_back_to_the_last_digit(suffix, numbers):
    rows = pd.DataFrame({"low": numbers, "high": numbers[::-1]})
    with TemporaryDirectory() as folder:
        back = EXACT[suffix](export(rows, Path(folder, f"rows{suffix}")))
    pd.testing.assert_frame_equal(take(back), rows, check_exact=True)
