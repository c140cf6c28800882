"""Headings and cells of a coder's workbook that carry a name beside the code: `target 目标`.

Only workbooks are read so, and only where the code is known: what may be meant otherwise stays as
it is, and a check shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from policydata.columns import Column, name_columns
from policydata.problems import find_nearest
from policydata.reading.cells import Cell, show
from policydata.reading.sheets import Problem, Sheet, find_header, make_problem
from policydata.schema import CODED, EXCLUDED, REASONS, REFERENCE
from policydata.vocabularies import say_words

# Hidden sheets of a workbook that the package wrote: what feeds its lists, and what it was made of.
LISTS, BASE = "lists", "base"
# What a person decided on a numeral of a draft, and the table where it belongs.
DECISION = "decision"
DECIDED = {"statement": CODED, "excluded": EXCLUDED}
# Columns that hold the key of a reference table.
POINTERS = {
    "document": ("documents", "id"),
    "place": ("places", "id"),
    "parent": ("places", "id"),
    "indicator": ("indicators", "code"),
}
_TABLES = (CODED, EXCLUDED, *REFERENCE.values())
Known = Mapping[str, frozenset[str]]


def read_labels(opened: Sequence[Sheet | Problem]) -> list[Sheet | Problem]:
    """Read the labels of all sheets of a workbook as the codes that they begin with."""
    is_ours = any(isinstance(one, Sheet) and one.hidden and one.name == LISTS for one in opened)
    headed = [
        replace(_read_headings(one), ours=is_ours) if isinstance(one, Sheet) else one
        for one in opened
    ]
    sheets = [one for one in headed if isinstance(one, Sheet)]
    known = _list_known({one.name.casefold(): one for one in sheets})
    return [_read_codes(one, known) if isinstance(one, Sheet) else one for one in headed]


def cut_label(text: str, known: frozenset[str]) -> str:
    """Return the code that a label begins with; a text that is known, or no label, stays.

    Examples
    --------
    >>> words = frozenset(["target", "outcome"])
    >>> [cut_label(text, words) for text in ("target 目标", "target", "aim 目标")]
    ['target', 'target', 'aim 目标']
    """
    code, blank, _ = text.partition(" ")
    return code if blank and code in known and text not in known else text


def is_beside(sheet: Sheet) -> bool:
    """Tell whether a sheet of a workbook holds no coded rows: a table beside them, or a list."""
    columns = REFERENCE.get(sheet.name.casefold())
    is_table = columns is not None and bool(find_header(sheet, columns))
    return is_table or (sheet.ours and sheet.hidden and sheet.name in (LISTS, BASE))


def is_draft(sheet: Sheet) -> bool:
    """Tell whether a sheet holds numerals of a text, of which a person decides what they are."""
    return DECISION in sheet.header.values() and bool(find_header(sheet, CODED))


def take_decided(sheet: Sheet, columns: Sequence[Column]) -> Sheet:
    """Take the rows of a draft that a person decided on, as a sheet of the table they belong to.

    Any other sheet is taken as it is.
    """
    if not is_draft(sheet) or columns not in DECIDED.values():
        return sheet
    places = {name: at for at, name in sheet.header.items()}
    # In the order of their table; the letters are those of the sheet.
    wanted = dict(enumerate((places[one] for one in name_columns(columns) if one in places), 1))
    first, *others = sheet.filled
    kept = [row for row in others if _is_decided(sheet.rows[row].get(places[DECISION]), columns)]
    rows = {
        row: {place: sheet.rows[row].get(at, "") for place, at in wanted.items()}
        for row in (first, *kept)
    }
    letters = {place: sheet.letters.get(at, "") for place, at in wanted.items()}
    hidden = frozenset(place for place, at in wanted.items() if at in sheet.hidden_columns)
    decided = replace(sheet, rows=rows, height=max(rows), width=len(wanted))
    return replace(decided, letters=letters, hidden_columns=hidden)


def list_wrong_decisions(sheet: Sheet) -> list[Problem]:
    """List the decisions of a draft that are neither blank nor known; none for another sheet."""
    place = next((at for at, name in sheet.header.items() if name == DECISION), 0)
    if not is_draft(sheet):
        return []
    rows = [(row, show(sheet.rows[row].get(place, ""))) for row in sheet.filled[1:]]
    rule, allowed = "word not in the vocabulary", say_words(DECISION, DECIDED)
    return [
        make_problem(
            *(sheet.file, rule, word, allowed, find_nearest(word, DECIDED)),
            *(sheet.name_cell(row, place), DECISION),
        )
        for row, word in rows
        if word.strip() and word not in DECIDED
    ]


def _is_decided(cell: Cell | None, columns: Sequence[Column]) -> bool:
    return cell is not None and DECIDED.get(show(cell)) is columns


def _read_headings(sheet: Sheet) -> Sheet:
    """Read headings such as `status 状态`; a name in Latin letters beside a word is no label."""
    names = frozenset(name for table in _TABLES for name in name_columns(table)) | {DECISION}
    if not sheet.filled:
        return sheet
    first = sheet.filled[0]
    cells = {
        at: cut_label(cell, names)
        if isinstance(cell, str) and not cell.partition(" ")[2].isascii()
        else cell
        for at, cell in sheet.rows[first].items()
    }
    return replace(sheet, rows={**sheet.rows, first: cells})


def _list_known(sheets: Mapping[str, Sheet]) -> Known:
    """List, by column, the words of its vocabulary, or the codes of a sheet of the workbook."""
    known = {
        column.name: frozenset(column.words or (REASONS if column.form == "reason" else ()))
        for table in _TABLES
        for column in table
    }
    known[DECISION] = frozenset(DECIDED)
    for column, (name, key) in POINTERS.items():
        known[column] = frozenset(_list_codes(sheets[name], key)) if name in sheets else frozenset()
    return {name: words for name, words in known.items() if words}


def _list_codes(sheet: Sheet, key: str) -> list[str]:
    place = next((at for at, name in sheet.header.items() if name == key), 0)
    return [show(sheet.rows[row].get(place, "")) for row in sheet.filled[1:]]


def _read_codes(sheet: Sheet, known: Known) -> Sheet:
    """Read the labels in the columns of a typed table; other sheets stay as they are."""
    if not any(find_header(sheet, table) for table in _TABLES):
        return sheet
    words = {at: known[name] for at, name in sheet.header.items() if name in known}
    first = sheet.filled[0]
    rows = {
        row: cells
        if row == first
        else {
            at: cut_label(cell, words[at]) if at in words and isinstance(cell, str) else cell
            for at, cell in cells.items()
        }
        for row, cells in sheet.rows.items()
    }
    return replace(sheet, rows=rows)
