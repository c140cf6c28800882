"""What a text says of itself: the row of the table of documents that a draft proposes for it."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from policydata.coder.positions import fold_text
from policydata.coder.sources import guess_day
from policydata.coder.texts import Text
from policydata.columns import name_columns, refuse_all
from policydata.messages import say
from policydata.schema import DOCUMENTS

_LONGEST_TITLE = 60
# The kind of a document by a word of its title, the plainest first.
_KINDS = {
    "工作报告": "work_report",
    "统计公报": "bulletin",
    "公报": "bulletin",
    "发布会": "press_conference",
    "答记者问": "press_conference",
    "专访": "interview",
    "访谈": "interview",
    "规划": "plan",
    "计划": "plan",
    "纲要": "plan",
}

_ALLOWED = "lower-case letters, also digits and hyphens, as in luoyang-2023-plan"
_NO_ID = f'"{{name}}" gives no id for the document; name it with --document ID: {_ALLOWED}.'
_WRONG_ID = f'"{{name}}" is not an id; allowed: {_ALLOWED}.'
_TAKEN_ID = '"{name}" is the id of another text in documents.csv; name this one with --document ID.'


def propose_document(
    text: Text, file: Path, documents: pd.DataFrame, document: str = "", published: str = ""
) -> pd.DataFrame:
    r"""Propose the row of a text in the table of documents; what is not known is blank.

    Parameters
    ----------
    text : Text
        The text.
    file : Path
        Where it was read; its name gives an id if there is no other.
    documents : pandas.DataFrame
        The documents that are known; the one with the checksum of the text is taken as it is.
    document : str, optional
        The id of the document.
    published : str, optional
        Day of publication, ISO 8601.

    Returns
    -------
    pandas.DataFrame
        One row with the columns of the table of documents.

    Raises
    ------
    ValueError
        If no id can be made of the name of the file, or if the id is that of another text.

    Examples
    --------
    >>> text = Text("政府工作报告\n增长7%。", b"")
    >>> known = pd.DataFrame(columns=name_columns(DOCUMENTS), dtype="str")
    >>> row = propose_document(text, Path("Luoyang 2023 Report.txt"), known)
    >>> row.loc[0, ["id", "title_zh", "doc_type"]].tolist()
    ['luoyang-2023-report', '政府工作报告', 'work_report']
    """
    known = documents[documents.sha256.eq(text.checksum)]
    if len(known) and document in ("", known.id.iloc[0]):
        return known.head(1)[name_columns(DOCUMENTS)].reset_index(drop=True)
    name = document or re.sub("[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    others = documents[documents.id.eq(name) & documents.sha256.ne("")]
    refuse_all(_complain(name, document, file, others))
    folded = fold_text(text.text).folded
    title = next((line for line in text.text.splitlines() if line.strip("\ufeff \u3000")), "")
    title = title.strip("\ufeff \u3000")
    row = {
        "id": name,
        "title_zh": title if len(title) <= _LONGEST_TITLE else "",
        "published": published or guess_day(folded),
        "doc_type": next((kind for word, kind in _KINDS.items() if word in title), ""),
        "scope": "full_text",
        "sha256": text.checksum,
    }
    return pd.DataFrame([row], columns=name_columns(DOCUMENTS), dtype="str").fillna("")


def _complain(name: str, document: str, file: Path, others: pd.DataFrame) -> list[str]:
    """Say why an id cannot be that of a new document."""
    # 2026 is all that is left of the name 工作要点2026年.txt.
    has_letter = bool(re.search("[a-z]", name))
    if not document and not has_letter:
        return [say(_NO_ID, name=file.name)]
    if not has_letter or not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", name):
        return [say(_WRONG_ID, name=document)]
    return [say(_TAKEN_ID, name=name)] if len(others) else []
