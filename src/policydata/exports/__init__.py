"""Files for other programs: any rows, and what their columns mean where the format has room."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pandas as pd

from policydata.columns import document_columns
from policydata.exports.content import Content, count_formulas, take_content
from policydata.messages import say
from policydata.problems import describe_missing_package
from policydata.tables import Reference
from policydata.writing import write_together

__all__ = ["SUFFIXES", "count_formulas", "export", "find_writer"]

# Where a format is written: its module is imported when it is asked for.
_WRITERS = {
    ".csv": ("plain", "write_csv"),
    ".dta": ("stata", "write_stata"),
    ".json": ("plain", "write_json"),
    ".parquet": ("parquet", "write_parquet"),
    ".xlsx": ("excel", "write_excel"),
}
SUFFIXES = tuple(_WRITERS)


@document_columns()
def export(rows: pd.DataFrame, path: str | Path, *, reference: Reference = None) -> Path:
    """Write rows to a file for another program; the suffix chooses the format.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of any table of the library: statements, the pairs of `compare`, what `prefer`,
        `conflicts` or `coverage` give.  Columns of your own are written too, without a description;
        a named index becomes columns.
    path : str or Path
        A file that is made or replaced:

        - `.csv`: UTF-8 with a byte-order mark, so that Excel shows Chinese after a double click.
          Every cell is written exactly; Excel takes a text that begins with =, +, - or @ for a
          formula, which the other formats keep as text.
        - `.xlsx`: the sheets `data`, `codebook`, `documents` (if the rows name documents) and
          `about`; a line break in a cell is one line feed.
        - `.parquet`: units and descriptions in the metadata of each field, and in `attrs` where
          pandas reads it.
        - `.dta`: Stata 14 and later, with variable and value labels.
        - `.json`: a list with one object per row, missing values as null.
    {reference}

    Returns
    -------
    pathlib.Path
        The file.  The same rows give the same bytes.

    Raises
    ------
    ValueError
        If the suffix is not known, if a cell is not allowed in its column or in the format, or if
        the rows name a document that is not in the table of documents.
    TypeError
        If `rows` is not a table.
    ImportError
        If a package is missing: `.xlsx` needs openpyxl, `.parquet` pyarrow
        (`pip install 'policydata[export]'`).

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from policydata import compare
    >>> pairs = compare(indicator="gdp", place="郑州", year=2023)
    >>> with TemporaryDirectory() as folder:
    ...     read = pd.read_stata(export(pairs, Path(folder, "pairs.dta")))
    >>> print(read[["place_zh", "target", "outcome", "met"]].head(1).to_string(index=False))
    place_zh  target  outcome met
         郑州市     7.0      7.4 met
    """
    file = Path(path)
    write = find_writer(file)
    write_together({file: write(take_content(rows, reference))})
    return file


def find_writer(file: Path) -> Callable[[Content], bytes]:
    """Find what writes a file by its suffix; refuse an unknown one."""
    suffix = file.suffix.lower()
    if suffix not in _WRITERS:
        allowed = say(", ").join(SUFFIXES)
        raise ValueError(
            say('"{path}" has no known suffix; allowed: {allowed}.', path=file, allowed=allowed)
        )
    module, name = _WRITERS[suffix]
    try:
        writer: Callable[[Content], bytes] = getattr(import_module(f"{__name__}.{module}"), name)
    except ImportError as fault:
        raise ImportError(describe_missing_package(fault, "export")) from fault
    return writer
