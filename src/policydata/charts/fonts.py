"""The typeface of every chart, which the package ships: no system font is asked for."""

from __future__ import annotations

from pathlib import Path

from matplotlib.font_manager import fontManager

__all__ = ["FAMILY", "FONTS", "register_fonts"]

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Policydata Sans SC"


def register_fonts() -> None:
    """Make the shipped typeface known to matplotlib, once."""
    if FAMILY not in fontManager.get_font_names():
        for file in sorted(FONTS.glob("*.ttf")):
            fontManager.addfont(file)
