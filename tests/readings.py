"""One short line for what a figure is read as, so that a table of texts and answers stays in sight.

`15.. >= %` is open above, `..3 <= %` below, `5 = %` a point, `20..30 range 个` a range.
"""

import math

from policydata import parse_quantity


def read_each(texts: str) -> dict[str, str]:
    """Read every text of a line, each apart from the next by a blank."""
    return {text: say_reading(text) for text in texts.split()}


def say_reading(text: str) -> str:
    low, high, comparator, unit, stretch = parse_quantity(text)
    ends = [f"{number:.15g}".replace("nan", "") for number in (low, high)]
    span = ends[0] if low == high else "..".join(ends)
    goal = "" if math.isnan(stretch) else f" then {stretch:g}"
    return f"{span} {comparator} {unit}{goal}".rstrip()
