"""Where a data set lies: a clone of the project, or a folder of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

PACKAGE = "src/policydata"


class DataSet(NamedTuple):
    """The folders of a data set: all of it, what people type, what that refers to, the texts."""

    root: Path
    coded: Path
    reference: Path
    texts: Path

    @property
    def is_clone(self) -> bool:
        """Whether it is a clone of the project, whose package ships the tables."""
        return self.coded.parent != self.root

    @property
    def tables(self) -> Path:
        """The folder of what is made from the typed tables."""
        return self.root / PACKAGE / "tables" if self.is_clone else self.root / "tables"

    @property
    def codebook(self) -> Path:
        """The page that explains the tables."""
        return self.coded.parent / "CODEBOOK.md"

    @property
    def descriptor(self) -> Path:
        """The descriptor of the tables as a Data Package."""
        return self.codebook.with_name("datapackage.json")

    @property
    def tidy_copy(self) -> Path:
        """The tidy table within reach of the descriptor, which may only point below its folder."""
        return self.codebook.with_name("tables") / "statements.csv"

    @property
    def version(self) -> Path:
        """The file with the version of the data; a data set of one's own need not have one."""
        return self.coded.parent / "VERSION"


def find_data_set(start: str | Path) -> DataSet | None:
    """Find the data set that a folder is in; None if there is none.

    A clone of the project has its tables in `data`; a data set of one's own has them beside its
    README. The texts are other people's: their folder may be missing.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     for name in ("coded", "reference", "notebooks"):
    ...         Path(folder, name).mkdir()
    ...     found = find_data_set(f"{folder}/notebooks")
    >>> found.coded.relative_to(found.root).as_posix()
    'coded'
    """
    folder = Path(start).resolve()
    for above in (folder, *folder.parents):
        for tables in (above / "data", above):
            # Somebody may call the folder of a data set of their own `data`.
            root = above if (above / PACKAGE).is_dir() else tables
            found = DataSet(root, tables / "coded", tables / "reference", root / "texts")
            if found.coded.is_dir() and found.reference.is_dir():
                return found
    return None
