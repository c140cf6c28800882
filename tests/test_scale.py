"""Rows in parts, on one process or several, make the table that they make together."""

from __future__ import annotations

import doctest
from pathlib import Path

import dask
import pandas as pd
import pytest
from dask import dataframe
from distributed import Client, LocalCluster

import made_rows
from policydata import tidy
from policydata.statements import order_statements

# Dask calls pandas in a way that pandas will drop.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword:pandas.errors.Pandas4Warning")
PAGE = Path(__file__).parent.parent / "docs/scale.md"


@pytest.fixture(scope="module")
def made():
    return made_rows.make_rows(1500), made_rows.make_reference(1500)


def put_together(parts):
    return parts.sort_values("statement_id", key=order_statements, ignore_index=True)


@pytest.fixture
def files(made, tmp_path):
    """Give a folder with one Parquet file a place."""
    rows, _ = made
    for place, part in rows.groupby("place"):
        part.to_parquet(tmp_path / f"{place}.parquet", index=False)
    return tmp_path


def test_the_code_of_the_page_runs(monkeypatch):
    monkeypatch.chdir(PAGE.parent.parent)
    flags = doctest.NORMALIZE_WHITESPACE
    found = doctest.testfile(str(PAGE), False, optionflags=flags, encoding="utf-8")

    assert (found.failed, found.attempted > 20) == (0, True)


def test_tidied_by_place_the_parts_are_the_whole(made):
    rows, reference = made
    parts = pd.concat([tidy(part, reference) for _, part in rows.groupby("place")])

    assert rows.place.nunique() > 3
    pd.testing.assert_frame_equal(put_together(parts), tidy(rows, reference))


def test_dask_makes_the_same_table_as_pandas(made, files):
    rows, reference = made
    meta = tidy(rows.head(0), reference)
    workers = {"n_workers": 1, "threads_per_worker": 2, "processes": False}
    with (
        dask.config.set({"dataframe.convert-string": False}),
        LocalCluster(dashboard_address=":0", **workers) as cluster,
        Client(cluster),
    ):
        coded = dataframe.read_parquet(files / "*.parquet", split_row_groups=False)
        found = coded.map_partitions(tidy, reference=reference, meta=meta).compute()

    assert coded.npartitions == rows.place.nunique()
    pd.testing.assert_frame_equal(put_together(found), tidy(rows, reference))
