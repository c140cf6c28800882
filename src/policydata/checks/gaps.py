"""What is probably missing from a whole data set: a row, the rows of a document."""

from __future__ import annotations

import pandas as pd

from policydata.checks.distinct import release_text
from policydata.checks.inputs import Coding, report
from policydata.messages import say


def list_gaps(coding: Coding) -> pd.DataFrame:
    """List where rows seem to be missing; a part of a coding cannot tell."""
    if not coding.whole or coding.unread.level.eq("error").any():
        return pd.DataFrame()
    return pd.concat([_number_passed_over(coding), _document_without_rows(coding)])


def _number_passed_over(coding: Coding) -> pd.DataFrame:
    """Find rows before which a number of their document is not used."""
    rows = coding.coded[["file", "row", "document", "n"]]
    rows = release_text(rows[rows.n.str.fullmatch("[0-9]{1,9}")])
    rows = rows.assign(number=rows.n.astype("int64")).sort_values(["document", "number"])
    before = rows.groupby("document").number.shift(fill_value=0)
    rows = rows.assign(first=before + 1)[rows.number > before + 1]
    allowed = [
        say("every number from 1; look whether row {first} is lost, or was taken out", first=first)
        for first in rows["first"]
    ]
    return report(rows, "n", "number passed over", allowed)


def _document_without_rows(coding: Coding) -> pd.DataFrame:
    if not coding.data_set or "documents" not in coding.own:
        return pd.DataFrame()
    rows = coding.own["documents"]
    rows = rows[~rows.id.isin([*coding.coded.document.unique(), *coding.excluded.document, ""])]
    allowed = say("a document of coded rows; look whether its rows are lost, or still to be coded")
    return report(rows, "id", "document without rows", allowed)
