"""What each format says beside the cells: labels, units, types, sheets and whose data they are."""

from __future__ import annotations

import json
import zipfile

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet
import pyreadstat
import pytest

from exported import REFERENCE, make_rows, needs_office, save_in_libreoffice
from policydata import cite, compare, coverage, export, load_places, load_statements
from policydata.exports.content import _TABLES, count_formulas
from policydata.schema import HAZARDS, STATUSES
from policydata.tables import read_data_release

VERSION, DAY = read_data_release().version, pd.Timestamp(read_data_release().day)
GROWTH = {"place": ["hebi", "kaifeng"], "indicator": "gdp", "measure": "growth_rate"}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats")
    return lambda rows, name, **given: export(rows, folder / name, **given)


@pytest.fixture(scope="module")
def book(file):
    """Export statements of two cities as a workbook and open it."""
    return openpyxl.load_workbook(file(load_statements(**GROWTH), "growth.xlsx"))


def list_lines(sheet):
    return [[cell or "" for cell in line] for line in sheet.values]


def test_a_workbook_has_the_rows_their_codebook_their_documents_and_what_they_are(book):
    assert book.sheetnames == ["data", "codebook", "documents", "about"]
    assert book.active.title == "data"
    rows = load_statements(**GROWTH)
    assert [cell.value for cell in book["data"][1]] == rows.columns.tolist()
    assert book["data"].max_row == len(rows) + 1


def test_every_header_stays_in_sight_and_has_filters(book):
    for name in ("data", "codebook", "documents"):
        sheet = book[name]
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
        assert all(cell.font.bold for cell in sheet[1])


def test_a_column_is_wide_enough_for_what_it_holds_but_not_wider_than_a_screen(book):
    widths = {
        cell.value: book["data"].column_dimensions[cell.column_letter].width
        for cell in book["data"][1]
    }
    assert {name: widths[name] for name in ("place", "indicator_zh", "period_start", "quote")} == {
        "place": 9,
        "indicator_zh": 16,
        "period_start": 16,
        "quote": 44,
    }


def test_numbers_days_and_years_are_what_they_are_in_a_sheet(file):
    sheet = openpyxl.load_workbook(file(make_rows(), "kinds.xlsx", reference=REFERENCE))["data"]
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[4], strict=True))
    shown = {
        name: (cells[name].value, cells[name].data_type, cells[name].number_format)
        for name in ("period", "period_end", "year", "low", "high", "low_std")
    }
    assert shown == {
        "period": ("2023", "s", "@"),
        "period_end": (pd.Timestamp("2023-12-31"), "d", "yyyy-mm-dd"),
        "year": (2023, "n", "0"),
        "low": (7000, "n", "#,##0"),
        "high": (None, "n", "General"),
        "low_std": (700000000000, "n", "#,##0"),
    }


def assert_texts(sheet):
    column = [cell.value for cell in sheet[1]].index("note") + 1
    cells = [sheet.cell(row, column) for row in range(2, 6)]
    texts = make_rows().note.tolist()[:4]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        (text, "s", "@") for text in texts
    ]


def test_what_looks_like_a_formula_is_text_in_a_workbook(file):
    made = file(make_rows(), "texts.xlsx", reference=REFERENCE)
    assert_texts(openpyxl.load_workbook(made)["data"])


def test_a_line_break_in_a_cell_is_that_of_excel(file):
    rows = pd.DataFrame({"note": ["a\r\nb", "a\rb", "a\nb"]})
    sheet = openpyxl.load_workbook(file(rows, "breaks.xlsx"))["data"]
    assert [cell.value for cell in sheet["A"]] == ["note", "a\nb", "a\nb", "a\nb"]


@needs_office
@pytest.mark.xdist_group("soffice")
def test_what_looks_like_a_formula_is_still_text_when_libreoffice_has_saved_it(file):
    made = file(make_rows(), "saved.xlsx", reference=REFERENCE)
    assert_texts(openpyxl.load_workbook(save_in_libreoffice(made))["data"])


def test_the_codebook_of_a_workbook_says_kind_unit_and_words_of_each_column(book):
    lines = {line[0]: line[1:] for line in list_lines(book["codebook"])}
    assert list(lines) == ["column", *load_statements().columns]
    assert lines["column"] == ["meaning", "kind", "unit", "allowed"]
    assert lines["status"][1:] == ["text", "", ", ".join(STATUSES)]
    # Every figure is a rate here, so that the unit is known.
    assert lines["value_std"] == ["value in the standard unit", "number", "%", ""]
    assert [line.partition(":")[0] for line in lines["hazards"][3].split("\n")] == list(HAZARDS)


def test_a_unit_that_differs_from_row_to_row_is_in_the_column_that_is_named(file):
    made = file(load_statements(indicator="gdp"), "gdp.xlsx")
    lines = {line[0]: line for line in list_lines(openpyxl.load_workbook(made)["codebook"])}
    assert (lines["value"][3], lines["value_std"][3]) == ("see unit", "see unit_std")


def test_the_documents_of_a_workbook_are_those_that_a_citation_names(book, file):
    header, *lines = list_lines(book["documents"])
    cited = cite(load_statements(**GROWTH)).splitlines()[:-1]
    place = header.index("title_zh")
    assert len(lines) == len(cited)
    assert all(line[place] in words for line, words in zip(lines, cited, strict=True))
    pairs = openpyxl.load_workbook(file(compare(indicator="gdp"), "pairs.xlsx"))
    assert pairs["documents"].max_row == len(cite(compare(indicator="gdp")).splitlines())


def test_rows_that_name_no_document_have_no_sheet_of_documents(file):
    made = openpyxl.load_workbook(file(coverage(place="hebi", domain="rural"), "coverage.xlsx"))
    assert made.sheetnames == ["data", "codebook", "about"]


def test_a_workbook_says_what_it_is_and_how_to_cite_it(book):
    about = dict(list_lines(book["about"]))
    assert about["table"] == "one row per figure that a document states"
    assert about["rows"] == str(len(load_statements(**GROWTH)))
    assert about["data version"] == VERSION
    assert about["licence"].startswith("CC-BY-4.0")
    assert about["cite as"] == cite(load_statements(**GROWTH)).splitlines()[-1]


def test_a_table_made_from_rows_is_not_said_to_have_one_figure_per_row(file):
    means = make_rows().groupby("place", as_index=False).value_std.mean()
    known = pyarrow.parquet.read_schema(file(means, "means.parquet")).metadata
    assert b"table" not in known and b"cite_as" in known
    foreign = pd.DataFrame({"city": ["鹤壁"], "population": [157]})
    known = pyarrow.parquet.read_schema(file(foreign, "foreign.parquet")).metadata
    assert b"licence" not in known


def test_rows_of_a_data_set_of_your_own_do_not_carry_our_version_or_licence(file):
    made = file(make_rows(), "own.xlsx", reference=REFERENCE)
    about = dict(list_lines(openpyxl.load_workbook(made)["about"]))
    assert list(about) == ["table", "rows", "missing"]
    table = pyarrow.parquet.read_schema(file(make_rows(), "own.parquet", reference=REFERENCE))
    assert not {b"data_version", b"licence", b"cite_as"} & set(table.metadata)
    _, known = pyreadstat.read_dta(str(file(make_rows(), "own.dta", reference=REFERENCE)))
    assert known.file_label == "policydata"


def test_a_workbook_is_dated_by_the_data_and_not_by_the_day(file):
    made = file(load_places(), "dated.xlsx")
    about = openpyxl.load_workbook(made).properties
    assert about.created == about.modified == DAY
    dates = {entry.date_time for entry in zipfile.ZipFile(made).infolist()}
    assert dates == {DAY.timetuple()[:6]}


def test_parquet_carries_units_and_descriptions_where_pandas_reads_them(file):
    attrs = pd.read_parquet(file(compare(indicator="gdp"), "pairs.parquet")).attrs
    assert attrs["data_version"] == VERSION
    assert attrs["descriptions"]["gap"] == "outcome minus target"
    assert attrs["unit_columns"]["gap"] == "gap_unit"
    rates = pd.read_parquet(file(load_statements(**GROWTH), "rates.parquet"))
    assert rates.attrs["units"]["value_std"] == "%"
    assert rates.dtypes.astype("str")[["status", "year", "note"]].tolist() == [
        *("category", "Int64", "str")
    ]
    assert rates.status.cat.ordered


def test_parquet_carries_them_where_arrow_and_duckdb_read_them(file):
    made = file(load_statements(**GROWTH), "fields.parquet")
    schema = pyarrow.parquet.read_schema(made)
    assert schema.field("value_std").metadata == {
        b"description": b"value in the standard unit",
        b"unit": b"%",
        b"unit_column": b"unit_std",
    }
    assert schema.metadata[b"licence"].startswith(b"CC-BY-4.0")
    told = duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{made}')").fetchall()
    assert json.loads(dict(told)[b"PANDAS_ATTRS"])["units"]["low"] == "%"


def test_stata_has_labels_of_variables_and_values_and_days_that_are_days(file):
    made = file(load_statements(**GROWTH), "labels.dta")
    read, known = pyreadstat.read_dta(str(made))
    assert known.file_label == f"policydata {VERSION}"
    assert known.column_names_to_labels["value_std"] == "value in the standard unit"
    assert known.variable_value_labels["status"] == dict(enumerate(STATUSES))
    assert known.original_variable_types["period_end"] == "%td"
    assert pd.api.types.is_numeric_dtype(read.status)
    assert set(read.place_zh) == {"鹤壁市", "开封市"}
    with pd.io.stata.StataReader(made) as reader:
        assert reader.time_stamp == DAY.strftime("%d %b %Y 00:00")


def test_a_long_text_goes_to_stata_whole_also_where_its_characters_are_few(file):
    texts = ["研" * 682, "研" * 683, "研" * 2045, "研" * 9000]
    rows = pd.DataFrame({"quote": texts, "note": ["短", "", "", ""], "coder": "A"})
    made = str(file(rows, "long.dta"))
    assert pyreadstat.read_dta(made)[0].quote.tolist() == texts
    assert pd.read_stata(made)["quote"].tolist() == texts
    assert pyreadstat.read_dta(made)[1].original_variable_types["note"] == "%3s"


def test_every_name_and_every_meaning_fits_into_stata():
    columns = [column for _, table in _TABLES.values() for column in table]
    assert [column.name for column in columns if len(column.name) > 32] == []
    assert [column.meaning for column in columns if len(column.meaning) > 80] == []


@pytest.mark.parametrize(
    "name", ["per capita", "2023", "int", "str8", "x" * 33, "_all", "份额%", "a-b"]
)
def test_a_name_that_stata_does_not_take_is_refused(name, tmp_path):
    rows = pd.DataFrame({"place": ["hebi"], name: [1.5]})
    with pytest.raises(ValueError, match=rf'^Column "{name}" has a name that Stata refuses; '):
        export(rows, tmp_path / "rows.dta")


def test_a_text_or_a_table_that_excel_would_cut_is_refused(tmp_path, monkeypatch):
    rows = pd.DataFrame({"note": ["a", "𠀀" * 16_384]})
    with pytest.raises(ValueError, match=r"^Row 1, column note: a text of 32,768 characters; all"):
        export(rows, tmp_path / "rows.xlsx")
    assert export(rows.map(lambda text: text[:-1]), tmp_path / "rows.xlsx").exists()
    monkeypatch.setattr("policydata.exports.excel._ROWS", 1)
    with pytest.raises(ValueError, match=r"^2 rows are more than a sheet of Excel holds \(1\)"):
        export(rows.assign(note="a"), tmp_path / "rows.xlsx")


def test_texts_that_excel_takes_for_formulas_are_counted_and_figures_are_not():
    texts = [
        "=1",
        "@x",
        "+8 on a base",
        "- see",
        "-1+1",
        "-0.6%",
        "+8",
        "-1,300.5",
        "7%",
        "",
        "a=1",
    ]
    assert count_formulas(pd.DataFrame({"note": texts, "low": 1.0})) == 5


@pytest.mark.parametrize(("suffix", "package"), [(".xlsx", "openpyxl"), (".parquet", "pyarrow")])
def test_a_package_that_is_missing_is_named_with_the_extra_that_brings_it(
    suffix, package, monkeypatch, tmp_path
):
    def lack(name):
        raise ModuleNotFoundError(f"No module named '{package}'", name=package)

    monkeypatch.setattr("policydata.exports.import_module", lack)
    with pytest.raises(ImportError, match=rf"^{package} is not installed: pip install 'policydata"):
        export(make_rows(), tmp_path / f"rows{suffix}")
