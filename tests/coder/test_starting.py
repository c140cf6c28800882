"""A new data set has all that coding needs, knows its province, and is made whole or not at all."""

import json
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest

from policydata import load_indicators, read_coded, read_reference, tidy
from policydata.__main__ import main
from policydata.build.notebooks import list_makers, read_notebook
from policydata.coder.starting import list_places, make_data_set

FILES = [
    *(".gitignore", "GUIDE.md", "GUIDE.zh.md", "README.md"),
    *("coded/excluded.csv", "coded/shandong.csv", "coding.xlsx", "guide.csv"),
    "notebooks/01_first_chart.ipynb",
    *(f"reference/{name}.csv" for name in "documents hazards indicators places units".split()),
]
NOTEBOOK = "notebooks/01_first_chart.ipynb"


def read(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder, by its path in it."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_a_province_by_chinese_or_english_name_or_code_makes_the_same_data_set(tmp_path):
    names = ["山东", "山东省", "Shandong", "shandong province", "370000", "shandong"]
    made = [make_data_set(tmp_path / name, name) for name in names]
    assert {tuple(map(Path.as_posix, files)) for files in made} == {tuple(FILES)}
    first, *others = (read(tmp_path / name) for name in names)
    assert sorted(first) == FILES
    assert all(other == first for other in others)


def test_the_places_are_the_province_and_its_divisions_sorted_by_id_and_counted_by_code(tmp_path):
    make_data_set(tmp_path / "ours", "湖北")
    places = read_reference(tmp_path / "ours/reference")["places"]
    assert places.id.is_monotonic_increasing
    by_code = places.sort_values("code").set_index("id")
    assert by_code.yearbook_order.tolist() == ["", *map(str, range(1, 18))]
    assert by_code.loc[["hubei", "wuhan", "shennongjia"]].values.tolist() == [
        ["420000", "湖北省", "Hubei", "province", "", "", "湖北|Hubei Province"],
        ["420100", "武汉市", "Wuhan", "prefecture", "hubei", "1", "武汉"],
        ["429021", "神农架林区", "Shennongjia", "county", "hubei", "17", "神农架"],
    ]


def test_a_place_that_we_know_is_as_we_know_it():
    pd.testing.assert_frame_equal(list_places("henan"), read_reference()["places"])


def test_a_name_that_a_prefecture_shares_with_a_province_is_that_of_the_province(tmp_path):
    make_data_set(tmp_path / "ours", "海南")
    places = read_reference(tmp_path / "ours/reference")["places"]
    assert places.id[places.level.eq("province")].tolist() == ["hainan"]
    assert not places.id.str.contains("qinghai").any()


def test_a_municipality_is_one_place():
    assert list_places("beijing").id.tolist() == ["beijing"]


def test_without_a_province_only_the_header_of_places_is_there(tmp_path):
    make_data_set(tmp_path / "ours")
    places = (tmp_path / "ours/reference/places.csv").read_text("utf-8")
    assert places == "id,code,name_zh,name_en,level,parent,yearbook_order,spellings\n"
    assert (tmp_path / "ours/coded/first.csv").is_file()
    assert (tmp_path / "ours/README.md").read_text("utf-8").startswith("# ours\n")


def test_indicators_and_units_are_ours_and_nothing_is_coded_yet(tmp_path):
    make_data_set(tmp_path / "ours", "山东")
    tables, ours = read_reference(tmp_path / "ours/reference"), read_reference()
    for name in ("indicators", "units"):
        assert tables[name].equals(ours[name])
    for name in ("documents", "hazards"):
        assert list(tables[name]) == list(ours[name]) and tables[name].empty
    assert tidy(read_coded(tmp_path / "ours/coded"), tables).empty
    assert len(tables["indicators"]) == len(load_indicators())


@pytest.mark.parametrize(("lang", "title"), [("en", "# Shandong"), ("zh", "# 山东省")])
def test_readme_and_notebook_are_in_the_language_of_the_call(lang, title, tmp_path, capsys):
    assert main(["init", str(tmp_path / "ours"), "--province", "山东", "--lang", lang]) == 0
    lines = (tmp_path / "ours/README.md").read_text("utf-8").splitlines()
    assert (lines[0], len(lines)) == (title, 10)
    notebook = read_notebook(tmp_path / "ours" / NOTEBOOK)
    assert notebook.cells[1] == f'lang = "{lang}"'
    prose = {"en": "What is coded so far?", "zh": "目前编码了什么？"}
    assert prose[lang] in (tmp_path / "ours" / NOTEBOOK).read_text("utf-8")


def test_the_notebook_is_one_of_jupyter_without_outputs_whose_figure_is_optional(tmp_path):
    make_data_set(tmp_path / "ours")
    book = nbformat.reads((tmp_path / "ours" / NOTEBOOK).read_text("utf-8"), as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and len(cell.source.splitlines()) <= 6 for cell in code)
    notebook = read_notebook(tmp_path / "ours" / NOTEBOOK)
    assert set(list_makers([notebook])) == notebook.list_optional() == {"first_chart"}


def test_a_fresh_data_set_has_no_problem(tmp_path, monkeypatch, capsys):
    make_data_set(tmp_path / "ours", "山东")
    monkeypatch.chdir(tmp_path / "ours/notebooks")
    assert main(["check"]) == 0
    assert capsys.readouterr().out == (
        "0 statements of 0 documents: 0 errors, 0 reviews, 0 notes.\n"
    )
    assert main(["format"]) == 0
    assert capsys.readouterr().out == "7 files, 0 changed.\n"


def test_what_was_made_and_the_next_three_steps_are_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "ours", "--province", "Shandong"]) == 0
    first, *steps = capsys.readouterr().out.splitlines()
    assert first == f"Made ours: {', '.join(FILES)}."
    assert [step[:2] for step in steps] == ["1.", "2.", "3."]
    assert "ours/texts" in steps[0]


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("Shangdong", '"Shangdong" is not a known province; nearest: shandong, '),
        ("山東", '"山東" is not a known province; nearest: 山西, 山东; all: Beijing, '),
        ("370200", '"370200" is in 山东省 Shandong; name the province.'),
        ("Suzhou", '"Suzhou" is in 江苏省 Jiangsu, 安徽省 Anhui; name the province.'),
    ],
)
def test_a_name_that_is_no_province_is_refused_and_nothing_is_made(
    name, complaint, tmp_path, capsys
):
    assert main(["init", str(tmp_path / "ours"), "--province", name]) == 2
    assert capsys.readouterr().err.startswith(f"policydata init: {complaint}")
    assert not (tmp_path / "ours").exists()


def test_a_folder_that_is_not_empty_or_a_file_is_refused_and_stays_as_it_was(tmp_path, capsys):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine")
    for name, complaint in (("full", "is not empty"), ("full/notes.txt", "is a file")):
        assert main(["init", str(tmp_path / name)]) == 2
        assert capsys.readouterr().err == (
            f'policydata init: "{tmp_path / name}" {complaint}; name a new folder.\n'
        )
    assert read(tmp_path) == {"full/notes.txt": b"mine"}


def test_an_empty_folder_is_filled_also_where_it_is_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["init", ".", "--province", "山东"]) == 0
    assert sorted(read(tmp_path)) == FILES
    folders = sorted(path.name for path in tmp_path.iterdir() if path.is_dir())
    assert folders == ["coded", "figures", "notebooks", "reference", "texts"]


def test_a_folder_whose_parent_is_missing_is_said_in_a_sentence(tmp_path, capsys):
    assert main(["init", str(tmp_path / "none/ours")]) == 1
    said = capsys.readouterr().err
    assert said == f"policydata: {tmp_path / 'none/ours'}: No such file or directory.\n"


@pytest.mark.parametrize("there", [True, False])
def test_where_a_file_cannot_be_written_nothing_is_left(there, tmp_path, monkeypatch):
    def fail(contents: object) -> None:
        raise OSError(28, "No space left on device", "README.md")

    monkeypatch.setattr("policydata.coder.starting.write_together", fail)
    if there:
        (tmp_path / "ours").mkdir()
    with pytest.raises(OSError, match="No space left"):
        make_data_set(tmp_path / "ours", "山东")
    assert [path.name for path in tmp_path.rglob("*")] == (["ours"] if there else [])


def test_cells_have_distinct_ids(tmp_path):
    make_data_set(tmp_path / "ours")
    cells = json.loads((tmp_path / "ours" / NOTEBOOK).read_bytes())["cells"]
    assert len({cell["id"] for cell in cells}) == len(cells) == 7


def test_the_workbook_has_a_sheet_for_each_city_and_its_rows_are_taken_back(
    tmp_path, monkeypatch, capsys
):
    make_data_set(tmp_path / "ours", "山东")
    monkeypatch.chdir(tmp_path / "ours")
    book = openpyxl.load_workbook("coding.xlsx")
    assert book.sheetnames[:2] == ["济南", "青岛"] and len(book.sheetnames) == 16 + 6 + 2
    book["documents"].append(
        ["report", "报告", "Report", "济南市政府", "2024-01", "", "plan", "excerpt", "official"]
    )
    row = ["report", "1", "jinan", "gdp", "growth_rate", "target", "2024", "6%", "增长6%"]
    for column, cell in enumerate([*row, "", "1", "", "A", ""], 1):
        book["济南"].cell(2, column, cell)
    book.save("edited.xlsx")
    assert main(["workbook", "--take", "edited.xlsx"]) == 0
    assert read_coded("coded")[["row", "place", "value_text"]].values.tolist() == [
        ["2", "jinan", "6%"]
    ]
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith(
        "1 statement of 1 document: 0 errors, 0 reviews, 0 notes.\n"
    )
