"""The colours of every chart: they differ in lightness too, so that every reader can tell them."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.colors import to_rgb

__all__ = [
    "BEHIND",
    "COLOURS",
    "INK",
    "NEUTRAL",
    "PLANNED",
    "QUIET",
    "SHADES",
    "choose_ink",
]

INK, QUIET, NEUTRAL, BEHIND = "#222222", "#5f5f5f", "#555555", "#c4c4c4"
PLANNED = "#cfcfcf"
# By status, and by answer from missed to met; a test measures how far they are apart.
COLOURS = {
    "plan_scale": "#54524c",
    "standard": "#9db27b",
    "target": "#dd6a19",
    "estimate": "#2676ad",
    "outcome": "#052c4e",
}
SHADES = ("#dedede", "#94b4c8", COLOURS["outcome"])

# The luminance from which dark ink stands out more than white.
_EVEN = 0.213


def choose_ink(ground: Any) -> str:
    """Choose the ink that stands out more from a coloured ground, as WCAG measures contrast."""
    channels = np.array(to_rgb(ground))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return "white" if linear @ [0.2126, 0.7152, 0.0722] < _EVEN else INK
