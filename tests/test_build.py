"""A build does again what a change touches, nothing else, and says in words what stopped it."""

import errno
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import nbformat
import pytest
from nbformat import v4

import policydata
from policydata.build import build, state
from policydata.build.errors import BuildError
from policydata.build.notebooks import run_notebook
from policydata.build.source import Notebook
from policydata.tables import TABLES

MISTAKES = Path(__file__).parent / "mistakes"
# What a notebook of these tests calls: it draws nothing, and notes that it ran.
STAND_IN = """
def save_figure(figure, name, rows, *, caption, lang="en"):
    folder = Path("../figures", "zh" if lang == "zh" else "")
    drawing = f"<svg lang='{lang}' rows='{rows}'/>"
    table = f"statement_id,rows\\nhebi-2022-mayor-interview:1,{rows}\\n"
    files = {"pdf": "", "svg": drawing, "png": "", "csv": table}
    for suffix, text in files.items():
        Path(folder, f"{name}.{suffix}").write_text(text)
    with Path("../ran.txt").open("a") as log:
        log.write(name + (" in " + lang if lang != "en" else "") + "\\n")
"""
IMPORT = "from pathlib import Path\nexec(Path('stand_in.py').read_text())"
FIGURES = ["growth_hebi", "growth_kaifeng"]
STATE, LOCK = ".policydata-build.json", ".policydata-build.lock"
LANGUAGE = 'lang = "en"'
TAGS = ("parameters",)
CODED = "data/coded/plan.csv"


@dataclass
class Project:
    """A project of two notebooks, one a city, and a coding of two documents."""

    root: Path

    def write(
        self, city: str, *cells: str, prose: str = "# Growth", tags: tuple[str, ...] = TAGS
    ) -> None:
        language = v4.new_code_cell(LANGUAGE, metadata={"tags": list(tags)})
        code = [v4.new_code_cell(cell) for cell in (IMPORT, *cells)]
        book = v4.new_notebook(cells=[v4.new_markdown_cell(prose), language, *code])
        nbformat.write(book, self.root / "notebooks" / f"{city}.ipynb")

    def replace(self, file: str, old: str, new: str) -> None:
        """Edit a file by hand."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def build(self, lang: str = "en") -> tuple[int, list[str]]:
        """Build in a language; give the status and which figures were drawn."""
        log = self.root / "ran.txt"
        log.write_text("")
        status = build(self.root, lang)
        return status, sorted(log.read_text().splitlines())

    def bytes(self) -> dict[str, bytes]:
        """What every file holds, but for the one in which drawing is noted."""
        files = (file for file in self.root.rglob("*") if file.is_file() and file.stem != "ran")
        return {str(file.relative_to(self.root)): file.read_bytes() for file in files}


def save(city: str, rows: str = "1") -> str:
    return f"save_figure(None, 'growth_{city}', {rows}, caption='Growth.', lang=lang)"


async def run_here(
    notebook: Notebook, at_cell: Callable[[int], None], lang: str = "en"
) -> list[str]:
    """Run the cells in this process, without the seconds that a kernel takes."""
    names: dict[str, object] = {}
    shown = []
    for number, source in enumerate(notebook.list_sources(lang), start=1):
        at_cell(number)
        try:
            with chdir(notebook.path.parent), redirect_stdout(io.StringIO()) as printed:
                exec(source, names)
        except ZeroDivisionError as fault:
            raise BuildError(f"{notebook.name}, cell {number}: {fault}") from None
        shown.append(printed.getvalue())
    return shown


def stand_in(root: Path, patch: pytest.MonkeyPatch) -> Project:
    """Let the package be the project's, and notebooks run here."""
    patch.setattr("policydata.__file__", str(root / "src/policydata/__init__.py"))
    patch.setattr("policydata.build.runs.run_notebook", run_here)
    return Project(root)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    package = root / "src/policydata"
    for folder in ("notebooks", "src/policydata/build", "src/policydata/charts/fonts"):
        (root / folder).mkdir(parents=True)
    (package / "units.py").write_text("FACTOR = 1\n")
    (package / "charts/fonts/Sans.ttf").write_bytes(b"one")
    (package / "build/engine.py").write_text("THREADS = 2\n")
    shutil.copytree(MISTAKES / "clean/coded", root / "data/coded")
    shutil.copytree(MISTAKES / "reference", root / "data/reference")
    shutil.copy(TABLES / "units.csv", root / "data/reference")
    (root / "data/reference/hazards.csv").write_text("statement_id,hazard\n")
    (root / "data/VERSION").write_text("2024.01\n")
    (package / "tables").mkdir()
    (root / "notebooks/stand_in.py").write_text(STAND_IN)
    with pytest.MonkeyPatch.context() as patch:
        project = stand_in(root, patch)
        for city in ("hebi", "kaifeng"):
            project.write(city, save(city))
        assert project.build() == (0, FIGURES)
    return root


on_a_full_disk = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no /dev/full"
)


def fill_disk(file: Path) -> None:
    """Let what is written beside a file meet a disk without room."""
    file.with_name(f".{file.name}.new").symlink_to("/dev/full")


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    return stand_in(shutil.copytree(built, tmp_path / "project"), monkeypatch)


@pytest.fixture
def kernels(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let notebooks run in kernels after all."""
    monkeypatch.setattr("policydata.build.runs.run_notebook", run_notebook)


def test_a_second_build_runs_nothing_and_changes_no_byte(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.build()
    before = project.bytes()
    capsys.readouterr()
    assert project.build() == (0, [])
    assert project.bytes() == before
    printed = capsys.readouterr()
    assert printed.err == ""
    kept, total, last = printed.out.splitlines()
    assert kept == "Up to date: data, hebi.ipynb, kaifeng.ipynb"
    assert re.fullmatch(r"0 notebooks run, 2 up to date, 2 figures, \d+\.\d s", total)
    assert last == "Open figures/README.md."


def test_where_nothing_is_to_do_nothing_is_loaded_that_runs_draws_or_checks(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build()
    for module in "IPython jupyter_client matplotlib nbclient nbformat pandera rich".split():
        for loaded in [name for name in sys.modules if name.partition(".")[0] == module]:
            monkeypatch.delitem(sys.modules, loaded)
        monkeypatch.setitem(sys.modules, module, None)  # any import of it fails
    assert project.build() == (0, [])


def test_a_build_in_chinese_writes_beside_the_english_figures_and_touches_none(
    project: Project,
) -> None:
    before = project.bytes()
    assert project.build("zh") == (0, ["growth_hebi in zh", "growth_kaifeng in zh"])
    after = project.bytes()
    made = {f"{name}.{kind}" for name in FIGURES for kind in ("pdf", "svg", "png", "csv")}
    assert set(after) - set(before) == {f"figures/zh/{name}" for name in {*made, "README.md"}}
    assert {name for name in before if before[name] != after[name]} == {STATE}
    assert after["figures/zh/growth_hebi.svg"] == b"<svg lang='zh' rows='1'/>"
    assert after["figures/zh/README.md"].startswith("# 图表\n".encode())


def test_neither_language_makes_the_other_forget_that_it_is_up_to_date(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.build("zh")
    before = project.bytes()
    for lang, spoken in [("en", ""), ("zh", " in Chinese")] * 2:
        capsys.readouterr()
        assert project.build(lang) == (0, [])
        assert project.bytes() == before
        kept = f"Up to date: data, hebi.ipynb{spoken}, kaifeng.ipynb{spoken}\n"
        assert capsys.readouterr().out.startswith(kept)


def test_a_fault_in_one_language_leaves_the_other_up_to_date(project: Project) -> None:
    project.build("zh")
    project.replace(CODED, ",minghu,", ",mingho,")
    assert project.build("zh") == (1, [])
    project.replace(CODED, ",mingho,", ",minghu,")
    assert [project.build("en"), project.build("zh")] == [(0, []), (0, [])]


def test_a_changed_notebook_runs_again_in_each_language(project: Project) -> None:
    project.build("zh")
    project.write("hebi", "x = 1", save("hebi"))
    assert project.build("en") == (0, ["growth_hebi"])
    assert project.build("zh") == (0, ["growth_hebi in zh"])


def test_a_notebook_that_does_not_say_its_language_stops_a_build_in_chinese_alone(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("hebi", save("hebi"), tags=())
    assert project.build("zh") == (1, [])
    assert capsys.readouterr().err == (
        "notebooks/hebi.ipynb has no cell tagged 'parameters' with lang = \"en\"; add one.\n"
    )
    assert project.build("en") == (0, [])


def test_the_index_names_notebook_and_cell_of_each_figure(project: Project) -> None:
    page = project.bytes()["figures/README.md"].decode()
    for city in ("hebi", "kaifeng"):
        link = f"[notebooks/{city}.ipynb](../notebooks/{city}.ipynb)"
        assert f"- Made by {link}, cell `In [3]`\n" in page


def test_changed_prose_runs_nothing(project: Project) -> None:
    project.write("hebi", save("hebi"), prose="# Growth, in other words")
    assert project.build() == (0, [])


def test_changed_code_runs_just_that_notebook(project: Project) -> None:
    project.write("hebi", "x = 1", save("hebi"))
    assert project.build() == (0, ["growth_hebi"])


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        (CODED, "7%以上", "8%以上", "tables"),
        ("data/reference/places.csv", "Minghu", "Ming Lake", "tables"),
        ("data/VERSION", "2024", "2025", "tables"),
        ("src/policydata/units.py", "1", "2", "package"),
        ("src/policydata/charts/fonts/Sans.ttf", "one", "another", "package"),
        ("notebooks/stand_in.py", "<svg", "<svg id='1'", "package"),
    ],
)
def test_a_changed_table_module_or_font_runs_every_notebook_and_is_the_reason(
    project: Project,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    reason: str,
) -> None:
    project.replace(file, old, new)
    assert project.build() == (0, FIGURES)
    assert f"hebi.ipynb ({reason}): 3 cells to run\n" in capsys.readouterr().out


def test_another_version_of_a_drawing_library_runs_every_notebook(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "version", lambda package: "99")
    assert project.build() == (0, FIGURES)


@pytest.mark.parametrize("file", ["src/policydata/build/engine.py", "data/CODEBOOK.md"])
def test_a_changed_file_that_no_notebook_meets_runs_no_notebook(
    project: Project, file: str
) -> None:
    (project.root / file).write_text("THREADS = 3\n")
    assert project.build() == (0, [])


@pytest.mark.parametrize("suffix", ["pdf", "svg", "png", "csv"])
def test_a_deleted_figure_is_made_again(project: Project, suffix: str) -> None:
    before = project.bytes()
    (project.root / f"figures/growth_hebi.{suffix}").unlink()
    assert project.build() == (0, ["growth_hebi"])
    name = f"figures/growth_hebi.{suffix}"
    assert project.bytes()[name] == before[name]


def test_an_altered_figure_is_made_again(project: Project) -> None:
    before = project.bytes()["figures/growth_hebi.csv"]
    (project.root / "figures/growth_hebi.csv").write_text("statement_id\nb:2\n")
    assert project.build() == (0, ["growth_hebi"])
    assert project.bytes()["figures/growth_hebi.csv"] == before


def test_an_edited_row_renews_the_tables_that_it_touches_and_no_other(project: Project) -> None:
    tables = project.root / "src/policydata/tables"
    before = {file.name: file.stat().st_mtime_ns for file in tables.iterdir()}
    project.replace(CODED, "7%以上", "8%以上")
    project.build()
    after = {file.name: file.stat().st_mtime_ns for file in tables.iterdir()}
    assert {name for name in after if after[name] != before[name]} == {"statements.csv"}
    assert "8%以上" in (tables / "statements.csv").read_text("utf-8")


def test_a_table_or_a_codebook_that_was_edited_is_made_again(project: Project) -> None:
    made = ["src/policydata/tables/units.csv", "src/policydata/tables/VERSION", "data/CODEBOOK.md"]
    for name in made:
        before = project.bytes()[name]
        (project.root / name).write_text("id\n")
        assert project.build()[0] == 0
        assert project.bytes()[name] == before


@pytest.mark.parametrize(
    ("file", "old", "new", "address"),
    [
        (CODED, "plan,1,", "plan,1.5,", 'plan.csv:2:n: "1.5"; allowed: '),
        ("data/reference/documents.csv", "published", "publishd", 'documents.csv:1: "publishd"; '),
        ("data/reference/units.csv", ",1\n", ",abc\n", "units.csv:2:factor: "),
        ("data/reference/places.csv", "id", "\udcb1\udce0", "places.csv: "),
        ("data/reference/hazards.csv", "\n", "\nminghu-2024-plan:9,stock\n", "hazards.csv:2:"),
    ],
)
def test_data_with_errors_stop_the_build_before_anything_is_written(
    project: Project,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    address: str,
) -> None:
    path = project.root / file
    raw = path.read_text("utf-8").replace(old, new, 1).encode("utf-8", "surrogateescape")
    path.write_bytes(raw)
    # Sound, and yet not taken over alone.
    project.replace("data/reference/indicators.csv", "Charging points", "Chargers")
    before = project.bytes()
    assert project.build() == (1, [])
    assert project.bytes() == before
    printed = capsys.readouterr()
    assert address in printed.err
    assert printed.err.endswith("\nThe data have errors: nothing was written.\n")
    assert "Traceback" not in printed.err + printed.out


def test_a_data_version_that_is_not_utf_8_stops_the_build_in_a_sentence(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    version = project.root / "data/VERSION"
    version.write_text("2025.01\n", "utf-16")
    before = project.bytes()
    assert project.build() == (1, [])
    assert project.bytes() == before
    assert capsys.readouterr().err == f'"{version}" is not UTF-8.\n'


def test_after_a_fault_in_the_data_is_mended_nothing_runs_that_was_up_to_date(
    project: Project,
) -> None:
    project.replace(CODED, ",minghu,", ",mingho,")
    assert project.build() == (1, [])
    project.replace(CODED, ",mingho,", ",minghu,")
    assert project.build() == (0, [])


def test_data_to_review_are_counted_and_stop_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.replace("data/coded/news.csv", "the caption repeats statement 1", "")
    assert project.build() == (0, FIGURES)
    assert "data: 1 to review; `policydata check` lists them\n" in capsys.readouterr().out


def test_a_notebook_that_fails_runs_again_until_it_is_mended_and_the_others_run(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("hebi", "1 / 0", save("hebi"))
    project.write("kaifeng", "x = 1", save("kaifeng"))
    for ran in (["growth_kaifeng"], []):
        assert project.build() == (1, ran)
        assert capsys.readouterr().err == "notebooks/hebi.ipynb, cell 3: division by zero\n"
    project.write("hebi", "x = 1", save("hebi"))
    assert project.build() == (0, ["growth_hebi"])


@pytest.mark.usefixtures("kernels")
def test_in_kernels_a_fault_is_named_with_cell_and_line_and_no_notebook_is_changed(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("hebi", "x = 1\nx + y", save("hebi"))
    project.write("kaifeng", "print('seen')", save("kaifeng"))
    before = project.bytes()
    assert project.build() == (1, ["growth_kaifeng"])
    after = project.bytes()
    assert {name for name in after if after[name] != before.get(name)} == {STATE}
    printed = capsys.readouterr()
    fault = "notebooks/hebi.ipynb, cell 3, line 2: NameError: name 'y' is not defined\n    x + y\n"
    assert printed.err == fault
    assert "1 notebook run, 1 failed, 0 up to date, 1 figure, " in printed.out
    assert "Open" not in printed.out


def test_a_figure_that_its_notebook_does_not_write_is_a_fault(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("hebi", save("hebi"), "if False:\n    save_figure(None, 'never', [], caption='')")
    assert project.build() == (1, ["growth_hebi"])
    files = ", ".join(f"figures/never.{suffix}" for suffix in ("pdf", "svg", "png", "csv"))
    fault = f"notebooks/hebi.ipynb ran, and did not write {files}: call save_figure with lang=lang."
    assert capsys.readouterr().err == fault + "\n"


def test_an_older_figure_does_not_stand_for_the_one_that_its_notebook_did_not_write(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.build("zh")
    project.write("hebi", save("hebi").replace("lang=lang", "lang='zh'"))
    assert project.build() == (1, ["growth_hebi in zh"])
    assert "did not write figures/growth_hebi.pdf, " in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "folder"), [("en", "figures"), ("zh", "figures/zh")])
def test_a_figure_that_no_notebook_makes_is_a_fault(
    project: Project, capsys: pytest.CaptureFixture[str], lang: str, folder: str
) -> None:
    project.build("zh")
    (project.root / "notebooks/hebi.ipynb").unlink()
    capsys.readouterr()
    assert project.build(lang) == (1, [])
    assert capsys.readouterr().err.startswith(f"No notebook makes {folder}/growth_hebi.csv, ")


def test_two_notebooks_must_not_make_the_same_figure(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("luoyang", save("hebi"))
    assert project.build() == (1, [])
    assert capsys.readouterr().err == (
        "The figure 'growth_hebi' is made by notebooks/hebi.ipynb and by notebooks/luoyang.ipynb: "
        "give one of them another name.\n"
    )


@pytest.mark.parametrize(("lang", "spoken"), [("en", ""), ("zh", " in Chinese")])
def test_off_a_terminal_progress_is_plain_lines(
    project: Project, capsys: pytest.CaptureFixture[str], lang: str, spoken: str
) -> None:
    project.build("zh")
    project.write("hebi", "x = 1", save("hebi", "2"))
    project.build("en" if lang == "zh" else "zh")
    capsys.readouterr()
    project.build(lang)
    printed = capsys.readouterr().out
    assert re.fullmatch(
        rf"hebi\.ipynb{spoken} \(code\): 4 cells to run\n"
        rf"hebi\.ipynb{spoken}: done, \d+\.\d s\n"
        rf"Up to date: data, kaifeng\.ipynb{spoken}\n"
        r"Figures changed: growth_hebi\n"
        r"1 notebook run, 1 up to date, 2 figures, \d+\.\d s\n"
        rf"Open figures{'/zh' if lang == 'zh' else ''}/README\.md\.\n",
        printed,
    )


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
    again = "notebooks/hebi.ipynb shows something new in In [4]: read its prose again"
    assert [line for line in capsys.readouterr().out.splitlines() if "prose" in line] == [again]


@pytest.mark.parametrize("forgotten", [False, True])
def test_figures_of_the_other_language_are_said_to_be_of_other_rows(
    project: Project, capsys: pytest.CaptureFixture[str], forgotten: bool
) -> None:
    stale = "figures/zh is not up to date: policydata build --lang zh\n"
    project.build()
    assert "figures/zh" not in capsys.readouterr().out
    project.build("zh")
    project.build()
    assert stale not in capsys.readouterr().out
    if forgotten:  # as in a fresh clone
        (project.root / STATE).unlink()
        project.build()
        assert stale not in capsys.readouterr().out
    project.write("hebi", save("hebi", "2"))
    project.build()
    assert capsys.readouterr().out.endswith(f"{stale}Open figures/README.md.\n")


def test_a_project_is_not_built_by_the_package_of_another_clone(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = project.root.parent / "clone/src/policydata"
    monkeypatch.setattr("policydata.__file__", str(elsewhere / "__init__.py"))
    project.replace(CODED, "7%以上", "8%以上")
    before = project.bytes()
    assert project.build() == (1, [])
    assert project.bytes() == before
    own = project.root / "src/policydata"
    assert capsys.readouterr().err == (
        f'The policydata that runs is "{elsewhere}" and not "{own}": run make in "{project.root}", '
        "or put its src first in PYTHONPATH.\n"
    )


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (b'{"format": 1, "tasks": {', "Expecting property name"),
        (b"", "Expecting value"),
        (b"null", "it is not a record of hashes"),
        (b'{"format": 1, "tasks": {"hebi.ipynb": null}}', "it is not a record of hashes"),
        (b'{"format": 0, "tasks": {}}', "it is of format 0, and not 1"),
        (b"\xff\xfe\x00", "'utf-16-le' codec can't decode"),
        (b"[" * 100_000, "maximum recursion depth exceeded"),
    ],
)
def test_a_record_that_is_damaged_is_a_sentence_and_a_fresh_start(
    project: Project, capsys: pytest.CaptureFixture[str], record: bytes, reason: str
) -> None:
    file = project.root / STATE
    file.write_bytes(record)
    assert project.build() == (0, FIGURES)
    said = capsys.readouterr().err
    assert said.startswith(f'"{file}" could not be read ({reason}')
    assert said.endswith("): everything is built anew.\n")
    assert project.build() == (0, [])


def test_a_record_that_cannot_be_opened_is_a_sentence_and_a_fresh_start(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, read = project.root / STATE, Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == file:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        assert project.build() == (0, FIGURES)
    said = f'"{file}" could not be read (Permission denied): everything is built anew.\n'
    assert capsys.readouterr().err == said
    assert project.build() == (0, [])


@on_a_full_disk
@pytest.mark.parametrize("file", ["src/policydata/tables/statements.csv", "data/CODEBOOK.md"])
def test_on_a_full_disk_tables_and_codebook_are_renewed_together_or_not_at_all(
    project: Project, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    project.replace("data/reference/indicators.csv", "Charging points", "Chargers")
    project.replace(CODED, "7%以上", "8%以上")
    before = project.bytes()
    fill_disk(project.root / file)
    assert project.build() == (1, [])
    assert project.bytes() == before
    said = f'"{project.root / file}" cannot be written: No space left on device.\n'
    assert capsys.readouterr().err == said


@on_a_full_disk
@pytest.mark.parametrize("file", [STATE, "figures/README.md"])
def test_on_a_full_disk_a_file_of_the_build_is_named_and_stays_whole(
    project: Project, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    project.write("luoyang", save("luoyang"))
    before = project.bytes()[file]
    fill_disk(project.root / file)
    assert project.build() == (1, ["growth_luoyang"])
    assert project.bytes()[file] == before
    assert list(project.root.rglob(".*.new")) == []
    said = f'"{project.root / file}" cannot be written: No space left on device.\n'
    assert capsys.readouterr().err == said


def test_where_one_file_cannot_be_replaced_the_others_are_put_back(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    codebook = project.root / "data/CODEBOOK.md"
    codebook.unlink()
    codebook.mkdir()
    (project.root / "src/policydata/tables/VERSION").unlink()
    project.replace(CODED, "7%以上", "8%以上")
    before = project.bytes()
    assert project.build() == (1, [])
    assert project.bytes() == before
    assert capsys.readouterr().err == f'"{codebook}" cannot be written: Is a directory.\n'


def test_a_project_that_cannot_be_written_is_a_sentence(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path, mode: str = "r") -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        status = build(project.root)
    assert status == 1
    said = f'"{project.root / LOCK}" cannot be written: Read-only file system.\n'
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_file_where_the_figures_belong_is_a_sentence(
    project: Project, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    figures = project.root / "figures"
    shutil.rmtree(figures)
    figures.write_text("")
    assert project.build(lang) == (1, [])
    folder = figures / "zh" if lang == "zh" else figures
    said = f'"{folder}" is not a folder, and the figures need one.\n'
    assert capsys.readouterr().err == said


def test_a_file_that_is_not_a_notebook_stops_the_build_in_a_sentence(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / "notebooks/luoyang.ipynb").write_text("# Growth")
    before = project.bytes()
    assert project.build() == (1, [])
    assert project.bytes() == before
    reason = "Expecting value: line 1 column 1 (char 0)"
    said = f"notebooks/luoyang.ipynb is not a Jupyter notebook: {reason}.\n"
    assert capsys.readouterr().err == said


def test_a_library_that_is_missing_is_named_with_what_installs_it(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(state, "DRAWING", ("pandas", "inkwell"))
    assert project.build() == (1, [])
    said = "inkwell is not installed: pip install 'policydata[build]'\n"
    assert capsys.readouterr().err == said


def test_a_second_build_says_that_one_is_running_and_touches_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / LOCK).write_text(str(os.getppid()))
    project.write("hebi", "x = 1", save("hebi"))
    before = project.bytes()
    assert project.build() == (1, [])
    assert project.bytes() == before
    assert capsys.readouterr().err == (
        f"A build is running here (process {os.getppid()}): wait for its end. "
        f'If there is none, delete "{project.root / LOCK}".\n'
    )


@pytest.mark.parametrize("owner", [str(2**31 - 1), "own", "", "9" * 30, "\ufffd"])
def test_the_lock_of_a_build_that_was_killed_does_not_count(project: Project, owner: str) -> None:
    (project.root / LOCK).write_text(str(os.getpid()) if owner == "own" else owner, "utf-8")
    assert project.build() == (0, [])
    assert not (project.root / LOCK).exists()


def test_a_build_that_fails_leaves_no_lock(project: Project) -> None:
    project.write("hebi", f"1 / (not Path('../{LOCK}').exists())", save("hebi"))
    assert project.build() == (1, [])
    assert not (project.root / LOCK).exists()


def test_an_interrupt_ends_a_build_in_a_sentence_and_keeps_what_is_done(project: Project) -> None:
    until_kaifeng_is_done = f"while Path('../{STATE}').read_bytes() == before: time.sleep(0.05)"
    project.write(
        "hebi",
        "import os, signal, time\nPath('../kernel').write_text(str(os.getpid()))",
        f"before = Path('../before').read_bytes()\n{until_kaifeng_is_done}",
        # One long sleep would miss an interrupt that comes just before it.
        "try:\n    os.kill(os.getppid(), signal.SIGINT)\n    while True: time.sleep(0.05)\n"
        "finally:\n    time.sleep(0.3)\n    Path('../ran.log').write_text('cleared up')",
        save("hebi"),
    )
    project.write("kaifeng", "x = 1", save("kaifeng"))
    project.write("luoyang", "import time\ntime.sleep(60)", save("luoyang"))
    project.write("xinyang", save("xinyang"))
    before = project.bytes()
    shutil.copy(project.root / STATE, project.root / "before")
    code = (
        "import os, signal, sys, policydata; from policydata.build import build\n"
        # A shell that starts the tests behind it lets them ignore interrupts.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        # Two notebooks run, two wait.
        "os.cpu_count = lambda: 2\n"
        f"policydata.__file__ = {policydata.__file__!r}\n"
        f"sys.exit(build({str(project.root)!r}))"
    )
    began = monotonic()
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert monotonic() - began < 30
    assert (ended.returncode, ended.stderr) == (
        1,
        "Stopped. What is done is kept; the next build does the rest.\n",
    )
    with pytest.raises(ProcessLookupError):
        os.kill(int((project.root / "kernel").read_text()), 0)
    assert (project.root / "ran.log").read_text() == "cleared up"
    after = project.bytes()
    assert {name for name in after if after[name] != before.get(name)} == {
        STATE,
        "before",
        "kernel",
    }
    for city in ("hebi", "luoyang"):
        project.write(city, "x = 1", save(city))
    assert project.build() == (0, ["growth_hebi", "growth_luoyang", "growth_xinyang"])
