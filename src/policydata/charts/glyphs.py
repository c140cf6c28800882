"""No character without a glyph: what matplotlib warns of, and what it only logs, stops a save."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text

__all__ = ["collect_missing", "refuse_absent_fonts", "refuse_missing"]

# What matplotlib says of a character without a glyph: warned in plain text, logged in a formula.
_WARNED = re.compile(r"Glyph (?P<code>\d+) ")
_SAID = (
    _WARNED,
    re.compile(r"does not have a glyph for .*\[U\+(?P<hexcode>[0-9a-fA-F]+)\]"),
    re.compile(r"No TeX to Unicode mapping for '(?P<sign>.*)'\."),
)


@contextmanager
def collect_missing() -> Iterator[set[str]]:
    """Collect the characters that matplotlib finds no glyph for inside the context."""
    # A formula that was drawn before is not read again, and what it lacks is not logged again.
    MathTextParser._parse_cached.cache_clear()  # type: ignore[attr-defined]
    missed: set[str] = set()
    with warnings.catch_warnings(record=True) as caught, _hear_formulas(missed):
        warnings.filterwarnings("always", message="Glyph ")
        yield missed
    for warning in caught:
        if _WARNED.match(message := str(warning.message)):
            missed.update(_read_character(message))
        else:
            warnings.warn(warning.message, stacklevel=4)


@contextmanager
def _hear_formulas(missed: set[str]) -> Iterator[None]:
    """Hear what formulas lack, also where logging is silenced."""
    logger, listener = logging.getLogger("matplotlib.mathtext"), _Listener(missed)
    level, disabled, silenced = logger.level, logger.disabled, logger.manager.disable
    logger.addHandler(listener)
    logger.setLevel(logging.WARNING)
    logger.disabled, logger.manager.disable = False, logging.NOTSET
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
        logger.disabled, logger.manager.disable = disabled, silenced


class _Listener(logging.Handler):
    """Note the characters that log records speak of."""

    def __init__(self, missed: set[str]) -> None:
        super().__init__(logging.WARNING)
        self.missed = missed

    def emit(self, record: logging.LogRecord) -> None:
        self.missed.update(_read_character(record.getMessage()))


def _read_character(message: str) -> list[str]:
    """Read the character that a message speaks of, if it speaks of one."""
    found = next(filter(None, (pattern.search(message) for pattern in _SAID)), None)
    if found is None:
        return []
    said = found.groupdict()
    if code := said.get("code"):
        return [chr(int(code))]
    return [
        chr(int(said["hexcode"], 16)) if "hexcode" in said else said["sign"].replace(r"\\", "\\")
    ]


def refuse_missing(figure: Figure, name: str, missed: Iterable[str]) -> None:
    """Name each character that the fonts do not have, with the texts that hold it."""
    lacking = {
        text: [character for character in sorted(missed) if character in text]
        for text in dict.fromkeys(text.get_text() for text in figure.findobj(Text))
    }
    listed = [
        f'{", ".join(map(repr, characters))} in "{text}"'
        for text, characters in lacking.items()
        if characters
    ]
    if missed:
        needed = "; ".join(listed) or ", ".join(map(repr, sorted(missed)))
        raise ValueError(
            f"The figure {name!r} needs {needed}, which its fonts do not have: "
            "set it in a font that does, or write another text."
        )


def refuse_absent_fonts(figure: Figure, name: str) -> None:
    """Name the fonts that a text asks for, if none of them is there."""
    for text in figure.findobj(Text):
        try:
            findfont(text.get_fontproperties(), fallback_to_default=False)
        except ValueError:
            families = " or ".join(f"{family!r}" for family in text.get_fontfamily())
            raise ValueError(
                f"The figure {name!r} is set in {families}, which is not installed."
            ) from None
