r"""Pairs of target and outcome stand in a table as papers print it, in LaTeX and in HTML.

Every number is followed by spaces as wide as what others have after it: `\phantom{.0}`.
"""

# ruff: noqa: E501 - golden texts stand as they are written.

from __future__ import annotations

from html.parser import HTMLParser
from io import StringIO

import pandas as pd
import pytest

from policydata import compare
from policydata.charts.publication import tabulate_pairs
from rows_in_sight import lay_out, tell

ROWS = tell(
    "plan zhengzhou gdp growth_rate target 2023 7%以上",
    "plan hebi gdp growth_rate target 2023 6.5%左右",
    "plan henan gdp growth_rate target 2023 8%—9%",
    "plan hebi gdp level target 2023 1000亿元",
    "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    "report hebi gdp growth_rate estimate 2023 5%以内",
    "report henan gdp growth_rate outcome 2023 4.1%",
    "report hebi gdp level outcome 2023 1026.5亿元",
    judged=[
        *(("plan:1", "partial_scope"), ("plan:1", "reprint")),
        *(("report:2", "inferred_year"), ("report:4", "partial_scope")),
    ],
)
PAIRS = compare(ROWS)
ENGLISH = r"""\begin{table}
\centering
\caption{Targets \& outcomes}
\label{tab:pairs}
\begin{tabular}{llrrrl}
\toprule
Place & Period & Target & Outcome & Gap & Met? \\
\midrule
\multicolumn{6}{l}{\textit{Product, billion CNY}} \\
Hebi & 2023 & 100\phantom{.00} & 102.65†\phantom{0} & +2.65 & met \\
\addlinespace
\multicolumn{6}{l}{\textit{Product, growth, \%}} \\
Henan & 2023 & 8–9\phantom{.00} & 4.1\phantom{000} & $-$4.4\phantom{0} & missed \\
Zhengzhou & 2023 & $\geq$~7†\phantom{.0} & 7.4\phantom{000} & +0.4\phantom{0} & met \\
Hebi & 2023 & $\approx$~6.5\phantom{0} & $\leq$~5‡§\phantom{.00} & $-$1.5\phantom{0} & missed \\
\bottomrule
\multicolumn{6}{l}{\footnotesize Gap: outcome minus target (the middle of a range); for \%, in percentage points.} \\
\multicolumn{6}{l}{\footnotesize † of partial scope} \\
\multicolumn{6}{l}{\footnotesize ‡ estimate} \\
\multicolumn{6}{l}{\footnotesize § with an inferred year} \\
\end{tabular}
\end{table}
"""
CHINESE = r"""\begin{tabular}{llrrrl}
\toprule
地区 & 期间 & 目标值 & 实际值 & 差值 & 是否完成 \\
\midrule
\multicolumn{6}{l}{\textit{地区生产总值（亿元）}} \\
鹤壁市 & 2023年 & 1000\phantom{.0}\quad \quad \phantom{0} & 1026.5†\quad \quad \phantom{0} & +26.5 & 完成 \\
\addlinespace
\multicolumn{6}{l}{\textit{地区生产总值增速（\%）}} \\
河南省 & 2023年 & 8—9\phantom{.0}\quad \quad \phantom{0} & 4.1\quad \quad \phantom{00} & $-$4.4 & 未完成 \\
郑州市 & 2023年 & 7以上†\phantom{.0} & 7.4\quad \quad \phantom{00} & +0.4 & 完成 \\
鹤壁市 & 2023年 & 6.5左右\phantom{0} & 5以内‡§\phantom{.0} & $-$1.5 & 未完成 \\
\bottomrule
\multicolumn{6}{l}{\footnotesize 差值为实际值减目标值（区间取中值），单位为\%的以百分点计。} \\
\multicolumn{6}{l}{\footnotesize † 仅部分范围} \\
\multicolumn{6}{l}{\footnotesize ‡ 预计值} \\
\multicolumn{6}{l}{\footnotesize § 年份为推断} \\
\end{tabular}
"""
HEADS = "地区 期间 目标值 实际值 差值 是否完成".split()
NOTES = ["差值为实际值减目标值（区间取中值），单位为%的以百分点计。", "† 仅部分范围"]
HOSTILE = r"<b>A&B</b> [x] * 50%_$#{}~^\ {{ a }} &amp;"


class Cells(HTMLParser):
    """The texts of each row of a table, without the spaces that align them, and its scopes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = [[]]
        self.scopes: list[list[str]] = [[]]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            self.scopes.append([])
        elif tag in ("td", "th"):
            self.scopes[-1].append(dict(attrs).get("scope") or tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.rows[-1].append(data.strip().replace("\N{NO-BREAK SPACE}", " "))


def test_latex_has_three_rules_titles_signs_and_notes() -> None:
    written = tabulate_pairs(PAIRS, ROWS, caption="Targets & outcomes", label="tab:pairs")
    assert written == ENGLISH


def test_without_a_caption_latex_is_a_bare_tabular_here_in_chinese() -> None:
    assert tabulate_pairs(PAIRS, ROWS, lang="zh") == CHINESE


def test_html_has_the_same_cells_with_scopes_for_the_ear() -> None:
    pairs = PAIRS[PAIRS.target_id.isin(["plan:1", "plan:4"])]
    read = Cells(tabulate_pairs(pairs, ROWS, lang="zh", format="html", caption="目标"))
    assert read.rows == [
        ["目标"],
        HEADS,
        ["地区生产总值（亿元）"],
        ["鹤壁市", "2023年", "1000", "1026.5†", "+26.5", "完成"],
        ["地区生产总值增速（%）"],
        ["郑州市", "2023年", "7以上†", "7.4", "+0.4", "完成"],
        NOTES,
    ]
    row = ["row", *["td"] * 5]
    assert read.scopes == [[], ["col"] * 6, ["rowgroup"], row, ["rowgroup"], row, ["td"]]


def test_word_learns_encoding_caption_and_rules_from_the_table_itself() -> None:
    written = tabulate_pairs(PAIRS, ROWS, format="html", caption="目标", label="pairs")
    assert written.startswith('<meta charset="utf-8">\n<table lang="en" id="pairs" style="')
    assert ">目标</caption>" in written
    assert written.count("border-top:1.5pt solid") == 7
    assert written.count("border-bottom:0.75pt solid") == 6
    assert not [word for word in ("flex", "class=", "<style") if word in written]


@pytest.mark.parametrize(("column", "times"), [("place_en", 4), ("indicator_en", 2)])
def test_hostile_names_are_text_in_html(column: str, times: int) -> None:
    written = tabulate_pairs(PAIRS.assign(**{column: HOSTILE}), ROWS, format="html")
    assert "<b>" not in written
    assert sum(cell.startswith(HOSTILE) for row in Cells(written).rows for cell in row) == times


def test_hostile_names_are_text_in_latex() -> None:
    pairs = PAIRS.head(1).assign(place_en=HOSTILE)
    first = tabulate_pairs(pairs, ROWS, caption=HOSTILE).splitlines()
    told = (
        r"$<$b$>$A\&B$<$/b$>$ {[}x] {*} 50\%\_\$\#\{\}\textasciitilde \textasciicircum "
        r"\textbackslash \space \{\{ a \}\} \&amp;"
    )
    assert first[2] == rf"\caption{{{told}}}"
    assert first[8].startswith(f"{told} & 2023 & 100 &")


def test_indicators_come_as_given_provinces_first_then_places_as_in_the_yearbook() -> None:
    cells = ["kaifeng 2024", "kaifeng 2023", "hebi 2023", "anhui 2023", "henan 2023"]
    rows = tell(
        *(
            f"{document} {place} {code} growth_rate {status} {year} 7%"
            for document, status in (("plan", "target"), ("report", "outcome"))
            for code in ("gdp", "grain_output")
            for place, year in map(str.split, cells)
        ),
        tables={"places": lay_out("id name_zh name_en", "anhui 安徽省 Anhui\nhebi 鹤壁市 Hebi")},
    )
    read = Cells(tabulate_pairs(compare(rows).iloc[::-1], rows, format="html"))
    order = ["Henan 2023", "Kaifeng 2023", "Kaifeng 2024", "Hebi 2023", "Anhui 2023"]
    listed = [" ".join(row[:2]) for row in read.rows[2:-1]]
    assert listed == ["Grain, growth, %", *order, "Product, growth, %", *order]


def test_own_reference_tables_name_places_and_order_them() -> None:
    places = """
    hebi  鹤壁 Crane province   -
    henan 河南 South prefecture 7
    zhengzhou 郑州 Capital prefecture 6
    """
    own = {"places": lay_out("id name_zh name_en level yearbook_order", places)}
    read = Cells(tabulate_pairs(PAIRS, ROWS, reference=own, format="html"))
    assert [row[0] for row in read.rows if len(row) == 6][2:] == ["Crane", "Capital", "South"]


def test_a_label_alone_makes_a_table_to_refer_to() -> None:
    written = tabulate_pairs(PAIRS, ROWS, label="tab:pairs").splitlines()
    assert written[:4] == ENGLISH.splitlines()[:2] + ENGLISH.splitlines()[3:5]


def test_after_five_reasons_signs_are_doubled() -> None:
    hazards = "partial_scope definition_differs series_break stock_or_flow inferred_year"
    rows = ROWS.assign(hazards=ROWS.hazards.where(ROWS.statement_id.ne("plan:4"), hazards))
    read = Cells(tabulate_pairs(PAIRS, rows, format="html"))
    assert read.rows[3][2] == "100†‡§¶‖"
    assert read.rows[-2][3] == "≤ 5††‖"
    assert read.rows[-1][-1] == "†† estimate"


def test_a_preliminary_outcome_has_a_note_and_an_estimate_has_another() -> None:
    rows = ROWS.assign(hazards=["", "", "", "", "preliminary", "preliminary", "", ""])
    read = Cells(tabulate_pairs(PAIRS, rows, format="html"))
    assert [row[3] for row in read.rows if len(row) == 6][1:] == ["102.65", "4.1", "7.4†", "≤ 5‡"]
    assert read.rows[-1][1:] == ["† preliminary", "‡ estimate"]


def test_hazards_are_looked_up_in_the_shipped_statements_if_none_are_given() -> None:
    pairs = compare(place="luohe", indicator="gdp", year=2023)
    read = Cells(tabulate_pairs(pairs, format="html"))
    assert read.rows[-2] == ["Luohe", "2023", "≥ 7", "5.4†", "−1.6", "missed"]


@pytest.mark.parametrize("format", ["latex", "html"])
def test_a_table_is_the_same_of_rows_read_back(format: str) -> None:
    pairs, rows = (pd.read_csv(StringIO(table.to_csv())) for table in (PAIRS, ROWS))
    assert tabulate_pairs(pairs, rows, format=format) == tabulate_pairs(PAIRS, ROWS, format=format)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"pairs": PAIRS.head(0)}, "No row has a value"),
        ({"format": "docx"}, '"docx" is not a known format; allowed: "latex", "html".'),
        ({"lang": "de"}, '"de" is not a known lang; allowed: "en", "zh".'),
        (
            {"statements": ROWS.head(5)},
            'The statements do not contain "report:2" or "report:3" or "report:4"; '
            "pass those that were compared.",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        tabulate_pairs(**{"pairs": PAIRS, "statements": ROWS} | given)
