"""Facts about the data itself, and that the shipped tables are what `data/` makes."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from policydata import load_documents, load_indicators, load_places, load_statements, read_coded
from policydata.build.files import PAGES
from policydata.build.tables import make_tables
from policydata.coded import read_sheets
from policydata.datasets import DataSet, find_data_set
from policydata.messages import speak
from policydata.schema import (
    DOCUMENTS,
    EXCLUDED,
    HAZARDS,
    INDICATORS,
    JUDGED,
    PLACES,
    STATEMENTS,
    UNITS,
)
from policydata.tables import TABLES, index_table, read_table
from policydata.units import list_units

KEYS = {"documents": "id", "indicators": "code", "places": "id", "units": "text"}
SHIPPED = [*sorted(TABLES.glob("*.csv")), TABLES / "VERSION"]
EDITED = sorted(Path("data").rglob("*.csv"))


@pytest.mark.parametrize("name", [*KEYS, "statements"])
def test_keys_are_unique_and_none_is_blank(name):
    key = read_table(name)[KEYS.get(name, "statement_id")]
    assert not key.duplicated().any()
    assert key.ne("").all()


def test_the_first_row_decides_where_a_key_is_used_twice():
    table = pd.DataFrame({"id": ["hebi", "anyang", "hebi"], "parent": ["henan", "henan", "hebei"]})
    assert index_table(table, "id").parent.to_dict() == {"hebi": "henan", "anyang": "henan"}


@pytest.mark.parametrize("name", ["documents", "indicators", "places"])
def test_reference_tables_are_sorted_by_their_key(name):
    assert read_table(name)[KEYS[name]].is_monotonic_increasing


def test_every_reference_of_a_statement_resolves():
    statements = load_statements()
    assert set(statements.document) <= set(load_documents().id)
    assert set(statements.place) <= set(load_places().id)
    assert set(statements.indicator) <= set(load_indicators().code)


def test_every_hazard_is_read_of_a_statement_once_and_has_its_meaning():
    judged = read_table("hazards")
    assert set(judged.statement_id) <= set(load_statements().statement_id)
    assert set(judged.hazard) <= set(HAZARDS)
    assert not judged.duplicated().any()


def test_statements_are_sorted_by_document_then_number():
    names = load_statements().statement_id.str.rpartition(":")
    order = list(zip(names[0], names[2].astype(int), strict=True))
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("statements", STATEMENTS),
        ("documents", DOCUMENTS),
        ("places", PLACES),
        ("indicators", INDICATORS),
        ("units", UNITS),
        ("hazards", JUDGED),
    ],
)
def test_every_cell_keeps_to_its_vocabulary_and_none_that_is_required_is_blank(name, columns):
    table = read_table(name)
    for column in columns:
        cells = table[column.name]
        assert set(cells) <= {*column.words, ""} or not column.words, column.name
        assert not column.required or cells.ne("").all(), column.name


def test_places_are_henan_and_its_eighteen_cities_by_six_digits():
    places = load_places()
    henan = places[places.parent.eq("henan") | places.id.eq("henan")]
    assert len(henan) == 19
    assert henan.level.value_counts().to_dict() == {"province": 1, "prefecture": 17, "county": 1}
    assert henan.code.str.fullmatch(r"41\d{4}").all()
    assert places.set_index("id").code[["henan", "zhengzhou", "jiyuan"]].tolist() == [
        *("410000", "410100", "419001")
    ]


def test_every_indicator_is_defined_and_says_by_whom():
    indicators = load_indicators()
    assert indicators[["name_zh", "name_en", "definition", "source"]].ne("").all(axis=None)
    assert not indicators.name_zh.duplicated().any()
    assert not indicators.name_en.str.casefold().duplicated().any()


def test_every_standard_unit_is_a_standard_unit_of_the_table():
    standards = {unit.standard for unit in list_units().values()}
    assert set(load_indicators().unit) - {""} <= standards
    assert set(load_statements().unit_std) - {""} <= standards


def test_no_quote_is_longer_than_forty_characters():
    assert read_coded("data/coded").quote.str.len().max() <= 40
    assert read_sheets("data/coded", EXCLUDED)[0].quote.str.len().max() <= 40


def test_a_checksum_stands_exactly_where_a_text_was_read_in_full():
    documents = load_documents()
    full = documents.scope.eq("full_text")
    assert documents.sha256.str.fullmatch("[0-9a-f]{64}").eq(full).all()
    assert documents[~full].sha256.eq("").all()
    assert not documents[full].sha256.duplicated().any()


def test_every_statement_has_bounds_that_agree_with_its_comparator():
    rows = load_statements()
    assert (rows.low.fillna(rows.high) <= rows.high.fillna(rows.low)).eq(rows.value.notna()).all()
    assert (
        rows[rows.comparator.isin(["=", "~"])]
        .pipe(lambda same: same.low.eq(same.high) | same.low.isna())
        .all()
    )
    assert rows[rows.measure.ne("relation")].value.notna().all()
    assert rows.value_std.isna().eq(rows.value.isna()).all()


@pytest.mark.parametrize("file", [*SHIPPED, *EDITED], ids=lambda file: file.as_posix()[-30:])
def test_every_table_is_utf_8_with_lf_and_one_last_line_end(file):
    raw = file.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.decode("utf-8").endswith("\n") and not raw.endswith(b"\n\n")


def copy_data(root: Path) -> DataSet:
    """Copy the data, without the package, into a clone."""
    shutil.copytree("data", root / "data")
    (root / "src/policydata").mkdir(parents=True)
    return find_data_set(root)


def test_where_one_reference_table_cannot_be_read_none_is_made(tmp_path):
    clone = copy_data(tmp_path / "project")
    (clone.reference / "units.csv").unlink()
    with pytest.raises(FileNotFoundError, match=re.escape("units.csv")):
        make_tables(clone)


def test_a_unit_that_was_added_to_the_reference_tables_is_known_to_what_is_made(tmp_path):
    clone = copy_data(tmp_path)
    with (clone.reference / "units.csv").open("a", encoding="utf-8") as units:
        units.write("丬,丬,made_up,1\n")
    hebi = clone.coded / "hebi.csv"
    row = "hebi-2022-mayor-interview,99,hebi,gdp,level,target,2022,7丬,7丬,,1,,A,\n"
    hebi.write_text(hebi.read_text("utf-8") + row, "utf-8")
    made = make_tables(clone)[clone.tables / "statements.csv"]
    assert re.search(r"^hebi-2022-mayor-interview:99,.*,丬,", made, re.MULTILINE)


def test_rebuilding_from_data_gives_shipped_tables_and_pages_byte_for_byte():
    with speak("zh"):  # whatever the locale says
        rebuilt = {
            str(file): text.encode() for file, text in make_tables(find_data_set("")).items()
        }
    beside = (*PAGES, "datapackage.json", "tables/statements.csv")
    files = [*SHIPPED, *(Path("data") / name for name in beside)]
    shipped = {str(file.absolute()): file.read_bytes() for file in files}
    assert rebuilt.keys() == shipped.keys()
    stale = [file for file, raw in rebuilt.items() if raw != shipped[file]]
    assert stale == [], "run policydata build, and commit what it makes"
