"""Ways in which a typed table is damaged, by hand or by a program, at a place that chance names.

A damage of cells gets the lines of a table as cells, header first, and changes them; a damage of
bytes gets the file.  Each returns the lines of the file to which a report may point, none if it can
only point to the file.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from random import Random

Cells = list[list[str]]
Lines = set[int]
OfCells = Callable[[Cells, Random], Lines]
OfBytes = Callable[[bytes, Random], tuple[bytes, Lines]]

# Letters of other scripts that look like these, blanks, and marks that nobody sees.
LETTERS = dict(
    zip(
        "aceopxyABEHKMOPT",
        "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0391\u0392\u0395\u0397\u039a\u041c\u041e\u0420\u0422",
        strict=True,
    )
)
IDEOGRAPHS = dict(
    zip(
        "不六年力立里金工一二人大口土女山日水",
        "\uf967\uf9d1\uf98e\uf98a\uf9f7\uf9e9\uf90a\u2f2f\u2f00\u2f06\u2f08\u2f24\u2f1d\u2f1f\u2f25"
        "\u2f2d\u2f47\u2f54",
        strict=True,
    )
)
INVISIBLE = "\u200b\u00ad\ufe0f\u3164\ufeff\u2060\u200d\u202e\u2066\u180e\u115f\U000e0101\x1f\x7f"
BLANKS = "\u00a0\u2009\u202f\u2007\t"
SMART = {'"': "“", "'": "’", "“": '"', "”": '"', "’": "'", ",": "，", "(": "（", "（": "("}
TRADITIONAL = dict(zip("亿万产国业个达长发总点", "億萬產國業個達長發總點", strict=True))
UNITS = {"亿": "万", "万": "亿", "%": "‰", "吨": "斤", "亩": "公顷", "家": "个"}
BOUNDS = ("以上", "突破", "左右", "超过", "以内", "不低于", "超", "约", "达到", "达")


def write_cells(cells: Iterable[Sequence[str]]) -> bytes:
    """Write a table as the shipped ones are written."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(cells)
    return text.getvalue().encode()


def read_cells(raw: bytes) -> Cells:
    return list(csv.reader(io.StringIO(raw.decode(), newline="")))


def _pick(cells: Cells, chance: Random, fits: Callable[[str], bool] = bool) -> tuple[int, int]:
    """Pick a cell that fits, below the header."""
    places = [
        (row, at)
        for row, line in enumerate(cells[1:], 1)
        for at, cell in enumerate(line)
        if fits(cell)
    ]
    return chance.choice(places) if places else (0, 0)


def _exchange(marks: dict[str, str]) -> OfCells:
    """Make the damage that puts one character of a cell in the place of another."""

    def damage(cells: Cells, chance: Random) -> Lines:
        row, at = _pick(cells, chance, lambda cell: not set(cell).isdisjoint(marks))
        cell = cells[row][at]
        spots = [spot for spot, mark in enumerate(cell) if mark in marks]
        if not spots:
            return set()
        spot = chance.choice(spots)
        cells[row][at] = cell[:spot] + marks[cell[spot]] + cell[spot + 1 :]
        return {row + 1}

    return damage


def _insert(marks: Sequence[str]) -> OfCells:
    """Make the damage that inserts one of some marks anywhere in a cell."""

    def damage(cells: Cells, chance: Random) -> Lines:
        row, at = _pick(cells, chance)
        spot = chance.randint(0, len(cells[row][at]))
        cells[row][at] = cells[row][at][:spot] + chance.choice(marks) + cells[row][at][spot:]
        return {row + 1}

    return damage


def _change(fits: Callable[[str], bool], change: Callable[[str, Random], str]) -> OfCells:
    """Make the damage that changes a cell that fits."""

    def damage(cells: Cells, chance: Random) -> Lines:
        row, at = _pick(cells, chance, fits)
        if not row:
            return set()
        cells[row][at] = change(cells[row][at], chance)
        return {row + 1}

    return damage


def _has_digit(cell: str) -> bool:
    return any(map(str.isdecimal, cell))


def _pick_digit(cell: str, chance: Random) -> int:
    return chance.choice([at for at, mark in enumerate(cell) if mark.isdecimal()])


def _change_digit(cell: str, chance: Random) -> str:
    at = _pick_digit(cell, chance)
    others = [digit for digit in "0123456789" if digit != cell[at]]
    return cell[:at] + chance.choice(others) + cell[at + 1 :]


def _drop_digit(cell: str, chance: Random) -> str:
    at = _pick_digit(cell, chance)
    return cell[:at] + cell[at + 1 :]


def _cut(cell: str, chance: Random) -> str:
    return cell[: chance.randrange(1, len(cell))]


def _drop_bound(cell: str, _: Random) -> str:
    return cell.replace(next(word for word in BOUNDS if word in cell), "", 1)


def _is_id(cell: str) -> bool:
    return cell.isascii() and cell.islower()


def _swap_cells_of_a_row(cells: Cells, chance: Random) -> Lines:
    row = chance.randrange(1, len(cells))
    here, there = chance.sample(range(len(cells[0])), 2)
    cells[row][here], cells[row][there] = cells[row][there], cells[row][here]
    return {row + 1}


def _swap_cells_of_a_column(cells: Cells, chance: Random) -> Lines:
    first, second = chance.sample(range(1, len(cells)), 2)
    at = chance.randrange(len(cells[0]))
    cells[first][at], cells[second][at] = cells[second][at], cells[first][at]
    return {first + 1, second + 1}


def _drop_row(cells: Cells, chance: Random) -> Lines:
    row = chance.randrange(1, len(cells))
    del cells[row]
    return {row, row + 1}


def _double_row(cells: Cells, chance: Random) -> Lines:
    row = chance.randrange(1, len(cells))
    cells.insert(chance.randrange(1, len(cells)), [*cells[row]])
    again = [line for line, one in enumerate(cells, 1) if one == cells[row]]
    return {*again, *(number + 1 for number in again), *(number - 1 for number in again)}


def _move_row(cells: Cells, chance: Random) -> Lines:
    line = cells.pop(chance.randrange(1, len(cells)))
    place = chance.randrange(1, len(cells))
    cells.insert(place, line)
    return {*range(1, len(cells) + 1)}


def _shift_right(cells: Cells, chance: Random) -> Lines:
    row, at = _pick(cells, chance, lambda _: True)
    cells[row] = [*cells[row][:at], "", *cells[row][at:-1]]
    return {row + 1}


def _shift_left(cells: Cells, chance: Random) -> Lines:
    row, at = _pick(cells, chance, lambda _: True)
    cells[row] = [*cells[row][:at], *cells[row][at + 1 :], ""]
    return {row + 1}


def _lose_cell(cells: Cells, chance: Random) -> Lines:
    row, at = _pick(cells, chance, lambda _: True)
    del cells[row][at]
    return {row + 1}


def _gain_cell(cells: Cells, chance: Random) -> Lines:
    row, at = _pick(cells, chance, lambda _: True)
    cells[row].insert(at, chance.choice(["", cells[row][at]]))
    return {row + 1}


def _swap_header(cells: Cells, chance: Random) -> Lines:
    here, there = chance.sample(range(len(cells[0])), 2)
    cells[0][here], cells[0][there] = cells[0][there], cells[0][here]
    return {*range(1, len(cells) + 1)}


def _misspell_header(cells: Cells, chance: Random) -> Lines:
    at = chance.randrange(len(cells[0]))
    name = cells[0][at]
    other = [name.upper(), name[1:], name + " ", name.replace("e", LETTERS["e"], 1), ""]
    cells[0][at] = chance.choice([one for one in other if one != name])
    return {1}


def _drop_column(cells: Cells, chance: Random) -> Lines:
    at = chance.randrange(len(cells[0]))
    for line in cells:
        del line[at]
    return {1}


def _shift_column(cells: Cells, chance: Random) -> Lines:
    """Move one column down by a row, as a cell inserted in a spreadsheet does."""
    at, first = chance.randrange(len(cells[0])), chance.randrange(1, len(cells))
    for row in range(len(cells) - 1, first, -1):
        cells[row][at] = cells[row - 1][at]
    cells[first][at] = ""
    return {*range(first + 1, len(cells) + 1)}


def _put_title_above(cells: Cells, chance: Random) -> Lines:
    cells.insert(0, chance.choice([["2024"], ["表一"], ["", "n"]]))
    return {1}


OF_CELLS: dict[str, OfCells] = {
    "cells of a row swapped": _swap_cells_of_a_row,
    "cells of a column swapped": _swap_cells_of_a_column,
    "row dropped": _drop_row,
    "row doubled": _double_row,
    "row moved": _move_row,
    "row shifted right": _shift_right,
    "row shifted left": _shift_left,
    "column shifted down": _shift_column,
    "cell lost": _lose_cell,
    "cell gained": _gain_cell,
    "names of the header swapped": _swap_header,
    "name of the header misspelt": _misspell_header,
    "column dropped": _drop_column,
    "title above the header": _put_title_above,
    "letter of another script": _exchange(LETTERS),
    "compatibility character": _exchange(IDEOGRAPHS),
    "full-width form": _exchange({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}),
    "quotation mark or comma of another script": _exchange(SMART),
    "Traditional character": _exchange(TRADITIONAL),
    "invisible character": _insert(INVISIBLE),
    "blank of another width": _insert(BLANKS),
    "plain blank": _insert(" "),
    "lost character": _change(
        bool, lambda cell, chance: cell.replace(chance.choice(cell), "\ufffd")
    ),
    "character of private use": _insert("\ue1d6"),
    "line break in a cell": _insert(["\n", "\r", "\r\n", "\u2028"]),
    "accent apart from its letter": _change(
        lambda cell: unicodedata.normalize("NFD", cell) != cell,
        lambda cell, _: unicodedata.normalize("NFD", cell),
    ),
    "case changed": _change(
        _is_id, lambda cell, chance: chance.choice([cell.upper(), cell.capitalize()])
    ),
    "digit changed": _change(_has_digit, _change_digit),
    "digit dropped": _change(_has_digit, _drop_digit),
    "unit changed": _exchange(UNITS),
    "bound word dropped": _change(lambda cell: any(word in cell for word in BOUNDS), _drop_bound),
    "cell blanked": _change(bool, lambda *_: ""),
    "cell cut short": _change(lambda cell: len(cell) > 1, _cut),
}


def _find_line(raw: bytes, at: int) -> Lines:
    line = raw.count(b"\n", 0, at) + 1
    return {line - 1, line, line + 1}


def _truncate(raw: bytes, chance: Random) -> tuple[bytes, Lines]:
    at = chance.randrange(len(raw))
    return raw[:at], _find_line(raw, at)


def _truncate_at_a_line(raw: bytes, chance: Random) -> tuple[bytes, Lines]:
    ends = [at + 1 for at, byte in enumerate(raw[:-1]) if byte == 10]
    at = chance.choice(ends)
    return raw[:at], _find_line(raw, at)


def _change_byte(raw: bytes, chance: Random) -> tuple[bytes, Lines]:
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :], _find_line(raw, at)


def _lose_byte(raw: bytes, chance: Random) -> tuple[bytes, Lines]:
    at = chance.randrange(len(raw))
    return raw[:at] + raw[at + 1 :], _find_line(raw, at)


def _insert_byte(marks: bytes) -> OfBytes:
    def damage(raw: bytes, chance: Random) -> tuple[bytes, Lines]:
        at = chance.randrange(len(raw))
        return raw[:at] + bytes([chance.choice(marks)]) + raw[at:], _find_line(raw, at)

    return damage


def _lose(mark: bytes) -> OfBytes:
    """Make the damage that loses one of some equal bytes."""

    def damage(raw: bytes, chance: Random) -> tuple[bytes, Lines]:
        spots = [at for at, byte in enumerate(raw) if byte == mark[0]]
        at = chance.choice(spots) if spots else len(raw)
        return raw[:at] + raw[at + 1 :], _find_line(raw, at)

    return damage


def _save_as(*encodings: str) -> OfBytes:
    def damage(raw: bytes, chance: Random) -> tuple[bytes, Lines]:
        return raw.decode().encode(chance.choice(encodings), "replace"), set()

    return damage


def _read_as(wrong: str, written: str = "utf-8", errors: str = "replace") -> OfBytes:
    """Make the damage of a program that reads a file in a wrong encoding and saves it as UTF-8."""

    def damage(raw: bytes, chance: Random) -> tuple[bytes, Lines]:
        mistaken = raw.decode().encode(written, "replace").decode(wrong, errors)
        return mistaken.encode(), {*range(1, raw.count(b"\n") + 1)}

    return damage


def _read_cell_as(wrong: str, written: str = "utf-8") -> OfBytes:
    """Make the damage of a cell that was pasted from a window in a wrong encoding."""

    def damage(raw: bytes, chance: Random) -> tuple[bytes, Lines]:
        cells = read_cells(raw)
        row, at = _pick(cells, chance, lambda cell: sum(mark > "\u2e00" for mark in cell) > 3)
        cells[row][at] = cells[row][at].encode(written, "replace").decode(wrong, "replace")
        return write_cells(cells), {row + 1}

    return damage


def _replace(*pairs: tuple[bytes, bytes]) -> OfBytes:
    def damage(raw: bytes, chance: Random) -> tuple[bytes, Lines]:
        return raw.replace(*chance.choice(pairs)), {1}

    return damage


OF_BYTES: dict[str, OfBytes] = {
    "truncated at any byte": _truncate,
    "truncated at the end of a line": _truncate_at_a_line,
    "byte changed": _change_byte,
    "byte lost": _lose_byte,
    "NUL inserted": _insert_byte(b"\0"),
    "quotation mark inserted": _insert_byte(b'"'),
    "quotation mark lost": _lose(b'"'),
    "comma lost": _lose(b","),
    "line end lost": _lose(b"\n"),
    "saved in another encoding": _save_as("gb18030", "big5", "utf-16", "utf-16-le", "utf-8-sig"),
    "UTF-8 read as GB18030": _read_as("gb18030"),
    "UTF-8 read as GB18030, what is odd left out": _read_as("gb18030", errors="ignore"),
    "UTF-8 read as Latin-1": _read_as("latin-1"),
    "UTF-8 read as Windows-1252": _read_as("cp1252"),
    "GB18030 read as Latin-1": _read_as("latin-1", "gb18030"),
    "one cell of UTF-8 read as GB18030": _read_cell_as("gb18030"),
    "one cell of UTF-8 read as Windows-1252": _read_cell_as("cp1252"),
    "one cell of GB18030 read as Latin-1": _read_cell_as("latin-1", "gb18030"),
    "other separator": _replace((b",", b";"), (b",", b"\t"), (b",", "，".encode())),
    "other line ends": _replace((b"\n", b"\r\n"), (b"\n", b"\r")),
    "emptied": lambda raw, chance: (raw[: chance.choice([0, raw.index(b"\n") + 1])], {1}),
}
DAMAGES = [*OF_CELLS, *OF_BYTES]


def damage_table(kind: str, raw: bytes, chance: Random) -> tuple[bytes, Lines]:
    """Damage a table in one way; give its bytes and the lines to which a report may point."""
    if kind in OF_BYTES:
        return OF_BYTES[kind](raw, chance)
    cells = read_cells(raw)
    lines = OF_CELLS[kind](cells, chance)
    return write_cells(cells), lines
