"""Coded rows as a person types them, in sight, and what reading them is said to be wrong."""

import pandas as pd

from policydata.coded import read_sheets
from policydata.columns import name_columns
from policydata.schema import CODED

HEADER = name_columns(CODED)
ROW = "minghu-2024-news 1 minghu gdp level outcome 2024-06 90亿元 生产总值90亿元 - 1 - A -".split()
CELLS = ["" if cell == "-" else cell for cell in ROW]
TEXT = "".join(",".join(line) + "\n" for line in (HEADER, CELLS, [*CELLS[:-1], "again"]))


def write_csv(file, *rows, header=HEADER):
    """Write rows of a coded table."""
    pd.DataFrame(rows, columns=header).to_csv(file, index=False, lineterminator="\n")


def list_faults(path, *columns):
    """List the problems of a path by the columns asked for."""
    return read_sheets(path, CODED)[1][list(columns)].values.tolist()
