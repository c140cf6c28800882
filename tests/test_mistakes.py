"""One folder a mistake: each holds one, `check` finds that one, and nothing else."""

import shutil
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from policydata import check, read_coded
from policydata.__main__ import main
from policydata.checks import check_reference
from policydata.columns import name_columns
from policydata.errors import RULES
from policydata.schema import CODED, EXCLUDED, PROBLEMS, REFERENCE
from policydata.tables import read_csv, read_reference

MISTAKES = Path("tests/mistakes")
SHARED, WITHOUT_ONE, WITH_MANY = {"documents", "reference"}, {"clean"}, {"several"}
ASKS_FOR_ALL = {"text-not-found"}
FOLDERS = sorted(folder for folder in MISTAKES.iterdir() if folder.name not in SHARED)


def find_problems(folder):
    """Check a folder, with addresses as they stand inside it."""
    workbook = folder / "coded.xlsx"
    coded = workbook if workbook.exists() else folder / "coded"
    own = {name: folder / name if (folder / name).exists() else MISTAKES / name for name in SHARED}
    found = check(coded, **own, all_documents=folder.name in ASKS_FOR_ALL)
    return found.assign(file=[file.removeprefix(f"{folder.as_posix()}/") for file in found.file])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_check_finds_what_is_expected_and_nothing_else(folder):
    expected = read_csv(folder / "expected.csv")
    assert find_problems(folder).to_dict("records") == expected.to_dict("records")


def test_every_folder_but_two_holds_exactly_one_mistake():
    counts = {folder.name: len(read_csv(folder / "expected.csv")) for folder in FOLDERS}
    assert {name for name, count in counts.items() if count == 0} == WITHOUT_ONE
    assert {name for name, count in counts.items() if count > 1} == WITH_MANY
    assert len(counts) > 30


def test_every_rule_has_its_mistake_and_its_level():
    expected = pd.concat(read_csv(folder / "expected.csv") for folder in FOLDERS)
    pairs = expected[["rule", "level"]].drop_duplicates().itertuples(index=False, name=None)
    assert sorted(pairs) == sorted(RULES.items())


def test_several_mistakes_at_once_are_all_reported_each_with_an_address():
    found = find_problems(MISTAKES / "several")
    assert found.rule.nunique() == len(found) == 8
    assert found.file.nunique() == 4
    assert found[["file", "value", "allowed"]].ne("").all(axis=None)


@pytest.mark.parametrize(
    ("table", "right", "wrong", "address", "nearest"),
    [
        ("documents", "full_text", "fulltext", ("3", "scope"), "full_text"),
        ("documents", "official", "reprints", ("3", "reliability"), "reprint"),
        ("indicators", "transport", "transprt", ("2", "domain"), "transport, sports"),
        ("indicators", "higher", "highr", ("2", "better"), "higher, neither"),
        ("places", "prefecture", "prefectur", ("2", "level"), "prefecture"),
    ],
)
def test_a_word_of_a_reference_table_that_is_none_is_found_with_the_nearest(
    tmp_path, table, right, wrong, address, nearest
):
    own = shutil.copytree(MISTAKES / "reference", tmp_path / "reference")
    file = own / f"{table}.csv"
    file.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    found = check(MISTAKES / "clean/coded", reference=own)
    fault = [file.as_posix(), *address, wrong, "word not in the vocabulary", nearest]
    columns = ["file", "row", "column", "value", "rule", "nearest"]
    assert found[columns].values.tolist() == [fault]


@pytest.mark.parametrize(
    ("numbers", "misplaced"),
    [
        ("1 2 9 3 4", {4: "behind row 6"}),
        ("1 2 3 5 4", {6: "behind row 4"}),
        ("3 1 2 4", {2: "behind row 4"}),
        ("2 3 4 1", {5: "before row 2"}),
        ("5 4 1 2 3", {2: "behind row 6", 3: "behind row 6"}),
        ("1 2 2 10", {}),
    ],
)
def test_the_fewest_rows_that_have_to_move_are_named_with_the_row_that_each_belongs_behind(
    numbers, misplaced
):
    clean = read_coded(MISTAKES / "clean/coded").query("document == 'minghu-2024-news'")
    rows = clean.loc[clean.index.repeat(2)].head(len(numbers.split())).assign(n=numbers.split())
    rows = rows.assign(row=[str(row) for row in range(2, len(rows) + 2)])
    found = check(rows, reference=MISTAKES / "reference").query("rule == 'rows out of order'")
    assert dict(zip(found.row.astype(int), found.nearest, strict=True)) == misplaced


@pytest.mark.parametrize(
    ("table", "right", "wrong", "rule"),
    [
        ("documents", "0" * 64, "0" * 63 + "A", "not a checksum"),
        ("documents", "0" * 64, "0" * 63 + "g", "not a checksum"),
        ("places", "419993", "4199930", "not a division code"),
        ("places", "419993", "４１９９９３", "not a division code"),
        ("documents", "news,,,made", "news,www.minghu.example,,made", "not a web address"),
        ("documents", "news,,,made", "news,https:minghu.example,,made", "not a web address"),
        ("documents", "news,,,made", "news,ftp://minghu.example,,made", "not a web address"),
        ("documents", "news,,,made", f"news,,{'1' * 64},made", "checksum and scope disagree"),
        ("documents", "0" * 64, "TWIN", "two rows with one id"),
        ("places", "Lushan", "明湖", "spelling used twice"),
        ("places", "Minghu,", "ＬＵＳＨＡＮ,", "spelling used twice"),
        ("indicators", "生产总值", "充电桩", "spelling used twice"),
        ("indicators", "Charging points", "GDP", "spelling used twice"),
    ],
)
def test_a_cell_of_a_reference_table_that_cannot_be_used_is_found(
    tmp_path, table, right, wrong, rule
):
    own = shutil.copytree(MISTAKES / "reference", tmp_path / "reference")
    file = own / f"{table}.csv"
    twin = read_csv(own / "documents.csv").sha256[1]
    text = file.read_text("utf-8").replace(right, wrong.replace("TWIN", twin), 1)
    file.write_text(text, "utf-8")
    assert check(MISTAKES / "clean/coded", reference=own).rule.tolist() == [rule]


@pytest.mark.parametrize(
    ("column", "typed", "nearest"),
    [
        ("place", "明湖市", "minghu"),
        ("place", "Lushan", "lushan"),
        ("place", "419992", "minghu"),
        ("place", "明湖区", "minghu"),
        ("indicator", "充电桩", "charging_points"),
        ("indicator", "GROSS DOMESTIC PRODUCT", "gdp"),
        ("document", "明湖要闻", "minghu-2024-news"),
    ],
)
def test_a_name_typed_for_an_id_is_found_with_the_id(column, typed, nearest):
    rows = read_coded(MISTAKES / "clean/coded").head(1).assign(**{column: typed})
    found = check(rows, reference=MISTAKES / "reference")
    assert found[["rule", "value", "nearest"]].values.tolist() == [
        [f"unknown {column}", typed, nearest]
    ]


@pytest.mark.parametrize(
    ("figures", "slipped"),
    [
        ("280个 290个 2800个", "2800个"),
        ("280个 290个 28个 300个", "28个"),
        ("280个 290个 2.8万个", "2.8万个"),
        ("280个 290个 310万个", "310万个"),
        ("280个 290个 610个", ""),
        ("280个 290个 6100个", ""),
        ("280个 2800个", ""),
        ("28个 290个 2800个", ""),
        ("280个 290个 0个", ""),
    ],
)
def test_a_level_that_lies_among_its_neighbours_once_its_point_is_moved_is_found(figures, slipped):
    assert find_slips(figures) == [slipped] * bool(slipped)


@pytest.mark.parametrize(
    "other",
    [
        {"place": ["minghu", "lushan"] * 2},
        {"period": ["2024-06", "2024-07", "2024", "2024-09"]},
        {"measure": "change"},
        {"indicator": ["charging_points", "gdp"] * 2},
    ],
)
def test_neighbours_are_of_one_place_indicator_measure_and_length_of_period(other):
    assert find_slips("280个 290个 2800个 285个") == ["2800个"]
    assert find_slips("280个 290个 2800个 285个", **other) == []


def find_slips(figures, **other):
    """List the figures that are out of the scale of the others."""
    typed = figures.split()
    clean = read_coded(MISTAKES / "clean/coded").iloc[[0] * len(typed)].reset_index(drop=True)
    rows = clean.assign(n=[str(n + 1) for n in clean.index], value_text=typed, quote="", **other)
    found = check(rows, reference=MISTAKES / "reference")
    return found[found.rule.eq("figure out of scale")].value.tolist()


def test_a_folder_of_reference_tables_that_is_not_there_is_one_problem_with_its_address():
    found = check(read_coded(MISTAKES / "clean/coded").head(0), reference="nope")
    assert found[["file", "rule"]].values.tolist() == [["nope", "no such file"]]
    assert found.allowed.item().startswith("a folder with documents.csv, ")


def test_a_folder_without_any_reference_table_or_text_is_said_to_be_none(tmp_path):
    coded = MISTAKES / "clean/coded"
    empty = check(coded, reference=tmp_path)
    assert empty[empty.rule.eq("no reference table")].file.tolist() == [tmp_path.as_posix()]
    gone = check(coded, reference=MISTAKES / "reference", documents="nope")
    assert gone[["file", "rule"]].values.tolist()[0] == ["nope", "no such file"]


def find_units(coded, **options):
    """List the figures whose unit `check` does not know."""
    found = check(coded, **options)
    return found[found.allowed.str.contains("a unit or word that is not known: 喵")].value.tolist()


@pytest.fixture
def own_unit(tmp_path):
    """Make a project whose one figure has a unit that we do not have, in a table of its own."""
    project = tmp_path / "project"
    for name, part in {"coded": "clean/coded", "reference": "reference"}.items():
        shutil.copytree(MISTAKES / part, project / name)
    units = read_csv(MISTAKES / "reference/units.csv")
    own = pd.DataFrame([["喵", "count", "count", "1"]], columns=units.columns)
    pd.concat([units, own]).to_csv(project / "reference/units.csv", index=False)
    news = project / "coded/news.csv"
    news.write_text(news.read_text("utf-8").replace("280个", "280喵"), "utf-8")
    return project


def test_a_unit_of_the_table_beside_the_coded_ones_is_known_whatever_is_checked(own_unit, tmp_path):
    coded = own_unit / "coded"
    workbook = own_unit / "coded.xlsx"
    read_csv(coded / "news.csv").to_excel(workbook, sheet_name="news", index=False)
    beneath = shutil.copy(workbook, coded / "all.xlsx")
    for given in (coded, coded / "news.csv", workbook, beneath, read_coded(coded)):
        assert check(given).level.isin(["note"]).all(), given
    apart = shutil.copytree(coded, tmp_path / "apart/coded")
    assert find_units(apart) == ["280喵"] * 3


def test_the_command_and_the_function_find_the_same_reference_from_any_folder(
    own_unit, monkeypatch, capsys
):
    for folder, path in (
        (own_unit, "coded"),
        (own_unit / "coded", "."),
        (own_unit, "coded/news.csv"),
    ):
        monkeypatch.chdir(folder)
        assert main(["check", path]) == 0
        assert check(path).empty
    assert capsys.readouterr().out.count("0 errors") == 3


def test_rows_of_several_projects_take_their_exclusions_along_and_no_reference_of_one(
    own_unit, tmp_path
):
    other = shutil.copytree(own_unit, tmp_path / "other")
    (own_unit / "coded/excluded.csv").unlink()
    rows = [read_coded(project / "coded") for project in (own_unit, other)]
    both = pd.concat([rows[0].query("document == 'minghu-2024-news'"), rows[1].tail(3)])
    texts = {"documents": MISTAKES / "documents"}
    assert check(both, reference=own_unit / "reference", **texts).empty
    assert "280喵" in find_units(both)
    assert check(rows[1], **texts).empty


def test_a_text_of_excluded_numerals_alone_is_asked_for_too(tmp_path):
    coded = shutil.copytree(MISTAKES / "clean/coded", tmp_path / "coded")
    excluded = coded / "excluded.csv"
    other = excluded.read_text("utf-8").replace("minghu-2024-plan", "minghu-2024-report")
    excluded.write_text(other, "utf-8")
    options = {"reference": MISTAKES / "reference", "documents": MISTAKES / "documents"}
    found = check(coded, **options, all_documents=True)
    assert found[["value", "rule"]].values.tolist() == [
        ["minghu-2024-report", "text not found"],
        ["5", "numeral not accounted for"],
    ]


def test_reference_tables_that_are_handed_in_go_before_those_beside(own_unit):
    coded, ours = own_unit / "coded", MISTAKES / "reference"
    assert find_units(coded, reference=ours) == ["280喵"] * 3
    assert check(coded, reference=read_reference(own_unit / "reference")).empty
    assert find_units(coded, reference={"units": read_reference()["units"]}) == ["280喵"] * 3


def test_a_table_that_is_handed_in_is_checked_on_the_rows_of_its_file(own_unit):
    tables = read_reference(own_unit / "reference")
    units = tables["units"].assign(factor=tables["units"].factor.replace("1/15", "0.07"))
    found = check(own_unit / "coded", reference={**tables, "units": units})
    assert found[["file", "row", "column", "value", "rule"]].values.tolist() == [
        ["units.csv", "7", "factor", "0.07", "not an exact factor"]
    ]
    lacking = check(own_unit / "coded", reference={**tables, "units": units.drop(columns="symbol")})
    assert lacking.rule.tolist()[0] == "missing column"


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ({"coded": ["x"]}, r"""list "\['x'\]" is not a path; allowed: a DataFrame of """),
        ({"coded": None}, 'NoneType "None" is not a path; allowed: a DataFrame of '),
        ({"reference": 3}, 'int "3" is not a path; allowed: a folder, or what read_reference'),
        ({"documents": ["x"]}, "is not a path; allowed: a folder with the texts, as .txt"),
        ({"reference": {"unit": 1}}, 'There is no reference table "unit"; allowed: "documents",'),
        (
            {"reference": {"units": 1}},
            'int "1" is not a table; allowed: a DataFrame of read_reference',
        ),
        ({"all_documents": True}, "all_documents=True needs documents=, the folder with the"),
    ],
)
def test_an_argument_that_cannot_be_used_is_refused_in_a_sentence(call, complaint):
    with pytest.raises((TypeError, ValueError), match=complaint):
        check(**{"coded": MISTAKES / "clean/coded", **call})


def test_a_text_that_cannot_be_opened_is_noted_and_its_quotes_are_not_counted(tmp_path, capsys):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    call = ["check", str(MISTAKES / "clean/coded"), "--reference", str(MISTAKES / "reference")]
    assert main([*call, "--documents", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert 'a.txt: "No such file or directory"; allowed: a file that can be read' in said
    assert 'plan.csv:2:document: "minghu-2024-plan"; allowed: a .txt with the checksum' in said
    assert said.endswith("0 texts: 0 of 0 quotes found, 0 of 0 numerals accounted for.\n")
    assert main([*call, "--documents", str(tmp_path), "--all-documents"]) == 1


def test_texts_are_known_by_checksum_whatever_the_case_of_their_suffix(tmp_path):
    shutil.copy(MISTAKES / "documents/made-up.txt", tmp_path / "PLAN.TXT")
    options = {"reference": MISTAKES / "reference", "documents": tmp_path}
    assert check(MISTAKES / "clean/coded", **options, all_documents=True).empty
    lost = check(MISTAKES / "quote-not-in-the-text/coded", **options)
    assert lost.rule.tolist() == ["quote not in the text"]


def test_quotes_and_numerals_are_counted_as_found_and_not_as_free_of_problems(capsys):
    call = ["--reference", str(MISTAKES / "reference"), "--documents", str(MISTAKES / "documents")]
    said = {}
    for name in ("quote-not-in-the-text", "numeral-as-figure-and-excluded"):
        main(["check", str(MISTAKES / name / "coded"), *call])
        said[name] = capsys.readouterr().out.splitlines()[-1]
    assert said == {
        "quote-not-in-the-text": "1 text: 4 of 5 quotes found, 4 of 4 numerals accounted for.",
        "numeral-as-figure-and-excluded": (
            "1 text: 5 of 5 quotes found, 3 of 4 numerals accounted for."
        ),
    }


def test_hazards_are_held_against_statements_only_where_every_coded_table_was_read(tmp_path):
    folder = shutil.copytree(MISTAKES / "hazard-of-no-statement", tmp_path / "project")
    (folder / "coded/plan.csv").write_bytes("编号\n".encode("gbk"))
    assert find_problems(folder).rule.tolist()[0] == "not UTF-8"
    assert "unknown statement" not in set(find_problems(folder).rule)


def test_what_is_only_noted_sets_no_table_aside(tmp_path):
    folder = shutil.copytree(MISTAKES / "hazard-of-no-statement", tmp_path / "project")
    (folder / "coded/readme.txt").write_text("no table", "utf-8")
    with (folder / "reference/hazards.csv").open("a", encoding="utf-8") as hazards:
        hazards.write("\n,,\n")
    rules = find_problems(folder).rule.tolist()
    assert sorted(rules) == ["passed over", "passed over", "passed over", "unknown statement"]


def test_a_part_of_a_coding_answers_for_the_hazards_of_its_own_documents_alone():
    folder = MISTAKES / "hazard-of-no-statement"
    rules = {
        name: check(folder / f"coded/{name}.csv", reference=folder / "reference").rule.tolist()
        for name in ("news", "plan")
    }
    assert rules == {"news": [], "plan": ["unknown statement"]}


def test_reference_tables_without_a_row_are_no_problem_of_their_own(tmp_path):
    for name, columns in REFERENCE.items():
        header = ",".join(name_columns(columns)) + "\n"
        (tmp_path / f"{name}.csv").write_text(header, "utf-8")
    rows = read_coded(MISTAKES / "clean/coded")
    assert check_reference(tmp_path, coded=rows).empty
    assert set(check(rows, reference=tmp_path).rule) == {
        *("unknown document", "unknown place", "unknown indicator", "unreadable figure")
    }


def test_a_reference_table_is_checked_alone_and_the_coded_tables_are_not():
    reference = MISTAKES / "factor-that-is-no-number/reference"
    found = check_reference(reference, coded=MISTAKES / "blank-cell/coded")
    assert found.rule.tolist() == ["not an exact factor"]


def test_without_the_texts_only_rules_on_the_tables_run():
    reference = MISTAKES / "reference"
    assert check(MISTAKES / "numeral-not-accounted-for/coded", reference=reference).empty
    assert check(MISTAKES / "quote-not-in-the-text/coded", reference=reference).empty


@pytest.mark.parametrize("name", ["clean", "unknown-place", "numeral-as-figure-and-excluded"])
def test_rows_that_were_read_before_are_checked_as_their_folder_is(name):
    folder = MISTAKES / name
    options = {"documents": MISTAKES / "documents", "reference": MISTAKES / "reference"}
    rows = read_coded(folder / "coded")
    assert check(rows, **options).equals(check(folder / "coded", **options))


def test_a_frame_of_anyone_is_checked_and_nothing_is_raised():
    rows = read_coded(MISTAKES / "clean/coded")
    reference = MISTAKES / "reference"
    assert check(rows.drop(columns="note"), reference=reference).rule.tolist() == ["missing column"]
    bare = rows.drop(columns=["file", "row"]).assign(n=range(len(rows)), note=None)
    twice = pd.concat([bare, bare.assign(place="mingho")])
    assert set(check(twice, reference=reference).rule) >= {"unknown place", "two rows with one id"}
    assert check(rows.head(0), reference=reference).columns.tolist() == name_columns(PROBLEMS)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (1, ["numeral not accounted for"]),
        (2, []),
        (3, ["numeral twice accounted for"]),
    ],
)
def test_rows_of_one_quote_take_its_equal_numerals_in_turn(tmp_path, rows, found):
    text = "1号楼和1号院"
    own = shutil.copytree(MISTAKES / "reference", tmp_path / "reference")
    documents = read_csv(own / "documents.csv")
    plan = documents.id.eq("minghu-2024-plan")
    checksum = sha256(text.encode()).hexdigest()
    documents = documents.assign(sha256=documents.sha256.mask(plan, checksum))
    documents.to_csv(own / "documents.csv", index=False)
    (tmp_path / "plan.txt").write_text(text, "utf-8")
    coded = tmp_path / "coded"
    coded.mkdir()
    (coded / "plan.csv").write_text(",".join(name_columns(CODED)) + "\n", "utf-8")
    excluded = [f"minghu-2024-plan,{text},1,1,name"] * rows
    lines = [",".join(name_columns(EXCLUDED)), *excluded]
    (coded / "excluded.csv").write_text("\n".join(lines) + "\n", "utf-8")
    problems = check(coded, documents=tmp_path, reference=own)
    assert problems.rule[problems.level.eq("error")].tolist() == found
