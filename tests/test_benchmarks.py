"""What is measured runs, and the page of measurements says what its results say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pandas as pd
import pytest

import made_rows
import make_rows
import measure
import measured_jobs
from measure import read_results
from measured_page import describe_results
from policydata import tidy

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give a folder with a thousand rows and their reference tables."""
    made = tmp_path_factory.mktemp("made")
    make_rows.write_rows(1000, made)
    return made


@pytest.mark.parametrize("job", measured_jobs.JOBS)
def test_a_job_runs_on_a_thousand_rows_or_says_what_is_not_installed(folder, job):
    code = [sys.executable, "-W", "ignore", str(ROOT / "benchmarks/measured_jobs.py")]
    path = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ended = subprocess.run([*code, job, folder, "python"], env=path, stdout=subprocess.PIPE)
    told = json.loads(ended.stdout)

    missing = measured_jobs.list_missing(job)
    found = {"check": 0, "pandera": 0, "frictionless": 0}.get(job, 1000)
    assert told["state"] == (f"{missing} is not installed" if missing else "done")
    assert told.get("found", found) == found


def test_more_rows_are_measured_once_by_our_own_jobs_alone():
    asked = {"counts": [], "once": [20], "repetitions": 2, "jobs": ["tidy", "script"], "limit": 60}
    told = [*measure._measure(Namespace(**asked, python=sys.executable))]

    assert [(one["job"], one["repetition"], one["state"]) for one in told] == [
        ("tidy", 0, "done")
    ] * 2
    assert [one["strings"] for one in told] == ["python", "pyarrow"]


def test_a_job_that_fails_is_said_to_and_the_others_go_on(tmp_path):
    call = Namespace(limit=60, python=sys.executable)

    assert measure._run(call, "tidy", str(tmp_path / "nowhere"), "python", set()) == {
        "state": "failed"
    }


def test_the_rows_that_are_written_are_those_that_are_made(folder):
    rows = measured_jobs.read_rows(folder)

    pd.testing.assert_frame_equal(rows, made_rows.make_rows(1000))
    assert {*measured_jobs.read_tables(folder)} == {"documents", "indicators", "places", "units"}


def test_the_script_that_is_measured_reads_nearly_what_tidy_reads(folder):
    rows, tables = measured_jobs.read_rows(folder), measured_jobs.read_tables(folder)
    found = rows.value_text.str.extract(measured_jobs._FIGURE)
    read = tidy(rows, tables)
    low = pd.to_numeric(found.low).mask(found.before.eq("下降"), -pd.to_numeric(found.low))
    told = pd.Series(low.to_numpy(), rows.document + ":" + rows.n)

    assert (told[read.statement_id].to_numpy() == read.value).mean() > 0.95


def test_the_page_of_measurements_is_made_from_its_results():
    page = (ROOT / "docs/benchmarks.md").read_text("utf-8")

    assert describe_results(*read_results(ROOT)) == page


def test_a_job_that_was_stopped_or_is_not_installed_is_said_on_the_page():
    columns = "count strings job repetition state read_seconds seconds peak_mib".split()
    rows = [
        (10, "python", "tidy", 0, "done", 2.0, 3.0, 100),
        (10, "python", "tidy", 1, "done", 2.0, 5.0, 100),
        (10, "python", "pandera", 0, "pandera is not installed", None, None, None),
        (10, "python", "frictionless", 0, "stopped after 300 s", None, None, None),
        (100, "python", "tidy", 0, "done", 4.0, 6.0, 200),
    ]
    facts = pd.DataFrame([("command", "measure"), ("date", "2026")], columns=["fact", "value"])
    page = describe_results(pd.DataFrame(rows, columns=columns), facts)
    cells = [line.strip(" |").split(" | ")[-2:] for line in page.splitlines() if "| " in line]

    assert cells == [
        ["10 rows", "100 rows, once"],
        ["1 (2.00 s)", "1 (4.00 s)"],
        ["2.0 (4.00 s, 100 MiB)", "1.5 (6.00 s, 200 MiB)"],
        ["pandera is not installed", "not measured"],
        ["stopped after 300 s", "not measured"],
    ]
    assert "- date: 2026" in page
