"""A numeral that is a part of a figure names it by what it says, and gets its number when taken."""

import pytest

from policydata.__main__ import main
from policydata.coder.draft import propose_rows
from policydata.coder.workbook import write_workbook
from policydata.columns import name_columns
from policydata.schema import DRAFT
from typed_set import frame, make_data_set, read_files

NEWS = "minghu-2024-news"
HEADER = "document,quote,occurrence,numeral,reason\n"
OURS = f"{HEADER}{NEWS},超10亿元,1,10,"
PLAN = "minghu-2024-plan,5G信号,1,5,name\n"
UNKNOWN = "part_of:n, or the value_text that one statement of the document has"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Make the data set, and work in its folder."""
    data = make_data_set(tmp_path)
    monkeypatch.chdir(data.root)
    return data


def state(value, place="minghu", n="", period="2024-09", document=NEWS):
    """Decide that a row of a draft is a statement."""
    typed = {"decision": "statement", "document": document, "n": n, "place": place}
    typed |= {"indicator": "gdp", "measure": "level", "status": "outcome", "period": period}
    return typed | {"value_text": value, "quote": f"总值{value}", "occurrence": "1", "coder": "B"}


def exclude(reason, document=NEWS):
    """Decide that a row of a draft is an excluded numeral, a part of another figure."""
    typed = {"decision": "excluded", "document": document, "quote": "超10亿元", "occurrence": "1"}
    return typed | {"numeral": "10", "reason": reason}


def draft(data, *rows):
    """Write a draft on which a person decided."""
    cells = [[row.get(name, "") for name in name_columns(DRAFT)] for row in rows]
    write_workbook(data.root / "draft.xlsx", {"draft": (frame(*cells, columns=DRAFT), DRAFT)})


def take():
    return main(["workbook", "--take", "draft.xlsx"])


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("超10亿元项目占比50%以上,增长7%", ["part_of:50%以上"]),
        ("加快4座500千伏变电站建设,新建2个所", ["part_of:4座"]),
        ("加快4座500千伏变电站和2条线路建设", ["part_of:4座"]),
        ("新建220千伏变电站2座、1个站", ["part_of:2座"]),
        ("占比５０％以上的超10亿元项目3 个", ["part_of:3 个"]),
        ("增长7%。建成500千伏变电站。增长8%", ["part_of"]),
    ],
)
def test_a_draft_names_the_figure_of_a_part_as_it_is_written_in_its_clause(text, reasons):
    rows = propose_rows(text, "luoyang-2024-plan")
    assert [one for one in rows.reason if one.startswith("part_of")] == reasons


def test_a_part_gets_the_number_of_its_figure_and_a_second_take_changes_nothing(data, capsys):
    draft(data, state("90亿元"), exclude("part_of:91亿元"), state("91亿元"))
    for said in (
        f"coded: added 2 ({NEWS}:4, {NEWS}:5)\nexcluded: added 1 ({NEWS}:超10亿元:1:10)\n"
        "3 added, 0 changed, 0 removed in 2 files.\n",
        "Nothing to take: the tables have it all.\n",
    ):
        assert main(["check", "draft.xlsx"]) == 0
        assert "part of no statement" not in capsys.readouterr().out
        assert take() == 0
        assert capsys.readouterr().out == said
        assert read_files(data)["excluded.csv"] == f"{OURS}part_of:5\n{PLAN}"


def test_a_part_of_a_figure_that_is_coded_already_gets_its_number(data, capsys):
    draft(data, state("90亿元"), exclude("part_of:3个百分点"))
    assert main(["check", "draft.xlsx"]) == 0
    assert take() == 0
    assert read_files(data)["excluded.csv"] == f"{OURS}part_of:2\n{PLAN}"


def test_a_number_that_a_person_typed_stays_and_so_does_one_of_the_figure(data, capsys):
    draft(data, state("90亿元", n="7"), state("91亿元"), exclude("part_of:7"))
    assert main(["check", "draft.xlsx"]) == 0
    assert take() == 0
    assert take() == 0
    assert read_files(data)["excluded.csv"] == f"{OURS}part_of:7\n{PLAN}"
    draft(data, state("90亿元", n="7"), state("91亿元"), exclude("part_of:90亿元"))
    assert take() == 0
    assert capsys.readouterr().out.endswith("Nothing to take: the tables have it all.\n")


@pytest.mark.parametrize(
    ("rows", "reason", "allowed"),
    [
        ([state("90亿元")], "part_of:9亿元", f"{UNKNOWN}; nearest: 90亿元"),
        ([state("90亿元")], "part_of:7%以上", UNKNOWN),
        (
            [state("90亿元", n="8"), state("90亿元", n="9", place="lushan")],
            "part_of:90亿元",
            "2 statements have it: part_of:8, part_of:9",
        ),
        (
            [state("90亿元"), state("280个", n="9"), state("91亿元")],
            "part_of:280个",
            "2 statements have it: part_of:1, part_of:9",
        ),
    ],
)
def test_a_part_of_no_figure_or_of_several_is_refused_with_its_cell(
    data, capsys, rows, reason, allowed
):
    draft(data, *rows, exclude(reason))
    before = read_files(data)
    line = f'  draft.xlsx:draft!S{len(rows) + 2}:reason: "{reason}"; allowed: {allowed}'
    for run in (lambda: main(["check", "draft.xlsx"]), take):
        assert run() == 1
        said = capsys.readouterr().out
        assert "part of no statement (error, 1)\n" in said
        assert line in said.splitlines()
    assert read_files(data) == before


def test_of_figures_without_a_number_one_is_numbered_to_be_named(data, capsys):
    rows = [state("90亿元"), state("90亿元", place="lushan"), exclude("part_of:90亿元")]
    draft(data, *rows)
    assert main(["check", "draft.xlsx"]) == 1
    said = "2 statements have it: type a number as n of the one that is meant, then part_of: with"
    assert said in capsys.readouterr().out
    assert take() == 1
    assert "2 statements have it: part_of:4, part_of:5" in capsys.readouterr().out
    draft(data, {**rows[0], "n": "4"}, rows[1], exclude("part_of:4"))
    assert main(["check", "draft.xlsx"]) == 0
    assert take() == 0


def test_in_a_coded_table_a_part_has_a_number(data, capsys):
    (data.coded / "excluded.csv").write_text(f"{OURS}part_of:280个\n", "utf-8")
    assert main(["check"]) == 1
    assert "reason not in the vocabulary (error, 1)" in capsys.readouterr().out


def test_a_name_that_no_figure_has_is_refused_as_such_also_after_an_earlier_take(data, capsys):
    draft(data, state("90亿元"), exclude("part_of:90亿元"))
    assert take() == 0
    draft(data, state("90亿元"), exclude("part_of:92亿元"))
    before = read_files(data)
    assert take() == 1
    said = capsys.readouterr()
    assert f'draft.xlsx:draft!S3:reason: "part_of:92亿元"; allowed: {UNKNOWN}' in said.out
    assert said.err == "policydata workbook: nothing was taken: 1 error.\n"
    assert read_files(data) == before
