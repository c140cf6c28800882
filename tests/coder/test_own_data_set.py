"""Commands and functions work in a data set of an invented province as they do in ours."""

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from policydata import cite, compare, conflicts, coverage, read_coded, tidy
from policydata.__main__ import main
from policydata.charts import plot_series, save_figure
from policydata.coder.starting import make_data_set
from policydata.tables import read_data_version

pytestmark = pytest.mark.xdist_group("own data set")

# 明湖 has two cities, and two documents speak of them.
PLACES = """\
donghu,990100,东湖市,Donghu,prefecture,minghu,1,东湖
minghu,990000,明湖省,Minghu,province,,,明湖
xihu,990200,西湖市,Xihu,prefecture,minghu,2,西湖
"""
DOCUMENTS = """\
donghu-2024-report,东湖市工作报告,Report of Donghu,东湖市政府,2024-01-10,,plan,excerpt,official,,,,
minghu-2025-news,明湖省新闻,News of Minghu,明湖日报,2025-01-20,,news,excerpt,news,,,,
"""
ROWS = """\
donghu-2024-report,1,donghu,gdp,growth_rate,target,2024,6%以上,生产总值增长6%以上,,1,,A,
donghu-2024-report,2,donghu,rd_intensity,share,target,2024,2.5%,研发经费投入强度2.5%,,1,,A,
minghu-2025-news,1,donghu,gdp,growth_rate,outcome,2024,5.4%,东湖生产总值增长5.4%,,1,,A,
minghu-2025-news,2,xihu,gdp,growth_rate,outcome,2024,6.1%,西湖生产总值增长6.1%,,1,,A,
"""
CODED, CHART = "coded/first.csv", [f"first_chart.{one}" for one in "csv json pdf png svg".split()]


def add(file: Path, lines: str) -> None:
    file.write_text(file.read_text("utf-8") + lines, "utf-8")


def read(folder: Path) -> dict[str, bytes]:
    """Read every file of a data set but the lock, by its path in it."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.suffix != ".lock")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set with four rows; it is not built."""
    root = tmp_path_factory.mktemp("minghu") / "minghu"
    make_data_set(root)
    for name, lines in (("places", PLACES), ("documents", DOCUMENTS)):
        add(root / f"reference/{name}.csv", lines)
    add(root / CODED, ROWS)
    return root


@pytest.fixture(scope="module")
def built(coded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = shutil.copytree(coded, tmp_path_factory.mktemp("built") / "minghu")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root / "notebooks")
        assert main(["build"]) == 0
    return root


def test_coded_rows_are_checked_by_the_places_and_documents_of_the_data_set(
    coded, tmp_path, monkeypatch, capsys
):
    root = shutil.copytree(coded, tmp_path / "ours")
    monkeypatch.chdir(root)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == (
        "4 statements of 2 documents: 0 errors, 0 reviews, 0 notes.\n"
    )
    add(root / CODED, "minghu-2025-news,3,xihe,gdp,growth_rate,outcome,2024,6%,西河6%,,1,,A,\n")
    assert main(["check"]) == 1
    assert f'{CODED}:6:place: "xihe"' in capsys.readouterr().out


def test_a_build_writes_tables_figures_and_their_pages_and_names_no_version_of_ours(built):
    files = read(built)
    tables = {name for name in files if name.startswith("tables/")}
    assert tables == {
        f"tables/{name}.csv"
        for name in "documents hazards indicators places statements units".split()
    }
    figures = {name for name in files if name.startswith("figures/")}
    assert figures == {f"figures/{name}" for name in (*CHART, "README.md", "SOURCES.md")}
    rows = pd.read_csv(built / "tables/statements.csv", dtype="str")
    assert rows.place_zh.tolist() == ["东湖市", "东湖市", "东湖市", "西湖市"]
    gallery = files["figures/README.md"].decode()
    assert "## What is coded so far?" in gallery and "1 of 1 targets" in gallery
    assert "东湖市工作报告" in files["figures/SOURCES.md"].decode()
    for page in ("figures/README.md", "figures/first_chart.json", "CODEBOOK.md"):
        assert "data version" not in files[page].decode().lower()
        assert f"data {read_data_version()}" not in files[page].decode()


def test_a_second_build_runs_nothing_and_changes_no_byte(built, monkeypatch, capsys):
    before = read(built)
    monkeypatch.chdir(built)
    assert main(["build"]) == 0
    assert read(built) == before
    assert capsys.readouterr().out.startswith("Up to date: data, 01_first_chart.ipynb\n")


def test_a_build_before_anything_is_coded_ends_well_without_a_figure(tmp_path, monkeypatch, capsys):
    make_data_set(tmp_path / "ours", "山东")
    monkeypatch.chdir(tmp_path / "ours")
    assert main(["build"]) == 0
    said = capsys.readouterr().out
    assert "1 notebook run, 0 up to date, 0 figures, " in said
    assert not list((tmp_path / "ours/figures").glob("first_chart.*"))


def test_an_error_in_the_data_stops_the_build_with_its_address(
    coded, tmp_path, monkeypatch, capsys
):
    root = shutil.copytree(coded, tmp_path / "ours")
    add(root / CODED, "minghu-2025-news,3,xihe,gdp,growth_rate,outcome,2024,6%,西河6%,,1,,A,\n")
    monkeypatch.chdir(root)
    assert main(["build"]) == 1
    said = capsys.readouterr().err
    assert '"xihe"' in said and said.endswith("The data have errors: nothing was written.\n")
    assert not (root / "tables").exists() or not list((root / "tables").iterdir())


def test_what_a_change_touches_is_built_again_and_so_it_is_with_another_package(
    built, tmp_path, monkeypatch, capsys
):
    root = shutil.copytree(built, tmp_path / "ours")
    package = tmp_path / "site-packages/policydata"
    package.mkdir(parents=True)
    (package / "units.py").write_text("FACTOR = 1\n")
    monkeypatch.chdir(root)
    monkeypatch.setattr("policydata.__file__", str(package / "__init__.py"))
    monkeypatch.setattr("policydata.build.run_notebook", pretend_to_draw)
    reasons = []
    for change in (
        lambda: None,
        lambda: add(root / CODED, ROWS.splitlines()[3].replace("news,2", "news,3") + "\n"),
        lambda: add(root / "reference/hazards.csv", "minghu-2025-news:2,inferred_year\n"),
        lambda: (package / "units.py").write_text("FACTOR = 2\n"),
    ):
        change()
        assert main(["build"]) == 0
        reasons += re.findall(r"01_first_chart.ipynb \((.+)\): ", capsys.readouterr().out)
    assert reasons == ["package", "tables", "tables", "package"]


def test_a_figure_left_over_from_rows_that_are_gone_is_a_fault_with_its_remedy(
    built, tmp_path, monkeypatch, capsys
):
    root = shutil.copytree(built, tmp_path / "ours")
    (root / CODED).write_text((root / CODED).read_text("utf-8").splitlines()[0] + "\n")
    monkeypatch.chdir(root)
    assert main(["build"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("notebooks/01_first_chart.ipynb ran but did not write figures/first_cha")
    assert said.endswith(": draw it with lang=lang, or delete what is left over.\n")
    for file in (root / "figures").glob("first_chart.*"):
        file.unlink()
    assert main(["build"]) == 0


def test_a_version_of_ones_own_is_named_where_there_is_one(built, tmp_path, monkeypatch):
    root = shutil.copytree(built, tmp_path / "ours")
    (root / "VERSION").write_text("7 2025-03-31\n")
    monkeypatch.chdir(root)
    monkeypatch.setattr("policydata.build.run_notebook", pretend_to_draw)
    assert main(["build"]) == 0
    assert "- Data version: 7\n" in (root / "figures/README.md").read_text("utf-8")
    assert "data version 7." in (root / "CODEBOOK.md").read_text("utf-8")
    described = json.loads((root / "datapackage.json").read_text("utf-8"))
    assert (described["version"], described["created"]) == ("7", "2025-03-31T00:00:00Z")


async def pretend_to_draw(notebook, at_cell, lang):
    """Write the figures again, without the seconds that a kernel takes."""
    for file in (notebook.path.parents[1] / "figures").glob("first_chart.*"):
        file.write_bytes(file.read_bytes())
    return [""] * len(notebook.cells)


def test_rows_are_compared_covered_cited_and_charted_with_places_of_ones_own(coded, tmp_path):
    own = coded / "reference"
    rows = tidy(read_coded(coded / "coded"), own)
    pairs = compare(rows, reference=own, place="东湖")
    assert pairs[["place_en", "target", "outcome", "met"]].values.tolist() == [
        ["Donghu", 6.0, 5.4, "missed"]
    ]
    cells = coverage(rows, reference=own, indicator="gdp", year=2024)
    assert cells[["place", "state"]].values.tolist() == [
        ["donghu", "stated"],
        ["minghu", "not coded"],
        ["xihu", "stated"],
    ]
    assert conflicts(rows, reference=own).empty
    assert cite(pairs, reference=own).splitlines() == [
        "东湖市政府 (2024-01-10). 东湖市工作报告 [Report of Donghu].",
        "明湖日报 (2025-01-20). 明湖省新闻 [News of Minghu].",
    ]
    growth = rows[rows.indicator.eq("gdp")]
    figure = plot_series(growth, reference=own, lang="zh")
    assert [axes.get_title("left") for axes in figure.axes] == ["东湖市", "西湖市"]
    save_figure(figure, "growth", folder=tmp_path)
    assert "policydata" not in (tmp_path / "growth.json").read_text("utf-8")
