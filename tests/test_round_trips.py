"""Rows that went through a file or other dtypes give the answers that they gave before."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest

from policydata import cite, compare, conflicts, coverage, follow_targets, load_statements

Trip = Callable[[pd.DataFrame], pd.DataFrame]
Frames = tuple[pd.DataFrame, ...]


def through(suffix: str, write: Callable[..., object], read: Callable[..., pd.DataFrame]) -> Trip:
    """Make a trip through a file."""

    def trip(rows: pd.DataFrame) -> pd.DataFrame:
        with TemporaryDirectory() as folder:
            file = Path(folder) / f"rows{suffix}"
            write(rows, file)
            return read(file)

    return trip


def write_csv(rows: pd.DataFrame, file: Path) -> None:
    """Write a CSV file as anyone does."""
    rows.to_csv(file, index=False)


def write_excel(rows: pd.DataFrame, file: Path) -> None:
    """Write a workbook as anyone does."""
    rows.to_excel(file, index=False)


def write_stata(rows: pd.DataFrame, file: Path) -> None:
    """Write a Stata file in the version that knows Chinese."""
    rows.to_stata(file, write_index=False, version=118)


def write_json(rows: pd.DataFrame, file: Path) -> None:
    """Write JSON with every digit; pandas writes ten unless it is told."""
    rows.to_json(file, orient="records", date_format="iso", double_precision=15)


def pass_through_parquet(rows: pd.DataFrame) -> pd.DataFrame:
    """Write and read Parquet where its package is installed."""
    pytest.importorskip("pyarrow")
    return through(".parquet", pd.DataFrame.to_parquet, pd.read_parquet)(rows)


def type_as_parquet(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the dtypes that `pd.read_parquet` gives with nullable ones; it needs no package."""
    nullable = {"str": "string", "float64": "Float64", "datetime64[s]": "datetime64[ms]"}
    names = {name: nullable.get(str(dtype), dtype) for name, dtype in rows.dtypes.items()}
    return rows.astype(names)


def write_words_out(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn categories into plain text."""
    return rows.astype(dict.fromkeys(rows.select_dtypes("category"), "str"))


def reverse_categories(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn the order of categories round."""
    words = rows.select_dtypes("category")
    turned = {name: words[name].cat.categories[::-1] for name in words}
    return rows.assign(**{name: words[name].cat.reorder_categories(turned[name]) for name in words})


TRIPS: dict[str, Trip] = {
    "words as plain text": write_words_out,
    "categories in another order": reverse_categories,
    "texts as categories": lambda rows: write_words_out(rows).astype(
        dict.fromkeys(write_words_out(rows).select_dtypes("str"), "category")
    ),
    "objects": lambda rows: rows.astype("object"),
    "None for a blank": lambda rows: rows.astype("object").where(rows.notna() & rows.ne(""), None),
    "every cell as text": lambda rows: rows.astype("object").map(str),
    "text with missing values": lambda rows: rows.astype("str").replace("", None),
    "nullable dtypes": lambda rows: rows.convert_dtypes(),
    "dtypes of Parquet": type_as_parquet,
    "Parquet": pass_through_parquet,
    "CSV": through(".csv", write_csv, pd.read_csv),
    "CSV as text": through(".csv", write_csv, lambda file: pd.read_csv(file, dtype="str")),
    "CSV with blanks": through(
        ".csv", write_csv, lambda file: pd.read_csv(file, keep_default_na=False)
    ),
    "Excel": through(".xlsx", write_excel, pd.read_excel),
    "Stata": through(".dta", write_stata, pd.read_stata),
    "JSON": through(".json", write_json, lambda file: pd.read_json(file, precise_float=True)),
    "other columns, other order": lambda rows: rows.assign(region="north").iloc[:, ::-1],
}
# On the way back a column is what its cells look like.
GUESSING = ("nullable dtypes", "CSV", "CSV with blanks", "Excel", "Stata", "JSON")
PARTS: dict[str, Callable[[], pd.DataFrame]] = {
    "everything": load_statements,
    # The periods become whole numbers as CSV, and numbers with a point where one is blank.
    "years": lambda: load_statements(place="zhengzhou").query("period.str.len() == 4"),
    "years or none": lambda: load_statements(place=["hebi", "xinxiang"]).query(
        "period.str.len() in (0, 4)"
    ),
}


@cache
def take(part: str) -> Frames:
    """Take a part of the statements, its pairs and its targets."""
    rows = PARTS[part]()
    return rows, compare(rows), rows[rows.status.eq("target")]


def answer(rows: pd.DataFrame, pairs: pd.DataFrame, targets: pd.DataFrame) -> Frames:
    """Ask everything that takes rows."""
    cited = pd.DataFrame({"rows": [cite(rows)], "pairs": [cite(pairs, style="bibtex")]})
    asked = conflicts(rows, with_identical=True), coverage(rows, domain="economy")
    return compare(rows), follow_targets(pairs, targets), cited, *asked


@cache
def answer_typed(part: str) -> Frames:
    """Answer from rows as they are loaded."""
    return answer(*take(part))


# A whole workbook takes a second to write; what it does to a period shows in the years.
CASES = [(trip, "everything") for trip in TRIPS if trip != "Excel"]
CASES += [(trip, part) for trip in GUESSING for part in ("years", "years or none")]


@pytest.mark.parametrize(("trip", "part"), CASES)
def test_rows_give_equal_answers_after_a_round_trip(trip: str, part: str) -> None:
    found = answer(*(TRIPS[trip](frame) for frame in take(part)))
    for frame, wanted in zip(found, answer_typed(part), strict=True):
        pd.testing.assert_frame_equal(frame[wanted.columns], wanted, check_exact=True)


@pytest.mark.parametrize("part", PARTS)
def test_the_answers_compared_are_not_empty(part: str) -> None:
    compared, followed, cited, _, covered = answer_typed(part)
    assert min(map(len, (compared, followed, cited, covered))) > 0


@pytest.mark.parametrize("trip", ["CSV", "Excel", "Stata"])
def test_two_loads_that_overlap_count_once_though_one_was_a_file(trip: str) -> None:
    rows, pairs, targets = take("years")
    read = TRIPS[trip](rows)
    both = pd.concat([rows, read[read.year.ge(2022)]])
    found = answer(both, pd.concat([pairs, pairs.head(3)]), pd.concat([targets, targets]))
    for frame, wanted in zip(found, answer_typed("years"), strict=True):
        pd.testing.assert_frame_equal(frame, wanted, check_exact=True)
