"""What stops a build is said in a sentence, and nothing is left half done."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

import policydata
from policydata.build import build, files
from policydata.build.notebooks import run_notebook
from policydata.writing import work_alone
from small_project import CODED, FIGURES, STATE, SUFFIXES, Project, save

on_a_full_disk = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no /dev/full"
)


def fill_disk(file: Path) -> None:
    """Let what is written beside a file meet a disk without room."""
    file.with_name(f".{file.name}.new").symlink_to("/dev/full")


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


def test_after_a_fault_in_the_data_is_mended_nothing_runs_that_was_up_to_date(
    project: Project,
) -> None:
    project.build("zh")
    project.replace(CODED, ",minghu,", ",mingho,")
    assert project.build("zh") == (1, [])
    project.replace(CODED, ",mingho,", ",minghu,")
    assert [project.build("en"), project.build("zh")] == [(0, []), (0, [])]


def test_a_data_version_that_is_not_utf_8_stops_the_build_in_a_sentence(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    version = project.root / "data/VERSION"
    version.write_text("2025.01\n", "utf-16")
    before = project.bytes()
    assert project.build() == (1, [])
    assert project.bytes() == before
    assert capsys.readouterr().err == f'"{version}" is not UTF-8.\n'


def test_a_notebook_that_fails_runs_again_until_it_is_mended_and_the_others_run(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("hebi", "1 / 0", save("hebi"))
    project.write("kaifeng", "x = 1", save("kaifeng"))
    for ran, sum_up in ((["growth_kaifeng"], "1 notebook run, 1 failed, 0"), ([], "0 notebooks")):
        assert project.build() == (1, ran)
        printed = capsys.readouterr()
        assert printed.err == "notebooks/hebi.ipynb, cell 3: division by zero\n"
        assert f"\n{sum_up}" in printed.out
        assert "Open" not in printed.out
    project.write("hebi", "x = 1", save("hebi"))
    assert project.build() == (0, ["growth_hebi"])


def test_a_notebook_that_draws_and_then_fails_is_not_remembered_as_done(project: Project) -> None:
    project.write("hebi", save("hebi"), "1 / 0")
    for _ in range(2):
        assert project.build() == (1, ["growth_hebi"])


def test_a_figure_that_its_notebook_does_not_write_is_a_fault(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write(
        "hebi", save("hebi"), "for city in []:\n    save_figure(None, 'never', [], caption='')"
    )
    for _ in range(2):
        assert project.build() == (1, ["growth_hebi"])
        names = ", ".join(f"figures/never.{suffix}" for suffix in SUFFIXES)
        assert capsys.readouterr().err == (
            f"notebooks/hebi.ipynb ran but did not write {names}: draw it with lang=lang.\n"
        )


def test_an_older_figure_does_not_stand_for_the_one_that_its_notebook_did_not_write(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.build("zh")
    project.write("hebi", save("hebi").replace("lang=lang", "lang='zh'"))
    assert project.build() == (1, ["growth_hebi in zh"])
    assert "did not write figures/growth_hebi.pdf, " in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "folder"), [("en", "figures"), ("zh", "figures/zh")])
def test_a_file_that_no_notebook_makes_is_refused_by_name(
    project: Project, capsys: pytest.CaptureFixture[str], lang: str, folder: str
) -> None:
    project.build("zh")
    (project.root / "notebooks/hebi.ipynb").unlink()
    (project.root / folder / "fr").mkdir()
    before = project.bytes()
    capsys.readouterr()
    assert project.build(lang) == (1, [])
    assert project.bytes() == before
    left = ", ".join(f"{folder}/growth_hebi.{suffix}" for suffix in sorted(SUFFIXES))
    assert capsys.readouterr().err == (
        f"No notebook makes {folder}/fr, {left}: delete what is left over, or write the figure's "
        'name out in a notebook, as in save_figure(figure, "name").\n'
    )


def test_two_notebooks_must_not_make_the_same_figure(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("luoyang", save("hebi"))
    assert project.build() == (1, [])
    assert capsys.readouterr().err == (
        "The figure 'growth_hebi' is made by notebooks/hebi.ipynb and by notebooks/luoyang.ipynb: "
        "give one of them another name.\n"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Expecting value: line 1 column 1 (char 0)"),
        ("<<<<<<< HEAD\n{}", "Expecting value: line 1 column 1 (char 0)"),
        ("null", "it has no list of cells"),
        ("{}", "it has no list of cells"),
        ('{"cells": [{"cell_type": "code", "source": 1}]}', "it has no list of cells"),
    ],
)
def test_a_file_that_is_not_a_notebook_stops_the_build_in_a_sentence(
    project: Project, capsys: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    (project.root / "notebooks/luoyang.ipynb").write_text(text)
    before = project.bytes()
    assert project.build() == (1, [])
    assert project.bytes() == before
    said = f"notebooks/luoyang.ipynb is not a Jupyter notebook: {reason}.\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("cell", ['lang = "fr"', 'lang = "en"\nyear = 2023', "x = 'lang'"])
def test_a_notebook_without_the_cell_of_the_language_stops_a_build_in_chinese_alone(
    project: Project, capsys: pytest.CaptureFixture[str], cell: str
) -> None:
    project.write("hebi", save("hebi").replace("lang=lang", "lang='en'"), lang=cell)
    assert project.build("zh") == (1, [])
    assert capsys.readouterr().err == (
        'notebooks/hebi.ipynb has no cell that is just lang = "en"; add one.\n'
    )
    assert project.build("en") == (0, ["growth_hebi"])


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
        f'The running policydata is "{elsewhere}", not "{own}": run make in "{project.root}", '
        "or put its src first in PYTHONPATH.\n"
    )


def test_a_folder_without_coded_and_reference_tables_is_not_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "coded").mkdir()
    assert build(tmp_path) == 1
    said = f'"{tmp_path}" has no folders coded and reference, and none in data.\n'
    assert capsys.readouterr().err == said
    assert [path.name for path in tmp_path.iterdir()] == ["coded"]


def test_a_folder_in_a_data_set_does_not_build_what_is_around_it(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.replace(CODED, "7%以上", "8%以上")
    before = project.bytes()
    assert build(project.root / "notebooks") == 1
    assert 'notebooks" has no folders coded and reference' in capsys.readouterr().err
    assert project.bytes() == before


@pytest.mark.parametrize("record", [b"", b"\xff\xfe\x00"])
def test_a_record_that_is_damaged_is_a_sentence_and_a_fresh_start(
    project: Project, capsys: pytest.CaptureFixture[str], record: bytes
) -> None:
    (project.root / STATE).write_bytes(record)
    assert project.build() == (0, FIGURES)
    said = rf'"{project.root / STATE}" could not be read \(.+\): everything is built again\.\n'
    assert re.fullmatch(said, capsys.readouterr().err)
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
    said = f'"{project.root / file}": cannot be written: No space left on device.\n'
    assert capsys.readouterr().err == said


@on_a_full_disk
@pytest.mark.parametrize("file", [STATE, "figures/README.md", "figures/SOURCES.md"])
def test_on_a_full_disk_a_file_of_the_build_is_named_and_stays_whole(
    project: Project, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    project.write("luoyang", save("luoyang"))
    before = project.bytes()[file]
    fill_disk(project.root / file)
    assert project.build() == (1, ["growth_luoyang"])
    assert project.bytes()[file] == before
    assert list(project.root.rglob(".*.new")) == []
    said = f'"{project.root / file}": cannot be written: No space left on device.\n'
    assert capsys.readouterr().err == said


def test_where_one_file_cannot_be_replaced_the_next_build_mends_the_rest(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    codebook = project.root / "data/CODEBOOK.md"
    codebook.unlink()
    codebook.mkdir()
    project.replace(CODED, "7%以上", "8%以上")
    assert project.build() == (1, [])
    assert capsys.readouterr().err == f'"{codebook}": cannot be written: Is a directory.\n'
    assert list(project.root.rglob(".*.new")) == []
    codebook.rmdir()
    assert project.build() == (0, FIGURES)


def test_a_file_where_the_figures_belong_is_a_sentence(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(project.root / "figures")
    (project.root / "figures").write_text("")
    assert project.build() == (1, [])
    assert capsys.readouterr().err == f'"{project.root / "figures"}": File exists.\n'


def test_a_library_that_is_missing_is_named_with_what_installs_it(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(files, "DRAWING", ("pandas", "inkwell"))
    assert project.build() == (1, [])
    said = "inkwell is not installed: pip install 'policydata[build]'\n"
    assert capsys.readouterr().err == said


def test_a_second_build_says_that_one_is_running_and_touches_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("hebi", "x = 1", save("hebi"))
    before = project.bytes()
    with work_alone(project.root):
        assert project.build() == (1, [])
    assert project.bytes() == before
    said = f"another command is at work here (process {os.getpid()}): wait until it ends.\n"
    assert capsys.readouterr().err == f'"{project.root}": {said}'


def test_the_lock_of_a_build_that_failed_or_was_killed_does_not_count(project: Project) -> None:
    project.write("hebi", "1 / 0", save("hebi"))
    assert project.build() == (1, [])
    code = (
        "import os, sys; from pathlib import Path; from policydata.writing import work_alone\n"
        "with work_alone(Path(sys.argv[1])):\n    os.abort()"
    )
    ended = subprocess.run([sys.executable, "-c", code, project.root], capture_output=True)
    assert ended.returncode < 0
    project.write("hebi", save("hebi"))
    assert project.build() == (0, [])


def test_an_interrupt_ends_a_build_in_a_sentence_and_keeps_what_is_done(project: Project) -> None:
    until_kaifeng_is_done = f"while Path('../{STATE}').read_bytes() == before: time.sleep(0.05)"
    project.write(
        "hebi",
        "import os, signal, time\nPath('../kernel').write_text(str(os.getpid()))",
        f"before = Path('../before').read_bytes()\n{until_kaifeng_is_done}",
        # One long sleep would miss an interrupt that comes just before it.
        "try:\n    os.kill(os.getppid(), signal.SIGINT)\n    while True: time.sleep(0.05)\n"
        "finally:\n    time.sleep(0.3)\n    Path('../cleared').write_text('up')",
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
    said = "Stopped. What is done is kept; the next build does the rest.\n"
    assert (ended.returncode, ended.stderr) == (1, said)
    with pytest.raises(ProcessLookupError):
        os.kill(int((project.root / "kernel").read_text()), 0)
    after = project.bytes()
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {STATE, "before", "kernel", "cleared"}
    for city in ("hebi", "luoyang"):
        project.write(city, "x = 1", save(city))
    assert project.build() == (0, ["growth_hebi", "growth_luoyang", "growth_xinyang"])


def test_in_kernels_each_fault_is_named_by_notebook_cell_and_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("policydata.build.run_notebook", run_notebook)
    helper = "def fail():\n    return 1 / 0"
    project.write("hebi", helper, "\n\nx = 1\nfail()", "never = 'reached'")
    project.write("kaifeng", "y = 1\nx = = 2")
    project.write("luoyang", "import warnings\nwarnings.warn('old')")
    project.write("xinyang", "import os\nos._exit(3)")
    before = project.bytes()
    assert project.build() == (1, [])
    assert project.bytes() == before
    assert capsys.readouterr().err == (
        "notebooks/hebi.ipynb, cell 4, line 4: ZeroDivisionError: division by zero\n    fail()\n"
        "notebooks/kaifeng.ipynb, cell 3, line 2: SyntaxError: invalid syntax\n    x = = 2\n"
        "notebooks/luoyang.ipynb, cell 3, line 2: UserWarning: old\n    warnings.warn('old')\n"
        "notebooks/xinyang.ipynb, cell 3: Python stopped before the cell was done.\n"
    )


@pytest.mark.parametrize("python", ["false", "/nowhere/python"])
def test_a_kernel_that_does_not_start_is_said(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    python: str,
) -> None:
    monkeypatch.setattr("policydata.build.run_notebook", run_notebook)
    monkeypatch.setattr(sys, "executable", python)
    project.write("hebi", "x = 1", save("hebi"))
    assert project.build() == (1, [])
    why = "`python -m ipykernel_launcher` says why"
    said = f"notebooks/hebi.ipynb: the kernel does not start; {why}.\n"
    assert capsys.readouterr().err == said


def test_a_build_needs_no_lock_where_another_project_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []
