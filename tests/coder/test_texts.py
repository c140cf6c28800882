"""A new text is read as `check` will look it up, or refused in a sentence."""

import re
from hashlib import sha256

import docx
import pytest

from policydata.coder.texts import TextError, read_text

WORDS = "全市粮食产量达到70万吨。"
PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>新闻_某网</title>
<style>p {color: red}</style></head><body><nav>首页 1</nav><!-- 2 -->
<h1>镕城工作报告</h1><p>粮食产
量<b>7</b>万吨,比上年 5%</p>第一<br>第二<script>var a = 3;</script>
<table><tr><td>面积</td><td>50</td></tr></table><footer>ICP 4</footer></body></html>"""


def read(tmp_path, name, raw):
    file = tmp_path / name
    file.write_bytes(raw)
    return read_text(file)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_plain_text_in_utf_8_is_taken_as_it_is_and_so_is_its_checksum(tmp_path, mark):
    raw = mark + f"{WORDS}\r\n".encode()
    text = read(tmp_path, "plan.txt", raw)
    assert (text.raw, text.text, text.done) == (raw, raw.decode(), "")
    assert text.checksum == sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("encoding", "done"),
    [("gb18030", "read as GB18030"), ("utf-16", "read as UTF-16")],
)
def test_another_encoding_is_read_and_the_bytes_are_those_of_utf_8(tmp_path, encoding, done):
    text = read(tmp_path, "plan.TXT", WORDS.encode(encoding))
    assert text == (WORDS, WORDS.encode(), done)


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "UTF-8"), ("gb18030", "GB18030")])
def test_a_byte_that_is_lost_is_shown_and_counted(tmp_path, encoding, name):
    raw = (WORDS * 9).encode(encoding) + b"\xff" + WORDS.encode(encoding)
    text = read(tmp_path, "plan.txt", raw)
    assert text.done == f"read as {name}; 1 character lost"
    assert text.text == f"{WORDS * 9}\ufffd{WORDS}"


def test_of_a_page_the_text_is_read_line_by_line_without_what_surrounds_it(tmp_path):
    text = read(tmp_path, "plan.htm", PAGE.encode("gb18030"))
    assert text.text.split("\n") == [
        *("镕城工作报告", "粮食产量7万吨,比上年 5%", "第一", "第二", "面积 50"),
    ]
    assert (text.raw, text.done) == (text.text.encode(), "read as a web page")


def test_a_page_without_a_heading_keeps_its_title(tmp_path):
    page = "<meta charset=utf-8><title>工作报告</title><p>增长5%"
    assert read(tmp_path, "plan.html", page.encode()).text == "工作报告\n增长5%"


def test_of_a_word_file_paragraphs_and_tables_are_read_in_their_order(tmp_path):
    book = docx.Document()
    book.add_paragraph("目标")
    table = book.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "指标\n数值"
    table.cell(1, 0).text, table.cell(1, 1).text = "产量", "7万吨"
    book.add_paragraph("增长5%")
    book.save(tmp_path / "plan.docx")
    text = read_text(tmp_path / "plan.docx")
    assert (text.text, text.done) == ("目标\n指标 数值\n产量 7万吨\n增长5%", "read as a Word file")


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("plan.pdf", b"%PDF-1.7", "is not a text; allowed: .txt, .html, .htm or .docx."),
        ("plan", b"text", "is not a text; allowed: .txt, .html, .htm or .docx."),
        ("plan.txt", b"\xef\xbb\xbf \r\n", "has no text in it."),
        ("plan.html", b"<p> </p>", "has no text in it."),
        ("plan.txt", b"PK\x03\x04\0\0", "is not a plain text; save it as .txt in UTF-8."),
        ("plan.txt", b"\xff\x80" * 40, "is neither UTF-8 nor GB18030; save it as .txt in UTF-8."),
        ("plan.docx", b"plain", "is not a Word file; save it as .docx or as .txt."),
    ],
)
def test_what_is_not_a_text_is_refused_in_a_sentence(tmp_path, name, raw, reason):
    with pytest.raises(TextError, match=re.escape(f'{name}" {reason}') + "$"):
        read(tmp_path, name, raw)


def test_a_folder_is_refused_too(tmp_path):
    folder = tmp_path / "plan.txt"
    folder.mkdir()
    with pytest.raises(TextError, match="is not a text; allowed"):
        read_text(folder)
