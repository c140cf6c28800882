"""Places are matched by table, exactly: what nearly matches does not match."""

import pandas as pd
import pytest

from policydata import match_places
from policydata.names import find_places
from policydata.tables import read_table

PLACES = read_table("places")


@pytest.mark.parametrize("row", list(PLACES.itertuples()), ids=PLACES.id)
def test_every_shipped_spelling_matches_its_own_place_only(row):
    spellings = [row.id, row.code, row.name_zh, row.name_en, *row.spellings.split("|")]
    spellings = list(filter(None, spellings))
    assert find_places(spellings) == [row.id] * len(spellings)


def test_no_two_places_share_a_spelling():
    spelled = PLACES.id + "|" + PLACES.code + "|" + PLACES.name_zh + "|" + PLACES.spellings
    pairs = spelled.str.split("|").explode().rename("spelling").reset_index()
    pairs = pairs[pairs.spelling.ne("")].drop_duplicates()
    assert pairs[pairs.spelling.duplicated(keep=False)].empty


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("鄭州", "zhengzhou"),
        ("郑州市", "zhengzhou"),
        ("ZHENGZHOU", "zhengzhou"),
        (" Zheng zhou ", "zhengzhou"),
        ("４１０１００", "zhengzhou"),
        (410100, "zhengzhou"),
        ("濮阳", "puyang"),
        ("济源示范区", "jiyuan"),
    ],
)
def test_width_case_and_blanks_do_not_matter(name, place):
    assert find_places([name]) == [place]


@pytest.mark.parametrize(
    "name",
    [
        *"马鞍山 鞍山 濮阳县 新乡县 安阳县 许昌县 洛阳新区 郑州航空港区 三门峡湖滨区".split(),
        *"郑 州 阳 河 市 平顶 海南 湖南 zheng zhengzho zhengzhou2 yang".split(),
        *"41 4101 410000市 | 郑州|开封".split(),
        "",
    ],
)
def test_what_only_resembles_a_place_does_not_match(name):
    with pytest.raises(ValueError, match="is not a known place"):
        find_places([name])


@pytest.mark.parametrize(
    ("name", "nearest"), [("Zhengzou", "zhengzhou"), ("郑", "郑州"), ("濮阳县", "濮阳")]
)
def test_an_unknown_name_is_refused_with_the_nearest(name, nearest):
    with pytest.raises(ValueError, match=f'^"{name}" is not a known place; nearest: .*{nearest}'):
        find_places(["hebi", name])


def test_places_of_ones_own_have_their_own_spellings():
    own = pd.DataFrame(
        [["minghu", "419992", "明湖市", "Minghu", "prefecture", "", "", "明湖"]],
        columns=PLACES.columns,
    )
    names = ["minghu", "419992", "明湖市", "明湖"]
    assert find_places(names, own) == ["minghu"] * 4


def test_a_name_of_two_places_is_refused_with_both_ids_and_each_id_is_its_place():
    own = pd.DataFrame(
        {
            "id": ["kaifeng_gulou", "nanjing_gulou"],
            "name_zh": ["鼓楼区", "鼓楼区"],
            "name_en": "Gulou",
        }
    )
    assert find_places(["nanjing_gulou", "kaifeng_gulou"], own) == own.id[::-1].tolist()
    allowed = '"kaifeng_gulou" or "nanjing_gulou"'
    complaint = f'^"鼓楼区" is the name of more than one place; allowed: {allowed}.$'
    with pytest.raises(ValueError, match=complaint):
        find_places(["鼓楼区"], own)


def test_a_place_of_rows_is_known_by_id_and_names_and_its_names_go_before_ours():
    rows = pd.DataFrame(
        {
            "place": ["370200", "x410100"],
            "place_zh": ["青岛市", "郑州市"],
            "place_en": ["Qingdao", "Zz"],
        }
    )
    names = ["370200", "青岛市", "qingdao", "郑州市", "郑州", "zhengzhou"]
    wanted = ["370200", "370200", "370200", "x410100", "zhengzhou", "zhengzhou"]
    assert find_places(names, rows=rows) == wanted
    with pytest.raises(ValueError, match=r'^"Qingdo" is not a known place; nearest: qingdao;'):
        find_places(["Qingdo"], rows=rows)


def test_names_are_matched_one_for_one():
    assert find_places(["郑州", "hebi", "zhengzhou"]) == ["zhengzhou", "hebi", "zhengzhou"]


def test_names_and_codes_of_a_column_become_ids_on_its_index():
    cities = pd.Series(["郑州", None, "洛阳市", "Kaifeng"], index=[3, 5, 7, 9])
    wanted = pd.Series(["zhengzhou", None, "luoyang", "kaifeng"], index=cities.index, dtype="str")
    pd.testing.assert_series_equal(match_places(cities), wanted)
    assert match_places([410100, 410300.0, "开封"]) == ["zhengzhou", "luoyang", "kaifeng"]


def test_a_name_that_is_not_known_is_refused_or_kept_as_missing():
    with pytest.raises(ValueError, match=r'^"东京" is not a known place; nearest: '):
        match_places(["郑州", "东京"])
    kept = match_places(["郑州", "东京"], missing="keep")
    assert kept[0] == "zhengzhou" and pd.isna(kept[1])
    with pytest.raises(ValueError, match='"drop" is not a known missing'):
        match_places(["郑州"], missing="drop")
