"""A build does again what a change touches, nothing else, and says what came of it."""

import asyncio
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from rich import get_console

from policydata.build import files
from policydata.datasets import find_data_set
from policydata.load import forget
from small_project import CODED, FIGURES, STATE, SUFFIXES, Project, run_here, save


def test_a_second_build_runs_nothing_and_changes_no_byte(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = project.bytes()
    assert project.build() == (0, [])
    assert project.bytes() == before
    printed = capsys.readouterr()
    assert printed.err == ""
    assert re.fullmatch(
        r"Up to date: data, hebi\.ipynb, kaifeng\.ipynb\n"
        r"0 notebooks run, 2 up to date, 2 figures, \d+\.\d s\n"
        r"Open figures/README\.md\.\n",
        printed.out,
    )


def test_where_nothing_is_to_do_nothing_is_loaded_that_runs_draws_or_checks(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    heavy = "IPython jupyter_client matplotlib nbformat rich policydata.checks".split()
    for module in heavy:
        for loaded in [name for name in sys.modules if f"{name}.".startswith(f"{module}.")]:
            monkeypatch.delitem(sys.modules, loaded)
        monkeypatch.setitem(sys.modules, module, None)  # any import of it fails
    assert project.build() == (0, [])


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (CODED, "tables"),
        ("data/reference/places.csv", "tables"),
        ("data/VERSION", "tables"),
        ("src/policydata/units.py", "package"),
        ("src/policydata/charts/fonts/Sans.ttf", "package"),
        ("notebooks/stand_in.py", "package"),
    ],
)
def test_a_changed_table_module_or_font_runs_every_notebook_and_is_the_reason(
    project: Project, capsys: pytest.CaptureFixture[str], file: str, reason: str
) -> None:
    changes = {CODED: ("7%以上", "8%以上"), "data/reference/places.csv": ("Minghu", "Ming Lake")}
    if file in changes:
        project.replace(file, *changes[file])
    else:
        with (project.root / file).open("a") as opened:
            opened.write("\n")
    assert project.build() == (0, FIGURES)
    assert f"hebi.ipynb ({reason}): 3 cells to run\n" in capsys.readouterr().out


def test_a_changed_title_runs_every_notebook_in_each_language_and_asks_anew(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    titles = project.root / "notebooks/titles.csv"
    project.build("zh")
    for text in ("figure,en,zh\nhebi,How fast?,多快？\n", "figure,en,zh\nhebi,How far?,多远？\n"):
        titles.write_text(text, "utf-8")
        capsys.readouterr()
        assert project.build("en") == (0, FIGURES)
        printed = capsys.readouterr().out
        assert "hebi.ipynb (files): 3 cells to run\n" in printed
        assert "figures/zh is not up to date" in printed
        assert project.build("zh") == (0, [f"{name} in zh" for name in FIGURES])
        assert project.build("en") == (0, [])
    pages = [project.bytes()[f"figures/{folder}README.md"].decode() for folder in ("", "zh/")]
    assert [re.findall("^## (.*)", page, re.MULTILINE) for page in pages] == [
        ["How far?", "Growth"],
        ["多远？", "Growth"],
    ]


def test_a_chart_that_no_build_has_seen_runs_every_notebook_and_so_does_its_change_and_its_end(
    project: Project,
) -> None:
    chart = project.root / "src/policydata/charts/bubbles.py"
    for text in ("new", "changed"):
        chart.write_text(text)
        assert project.build() == (0, FIGURES)
    chart.unlink()
    assert project.build() == (0, FIGURES)


@pytest.mark.parametrize("file", ["checks/rules.py", "maps/rivers.svg", "tables/rivers.csv"])
def test_a_module_a_drawing_or_a_table_that_no_build_has_seen_runs_every_notebook(
    project: Project, file: str
) -> None:
    path = project.root / "src/policydata" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("")
    assert project.build() == (0, FIGURES)


def test_another_version_of_what_draws_runs_every_notebook(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "version", lambda library: "99")
    assert project.build() == (0, FIGURES)
    versions = files.hash_data_set(find_data_set(project.root))["versions"]
    assert versions.partition(", ")[2] == "pandas 99, matplotlib 99, seaborn 99"


def test_changed_code_runs_just_its_notebook_in_each_language_and_changed_prose_none(
    project: Project,
) -> None:
    project.build("zh")
    project.write("hebi", save("hebi"), prose="# Growth, in other words")
    assert project.build() == (0, [])
    project.write("hebi", "x = 1", save("hebi"))
    assert project.build("en") == (0, ["growth_hebi"])
    assert project.build("zh") == (0, ["growth_hebi in zh"])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_figure_that_was_deleted_or_edited_is_made_again(project: Project, suffix: str) -> None:
    file = project.root / f"figures/growth_hebi.{suffix}"
    before = project.bytes()
    for spoil in (Path.unlink, lambda path: path.write_text("by hand")):
        spoil(file)
        assert project.build() == (0, ["growth_hebi"])
        assert project.bytes() == before


def test_files_that_systems_and_editors_leave_behind_run_nothing(project: Project) -> None:
    for name in (".units.py.swp", "__pycache__/units.pyc"):
        (project.root / "src/policydata/__pycache__").mkdir(exist_ok=True)
        (project.root / "src/policydata" / name).write_text("")
    assert project.build() == (0, [])


def test_an_edited_row_renews_the_tables_that_it_touches_and_no_other(project: Project) -> None:
    tables = project.root / "src/policydata/tables"
    before = {file.name: file.stat().st_mtime_ns for file in tables.iterdir()}
    project.replace(CODED, "7%以上", "8%以上")
    project.build()
    after = {file.name: file.stat().st_mtime_ns for file in tables.iterdir()}
    assert {name for name in after if after[name] != before[name]} == {"statements.csv"}
    assert "8%以上" in (tables / "statements.csv").read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        *("src/policydata/tables/units.csv", "src/policydata/tables/VERSION"),
        *(f"data/{name}" for name in files.PAGES),
        *("data/datapackage.json", "data/tables/statements.csv"),
    ],
)
def test_what_is_made_of_the_data_is_made_again_where_it_was_edited(
    project: Project, name: str
) -> None:
    before = project.bytes()
    (project.root / name).write_text("id\n")
    assert project.build() == (0, [])
    assert project.bytes() == before


def test_data_to_review_are_counted_and_stop_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.replace("data/coded/news.csv", "the caption repeats statement 1", "")
    assert project.build() == (0, FIGURES)
    assert "data: 1 to review; `policydata check` lists them\n" in capsys.readouterr().out


def test_a_build_in_chinese_writes_beside_the_english_figures_and_touches_none(
    project: Project,
) -> None:
    before = project.bytes()
    assert project.build("zh") == (0, ["growth_hebi in zh", "growth_kaifeng in zh"])
    after = project.bytes()
    made = {f"{name}.{suffix}" for name in FIGURES for suffix in SUFFIXES}
    assert set(after) - set(before) == {
        f"figures/zh/{name}" for name in {*made, "README.md", "SOURCES.md"}
    }
    assert {name for name in before if before[name] != after[name]} == {STATE}
    assert after["figures/zh/growth_hebi.svg"] == b"<svg lang='zh'/>"
    assert after["figures/zh/README.md"].startswith("# 图表\n".encode())


def test_neither_language_makes_the_other_forget_that_it_is_up_to_date(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.build("zh")
    before = project.bytes()
    for lang, spoken in [("en", ""), ("zh", " in Chinese")]:
        capsys.readouterr()
        assert project.build(lang) == (0, [])
        assert project.bytes() == before
        kept = f"Up to date: data, hebi.ipynb{spoken}, kaifeng.ipynb{spoken}\n"
        assert capsys.readouterr().out.startswith(kept)


def test_the_index_names_notebook_and_cell_of_each_figure(project: Project) -> None:
    page = project.bytes()["figures/README.md"].decode()
    for city in ("hebi", "kaifeng"):
        link = f"[notebooks/{city}.ipynb](../notebooks/{city}.ipynb)"
        assert f"- Made by {link}, cell `In [3]`\n" in page


def test_the_index_cites_a_document_as_this_build_has_renewed_it(
    project: Project, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(forget)
    monkeypatch.setattr("policydata.tables.TABLES", project.root / "src/policydata/tables")
    project.replace("notebooks/stand_in.py", "hebi-2022-mayor-interview", "minghu-2024-plan")
    project.replace("data/reference/documents.csv", "What Minghu does", "What it does")
    assert project.build() == (0, FIGURES)
    assert "[What it does this year]" in project.bytes()["figures/SOURCES.md"].decode()


@pytest.mark.parametrize(
    ("lang", "spoken", "folder"), [("en", "", ""), ("zh", " in Chinese", "/zh")]
)
def test_off_a_terminal_progress_is_plain_lines(
    project: Project, capsys: pytest.CaptureFixture[str], lang: str, spoken: str, folder: str
) -> None:
    project.build("zh")
    project.write("hebi", "x = 1", save("hebi", "2"))
    project.build("en" if lang == "zh" else "zh")
    capsys.readouterr()
    project.build(lang)
    assert re.fullmatch(
        rf"hebi\.ipynb{spoken} \(code\): 4 cells to run\n"
        rf"hebi\.ipynb{spoken}: done, \d+\.\d s\n"
        rf"Up to date: data, kaifeng\.ipynb{spoken}\n"
        r"Figures changed: none\n"
        r"Rows or words behind figures that look as before: growth_hebi\n"
        r"1 notebook run, 1 up to date, 2 figures, \d+\.\d s\n"
        rf"Open figures{folder}/README\.md\.\n",
        capsys.readouterr().out,
    )


def test_on_a_terminal_progress_moves_and_what_is_done_stays(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run_slowly(*given: Any) -> list[str]:
        shown = await run_here(*given)
        await asyncio.sleep(0.3)
        return shown

    monkeypatch.setattr("policydata.build.run_notebook", run_slowly)
    project.write("[b]", save("hebi"), "x = 1")
    (project.root / "notebooks/hebi.ipynb").unlink()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(get_console(), "is_interactive", True)
    monkeypatch.setenv("COLUMNS", "100")
    assert project.build() == (0, ["growth_hebi"])
    printed = re.sub(r"\x1b\[[\d;?]*[a-zA-Z]|\r", "", capsys.readouterr().out)
    assert re.search(r"\[b\]\.ipynb \(new\) ━+ +3/4 0:00:0\d", printed)
    assert re.search(r"\[b\]\.ipynb: done, \d+\.\d s\n", printed)


@pytest.mark.parametrize(
    ("count", "listed"),
    [
        (0, "none"),
        (10, ", ".join(f"f{n}" for n in range(10, 20))),
        (12, ", ".join(f"f{n}" for n in range(10, 20)) + " and 2 more"),
    ],
)
def test_ten_figures_that_changed_are_named_and_the_rest_counted(
    project: Project, capsys: pytest.CaptureFixture[str], count: int, listed: str
) -> None:
    saves = [f"save_figure(None, 'f{n}', 1, caption='')" for n in range(10, 10 + count)]
    project.write("hebi", save("hebi"), *saves, "x = 1")
    project.build()
    assert f"\nFigures changed: {listed}\n" in capsys.readouterr().out


def test_cells_that_show_something_new_are_named_so_that_prose_is_read_again(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    read = "print(Path('../data/coded/plan.csv').read_text('utf-8').count('7%'))"
    address = "import time\nprint(f'<Axes at {time.time_ns():#x}>')"
    project.write("hebi", read, save("hebi"), address)
    project.build()
    capsys.readouterr()
    # The cell counts otherwise, and it stands elsewhere now.
    project.write("hebi", "print(0)", read, save("hebi"), address, "print(1)")
    project.replace(CODED, "7%以上", "8%以上")
    project.build()
    again = "notebooks/hebi.ipynb has new output in In [4]: read its prose again"
    assert [line for line in capsys.readouterr().out.splitlines() if "prose" in line] == [again]


@pytest.mark.parametrize("forgotten", [False, True])
def test_figures_of_the_other_language_are_said_to_be_of_something_else(
    project: Project, capsys: pytest.CaptureFixture[str], forgotten: bool
) -> None:
    stale = "figures/zh is not up to date: run policydata build --lang zh\n"
    project.build()
    assert "figures/zh" not in capsys.readouterr().out
    project.build("zh")
    project.build()
    assert stale not in capsys.readouterr().out
    if forgotten:  # as in a fresh clone
        (project.root / STATE).unlink()
        project.build()
        assert stale not in capsys.readouterr().out
    # Where a build has made them, other code is enough; else their rows have to differ.
    project.write("hebi", save("hebi", "2" if forgotten else "1"), "x = 1")
    project.build()
    assert capsys.readouterr().out.endswith(f"{stale}Open figures/README.md.\n")


def test_a_build_writes_the_guide_in_both_languages_and_again_where_a_rule_changed(
    project: Project,
) -> None:
    rules = "section,en,zh\nquote,Be short.,从简。\n"
    (project.root / "data/guide.csv").write_text(rules, "utf-8")
    assert project.build() == (0, [])
    guides = [project.root / f"data/GUIDE{end}" for end in (".md", ".zh.md")]
    assert ["从简" in guide.read_text("utf-8") for guide in guides] == [False, True]
    project.replace("data/guide.csv", "从简", "求简")
    assert project.build() == (0, [])
    assert ["求简" in guide.read_text("utf-8") for guide in guides] == [False, True]
