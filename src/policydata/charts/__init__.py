"""Charts of the tidy table, and the function that saves them: frames in, axes or figures out."""

# ruff: noqa: E402 - a missing package is named before the imports.

for _package in ("matplotlib", "seaborn"):
    try:
        __import__(_package)
    except ImportError as _fault:
        raise ImportError(
            f"policydata.charts needs {_package}: pip install 'policydata[charts]'"
        ) from _fault

from policydata.charts.answers import plot_answers, plot_gaps, plot_pairs
from policydata.charts.grids import plot_counts, plot_coverage, plot_tiles
from policydata.charts.save import save_figure
from policydata.charts.series import plot_series
from policydata.charts.statements import plot_panels, plot_ranking, plot_statements

__all__ = [
    "plot_answers",
    "plot_counts",
    "plot_coverage",
    "plot_gaps",
    "plot_pairs",
    "plot_panels",
    "plot_ranking",
    "plot_series",
    "plot_statements",
    "plot_tiles",
    "save_figure",
]
