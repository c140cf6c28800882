"""Characters of typed cells that are mistaken for others, and cells read in a wrong encoding.

A page may have such a character itself, so a person looks again; where the text is given, looking
the quote up decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from policydata.checks.distinct import spread
from policydata.checks.inputs import report
from policydata.checks.marks import Mark, Marks
from policydata.messages import say

# Letters of Chinese pages: Latin ones for pinyin, and a repeated character.
_KNOWN = ("LATIN ", "CJK UNIFIED ", "FULLWIDTH LATIN ", "IDEOGRAPHIC ITERATION ")
_FAMILIAR = {
    **dict(zip("асеорхукАВЕНКМОРСТХУіѕјԁԛԝ", "aceopxykABEHKMOPCTXYisjdqw", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧνοικυρχ", "ABEZHIKMNOPTYXvoikupx", strict=True)),
    **dict(zip("ɑɡı", "agi", strict=True)),
    **dict(zip("ニエロカタハト", "二工口力夕八卜", strict=True)),
}
_RADICALS = ("KANGXI RADICAL ", "CJK RADICAL ")
_LOST = "\ufffd"
# A blank as wide as a character is usual in Chinese titles.
_BLANKS = {" ", "\u3000"}
# Quotes are matched with their text where it is given.
_QUOTED = ("quote", "value_text")
# A sentence of a person's own may have paragraphs.
_WRITTEN_FREELY = ("note", "definition")
# The widths in which a page writes digits, letters and per cent.
_WIDTHS = (("[０-９]", "[0-9]"), ("[Ａ-Ｚａ-ｚ]", "[A-Za-z]"), ("％", "%"))
_FEW = 3


def list_character_problems(
    tables: Mapping[str, pd.DataFrame],
    texts: Mapping[str, str] | None = None,
    mark: Mark = Marks,
) -> pd.DataFrame:
    """List cells of typed tables whose characters are probably not those of the source."""
    found = [
        problems
        for rows in tables.values()
        for column in rows.columns.drop(["file", "row"])
        for problems in _find_in_column(_leave_out(rows, column, texts or {}), column, mark)
    ]
    if "coded" in tables:
        found += _find_other_widths(_leave_out(tables["coded"], "quote", texts or {}), mark)
    return pd.concat([pd.DataFrame(), *found], ignore_index=True)


def _leave_out(rows: pd.DataFrame, column: str, texts: Mapping[str, str]) -> pd.DataFrame:
    """Leave out quotes whose text is given."""
    return rows[~rows.document.isin(texts)] if column in _QUOTED and texts else rows


def _find_in_column(rows: pd.DataFrame, column: str, mark: Mark) -> Iterator[pd.DataFrame]:
    suspects = spread(rows[column], lambda cells: _may_be_wrong(cells, column, mark(cells)))
    if not suspects.any():
        return
    rows = rows[suspects]
    wrong = _map_cells(rows[column], recover_text)
    odd = _map_cells(rows[column], lambda cell: _find_look_alike(cell, column))
    allowed = say("the words of the source, as they are read in the right encoding")
    garbled = rows[wrong.ne("")]
    yield report(garbled, column, "read in a wrong encoding", allowed, wrong[garbled.index])
    alike = rows[odd.ne("") & wrong.eq("")]
    said = [_describe(mark) for mark in odd[alike.index]]
    near = [_name_plain(mark) for mark in odd[alike.index]]
    yield report(alike, column, "look-alike character", said, near)


def _may_be_wrong(cells: pd.Series, column: str, marks: Marks) -> pd.Series:
    """Tell which cells may have a wrong character, by what characters they are made of."""
    known = marks.list_all()
    odd = {mark for mark in known if mark not in _list_plain(column) and _is_look_alike(mark)}
    odd |= {mark for mark in known if "\x80" <= mark <= "\xff"}
    # In a garbled text these begin every third of its bytes.
    foreign = {mark: 1 for mark in known if not mark.isascii()}
    begun = marks.weigh({mark: _count_begun(mark) for mark in foreign})
    begun = begun[begun.ge(_FEW)]
    garbled = begun[begun.ge(Marks(cells[begun.index]).weigh(foreign) / 3)]
    return marks.have(odd) | cells.index.isin(garbled.index)


def _count_begun(mark: str) -> int:
    """Count the bytes of a character in GB 18030 that begin a Chinese character in UTF-8."""
    return sum(0xE4 <= byte <= 0xE9 for byte in mark.encode("gb18030", "ignore"))


def _list_plain(column: str) -> str:
    """List the blanks and line ends that a column may have."""
    return " \n\r" if column in _WRITTEN_FREELY else " "


def _map_cells(cells: pd.Series, judge: Callable[[str], str]) -> pd.Series:
    """Judge each different cell once; most are plain."""
    judged = {cell: judge(cell) for cell in cells.unique()}
    return pd.Series([judged[cell] for cell in cells], cells.index, dtype="str")


def recover_text(cell: str) -> str:
    """Recover a text that was read in a wrong encoding; blank if the cell is probably sound.

    Examples
    --------
    >>> recover_text("鍏ㄥ競鐢熶骇鎬诲€"), recover_text("å…¨å¸‚"), recover_text("全市生产总值")
    ('全市生产总', '全市', '')
    """
    if cell.isascii():
        return ""
    foreign = sum(not mark.isascii() for mark in cell)
    mixed = cell.encode("gb18030", "ignore").decode("utf-8", "ignore")
    western = cell.encode("cp1252", "ignore").decode("utf-8", "ignore")
    latin = cell.encode("latin-1", "ignore").decode("utf-8", "ignore")
    chinese = cell.encode("latin-1", "ignore").decode("gb18030", "ignore")
    is_run = re.search("[\u00a1-\u00ff]{4}", cell) and not re.search("[\u4e00-\u9fff]", cell)
    tried = (
        (mixed, max(_FEW, foreign / 3)),
        (western, 1),
        (latin, 1),
        (chinese, 2 if is_run else foreign + 1),
    )
    return next((text for text, least in tried if _count_chinese(text) >= least), "")


def _count_chinese(text: str) -> int:
    """Count Chinese characters that were not there before: an ASCII text has none to recover."""
    return sum("\u4e00" <= mark <= "\u9fff" for mark in text)


def _find_look_alike(cell: str, column: str) -> str:
    """Find the first character that looks like another one; blank if there is none."""
    plain = _list_plain(column)
    marks = (mark for mark in cell if mark not in plain and _is_look_alike(mark))
    return "" if cell.isascii() and cell.isprintable() else next(marks, "")


def _is_look_alike(mark: str) -> bool:
    name, category = unicodedata.name(mark, ""), unicodedata.category(mark)
    if mark.isascii():
        return mark in "\t\n\r"
    if category in ("Ll", "Lu", "Lo", "Lm", "Lt"):
        return mark in _FAMILIAR or not name.startswith((*_KNOWN, "GREEK "))
    is_blank = category == "Zs" and mark not in _BLANKS
    is_digit = category == "Nd" and not name.startswith("FULLWIDTH ")
    is_nothing = category in ("Co", "Cn", "Cs", "Mn", "Mc") or mark == _LOST
    return is_blank or is_digit or is_nothing or name.startswith(_RADICALS)


def _describe(mark: str) -> str:
    """Name a character that cannot be told by its look."""
    code = f"U+{ord(mark):04X} {unicodedata.name(mark, '')}".rstrip()
    return say("the character of the source, not {code}", code=code)


def _name_plain(mark: str) -> str:
    """Name the character that a look-alike stands for, if it is known."""
    plain = _FAMILIAR.get(mark, unicodedata.normalize("NFKC", mark))
    return "" if plain in (mark, _LOST) else plain.strip() or say("a plain blank")


def _find_other_widths(rows: pd.DataFrame, mark: Mark) -> Iterator[pd.DataFrame]:
    """Find quotes that write a figure wider than most quotes of their document do."""
    known = "".join(mark(rows.quote).list_all())
    for wide, narrow in _WIDTHS:
        if not re.search(wide, known):
            continue
        has_wide, has_narrow = rows.quote.str.contains(wide), rows.quote.str.contains(narrow)
        sums = pd.DataFrame({"wide": has_wide, "narrow": has_narrow}).groupby(rows.document)
        most_are_narrow = sums.narrow.transform("sum") > sums.wide.transform("sum")
        odd = rows[has_wide & most_are_narrow]
        marks = odd.quote.str.extract(f"({wide})", expand=False)
        said, near = map(_describe, marks), map(_name_plain, marks)
        yield report(odd, "quote", "look-alike character", [*said], [*near])
