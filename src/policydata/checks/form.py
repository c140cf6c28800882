"""Rules of form for every typed table: cells, ids, keys, order.

A rule returns its problems, table by table; only the given tables are checked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from policydata.checks.distinct import spread
from policydata.checks.inputs import report
from policydata.checks.marks import Mark, Marks
from policydata.coded import list_problems
from policydata.columns import Column
from policydata.messages import say
from policydata.names import INDICATOR, PLACE, fold_name
from policydata.parts import find_named
from policydata.periods import ALLOWED, read_periods
from policydata.problems import find_nearest
from policydata.reading.sheets import make_problem
from policydata.schema import CODED, EXCLUDED, FORMS, POINTERS, REASONS, REFERENCE, SORTED_BY
from policydata.vocabularies import say_words, translate_word

_NUMBERED = "the next free number, which policydata workbook --take gives"
# Controls, joiners, fillers and selectors: nothing of them is seen, and a tab is a blank.
_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff"
)
# What identifies a row: the key first, then its other names.
_NAMES = {
    "documents": ("id", "title_zh", "title_en"),
    "places": PLACE,
    "indicators": INDICATOR,
}
_UNIQUE = (
    ("coded", ["document", "n"], "a number not yet used in the document"),
    ("documents", ["id"], "id not yet used in documents.csv"),
    ("documents", ["sha256"], "sha256 not yet used in documents.csv"),
    ("indicators", ["code"], "code not yet used in indicators.csv"),
    ("places", ["id"], "id not yet used in places.csv"),
    ("places", ["code"], "code not yet used in places.csv"),
    ("units", ["text"], "text not yet used in units.csv"),
    ("hazards", ["statement_id", "hazard"], "a hazard that the statement does not have yet"),
)

# By the form of a column, or by its kind where it has none: rule, what is allowed, expression.
_NUMBER = "[1-9][0-9]*"
_FORMS = {
    "integer": ("not a whole number", "1, 2, 3 …"),
    "address": ("not a web address", "an address that begins with https:// or http://"),
    "checksum": ("not a checksum", "SHA-256: 64 digits of 0 to 9 and a to f"),
    "division_code": ("not a division code", "six digits, GB/T 2260: 410100"),
    "factor": ("not an exact factor", "a whole number or a fraction: 1000, 1/15"),
    "reason": ("reason not in the vocabulary", ""),
}


def list_form_problems(
    tables: Mapping[str, pd.DataFrame],
    reference: Mapping[str, pd.DataFrame],
    mark: Mark = Marks,
) -> pd.DataFrame:
    """List problems of form in typed tables: `coded`, `excluded`, those of `reference`."""
    schemas = {"coded": CODED, "excluded": EXCLUDED, **REFERENCE}
    found = [
        problems
        for name, rows in tables.items()
        for problems in (
            *_find_faulty_cells(rows, schemas[name], mark),
            *_find_unknown_ids(rows, schemas[name], reference),
            *_find_repeated(name, rows),
            *_find_misplaced(name, rows),
            *_find_shared_names(name, rows),
        )
    ]
    return pd.concat([list_problems([]), *found], ignore_index=True)


def list_line_ends(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """List the CSV files whose lines do not end in LF alone; they are read all the same."""
    files = map(Path, pd.concat([table.file for table in tables]).unique())
    wrong = [
        file
        for file in files
        if file.suffix == ".csv" and file.is_file() and not _ends_in_lf(file.read_bytes())
    ]
    allowed = say("LF alone, and one after the last row (policydata format sets them)")
    said = ("line ends", "", allowed)
    return list_problems([make_problem(file.as_posix(), *said) for file in wrong])


def _find_faulty_cells(
    rows: pd.DataFrame, columns: Sequence[Column], mark: Mark
) -> Iterator[pd.DataFrame]:
    for column in columns:
        for rule, allowed, words, is_wrong in _judge(rows[column.name], column, mark):
            if is_wrong.any():
                wrong = rows[is_wrong]
                if column.name == "n" and rule == "blank cell":
                    in_book = wrong.row.str.contains("!")
                    yield report(wrong[in_book], "n", "no number yet", say(_NUMBERED))
                    wrong = wrong[~in_book]
                if column.form == "reason":
                    # A rule of its own looks up what a workbook names by its value_text.
                    in_book = wrong.row.str.contains("!")
                    wrong = wrong[~(in_book & wrong.index.isin(find_named(wrong).index))]
                near = [_suggest_word(value, words, column.name) for value in wrong[column.name]]
                yield report(wrong, column.name, rule, allowed, near)


def _judge(
    cells: pd.Series, column: Column, mark: Mark
) -> Iterator[tuple[str, str, Sequence[str], pd.Series]]:
    """Yield each rule of a column, what it allows, its words, and which of the cells break it."""
    plain = say("no blank at either end and no invisible character")
    yield "hidden character", plain, (), spread(cells, lambda texts: _has_hidden(texts, mark))
    if column.required:
        yield "blank cell", say(column.meaning), (), cells.eq("")
    if words := column.words:
        unknown = ~cells.isin([*words, ""])
        yield (
            "word not in the vocabulary",
            say_words(_name_vocabulary(column), words),
            words,
            unknown,
        )
    if asked := _FORMS.get(column.form or column.kind):
        rule, allowed = asked
        form = FORMS.get(column.form, _NUMBER)
        words = REASONS if column.form == "reason" else ()
        said = say(allowed) if allowed else say_words("reason", [*words, "part_of:n"])
        yield rule, said, words, cells.ne("") & ~cells.str.fullmatch(form)
    if column.name in ("period", "published"):
        readable = spread(cells, lambda texts: read_periods(texts).readable)
        yield "period that is not a period", say(ALLOWED), (), ~readable


def _has_hidden(cells: pd.Series, mark: Mark) -> pd.Series:
    """Tell which cells have a blank at an end or a character that nobody sees."""
    marks = mark(cells)
    known = marks.list_all()
    hidden = marks.have(one for one in known if re.search(f"[{_INVISIBLE}]", one))
    blanks = [one for one in known if one.isspace()]
    return hidden | marks.begin_in(blanks) | marks.end_in(blanks)


def _name_vocabulary(column: Column) -> str:
    """Name the vocabulary of a column; levels of places are not those of problems."""
    return "place_level" if column.name == "level" else column.name


def _suggest_word(value: str, words: Sequence[str], column: str) -> str:
    """Return the word that a person meant in Chinese, or else the nearest words."""
    meant = [word for word in words if translate_word(column, word, "zh") == value]
    return meant[0] if meant else find_nearest(value, words)


def _find_unknown_ids(
    rows: pd.DataFrame, columns: Sequence[Column], reference: Mapping[str, pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    """Find ids that are not in the table to which they refer, and what was probably meant."""
    for column in columns:
        if name := POINTERS.get(column.name):
            key, ids = _NAMES[name][0], rows[column.name]
            unknown = rows[~ids.isin([*reference[name][key].tolist(), ""])]
            near = _suggest_ids(unknown[column.name], reference[name], name)
            allowed = say("{key} in {table}.csv", key=key, table=name)
            yield report(unknown, column.name, f"unknown {name[:-1]}", allowed, near)


def _list_names(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """List every name of a table, one row per name.

    Each has its `column`, what it is `known_as`, folded in width and case, and the `key` of its
    row; names that are keys come first.
    """
    columns = _NAMES[name]
    # Lists that hold one text each can become texts in pandas 3.0 when they come from a column.
    lists = {column: [cell.split("|") for cell in table[column].tolist()] for column in columns}
    parts = [table.assign(column=column, name=lists[column]) for column in columns]
    names = pd.concat(parts).explode("name", ignore_index=True)
    folded = {name: fold_name(name) for name in names.name.unique()}
    names = names.assign(known_as=names.name.map(folded), key=names[columns[0]])
    return names[names.known_as.ne("")]


def _suggest_ids(values: pd.Series, table: pd.DataFrame, name: str) -> list[str]:
    """Return the id that each value names, or else the nearest ids."""
    if values.empty:
        return []
    names = _list_names(table, name)
    ids = dict(zip(names.known_as[::-1], names.key[::-1], strict=True))
    near = {value: _suggest(fold_name(value), ids) for value in values.unique()}
    return [near[value] for value in values]


def _suggest(value: str, ids: Mapping[str, str]) -> str:
    """Return the id of a name, or else the nearest ids, or else the ids of the nearest names."""
    if value in ids:
        return ids[value]
    named = [ids[name] for name in get_close_matches(value, ids, n=3, cutoff=0.5)]
    return find_nearest(value, ids.values()) or say(", ").join(dict.fromkeys(named))


def _find_repeated(name: str, rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for table, keys, allowed in _UNIQUE:
        if table == name:
            unnumbered = rows.row.str.contains("!") & rows[keys[-1]].eq("")
            again = rows[rows.duplicated(keys) & rows[keys].ne("").any(axis=1) & ~unnumbered]
            yield report(again, keys[-1], "two rows with one id", say(allowed))


def _find_misplaced(name: str, rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Find the fewest rows that have to move so that each file is sorted by its key."""
    # In a workbook a person may sort as they like.
    rows = rows[~rows.row.str.contains("!")]
    if not (columns := SORTED_BY.get(name)):
        return
    keys, allowed = rows[columns], say("by {column}", column=columns[0])
    if name == "coded":
        allowed = say("by document, then n (policydata format sorts them)")
    if "n" in keys:
        numbers = spread(keys.n, lambda texts: pd.to_numeric(texts, errors="coerce"))
        keys = keys.assign(n=numbers).dropna()
    if _is_sorted(keys.assign(file=rows.file)[["file", *columns]]):
        return
    for _, part in keys.groupby(rows.file, sort=False):
        near = _name_places(rows.row[part.index], [*part.itertuples(index=False, name=None)])
        misplaced = rows.loc[[*near]]
        yield report(misplaced, columns[-1], "rows out of order", allowed, [*near.values()])


def _is_sorted(keys: pd.DataFrame) -> bool:
    """Tell whether the rows are sorted by all columns, those of each file together."""
    is_same = np.ones(max(len(keys) - 1, 0), dtype="bool")
    for name in keys:
        ranks = spread(keys[name], lambda cells: cells.rank(method="dense"))
        steps = np.diff(ranks)
        if (is_same & (steps < 0)).any():
            return False
        is_same &= steps == 0
    return True


def _name_places(rows: pd.Series, keys: Sequence[Any]) -> dict[Any, str]:
    """Name the place where each misplaced row of a file belongs."""
    kept = _find_longest_rise(keys)
    rising = [keys[position] for position in kept]
    near = {}
    for position in sorted(set(range(len(keys))) - set(kept)):
        place = bisect_right(rising, keys[position])
        beside = rows.iloc[kept[max(place - 1, 0)]]
        near[rows.index[position]] = say(
            "after row {row}" if place else "before row {row}", row=beside
        )
    return near


def _find_longest_rise(keys: Sequence[Any]) -> list[int]:
    """Find the positions of a longest part of the keys that never decreases.

    Of two rows that only changed places the first is kept: keys are read from the end.
    """
    rank = {key: number for number, key in enumerate(sorted(set(keys), reverse=True))}
    # At each length: the rank of the part that begins highest, and its positions as linked pairs.
    first_ranks: list[int] = []
    chains: list[Any] = []
    for position in reversed(range(len(keys))):
        length = bisect_right(first_ranks, rank[keys[position]])
        first_ranks[length : length + 1] = [rank[keys[position]]]
        chains[length : length + 1] = [(position, chains[length - 1] if length else None)]
    found, chain = [], chains[-1] if chains else None
    while chain:
        position, chain = chain
        found.append(position)
    return found


def _find_shared_names(name: str, rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Find names by which two places or two indicators would be known."""
    if name in ("places", "indicators"):
        names = _list_names(rows, name)
        owner = names.groupby("known_as").key.transform("first")
        # A key that is used twice is another problem.
        is_shared = names.key.ne(owner) & ~names.column.isin(["id", "code"])
        shared = names.assign(owner=owner, value=names.name)[is_shared]
        allowed = [say("a name that {owner} does not have", owner=one) for one in shared.owner]
        found = report(shared, "value", "spelling used twice", allowed)
        yield found.assign(column=shared.column)


def _ends_in_lf(raw: bytes) -> bool:
    """Tell whether every line ends in LF alone, and the last one does so once."""
    return b"\r" not in raw and raw.endswith(b"\n") and not raw.endswith(b"\n\n")
