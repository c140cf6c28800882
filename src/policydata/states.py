"""A state of the data: the tables of a folder, or of a revision that git keeps."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from policydata.columns import name_columns
from policydata.datasets import PACKAGE, DataSet, find_data_set
from policydata.messages import say
from policydata.schema import CODED
from policydata.tables import read_given

_EXCLUDED, _MADE, _RULES = "excluded.csv", "statements.csv", "guide.csv"
_NEITHER = '"{name}" is neither a folder with coded tables nor a revision here: {why}.'
# What is unpacked of a revision: the tables of a clone, or of a data set of one's own.
_KEPT = ("data/", "coded/", "reference/", "tables/", f"{PACKAGE}/tables/")


@contextmanager
def open_state(name: str, around: DataSet | None) -> Iterator[DataSet]:
    """Open a data set by its folder, or by a revision of the one around.

    Raises
    ------
    ValueError
        If it is neither, or if git is needed and missing.
    """
    folder = Path(name).resolve()
    found = find_data_set(folder) if folder.is_dir() else None
    if found and folder in (found.root, found.coded.parent):
        yield found
        return
    with TemporaryDirectory() as place:
        _unpack(name, around, Path(place))
        revision = find_data_set(place)
        if revision is None or revision.root != Path(place).resolve():
            raise ValueError(say('Revision "{name}" has no coded tables.', name=name))
        yield revision


def read_states(*data_sets: DataSet) -> list[dict[str, pd.DataFrame]]:
    """Read the tables of data sets by name, every cell as text.

    The table `statements` has what is typed of each and, where every state has it, what the library
    made of that; with it come `excluded`, the reference tables and the rules of coding.
    """
    has_made = all((one.tables / _MADE).is_file() for one in data_sets)
    return [_read_state(one, has_made) for one in data_sets]


def _read_state(data_set: DataSet, has_made: bool) -> dict[str, pd.DataFrame]:
    files = sorted(data_set.coded.glob("*.csv"))
    beside = [data_set.coded / _EXCLUDED, *sorted(data_set.reference.glob("*.csv"))]
    beside.append(data_set.codebook.with_name(_RULES))
    header = pd.DataFrame(columns=name_columns(CODED), dtype="str")
    typed = [header, *(read_given(file) for file in files if file.name != _EXCLUDED)]
    coded = pd.concat(typed, ignore_index=True).fillna("")
    made = read_given(data_set.tables / _MADE) if has_made else pd.DataFrame()
    others = {file.stem: read_given(file) for file in beside if file.is_file()}
    return {"statements": _join(coded, made), **others}


def _join(coded: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """Put beside each coded row what was made of it, in the order of the columns that are made."""
    rows = coded.assign(statement_id=coded.document + ":" + coded.n)
    if "statement_id" not in made:
        made = rows[["statement_id"]]
    order = [*made.columns, *(name for name in coded if name not in made)]
    only = ["statement_id", *(name for name in made if name not in rows)]
    rows = rows.merge(made[only].drop_duplicates("statement_id"), on="statement_id", how="left")
    ranked = rows.assign(n=pd.to_numeric(rows.n, errors="coerce"))
    in_order = ranked.sort_values(["document", "n"]).index
    return rows.loc[in_order, order].fillna("").reset_index(drop=True)


def _unpack(name: str, around: DataSet | None, place: Path) -> None:
    """Unpack the tables of a revision of the data set around into a folder."""
    if around is None:
        why = _say_what_is_there(name) or say("no data set around this folder")
        raise ValueError(say(_NEITHER, name=name, why=why))
    try:
        revision = _ask_git(
            around, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
        commit = revision.decode().strip()
        listed = _ask_git(around, "ls-tree", "-r", "-z", "--name-only", commit).decode()
        for path in listed.split("\0"):
            if path.startswith(_KEPT):
                file = place / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(_ask_git(around, "show", f"{commit}:./{path}"))
    except subprocess.CalledProcessError as fault:
        told = fault.stderr.decode(errors="replace").strip().removeprefix("fatal: ").rstrip(".")
        why = told or _say_what_is_there(name) or say("git does not know it")
        raise ValueError(say(_NEITHER, name=name, why=why)) from None
    except FileNotFoundError:
        raise ValueError(say(_NEITHER, name=name, why=say("git is not installed"))) from None


def _say_what_is_there(name: str) -> str:
    """Say what lies where somebody named a file or a folder that is no data set."""
    if Path(name).is_dir():
        return say("there is no folder coded in it")
    return say("it is a file") if Path(name).is_file() else ""


def _ask_git(data_set: DataSet, *arguments: str) -> bytes:
    call = ["git", "-C", str(data_set.root), *arguments]
    return subprocess.run(call, check=True, capture_output=True).stdout
