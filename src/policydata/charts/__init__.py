"""Charts of the tidy table, and the saver of what they draw: frames and axes in, axes out."""

from policydata.charts.figure import save_figure
from policydata.charts.panels import plot_panels, plot_statements

__all__ = ["plot_panels", "plot_statements", "save_figure"]
