"""The figures that Chinese municipal documents promise and report, each tied to its words.

Start with `load_statements()`: it returns one row per figure, as a plain DataFrame.
"""

from policydata.checks import check
from policydata.citation import cite
from policydata.coded import read_coded
from policydata.comparison import compare, conflicts, follow_targets, prefer
from policydata.exports import export
from policydata.load import (
    load_documents,
    load_indicators,
    load_outcomes,
    load_places,
    load_statements,
    load_targets,
    load_units,
)
from policydata.names import match_places
from policydata.problems import CodingError
from policydata.quantities import parse_quantity
from policydata.statements import tidy
from policydata.summary import coverage
from policydata.tables import read_data_version, read_reference
from policydata.units import convert_units

__all__ = [
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


def __dir__() -> list[str]:
    return [*__all__, "__data_version__", "__version__"]


def __getattr__(name: str) -> str:
    """Look up a version only on request: the look-up takes longer than the import."""
    if name == "__data_version__":
        return read_data_version()
    if name != "__version__":
        raise AttributeError(f"module 'policydata' has no attribute {name!r}")
    from importlib.metadata import version

    return version("policydata")
