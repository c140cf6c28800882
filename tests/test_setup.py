"""Setting up: what is pinned, what conda users get, and what a wheel holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
# One process builds the wheel for all tests of it.
pytestmark = pytest.mark.xdist_group("setup")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def list_requirements(*extras: str) -> set[str]:
    """Give the requirements of the package with these extras, its own extras resolved."""
    listed = list(PROJECT["dependencies"])
    for extra in extras:
        for requirement in PROJECT["optional-dependencies"][extra]:
            own = re.fullmatch(r"policydata\[(.*)\]", requirement)
            listed += list_requirements(*own[1].split(",")) if own else [requirement]
    return set(listed)


def test_environment_yml_is_in_step_with_the_package():
    stated = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    own = {"make", "pip", f"python{PROJECT['requires-python']}"}

    assert stated[-1] == {"pip": ["--editable ."]}
    assert set(stated[:-1]) == own | list_requirements("build", "export")


def test_import_needs_pandas_alone():
    assert PROJECT["dependencies"] == ["pandas>=3.0.1"]


def test_every_pin_has_a_hash_and_names_no_host():
    text = (ROOT / "requirements.txt").read_text("utf-8")
    pins = re.findall(r"^([\w.-]+)==.*(?:\\\n    --hash=sha256:[0-9a-f]{64})+", text, re.MULTILINE)

    assert len(pins) == len(re.findall(r"^[\w.-]+==", text, re.MULTILINE))
    assert not re.search(r"//|--index|--find-links", text)


def test_a_test_and_a_doctest_run_from_any_folder(tmp_path):
    files = [ROOT / "tests/test_periods.py", ROOT / "src/policydata/coded.py"]
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, files)]
    ended = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout


def test_every_requirement_is_pinned():
    text = (ROOT / "requirements.txt").read_text("utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
    wanted = {re.match(r"[\w.-]+", name)[0] for name in list_requirements("test")}
    wanted = {name.replace("_", "-") for name in wanted}

    assert wanted <= pinned


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build an sdist, and a wheel from that; give the folder with both."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    return next(built.glob("*.whl"))


def test_a_wheel_holds_every_table_and_no_document(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tables = {path.name for path in (ROOT / "src/policydata/tables").glob("*.*") if path.is_file()}
    tables.add("VERSION")

    assert {Path(name).name for name in names if "/tables/" in name} == tables
    texts = [name for name in names if name.endswith(".txt") and "dist-info" not in name]
    assert texts == ["policydata/charts/fonts/OFL.txt"]


def test_a_wheel_holds_the_typeface_with_its_licence(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    fonts = ROOT / "src/policydata/charts/fonts"

    assert {Path(name).name for name in names if "/charts/fonts/" in name} == {
        path.name for path in fonts.iterdir()
    }
    assert "OFL.txt" in {Path(name).name for name in names if "dist-info/licenses" in name}


def test_the_examples_of_docstrings_run_from_a_wheel_away_from_here(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--doctest-modules"]
    ended = subprocess.run(
        [*call, "--doctest-glob=", "policydata"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout
    assert int(re.search(r"(\d+) passed", ended.stdout)[1]) > 30


def test_an_sdist_holds_all_that_the_tests_read(built):
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("no git here, so that nothing is tracked")
    tracked = {name for name in listed.stdout.split("\0") if name and not name.startswith(".")}
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}

    assert tracked - held == set()
