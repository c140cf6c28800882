"""The shipped fonts: what they hold, what they are called, and how they are made."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import make_fonts as font
from make_fonts import find_missing, make_subset, read_characters

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "src/policydata/charts/fonts"
REGULAR = FONTS / "PolicydataSansSC-Regular.ttf"
BOLD = FONTS / "PolicydataSansSC-Bold.ttf"
PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
# In no font of ours: the sign for damage in a quote.
DAMAGE = {"\ufffd"}
ASCII = [chr(code) for code in range(0x20, 0x7F)]
# Unicode knows it, Noto Sans SC does not.
BIANG = "\U00030edd"

both = pytest.mark.parametrize("file", [REGULAR, BOLD], ids=["regular", "bold"])


def read_names(file: Path) -> dict[int, str]:
    """Give the records of the name table."""
    return {record.nameID: record.toUnicode() for record in TTFont(file)["name"].names}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few characters of the fonts, laid out as the npm package lays out the whole ones."""
    folder = tmp_path_factory.mktemp("fonts") / "package"
    for weight, file in (("400Regular", REGULAR), ("700Bold", BOLD)):
        (folder / weight).mkdir(parents=True)
        make_subset(file, folder / weight / f"NotoSansSC_{weight}.ttf", [*ASCII, *"郑濮漯≥−"])
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


@both
def test_the_outlines_are_truetype_with_kerning_and_nothing_besides(file):
    tables = set(TTFont(file).keys()) - {"GlyphOrder"}

    assert tables == {
        *("cmap", "gasp", "glyf", "GPOS", "head", "hhea"),
        *("hmtx", "loca", "maxp", "name", "OS/2", "post"),
    }


@both
def test_the_fonts_hold_level_1_of_gb_2312(file):
    cells = (bytes((row + 0xA0, cell + 0xA0)) for row in range(16, 56) for cell in range(1, 95))
    level_1 = {cell.decode("gb2312") for cell in cells if cell < b"\xd7\xfa"}

    assert len(level_1) == 3755
    assert find_missing(file, level_1) == set()


@both
def test_the_fonts_hold_every_character_of_data_library_and_notebooks(file):
    assert find_missing(file, read_characters(ROOT) - DAMAGE) == set()


@both
def test_the_fonts_hold_the_rare_characters_of_henan_county_names(file):
    counties = "偃师嵩县杞县柘城栾川浉河淅川淇滨渑池潢川瀍河睢阳荥阳郏县郾城鄢陵武陟临颍驿城"

    assert find_missing(file, counties) == set()


@both
def test_the_fonts_hold_pinyin_marks_of_charts_and_chinese_punctuation(file):
    written = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü ±×÷−≈≠≤≥ –—‘’“”…‰′″ ²³€£¥℃ Ⅰⅳ①⑳ ←↑→↓"
    written += "■□●○◆◇▲△▶▷◀◁★✓ 、。《》「」％＋"

    assert find_missing(file, written) == set()


def test_regular_and_bold_hold_the_same_characters():
    assert TTFont(REGULAR).getBestCmap().keys() == TTFont(BOLD).getBestCmap().keys()


@pytest.mark.parametrize(("file", "style"), [(REGULAR, "Regular"), (BOLD, "Bold")])
def test_the_fonts_bear_our_name_and_tell_where_they_come_from(file, style):
    names = read_names(file)

    assert {identity: names.get(identity) for identity in (1, 2, 3, 4, 6, 10, 16, 17)} == {
        1: "Policydata Sans SC",
        2: style,
        3: f"{PACKAGE};PolicydataSansSC-{style}",
        4: f"Policydata Sans SC {style}",
        6: f"PolicydataSansSC-{style}",
        10: f"A subset of Noto Sans SC {style}, made by policydata.",
        16: None,
        17: None,
    }


@both
def test_the_licence_lies_beside_the_fonts_and_is_named_in_them(file):
    names = read_names(file)
    licence = (FONTS / "OFL.txt").read_text("utf-8")
    holder = "2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'"

    assert names[0] == f"(c) {holder}."
    assert "SIL Open Font License, Version 1.1" in names[13]
    assert licence.startswith(f"Copyright {holder}")
    assert "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007" in licence


@both
def test_a_subset_of_a_shipped_font_with_the_same_characters_is_that_font(file, tmp_path):
    held = map(chr, TTFont(file).getBestCmap())

    make_subset(file, tmp_path / "again.ttf", held)

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
    assert sorted(path.name for path in made.iterdir()) == ["OFL.txt", BOLD.name, REGULAR.name]
    assert find_missing(made / BOLD.name, read_characters(project)) == set()


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
