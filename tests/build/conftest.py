"""The small project, built once for all tests of the build and copied for each."""

import shutil
from pathlib import Path

import pytest

from small_project import FIGURES, Project, make_project, run_here, save


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_project(tmp_path_factory.mktemp("project"))
    for city in ("hebi", "kaifeng"):
        project.write(city, save(city))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("policydata.__file__", str(project.root / "src/policydata/__init__.py"))
        patch.setattr("policydata.build.run_notebook", run_here)
        assert project.build() == (0, FIGURES)
    return project.root


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Let the package be the project's, and notebooks run here."""
    root = shutil.copytree(built, tmp_path / "project")
    monkeypatch.setattr("policydata.__file__", str(root / "src/policydata/__init__.py"))
    monkeypatch.setattr("policydata.build.run_notebook", run_here)
    return Project(root)
