"""The public names, and that importing them does nothing else."""

import subprocess
import sys

import pytest

import policydata
import policydata.charts

HEAVY = (
    "matplotlib seaborn openpyxl krippendorff jupyter_client nbclient nbformat rich IPython".split()
)


def test_the_public_names_are_exactly_these():
    assert policydata.__all__ == [
        "CodingError",
        "check",
        "cite",
        "compare",
        "conflicts",
        "convert_units",
        "coverage",
        "export",
        "follow_targets",
        "load_documents",
        "load_indicators",
        "load_outcomes",
        "load_places",
        "load_statements",
        "load_targets",
        "load_units",
        "match_places",
        "parse_quantity",
        "prefer",
        "read_coded",
        "read_reference",
        "tidy",
    ]
    assert dir(policydata) == sorted([*policydata.__all__, "__data_version__", "__version__"])


def test_the_public_names_of_charts_are_exactly_these():
    assert policydata.charts.__all__ == [
        "PALETTE",
        "drawing_style",
        "plot_answers",
        "plot_counts",
        "plot_coverage",
        "plot_gaps",
        "plot_lines",
        "plot_pairs",
        "plot_ranking",
        "plot_series",
        "plot_shares",
        "plot_slopes",
        "plot_values",
        "save_figure",
        "tabulate_pairs",
    ]


@pytest.mark.parametrize("module", [policydata, policydata.charts])
def test_every_public_name_exists_and_is_documented(module):
    # Colours are a mapping, which the style explains.
    for name in set(module.__all__) - {"PALETTE"}:
        assert getattr(module, name).__doc__.strip().partition("\n")[0].endswith("."), name


def run(code):
    """Run code in a fresh interpreter and give what it prints."""
    call = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip()


def test_importing_the_package_and_its_command_loads_nothing_but_pandas():
    loaded = run("import sys, policydata.__main__; print(*sys.modules)").split()
    assert "pandas" in loaded
    assert not set(HEAVY) & set(loaded)


def test_importing_the_charts_leaves_the_settings_of_matplotlib_alone():
    code = (
        "import matplotlib; before = dict(matplotlib.rcParams);"
        "import policydata, policydata.charts;"
        "print(dict(matplotlib.rcParams) == before)"
    )
    assert run(code) == "True"
