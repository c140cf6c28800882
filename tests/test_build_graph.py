"""A build does again what a change touches, and nothing else."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat import v4

from policydata.build import build, fingerprint

# What a notebook of these tests calls: it draws nothing, and notes that it ran.
STAND_IN = """
from pathlib import Path

def load_statements(**conditions):
    return []

def save_figure(figure, name, rows, *, caption, lang="en"):
    folder = Path("../figures", "zh" if lang == "zh" else "")
    folder.mkdir(exist_ok=True)
    table = f"statement_id,language\\nhebi-2022-mayor-interview:1,{lang}\\n"
    files = {"pdf": "", "svg": "<svg/>", "png": "", "csv": table}
    for suffix, text in files.items():
        Path(folder, f"{name}.{suffix}").write_text(text)
    with Path("../ran.txt").open("a") as log:
        log.write(name + (" in " + lang if lang != "en" else "") + "\\n")
"""
IMPORT = "from stand_in import load_statements, save_figure"
BUILD = "src/policydata/build"
TABLES = "src/policydata/tables"
FONTS = "src/policydata/charts/fonts"
FIGURES = ("growth_hebi", "growth_kaifeng")
LANGUAGE = 'lang = "en"'
TAGS = ("parameters",)
PROBLEMS = ["file", "row", "column", "value", "level", "rule", "allowed", "nearest"]
ROWS = pd.DataFrame({"place": ["hebi", "kaifeng"], "value": [6.5, 7.0], "document": ["a", "b"]})
DOCUMENTS = pd.DataFrame({"id": ["a", "b", "c"], "doc_type": ["interview", "interview", "news"]})


@dataclass
class Project:
    """A project of two notebooks, one a city, with stand-ins for the library."""

    root: Path
    rows: pd.DataFrame = field(default_factory=lambda: ROWS)
    documents: pd.DataFrame = field(default_factory=lambda: DOCUMENTS)
    problems: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=PROBLEMS))
    calls: list[str] = field(default_factory=list)

    def write(
        self, city: str, *cells: str, prose: str = "# Growth", tags: tuple[str, ...] = TAGS
    ) -> None:
        language = v4.new_code_cell(LANGUAGE, metadata={"tags": list(tags)})
        code = [v4.new_code_cell(cell) for cell in (IMPORT, *cells)]
        book = v4.new_notebook(cells=[v4.new_markdown_cell(prose), language, *code])
        nbformat.write(book, self.root / "notebooks" / f"{city}.ipynb")

    def build(self, lang: str = "en") -> tuple[int, list[str]]:
        """Build in a language; give the status and which figures were drawn."""
        log = self.root / "ran.txt"
        log.write_text("")
        status = build(self.root, lang)
        return status, sorted(log.read_text().splitlines())

    def load_statements(self, *, place: str) -> pd.DataFrame:
        return self.rows[self.rows["place"] == place]

    def check(self, coded: Path, *, reference: Path) -> pd.DataFrame:
        self.calls.append("check")
        return self.problems

    def build_reference(self, data: Path, tables: Path) -> None:
        self.calls.append("reference")

    def build_tables(self, data: Path, tables: Path) -> None:
        self.calls.append("tables")

    def stand_in(self, patch: pytest.MonkeyPatch) -> None:
        """Put the methods of the project where the build looks for the library's."""
        patch.setattr("policydata.load_statements", self.load_statements)
        patch.setattr("policydata.load_documents", lambda: self.documents)
        patch.setattr("policydata.checks.check", self.check)
        patch.setattr("policydata.build.tables.build_reference", self.build_reference)
        patch.setattr("policydata.build.tables.build_statements", self.build_tables)

    def bytes(self) -> dict[str, bytes]:
        files = (file for file in self.root.rglob("*") if file.is_file())
        return {str(file.relative_to(self.root)): file.read_bytes() for file in files}


def save(city: str) -> str:
    rows = f"load_statements(place='{city}')"
    return f"save_figure(None, 'growth_{city}', {rows}, caption='Growth.', lang=lang)"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("project")
    for folder in (
        "notebooks",
        "data/coded",
        "data/reference",
        "src/policydata/build",
        TABLES,
        FONTS,
    ):
        (root / folder).mkdir(parents=True)
    (root / "src/policydata/units.py").write_text("FACTOR = 1\n")
    (root / "src/policydata/charts/fonts/Sans.ttf").write_bytes(b"one")
    (root / "src/policydata/build/graph.py").write_text("THREADS = 2\n")
    (root / "data/coded/hebi.csv").write_text("document,n\na,1\n")
    (root / "notebooks/stand_in.py").write_text(STAND_IN)
    project = Project(root)
    for city in ("hebi", "kaifeng"):
        project.write(city, save(city))
    with pytest.MonkeyPatch.context() as patch:
        project.stand_in(patch)
        assert project.build() == (0, ["growth_hebi", "growth_kaifeng"])
    yield root


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = Project(shutil.copytree(built, tmp_path / "project"))
    project.stand_in(monkeypatch)
    return project


def test_a_second_build_runs_nothing_and_changes_no_byte(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.build()
    before, project.calls = project.bytes(), []
    capsys.readouterr()
    assert project.build() == (0, [])
    assert project.calls == []
    assert project.bytes() == before
    kept, total = capsys.readouterr().out.splitlines()
    assert kept == "Up to date: check, tables, hebi.ipynb, kaifeng.ipynb"
    assert re.fullmatch(r"0 notebooks run, 2 up to date, 2 figures, \d+\.\d s", total)


def test_a_build_in_chinese_writes_beside_the_english_figures_and_touches_none(
    project: Project,
) -> None:
    before = project.bytes()
    assert project.build("zh") == (0, ["growth_hebi in zh", "growth_kaifeng in zh"])
    after = project.bytes()
    made = {f"{name}.{kind}" for name in FIGURES for kind in ("pdf", "svg", "png", "csv")}
    assert set(after) - set(before) == {f"figures/zh/{name}" for name in {*made, "README.md"}}
    assert {name for name in before if before[name] != after[name]} == {".doit.json", "ran.txt"}
    assert after["figures/zh/growth_hebi.csv"].endswith(b":1,zh\n")
    assert after["figures/zh/README.md"].startswith("# 图表\n".encode())


def test_neither_language_makes_the_other_forget_that_it_is_up_to_date(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.build("zh")
    before = project.bytes() | {"ran.txt": b""}
    for lang, spoken in [("en", ""), ("zh", " in Chinese")] * 2:
        capsys.readouterr()
        assert project.build(lang) == (0, [])
        assert project.bytes() == before
        kept = f"Up to date: check, tables, hebi.ipynb{spoken}, kaifeng.ipynb{spoken}\n"
        assert capsys.readouterr().out.startswith(kept)


def test_a_fault_in_one_language_leaves_the_other_up_to_date(project: Project) -> None:
    project.build("zh")
    (project.root / "data/coded/hebi.csv").write_text("document,n\na,2\n")
    project.problems = pd.DataFrame([dict.fromkeys(PROBLEMS, "") | {"level": "error"}])
    assert project.build("zh") == (1, [])
    project.problems = project.problems.head(0)
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


def test_changed_rows_run_just_the_notebook_that_loads_them(project: Project) -> None:
    project.rows = project.rows.assign(value=[6.5, 7.5])
    assert project.build() == (0, ["growth_kaifeng"])


def test_a_changed_document_runs_just_the_notebook_whose_rows_name_it(project: Project) -> None:
    project.documents = DOCUMENTS.assign(doc_type=["interview", "news", "interview"])
    assert project.build() == (0, ["growth_kaifeng"])


@pytest.mark.parametrize("table", ["places", "units"])
def test_a_changed_table_of_names_runs_every_notebook(project: Project, table: str) -> None:
    (project.root / f"src/policydata/tables/{table}.csv").write_text("id,name_zh\nhebi,鹤壁\n")
    assert project.build() == (0, ["growth_hebi", "growth_kaifeng"])


def test_a_changed_module_runs_every_notebook(project: Project) -> None:
    (project.root / "src/policydata/units.py").write_text("FACTOR = 2\n")
    assert project.build() == (0, ["growth_hebi", "growth_kaifeng"])


def test_a_changed_font_runs_every_notebook(project: Project) -> None:
    (project.root / "src/policydata/charts/fonts/Sans.ttf").write_bytes(b"another")
    assert project.build() == (0, ["growth_hebi", "growth_kaifeng"])


def test_a_changed_module_that_no_notebook_imports_runs_no_notebook(project: Project) -> None:
    (project.root / "src/policydata/build/graph.py").write_text("THREADS = 3\n")
    assert project.build() == (0, [])


def test_another_version_of_a_drawing_library_runs_every_notebook(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprint, "version", lambda package: "99")
    assert project.build() == (0, ["growth_hebi", "growth_kaifeng"])


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


def test_changed_data_are_checked_and_built_again(project: Project) -> None:
    project.build()
    (project.root / "data/coded/hebi.csv").write_text("document,n\na,2\n")
    project.calls = []
    project.build()
    assert project.calls == ["reference", "check", "tables"]


def test_data_with_errors_stop_the_build_before_the_tables(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    row = ["hebi.csv", "2", "n", "1.5", "error", "n is a whole number", "1, 2, 3 …", ""]
    project.problems = pd.DataFrame([row], columns=PROBLEMS)
    assert project.build() == (1, [])
    assert project.calls == ["reference", "check"]
    printed = capsys.readouterr()
    assert 'hebi.csv:2:n: "1.5"; allowed: 1, 2, 3 …' in printed.err
    assert "Traceback" not in printed.err
    assert "0 notebooks run, 2 not run" in printed.out


@pytest.mark.parametrize(
    ("table", "content", "address"),
    [
        ("indicators", "编号\n".encode("gbk"), 'indicators.csv: "'),
        ("documents", b"id,publishd\n", 'documents.csv:1: "publishd"; allowed: id, title_zh'),
        (
            "units",
            b"text,symbol,dimension,factor\n\xe4\xb8\xaa,count,count,abc\n",
            "units.csv:2:fac",
        ),
    ],
)
def test_a_fault_in_a_reference_table_stops_the_build_before_anything_is_replaced(
    project: Project,
    capsys: pytest.CaptureFixture[str],
    table: str,
    content: bytes,
    address: str,
) -> None:
    (project.root / f"data/reference/{table}.csv").write_bytes(content)
    assert project.build() == (1, [])
    assert project.calls == []
    printed = capsys.readouterr()
    assert f"data/reference/{address}" in printed.err
    assert "Traceback" not in printed.err + printed.out


def test_after_a_fault_in_the_data_is_mended_nothing_runs_that_was_up_to_date(
    project: Project,
) -> None:
    fault = dict.fromkeys(PROBLEMS, "") | {"level": "error", "rule": "blank cell"}
    file = project.root / "data/coded/hebi.csv"
    right = file.read_text()
    file.write_text(right + "a,\n")
    project.problems = pd.DataFrame([fault])
    assert project.build() == (1, [])
    file.write_text(right)
    project.problems = project.problems.head(0)
    assert project.build() == (0, [])


def test_data_to_review_are_counted_and_stop_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    row = ["hebi.csv", "2", "note", "", "review", "a note", "", ""]
    project.problems = pd.DataFrame([row], columns=PROBLEMS)
    assert project.build() == (0, [])
    assert "check: 1 to review; `policydata check` lists them\n" in capsys.readouterr().out


def test_a_failing_notebook_is_named_with_cell_and_line_and_the_others_run(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("hebi", "x = 1\nx + y", save("hebi"))
    project.write("kaifeng", "x = 1", save("kaifeng"))
    assert project.build() == (1, ["growth_kaifeng"])
    printed = capsys.readouterr()
    fault = "notebooks/hebi.ipynb, cell 3, line 2: NameError: name 'y' is not defined\n    x + y\n"
    assert printed.err == fault
    assert "1 notebook run, 1 failed, 0 up to date, 1 figure, " in printed.out


def test_a_notebook_that_failed_runs_again(project: Project) -> None:
    project.write("hebi", "x + y", save("hebi"))
    assert project.build() == (1, [])
    project.write("hebi", save("hebi"))
    assert project.build() == (0, ["growth_hebi"])


def test_a_notebook_is_never_changed_by_a_build(project: Project) -> None:
    project.write("hebi", "print('seen')", save("hebi"))
    before = project.bytes()["notebooks/hebi.ipynb"]
    assert project.build() == (0, ["growth_hebi"])
    assert project.bytes()["notebooks/hebi.ipynb"] == before


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


def test_a_record_left_half_written_is_dropped(project: Project) -> None:
    (project.root / ".doit.json").write_text('{"hebi.ipynb": {')
    assert project.build() == (0, ["growth_hebi", "growth_kaifeng"])


@pytest.mark.parametrize(("lang", "spoken"), [("en", ""), ("zh", " in Chinese")])
def test_off_a_terminal_progress_is_plain_lines(
    project: Project, capsys: pytest.CaptureFixture[str], lang: str, spoken: str
) -> None:
    project.build(lang)
    project.write("hebi", "x = 1", save("hebi"))
    capsys.readouterr()
    project.build(lang)
    printed = capsys.readouterr().out
    assert re.fullmatch(
        rf"hebi\.ipynb{spoken} \(code\): 4 cells to run\n"
        rf"hebi\.ipynb{spoken}: done, \d+\.\d s\n"
        rf"Up to date: check, tables, kaifeng\.ipynb{spoken}\n"
        r"1 notebook run, 1 up to date, 2 figures, \d+\.\d s\n",
        printed,
    )
