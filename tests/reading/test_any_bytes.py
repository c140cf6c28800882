"""Whatever bytes a file has, its rows are read, or what is wrong is said with the file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coded_rows import TEXT
from policydata import read_reference
from policydata.coded import read_sheets
from policydata.columns import name_columns
from policydata.schema import CODED, PROBLEMS, REFERENCE, Column

RAW = TEXT.encode()
BITES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b'"', b'""', b",", b"\r", b"\n", b"\0", b"\xef\xbb\xbf", "％".encode(), b"\xff"]
    ),
)
# A piece of the file replaced by other bytes, some times over.
BITTEN = st.lists(st.tuples(st.integers(0, len(RAW)), st.integers(0, 40), BITES), max_size=4)


def bite(edits: list[tuple[int, int, bytes]]) -> bytes:
    raw = RAW
    for at, length, put in edits:
        raw = raw[:at] + put + raw[at + length :]
    return raw


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("coded") / "a.csv"


def judge(file: Path, columns: tuple[Column, ...]) -> None:
    rows, problems = read_sheets(file, columns)
    assert problems.columns.tolist() == name_columns(PROBLEMS)
    assert problems.file.eq(file.as_posix()).all() and problems.allowed.ne("").all()
    assert problems.value.str.len().max() < 300 or problems.empty
    assert rows.columns.tolist() == [*name_columns(columns), "file", "row"]
    assert rows.map(lambda cell: isinstance(cell, str)).all(axis=None)


@given(BITTEN.map(bite))
@settings(max_examples=150)
def test_a_coded_table_with_other_bytes_anywhere_is_read_or_said_to_be_wrong(
    file: Path, raw: bytes
) -> None:
    file.write_bytes(raw)
    judge(file, CODED)


@given(st.binary(max_size=200), st.sampled_from([CODED, *REFERENCE.values()]))
@settings(max_examples=80)
def test_any_bytes_are_read_as_any_table_or_said_to_be_wrong(
    file: Path, raw: bytes, columns: tuple[Column, ...]
) -> None:
    file.write_bytes(raw)
    judge(file, columns)


@given(BITTEN.map(bite))
@settings(max_examples=80)
def test_a_table_that_programs_read_is_read_or_refused_in_one_sentence(
    file: Path, raw: bytes
) -> None:
    own = file.with_name("units.csv")
    own.write_bytes(raw)
    try:
        assert isinstance(read_reference(file.parent)["units"], pd.DataFrame)
    except ValueError as fault:
        assert str(fault).startswith(f"{own.as_posix()} cannot be read: ")
    finally:
        own.unlink()
