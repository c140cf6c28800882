"""The page of measurements, made from their results: no number on it is typed."""

from __future__ import annotations

import pandas as pd

# What a job does, in the order of the page.
_JOBS = {
    "tidy": "`policydata.tidy`: figures, periods and units read, names looked up, hazards found",
    "script": "a script of regular expressions, maps and merges for the same table",
    "pyam": "pyam, `IamDataFrame` of rows in its long form, read by `tidy` before",
    "check": "`policydata.check`, without texts",
    "pandera": "pandera, a schema with those rules of `check` that it has",
    "frictionless": "frictionless, `validate` with those rules of `check` that it has",
}
_STRINGS = {"python": "without pyarrow", "pyarrow": "with pyarrow"}
_HEAD = """\
# How long it takes

    {command}

makes this page, `benchmarks/results.csv` and `benchmarks/circumstances.csv`; no number is typed.
`benchmarks/requirements.txt` has what is compared, for an environment of its own,
`benchmarks/.venv`: none of it is needed to use policydata.

The rows are made for measuring (`benchmarks/made_rows.py`): up to 2,800 counties, 20 years and 50
indicators, three documents a place and year, bounds, units and periods as in our data, and nearly
every quote different. They have no fault, so that a check goes all the way.

Each number is how many times as long a job takes as `pandas.read_csv(dtype="str",
keep_default_na=False)` takes for the same rows in the same run: medians of seconds of the
processor, each repetition in a process of its own, the jobs in turn. What a job needs is read
before, but frictionless reads its file itself. In brackets: seconds, and the most memory that the
process held, reading and libraries included.
"""
_FOOT = """\
What they do differs. `check` also finds a unit that does not fit its indicator, a figure cut out
of a longer one, a bound word left out, a character of another script, a decimal point that slipped
and rows out of order, and checks the reference tables; the script does not read Chinese numerals,
Traditional characters or a second goal, and refuses nothing.
"""


def describe_results(results: pd.DataFrame, circumstances: pd.DataFrame) -> str:
    """Write the page: a table for each kind of strings, then what was measured on what."""
    facts = dict(zip(circumstances.fact, circumstances.value, strict=True))
    parts = [_HEAD.format(command=facts.pop("command"))]
    for strings, rows in results.groupby("strings", sort=False):
        parts.append(f"## Strings {_STRINGS[str(strings)]}\n\n{_write_table(rows)}")
    listed = "\n".join(f"- {fact}: {value}" for fact, value in facts.items())
    return "\n".join([*parts, f"## On what\n\n{listed}\n", _FOOT])


def _write_table(rows: pd.DataFrame) -> str:
    counts = sorted(rows["count"].unique())
    read = rows.groupby("count").read_seconds.median()
    times = rows.groupby("count").repetition.nunique()
    heads = [f"{one:,} rows" + (", once" if times[one] == 1 else "") for one in counts]
    lines = [f"| | {' | '.join(heads)} |"]
    lines.append("|---|" + "---|" * len(counts))
    lines.append("| `read_csv` | " + " | ".join(f"1 ({read[one]:.2f} s)" for one in counts) + " |")
    for job, does in _JOBS.items():
        own = rows[rows.job.eq(job)]
        if len(own):
            cells = [_write_cell(own[own["count"].eq(one)], read[one]) for one in counts]
            lines.append(f"| {does} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _write_cell(rows: pd.DataFrame, read: float) -> str:
    """Write a ratio with its seconds and memory, or why there is none."""
    done = rows[rows.state.eq("done")]
    if done.empty:
        return "; ".join(rows.state.unique()) or "not measured"
    seconds, peak = done.seconds.median(), done.peak_mib.median()
    return f"{seconds / read:.1f} ({seconds:.2f} s, {peak:,.0f} MiB)"
