"""A workbook taken back: whole or not at all, and what both sides changed is refused."""

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydata import check
from policydata.__main__ import main
from policydata.coder.sheets import lay_out, read_typed
from policydata.coder.taking import take_workbook
from policydata.coder.workbook import write_workbook
from policydata.columns import Column, name_columns
from policydata.schema import CODED, DOCUMENTS, REASONS
from policydata.writing import write_together
from typed_set import (
    EXCLUDED,
    HEADER,
    LUSHAN,
    MINGHU,
    add_row,
    edit,
    frame,
    make_data_set,
    read_files,
    write_book,
)

NEW = "minghu-2024-news - lushan gdp level outcome 2024-06 90亿元 生产总值90亿元 - 1 - B -".split()
NEWS = "minghu-2024-news,4,lushan,gdp,level,outcome,2024-06,90亿元,生产总值90亿元,,1,,B,\n"
NOTHING = "Nothing to take: the tables have it all.\n"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Make the data set, and work in its folder."""
    data = make_data_set(tmp_path)
    monkeypatch.chdir(data.root)
    return data


@pytest.fixture
def book(data):
    """Write its workbook."""
    return write_book(data, data.root / "coding.xlsx")


def take(book, *options):
    """Take a workbook back as a person does; give the status."""
    return main(["workbook", "--take", str(book), *options])


def delete_row(file, sheet, row):
    book = openpyxl.load_workbook(file)
    book[sheet].delete_rows(row)
    book.save(file)


def rewrite(data, name, old, new):
    """Change a coded table by hand."""
    file = data.coded / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_workbook_that_nobody_edited_changes_nothing(data, book, capsys):
    before = read_files(data)
    assert take(book) == 0
    assert capsys.readouterr().out == NOTHING
    assert read_files(data) == before


def test_added_changed_and_removed_rows_come_into_the_tables_of_their_places(data, book, capsys):
    before = read_files(data)
    add_row(book, "明湖", *NEW)
    edit(book, sheet="明湖", N3="seen twice")
    delete_row(book, "明湖", 5)
    assert take(book) == 0
    assert capsys.readouterr().out == (
        "coded: added 1 (minghu-2024-news:4); changed 1 (minghu-2024-news:2); "
        "removed 1 (minghu-2024-plan:2)\n"
        "1 added, 1 changed, 1 removed in 2 files.\n"
    )
    lines = MINGHU.splitlines(keepends=True)
    expected = before | {
        "minghu.csv": "".join([*lines[:2], lines[2].replace(",A,", ",A,seen twice"), lines[3]]),
        "lushan.csv": LUSHAN + NEWS,
    }
    assert read_files(data) == expected
    assert take(book) == 0
    assert capsys.readouterr().out == NOTHING
    assert read_files(data) == expected


def test_a_row_whose_place_changes_moves_to_the_table_of_its_place(data, book):
    edit(book, sheet="芦山市", C2="minghu Minghu")
    assert take(book) == 0
    moved = LUSHAN.removeprefix(HEADER).replace("lushan", "minghu")
    lines = MINGHU.splitlines(keepends=True)
    assert read_files(data)["minghu.csv"] == "".join([*lines[:3], moved, *lines[3:]])
    assert read_files(data)["lushan.csv"] == HEADER


def test_a_row_of_a_table_that_is_not_named_for_its_place_stays_there(data):
    (data.coded / "lushan.csv").rename(data.coded / "news.csv")
    book = write_book(data, data.root / "coding.xlsx")
    edit(book, sheet="芦山市", N2="a note")
    assert take(book) == 0
    assert read_files(data)["news.csv"] == LUSHAN.replace(",A,", ",A,a note")


def test_added_documents_hazards_and_numerals_find_their_place_in_their_tables(data, book, capsys):
    document = ["minghu-2024-open-letter", "公开信", "Letter", "tests", "2024", "-", "news"]
    add_row(book, "documents", *document, "excerpt", "news")
    add_row(book, "hazards", "minghu-2024-plan:1", "inferred_year")
    add_row(book, "hazards", "minghu-2024-news:1", "inferred_year")
    add_row(book, "excluded", "minghu-2024-news", "第3期", "1", "3", "ordinal")
    before = read_files(data)
    assert take(book) == 0
    after = read_files(data)
    ids = [line.partition(",")[0] for line in after["documents.csv"].splitlines()]
    assert ids == ["id", "minghu-2024-news", document[0], "minghu-2024-plan", "minghu-2024-report"]
    assert after["hazards.csv"] == (
        "statement_id,hazard\nminghu-2024-news:1,partial_scope\n"
        "minghu-2024-news:1,inferred_year\nminghu-2024-plan:1,inferred_year\n"
    )
    header, plan = EXCLUDED.splitlines(keepends=True)
    assert after["excluded.csv"] == f"{header}minghu-2024-news,第3期,1,3,ordinal\n{plan}"
    assert {name for name in after if after[name] != before[name]} == {
        *("documents.csv", "hazards.csv", "excluded.csv")
    }
    assert "documents: added 1 (minghu-2024-open-letter)\n" in capsys.readouterr().out


def test_a_number_that_was_ever_used_is_not_given_again(data, book):
    delete_row(book, "明湖", 5)
    for value in ("8亿元", "9亿元"):
        row = f"minghu-2024-plan - minghu gdp level target 2024 {value} 总值{value} - 1 - A -"
        add_row(book, "明湖", *row.split())
    assert take(book) == 0
    numbers = [line.split(",")[1] for line in read_files(data)["minghu.csv"].splitlines()[3:]]
    assert numbers == ["1", "3", "4"]


def test_a_row_that_was_numbered_before_keeps_its_number_and_the_next_follows(data, book):
    add_row(book, "明湖", *NEW)
    assert take(book) == 0
    another = " ".join(NEW).replace("90亿元 生产总值90亿元", "91亿元 总值91亿元")
    add_row(book, "明湖", *another.split())
    assert take(book) == 0
    added = NEWS.replace(",4,", ",5,").replace("90亿元,生产总值90亿元", "91亿元,总值91亿元")
    assert read_files(data)["lushan.csv"] == LUSHAN + NEWS + added


def test_what_the_tables_changed_since_is_kept_and_counted(data, book, capsys):
    rewrite(data, "minghu.csv", ",A,\nminghu-2024-news,2", ",A,by hand\nminghu-2024-news,2")
    rewrite(data, "lushan.csv", LUSHAN, HEADER)
    added = "minghu-2024-news,9,minghu,gdp,level,outcome,2024,7亿元,总值7亿元,,1,,A,\n"
    rewrite(data, "minghu.csv", "minghu-2024-plan,1", f"{added}minghu-2024-plan,1")
    before = read_files(data)
    assert take(book) == 0
    kept = "coded: changed in the tables since the workbook was written, and kept: 2 "
    assert capsys.readouterr().out == f"{kept}(minghu-2024-news:1, minghu-2024-news:3)\n{NOTHING}"
    assert read_files(data) == before


@pytest.mark.parametrize("removed", [False, True])
def test_a_row_that_both_changed_is_refused_with_both_addresses(data, book, capsys, removed):
    edit(book, sheet="芦山市", N2="in Excel")
    rewrite(data, "lushan.csv", LUSHAN, HEADER if removed else LUSHAN.replace("90个", "91个"))
    edit(book, sheet="明湖", N2="another row")
    before = read_files(data)
    assert take(book) == 1
    table = "(no longer there)" if removed else "coded/lushan.csv:2"
    assert capsys.readouterr().err.startswith(
        f"policydata workbook: minghu-2024-news:3: {book}:芦山市!2 and {table} were both changed"
    )
    assert read_files(data) == before


def test_a_change_that_both_made_alike_is_no_conflict(data, book, capsys):
    edit(book, sheet="芦山市", N2="a note")
    rewrite(data, "lushan.csv", ",A,\n", ",A,a note\n")
    assert take(book) == 0
    assert capsys.readouterr().out == NOTHING


def test_with_an_error_nothing_is_taken_and_its_cell_is_named(data, book, capsys):
    edit(book, sheet="明湖", F2="outcom")
    edit(book, sheet="芦山市", N2="a good note")
    before = read_files(data)
    assert take(book) == 1
    said = capsys.readouterr()
    assert f"{book}:明湖!F2" in said.out and "outcome" in said.out
    assert said.err == "policydata workbook: nothing was taken: 1 error.\n"
    assert read_files(data) == before


def test_a_review_of_a_row_that_changed_is_shown_and_does_not_refuse(data, book, capsys):
    edit(book, sheet="明湖", G2="2025", N3="seen twice")
    assert take(book) == 0
    said = capsys.readouterr().out
    assert "outcome after publication (review, 1)" in said and f"{book}:明湖!G2" in said
    assert said.endswith("0 added, 2 changed, 0 removed in 1 file.\n")


def test_rows_of_a_sheet_that_is_not_there_are_left_as_they_are(data, book, capsys):
    workbook = openpyxl.load_workbook(book)
    del workbook["芦山市"], workbook["hazards"]
    workbook.save(book)
    before = read_files(data)
    assert take(book) == 0
    left = (
        "coded: without their sheet in the workbook, and left as they are: 1 (minghu-2024-news:3)"
    )
    assert capsys.readouterr().out == f"{left}\n{NOTHING}"
    assert read_files(data) == before


def test_a_workbook_of_another_may_add_rows_and_repeat_equal_ones(data, capsys):
    first = LUSHAN.splitlines()[1].split(",")
    new = ["" if cell == "-" else cell for cell in NEW]
    book = data.root / "theirs.xlsx"
    write_workbook(book, {"芦山": (frame(first, new), CODED)})
    assert take(book) == 0
    assert read_files(data)["lushan.csv"] == LUSHAN + NEWS
    assert read_files(data)["minghu.csv"] == MINGHU
    capsys.readouterr()
    write_workbook(book, {"芦山": (frame([*first[:13], "other"]), CODED)})
    assert take(book) == 1
    said = capsys.readouterr().err
    assert f"minghu-2024-news:3: {book}:芦山!2 differs from coded/lushan.csv:2; " in said


DRAFT = (
    Column("decision", "", required=False),
    Column("context", "", required=False),
    *CODED,
    Column("reason", "", required=False, words=REASONS),
    Column("numeral", "", required=False),
)


def test_of_a_draft_the_decided_rows_are_added_once_and_the_others_counted(data, capsys):
    document = "minghu-2025-news 新闻 News tests 2025 - news excerpt news - - - -"
    figure = "statement … minghu-2025-news - minghu gdp level target 2025 8亿元 总值8亿元 - 1 - A -"
    rows = [f"{figure} - -", f"{figure.replace('statement', '-')} - -"]
    rows.append("excluded … minghu-2025-news - - - - - - - 第3期 - 1 - - - ordinal 3")
    cells = [["" if cell == "-" else cell for cell in row.split()] for row in rows]
    book = data.root / "draft.xlsx"
    draft = frame(*cells, columns=DRAFT)
    documents = frame(["" if c == "-" else c for c in document.split()], columns=DOCUMENTS)
    write_workbook(book, {"draft": (draft, DRAFT), "documents": (documents, DOCUMENTS)})
    for said in (
        "coded: added 1 (minghu-2025-news:1)\n"
        "excluded: added 1 (minghu-2025-news:第3期:1:3)\n"
        "documents: added 1 (minghu-2025-news)\n"
        "draft: 1 row undecided, left out.\n"
        "3 added, 0 changed, 0 removed in 3 files.\n",
        f"draft: 1 row undecided, left out.\n{NOTHING}",
    ):
        assert take(book) == 0
        assert capsys.readouterr().out == said
    last = "minghu-2025-news,1,minghu,gdp,level,target,2025,8亿元,总值8亿元,,1,,A,\n"
    assert read_files(data)["minghu.csv"] == MINGHU + last


def test_a_fault_in_a_draft_is_named_by_its_own_cell(data):
    figure = "statement … minghu-2024-plan 1 minghu gdp level target 2024 8亿元 总值8亿元 - 1 - A -"
    rows = [f"{figure} - -", "excluded … minghu-2024-plan - - - - - - - 第3期 - 1 - - - ordinals 3"]
    cells = [["" if cell == "-" else cell for cell in row.split()] for row in rows]
    book = data.root / "draft.xlsx"
    write_workbook(book, {"draft": (frame(*cells, columns=DRAFT), DRAFT)})
    found = check(book, reference=data.reference)[["row", "column", "rule"]].values.tolist()
    assert found == [["draft!Q3", "reason", "reason not in the vocabulary"]]


def test_a_decision_that_is_not_known_is_refused_with_its_cell(data, capsys):
    figure = (
        "statment … minghu-2024-news - minghu gdp level target 2025 8亿元 总值8亿元 - 1 - A - - -"
    )
    cells = ["" if cell == "-" else cell for cell in figure.split()]
    book = data.root / "draft.xlsx"
    write_workbook(book, {"draft": (frame(cells, columns=DRAFT), DRAFT)})
    assert take(book) == 1
    said = capsys.readouterr().err
    assert "draft!A2" in said and '"statment"' in said and "nearest: statement" in said


def test_a_new_data_set_is_coded_in_its_first_workbook(data, capsys):
    for file in data.coded.iterdir():
        file.unlink()
    (data.reference / "hazards.csv").unlink()
    book = write_book(data, data.root / "coding.xlsx")
    add_row(book, "芦山市", *NEW)
    assert take(book) == 0
    tables = {"documents.csv", "indicators.csv", "places.csv", "units.csv"}
    assert {*read_files(data)} == {"lushan.csv", *tables}
    assert read_files(data)["lushan.csv"] == HEADER + NEWS.replace(",4,", ",1,")


CELL = st.text(st.sampled_from('中文，"=,+-@0\n\t x'), max_size=6)


@settings(max_examples=25)
@given(notes=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4))
def test_tables_that_go_through_a_workbook_are_the_same_to_the_byte(tmp_path_factory, notes):
    data = make_data_set(tmp_path_factory.mktemp("set"))
    rows = [
        [
            *("minghu-2024-plan", str(n), place, "gdp", "level", "target", period, "7", quote),
            *("", "1", "", "A", note),
        ]
        for n, (period, quote, note) in enumerate(notes, 1)
        for place in (("minghu", "lushan")[n % 2],)
    ]
    book = data.root / "all.xlsx"
    write_workbook(book, {"all": (frame(*rows), CODED)})
    for file in data.coded.iterdir():
        file.write_text(file.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    if any("\n" in period.strip() for period, _, _ in notes):
        return
    write_together(take_workbook(book, data).files)
    typed = read_typed(data)["coded"][name_columns(CODED)]
    assert sorted(typed.values.tolist()) == sorted(rows)
    before = read_files(data)
    again = data.root / "again.xlsx"
    write_workbook(again, lay_out(read_typed(data)))
    for file in data.coded.glob("[lm]*.csv"):
        file.write_text(HEADER, "utf-8")
    write_together(take_workbook(again, data).files)
    assert read_files(data) == before
