"""The commands: an exit status, words for a person, and no traceback for a person's mistake."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import policydata
from policydata.__main__ import main
from policydata.build.index import FOLDERS
from policydata.schema import LANGUAGES

MISTAKES = Path("tests/mistakes")
OURS = ["--reference", str(MISTAKES / "reference")]


def run(*call, **options):
    """Run a command as a person does, and give what it wrote and how it ended."""
    # Buffered, as Python is by itself: what cannot be written fails late.
    environment = {**os.environ, "PYTHONUNBUFFERED": "", **options.pop("environment", {})}
    return subprocess.run(
        [sys.executable, "-m", "policydata", *call], env=environment, text=True, **options
    )


def test_clean_tables_end_with_0_and_say_what_was_looked_at(capsys):
    assert main(["check", str(MISTAKES / "clean/coded"), *OURS]) == 0
    said = capsys.readouterr()
    assert said.out == "7 statements of 2 documents: 0 errors, 0 reviews, 0 notes.\n"
    assert said.err == ""


def test_with_the_texts_quotes_and_numerals_are_counted(capsys):
    texts = ["--documents", str(MISTAKES / "documents")]
    assert main(["check", str(MISTAKES / "clean/coded"), *OURS, *texts]) == 0
    assert (
        "1 text: 4 of 4 quotes found, 4 of 4 numerals accounted for.\n" in capsys.readouterr().out
    )


def test_an_error_ends_with_1_and_its_address(capsys):
    assert main(["check", str(MISTAKES / "unknown-place/coded"), *OURS]) == 1
    said = capsys.readouterr().out
    assert 'unknown-place/coded/news.csv:2:place: "mingho"; allowed: ' in said
    assert "nearest: minghu" in said
    assert said.endswith("1 error, 0 reviews, 0 notes.\n")


def test_a_review_alone_ends_with_0(capsys):
    assert main(["check", str(MISTAKES / "figure-typed-twice/coded"), *OURS]) == 0
    assert "figure typed twice (review, 1)" in capsys.readouterr().out


def test_ten_problems_of_a_rule_are_shown_and_the_rest_counted(tmp_path, capsys):
    clean = (MISTAKES / "unknown-place/coded/news.csv").read_text("utf-8").splitlines()
    rows = [clean[1].replace(",1,", f",{n},", 1) + "again" for n in range(1, 13)]
    (tmp_path / "news.csv").write_text("\n".join([clean[0], *rows]) + "\n", "utf-8")
    assert main(["check", str(tmp_path), *OURS]) == 1
    said = capsys.readouterr().out
    assert said.count("mingho") == 10
    assert "unknown place (error, 12)" in said and "… and 2 more" in said


@pytest.mark.parametrize(
    "mistake", ["gbk-file", "broken-quoting", "no-coded-table", "missing-column"]
)
def test_a_file_that_cannot_be_read_ends_with_1_in_words(mistake, capsys):
    assert main(["check", str(MISTAKES / mistake / "coded"), *OURS]) == 1
    said = capsys.readouterr()
    assert f"{mistake}/coded" in said.out and "; allowed: " in said.out
    assert "Traceback" not in said.out + said.err


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (["check", "nowhere"], '"nowhere" does not exist; example: policydata check'),
        (["check", str(MISTAKES), "--documents", "nowhere"], '"nowhere" is not a folder.'),
        (["check", str(MISTAKES), "--reference", "nowhere"], '"nowhere" is not a folder.'),
        (["check", "--documents", "README.md"], '"README.md" is not a folder.'),
        (["check", "--all-documents"], "--all-documents needs --documents DIR."),
    ],
)
def test_a_call_that_cannot_be_carried_out_ends_with_2_on_the_error_stream(call, complaint, capsys):
    assert main(call) == 2
    said = capsys.readouterr()
    assert complaint in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    "call",
    [
        [],
        ["chek"],
        ["check", "--document"],
        ["check", "a", "b"],
        ["build", "zh"],
        ["build", "--lang"],
    ],
)
def test_a_call_that_is_not_understood_ends_with_2_and_the_usage(call, capsys):
    with pytest.raises(SystemExit) as ended:
        main(call)
    assert ended.value.code == 2
    assert "usage: policydata" in capsys.readouterr().err


def test_a_language_that_there_is_not_ends_with_2_and_names_those_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["build", "--lang", "fr"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert re.search(r"--lang: invalid choice: 'fr' \(choose from '?en'?, '?zh'?\)", said)


def test_every_language_of_the_command_has_a_folder_of_figures():
    assert list(LANGUAGES) == list(FOLDERS)


@pytest.mark.parametrize(
    ("call", "language"),
    [
        (["build"], "en"),
        (["build", "--lang", "en"], "en"),
        (["build", "--lang", "zh"], "zh"),
        (["--lang", "zh", "build"], "zh"),
    ],
)
def test_a_build_is_in_english_unless_it_is_asked_for_in_chinese(
    call, language, tmp_path, monkeypatch
):
    asked = []
    for folder in ("coded", "reference"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("policydata.build.build", lambda *given: asked.append(given) or 0)
    assert main(call) == 0
    assert asked == [(tmp_path, language)]


def test_reference_tables_beside_the_coded_ones_are_taken_unasked(tmp_path, capsys):
    shutil.copytree(MISTAKES / "clean/coded", tmp_path / "coded")
    assert main(["check", str(tmp_path / "coded")]) == 1
    shutil.copytree(MISTAKES / "reference", tmp_path / "reference")
    assert main(["check", str(tmp_path / "coded")]) == 0


@pytest.mark.parametrize("broken", [b"id,title\nx,y\n", "编号\n".encode("gbk")])
def test_a_broken_reference_table_is_a_problem_with_an_address(tmp_path, broken, capsys):
    (tmp_path / "documents.csv").write_bytes(broken)
    coded = str(MISTAKES / "clean/coded")
    assert main(["check", coded, "--reference", str(tmp_path)]) == 1
    assert f"{tmp_path.as_posix()}/documents.csv" in capsys.readouterr().out


def test_a_reference_table_with_an_error_ends_with_1_and_its_address(capsys):
    folder = MISTAKES / "factor-that-is-no-number"
    assert main(["check", str(folder / "coded")]) == 1
    said = capsys.readouterr().out
    assert 'reference/units.csv:4:factor: "abc"; allowed: a whole number or a fraction' in said
    assert said.endswith("1 error, 0 reviews, 1 note.\n")


def test_a_command_outside_a_data_set_ends_with_2_and_says_where_to_run_it(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    for command in ("build", "check", "format"):
        assert main([command]) == 2
        assert capsys.readouterr().err == (
            f"policydata {command}: no coded tables here or above; run this in a data set "
            "(policydata init FOLDER makes one).\n"
        )


@pytest.mark.parametrize(("name", "status"), [("clean", 0), ("unknown-place", 1)])
def test_a_pipe_that_closes_early_ends_quietly_with_the_status_of_the_data(name, status):
    reading, writing = os.pipe()
    os.close(reading)
    ended = run(
        "check", str(MISTAKES / name / "coded"), *OURS, stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (status, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full, as on Linux")
@pytest.mark.parametrize(
    "call",
    [
        ["check", str(MISTAKES / "clean/coded"), *OURS],
        ["check", "--help"],
    ],
)
def test_a_full_device_ends_with_1_and_one_sentence(call):
    with Path("/dev/full").open("w") as full:
        ended = run(*call, stdout=full, stderr=subprocess.PIPE)
    said = "policydata: standard output: No space left on device.\n"
    assert (ended.returncode, ended.stderr) == (1, said)


def test_what_an_encoding_cannot_show_is_escaped_and_not_lost():
    ended = run(
        *("check", str(MISTAKES / "unknown-unit/coded"), *OURS),
        environment={"PYTHONIOENCODING": "ascii:strict"},
        capture_output=True,
        encoding="latin-1",
    )
    assert (ended.returncode, ended.stderr) == (1, "")
    assert '"\\u55b5"; allowed: text in units.csv' in ended.stdout
    strict = {"PYTHONIOENCODING": "ascii:strict"}
    lost = run("check", "洛", environment=strict, capture_output=True)
    assert (lost.returncode, lost.stdout) == (2, "")
    assert lost.stderr.startswith('policydata check: "\\u6d1b" does not exist; example: ')


EXCEL = ["check", str(MISTAKES / "no-workbook/coded.xlsx")]


@pytest.mark.parametrize(
    ("call", "work", "package", "extra"),
    [
        (["build"], "build.build", "rich", "build"),
        (["build"], "build.build", "matplotlib.pyplot", "build"),
        (EXCEL, "checks.find_all", "openpyxl", "excel"),
    ],
)
def test_a_package_that_is_not_installed_is_named_with_the_extra_that_brings_it(
    call, work, package, extra, monkeypatch, capsys
):
    def lack(*given, **options):
        raise ModuleNotFoundError(f"No module named '{package}'", name=package)

    def lack_as_pandas_says_it(*given, **options):
        try:
            lack()
        except ModuleNotFoundError as missing:
            raise ImportError(f"Missing optional dependency '{package}'.") from missing

    name = package.partition(".")[0]
    for fails in (lack, lack_as_pandas_says_it):
        monkeypatch.setattr(f"policydata.{work}", fails)
        assert main(call) == 1
        said = f"policydata: {name} is not installed: pip install 'policydata[{extra}]'\n"
        assert capsys.readouterr().err == said


LACKING = """
import runpy, sys
sys.modules |= dict.fromkeys(sys.argv.pop(1).split())
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""
BROUGHT = "jupyter_client matplotlib nbclient nbformat openpyxl rich seaborn"


def test_with_pandas_alone_a_check_runs():
    call = ["policydata", "check", str(MISTAKES / "clean/coded"), *OURS]
    ended = subprocess.run([sys.executable, "-c", LACKING, BROUGHT, *call], capture_output=True)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_an_import_that_fails_for_another_reason_is_raised(monkeypatch):
    def err(*given):
        raise ImportError("cannot import name 'tidily' from 'policydata'")

    monkeypatch.setattr("policydata.build.build", err)
    with pytest.raises(ImportError, match="tidily"):
        main(["build"])


def test_a_file_that_cannot_be_opened_in_a_build_is_a_sentence(monkeypatch, capsys):
    def fail(*given):
        raise PermissionError(13, "Permission denied", "figures/README.md")

    monkeypatch.setattr("policydata.build.build", fail)
    assert main(["build"]) == 1
    assert capsys.readouterr().err == "policydata: figures/README.md: Permission denied.\n"


def test_the_versions_of_package_and_data_are_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    told = f"policydata {policydata.__version__}, data {policydata.__data_version__}\n"
    assert capsys.readouterr().out == told
