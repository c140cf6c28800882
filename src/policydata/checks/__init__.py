"""Whether coded tables can be used: every problem at once, each with its address.

Nothing is raised, mended or dropped; `CodingError` carries the table where clean rows are needed.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from policydata.columns import document_columns
from policydata.schema import PROBLEMS
from policydata.tables import Reference

__all__ = ["check", "check_reference"]


@document_columns(PROBLEMS)
def check(
    coded: pd.DataFrame | str | Path,
    *,
    documents: str | Path | None = None,
    reference: Reference = None,
    all_documents: bool = False,
) -> pd.DataFrame:
    """List every problem of coded tables, one row a problem.

    Parameters
    ----------
    coded : DataFrame, str or Path
        What `read_coded` gives, or the folder or workbook itself, so that files that cannot be
        read are listed too.
    documents : str or Path, optional
        Folder with the texts.  Each is known by its checksum; every quote is then looked up at its
        occurrence, and every Arabic numeral of a full text has to be accounted for, in a statement
        or in the `excluded` table beside the coded ones.
    reference : str, Path or mapping of str to DataFrame, optional
        Folder with a `documents.csv`, `hazards.csv`, `indicators.csv`, `places.csv` or `units.csv`
        of your own, or these tables themselves; they are checked too.  Where left out, the folder
        `reference` beside the folder of the coded tables (rows of several such folders have none);
        what neither has is ours.
    all_documents : bool, default False
        Whether a full text that is not in the folder is an error; else it is a note.

    Returns
    -------
    pandas.DataFrame
        Empty where all is well.  The columns:

    {columns}

    Raises
    ------
    TypeError
        Where an argument is not a table or a path.
    ValueError
        Where `all_documents` is set without `documents`, or a table of `reference` has a name
        that is none.

    Examples
    --------
    >>> check("data/coded").empty
    True
    """
    from policydata.checks.coding import gather
    from policydata.checks.report import list_problems_of

    return list_problems_of(gather(coded, documents, reference, all_documents=all_documents))


@document_columns(PROBLEMS)
def check_reference(reference: Reference, *, coded: pd.DataFrame | str | Path) -> pd.DataFrame:
    """List every problem of reference tables alone, one row a problem.

    Parameters
    ----------
    reference : str, Path or mapping of str to DataFrame
        The tables or their folder; one that is not there is not checked.
    coded : DataFrame, str or Path
        The statements that hazards are read of.

    Returns
    -------
    pandas.DataFrame
        Empty where all is well.  The columns:

    {columns}

    Examples
    --------
    >>> check_reference("data/reference", coded="data/coded").empty
    True
    """
    from policydata.checks.coding import gather
    from policydata.checks.references import list_reference_problems

    return list_reference_problems(gather(coded, None, reference))
