"""What differs between two states of the data, and which version that calls for."""

import csv
import io
import json
import subprocess
from collections.abc import Callable

import pandas as pd
import pytest

from policydata.__main__ import main
from policydata.changes import count_rows, describe_changes, find_step, list_changes
from policydata.columns import name_columns
from policydata.datasets import DataSet
from policydata.schema import ALTERED
from policydata.states import read_states
from typed_set import make_data_set

UNITS = "text,symbol,factor\n亩,ha,1/15\n斤,kg,1/2\n"
DOCUMENTS = "id,title_zh,published\nplan-2024,计划,2024\nnews,新闻,2024\n"
HAZARDS = "statement_id,hazard\nplan-2024:1,repeat\n"
STATEMENTS = "statement_id,document,place,low\nplan-2024:1,plan-2024,hebi,7\nnews:1,news,hebi,5\n"
PLACES = "id,code,parent\nhebi,410600,henan\nhenan,410000,\n"


def read(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), dtype="str", keep_default_na=False)


def compare(before: dict[str, str], after: dict[str, str]) -> list[list[str]]:
    """Compare tables that are typed in sight."""
    states = ({name: read(text) for name, text in one.items()} for one in (before, after))
    return list_changes(*states).to_numpy().tolist()


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        (UNITS, []),
        (UNITS.replace("斤,kg,1/2\n", ""), [["units", "斤", "", "removed", "", ""]]),
        (UNITS + "两,kg,1/20\n", [["units", "两", "", "added", "", ""]]),
        (UNITS.replace("1/15", "2/30"), [["units", "亩", "factor", "changed", "1/15", "2/30"]]),
        (UNITS.replace("1/2", ""), [["units", "斤", "factor", "changed", "1/2", ""]]),
        (
            "text,symbol,factor,note\n亩,ha,1/15,a\n斤,kg,1/2,\n",
            [["units", "", "note", "added", "", ""]],
        ),
        ("text,factor\n亩,1/15\n斤,1/2\n", [["units", "", "symbol", "removed", "", ""]]),
        (
            UNITS.replace("symbol", "sign"),
            [["units", "", "sign", "renamed", "symbol", "sign"]],
        ),
        (
            "text,sign,factor\n亩,hm2,1/15\n斤,kg,1/2\n",
            [["units", "", "symbol", "removed", "", ""], ["units", "", "sign", "added", "", ""]],
        ),
        (
            UNITS.replace("text,", "written,"),
            [["units", "", "written", "renamed", "text", "written"]],
        ),
        (
            "text,factor,symbol\n亩,1/15,ha\n斤,1/2,kg\n",
            [["units", "", "factor", "moved", "text symbol factor", "text factor symbol"]],
        ),
        ("text,symbol,factor\n斤,kg,1/2\n亩,ha,1/15\n", []),
    ],
)
def test_rows_cells_and_columns_that_differ_are_listed(after, changes):
    assert compare({"units": UNITS}, {"units": after}) == changes


def test_a_table_that_comes_or_goes_is_one_change():
    assert compare({"units": UNITS}, {"places": PLACES}) == [
        ["units", "", "", "removed", "", ""],
        ["places", "", "", "added", "", ""],
    ]


def test_rows_with_the_same_key_are_told_apart_by_their_number():
    twice = UNITS + "亩,ha,1/16\n"
    assert compare({"units": UNITS}, {"units": twice}) == [["units", "亩#2", "", "added", "", ""]]


def test_a_renamed_document_is_followed_to_its_statements_and_what_refers_to_these():
    before = {"statements": STATEMENTS, "documents": DOCUMENTS, "hazards": HAZARDS}
    after = {name: text.replace("plan-2024", "plan-2025") for name, text in before.items()}
    after["documents"] = after["documents"].replace("计划,2024", "计划,2025")
    assert compare(before, after) == [
        ["statements", "plan-2025:1", "", "renamed", "plan-2024:1", "plan-2025:1"],
        ["documents", "plan-2025", "", "renamed", "plan-2024", "plan-2025"],
        ["documents", "plan-2025", "published", "changed", "2024", "2025"],
        [
            "hazards",
            "plan-2025:1:repeat",
            "",
            "renamed",
            "plan-2024:1:repeat",
            "plan-2025:1:repeat",
        ],
    ]


def test_a_statement_that_is_gone_from_a_renamed_document_is_named_as_it_was():
    before = {"statements": STATEMENTS, "documents": DOCUMENTS}
    after = {"statements": STATEMENTS, "documents": DOCUMENTS.replace("plan-2024", "plan-2025")}
    after["statements"] = STATEMENTS.replace("plan-2024:1,plan-2024,hebi,7\n", "")
    assert compare(before, after)[0] == ["statements", "plan-2024:1", "", "removed", "", ""]


def test_a_renamed_place_is_one_change_wherever_its_id_stands():
    before = {"statements": STATEMENTS, "places": PLACES}
    after = {"statements": STATEMENTS, "places": PLACES.replace("henan", "henan-province")}
    assert compare(before, after) == [
        ["places", "henan-province", "", "renamed", "henan", "henan-province"]
    ]
    after["statements"] = STATEMENTS.replace(",hebi,5", ",kaifeng,5")
    assert ["statements", "news:1", "place", "changed", "hebi", "kaifeng"] in compare(before, after)


def test_a_document_with_a_title_that_another_has_too_is_not_taken_for_it():
    more = DOCUMENTS + "old,新闻,2023\n"
    after = more.replace("news,", "news-1,").replace("old,", "news-2,")
    kinds = [change for *_, change, _, _ in compare({"documents": more}, {"documents": after})]
    assert kinds == ["removed", "removed", "added", "added"]


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ([], ""),
        ([["statements", "plan:1", "value_text", "changed", "7%", "8%"]], "patch"),
        ([["hazards", "plan:1:repeat", "", "removed", "", ""]], "patch"),
        ([["excluded", "plan:5G:1:5", "", "removed", "", ""]], "patch"),
        ([["statements", "plan:2", "", "added", "", ""]], "minor"),
        ([["divisions", "", "", "added", "", ""]], "minor"),
        ([["statements", "plan:2", "", "removed", "", ""]], "major"),
        ([["documents", "plan", "", "renamed", "plans", "plan"]], "major"),
        ([["statements", "", "stretch", "added", "", ""]], "major"),
        ([["hazards", "", "hazard", "removed", "", ""]], "major"),
        ([["hazards", "", "", "removed", "", ""]], "major"),
        ([["units", "", "factor", "moved", "a b", "b a"]], "major"),
        (
            [
                ["statements", "plan:1", "value_text", "changed", "7%", "8%"],
                ["statements", "plan:2", "", "added", "", ""],
            ],
            "minor",
        ),
    ],
)
def test_corrections_are_patches_new_rows_minor_and_names_that_are_gone_major(changes, step):
    assert find_step(pd.DataFrame(changes, columns=name_columns(ALTERED), dtype="str")) == step


def test_rows_are_counted_once_however_many_of_their_cells_changed():
    after = UNITS.replace("ha,1/15", "hm2,2/30") + "两,kg,1/20\n"
    changes = list_changes({"units": read(UNITS)}, {"units": read(after)})
    assert count_rows(changes).to_dict("index") == {
        "units": {"removed": 0, "renamed": 0, "added": 1, "changed": 1}
    }
    assert describe_changes(changes) == [
        "units: added 1 (两); changed 1 (亩); cells: symbol 1, factor 1"
    ]


def ask_git(*call: str) -> str:
    """Ask git, as nobody in particular."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(
        ["git", *who, *call], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL
    ).stdout.strip()


@pytest.fixture
def data(tmp_path, monkeypatch) -> DataSet:
    """A data set of one's own, under version control and beside another, and work in its folder."""
    make_data_set(tmp_path / "theirs")
    data = make_data_set(tmp_path / "ours")
    monkeypatch.chdir(data.root)
    for call in ("init -q", "add .", "commit -q -m first"):
        ask_git(*call.split())
    return data


@pytest.fixture
def edit(data) -> Callable[[str, str, str], None]:
    """Edit a file of the data set."""

    def replace(name: str, old: str, new: str) -> None:
        text = (data.root / name).read_text("utf-8")
        assert old in text
        (data.root / name).write_text(text.replace(old, new), "utf-8")

    return replace


NEWS = (
    "minghu-2024-news,1,minghu,charging_points,level,outcome,2024-09,280个,已有充电桩280个,,1,,A,\n"
)
TOLD = """\
statements: removed 1; added 2; changed 2; cells: note 2, value_text 1, quote 1
hazards: added 1

statements: removed 1
  minghu-2024-news:1

statements: added 2
  minghu-2024-news:4-5

statements: value_text changed 1
  minghu-2024-plan:1: "7%以上" → "8%以上"

statements: quote changed 1
  minghu-2024-plan:1: "生产总值增长7%以上" → "生产总值增长8%以上"

statements: note changed 2
  minghu-2024-news:2, minghu-2024-plan:1: "" → "read again"

hazards: added 1
  minghu-2024-news:2:repeat

These changes call for a major version: columns changed, or ids are gone.
"""


def test_a_working_folder_is_compared_with_a_revision_field_by_field(edit, capsys):
    edit("coded/minghu.csv", "7%以上", "8%以上")
    edit("coded/minghu.csv", "8%以上,,1,,A,", "8%以上,,1,,A,read again")
    edit("coded/minghu.csv", "提高3个百分点,,1,,A,", "提高3个百分点,,1,,A,read again")
    edit("coded/minghu.csv", NEWS, NEWS.replace(",1,", ",4,", 1) + NEWS.replace(",1,", ",5,", 1))
    edit("reference/hazards.csv", "scope\n", "scope\nminghu-2024-news:2,repeat\n")
    assert main(["changes", "HEAD"]) == 0
    assert capsys.readouterr().out == TOLD


def test_statements_are_read_by_document_and_number_whatever_file_they_are_in(data, edit):
    edit("coded/lushan.csv", "minghu-2024-news,3,", "minghu-2024-news,10,")
    edit("coded/minghu.csv", "minghu-2024-news,1,", "minghu-2024-news,11,")
    (state,) = read_states(data)
    assert state["statements"].statement_id.tolist() == [
        *("minghu-2024-news:2", "minghu-2024-news:10", "minghu-2024-news:11"),
        *("minghu-2024-plan:1", "minghu-2024-plan:2"),
    ]


def test_nothing_changed_is_said_too(data, capsys):
    assert main(["changes", "HEAD", "."]) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"


def test_two_folders_are_compared_wherever_they_are(data, tmp_path, capsys, monkeypatch):
    (tmp_path / "theirs/coded/lushan.csv").unlink()
    monkeypatch.chdir(tmp_path)
    assert main(["changes", "theirs", "ours"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "These changes call for a minor version: rows were added, and no id is gone."
    )


def test_a_program_reads_the_changes_as_csv_or_json(edit, capsys):
    edit("reference/places.csv", "明湖市", "明湖区")
    change = ["places", "minghu", "name_zh", "changed", "明湖市", "明湖区"]
    assert main(["changes", "HEAD", "--format", "csv"]) == 0
    rows = [*csv.reader(io.StringIO(capsys.readouterr().out))]
    assert rows == [name_columns(ALTERED), change]
    assert main(["changes", "HEAD", "--format", "json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read == {"step": "patch", "changes": [dict(zip(rows[0], change, strict=True))]}


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ("v9", '"v9" is neither a folder with coded tables nor a revision here: git does not kn'),
        ("coded", '"coded" is neither a folder with coded tables nor a revision here: there is '),
        (
            "reference/hazards.csv",
            '"reference/hazards.csv" is neither a folder with coded tables nor a revision here: it '
            "is a file.",
        ),
        ("HEAD ../nowhere", '"../nowhere" is neither a folder with coded tables nor a revision '),
        ("HEAD^{tree}", '"HEAD^{tree}" is neither a folder with coded tables nor a revision her'),
    ],
)
def test_what_is_neither_a_folder_nor_a_revision_is_said(data, capsys, call, complaint):
    assert main(["changes", *call.split()]) == 2
    assert capsys.readouterr().err.startswith(f"policydata changes: {complaint}")


def test_a_revision_needs_a_data_set_around_history_and_git(data, tmp_path, capsys, monkeypatch):
    refused = 'policydata changes: "HEAD" is neither a folder with coded tables nor a revision here'
    monkeypatch.chdir(tmp_path)
    assert main(["changes", "HEAD", "ours"]) == 2
    assert capsys.readouterr().err == f"{refused}: no data set around this folder.\n"
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path / "theirs")
    assert main(["changes", "HEAD"]) == 2
    assert capsys.readouterr().err.startswith(f"{refused}: not a git repository")
    monkeypatch.setenv("PATH", "")
    assert main(["changes", "HEAD"]) == 2
    assert capsys.readouterr().err == f"{refused}: git is not installed.\n"


def test_a_revision_before_the_first_coded_table_is_refused(data, capsys):
    empty = ask_git("commit-tree", "-m", "empty", ask_git("mktree"))
    assert main(["changes", empty]) == 2
    assert capsys.readouterr().err == (
        f'policydata changes: Revision "{empty}" has no coded tables.\n'
    )


def test_a_table_that_cannot_be_read_is_named(data, capsys):
    (data.reference / "units.csv").write_text("单位\n", "gb18030")
    assert main(["changes", "HEAD"]) == 1
    file = (data.reference / "units.csv").as_posix()
    assert capsys.readouterr().err.startswith(f"policydata changes: {file} cannot be read: ")


def test_the_tidy_table_is_compared_where_both_states_have_it(data, edit, capsys):
    tables = data.root / "tables"
    tables.mkdir()
    row = "statement_id,document,low\nminghu-2024-plan:1,minghu-2024-plan,7\n"
    (tables / "statements.csv").write_text(row)
    assert main(["changes", "HEAD"]) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"
    ask_git("add", "tables")
    ask_git("commit", "-q", "-m", "built")
    edit("tables/statements.csv", "low\n", "low,high\n")
    edit("tables/statements.csv", "plan,7\n", "plan,7.5,8\n")
    assert main(["changes", "HEAD", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "statements,,high,added,,",
        "statements,minghu-2024-plan:1,low,changed,7,7.5",
    ]


def test_a_tidy_table_without_ids_counts_as_none(data, edit, capsys):
    (data.root / "tables").mkdir()
    (data.root / "tables/statements.csv").write_text("id\n")
    ask_git("add", "tables")
    ask_git("commit", "-q", "-m", "damaged")
    edit("coded/minghu.csv", "7%以上,生产总值增长7%", "8%以上,生产总值增长7%")
    assert main(["changes", "HEAD", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "statements,minghu-2024-plan:1,value_text,changed,7%以上,8%以上"
    ]


def test_a_missing_number_is_a_blank_and_no_change():
    before = pd.DataFrame({"statement_id": ["plan:1", "plan:2"], "low": [7.0, None]})
    assert list_changes({"statements": before}, {"statements": before.copy()}).empty
    (change,) = list_changes({"made": before}, {"made": before.head(1)}).to_numpy().tolist()
    assert change[:4] == ["made", "plan:2:", "", "removed"]
