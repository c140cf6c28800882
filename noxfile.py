"""The whole suite on every Python that we declare, with the oldest libraries and the newest."""

import nox

PYTHONS = nox.project.python_versions(nox.project.load_toml("pyproject.toml"))
# What requirements.txt pins runs on the first Python by `make test`.
RUNS = [(PYTHONS[0], "lowest-direct"), *((python, "highest") for python in PYTHONS[1:])]
SHOWN = ["pandas", "matplotlib", "numpy", "seaborn", "openpyxl", "pyarrow"]
nox.options.default_venv_backend = "uv"


@nox.session
@nox.parametrize("python,resolution", RUNS)
def tests(session: nox.Session, resolution: str) -> None:
    """Test the package as somebody has it who installs it in this year, or in the first one."""
    session.install("--resolution", resolution, "--editable", ".[test]")
    session.run(
        "python",
        "-c",
        f"""
from importlib.metadata import version
from platform import python_version
print("Python", python_version(), *(f"· {{name}} {{version(name)}}" for name in {SHOWN}))
""",
    )
    # Pages and the committed figures are made with what requirements.txt pins alone; damages and
    # kills try our own code.
    drawn = ["docs", "charts/test_committed_figures.py"]
    passed_over = [*drawn, "checks/test_damages.py", "test_kills.py"]
    chosen = [*(f"--ignore=tests/{name}" for name in passed_over), *session.posargs]
    session.run("python", "-m", "pytest", "--numprocesses=auto", "--dist=loadgroup", *chosen)
