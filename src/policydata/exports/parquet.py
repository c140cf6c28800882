"""Parquet: dtypes as they are; what columns mean, for Arrow and for pandas."""

from __future__ import annotations

import json
import math
from io import BytesIO

import pandas as pd
import pyarrow
from pyarrow import parquet

from policydata.exports.content import Content


def write_parquet(content: Content) -> bytes:
    """Write Parquet with units and descriptions in its fields, and in `attrs` for pandas."""
    described = {column.name: column.meaning for column in content.columns if column.meaning}
    units, beside = content.find_units(), content.find_unit_columns()
    # How pandas keeps texts in memory is seen in the file.
    texts = dict.fromkeys(content.rows.select_dtypes("str"), pd.StringDtype("python", math.nan))
    rows = content.rows.astype(texts)
    rows.attrs = content.about | {
        "descriptions": described,
        "units": units,
        "unit_columns": beside,
    }
    table = pyarrow.Table.from_pandas(rows, preserve_index=False)
    facts = {"description": described, "unit": units, "unit_column": beside}
    fields = [_describe(field, facts) for field in table.schema]
    # pandas reads this key; Arrow has its own, which pyarrow alone reads.
    about = content.about | {"PANDAS_ATTRS": json.dumps(rows.attrs, ensure_ascii=False)}
    schema = pyarrow.schema(fields, metadata=(table.schema.metadata or {}) | about)
    file = BytesIO()
    parquet.write_table(table.cast(schema), file)
    return file.getvalue()


def _describe(field: pyarrow.Field, facts: dict[str, dict[str, str]]) -> pyarrow.Field:
    """Put what is known of a field beside it."""
    known = {fact: held[field.name] for fact, held in facts.items() if field.name in held}
    return field.with_metadata(known)
