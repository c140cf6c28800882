"""The shipped tables, made from what people edit; replaced whole, and only where they differ."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from policydata.build.codebook import describe_data
from policydata.coded import read_coded
from policydata.load import forget
from policydata.schema import REFERENCE
from policydata.statements import tidy
from policydata.tables import read_csv, read_reference

__all__ = ["build_codebook", "build_reference", "build_statements", "write_whole"]


def build_reference(data: Path, tables: Path) -> None:
    """Copy the reference tables, sorted as they are, in our one form of CSV; all or none."""
    read = {name: read_csv(data / "reference" / f"{name}.csv") for name in REFERENCE}
    version = (data / "VERSION").read_text(encoding="utf-8")
    for name, table in read.items():
        _write_table(table, tables / f"{name}.csv")
    write_whole(tables / "VERSION", version)
    forget()


def build_codebook(data: Path) -> None:
    """Write the codebook from the records that the code reads."""
    write_whole(data / "CODEBOOK.md", describe_data())


def build_statements(data: Path, tables: Path) -> None:
    """Make the tidy table from the coded ones."""
    statements = tidy(read_coded(data / "coded"), read_reference(data / "reference"))
    _write_table(statements, tables / "statements.csv")
    forget()


def write_whole(file: Path, content: str) -> None:
    """Replace a file whole, or leave it where nothing differs."""
    raw = content.encode("utf-8")
    if file.exists() and file.read_bytes() == raw:
        return
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(raw)
    beside.replace(file)


def _write_table(table: pd.DataFrame, file: Path) -> None:
    """Write a table: UTF-8, LF, comma, days as ISO 8601, numbers in their shortest exact form."""
    write_whole(file, table.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d"))
