"""Places are matched by table, exactly: what nearly matches does not match."""

import pandas as pd
import pytest

from policydata.places import list_spellings, match_places
from policydata.tables import read_table

PLACES = read_table("places")


@pytest.mark.parametrize("row", list(PLACES.itertuples()), ids=PLACES.id)
def test_every_shipped_spelling_matches_its_own_place_only(row):
    spellings = [row.id, row.code, row.name_zh, row.name_en, *row.spellings.split("|")]
    spellings = list(filter(None, spellings))
    assert match_places(spellings) == [row.id] * len(spellings)


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
    assert match_places([name]) == [place]


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
    with pytest.raises(ValueError, match="is no known place"):
        match_places([name])


@pytest.mark.parametrize(
    ("name", "nearest"), [("Zhengzou", "zhengzhou"), ("郑", "郑州"), ("濮阳县", "濮阳")]
)
def test_an_unknown_name_is_refused_with_the_nearest(name, nearest):
    with pytest.raises(ValueError, match=f'^"{name}" is no known place; nearest: .*{nearest}'):
        match_places(["hebi", name])


def test_places_of_ones_own_have_their_own_spellings():
    own = pd.DataFrame(
        [["minghu", "419992", "明湖市", "Minghu", "prefecture", "", "明湖"]], columns=PLACES.columns
    )
    names = ["minghu", "419992", "明湖市", "明湖"]
    assert list_spellings(own) == dict.fromkeys(names, "minghu")
