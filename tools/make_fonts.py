"""The fonts of the charts: Noto Sans SC, cut down to the characters that a chart may draw.

One family draws Chinese; the other, for text in English, has no Chinese and narrow punctuation.

Run as `python tools/make_fonts.py` once a test says that a character has no glyph.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tarfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from policydata.build.files import BuildError
from policydata.charts.style import FAMILY
from policydata.writing import write_together

PROJECT = Path(__file__).parents[1]
_SOURCES = (
    "data/**/*.csv",
    "src/policydata/**/*.csv",
    "src/policydata/charts/*.py",
    "src/policydata/schema.py",
    "notebooks/*.ipynb",
)
_BLOCKS = (
    *((0x20, 0x7E), (0xA0, 0x17F)),  # Latin
    *((0x1CD, 0x1DC), (0x1F8, 0x1F9), (0x251, 0x251), (0x261, 0x261), (0x1E3F, 0x1E3F)),  # pinyin
    *((0x370, 0x3FF), (0x2000, 0x206F)),  # Greek; punctuation and spaces
    *((0x2070, 0x209F), (0x20A0, 0x20CF)),  # raised and lowered signs; currencies
    *((0x2100, 0x214F), (0x2160, 0x217F)),  # letterlike signs; Roman numerals
    *((0x2190, 0x21FF), (0x2200, 0x22FF)),  # arrows; operators
    *((0x2460, 0x249B), (0x25A0, 0x25FF)),  # enclosed numbers; shapes
    *((0x2605, 0x2606), (0x2713, 0x2713)),  # stars; the tick
)
_CHINESE_BLOCKS = ((0x3000, 0x303F), (0xFF00, 0xFFEF))  # punctuation; full and half width
# Not in GB 2312: in names of counties and of districts of Hong Kong and Macao; of people and firms.
_PLACES = "埇沚浉瀍猇硚鄠埗氹"
_NAMES = (
    "劼勍喆垚堃壵婳嫄嬿彧忞惇扆旻昇昉昺晞晳暐暻曈沄洢洺淏湉濛瀞炘烜焜燊燚犇玓玘玙玠玥珅珣珺琎琤"
    "瑀瑄瑢瑨璘璟璠甡皞祎祐禛竑翀翾芃衎袆贇贠赟镕镠雱頔飏骉鹍鹮龑"
)
# JSON's own; where Python spells a character so, it looks for it and does not draw it.
_ESCAPE = re.compile(r"(?<!\\)\\u([\da-fA-F]{4})")
# Stands for damage in a quote; Noto Sans SC does not have it.
DAMAGE = "\ufffd"
PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
DONE, AT_FAULT, CALL_AT_FAULT = 0, 1, 2

_LICENCE = "LICENSE_FONT"
_WEIGHTS = {
    "400Regular/NotoSansSC_400Regular.ttf": "PolicydataSansSC-Regular.ttf",
    "700Bold/NotoSansSC_700Bold.ttf": "PolicydataSansSC-Bold.ttf",
}
LATIN = "Policydata Sans"
# Of these, quotes and the ellipsis have a narrow form; the space at each side of other wide signs.
_PUNCTUATION, _BESIDE = range(0x2010, 0x2028), 60
# Of no use to a chart: vertical writing, the axes of a variable font, alternates of a glyph.
_DROPPED_TABLES = ("BASE", "GDEF", "GSUB", "STAT", "vhea", "vmtx")
_KEPT_NAMES = (0, 2, 5, 7, 8, 9, 11, 13, 14)


def list_characters(project: Path) -> set[str]:
    """List what the fonts shall hold: what the project writes, and what a chart may well write.

    Parameters
    ----------
    project : pathlib.Path
        The root of a clone.

    Returns
    -------
    set of str
        The characters of the project, GB 2312, rare ones of names, Latin and symbols.

    Examples
    --------
    >>> sorted(list_characters(PROJECT) & set("郑儋鄠喆≥−"))
    ['−', '≥', '儋', '喆', '郑', '鄠']
    """
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    gb_2312 = (pair.decode("gb2312", errors="ignore") for pair in rows)
    likely = {*_list_block(*_BLOCKS, *_CHINESE_BLOCKS), *filter(None, gb_2312), *_PLACES, *_NAMES}
    return _drawn(likely) | read_characters(project)


def _list_block(*blocks: tuple[int, int]) -> set[str]:
    return {chr(code) for first, last in blocks for code in range(first, last + 1)}


def read_characters(project: Path) -> set[str]:
    """Read every character of the data, the shipped tables, the charts and the notebooks."""
    files = (file for pattern in _SOURCES for file in project.glob(pattern))
    return _drawn(set().union(*map(_read, files)))


def _read(file: Path) -> set[str]:
    """The characters of a text, with those that a notebook spells as escapes."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BuildError(f'"{file}" is not UTF-8.') from None
    escapes = _ESCAPE.findall(text) if file.suffix == ".ipynb" else []
    return {*text, *(chr(int(escape, 16)) for escape in escapes)}


def _drawn(characters: Iterable[str]) -> set[str]:
    """Those that have a shape or a width, as controls, marks of direction and surrogates do not."""
    undrawn = ("Cc", "Cf", "Cs")
    return {one for one in characters if unicodedata.category(one) not in undrawn}


def find_missing(font: Path, characters: Iterable[str]) -> set[str]:
    """Find the characters that a font has no glyph for."""
    with _open_font(font) as opened:
        held = opened.getBestCmap()
    return {character for character in characters if ord(character) not in held}


def make_subset(
    source: Path, target: Path, characters: Iterable[str], family: str = FAMILY
) -> None:
    """Write the part of a font that draws these characters, under a name of its own.

    Parameters
    ----------
    source : pathlib.Path
        A static font; it is not changed.
    target : pathlib.Path
        The file to replace; the same font and characters give the same bytes.
    characters : iterable of str
        What to keep, as far as the font has it.
    family : {"Policydata Sans SC", "Policydata Sans"}
        The name; the second, for English, gets punctuation as narrow as its letters.
    """
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]

    options = Options(hinting=False, notdef_outline=True, layout_features=["kern"], name_IDs=["*"])
    options.drop_tables += _DROPPED_TABLES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    beside = target.with_name(f".{target.name}.new")
    with _open_font(source) as font:
        # A font of ours has lost the table, and has the narrow forms.
        if family == LATIN and "GSUB" in font:
            _choose_narrow(font)
        subsetter.subset(font)
        if family == LATIN:
            _trim_wide(font)
        _rename(font, family)
        font.save(beside)
    beside.replace(target)


def build_fonts(package: Path, project: Path) -> set[str]:
    """Make both weights of both families and put their licence beside them.

    Parameters
    ----------
    package : pathlib.Path
        The unpacked npm package.
    project : pathlib.Path
        The root of the clone that gets the fonts.

    Returns
    -------
    set of str
        The characters of the project that even the package does not have.

    Raises
    ------
    BuildError
        If the package lacks a file, the project is not a clone, or one of its files is not UTF-8.
    """
    _refuse_incomplete(package, project)
    fonts = project / "src/policydata/charts/fonts"
    characters, latin = list_characters(project), _drawn(_list_block(*_BLOCKS))
    for source, target in _WEIGHTS.items():
        make_subset(package / source, fonts / target, characters)
        make_subset(package / source, fonts / target.replace("SC", ""), latin, LATIN)
    write_together({fonts / "OFL.txt": (package / _LICENCE).read_text(encoding="utf-8")})
    written = read_characters(project) - {DAMAGE}
    return set().union(*(find_missing(fonts / target, written) for target in _WEIGHTS.values()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the fonts; return 0 if done, 1 if a character is missing, 2 on a wrong call."""
    parser = argparse.ArgumentParser(
        prog="python tools/make_fonts.py", description="Make the fonts of the charts."
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, help=f"the unpacked package (default: fetch {PACKAGE})"
    )
    options = parser.parse_args(arguments)
    try:
        with _open_package(options.folder) as package:
            missing = build_fonts(package, PROJECT)
    except (BuildError, OSError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return CALL_AT_FAULT
    if missing:
        named = ", ".join(
            f'"{character}" (U+{ord(character):04X})' for character in sorted(missing)
        )
        print(f"{parser.prog}: Noto Sans SC has no glyph for {named}.", file=sys.stderr)
    return AT_FAULT if missing else DONE


def _open_font(file: Path) -> Any:
    """Open a font that keeps its own date, so that saving it twice gives the same bytes."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    return TTFont(file, recalcTimestamp=False)


def _choose_narrow(font: Any) -> None:
    """Draw punctuation by the narrow forms that the font keeps for text of proportional width."""
    layout = font["GSUB"].table
    features = {one.FeatureTag: one.Feature for one in layout.FeatureList.FeatureRecord}
    lookup = layout.LookupList.Lookup[features["pwid"].LookupListIndex[0]]
    narrow = lookup.SubTable[0].mapping
    for held in font["cmap"].tables:
        drawn = {code: held.cmap[code] for code in _PUNCTUATION if code in held.cmap}
        held.cmap |= {code: narrow.get(glyph, glyph) for code, glyph in drawn.items()}


def _trim_wide(font: Any) -> None:
    """Take the space from both sides of signs that are as wide as a Chinese character."""
    widths, outlines, wide = font["hmtx"], font["glyf"], font["head"].unitsPerEm
    for name in set(font.getBestCmap().values()):
        glyph = outlines[name]
        if widths[name][0] == wide and glyph.numberOfContours > 0:
            beside = min(_BESIDE, glyph.xMin, wide - glyph.xMax)
            glyph.coordinates.translate((beside - glyph.xMin, 0))
            glyph.recalcBounds(outlines)
            widths[name] = (glyph.xMax + beside, beside)


def _rename(font: Any, family: str) -> None:
    """Name a font ours, under the copyright and the licence that it came with."""
    names = font["name"]
    style = names.getDebugName(2)
    post_script = f"{family.replace(' ', '')}-{style}"
    ours = {
        1: family,
        3: f"{PACKAGE};{post_script}",
        4: f"{family} {style}",
        6: post_script,
        10: f"A subset of Noto Sans SC {style}, made by policydata.",
    }
    names.names = [record for record in names.names if record.nameID in _KEPT_NAMES]
    for identity, name in ours.items():
        names.setName(name, identity, 3, 1, 0x409)


@contextmanager
def _open_package(folder: Path | None) -> Iterator[Path]:
    """Yield the folder, or if there is none, a temporary folder with the fetched package."""
    if folder is not None:
        yield folder
        return
    with TemporaryDirectory() as place:
        yield _fetch_package(Path(place))


def _fetch_package(place: Path) -> Path:
    """Let npm fetch the package into a folder, and unpack it there."""
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError(
            f"npm is not installed, so {PACKAGE} cannot be fetched; name a folder with it unpacked."
        )
    done = subprocess.run(
        [npm, "pack", PACKAGE], cwd=place, capture_output=True, text=True, encoding="utf-8"
    )
    archive = next(place.glob("*.tgz"), None)
    if done.returncode or archive is None:
        raise BuildError(f"npm could not fetch {PACKAGE}; it says:\n{done.stderr.strip()}")
    with tarfile.open(archive) as packed:
        packed.extractall(place, filter="data")
    return place / "package"


def _refuse_incomplete(package: Path, project: Path) -> None:
    """Refuse a package that lacks a file, and a project that is not a clone."""
    lacking = [name for name in (*_WEIGHTS, _LICENCE) if not (package / name).is_file()]
    if lacking:
        raise BuildError(f'"{package}" has no {lacking[0]}; name the unpacked package {PACKAGE}.')
    if not (project / "data/coded").is_dir():
        raise BuildError(f'"{project}" is not a clone of the project: it has no data/coded.')


if __name__ == "__main__":
    sys.exit(main())
