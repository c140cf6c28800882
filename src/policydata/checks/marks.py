"""The characters of many cells at once, as numbers in a row: which occur, and in which cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

_LAST = 0x110000


class Marks:
    """The characters of many cells, and where each cell ends."""

    def __init__(self, cells: pd.Series) -> None:
        texts = cells.tolist()
        joined = "".join(texts).encode("utf-32-le", "surrogatepass")
        self._marks = np.frombuffer(joined, dtype="uint32")
        self._ends = np.cumsum([0, *map(len, texts)])
        self._index = cells.index

    def list_all(self) -> set[str]:
        """List the different characters.

        Examples
        --------
        >>> sorted(Marks(pd.Series(["ab", "", "b"])).list_all())
        ['a', 'b']
        """
        occurs = np.zeros(_LAST, dtype="bool")
        occurs[self._marks] = True
        return {chr(mark) for mark in np.flatnonzero(occurs)}

    def weigh(self, weights: Mapping[str, int]) -> pd.Series:
        """Sum in each cell the weights of its characters; another character weighs nothing.

        Examples
        --------
        >>> Marks(pd.Series(["ab", "", "bb"])).weigh({"b": 2}).tolist()
        [2, 0, 4]
        """
        table = np.zeros(_LAST, dtype="uint8")
        table[[ord(mark) for mark in weights]] = [*weights.values()]
        sums: Any = np.concatenate([[0], np.cumsum(table[self._marks], dtype="int32")])
        return pd.Series(np.diff(sums[self._ends]), self._index)

    def have(self, marks: Iterable[str]) -> pd.Series:
        """Tell which cells have one of some characters."""
        wanted = dict.fromkeys(marks, 1)
        if not wanted:
            return pd.Series(False, self._index)
        return self.weigh(wanted).gt(0)
