"""What a check looks at: rows, tables and texts, wherever they come from and lie."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from policydata import check, read_coded
from policydata.__main__ import main
from policydata.columns import name_columns
from policydata.schema import PROBLEMS
from policydata.tables import read_csv, read_reference

MISTAKES = Path("tests/mistakes")
CLEAN, OURS, TEXTS = MISTAKES / "clean/coded", MISTAKES / "reference", MISTAKES / "documents"


def find_units(coded, **options):
    """List the figures whose unit `check` does not know."""
    found = check(coded, **options)
    return found[found.allowed.str.contains("a unit or word that is not known: 喵")].value.tolist()


@pytest.fixture
def own_unit(tmp_path):
    """Make a project whose one figure has a unit that we do not have, in a table of its own."""
    project = tmp_path / "project"
    for name, part in {"coded": CLEAN, "reference": OURS}.items():
        shutil.copytree(part, project / name)
    units = read_csv(OURS / "units.csv")
    own = pd.DataFrame([["喵", "count", "count", "1"]], columns=units.columns)
    pd.concat([units, own]).to_csv(project / "reference/units.csv", index=False)
    news = project / "coded/news.csv"
    news.write_text(news.read_text("utf-8").replace("280个", "280喵"), "utf-8")
    return project


def test_a_unit_of_the_table_beside_the_coded_ones_is_known_whatever_is_checked(own_unit, tmp_path):
    coded = own_unit / "coded"
    workbook = own_unit / "coded.xlsx"
    read_csv(coded / "news.csv").to_excel(workbook, sheet_name="news", index=False)
    beneath = shutil.copy(workbook, coded / "all.xlsx")
    for given in (coded, coded / "news.csv", workbook, beneath, read_coded(coded)):
        assert check(given).level.isin(["note"]).all(), given
    apart = shutil.copytree(coded, tmp_path / "apart/coded")
    assert find_units(apart) == ["280喵"] * 3


def test_the_command_and_the_function_find_the_same_reference_from_any_folder(
    own_unit, monkeypatch, capsys
):
    (own_unit / "reference/units.csv").rename(own_unit / "reference/Units.CSV")
    for folder, path in (
        (own_unit, "coded"),
        (own_unit / "coded", "."),
        (own_unit, "coded/news.csv"),
    ):
        monkeypatch.chdir(folder)
        assert main(["check", path]) == 0
        assert check(path).rule.isin(["document without rows"]).all()
    assert capsys.readouterr().out.count("0 errors") == 3


def test_rows_of_several_projects_take_their_exclusions_along_and_no_reference_of_one(
    own_unit, tmp_path
):
    other = shutil.copytree(own_unit, tmp_path / "other")
    (own_unit / "coded/excluded.csv").unlink()
    rows = [read_coded(project / "coded") for project in (own_unit, other)]
    both = pd.concat([rows[0].query("document == 'minghu-2024-news'"), rows[1].tail(3)])
    assert check(both, reference=own_unit / "reference", documents=TEXTS).empty
    assert "280喵" in find_units(both)
    assert check(rows[1], documents=TEXTS).empty


def test_reference_tables_that_are_handed_in_go_before_those_beside(own_unit):
    coded = own_unit / "coded"
    assert find_units(coded, reference=OURS) == ["280喵"] * 3
    assert check(coded, reference=read_reference(own_unit / "reference")).empty
    assert find_units(coded, reference={"units": read_reference()["units"]}) == ["280喵"] * 3


def test_a_table_that_is_handed_in_is_checked_on_the_rows_of_its_file(rows):
    units = read_csv(OURS / "units.csv")
    tables = read_reference(OURS) | {
        "units": units.assign(factor=units.factor.replace("1/15", "0.07"))
    }
    found = check(rows, reference=tables)
    assert found[["file", "row", "column", "value", "rule"]].values.tolist() == [
        ["units.csv", "7", "factor", "0.07", "not an exact factor"]
    ]
    lacking = check(rows, reference={**tables, "units": units.drop(columns="symbol")})
    assert lacking.rule.tolist()[0] == "missing column"
    places = pd.read_csv(OURS / "places.csv").astype({"code": "float64"})
    assert check(rows, reference={**tables, "units": units, "places": places}).empty


def test_a_folder_of_reference_tables_that_is_not_there_or_is_empty_is_one_problem(rows, tmp_path):
    missing = check(rows.head(0), reference="nope")
    assert missing[["file", "rule"]].values.tolist() == [["nope", "no such file"]]
    assert missing.allowed.item().startswith("a folder with documents.csv, ")
    empty = check(rows.head(0), reference=tmp_path)
    assert empty[["file", "rule"]].values.tolist() == [[tmp_path.as_posix(), "no reference table"]]


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ({"coded": ["x"]}, r"""list "\['x'\]" is not a path; allowed: a DataFrame of """),
        ({"coded": None}, 'NoneType "None" is not a path; allowed: a DataFrame of '),
        ({"reference": 3}, 'int "3" is not a path; allowed: a folder, or what read_reference'),
        ({"documents": ["x"]}, "is not a path; allowed: a folder with the texts, as .txt"),
        (
            {"reference": {"unit": 1}},
            '"unit" is not a known reference table; allowed: "documents",',
        ),
        (
            {"reference": {"units": 1}},
            'int "1" is not a table; allowed: a DataFrame of read_reference',
        ),
        ({"all_documents": True}, "all_documents=True needs documents=, the folder with the"),
    ],
)
def test_an_argument_that_cannot_be_used_is_refused_in_a_sentence(call, complaint):
    with pytest.raises((TypeError, ValueError), match=complaint):
        check(**{"coded": CLEAN, **call})


def test_a_text_that_cannot_be_opened_is_noted_and_its_quotes_are_not_counted(tmp_path, capsys):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    call = ["check", str(CLEAN), "--reference", str(OURS), "--documents", str(tmp_path)]
    assert main(call) == 0
    said = capsys.readouterr().out
    assert 'a.txt: "No such file or directory"; allowed: a file that can be read' in said
    assert 'plan.csv:2:document: "minghu-2024-plan"; allowed: a .txt with the checksum' in said
    assert said.endswith("0 texts: 0 of 0 quotes found, 0 of 0 numerals accounted for.\n")
    assert main([*call, "--all-documents"]) == 1


def test_texts_are_known_by_checksum_whatever_the_case_of_their_suffix(tmp_path):
    shutil.copy(TEXTS / "made-up.txt", tmp_path / "PLAN.TXT")
    options = {"reference": OURS, "documents": tmp_path}
    assert check(CLEAN, **options, all_documents=True).empty
    lost = check(MISTAKES / "quote-not-in-the-text/coded", **options)
    assert lost.rule.tolist() == ["quote not in the text"]


def test_one_file_answers_for_its_own_documents_alone(rows):
    options = {"reference": OURS, "documents": TEXTS, "all_documents": True}
    assert check(CLEAN / "news.csv", **options).empty
    assert check(rows.query("document == 'minghu-2024-news'"), **options).empty


def test_without_the_texts_only_rules_on_the_tables_run_and_a_folder_that_is_none_is_said(rows):
    for name in ("numeral-not-accounted-for", "quote-not-in-the-text"):
        assert check(MISTAKES / f"{name}/coded", reference=OURS).empty
    gone = check(rows, reference=OURS, documents="nope")
    assert gone[["file", "rule"]].values.tolist()[0] == ["nope", "no such file"]


def test_a_text_of_excluded_numerals_alone_is_asked_for_too(tmp_path):
    coded = shutil.copytree(CLEAN, tmp_path / "coded")
    excluded = coded / "excluded.csv"
    other = excluded.read_text("utf-8").replace("minghu-2024-plan", "minghu-2024-report")
    excluded.write_text(other, "utf-8")
    found = check(coded, reference=OURS, documents=TEXTS, all_documents=True)
    assert found[["value", "rule"]].values.tolist() == [
        ["minghu-2024-report", "text not found"],
        ["5", "numeral not accounted for"],
    ]


@pytest.mark.parametrize("name", ["unknown-place", "numeral-as-figure-and-excluded"])
def test_rows_that_were_read_before_are_checked_as_their_folder_is(name):
    coded = MISTAKES / name / "coded"
    options = {"documents": TEXTS, "reference": OURS}
    assert check(read_coded(coded), **options).equals(check(coded, **options))


def test_a_frame_of_anyone_is_checked_and_nothing_is_raised(rows):
    assert check(rows.drop(columns="note"), reference=OURS).rule.tolist() == ["missing column"]
    bare = rows.drop(columns=["file", "row"]).assign(n=range(len(rows)), note=None)
    twice = pd.concat([bare, bare.assign(place="mingho")])
    assert set(check(twice, reference=OURS).rule) >= {"unknown place", "two rows with one id"}
    assert check(rows.head(0), reference=OURS).columns.tolist() == name_columns(PROBLEMS)
    guessed = pd.concat(map(pd.read_csv, [CLEAN / "news.csv", CLEAN / "plan.csv"]))
    assert check(guessed, reference=OURS).empty
