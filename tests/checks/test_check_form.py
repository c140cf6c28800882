"""What the records of columns and keys ask of typed tables: cells, ids, keys, order."""

import pytest

from policydata.checks.form import list_form_problems

FULL_WIDTH = "４１９９９３"


@pytest.mark.parametrize(
    ("table", "row", "column", "typed", "rule", "nearest"),
    [
        ("documents", 1, "scope", "fulltext", "word not in the vocabulary", "full_text"),
        ("documents", 1, "reliability", "reprints", "word not in the vocabulary", "reprint"),
        ("indicators", 0, "domain", "transprt", "word not in the vocabulary", "transport, sports"),
        ("indicators", 0, "better", "highr", "word not in the vocabulary", "higher, neither"),
        ("places", 0, "level", "prefectur", "word not in the vocabulary", "prefecture"),
        ("coded", 0, "status", "outcom", "word not in the vocabulary", "outcome"),
        ("coded", 0, "status", "目标", "word not in the vocabulary", "target"),
        ("excluded", 0, "reason", "nam", "reason not in the vocabulary", "name"),
        ("excluded", 0, "reason", "part_of:x", "reason not in the vocabulary", ""),
        ("documents", 1, "sha256", "0" * 63 + "A", "not a checksum", ""),
        ("documents", 1, "sha256", "0" * 63 + "g", "not a checksum", ""),
        ("documents", 1, "url", "www.minghu.example", "not a web address", ""),
        ("documents", 1, "url", "https:minghu.example", "not a web address", ""),
        ("documents", 1, "url", "ftp://minghu.example", "not a web address", ""),
        ("documents", 1, "published", "2024-13", "period that is not a period", ""),
        ("places", 0, "code", "4199930", "not a division code", ""),
        ("places", 0, "code", FULL_WIDTH, "not a division code", ""),
        ("places", 0, "parent", "mingh", "unknown place", "minghu"),
        ("units", 0, "factor", "1/0", "not an exact factor", ""),
        ("units", 0, "symbol", "", "blank cell", ""),
        ("coded", 0, "note", "\u200b", "hidden character", ""),
        ("coded", 0, "note", " 见表", "hidden character", ""),
        ("coded", 0, "note", "见表\u3000", "hidden character", ""),
        ("coded", 0, "n", "01", "not a whole number", ""),
        ("documents", 2, "sha256", "TWIN", "two rows with one id", ""),
        ("coded", 2, "n", "2", "two rows with one id", ""),
        ("units", 1, "text", "%", "two rows with one id", ""),
        ("coded", 0, "place", "明湖市", "unknown place", "minghu"),
        ("coded", 0, "place", "Lushan", "unknown place", "lushan"),
        ("coded", 0, "place", "419992", "unknown place", "minghu"),
        ("coded", 0, "place", "明湖区", "unknown place", "minghu"),
        ("coded", 0, "indicator", "充电桩", "unknown indicator", "charging_points"),
        ("coded", 0, "indicator", "GROSS DOMESTIC PRODUCT", "unknown indicator", "gdp"),
        ("excluded", 0, "document", "明湖要闻", "unknown document", "minghu-2024-news"),
    ],
)
def test_a_cell_of_another_form_is_found_with_its_address_and_what_was_meant(
    tables, table, row, column, typed, rule, nearest
):
    cells = tables[table].copy()
    typed = typed.replace("TWIN", cells[column].iloc[row - 1])
    cells.loc[row, column] = typed
    found = list_form_problems({table: cells}, tables)
    address = cells.loc[row, ["file", "row"]].tolist()
    columns = ["file", "row", "column", "value", "rule", "nearest"]
    assert found[columns].values.tolist() == [[*address, column, typed, rule, nearest]]


def test_tables_without_a_fault_or_without_a_row_have_no_problem(tables):
    assert list_form_problems(tables, tables).empty
    none = {name: table.head(0) for name, table in tables.items()}
    assert list_form_problems(none, none).empty


@pytest.mark.parametrize(
    ("numbers", "misplaced"),
    [
        ("1 2 9 3 4", {4: "after row 6"}),
        ("1 2 3 5 4", {6: "after row 4"}),
        ("3 1 2 4", {2: "after row 4"}),
        ("2 3 4 1", {5: "before row 2"}),
        ("5 4 1 2 3", {2: "after row 6", 3: "after row 6"}),
        ("1 2 2 10", {}),
    ],
)
def test_the_fewest_rows_that_have_to_move_are_named_with_the_row_that_each_belongs_after(
    tables, numbers, misplaced
):
    typed = numbers.split()
    rows = tables["coded"].iloc[[0] * len(typed)].reset_index(drop=True)
    rows = rows.assign(n=typed, row=[str(row) for row in range(2, len(typed) + 2)])
    found = list_form_problems({"coded": rows}, tables).query("rule == 'rows out of order'")
    assert dict(zip(found.row.astype(int), found.nearest, strict=True)) == misplaced


def test_rows_of_a_reference_table_are_sorted_by_their_key(tables):
    found = list_form_problems({"places": tables["places"].iloc[::-1]}, tables)
    columns = ["row", "column", "value", "rule", "allowed", "nearest"]
    assert found[columns].values.tolist() == [
        ["2", "id", "lushan", "rows out of order", "by id", "before row 3"]
    ]
