"""Agreement of two readers who have not seen each other's work, item by item.

`python tools/agreement.py` prints the table that is in the data card.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import krippendorff
import pandas as pd

from policydata.coded import read_coded
from policydata.numerals import NUMERAL, fold
from policydata.quantities import read_quantities
from policydata.statements import choose_unit, name_statements
from policydata.tables import read_csv, take_reference
from policydata.units import Unit, index_units

_NOMINAL = ("indicator", "measure", "status", "period", "comparator", "unit")
_BOUNDS = ("low", "high")


def measure_agreement(
    first: pd.DataFrame, second: pd.DataFrame, columns: Sequence[str]
) -> pd.DataFrame:
    """Measure agreement column by column, for rows on one index.

    Returns
    -------
    pandas.DataFrame
        One row per column: `n` items, `agreement` in per cent, and Krippendorff's `alpha`, interval
        for bounds and nominal for words; alpha is missing if all items are of one kind.
    """
    rows = [_measure(first[column], second[column], column) for column in columns]
    return pd.DataFrame(rows, columns=["item", "n", "agreement", "alpha"])


def match_statements(frame: pd.DataFrame, units: Mapping[str, Unit]) -> pd.DataFrame:
    """Read a coding's figures, each known by document, digits and how often they came before.

    A figure without a digit is known by its words.  Bounds and units are left out of the match, so
    that readers can differ in them.
    """
    read = read_quantities(frame.value_text, units)
    unit = choose_unit(frame.unit_text, read.unit)
    digits = frame.value_text.map(lambda text: " ".join(re.findall(NUMERAL, fold(text))) or text)
    times = frame.groupby(["document", digits]).cumcount().astype("str")
    key = frame.document + "|" + digits + "|" + times
    return frame.assign(**read[["low", "high", "comparator"]], unit=unit).set_index(key)


def describe_agreement(data: Path) -> str:
    """Write agreement on full texts and on the panel's value texts as a table of Markdown."""
    coded = read_coded(data / "coded")
    again = read_csv(data / "double" / "statements.csv")
    units = index_units(take_reference(data / "reference")["units"])
    first = match_statements(coded[coded.document.isin(again.document)], units)
    second = match_statements(again, units)
    presence = _list_presence(first, second, data)
    both = first.index.intersection(second.index)
    parts = [
        ("full texts", measure_agreement(*presence, ["presence"])),
        ("full texts", measure_agreement(first.loc[both], second.loc[both], _NOMINAL + _BOUNDS)),
        ("panel value texts", _compare_readings(coded, data, units)),
    ]
    lines = ["| source | item | n | agreement | alpha |", "|---|---|---|---|---|"]
    for source, table in parts:
        lines += [f"| {source} | {_write(row)} |" for row in table.itertuples()]
    return "\n".join(lines)


def _list_presence(
    first: pd.DataFrame, second: pd.DataFrame, data: Path
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Name for every item of either coding what each reader took it for."""
    excluded = [read_csv(data / folder / "excluded.csv") for folder in ("coded", "double")]
    # Documents that only one reader has coded yet show no agreement.
    reasons = [_key_excluded(rows[rows.document.isin(second.document)]) for rows in excluded]
    named = [
        pd.concat([pd.Series("statement", index=coding.index), others])
        for coding, others in zip((first, second), reasons, strict=True)
    ]
    items = named[0].index.union(named[1].index)
    one, other = (names.reindex(items, fill_value="absent").to_frame("presence") for names in named)
    return one, other


def _key_excluded(rows: pd.DataFrame) -> pd.Series:
    """Give the reason of each excluded numeral, known as statements are."""
    times = rows.groupby(["document", "numeral"]).cumcount().astype("str")
    reason = rows.reason.str.partition(":")[0]
    return reason.set_axis(rows.document + "|" + rows.numeral + "|excluded " + times)


def _compare_readings(coded: pd.DataFrame, data: Path, units: Mapping[str, Unit]) -> pd.DataFrame:
    """Hold the library's reading of the panel's value texts against a reader's own."""
    readings = read_csv(data / "double" / "value_readings.csv")
    rows = coded.set_index(name_statements(coded)).loc[readings.statement_id]
    read = read_quantities(rows.value_text, units)
    own = read.assign(unit=choose_unit(rows.unit_text, read.unit))
    numbers = {bound: pd.to_numeric(readings[bound]) for bound in _BOUNDS}
    stated = readings.assign(**numbers).set_index("statement_id")
    return measure_agreement(own, stated, ["comparator", *_BOUNDS, "unit"])


def _measure(first: pd.Series, second: pd.Series, column: str) -> tuple[str, int, float, float]:
    """Measure one column."""
    same = first.eq(second) | (first.isna() & second.isna())
    level: Literal["interval", "nominal"] = "interval" if column in _BOUNDS else "nominal"
    both = pd.concat([first, second])
    values = both if column in _BOUNDS else pd.Series(pd.factorize(both)[0], both.index)
    if values.dropna().nunique() < 2:
        return column, len(same), 100 * same.mean(), float("nan")
    pairs = values.to_numpy(dtype="float64").reshape(2, len(same))
    alpha = krippendorff.alpha(reliability_data=pairs, level_of_measurement=level)
    return column, len(same), 100 * same.mean(), float(alpha)


def _write(row: Any) -> str:
    """Write one line of the table; what is not perfect is never rounded to perfect."""
    numbers = (f"{row.agreement:.2f} %", f"{row.alpha:.4f}")
    return " | ".join([row.item, str(row.n), *numbers])


if __name__ == "__main__":
    print(describe_agreement(Path("data")))
