"""What an import loads, what a loader opens, and how often a text is read: counted, not timed."""

import json
import subprocess
import sys
from collections import Counter

import pandas as pd
import pytest

from policydata import columns, periods, quantities, statements, tables, tidy, units
from policydata.columns import name_columns
from policydata.schema import CODED

# Modules of the standard library that pandas does not load itself.
OF_PYTHON = {"difflib", "fractions"}
OWN = 45
# Prints the tables that a call opens, by the names of their files.
OPENED = """
import json, sys, policydata
opened = []
sys.addaudithook(lambda event, told: opened.append(str(told[0])) if event == "open" else None)
{call}
print(json.dumps(sorted(name.rpartition("/")[2] for name in opened if name.endswith(".csv"))))
"""


def run(code):
    """Run code in a fresh interpreter and give what it prints."""
    call = [sys.executable, "-c", code]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout


def list_loaded(module):
    """List the modules that an import loads."""
    return set(run(f"import sys, {module}; print(*sys.modules)").split())


def test_an_import_loads_what_pandas_loads_and_few_modules_more():
    more = list_loaded("policydata") - list_loaded("pandas")
    own = {name for name in more if name.partition(".")[0] == "policydata"}
    assert more - own <= OF_PYTHON
    assert len(own) <= OWN
    rooms = {"charts", "build", "coder", "commands"}
    assert not {name for name in own if name.split(".")[1:2] and name.split(".")[1] in rooms}


def test_an_import_opens_no_table():
    opened = OPENED.replace("import json, sys, policydata", "import json, sys")
    assert json.loads(run(opened.format(call="import policydata"))) == []


@pytest.mark.parametrize(
    ("call", "opened"),
    [
        ("load_statements()", ["statements"]),
        ("load_statements(year=2023, status='target', without='reprint')", ["statements"]),
        ("load_targets(place='郑州')", ["places", "statements"]),
        ("load_outcomes(domain='economy', indicator='gdp')", ["indicators", "statements"]),
        ("load_documents()", ["documents"]),
        ("load_places(); policydata.load_places()", ["places"]),
        ("load_indicators()", ["indicators"]),
        ("load_units()", ["units"]),
        ("parse_quantity('5%')", ["units"]),
    ],
)
def test_a_loader_opens_the_tables_that_it_needs_once(call, opened):
    found = json.loads(run(OPENED.format(call=f"policydata.{call}")))
    assert found == [f"{name}.csv" for name in opened]


@pytest.fixture
def count_calls(monkeypatch):
    """Count the calls of functions by their first argument."""

    def count(module, name):
        calls, called = Counter(), getattr(module, name)

        def counted(first, *others, **named):
            calls[first] += 1
            return called(first, *others, **named)

        monkeypatch.setattr(module, name, counted)
        return calls

    return count


def code_rows(copies):
    """Make coded rows that hold the same few texts many times, each row once."""
    texts = [("增长5.1%", "", "2023"), ("6%—7%", "", "2023-Q1"), ("两成", "", "2024-13")]
    texts += [("增长6.2%", "", "2023"), ("7.5", "万亩", ""), ("7.5", "亿斤", ""), ("0个", "", "")]
    rows = pd.DataFrame(texts * copies, columns=["value_text", "unit_text", "period"], dtype="str")
    rows["n"] = [str(number) for number in range(len(rows))]
    rows = rows.assign(document="plan", place="hebi", indicator="gdp", measure="level")
    return rows.assign(status="target").reindex(columns=name_columns(CODED), fill_value="")


@pytest.mark.parametrize("copies", [1, 40])
def test_each_text_is_read_once_however_many_rows_hold_it(count_calls, copies):
    coded = code_rows(copies)
    # 增长5.1% and 增长6.2% are of one pattern, and so is 7.5 with both units.
    figures = count_calls(quantities, "_read")
    patterns = count_calls(quantities, "find_pattern")
    spans = count_calls(periods, "_read")
    written = count_calls(statements, "read_unit")
    one_by_one = count_calls(units, "_times")
    cells = count_calls(columns, "_read")
    ids = count_calls(statements, "_split_id")
    tables.read_reference()
    tidy(coded)
    assert figures == Counter(["增长7.7%", "7.7", "6%—7%", "两成", "0个"])
    texts = ["增长5.1%", "增长6.2%", "6%—7%", "两成", "7.5", "0个"]
    assert patterns == Counter([*texts, "增长7.7%", "7.7"])
    assert spans == Counter(["2023", "2023-Q1", "2024-13", ""])
    assert written == Counter(["%", "万亩", "亿斤", "个"])
    assert (one_by_one, cells) == (Counter(), Counter())
    assert set(ids.values()) == {1}


@pytest.mark.parametrize("copies", [1, 40])
def test_only_distinct_texts_are_handed_on_to_be_read(monkeypatch, copies):
    handed = {}

    def record(name, read):
        def recorded(texts, *others):
            handed[name] = len(texts)
            return read(texts, *others)

        monkeypatch.setattr(statements, name, recorded)

    for name in ("read_quantities", "read_periods", "standardise_each"):
        record(name, getattr(statements, name))
    tidy(code_rows(copies))
    # 7.5 has two units, and so it is two figures.
    assert handed == {"read_quantities": 7, "read_periods": 4, "standardise_each": 7}


def test_a_pattern_that_other_texts_may_differ_from_is_read_once(count_calls):
    figures = count_calls(quantities, "_read")
    quantities.read_quantities(pd.Series(["5A级", "6A级", "5A级"], dtype="str"))
    assert figures == Counter(["7A级", "5A级", "6A级"])


@pytest.mark.parametrize(
    ("module", "name", "read", "texts"),
    [
        (periods, "_read", periods.read_periods, ["2023", "2024", "2023", ""]),
        (quantities, "_read", quantities.read_quantities, ["两成", "三成", "两成", ""]),
    ],
)
def test_texts_that_repeat_are_read_once_without_tidy_too(count_calls, module, name, read, texts):
    calls = count_calls(module, name)
    read(pd.Series(texts, dtype="str"))
    assert calls == Counter(set(texts))


def test_cells_that_repeat_are_read_once(count_calls):
    cells = count_calls(columns, "_read")
    typed = pd.DataFrame({"low": ["2.6", "7", "2.6"]})
    columns.take_rows(typed, [columns.optional("low", "", "number")])
    assert cells == Counter(["2.6", "7"])


def test_days_of_publication_are_read_once_however_many_documents_have_them(monkeypatch):
    asked, read = [], pd.to_datetime
    monkeypatch.setattr(
        pd, "to_datetime", lambda texts, **named: asked.append(texts) or read(texts, **named)
    )
    documents = pd.DataFrame({"id": [f"plan{n}" for n in range(50)]}, dtype="str")
    documents = documents.assign(reliability="official", published=["2024-01-05", "2024"] * 25)
    coded = pd.concat([code_rows(1).assign(document=name) for name in documents.id])
    rows = tidy(coded, {"documents": documents})
    assert [texts.dropna().tolist() for texts in asked] == [["2024-01-05"]]
    assert rows.published.notna().sum() == len(coded) / 2
