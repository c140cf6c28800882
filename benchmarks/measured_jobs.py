"""What is measured: jobs on the same coded rows, by this project and by what else one might take.

    python benchmarks/measured_jobs.py JOB FOLDER STRINGS

runs one job in this process, on the rows that `make_rows.py` wrote into the folder, and prints as
JSON how long reading the rows took, how long the job took, and how much memory the process needed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

# What each job needs beside pandas and this project.
NEEDS = {"pandera": "pandera", "frictionless": "frictionless", "pyam": "pyam-iamc"}
_NUMBER = r"\d+(?:\.\d+)?"
_FIGURE = (
    r"^(?P<before>突破|超过|不低于|达到|约|下降|提高)?(?P<low>\d+(?:\.\d+)?)"
    r"(?:[^\d]{0,2}[—-](?P<high>\d+(?:\.\d+)?))?(?P<unit>[^\d]*?)(?P<behind>以上|左右)?$"
)
_COMPARATORS = {"突破": ">", "超过": ">", "不低于": ">=", "约": "~", "以上": ">=", "左右": "~"}
_PERIOD = r"\d{4}(?:-Q[1-4]|-\d\d)?(?:/\d{4}(?:-\d\d)?)?"


def read_rows(folder: Path) -> pd.DataFrame:
    """Read the coded rows as text, which every ratio is compared with."""
    return pd.read_csv(folder / "coded.csv", dtype="str", keep_default_na=False)


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the reference tables of the rows."""
    return {
        file.stem: pd.read_csv(file, dtype="str", keep_default_na=False)
        for file in sorted((folder / "reference").glob("*.csv"))
    }


def prepare_tidy(folder: Path) -> Callable[[pd.DataFrame], int]:
    """Read figures, periods and names of the rows by this project."""
    from policydata import tidy

    tables = read_tables(folder)
    return lambda rows: len(tidy(rows, tables))


def prepare_check(folder: Path) -> Callable[[pd.DataFrame], int]:
    """Find every problem of the rows by this project, without texts."""
    from policydata import check

    tables = read_tables(folder)
    return lambda rows: len(check(rows, reference=tables))


def prepare_script(folder: Path) -> Callable[[pd.DataFrame], int]:
    """Read the rows as an analyst would in a script: regular expressions, maps and merges."""
    tables = read_tables(folder)
    units = tables["units"].drop_duplicates("text").set_index("text")
    scales = {"": 1, "万": 10**4, "亿": 10**8}

    def read(rows: pd.DataFrame) -> int:
        found = rows.value_text.str.extract(_FIGURE)
        low, high = pd.to_numeric(found.low), pd.to_numeric(found.high)
        falls = found.before.eq("下降")
        words = found.before.map(_COMPARATORS).fillna(found.behind.map(_COMPARATORS))
        scaled = rows.unit_text.where(rows.unit_text.ne(""), found.unit).str.extract(
            "^([万亿]?)(.*)$"
        )
        factor = scaled[1].map(_read_factors(units))
        last = rows.period.str.rpartition("/")[2]
        done = rows.assign(
            statement_id=rows.document + ":" + rows.n,
            comparator=words.fillna("=").mask(high.notna(), "range"),
            low=low.mask(falls, -low),
            high=high.fillna(low),
            value_std=low * scaled[0].map(scales) * factor,
            unit_std=scaled[1].map(units.symbol),
            year=pd.to_numeric(last.str[:4], errors="coerce"),
        )
        for name, key, on in (
            ("places", "id", "place"),
            ("indicators", "code", "indicator"),
            ("documents", "id", "document"),
        ):
            kept = [key, *{"name_zh", "name_en", "domain", "reliability"} & {*tables[name]}]
            done = done.merge(tables[name][kept], left_on=on, right_on=key, suffixes=("", f"_{on}"))
        return len(done.sort_values(["document", "n"]))

    return read


def _read_factors(units: pd.DataFrame) -> pd.Series:
    parts = units.factor.str.partition("/")
    return pd.to_numeric(parts[0]) / pd.to_numeric(parts[2].replace("", "1"))


def prepare_pandera(folder: Path) -> Callable[[pd.DataFrame], int]:
    """Validate the rows by a schema of pandera with the same rules, as far as it has them."""
    import pandera.pandas as pa

    from policydata.schema import MEASURES, STATUSES

    tables = read_tables(folder)
    known = {"document": tables["documents"].id, "place": tables["places"].id}
    known |= {"indicator": tables["indicators"].code}
    known |= {"measure": pd.Series(MEASURES), "status": pd.Series(STATUSES)}
    forms = {"n": r"[1-9][0-9]*$", "occurrence": r"[1-9][0-9]*$", "period": f"(?:{_PERIOD})?$"}
    forms |= {"value_text": rf"[^\d]*{_NUMBER}", "coder": r"\S+$"}
    columns = {name: pa.Column(str, pa.Check.isin([*words])) for name, words in known.items()}
    columns |= {name: pa.Column(str, pa.Check.str_matches(form)) for name, form in forms.items()}
    columns["quote"] = pa.Column(str, pa.Check.str_length(max_value=40))
    held = pa.Check(
        lambda rows: pd.Series(
            [text in quote for text, quote in zip(rows.value_text, rows.quote, strict=True)],
            rows.index,
        )
    )
    schema = pa.DataFrameSchema(columns, checks=held, unique=["document", "n"])

    def validate(rows: pd.DataFrame) -> int:
        try:
            schema.validate(rows, lazy=True)
        except pa.errors.SchemaErrors as fault:
            return len(fault.failure_cases)
        return 0

    return validate


def prepare_frictionless(folder: Path) -> Callable[[pd.DataFrame], int]:
    """Validate the file, which it reads itself, by a schema with the same rules, as it has them."""
    from frictionless import Package

    from policydata.schema import MEASURES, STATUSES

    tables = read_tables(folder)
    rules: dict[str, dict[str, Any]] = {
        "measure": {"enum": [*MEASURES]},
        "status": {"enum": [*STATUSES]},
        "n": {"pattern": "[1-9][0-9]*"},
        "period": {"pattern": _PERIOD},
        "quote": {"maxLength": 40},
    }
    names = read_rows(folder).columns
    fields = [{"name": one, "type": "string", "constraints": rules.get(one, {})} for one in names]
    keys = [("document", "documents", "id"), ("place", "places", "id")]
    keys += [("indicator", "indicators", "code")]
    schema = {
        "fields": fields,
        "primaryKey": ["document", "n"],
        "foreignKeys": [
            {"fields": [field], "reference": {"resource": table, "fields": [key]}}
            for field, table, key in keys
        ],
    }
    others = [
        {
            "name": name,
            "path": f"reference/{name}.csv",
            "schema": {"fields": [{"name": one, "type": "string"} for one in tables[name]]},
        }
        for _, name, _ in keys
    ]
    coded = {"name": "coded", "path": "coded.csv", "schema": schema}
    package = Package.from_descriptor({"resources": [coded, *others]}, basepath=str(folder))

    def validate(_: pd.DataFrame) -> int:
        report = package.get_resource("coded").validate()
        return int(report.stats["errors"])

    return validate


def prepare_pyam(folder: Path) -> Callable[[pd.DataFrame], int]:
    """Load rows in its long form into pyam; their figures were read by `tidy` before."""
    import pyam

    from policydata import tidy

    read = tidy(read_rows(folder), read_tables(folder)).dropna(subset=["value", "year"])
    long = pd.DataFrame(
        {
            "model": read.document,
            "scenario": read.status.astype("str") + " " + read.period,
            "region": read.place,
            "variable": read.indicator + "|" + read.measure.astype("str"),
            "unit": read.unit,
            "year": read.year.astype("int64"),
            "value": read.value,
        }
    ).drop_duplicates(["model", "scenario", "region", "variable", "unit", "year"])
    return lambda _: len(pyam.IamDataFrame(long).data)


JOBS = {
    "tidy": prepare_tidy,
    "check": prepare_check,
    "script": prepare_script,
    "pandera": prepare_pandera,
    "frictionless": prepare_frictionless,
    "pyam": prepare_pyam,
}


def list_missing(job: str) -> str:
    """Name the package that a job needs and that is not installed; blank if there is none."""
    try:
        version(NEEDS.get(job, "pandas"))
    except PackageNotFoundError:
        return NEEDS[job]
    return ""


def run_job(job: str, folder: Path, strings: str) -> dict[str, object]:
    """Read the rows, run the job, and say how long both took and what was found."""
    if missing := list_missing(job):
        return {"state": f"{missing} is not installed"}
    pd.set_option("mode.string_storage", strings)
    do = JOBS[job](folder)
    read_rows(folder)
    start = time.process_time()
    rows = read_rows(folder)
    read = time.process_time() - start
    start, begun = time.process_time(), time.perf_counter()
    found = do(rows)
    seconds, elapsed = time.process_time() - start, time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "state": "done",
        "found": found,
        "read_seconds": round(read, 3),
        "seconds": round(seconds, 3),
        "elapsed": round(elapsed, 3),
        "peak_mib": round(peak / (1024**2 if sys.platform == "darwin" else 1024)),
    }


if __name__ == "__main__":
    print(json.dumps(run_job(sys.argv[1], Path(sys.argv[2]), sys.argv[3])))
