"""The table of China's divisions: counts, codes, names, and that it agrees with our places."""

import pytest

from policydata.names import PLACE, fold_name, list_names
from policydata.schema import DIVISIONS, PLACES
from policydata.tables import read_table

ALL = read_table("divisions")
BY_ID = ALL.set_index("id")


def test_a_row_is_a_place_without_the_order_of_a_yearbook_and_rows_stand_by_code():
    assert list(ALL) == [column.name for column in DIVISIONS]
    assert [one.name for one in PLACES if one not in DIVISIONS] == ["yearbook_order"]
    assert ALL.code.is_monotonic_increasing and ALL.code.is_unique


def test_every_province_and_prefecture_is_there_and_what_no_prefecture_administers():
    assert ALL.level.value_counts().to_dict() == {"prefecture": 333, "province": 34, "county": 32}
    kinds = ALL[ALL.level.eq("prefecture")].name_zh.str.extract("(市|地区|自治州|盟)$")[0]
    assert kinds.value_counts().to_dict() == {"市": 293, "自治州": 30, "地区": 7, "盟": 3}
    counties = ALL[ALL.level.eq("county")].parent.value_counts().to_dict()
    assert counties == {"hainan": 15, "xinjiang": 12, "hubei": 4, "henan": 1}


def test_a_code_has_the_form_of_its_level_and_begins_as_that_of_its_parent():
    forms = {"province": r"\d{2}0000", "prefecture": r"\d{4}00", "county": r"\d{2}90\d{2}"}
    for level, form in forms.items():
        assert ALL.code[ALL.level.eq(level)].str.fullmatch(form).all()
    below = ALL[ALL.level.ne("province")]
    assert ALL.parent[ALL.level.eq("province")].eq("").all()
    assert (below.code.str[:2] + "0000").tolist() == BY_ID.code[below.parent].tolist()


def test_within_a_province_a_name_is_that_of_one_division_and_all_ids_differ():
    assert ALL.id.is_unique
    assert ALL.id.str.fullmatch("[a-z]+(-[a-z]+)*").all()
    for province in ALL.id[ALL.level.eq("province")]:
        names = list_names(PLACE, ALL[ALL.id.eq(province) | ALL.parent.eq(province)])
        assert {name: keys for name, keys in names.items() if len(keys) > 1} == {}


def test_where_romanised_names_meet_the_id_takes_that_of_the_province():
    assert [ALL.code[ALL.id.eq(name)].item() for name in ("hainan", "hainan-qinghai")] == [
        "460000",
        "632500",
    ]
    taken = [
        name for name in ALL.id if any(name.endswith(f"-{one}") for one in set(ALL.parent) - {""})
    ]
    shared = ["fuzhou", "suzhou", "taizhou", "yichun", "yulin", "hainan", "jilin"]
    assert {name.partition("-")[0] for name in taken} == set(shared)


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("xian", "Xi'an", "610100"),
        ("shaanxi", "Shaanxi", "610000"),
        ("shanxi", "Shanxi", "140000"),
        ("inner-mongolia", "Inner Mongolia", "150000"),
        ("hohhot", "Hohhot", "150100"),
        ("urumqi", "Ürümqi", "650100"),
        ("luohe", "Luohe", "411100"),
        ("chaoyang", "Chaoyang", "211300"),
        ("jilin-jilin", "Jilin City", "220200"),
        ("sansha", "Sansha", "460300"),
        ("danzhou", "Danzhou", "460400"),
        ("nagqu", "Nagqu", "540600"),
        ("shihezi", "Shihezi", "659001"),
        ("baiyang", "Baiyang", "659012"),
    ],
)
def test_names_are_romanised_as_usual(name, written, code):
    assert BY_ID.loc[name, ["name_en", "code"]].tolist() == [written, code]


def test_a_city_that_was_merged_and_a_code_that_was_given_up_are_gone():
    assert set(ALL.code).isdisjoint({"371200", "341400", "469003", "542400"})


@pytest.mark.parametrize(
    ("short", "name"), [("恩施", "enshi"), ("延边州", "yanbian"), ("凉山", "liangshan")]
)
def test_an_autonomous_prefecture_is_known_by_its_usual_short_name(short, name):
    assert list_names(PLACE, ALL)[fold_name(short)] == {name}


def test_the_rows_of_our_places_agree_and_hold_every_spelling():
    ours = read_table("places").set_index("id")
    theirs = BY_ID.loc[ours.index]
    same = ["code", "name_zh", "name_en", "level", "parent"]
    assert theirs[same].equals(ours[same])
    for name in ours.index:
        assert set(theirs.spellings[name].split("|")) <= set(ours.spellings[name].split("|"))
    assert set(ours.index) == set(ALL.id[ALL.parent.eq("henan")]) | {"henan"}
