"""A data set of one's own: its folders, its tables and its first notebook."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from policydata.coder.base import make_base
from policydata.coder.pages import write_notebook, write_readme
from policydata.coder.sheets import lay_out, read_typed
from policydata.columns import name_columns
from policydata.datasets import DataSet
from policydata.guide import write_guides
from policydata.messages import find_spoken, say
from policydata.names import PLACE, fold_name, list_names, look_up
from policydata.schema import CODED, EXCLUDED, PLACES, REFERENCE
from policydata.tables import read_table
from policydata.writing import write_together

# Texts are other people's; the others are made again.
_IGNORED = "/texts/\n.policydata-build.*\n.ipynb_checkpoints/\n"
_WORKBOOK = "coding.xlsx"
_EMPTY_FOLDERS = ("figures", "texts")
_NEXT = (
    "1. Put a text into {folder}/texts; in {folder} run policydata draft texts/A.txt draft.xlsx.",
    "2. In draft.xlsx, correct and mark each row; then run policydata workbook --take draft.xlsx.",
    "3. Run policydata check until it lists no error, then policydata build.",
)


def make_data_set(folder: str | Path, province: str = "") -> list[Path]:
    """Make a data set of one's own, ready to code, check, build and chart.

    README, notebook and workbook are in the language that is spoken.

    Parameters
    ----------
    folder : str or Path
        A new or an empty folder.
    province : str, optional
        A province of China by id, division code or any accepted spelling; it and its divisions are
        then the places of the data set.

    Returns
    -------
    list of Path
        The files, by their paths in the folder.

    Raises
    ------
    ValueError
        If the folder is not empty or is a file, or if the province is not known; nothing is made
        then.

    Examples
    --------
    >>> with TemporaryDirectory() as folder:
    ...     made = make_data_set(Path(folder, "ours"), "山东")
    ...     Path(folder, "ours/coded/shandong.csv").is_file()
    True
    """
    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise ValueError(say('"{path}" is a file; name a new folder.', path=root))
    if root.is_dir() and any(root.iterdir()):
        raise ValueError(say('"{path}" is not empty; name a new folder.', path=root))
    contents = _write_contents(root, _find_province(province) if province else "")
    _make_whole(root, contents)
    return sorted([*contents, Path(_WORKBOOK)])


def describe_next(folder: Path, made: Sequence[Path]) -> str:
    """Say what a new data set holds, and the three steps that follow."""
    listed = say(", ").join(file.as_posix() for file in made)
    steps = (say(step, folder=folder.as_posix()) for step in _NEXT)
    return "\n".join([say("Made {folder}: {files}.", folder=folder, files=listed), *steps])


def list_places(province: str) -> pd.DataFrame:
    """List a province and its divisions as a table of places, those that we know as we know them.

    Examples
    --------
    >>> places = list_places("shandong")
    >>> places.loc[places.name_zh.eq("青岛市"), ["code", "id", "yearbook_order"]].values.tolist()
    [['370200', 'qingdao', '2']]
    """
    divisions = read_table("divisions")
    # They stand by code, and so do yearbooks list them.
    own = divisions[divisions.id.eq(province) | divisions.parent.eq(province)]
    places = own.assign(yearbook_order=["", *map(str, range(1, len(own)))])
    known = read_table("places")
    kept = [places[~places.id.isin(known.id)], known[known.id.isin(places.id)]]
    return pd.concat(kept).sort_values("id", ignore_index=True)[name_columns(PLACES)]


def _find_province(name: str) -> str:
    """Find the id of a province; refuse any other name with the nearest."""
    divisions = read_table("divisions")
    provinces = divisions[divisions.level.eq("province")]
    known = list_names(PLACE, provinces)
    names = say(", ").join(provinces[f"name_{find_spoken()}"])
    below = list_names(PLACE, divisions).get(fold_name(name), set()) - set(provinces.id)
    if below and fold_name(name) not in known:
        above = provinces[provinces.id.isin(divisions.parent[divisions.id.isin(below)])]
        listed = say(", ").join(above.name_zh + " " + above.name_en)
        raise ValueError(
            say('"{name}" is in {province}; name the province.', name=name, province=listed)
        )
    return look_up([name], known, "province", names)[0]


def _write_contents(root: Path, province: str) -> dict[Path, str | bytes]:
    """Write what every file of the data set holds, by its path in the folder."""
    places = list_places(province) if province else read_table("places").head(0)
    named = [*places[f"name_{find_spoken()}"][places.id.eq(province)], root.resolve().name][0]
    coded = f"coded/{province or 'first'}.csv"
    known = {name: read_table(name) for name in REFERENCE}
    reference = known | {name: known[name].head(0) for name in ("documents", "hazards")}
    reference["places"] = places
    tables = {
        coded: pd.DataFrame(columns=name_columns(CODED)),
        "coded/excluded.csv": pd.DataFrame(columns=name_columns(EXCLUDED)),
        **{f"reference/{name}.csv": table for name, table in reference.items()},
        "guide.csv": (rules := read_table("guide")),
    }
    contents: dict[str, str | bytes] = {
        **write_guides(rules),
        "README.md": write_readme(named),
        ".gitignore": _IGNORED,
        "notebooks/01_first_chart.ipynb": write_notebook(find_spoken()),
        **{file: table.to_csv(index=False, lineterminator="\n") for file, table in tables.items()},
    }
    return {Path(file): content for file, content in sorted(contents.items())}


def _write_workbook(root: Path) -> None:
    """Write the tables of a data set as the workbook of its coders."""
    from policydata.coder.workbook import write_workbook

    folders = (root / name for name in ("coded", "reference", "texts"))
    typed = read_typed(DataSet(root, *folders))
    tables = lay_out(typed)
    write_workbook(root / _WORKBOOK, tables, make_base(tables, typed))


def _make_whole(root: Path, contents: Mapping[Path, str | bytes]) -> None:
    """Make the folder with all that it holds, or leave everything as it was."""
    is_new = not root.exists()
    root.mkdir(exist_ok=True)
    try:
        with TemporaryDirectory(dir=root, prefix=".") as place:
            beside = Path(place)
            for folder in (*map(Path, _EMPTY_FOLDERS), *(file.parent for file in contents)):
                (beside / folder).mkdir(parents=True, exist_ok=True)
            write_together({beside / file: content for file, content in contents.items()})
            _write_workbook(beside)
            for made in sorted(beside.iterdir()):
                made.rename(root / made.name)
    except BaseException:
        if is_new:
            shutil.rmtree(root)
        raise
