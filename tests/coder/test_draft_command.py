"""`policydata draft`: a workbook to mark, the text it refers to, a sentence that says so."""

import shutil

import openpyxl
import pytest

from policydata import read_coded
from policydata.__main__ import main
from policydata.tables import read_csv

REFERENCE = "tests/mistakes/reference"
TEXT = """明湖市政府工作报告
2024年1月15日
今年,确保生产总值增长7%以上,力争充电桩达到300个,实现服务站全覆盖。
电话0392-3313875
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give a folder with a data set of one's own, in which the commands run."""
    shutil.copytree(REFERENCE, tmp_path / "reference")
    (tmp_path / "coded").mkdir()
    (tmp_path / "plan.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def draft(*options, text="plan.txt", file="plan.xlsx"):
    return main(["draft", text, file, "--document", "minghu-2024-bulletin", *options])


def read_sheet(file, title):
    """Read the rows of a sheet under their headings, each code without its name."""
    header, *rows = openpyxl.load_workbook(file)[title].iter_rows(values_only=True)
    names = [heading.split()[0] for heading in header]
    return [dict(zip(names, row, strict=True)) for row in rows if any(row)]


def mark(file):
    """Decide as the draft proposes, and sign the statements."""
    book = openpyxl.load_workbook(file)
    sheet = book["draft"]
    at = {cell.value.split()[0]: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, at["numeral"]).value:
            excluded = sheet.cell(row, at["reason"]).value
            sheet.cell(row, at["decision"]).value = "excluded" if excluded else "statement"
            sheet.cell(row, at["coder"]).value = None if excluded else "A"
    known = {"title_en": "Report", "publisher": "明湖市", "reliability": "official"}
    headings = {cell.value.split()[0]: cell.column for cell in book["documents"][1]}
    for name, word in known.items():
        book["documents"].cell(2, headings[name]).value = word
    book.save(file)


def test_a_draft_says_what_it_proposes_and_writes_a_workbook_alone(folder, capsys):
    before = {*folder.iterdir()}
    assert draft() == 0
    assert capsys.readouterr().out == (
        "document minghu-2024-bulletin, place minghu; 8 rows: 3 statements proposed, "
        "5 exclusions proposed, 1 of the statements without a digit "
        "(7 numerals: 2 in statements, 5 excluded); open plan.xlsx and mark each row.\n"
    )
    assert {*folder.iterdir()} - before == {folder / "plan.xlsx"}


def test_it_says_so_in_chinese(folder, capsys):
    assert draft("--lang", "zh") == 0
    assert capsys.readouterr().out == (
        "文件 minghu-2024-bulletin，地区 minghu；共 8 行：建议录为 3 条陈述"
        "（其中 1 条不含阿拉伯数字），建议排除 5 处（7 处数字：陈述 2 处，排除 5 处）；"
        "请打开 plan.xlsx，逐行判定。\n"
    )


def test_a_range_counts_as_two_numerals_of_one_statement(folder, capsys):
    (folder / "plan.txt").write_text("明湖2024年新建20—30个村,实现全覆盖,增长7%", "utf-8")
    assert draft() == 0
    assert "; 4 rows: 3 statements proposed, 1 exclusion proposed, 1 of the statements" in (
        said := capsys.readouterr().out
    )
    assert "(4 numerals: 3 in statements, 1 excluded)" in said


@pytest.mark.parametrize(
    ("text", "options", "named"),
    [
        ("明湖投资5亿元", (), "document plan, place minghu; "),
        ("明湖投资5亿元", ("--place", "芦山市"), "document plan, place lushan; "),
        ("投资5亿元", (), "document plan, no place known (name it with --place ID); "),
    ],
)
def test_the_document_and_its_place_are_named(folder, capsys, text, options, named):
    (folder / "plan.txt").write_text(text, "utf-8")
    assert main(["draft", "plan.txt", "plan.xlsx", *options]) == 0
    assert capsys.readouterr().out.startswith(named)


def test_the_workbook_has_the_draft_its_document_and_what_a_coder_looks_up(folder):
    assert draft() == 0
    book = openpyxl.load_workbook("plan.xlsx")
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        *("draft", "documents", "places", "indicators", "units"),
    ]
    [document] = read_sheet("plan.xlsx", "documents")
    told = [document[name] for name in ("id", "title_zh", "published", "doc_type", "scope")]
    assert [cell.split()[0] for cell in told] == [
        *("minghu-2024-bulletin", "明湖市政府工作报告", "2024-01-15", "work_report", "full_text"),
    ]
    rows = read_sheet("plan.xlsx", "draft")
    assert [row["indicator"].split()[0] for row in rows if row["indicator"]] == [
        *("gdp", "charging_points"),
    ]
    assert {row["decision"] for row in rows} == {None}


def test_a_draft_that_is_marked_is_taken_and_every_quote_and_numeral_is_found(folder, capsys):
    assert draft() == 0
    mark("plan.xlsx")
    book = openpyxl.load_workbook("plan.xlsx")
    at = {cell.value.split()[0]: cell.column for cell in book["draft"][1]}
    for row in book["draft"].iter_rows(min_row=2):
        if row[at["value_text"] - 1].value == "全覆盖":
            # Nobody decided on it, so that it does not count.
            row[at["decision"] - 1].value = None
    book.save("plan.xlsx")
    assert main(["workbook", "--take", "plan.xlsx"]) == 0
    rows = read_coded("coded").query("document == 'minghu-2024-bulletin'")
    assert rows[["n", "place", "value_text", "quote"]].to_numpy().tolist() == [
        ["1", "minghu", "增长7%以上", "生产总值增长7%以上"],
        ["2", "minghu", "达到300个", "充电桩达到300个"],
    ]
    assert len(read_csv(folder / "coded/excluded.csv")) == 5
    capsys.readouterr()
    main(["check", "coded", "--documents", "."])
    assert "1 text: 7 of 7 quotes found, 7 of 7 numerals accounted for.\n" in (
        capsys.readouterr().out
    )


def test_of_another_encoding_the_plain_text_is_written_beside_the_workbook(folder, capsys):
    (folder / "plan.txt").write_bytes(TEXT.encode("gb18030"))
    assert draft() == 0
    said = "plan.txt: read as GB18030; plan-utf8.txt has its plain text, to which quotes and"
    assert capsys.readouterr().out.startswith(said)
    assert (folder / "plan-utf8.txt").read_text("utf-8") == TEXT
    (folder / "page.html").write_text(f"<meta charset=utf-8><p>{TEXT}")
    assert draft(text="page.html", file="page.xlsx") == 0
    assert (folder / "page.txt").read_text("utf-8").startswith("明湖市政府工作报告")


def test_a_text_with_the_pages_of_a_pdf_can_be_drafted(folder):
    (folder / "plan.txt").write_text("2023年\f生产总值\t增长7%\f2023年\f\x07", "utf-8")
    assert draft() == 0
    rows = read_sheet("plan.xlsx", "draft")
    assert [row["quote"] for row in rows] == ["2023年", "增长7%", "2023年"]


def test_nothing_that_is_there_is_written_over(folder, capsys):
    (folder / "plan.xlsx").write_bytes(b"work")
    assert draft() == 2
    refused = "exists; a draft is written over nobody's work: name another file.\n"
    assert capsys.readouterr().err == f'policydata draft: "plan.xlsx" {refused}'
    assert (folder / "plan.xlsx").read_bytes() == b"work"
    (folder / "page.html").write_text("<p>增长5%", "utf-8")
    (folder / "page.txt").write_text("mine")
    assert draft(text="page.html", file="page.xlsx") == 2
    assert capsys.readouterr().err == f'policydata draft: "page.txt" {refused}'
    assert not (folder / "page.xlsx").exists()


@pytest.mark.parametrize(
    ("call", "refused"),
    [
        (["nope.txt", "a.xlsx"], '"nope.txt" is not a file.'),
        (["plan.txt", "a.xls"], '"a.xls" does not end in .xlsx.'),
        (["plan.txt", "nope/a.xlsx"], '"nope" is not a folder.'),
        (["plan.txt", "a.xlsx", "--reference", "nope"], '"nope" is not a folder.'),
        (["plan.txt", "a.xlsx", "--published", "soon"], '"soon" is not a day such as 2023-01-31.'),
        (["plan.txt", "a.xlsx", "--place", "明糊"], '"明糊" is not a known place; nearest: 明湖'),
        (["plan.pdf", "a.xlsx"], '"plan.pdf" is not a text; allowed: .txt, .html, .htm or .docx.'),
        (
            ["报告.txt", "a.xlsx"],
            '"报告.txt" gives no id for the document; name it with --document',
        ),
    ],
)
def test_a_wrong_call_ends_with_2_and_a_sentence(folder, call, refused, capsys):
    (folder / "plan.pdf").write_bytes(b"%PDF")
    (folder / "报告.txt").write_text(TEXT, "utf-8")
    assert main(["draft", *call]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"policydata draft: {refused}")
    assert said.err.count("\n") == 1
    assert not (folder / "a.xlsx").exists()
