"""Tidy rows, many at once, against a plain reading of each row by itself."""

import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydata import parse_quantity, tidy
from policydata.columns import name_columns, set_dtypes
from policydata.periods import split_period
from policydata.quantities import QuantityError
from policydata.schema import CODED, HAZARDS, SAME, STATEMENTS
from policydata.statements import order_statements
from policydata.units import read_unit
from rows_in_sight import lay_out

REFERENCE = {
    "documents": lay_out(
        "id reliability published",
        "plan official 2023-01-20\nnews news 2024\nreprint reprint 2024-06-01\nplan news 2020",
    ),
    "places": lay_out("id name_zh name_en level", "hebi 鹤壁市 Hebi prefecture"),
    "indicators": lay_out("code name_zh name_en domain", "gdp 生产总值 GDP economy"),
    "hazards": lay_out("statement_id hazard", "plan:1 repeat\nnews:2 bound_only\nplan:a:1 repeat"),
}
# What a person types into each column, rightly or wrongly.
TYPED = {
    "document": ["plan", "news", "reprint", "plan:a", ""],
    "n": ["1", "2", "10", "01", "x", "a:1", "", "９"],
    "place": ["hebi", "hebbi", ""],
    "indicator": ["gdp", "gdpp"],
    "measure": ["level", "share", "growth_rate", "levle", ""],
    "status": ["target", "estimate", "outcome", "targt"],
    "period": ["2023", "2023-Q1", "2024-09", "2023/2027", "2023-13", "2023-06/2023", ""],
    "value_text": [
        *[
            "7.4%",
            "增长12.35%",
            "下降4%以上",
            "突破7亿元",
            "20—30万亩",
            "5%、力争6%",
            "两成",
            "约3个",
        ],
        *["7?%", "PM2.5", "0%", "1234567.89万亿元", "0.123456789吨", "与全国同步", "全覆盖", ""],
    ],
    "unit_text": ["", "万亩", "公斤/亩", "喵"],
    "note": ["", "seen twice"],
}
ROW = st.tuples(*map(st.sampled_from, TYPED.values()))


def find_days(period):
    """Find the first and the last day of a period by the periods of pandas; none if it has none."""
    first, _, last = period.partition("/")
    try:
        for part in (parts := [first, last if "/" in period else first]):
            split_period(part)
        start, end = (pd.Period(part.replace("-Q", "Q")) for part in parts)
    except ValueError:
        return None, None
    if start.start_time > end.start_time:
        return None, None
    return start.start_time, end.end_time.normalize()


def convert(number, unit):
    """Convert a number exactly, and round once."""
    if unit is None or math.isnan(number):
        return math.nan
    return float(Fraction(repr(number)) * unit.factor)


def find(table, key, wanted, column):
    """Find what the first row with a key says; missing if there is none."""
    found = REFERENCE[table].set_index(key).get(column, pd.Series(dtype="str"))
    return next((fact for name, fact in found.items() if name == wanted), None)


def read_figure(row):
    """Read the columns of one figure."""
    try:
        low, high, comparator, unit, stretch = parse_quantity(row["value_text"])
    except QuantityError:
        low, high, comparator, unit, stretch = math.nan, math.nan, None, "", math.nan
    value = high if math.isnan(low) else low
    if comparator == "range":
        value = (low + high) / 2
    unit = row["unit_text"] or unit
    read = read_unit(unit)
    bounds = {"low": low, "high": high, "value": value, "stretch": stretch}
    standard = {f"{name}_std": convert(bound, read) for name, bound in bounds.items()}
    units = {"unit": unit, "unit_std": read.standard if read else ""}
    return bounds | standard | units | {"comparator": comparator}


def find_hazards(row, read, every):
    """Tell which hazards one row among all has, and list those that a reader judged."""
    alike = [one for one in every if all(one[name] == row[name] for name in (*SAME, "status"))]
    days = (read["period_end"] - read["period_start"]).days + 1 if read["period_end"] else None
    month = len(row["period"]) == 7 and row["period"][5:].isdigit()
    as_of = month and row["measure"] in ("level", "share")
    judged = REFERENCE["hazards"]
    return {
        "reprint": read["reliability"] == "reprint",
        "single_source": len({one["document"] for one in alike}) == 1,
        "preliminary": row["status"] == "estimate",
        "bound_only": read["comparator"] in ("<", "<=", ">", ">="),
        "approximate": read["comparator"] == "~",
        "part_of_year": days is not None and days < 365 and not as_of,
        "several_years": days is not None and days > 366,
    }, set(judged.hazard[judged.statement_id.eq(read["statement_id"])])


def read_plainly(rows):
    """Make tidy rows by reading each row by itself."""
    told = []
    for row in rows:
        start, end = find_days(row["period"])
        published = find("documents", "id", row["document"], "published") or ""
        read = row | {
            "statement_id": f"{row['document']}:{row['n']}",
            **read_figure(row),
            **{"period_start": start, "period_end": end, "year": end.year if end else None},
            **{
                f"place_{new}": find("places", "id", row["place"], old)
                for new, old in (("zh", "name_zh"), ("en", "name_en"), ("level", "level"))
            },
            "indicator_zh": find("indicators", "code", row["indicator"], "name_zh"),
            "indicator_en": find("indicators", "code", row["indicator"], "name_en"),
            "domain": find("indicators", "code", row["indicator"], "domain"),
            "reliability": find("documents", "id", row["document"], "reliability"),
            "published": pd.Timestamp(published) if len(published) == 10 else None,
        }
        found, judged = find_hazards(row, read, rows)
        marked = [name for name in HAZARDS if found.get(name) or name in judged]
        told.append(read | {"hazards": " ".join(marked)})
    frame = pd.DataFrame(told, columns=name_columns(STATEMENTS))
    ordered = frame.sort_values("statement_id", key=order_statements, kind="stable")
    return set_dtypes(ordered.reset_index(drop=True), STATEMENTS)


def type_rows(rows):
    """Type coded rows as given, with the columns that nothing is read from."""
    names, blank = name_columns(CODED), dict.fromkeys(name_columns(CODED), "")
    typed = [blank | dict(zip(TYPED, row, strict=True)) for row in rows]
    return pd.DataFrame(typed, columns=names, dtype="str"), typed


@given(st.lists(ROW, min_size=1, max_size=8))
@settings(max_examples=120)
def test_many_rows_are_made_tidy_as_each_is_read_by_itself(rows):
    coded, typed = type_rows(rows)
    found = tidy(coded, REFERENCE)
    pd.testing.assert_frame_equal(found, read_plainly(typed), check_exact=True)


@given(st.lists(ROW, max_size=12))
@settings(max_examples=60)
def test_rows_made_tidy_place_by_place_are_together_the_whole(rows):
    # Two rows with one id keep their order within a place only.
    coded = type_rows(rows)[0].drop_duplicates(["document", "n"])
    coded = coded[~coded.n.str.contains(":")]
    whole = tidy(coded, REFERENCE)
    parts = [tidy(part, REFERENCE) for _, part in coded.groupby("place")] or [whole]
    together = pd.concat(parts).sort_values(
        "statement_id", key=order_statements, ignore_index=True, kind="stable"
    )
    pd.testing.assert_frame_equal(together, whole, check_exact=True)


@pytest.mark.parametrize("storage", ["python", "pyarrow"])
def test_a_hundred_thousand_rows_are_tidy_as_the_few_that_they_repeat(storage):
    if storage == "pyarrow":
        pytest.importorskip("pyarrow")
    with pd.option_context("mode.string_storage", storage):
        rows = [*zip(*(options * 24 for options in TYPED.values()), strict=False)][:40]
        few = type_rows(rows)[0].reset_index(names="file").astype("str")
        few = few.assign(document=few.document + few.file, n="1", place="hebi")
        many = pd.concat([few.assign(n=str(copy)) for copy in range(2500)], ignore_index=True)
        once = tidy(few, REFERENCE).assign(statement_id="", hazards="")
        found = tidy(many, REFERENCE).assign(statement_id="", hazards="")
        wanted = once.loc[once.index.repeat(2500)].reset_index(drop=True)
        assert (len(found), str(found.note.dtype.storage)) == (100_000, storage)
        pd.testing.assert_frame_equal(found, wanted, check_exact=True)


def test_what_a_table_carries_beside_its_rows_stays():
    coded, _ = type_rows([["plan", "1", "hebi", "gdp", "level", "target", "2023", "7%", "", ""]])
    coded.attrs["source"] = "typed"
    assert tidy(coded, REFERENCE).attrs == {"source": "typed"}
