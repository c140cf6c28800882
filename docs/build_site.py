"""Make the site: write its sources from the tables, run the notebooks, and let Sphinx build it.

`make docs` calls it; `python docs/build_site.py FOLDER` makes it in another folder than build/docs.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from time import monotonic

import pandas as pd
from sphinx.cmd.build import build_main

from explorer import TABLE, make_fragment
from pages import copied, documents, figures, indicators, notebooks, places, reference, start
from pages.charts import draw_charts
from pages.work import Work
from policydata import export
from policydata.load import load_statements
from policydata.tables import read_table

ROOT = Path(__file__).resolve().parents[1]


def build_site(folder: Path) -> int:
    """Make the site in a folder; return the status of Sphinx, which takes warnings for errors."""
    began = monotonic()
    work = Work(ROOT, folder)
    write_sources(work)
    print(f"Sources and charts: {monotonic() - began:.0f} s", flush=True)
    options = ["-b", "html", "-c", str(ROOT / "docs"), "-d", str(folder / "doctrees"), "-q"]
    # Everything is read and written anew: else pages that did not change keep an old navigation.
    strict = ["-E", "-n", "-W", "--keep-going", "-j", "auto"]
    extra = ["-D", f"html_extra_path={folder / 'extra'}"]
    shutil.rmtree(work.output, ignore_errors=True)
    status = build_main([*options, *strict, *extra, str(work.sources), str(work.output)])
    if status == 0:
        print(f"Open {work.output / 'index.html'} ({monotonic() - began:.0f} s)")
    return status


def write_sources(work: Work) -> None:
    """Write every page of the site as a source for Sphinx."""
    statements = load_statements()
    tables = {name: read_table(name) for name in ("places", "indicators", "documents")}
    shown = figures.read_figures(work.root)
    figures.write_figures(work, shown)
    charts = [*places.choose_charts(statements), *indicators.choose_charts(statements, shown)]
    drawn = draw_charts(work, charts)
    places.write_places(work, tables["places"], statements, shown, drawn)
    indicators.write_indicators(work, tables["indicators"], statements, shown, drawn)
    documents.write_documents(work, tables["documents"], statements)
    run = notebooks.write_notebooks(work, {figure.name: figure.alt for figure in shown})
    reference.write_reference(work)
    pages = copied.write_copied(work, reference.list_names())
    start.write_start(work, shown, pages, run)
    write_explorer(work, statements)
    work.clear()


def write_explorer(work: Work, statements: pd.DataFrame) -> None:
    """Write the page of the explorer, and beside it the table that it leads to."""
    work.write("explorer_fragment.html", make_fragment(statements))
    page = ["# Explorer [检索]{.language-zh}", "", "```{raw} html", ":file: explorer_fragment.html"]
    work.write("explorer.md", "\n".join([*page, "```", ""]))
    export(statements, work.build / "extra" / TABLE)


if __name__ == "__main__":
    chosen = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "build/docs"
    sys.exit(build_site(chosen))
