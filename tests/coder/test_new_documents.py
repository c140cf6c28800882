"""A draft proposes the row of its document; what the text does not say stays blank."""

from pathlib import Path

import pandas as pd
import pytest

from policydata.coder.documents import propose_document
from policydata.coder.texts import Text
from policydata.columns import name_columns
from policydata.schema import DOCUMENTS

TEXT = Text("\ufeff\n洛阳市政府工作报告\n(2024年1月15日)\n增长7%。", b"report")
KNOWN = pd.DataFrame(
    [{"id": "luoyang-2023-plan", "title_zh": "计划", "sha256": "0" * 64}],
    columns=name_columns(DOCUMENTS),
    dtype="str",
).fillna("")


def test_id_title_day_and_kind_are_proposed_with_the_checksum():
    row = propose_document(TEXT, Path("Luoyang 2024_报告.txt"), KNOWN).loc[0]
    assert row[row.ne("")].to_dict() == {
        "id": "luoyang-2024",
        "title_zh": "洛阳市政府工作报告",
        "published": "2024-01-15",
        "doc_type": "work_report",
        "scope": "full_text",
        "sha256": TEXT.checksum,
    }


def test_what_is_told_goes_before_what_the_text_says():
    row = propose_document(TEXT, Path("a.txt"), KNOWN, "luoyang-2024-report", "2024-02-01")
    assert row[["id", "published"]].to_numpy().tolist() == [["luoyang-2024-report", "2024-02-01"]]


def test_a_long_first_line_is_no_title():
    row = propose_document(Text("报告" * 31, b""), Path("a.txt"), KNOWN)
    assert row[["title_zh", "published", "doc_type"]].to_numpy().tolist() == [["", "", ""]]


def test_a_text_that_is_known_keeps_its_row():
    known = KNOWN.assign(sha256=TEXT.checksum)
    assert propose_document(TEXT, Path("other.txt"), known).equals(known)


@pytest.mark.parametrize(
    ("file", "document", "refused"),
    [
        ("报告.txt", "", '^"报告.txt" gives no id for the document; name it with --document ID'),
        (
            "新城2026年工作要点.txt",
            "",
            '^"新城2026年工作要点.txt" gives no id for the document; name it with --document ID',
        ),
        ("a.txt", "2026-1", '^"2026-1" is not an id; allowed: lower-case letters, also digits'),
        ("a.txt", "Luoyang 1", '^"Luoyang 1" is not an id; allowed: lower-case letters'),
        ("luoyang-2023-plan.txt", "", '^"luoyang-2023-plan" is the id of another text'),
    ],
)
def test_an_id_that_cannot_be_is_refused(file, document, refused):
    with pytest.raises(ValueError, match=refused):
        propose_document(TEXT, Path(file), KNOWN, document)
