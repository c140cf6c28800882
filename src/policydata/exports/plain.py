"""CSV and JSON: cells as text, every digit and every character of them."""

from __future__ import annotations

import json

from policydata.exports.content import Content


def write_csv(content: Content) -> bytes:
    """Write CSV with a byte-order mark, as Excel needs it to see that the text is UTF-8."""
    # RFC 4180 ends lines so; and a carriage return in a cell is then put in quotes.
    text = content.rows.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\r\n")
    return str(text).encode("utf-8-sig")


def write_json(content: Content) -> bytes:
    """Write a list with one object per row and line."""
    days = content.rows.select_dtypes("datetime")
    written = {name: days[name].dt.strftime("%Y-%m-%d") for name in days}
    cells = content.rows.assign(**written).astype("object")
    records = cells.where(cells.notna(), None).to_dict("records")
    lines = [json.dumps(record, ensure_ascii=False, allow_nan=False) for record in records]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()
