"""The data as a Data Package: by the standard, by a validator, and in R."""

import json
import os
import re
import shutil
import subprocess
from importlib.metadata import distribution
from pathlib import Path

import frictionless
import jsonschema
import pandas as pd
import pytest

from policydata import load_statements
from policydata.build.tables import make_tables
from policydata.coder.starting import make_data_set
from policydata.columns import name_columns
from policydata.datasets import find_data_set
from policydata.descriptor import PATHS, write_descriptor
from policydata.schema import HAZARDS, STATEMENTS, STATUSES
from policydata.tables import Release, read_data_release, read_table
from policydata.writing import write_together

DATA = Path("data").absolute()
PROFILE = "dplib/profiles/2.0/datapackage.json"
RSCRIPT = shutil.which("Rscript")
MISSING = "no R on this machine: apt-get install r-base-core r-cran-jsonlite"


@pytest.fixture(scope="module")
def package() -> dict:
    return json.loads((DATA / "datapackage.json").read_text("utf-8"))


@pytest.fixture
def copied(tmp_path) -> Path:
    """A copy of all that the descriptor describes, alone in a folder."""
    for name in ("datapackage.json", *PATHS.values()):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def validate(folder: Path) -> list[tuple[str, str]]:
    """Let frictionless validate every table; give the table and the kind of each error."""
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    found = [(task.name, error.type) for task in report.tasks for error in task.errors]
    return [*((report.name or "package", error.type) for error in report.errors), *found]


def find_field(package: dict, table: str, name: str) -> dict:
    """Find a field; fields and tables have unique names."""
    fields = {one["name"]: one["schema"]["fields"] for one in package["resources"]}[table]
    return next(field for field in fields if field["name"] == name)


def test_the_descriptor_keeps_to_the_published_profile(package):
    profile = json.loads(distribution("dplib-py").locate_file(PROFILE).read_text("utf-8"))
    checker = jsonschema.Draft7Validator.FORMAT_CHECKER
    validator = jsonschema.Draft7Validator(profile, format_checker=checker)
    assert [error.message for error in validator.iter_errors(package)] == []
    broken = package | {"licenses": [{"title": "free"}]}
    assert [[*error.path] for error in validator.iter_errors(broken)] == [["licenses", 0]]


def test_every_table_is_valid_alone_in_a_folder(copied):
    assert validate(copied) == []


TIDY, ROW = "tables/statements.csv", "henan-2019-gdp-news:1"


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        (TIDY, ",target,", ",goal,", "constraint-error"),
        (TIDY, f"{ROW},henan-", f"{ROW},hunan-", "foreign-key"),
        (TIDY, f"\n{ROW},", "\nhenan-2019-gdp-news:2,", "primary-key"),
        (TIDY, f"\n{ROW},", "\n,", "constraint-error"),
        (TIDY, ",2019-12-31,", ",2019-12-32,", "type-error"),
        (TIDY, "stretch,unit", "unit,stretch", "incorrect-label"),
        ("reference/places.csv", ",henan,", ",hunan,", "foreign-key"),
        ("reference/places.csv", ",410600,", ",41060,", "constraint-error"),
        ("reference/hazards.csv", ",inferred_year\n", ",guessed\n", "constraint-error"),
        ("reference/hazards.csv", "\nhebi-2021", "\nhebi-2012", "foreign-key"),
        ("reference/units.csv", ",1/15\n", ",1/15.0\n", "constraint-error"),
        ("reference/documents.csv", ",https://", ",ftp://", "constraint-error"),
        ("coded/excluded.csv", ",date\n", ",day\n", "constraint-error"),
        ("coded/excluded.csv", ",part_of:", ",part_of:x", "constraint-error"),
        ("reference/divisions.csv", ",hebei,", ",hebe,", "foreign-key"),
    ],
)
def test_a_planted_error_is_refused_in_its_table(copied, file, old, new, error):
    text = (copied / file).read_text("utf-8")
    assert old in text
    (copied / file).write_text(text.replace(old, new, 1), "utf-8")
    assert (Path(file).stem, error) in validate(copied)


def test_every_column_of_a_table_is_a_field_in_its_order(package):
    tables = {one["name"]: one for one in package["resources"]}
    assert [*tables] == [*PATHS]
    for name, table in tables.items():
        header = pd.read_csv(DATA / PATHS[name], nrows=0).columns
        assert [field["name"] for field in table["schema"]["fields"]] == [*header], name
        assert not table["path"].startswith(("/", "..")), name


def test_a_field_says_type_meaning_blank_unit_words_and_form(package):
    assert find_field(package, "statements", "low") == {
        "name": "low",
        "type": "number",
        "description": "lower bound in the written unit",
        "unitField": "unit",
        "missingValues": [{"value": "", "label": "missing if open"}],
    }
    status = find_field(package, "statements", "status")
    assert [one["value"] for one in status["categories"]] == [*STATUSES]
    assert status["categories"][0] == {"value": "plan_scale", "label": "size of a programme"}
    assert status["categoriesOrdered"] is True
    assert status["constraints"] == {"required": True, "enum": [*STATUSES]}
    assert find_field(package, "places", "code")["constraints"]["pattern"] == "[0-9]{6}"
    hazards = find_field(package, "hazards", "hazard")["categories"]
    assert [one["value"] for one in hazards] == [*HAZARDS]
    kinds = {field["name"]: field["type"] for field in package["resources"][0]["schema"]["fields"]}
    assert {name: kinds[name] for name in ("year", "value", "published", "note")} == {
        **{"year": "integer", "value": "number", "published": "date", "note": "string"}
    }


def test_the_package_says_what_it_is_by_whom_from_what_and_since_when(package):
    release = read_data_release()
    assert package["version"] == release.version
    assert package["created"] == f"{release.day}T00:00:00Z"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "homepage" not in package
    documents = read_table("documents")
    assert len(package["sources"]) == len(documents)
    dated = documents.published.ne("") | documents.accessed.ne("")
    assert ["version" in source for source in package["sources"]] == dated.tolist()


def test_the_address_of_a_release_is_its_homepage(tmp_path):
    release = Release("1.0.0", "2024-01-31", "https://example.org/data")
    made = write_descriptor(tmp_path, read_table("documents").head(2), release, is_ours=True)
    assert json.loads(made)["homepage"] == "https://example.org/data"


def test_a_data_set_of_ones_own_has_a_valid_descriptor_that_names_nothing_of_ours(tmp_path):
    root = tmp_path / "ours"
    make_data_set(root, "山东")
    (root / "reference/units.csv").unlink()
    data = find_data_set(root)
    data.tables.mkdir()
    write_together(make_tables(data))
    made = data.descriptor.read_text("utf-8")
    assert validate(root) == []
    assert "policydata" not in made
    assert [one["name"] for one in json.loads(made)["resources"]] == [
        *("statements", "excluded", "documents", "hazards", "indicators", "places")
    ]


@pytest.mark.skipif(not RSCRIPT and not os.environ.get("CI"), reason=MISSING)
def test_the_script_of_the_recipes_reads_the_package_in_r(copied):
    assert RSCRIPT, MISSING
    script = re.search(r"```r\n(.*?)```", Path("docs/recipes.md").read_text("utf-8"), re.DOTALL)[1]
    asked = """
cat(class(statements$year), class(statements$value), class(statements$published), "\\n")
cat(nrow(statements), sum(is.na(statements$low)), sum(statements$quote == "", na.rm = TRUE), "\\n")
cat(statements$place_zh[1], "\\n")
"""
    (copied / "read.R").write_text(script.replace('"data"', '"."') + asked, "utf-8")
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(
        [RSCRIPT, "--vanilla", "read.R"],
        cwd=copied,
        capture_output=True,
        text=True,
        env=environment,
    )
    rows = load_statements()
    assert (ended.stderr, ended.returncode) == ("", 0)
    assert ended.stdout.splitlines()[-3:] == [
        "integer numeric Date ",
        f"{len(rows)} {rows.low.isna().sum()} 0 ",
        f"{rows.place_zh.iloc[0]} ",
    ]
    assert name_columns(STATEMENTS) == rows.columns.tolist()
