"""Where a data set lies: a clone of the project, or a folder of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class DataSet(NamedTuple):
    """The folders of a data set: all of it, what people type, and what that refers to."""

    root: Path
    coded: Path
    reference: Path


def find_data_set(start: Path) -> DataSet | None:
    """Find the data set that a folder is in; None if there is none.

    A clone of the project has its tables in `data`; a data set of one's own has them beside its
    README.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in ("coded", "reference", "notebooks"):
    ...         Path(folder, name).mkdir()
    ...     found = find_data_set(Path(folder, "notebooks"))
    >>> found.coded.relative_to(found.root).as_posix()
    'coded'
    """
    for root in (start, *start.parents):
        for tables in (root / "data", root):
            coded, reference = tables / "coded", tables / "reference"
            if coded.is_dir() and reference.is_dir():
                return DataSet(root, coded, reference)
    return None
