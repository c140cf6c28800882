"""Charts of the tidy table, and the function that saves them: frames in, axes or figures out."""

# ruff: noqa: E402 - a missing package is named before the imports.

for _package in ("jinja2", "matplotlib", "seaborn"):
    try:
        __import__(_package)
    except ImportError as _fault:
        raise ImportError(
            f"policydata.charts needs {_package}: pip install 'policydata[charts]'"
        ) from _fault

from policydata.charts.answers import plot_answers, plot_shares
from policydata.charts.grids import plot_counts, plot_coverage
from policydata.charts.lines import plot_lines, plot_slopes
from policydata.charts.pairs import plot_gaps, plot_pairs
from policydata.charts.publication import tabulate_pairs
from policydata.charts.ranking import plot_ranking
from policydata.charts.save import save_figure
from policydata.charts.series import plot_series
from policydata.charts.style import PALETTE, drawing_style
from policydata.charts.values import plot_values

__all__ = [
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
