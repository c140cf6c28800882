"""Measure this project beside what else one might take, and write the page of measurements.

    python benchmarks/measure.py [--counts 10000 100000 1000000] [--repetitions 3] [--limit 300]
        [--once 10000000]

Each job runs in a process of its own, in turn with the others; one that takes longer than the limit
is stopped, and the page says so, as it does of one that fails.  Where `benchmarks/.venv` is, it
runs the jobs; a job whose package is not installed is left out and said to be.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from measured_jobs import JOBS, NEEDS
from measured_page import describe_results

ROOT = Path(__file__).parent.parent
_COUNTS = [10_000, 100_000, 1_000_000]
# What is measured where `--once` asks for more rows: they need some 16 GiB.
_OURS = ("tidy", "check")
_VERSIONS = ["pandas", "numpy", "pyarrow", *NEEDS.values()]
_OWN = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
_COLUMNS = "count strings job repetition state found read_seconds seconds elapsed peak_mib".split()


def main() -> None:
    """Measure, and write results and page."""
    call = _read_call()
    results = pd.DataFrame(_measure(call), columns=_COLUMNS)
    circumstances = pd.DataFrame(_describe_machine(call.python), columns=["fact", "value"])
    tables = {"results": results, "circumstances": circumstances}
    for name, table in tables.items():
        table.to_csv(call.into / "benchmarks" / f"{name}.csv", index=False, lineterminator="\n")
    page = describe_results(*read_results(call.into))
    (call.into / "docs/benchmarks.md").write_text(page, encoding="utf-8")


def read_results(root: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read what was measured, and on what."""
    facts = pd.read_csv(root / "benchmarks/circumstances.csv", dtype="str")
    return pd.read_csv(root / "benchmarks/results.csv"), facts


def _read_call() -> argparse.Namespace:
    own = ROOT / "benchmarks/.venv/bin/python"
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--counts", type=int, nargs="+", default=_COUNTS, help="numbers of rows")
    parser.add_argument(
        "--once", type=int, nargs="*", default=[], help="more rows, for tidy and check, once"
    )
    parser.add_argument("--repetitions", type=int, default=3, help="how often each is measured")
    parser.add_argument(
        "--limit", type=float, default=300, help="seconds after which one is stopped"
    )
    parser.add_argument("--jobs", nargs="+", choices=JOBS, default=[*JOBS], help="what is measured")
    parser.add_argument(
        "--python", default=str(own if own.exists() else sys.executable), help="what runs the jobs"
    )
    parser.add_argument(
        "--into", type=Path, default=ROOT, help="where results and page are written"
    )
    return parser.parse_args()


def _measure(call: argparse.Namespace) -> Iterator[dict[str, object]]:
    """Run every job as often as asked, those of one number of rows in turn."""
    stopped: set[str] = set()
    runs = [(count, call.repetitions, call.jobs) for count in call.counts]
    runs += [(count, 1, [job for job in call.jobs if job in _OURS]) for count in call.once]
    for count, repetitions, jobs in runs:
        with TemporaryDirectory() as folder:
            # A process counts the memory of the one that starts it, which so has to stay small.
            subprocess.run(
                [*_start(call, "make_rows.py"), str(count), folder], check=True, env=_OWN
            )
            for repetition in range(repetitions):
                for job in jobs:
                    for strings in ("python", "pyarrow") if find_spec("pyarrow") else ("python",):
                        asked = {"count": count, "strings": strings, "job": job}
                        told = _run(call, job, folder, strings, stopped)
                        print(*asked.values(), told.get("seconds", told["state"]), file=sys.stderr)
                        yield asked | {"repetition": repetition} | told


def _run(
    call: argparse.Namespace, job: str, folder: str, strings: str, stopped: set[str]
) -> dict[str, object]:
    """Run one job in a process of its own; not again, and not on more rows, if it was stopped."""
    state = f"stopped after {call.limit:,.0f} s"
    if job in stopped:
        return {"state": state}
    command = [*_start(call, "measured_jobs.py"), job, folder, strings]
    try:
        ended = subprocess.run(
            command, env=_OWN, stdout=subprocess.PIPE, timeout=call.limit, check=True, text=True
        )
    except subprocess.TimeoutExpired:
        stopped.add(job)
        return {"state": state}
    except subprocess.CalledProcessError:
        return {"state": "failed"}
    told: dict[str, object] = json.loads(ended.stdout.splitlines()[-1])
    return told


def _start(call: argparse.Namespace, script: str) -> list[str]:
    return [call.python, str(ROOT / "benchmarks" / script)]


def _describe_machine(python: str) -> list[tuple[str, str]]:
    """Say what was called, when, and on what machine in general words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    called = shlex.join(["python", "benchmarks/measure.py", *_list_arguments(sys.argv[1:])])
    return [
        ("command", called),
        ("date", date.today().isoformat()),
        ("machine", f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}"),
        ("Python", platform.python_version()),
        ("versions", ", ".join(_list_versions(python))),
    ]


def _list_arguments(arguments: Sequence[str]) -> list[str]:
    """List the arguments of the call that do not name a place of this machine."""
    places = {place for place, one in enumerate(arguments) if one in ("--python", "--into")}
    return [one for at, one in enumerate(arguments) if not places & {at, at - 1}]


def _list_versions(python: str) -> list[str]:
    code = (
        "from importlib.metadata import version, PackageNotFoundError\n"
        f"for name in {_VERSIONS!r}:\n"
        "    try: print(name, version(name))\n"
        "    except PackageNotFoundError: pass\n"
    )
    listed = subprocess.run([python, "-c", code], stdout=subprocess.PIPE, check=True, text=True)
    return listed.stdout.splitlines()


if __name__ == "__main__":
    main()
