"""Rows to export, in sight, and how the tools of each field read a file back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyreadstat
import pytest

from policydata import load_documents
from policydata.columns import take_rows
from policydata.exports import SUFFIXES
from policydata.schema import PREFERRED
from rows_in_sight import tell

SOFFICE = shutil.which("soffice")
MISSING = "no soffice on this machine: apt-get install libreoffice-calc"
# Where CI runs there has to be LibreOffice: a test skipped in silence proves nothing.
needs_office = pytest.mark.skipif(not SOFFICE and not os.environ.get("CI"), reason=MISSING)

OURS = load_documents().set_index("id").loc[["hebi-2024-press-conference"] * 2].reset_index()
# The documents of the rows, with all that an export says of them.
REFERENCE = {
    "documents": OURS.assign(
        id=["plan", "bulletin"], published=["2023-01-20", "2024-04-01"], reliability="official"
    )
}


def make_rows() -> pd.DataFrame:
    """Make a floor, a range without a year, a share that was missed, and what came of the floor."""
    rows = tell(
        "plan     zhengzhou gdp level       target  2023 7000亿元以上",
        "plan     kaifeng   gdp level       target  -    20—30亿元",
        "plan     hebi      gdp growth_rate target  2023 -0.6%",
        "bulletin zhengzhou gdp level       outcome 2023 13617.84亿元",
        "bulletin hebi      gdp growth_rate outcome 2023 -1.2%",
    )
    notes = ["=1+1", "说“是”, 或者'否'\n第二行", "+8 on a base", "@home", ""]
    return rows.sort_values("statement_id", ignore_index=True).assign(note=notes)


def read_by_pandas(file: Path) -> pd.DataFrame:
    """Read a CSV file; before 3.1 pandas reads the last digits only if it is asked to."""
    if pd.__version__ < "3.1":
        return pd.read_csv(file, float_precision="round_trip")
    return pd.read_csv(file)


def read_stata_by_pyreadstat(file: Path) -> pd.DataFrame:
    return pyreadstat.read_dta(str(file), apply_value_formats=True)[0]


def read_by_libreoffice(file: Path) -> pd.DataFrame:
    """Open and save a workbook in LibreOffice, as a person does, and read what that made."""
    return pd.read_excel(save_in_libreoffice(file), sheet_name="data")


def save_in_libreoffice(file: Path) -> Path:
    if not SOFFICE:
        pytest.fail(MISSING)
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    made = file.parent / "saved"
    call = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", made, file]
    subprocess.run(call, check=True, capture_output=True, timeout=300)
    return made / file.name


def read_by_duckdb(file: Path) -> pd.DataFrame:
    return duckdb.read_parquet(str(file)).df()


def read_objects(file: Path) -> pd.DataFrame:
    return pd.DataFrame(json.loads(file.read_text("utf-8")))


def read_cells(file: Path) -> pd.DataFrame:
    """Read the sheet of the data by openpyxl alone."""
    header, *lines = openpyxl.load_workbook(file)["data"].values
    return pd.DataFrame(lines, columns=header)


READERS: dict[str, tuple[str, Callable[[Path], pd.DataFrame]]] = {
    "pandas reads CSV": (".csv", read_by_pandas),
    "pandas reads CSV as text": (".csv", lambda file: pd.read_csv(file, dtype="str")),
    "DuckDB reads CSV": (".csv", lambda file: duckdb.read_csv(str(file), all_varchar=True).df()),
    "pandas reads Parquet": (".parquet", pd.read_parquet),
    "DuckDB reads Parquet": (".parquet", read_by_duckdb),
    "pandas reads Stata": (".dta", pd.read_stata),
    "pyreadstat reads Stata": (".dta", read_stata_by_pyreadstat),
    "pandas reads Excel": (".xlsx", pd.read_excel),
    "openpyxl reads Excel": (".xlsx", read_cells),
    "LibreOffice reads Excel": (".xlsx", read_by_libreoffice),
    "pandas reads JSON": (".json", lambda file: pd.read_json(file, precise_float=True)),
    "anything reads JSON": (".json", read_objects),
}
assert {suffix for suffix, _ in READERS.values()} == set(SUFFIXES)


def mark_readers() -> list:
    """List the readers for a parametrised test; LibreOffice is not everywhere."""
    marks = {"LibreOffice reads Excel": [needs_office, pytest.mark.xdist_group("soffice")]}
    return [pytest.param(name, marks=marks.get(name, [])) for name in READERS]


def take(read: pd.DataFrame) -> pd.DataFrame:
    """Pass what was read through the door of the library."""
    return take_rows(read, PREFERRED)
