"""The fonts of the charts: Noto Sans SC, cut down to the characters that a chart may draw.

Run as `python -m policydata.build.font` once a test says that a character has no glyph.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from policydata.build.characters import DAMAGE, PROJECT, list_characters, read_characters
from policydata.build.errors import BuildError
from policydata.build.files import write_together
from policydata.charts.fonts import FAMILY

__all__ = ["build_fonts", "find_missing", "make_subset"]

PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
DONE, AT_FAULT, CALL_AT_FAULT = 0, 1, 2

_LICENCE = "LICENSE_FONT"
_WEIGHTS = {
    "400Regular/NotoSansSC_400Regular.ttf": "PolicydataSansSC-Regular.ttf",
    "700Bold/NotoSansSC_700Bold.ttf": "PolicydataSansSC-Bold.ttf",
}
# Of no use to a chart: vertical writing, the axes of a variable font, alternates of a glyph.
_DROPPED_TABLES = ("BASE", "GDEF", "GSUB", "STAT", "vhea", "vmtx")
_KEPT_NAMES = (0, 2, 5, 7, 8, 9, 11, 13, 14)


def find_missing(font: Path, characters: Iterable[str]) -> set[str]:
    """Find the characters that a font has no glyph for."""
    with _open_font(font) as opened:
        held = opened.getBestCmap()
    return {character for character in characters if ord(character) not in held}


def make_subset(source: Path, target: Path, characters: Iterable[str]) -> None:
    """Write the part of a font that draws these characters, under a name of its own.

    Parameters
    ----------
    source : pathlib.Path
        A static font; it is not changed.
    target : pathlib.Path
        The file to replace; the same font and characters give the same bytes.
    characters : iterable of str
        What to keep, as far as the font has it.
    """
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]

    options = Options(hinting=False, notdef_outline=True, layout_features=["kern"], name_IDs=["*"])
    options.drop_tables += _DROPPED_TABLES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    beside = target.with_name(f".{target.name}.new")
    with _open_font(source) as font:
        subsetter.subset(font)
        _rename(font)
        font.save(beside)
    beside.replace(target)


def build_fonts(package: Path, project: Path) -> set[str]:
    """Make both weights and put their licence beside them.

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
        If the package lacks a file, the project is no clone, or one of its files is not UTF-8.
    """
    _refuse_incomplete(package, project)
    fonts = project / "src/policydata/charts/fonts"
    characters = list_characters(project)
    for source, target in _WEIGHTS.items():
        make_subset(package / source, fonts / target, characters)
    write_together({fonts / "OFL.txt": (package / _LICENCE).read_text(encoding="utf-8")})
    written = read_characters(project) - {DAMAGE}
    return set().union(*(find_missing(fonts / target, written) for target in _WEIGHTS.values()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the fonts; give the exit status: 0 done, 1 a character is missing, 2 the call."""
    parser = argparse.ArgumentParser(
        prog="python -m policydata.build.font", description="Make the fonts of the charts."
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, help=f"the unpacked package (default: fetch {PACKAGE})"
    )
    options = parser.parse_args(arguments)
    try:
        with _open_package(options.folder) as package:
            missing = build_fonts(package, PROJECT)
    except BuildError as error:
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


def _rename(font: Any) -> None:
    """Name a font ours, under the copyright and the licence that it came with."""
    names = font["name"]
    style = names.getDebugName(2)
    post_script = f"{FAMILY.replace(' ', '')}-{style}"
    ours = {
        1: FAMILY,
        3: f"{PACKAGE};{post_script}",
        4: f"{FAMILY} {style}",
        6: post_script,
        10: f"A subset of Noto Sans SC {style}, made by policydata.",
    }
    names.names = [record for record in names.names if record.nameID in _KEPT_NAMES]
    for identity, name in ours.items():
        names.setName(name, identity, 3, 1, 0x409)


@contextmanager
def _open_package(folder: Path | None) -> Iterator[Path]:
    """Give the folder, or where there is none the package, fetched for the while."""
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
            f"there is no npm to fetch {PACKAGE}; name a folder that holds it unpacked."
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
    """Say which file a package lacks, or that there is no clone to write to."""
    lacking = [name for name in (*_WEIGHTS, _LICENCE) if not (package / name).is_file()]
    if lacking:
        raise BuildError(f'"{package}" has no {lacking[0]}; name the unpacked package {PACKAGE}.')
    if not (project / "data/coded").is_dir():
        raise BuildError(f'"{project}" is no clone of the project: it has no data/coded.')


if __name__ == "__main__":
    sys.exit(main())
