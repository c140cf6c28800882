"""The shipped fonts: what they hold, what they are called, and how they are made."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont

import make_fonts as font
from make_fonts import find_missing, make_subset, read_characters

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "src/policydata/charts/fonts"
REGULAR = FONTS / "PolicydataSansSC-Regular.ttf"
BOLD = FONTS / "PolicydataSansSC-Bold.ttf"
LATIN_REGULAR = FONTS / "PolicydataSans-Regular.ttf"
LATIN_BOLD = FONTS / "PolicydataSans-Bold.ttf"
PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
# In no font of ours: the sign for damage in a quote.
DAMAGE = {"\ufffd"}
ASCII = [chr(code) for code in range(0x20, 0x7F)]
# Unicode knows it, Noto Sans SC does not.
BIANG = "\U00030edd"

# The 293 cities, 7 areas, 30 autonomous prefectures and 3 leagues, by their short names.
PREFECTURES = """
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中
运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安
锡林郭勒 阿拉善 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 吉林
四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河
牡丹江 黑河 绥化 大兴安岭 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州
宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山
滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡
九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照
临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳
商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 长沙 株洲
湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门
湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海
防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 泸州 德阳
绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山 贵阳 六盘水 遵义
安顺 毕节 铜仁 黔西南 黔东南 黔南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳
大理 德宏 怒江 迪庆 拉萨 日喀则 昌都 林芝 山南 那曲 阿里 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林
安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南 西宁 海东 海北
黄南 海南 果洛 玉树 海西 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉
巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁 塔城 阿勒泰
""".split()

both = pytest.mark.parametrize("file", [REGULAR, BOLD], ids=["regular", "bold"])
latin = pytest.mark.parametrize(
    ("file", "chinese"), [(LATIN_REGULAR, REGULAR), (LATIN_BOLD, BOLD)], ids=["regular", "bold"]
)
every = pytest.mark.parametrize(
    "file", [REGULAR, BOLD, LATIN_REGULAR, LATIN_BOLD], ids=lambda file: file.stem
)


def read_widths(file: Path, characters: str) -> list[int]:
    """Give the widths in thousandths of the size of the type."""
    opened = TTFont(file)
    return [opened["hmtx"][opened.getBestCmap()[ord(one)]][0] for one in characters]


def read_names(file: Path) -> dict[int, str]:
    """Give the records of the name table."""
    return {record.nameID: record.toUnicode() for record in TTFont(file)["name"].names}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few characters of the fonts, laid out as the npm package lays out the whole ones.

    The narrow form of its apostrophe is the straight one.
    """
    folder = tmp_path_factory.mktemp("fonts") / "package"
    for weight, file in (("400Regular", REGULAR), ("700Bold", BOLD)):
        (folder / weight).mkdir(parents=True)
        source = folder / weight / f"NotoSansSC_{weight}.ttf"
        make_subset(file, source, [*ASCII, *"郑濮漯≥−’"])
        with TTFont(source) as opened:
            wide, narrow = (opened.getBestCmap()[ord(one)] for one in "’'")
            rule = f"feature pwid {{ sub {wide} by {narrow}; }} pwid;"
            addOpenTypeFeaturesFromString(opened, rule, tables=["GSUB"])
            opened.save(source)
    shutil.copy(FONTS / "OFL.txt", folder / "LICENSE_FONT")
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with a character in each place that is read, and one where none is."""
    written = {
        "data/coded/zhengzhou.csv": "place\n郑\n",
        "data/reference/places.csv": "濮\n",
        "data/README.md": "龘\n",
        "src/policydata/tables/units.csv": "%\n",
        "src/policydata/charts/marks.py": 'LABEL = "≥"\nHIDDEN = "[\\u200b\\u9fff]"\n',
        "notebooks/01.ipynb": json.dumps({"source": ["漯", "\\u9fff"], "output": "\u200b−"}),
    }
    for name, text in written.items():
        (tmp_path / "clone" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "clone" / name).write_text(text, "utf-8")
    (tmp_path / "clone/src/policydata/charts/fonts").mkdir()
    monkeypatch.setattr(font, "PROJECT", tmp_path / "clone")
    return tmp_path / "clone"


@every
def test_the_outlines_are_truetype_with_kerning_and_nothing_besides(file):
    tables = set(TTFont(file).keys()) - {"GlyphOrder"}

    assert tables == {
        *("cmap", "gasp", "glyf", "GPOS", "head", "hhea"),
        *("hmtx", "loca", "maxp", "name", "OS/2", "post"),
    }


@both
def test_the_fonts_hold_both_levels_of_gb_2312(file):
    cells = (bytes((row + 0xA0, cell + 0xA0)) for row in range(16, 88) for cell in range(1, 95))
    levels = {cell.decode("gb2312") for cell in cells if not b"\xd7\xf9" < cell < b"\xd8\xa1"}

    assert len(levels) == 6763
    assert find_missing(file, levels) == set()


@both
def test_the_fonts_hold_every_character_of_data_library_and_notebooks(file):
    assert find_missing(file, read_characters(ROOT) - DAMAGE) == set()


@both
def test_the_fonts_hold_the_names_of_all_333_prefecture_level_divisions(file):
    peoples = "朝鲜土家苗藏羌彝布依侗哈尼壮傣景颇白傈僳回蒙古哈萨克柯尔克孜族"

    assert len(set(PREFECTURES)) == 333
    assert find_missing(file, "".join(PREFECTURES) + peoples + "自治州地区盟市") == set()


@both
def test_the_fonts_hold_characters_of_names_that_gb_2312_lacks(file):
    counties = "埇桥沚浉河瀍河猇亭硚口鄠邑深水埗氹仔"
    cities = "香港澳门台北新北桃园台中台南高雄基隆新竹嘉义"
    people = "鑫喆堃玥珺昇镕祎垚犇淼翀瑄赟玙婳璟烜彧旻禛晞骉燚濛"

    assert find_missing(file, counties + cities + people) == set()


@every
def test_the_fonts_hold_pinyin_and_the_marks_of_charts(file):
    written = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü ±×÷−≈≠≤≥ –—‘’“”…·•‰′″†‡§¶‖ ²³€£¥℃ Ⅰⅳ①⑳ ←↑→↓"

    assert find_missing(file, written + "■□●○◆◇▲△▶▷◀◁★✓") == set()


@both
def test_the_fonts_hold_chinese_punctuation(file):
    assert find_missing(file, "、。，：；！？（）《》「」％＋") == set()


def test_latin_has_no_chinese_and_nothing_that_the_chinese_family_lacks():
    held, chinese = (set(TTFont(file).getBestCmap()) for file in (LATIN_REGULAR, REGULAR))

    assert held < chinese
    assert [chr(code) for code in held if code >= 0x2E80] == []


@latin
def test_letters_digits_and_kerning_are_the_same_in_both_families(file, chinese, tmp_path):
    for name, source in (("latin", file), ("chinese", chinese)):
        make_subset(source, tmp_path / f"{name}.ttf", [*ASCII, *"āéǚα–—−€"])
    latin, chinese = (TTFont(tmp_path / f"{name}.ttf") for name in ("latin", "chinese"))

    for table in ("cmap", "glyf", "hmtx", "GPOS", "hhea"):
        assert latin.getTableData(table) == chinese.getTableData(table)


@latin
def test_quotation_marks_are_narrow_in_english_and_wide_in_chinese(file, chinese):
    assert read_widths(chinese, "‘’“”·†") == [1000] * 6
    assert max(read_widths(file, "‘’")) < 350
    assert max(read_widths(file, "“”")) < 600
    assert max(read_widths(file, "·•†‡§¶‖")) < 700


@latin
def test_the_ellipsis_lies_on_the_line_in_english_and_above_it_in_chinese(file, chinese):
    latin, chinese = TTFont(file), TTFont(chinese)

    assert latin["glyf"][latin.getBestCmap()[ord("…")]].yMin < 0
    assert chinese["glyf"][chinese.getBestCmap()[ord("…")]].yMin > 200


@pytest.mark.parametrize(("one", "other"), [(REGULAR, BOLD), (LATIN_REGULAR, LATIN_BOLD)])
def test_regular_and_bold_hold_the_same_characters(one, other):
    assert TTFont(one).getBestCmap().keys() == TTFont(other).getBestCmap().keys()


@every
def test_the_fonts_bear_our_name_and_tell_where_they_come_from(file):
    names = read_names(file)
    family, style = file.stem.split("-")
    spaced = {"PolicydataSansSC": "Policydata Sans SC", "PolicydataSans": "Policydata Sans"}[family]

    assert {identity: names.get(identity) for identity in (1, 2, 3, 4, 6, 10, 16, 17)} == {
        1: spaced,
        2: style,
        3: f"{PACKAGE};{family}-{style}",
        4: f"{spaced} {style}",
        6: f"{family}-{style}",
        10: f"A subset of Noto Sans SC {style}, made by policydata.",
        16: None,
        17: None,
    }


@every
def test_the_licence_lies_beside_the_fonts_and_is_named_in_them(file):
    names = read_names(file)
    licence = (FONTS / "OFL.txt").read_text("utf-8")
    holder = "2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'"

    assert names[0] == f"(c) {holder}."
    assert "SIL Open Font License, Version 1.1" in names[13]
    assert licence.startswith(f"Copyright {holder}")
    assert "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007" in licence


@every
def test_a_subset_of_a_shipped_font_with_the_same_characters_is_that_font(file, tmp_path):
    held = map(chr, TTFont(file).getBestCmap())

    make_subset(file, tmp_path / "again.ttf", held, read_names(file)[1])

    assert (tmp_path / "again.ttf").read_bytes() == file.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["again.ttf"]


def test_a_character_taken_out_of_a_font_is_missed(tmp_path):
    written = read_characters(ROOT)

    make_subset(REGULAR, tmp_path / "less.ttf", written - {"郑"})

    assert find_missing(tmp_path / "less.ttf", written - DAMAGE) == {"郑"}


def test_every_place_is_read_and_what_draws_nothing_is_left_out(project):
    assert read_characters(project) - {*ASCII} == set("郑濮≥漯−")


def test_the_fonts_are_made_with_their_licence_from_a_folder(project, package, capsys):
    made = project / "src/policydata/charts/fonts"
    assert font.main([str(package)]) == 0
    assert capsys.readouterr() == ("", "")
    assert {path.name for path in made.iterdir()} == {
        *("OFL.txt", BOLD.name, REGULAR.name, LATIN_BOLD.name, LATIN_REGULAR.name)
    }
    assert find_missing(made / BOLD.name, read_characters(project)) == set()


def test_the_narrow_forms_of_a_whole_font_are_chosen_for_english_alone(project, package):
    made = project / "src/policydata/charts/fonts"

    font.build_fonts(package, project)

    apostrophe, straight = read_widths(made / LATIN_BOLD.name, "’'")
    assert apostrophe == straight
    assert read_widths(made / BOLD.name, "'") == [straight]


def test_signs_of_chinese_width_are_trimmed_for_english_alone(project, package):
    made = project / "src/policydata/charts/fonts"

    font.build_fonts(package, project)

    assert read_widths(made / REGULAR.name, "≥郑W ") == [1000, 1000, 878, 224]
    assert read_widths(made / LATIN_REGULAR.name, "≥W ") == [773 + 2 * 60, 878, 224]


def test_a_character_that_even_the_source_lacks_is_named(project, package, capsys):
    (project / "src/policydata/tables/units.csv").write_text(f"{BIANG}\ufffd\n", "utf-8")

    assert font.main([str(package)]) == 1
    assert capsys.readouterr().err == (
        f'python tools/make_fonts.py: Noto Sans SC has no glyph for "{BIANG}" (U+30EDD).\n'
    )


def test_a_folder_without_the_weights_is_refused_in_words(project, tmp_path, capsys):
    assert font.main([str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f'python tools/make_fonts.py: "{tmp_path}" has no '
        f"400Regular/NotoSansSC_400Regular.ttf; name the unpacked package {PACKAGE}.\n"
    )


def test_a_table_that_is_not_utf_8_is_named(project, package, capsys):
    table = project / "data/coded/zhengzhou.csv"
    table.write_bytes("州".encode("gbk"))

    assert font.main([str(package)]) == 2
    assert capsys.readouterr().err == f'python tools/make_fonts.py: "{table}" is not UTF-8.\n'


def test_an_installed_package_without_a_clone_is_refused_in_words(
    project, package, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(font, "PROJECT", tmp_path)

    assert font.main([str(package)]) == 2
    assert f'"{tmp_path}" is not a clone of the project' in capsys.readouterr().err


def test_without_npm_a_folder_is_asked_for(project, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")

    assert font.main([]) == 2
    assert capsys.readouterr().err == (
        f"python tools/make_fonts.py: npm is not installed, so {PACKAGE} cannot be fetched; "
        "name a folder with it unpacked.\n"
    )


def test_the_package_is_fetched_by_npm_and_unpacked(project, package, monkeypatch):
    def pack(command, cwd, **_):
        assert command[1:] == ["pack", PACKAGE]
        with tarfile.open(cwd / "fetched.tgz", "w:gz") as packed:
            packed.add(package, "package")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(subprocess, "run", pack)

    assert font.main([]) == 0
    assert (project / "src/policydata/charts/fonts/OFL.txt").exists()


def test_what_npm_complains_of_is_passed_on(project, monkeypatch, capsys):
    def fail(command, **_):
        return subprocess.CompletedProcess(command, 1, "", "npm error code ENOTFOUND\n")

    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(subprocess, "run", fail)

    assert font.main([]) == 2
    assert capsys.readouterr().err == (
        f"python tools/make_fonts.py: npm could not fetch {PACKAGE}; it says:\n"
        "npm error code ENOTFOUND\n"
    )


def test_a_pdf_embeds_them_as_truetype_and_no_last_resort(tmp_path):
    import matplotlib as mpl
    from matplotlib.figure import Figure

    figure = Figure()
    figure.text(0.1, 0.7, "郑州市 ≥ 15 % − 0.5 濮阳 漯河", font=REGULAR)
    figure.text(0.1, 0.3, "郑州市 ≥ 15 % − 0.5 濮阳 漯河", font=BOLD)
    with mpl.rc_context({"pdf.fonttype": 42}):
        figure.savefig(tmp_path / "names.pdf")
    pdf = (tmp_path / "names.pdf").read_bytes()

    assert b"PolicydataSansSC-Regular" in pdf
    assert b"PolicydataSansSC-Bold" in pdf
    assert b"/CIDFontType2" in pdf
    assert b"/Type3" not in pdf
    assert b"LastResort" not in pdf
