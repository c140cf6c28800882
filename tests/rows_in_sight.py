"""Statements that a test types in sight, one line each, made tidy with a tiny reference."""

from collections.abc import Mapping, Sequence
from itertools import count

import pandas as pd

from policydata import tidy
from policydata.columns import name_columns
from policydata.schema import CODED

_GIVEN = "document place indicator measure status period value_text".split()
_DOCUMENTS = """
plan     official 2023-01-20
report   official 2024-02-01
bulletin official 2024-04-01
news     news     2024-05-01
reprint  reprint  2024-06-01
undated  official -
"""
_PLACES = "hebi 鹤壁市 Hebi\nhenan 河南省 Henan\nkaifeng 开封市 Kaifeng\nzhengzhou 郑州市 Zhengzhou"
_INDICATORS = """
consumer_price_index 居民消费价格指数 Prices economy
foreign_capital 实际使用外资 Investment trade
gdp 地区生产总值 Product economy
grain_output 粮食产量 Grain agriculture
surveyed_unemployment_rate 城镇调查失业率 Unemployment employment
"""


def lay_out(columns: str, text: str) -> pd.DataFrame:
    """Lay a text out as a table of words; a dash is a blank cell."""
    cells = [line.split() for line in text.strip().splitlines()]
    return pd.DataFrame(cells, columns=columns.split(), dtype="str").replace("-", "")


def tell(
    *lines: str,
    judged: Sequence[tuple[str, str]] = (),
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Make tidy rows of lines: document place indicator measure status period value_text.

    Tables go before the tiny reference.
    """
    rows = lay_out(" ".join(_GIVEN), "\n".join(lines))
    numbers = {document: count(1) for document in rows.document}
    rows = rows.assign(n=[str(next(numbers[document])) for document in rows.document])
    coded = rows.assign(occurrence="1", coder="A")
    reference = {
        "documents": lay_out("id reliability published", _DOCUMENTS),
        "places": lay_out("id name_zh name_en", _PLACES),
        "indicators": lay_out("code name_zh name_en domain", _INDICATORS),
        "hazards": pd.DataFrame(judged, columns=["statement_id", "hazard"], dtype="str"),
    }
    whole = coded.reindex(columns=name_columns(CODED), fill_value="")
    return tidy(whole, reference | dict(tables or {}))
