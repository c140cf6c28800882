"""The whole way of a first text: a new data set, a draft, marks, tables, a check, a build."""

from pathlib import Path

import openpyxl
import pytest

from policydata import read_coded
from policydata.__main__ import main
from policydata.coder.draft import propose_rows
from policydata.tables import read_csv

pytestmark = pytest.mark.xdist_group("own data set")

TEXT = """济南市2025年工作要点
2025年1月20日
一、2024年工作回顾
2024年，全市地区生产总值增长5.6%，规上工业增加值增长8.2%。城镇新增就业17.3万人，粮食产量达到286万吨。
高新技术企业总量达到7300家，比2020年翻一番。
二、2025年主要任务
1.确保固定资产投资增长6%以上，社会消费品零售总额增长5%—6%。
2.推进200个省市重点项目，其中超10亿元项目占比50%以上。
3.新建220千伏变电站2座，建设5G基站3600个。
4.力争研发投入强度突破2.8%，居民人均可支配收入增长5.5%左右。
5.新建精品村20—30个，农村生活垃圾无害化处理全覆盖。
（咨询电话：0531-66601234）
"""
# What a person fills in where the draft is blank.
INDICATORS = {
    "翻一番": "high_tech_enterprises",
    "50%以上": "key_project_reserve_large_share",
    "2座": "key_project_count",
    "全覆盖": "rural_waste_treatment_rate",
}
SOURCE = {"title_en": "Report", "publisher": "济南市政府", "doc_type": "work_report"}
LIST = "投资增长7%、工业增长8%、消费增长9%、出口增长6%、进口增长5%、财政收入增长4%"


def mark(file, row_of_document=2):
    """Mark every row of a draft as a person does, and fill in what is blank."""
    book = openpyxl.load_workbook(file)
    sheet, documents = book["draft"], book["documents"]
    for cells in sheet.iter_rows(2):
        row = {str(head.value).split()[0]: cell for head, cell in zip(sheet[1], cells, strict=True)}
        if not row["document"].value:
            continue
        row["decision"].value = "excluded 排除" if row["reason"].value else "statement"
        if not row["reason"].value:
            row["coder"].value = "A"
            row["status"].value = row["status"].value or "target"
            row["period"].value = row["period"].value or "2025"
            row["indicator"].value = row["indicator"].value or INDICATORS.get(
                row["value_text"].value, "fixed_asset_investment"
            )
    heads = [str(cell.value).split()[0] for cell in documents[1]]
    for name, text in {**SOURCE, "reliability": "official"}.items():
        documents.cell(row_of_document, heads.index(name) + 1).value = text
    book.save(file)


def draft(name, text):
    Path(f"texts/{name}.txt").write_text(text, "utf-8")
    assert main(["draft", f"texts/{name}.txt", f"{name}.xlsx"]) == 0
    mark(f"{name}.xlsx")
    return f"{name}.xlsx"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Make a data set of Shandong, and work in it."""
    assert main(["init", str(tmp_path / "shandong"), "--province", "山东"]) == 0
    monkeypatch.chdir(tmp_path / "shandong")
    return tmp_path / "shandong"


def test_a_text_is_drafted_marked_taken_checked_and_built_without_an_error(root, capsys):
    book = draft("jinan-2025-report", TEXT)
    assert main(["check", book]) == 0
    assert capsys.readouterr().out.endswith(
        "16 statements of 1 document: 0 errors, 0 reviews, 16 notes.\n"
    )
    assert main(["workbook", "--take", book]) == 0
    assert capsys.readouterr().out.endswith("35 added, 0 changed, 0 removed in 3 files.\n")
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith(
        "16 statements of 1 document: 0 errors, 0 reviews, 0 notes.\n"
        "1 text: 34 of 34 quotes found, 34 of 34 numerals accounted for.\n"
    )
    excluded = read_csv(root / "coded/excluded.csv")
    parts = excluded[excluded.reason.str.startswith("part_of")]
    assert parts[["numeral", "reason"]].values.tolist() == [
        ["10", "part_of:10"],
        ["220", "part_of:11"],
    ]
    assert main(["workbook", "--take", book]) == 0
    assert capsys.readouterr().out == "Nothing to take: the tables have it all.\n"
    assert main(["build"]) == 0
    assert "1 notebook run, 0 up to date, 1 figure, " in capsys.readouterr().out


def test_rows_that_are_taken_stand_in_order_whatever_was_coded_before(root, capsys):
    for name in ("jinan-2024", "jinan-2025", "aaa", "jinan", "jinan-2024-report"):
        book = draft(name, f"济南市要点\n2025年1月20日\n今年要{LIST}。\n明年要{LIST}。\n")
        assert main(["workbook", "--take", book]) == 0
    # Further rows of a document that has twelve.
    further = openpyxl.load_workbook("jinan-2024.xlsx")
    sheet = further["draft"]
    heads = [str(cell.value).split()[0] for cell in sheet[1]]
    for row in (5, 6):
        sheet.cell(row, heads.index("period") + 1).value = "2027"
        sheet.cell(row, heads.index("n") + 1).value = None
    further.save("further.xlsx")
    assert main(["workbook", "--take", "further.xlsx"]) == 0
    capsys.readouterr()
    assert main(["check", "--documents", "texts"]) == 0
    assert "rows out of order" not in capsys.readouterr().out
    rows = read_coded(root / "coded/jinan.csv")
    assert [*dict.fromkeys(rows.document)] == sorted(rows.document.unique())
    numbers = rows[rows.document.eq("jinan-2024")].n.tolist()
    assert numbers == [str(n) for n in range(1, 15)]


def test_a_list_number_before_an_item_is_no_part_of_its_quote():
    rows = propose_rows(
        "一、粮食产量达到286万吨\n（二）打造品牌学科30个\n2.推进200个重点项目\n", "jinan-2025-plan"
    )
    assert rows[rows.reason.eq("")].quote.tolist() == [
        "粮食产量达到286万吨",
        "打造品牌学科30个",
        "200个重点项目",
    ]


def test_the_year_that_a_doubling_is_compared_with_is_no_number_of_years():
    text = "2025年1月20日\n高新技术企业达到7300家，比2020年翻一番。"
    rows = propose_rows(text, "jinan-2025-plan")
    assert rows[rows.value_text.eq("翻一番")].period.tolist() == [""]
