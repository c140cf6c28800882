"""The characters of many cells at once, as numbers in a row: which occur, and in which cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LAST = 0x110000


class Marks:
    """The characters of many cells, and where each cell ends."""

    def __init__(self, cells: pd.Series) -> None:
        texts = cells.tolist()
        joined = "".join(texts)
        code, width = ("ascii", "uint8") if joined.isascii() else ("utf-32-le", "uint32")
        self._marks = np.frombuffer(joined.encode(code, "surrogatepass"), dtype=width)
        self._ends = np.append(0, np.fromiter(map(len, texts), "int64", len(texts)).cumsum())
        self._index = cells.index

    def list_all(self) -> frozenset[str]:
        """List the different characters.

        Examples
        --------
        >>> sorted(Marks(pd.Series(["ab", "", "b"])).list_all())
        ['a', 'b']
        """
        return self._different

    @cached_property
    def _different(self) -> frozenset[str]:
        occurs = np.zeros(_LAST, dtype="bool")
        occurs[self._marks] = True
        return frozenset(map(chr, np.flatnonzero(occurs)))

    def exceed(self, length: int) -> pd.Series:
        """Tell which cells are longer."""
        return pd.Series(np.diff(self._ends) > length, self._index)

    def begin_in(self, marks: Iterable[str]) -> pd.Series:
        """Tell which cells begin in one of some characters."""
        return self._have_at(self._ends[:-1], marks)

    def end_in(self, marks: Iterable[str]) -> pd.Series:
        """Tell which cells end in one of some characters.

        Examples
        --------
        >>> Marks(pd.Series(["ab", "", "ba"])).end_in("b").tolist()
        [True, False, False]
        """
        return self._have_at(self._ends[1:] - 1, marks)

    def _have_at(self, places: NDArray[np.int64], marks: Iterable[str]) -> pd.Series:
        """Tell which cells have one of some characters at a place; none if they are blank."""
        have = np.diff(self._ends) > 0
        have[have] = np.isin(self._marks[places[have]], [*map(ord, marks)])
        return pd.Series(have, self._index)

    def weigh(self, weights: Mapping[str, int]) -> pd.Series:
        """Sum in each cell the weights of its characters; another character weighs nothing.

        Examples
        --------
        >>> Marks(pd.Series(["ab", "", "bb"])).weigh({"b": 2}).tolist()
        [2, 0, 4]
        """
        if not weights:
            return pd.Series(0, self._index)
        table = np.zeros(_LAST, dtype="uint8")
        table[[ord(mark) for mark in weights]] = [*weights.values()]
        places = np.flatnonzero(table[self._marks])
        cells = np.searchsorted(self._ends, places, side="right") - 1
        found = np.bincount(cells, table[self._marks[places]], minlength=len(self._index))
        return pd.Series(found.astype("int64"), self._index)

    def have(self, marks: Iterable[str]) -> pd.Series:
        """Tell which cells have one of some characters."""
        wanted = dict.fromkeys(marks, 1)
        return self.weigh(wanted).gt(0)


class Marker:
    """Finds the characters of columns, those of each column only once while the marker is kept."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[pd.Series, Marks]] = {}

    def mark(self, cells: pd.Series) -> Marks:
        """Find the characters of a column."""
        # The column is kept beside its characters, so that no other one takes its identity.
        known = self._found.get(id(cells.array))
        if known is None or not cells.index.equals(known[0].index):
            known = self._found[id(cells.array)] = (cells, Marks(cells))
        return known[1]


# What finds the characters of a column.
Mark = Callable[[pd.Series], Marks]
