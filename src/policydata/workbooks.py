"""Workbooks saved as bytes that their content alone decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.xml.functions import tostring


def save_workbook(
    workbook: Any, day: datetime, title: str = "", *, mend: Callable[[bytes], bytes] | None = None
) -> bytes:
    """Save a workbook with a day in place of the time of day.

    Parameters
    ----------
    workbook : openpyxl.Workbook
        The workbook; its properties are set.
    day : datetime
        The day on which it was made, as it shall say.
    title : str, optional
        The title among its properties.
    mend : callable, optional
        What changes the XML of each sheet before it is packed.

    Returns
    -------
    bytes
        The workbook as a file.

    Examples
    --------
    >>> from openpyxl import Workbook, load_workbook
    >>> made = save_workbook(Workbook(), datetime(2024, 1, 31), "grain")
    >>> load_workbook(BytesIO(made)).properties.modified
    datetime.datetime(2024, 1, 31, 0, 0)
    """
    about = workbook.properties
    about.creator, about.title, about.created = "policydata", title or None, day
    workbook.save(saved := BytesIO())
    about.modified = day
    with ZipFile(saved) as parts, ZipFile(file := BytesIO(), "w", ZIP_DEFLATED) as dated:
        for name in parts.namelist():
            raw = parts.read(name)
            if name == "docProps/core.xml":
                raw = tostring(about.to_tree())
            elif mend and name.startswith("xl/worksheets/sheet"):
                raw = mend(raw)
            dated.writestr(ZipInfo(name, day.timetuple()[:6]), raw, ZIP_DEFLATED)
    return file.getvalue()
