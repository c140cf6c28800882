"""Checks of coded tables: every problem at once, each with its address.

Problems are listed, not raised, and rows are neither changed nor dropped; `CodingError` carries the
problems where clean rows are needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from policydata.checks.evidence import Evidence, list_text_problems, look_up
from policydata.checks.findings import Findings
from policydata.checks.form import list_line_ends
from policydata.checks.inputs import Coding, gather, gather_tables
from policydata.checks.rules import list_coded_problems, list_reference_problems
from policydata.columns import document_columns, name_columns
from policydata.problems import CELL_RULES
from policydata.reading import open_book
from policydata.reading.sheets import Sheet, put_letter
from policydata.schema import PROBLEMS
from policydata.tables import Reference


@document_columns(PROBLEMS)
def check(
    coded: pd.DataFrame | str | Path,
    *,
    documents: str | Path | None = None,
    reference: Reference = None,
    all_documents: bool = False,
) -> pd.DataFrame:
    """List every problem in coded tables, one row per problem.

    Parameters
    ----------
    coded : DataFrame, str or Path
        Rows that `read_coded` returns, or the folder, file or workbook itself, so that files that
        cannot be read are listed too.
    documents : str or Path, optional
        Folder with the texts, which are recognised by their checksums.  Every quote is then looked
        up at its occurrence, and every Arabic numeral of a full text has to be accounted for, by a
        statement or by the `excluded` table beside the coded ones.
    reference : str, Path or mapping of str to DataFrame, optional
        Folder with a `documents.csv`, `hazards.csv`, `indicators.csv`, `places.csv` or `units.csv`
        of your own, or these tables themselves; they are checked too.  By default the folder
        `reference` beside the folder of the coded tables (not used for rows from several such
        folders).  A table that is not found is the shipped one.
    all_documents : bool, default False
        Report a full text that is not in the folder as an error, not as a note.

    Returns
    -------
    pandas.DataFrame
        Empty if there are no problems.  The columns:

        {columns}

    Raises
    ------
    TypeError
        If an argument is not a table or a path.
    ValueError
        If `all_documents` is set without `documents`, or if `reference` has a table with an unknown
        name.

    Examples
    --------
    >>> found = check(pd.DataFrame({"document": ["plan"], "place": ["hebbi"]}))
    >>> found[["level", "rule", "value"]].values.tolist()[0]
    ['error', 'missing column', 'n']
    """
    coding = gather(coded, documents, reference, all_documents=all_documents)
    return _list_all(coding, look_up(coding))


def check_tables(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """List every problem in tables that are read already, one row per problem.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables `coded` and `excluded` and the reference tables, each row with its `file` and
        `row`, and every cell as text.  A reference table without such an address is a shipped one.
    """
    coding = gather_tables(tables)
    return _list_all(coding, look_up(coding))


def find_all(
    coded: Path, documents: Path | None, reference: Path | None, *, all_documents: bool
) -> Findings:
    """List every problem, and count the rows, quotes and numerals that were checked."""
    coding = gather(coded, documents, reference, all_documents=all_documents)
    evidence = look_up(coding)
    problems = _list_all(coding, evidence)
    rows = len(coding.coded), coding.coded.document.nunique()
    if coding.texts is None:
        return Findings(problems, *rows)
    starts = pd.concat([evidence.stated.start, evidence.excluded.start])
    once = int(evidence.numerals.times.eq(1).sum())
    counts = (len(starts), int(starts.notna().sum()), len(evidence.numerals), once)
    return Findings(problems, *rows, len(coding.texts), *counts)


def _list_all(coding: Coding, evidence: Evidence) -> pd.DataFrame:
    """Run every rule; those on the texts only if texts are given."""
    found = [list_reference_problems(coding), list_coded_problems(coding)]
    found += [list_text_problems(coding, evidence)] if coding.texts is not None else []
    found += [list_line_ends([coding.coded, coding.excluded, *coding.own.values()])]
    return _drop_echoes(_name_cells(_join(*found)))


def _join(*found: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(found, ignore_index=True)[name_columns(PROBLEMS)].astype("str")


def _name_cells(problems: pd.DataFrame) -> pd.DataFrame:
    """Name the cell where a row of a workbook has a problem in one column: 郑州!12 is 郑州!H12."""
    is_row = problems.row.str.fullmatch(r".*![0-9]+") & problems.column.ne("")
    rows = problems.loc[is_row, ["file", "row", "column"]]
    letters = {
        (file, sheet.name, name): sheet.letters[place]
        for file in rows.file.unique()
        for sheet in open_book(Path(file))
        if isinstance(sheet, Sheet)
        for place, name in sheet.header.items()
    }
    cells = [
        put_letter(row, letters.get((file, row.rpartition("!")[0], column), ""))
        for file, row, column in rows.itertuples(index=False)
    ]
    return problems.assign(row=problems.row.mask(is_row, pd.Series(cells, rows.index, "str")))


def _drop_echoes(problems: pd.DataFrame) -> pd.DataFrame:
    """Leave out other problems of cells that have to be typed again."""
    cells = problems.file + ":" + problems.row + ":" + problems.column
    is_cell = problems.file.ne("") & problems.row.ne("") & problems.column.ne("")
    typed_again = problems.rule.isin(CELL_RULES)
    is_echo = is_cell & ~typed_again & cells.isin(cells[typed_again])
    return problems[~is_echo].reset_index(drop=True)
