"""A data set of two made-up cities, Minghu and Lushan, typed in sight, in a folder of its own."""

import shutil
from pathlib import Path

import openpyxl
import pandas as pd

from policydata.coder.base import make_base
from policydata.coder.sheets import lay_out, read_typed
from policydata.coder.workbook import write_workbook
from policydata.columns import name_columns
from policydata.datasets import find_data_set
from policydata.schema import CODED

REFERENCE = Path("tests/mistakes/reference")
HEADER = ",".join(name_columns(CODED)) + "\n"
MINGHU = (
    HEADER
    + """\
minghu-2024-news,1,minghu,charging_points,level,outcome,2024-09,280个,已有充电桩280个,,1,,A,
minghu-2024-news,2,minghu,working_points_share,change,outcome,2024-09,3个百分点,完好率提高3个百分点,,1,,A,
minghu-2024-plan,1,minghu,gdp,growth_rate,target,2024,7%以上,生产总值增长7%以上,,1,,A,
minghu-2024-plan,2,minghu,charging_points,level,target,2024,300个,充电桩300个,,1,,A,"=1+1, a note"
"""
)
LUSHAN = (
    HEADER
    + """\
minghu-2024-news,3,lushan,charging_points,level,outcome,2024-09,90个,芦山已有充电桩90个,,1,,A,
"""
)
EXCLUDED = "document,quote,occurrence,numeral,reason\nminghu-2024-plan,5G信号,1,5,name\n"
FILES = {"minghu.csv": MINGHU, "lushan.csv": LUSHAN, "excluded.csv": EXCLUDED}


def make_data_set(folder):
    """Write the data set into a folder, and find it there."""
    shutil.copytree(REFERENCE, folder / "reference")
    (folder / "reference/hazards.csv").write_text(
        "statement_id,hazard\nminghu-2024-news:1,partial_scope\n", "utf-8"
    )
    (folder / "coded").mkdir()
    for name, text in FILES.items():
        (folder / "coded" / name).write_text(text, "utf-8")
    return find_data_set(folder)


def write_book(data, file):
    """Write the data set as a workbook, with what it held."""
    typed = read_typed(data)
    tables = lay_out(typed)
    write_workbook(file, tables, make_base(tables, typed))
    return file


def edit(file, **cells):
    """Type into cells of a sheet, as text: edit(file, sheet="明湖", H2="290个")."""
    book = openpyxl.load_workbook(file)
    sheet = book[cells.pop("sheet")]
    for name, text in cells.items():
        sheet[name] = text
        if isinstance(text, str):
            sheet[name].data_type = "s"
    book.save(file)
    return file


def add_row(file, sheet, *cells):
    """Type a row below the last one of a sheet; a dash is a blank cell."""
    book = openpyxl.load_workbook(file)
    row = book[sheet].max_row + 1
    for place, text in enumerate(cells, 1):
        if text != "-":
            book[sheet].cell(row, place, text).data_type = "s"
    book.save(file)
    return file


def read_files(data):
    """Read the text of every typed table by its name."""
    files = [*data.coded.glob("*.csv"), *data.reference.glob("*.csv")]
    return {file.name: file.read_bytes().decode() for file in files}


def frame(*rows, columns=CODED):
    """Make a table of rows in sight."""
    return pd.DataFrame(rows, columns=name_columns(columns), dtype="str")
