"""Write coded rows made for measuring, with their reference tables, into a folder.

    python benchmarks/make_rows.py 1000000 FOLDER [--faulty 0.01]

`coded.csv` has the rows, `reference/` the tables to which they refer.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from made_rows import make_reference, make_rows


def write_rows(count: int, folder: Path, faulty: float = 0.0) -> None:
    """Write the rows and the reference tables, each as a CSV file."""
    (folder / "reference").mkdir(parents=True, exist_ok=True)
    make_rows(count, faulty=faulty).to_csv(folder / "coded.csv", index=False, lineterminator="\n")
    for name, table in make_reference(count).items():
        table.to_csv(folder / "reference" / f"{name}.csv", index=False, lineterminator="\n")


def main() -> None:
    """Read the call, and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, help="how many rows")
    parser.add_argument("folder", type=Path, help="where they are written")
    parser.add_argument("--faulty", type=float, default=0.0, help="the share of faulty rows")
    call = parser.parse_args()
    write_rows(call.count, call.folder, call.faulty)


if __name__ == "__main__":
    main()
