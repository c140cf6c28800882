"""Stata: labels of variables and of values, dates as days."""

from __future__ import annotations

from io import BytesIO

from policydata.columns import refuse_all
from policydata.exports.content import Content, date_data
from policydata.messages import say

# 118, of Stata 14, is the first version that can hold Chinese.
_VERSION, _LONGEST_NAME = 118, 32
_RESERVED = """
_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip str strL using with
""".split()


def write_stata(content: Content) -> bytes:
    """Write a Stata file, the same whenever it is written."""
    rows = content.rows
    if rows.empty:
        # pandas cannot write value labels for no value.
        rows = rows.astype(dict.fromkeys(rows.select_dtypes("category"), "str"))
    refuse_all([_complain(name) for name in rows if not _is_name(name)])
    file = BytesIO()
    rows.to_stata(
        file,
        write_index=False,
        version=_VERSION,
        time_stamp=date_data(),
        data_label=" ".join(["policydata", content.about.get("data_version", "")]).strip(),
        variable_labels={column.name: column.meaning for column in content.columns},
        convert_dates=dict.fromkeys(rows.select_dtypes("datetime"), "td"),
    )
    return file.getvalue()


def _is_name(name: str) -> bool:
    """Tell whether Stata takes a name for a variable."""
    is_type = name.startswith("str") and name[3:].isdigit()
    is_free = name not in _RESERVED and not is_type
    return name.isidentifier() and len(name) <= _LONGEST_NAME and is_free


def _complain(name: str) -> str:
    return say(
        'Column "{column}" has a name that Stata refuses; allowed: letters, digits and _, at most '
        "{count}, a letter first, and no word of Stata such as int.",
        column=name,
        count=_LONGEST_NAME,
    )
