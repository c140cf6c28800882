"""A build names the rows of the shipped tables that it takes out, alters or adds."""

import pytest

from small_project import CODED, Project

ROW = "minghu-2024-plan,3,minghu,charging_points,level,target,2024,300个,充电桩300个,,1,,A,\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            *(CODED, "7%以上", "8%以上"),
            "statements: changed 1 (minghu-2024-plan:1); cells: low 1, value 1, low_std 1, "
            "value_std 1, value_text 1, quote 1",
        ),
        (CODED, ROW, "", "statements: removed 1 (minghu-2024-plan:3)"),
        (
            *(CODED, ROW, ROW + ROW.replace(",3,", ",4,").replace(",A,", ",A,the caption")),
            "statements: added 1 (minghu-2024-plan:4)",
        ),
        (
            *("data/reference/indicators.csv", "Charging points", "Chargers"),
            "indicators: changed 1 (charging_points); cells: name_en 1",
        ),
    ],
)
def test_a_row_that_a_build_changes_is_named(
    project: Project, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, said: str
) -> None:
    project.replace(file, old, new)
    project.build()
    assert said in capsys.readouterr().out.splitlines()


def test_a_table_that_was_damaged_is_made_again_and_compared_with_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / "src/policydata/tables/statements.csv").write_bytes(b"\xff\xfe")
    assert project.build()[0] == 0
    assert "statements:" not in capsys.readouterr().out
