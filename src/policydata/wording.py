"""The words beside an amount: those that direct it, those that are ignored, those that are refused.

A character that may change what a number says (`TELLING`) is refused in a word that is not listed
here; any other noun is ignored.  A new word is an entry here and a row in its test.  Patterns are
text: an import does not compile them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from policydata.bounds import BOUNDS
from policydata.numerals import DIGITS

_NUMERALS = f"{DIGITS}万亿"
_NUMBER = f"[0-9{_NUMERALS}]"
_COUNT = "(?:[一二两三四五六七八九十]{1,3}|[0-9]{1,2})"

INCREASES = tuple(
    """增长 增加 增产 新增 提高 提升 上升 上涨 上调 上修 上浮 回升 攀升 加快 扩大 改善 多增 偏高
    偏多 增 升 涨""".split()
)
DECREASES = tuple(
    """下降 降低 减少 减产 回落 下滑 压减 下跌 下调 下修 下浮 下行 下挫 微降 降幅 跌幅 减幅 缩小
    缩短 缩减 收缩 收窄 放慢 放缓 减缓 调减 削减 净减 萎缩 回调 回撤 少增 多降 多减 偏低 偏少 降
    减 跌 衰退 蒸发 锐减 骤降 急挫 重挫 倒退 滑落 贬值 压缩 压降 后移 后退 收敛 走低 走弱 歉收
    狂泻 回吐 缩窄 偏小""".split()
)
# These lower what is named after them: 减少贫困人口120万人; but not what falls in 下降的商品占35%.
TRANSITIVE = ("减少", "降低", "压减", "削减", "缩减", "压缩", "缩短", "调减", "净减")
NO_OBJECT = "[的,占]|[成有后]$|(?:项目|企业|措施|门槛|环节|城市|行业|地区|品种)$"
# These are rates themselves: 降幅为5%; 下降为5% names a level.
RATES = ("降幅", "跌幅", "减幅")
OF_A_MOVE = tuple("了 出 幅 度 比 例 率 将 已 也 仅".split())
# Two directions in one word, and the one that holds.
TURNS = {f"不{fall}反{rise}": 1 for fall in "降减跌" for rise in "升增涨"}
TURNS |= {f"不{rise}反{fall}": -1 for fall in "降减跌" for rise in "升增涨"}
TURNS |= dict.fromkeys("止跌回升 止降转增 由降转增 由降转升".split(), 1)
# How far from what is named between the word and the number, or from what goes before.
DISTANCES = {
    **dict.fromkeys("高出 超出 领先于 领先 快于 好于 优于 高于 超过 大于 多于".split(), 1),
    **dict.fromkeys("低出 落后于 滞后于 落后 滞后 慢于 逊于 弱于 跑输 低于 少于 小于".split(), -1),
}
# Ordinary nouns and verbs, unless the unit shows that they measure a distance.
OFTEN_NOUNS = ("落后", "领先", "滞后")
# The same in one character, at the front or after what is compared: 比全国高1.5个百分点.
COMPARED = {"高": 1, "多": 1, "快": 1, "低": -1, "少": -1, "慢": -1}
# The level is reached; before a scale word alone 上 may belong to that: 跃|上千亿元.
REACHING = ("迈上", "跃上", "登上", "站上")
# 突破20项关键技术 overcomes what is counted; 突破380家 is a floor.
OVERCOME = ("突破", "跨越", "跨过", "破", *REACHING)
LIMITS = ("上限", "下限", "底线")
# What gives the unit a denominator: 亩产760公斤 is 760公斤/亩.
PER = {"亩产": "亩", "亩均": "亩"} | {
    f"每{unit}": unit for unit in "亩 公顷 公斤 吨 人 千人 万人 平方米 立方米 平方公里 万元".split()
}
# What turns a bound around is a part of it, also where the two are no word that is known.
NEGATED = "(?:不[得能可应宜会再]?|未|没有?)$"
# Between a word that bounds and its number these do not name anything.
MODALS = "[会将要应可能有需再又仍还已了于]|完成|实现"

# When, since when, for how long: ignored before an amount, not a figure without one.
TIMES = (
    r"[0-9]{4}年(?:[底末初]|上半年|下半年|[第前]?[一二三四]个?季度|[0-9]{1,2}月份?)?",
    r"[零〇一二三四五六七八九]{4}年",
    r"[第前]?[一二三四1-4]个?季度",
    r"[0-9]{1,2}月(?:[底末]|[上中下]旬)",
    r"[0-9]{1,2}月份?(?:[-—–~～至到][0-9]{1,2}月份?)?",
    r"[0-9]{1,2}[-—–~～至到][0-9]{1,2}月份?",
    rf"前{_COUNT}个?月",
    rf"[近连首]?续?{_COUNT}(?:年来?|个?季度)",
    rf"(?:过去|未来|时隔|历时|[首头近]){_COUNT}个?月|近年来?|近[日来]",
    rf"连续{_COUNT}(?:个?月|个?(?:交易日|工作日|年度|星期)|[次天日周届期])",
    r"[“\"]?十[一二三四五]五[”\"]?",
    "上半年|下半年|半年",
)
# A remark in brackets that bounds, directs and measures nothing.
_BRACKET = (
    r"\((?:不含|(?![不未负免每翻倍半超逾破约近高低多余增减升降涨跌缩])[\u4e00-\u9fffA-Z,~])+"
    r"(?<!以[上下])(?<!左右)(?<!不含)(?<![上下]限)\)"
)
# Names with a digit, in Latin letters or in brackets, and characters in a noun.
NAMES = (
    r"[1-5]A级|[0-9]{3}强|PM2\.5|PM10|[CSN]O2|O3|[45]G|R&D|[A-Z][A-Za-z]*",
    _BRACKET,
    "万元(?=GDP|地区|工业|国内|生产|增加|产值)",
    rf"最[高低](?!{_NUMBER}|[约近超可补奖给资支罚缴])|前(?!{_NUMBER})|(?<![并绝])非(?!{_NUMBER})",
)
# A noun does not continue here: a number in old numerals, a condition, an estimate.
NOT_PLAIN = (
    f"数[{_NUMERALS}]|成[百千]|[壹贰叁肆伍陆柒捌玖][十百千拾佰仟]|[拾佰仟]|如[果达超低高增降]|"
    "假[如设]|除非"
)
# Nouns with a character that elsewhere bounds, directs or counts.
COMPOUNDS = tuple(
    """总数 人数 户数 指数 增加值 增速 增幅 涨幅 增量 增值税 增收 增减挂钩 升学率 升级 规模以上 规上
    限额以上 限上 以上工业 以上企业 登记 站点 基站 车站 电站 网站 驿站 跃居 压力 高压 气压 电压
    血压 高新技术 高新 高技术 高标准 高速公路 高速 高校 高等 高中 高质量 高端 高水平 高层次 高效
    高铁 低碳 低保 低收入 低空 低温 多式联运 多种 众多 少数民族 少年 少儿 快递 快速路 快速 快件
    慢性病 余额 结余 盈余 剩余 签约 节约 集约 预约 合约 公约 契约 履约 约束 附近 最近 近岸 近海
    近期 近郊 不变价 可比价 不良 不动产 不变 无人机 无害化 未成年 负债 负荷 负担 每年 每月
    级别 目前 倍增计划 翻新 减税降费 减税 退税 降水 降雨 降尘 起降 升降 空降 沉降 第一产业
    第二产业 第三产业 第一 三次产业 落实 落户 落地 退休 退役 退耕 滑雪 过去 通过 过程 经过 过境
    超标 超高压 超长期 超市 超级 超低排放 破产 突破性 逾期 顺差 逆差 差额 差距 一般公共预算 一般
    一批 一带一路 一体化 一次性 一次能源 一流 一级 一类 一线 一产 一举 一定 统一 同一 进一步 唯一
    一揽子 一站式 一系列 二氧化碳 二氧化硫 二产 二级 二手 三产 三农 三级 三甲 三新 四上 零售
    零部件 零碳 十大 百强 千兆 百姓 百货 两新 两化 两岸 半导体 半成品 成倍 地下 线下 旗下 名下
    下游 下达 下拨 下放 下辖 下属 下岗 下乡 年底 月底 期限 有限 权限 顶层 屋顶 从业 从事 由此 自由
    跨境 跨省 跨区域 卓越 优越 冲刺 缓冲 满意 满足 圆满 期满 困难 消防 国防 预防 防控 防治 防疫
    防洪 防护 空缺 缺口 短缺 出超 入超 违约 续约 解约 网约 邀约 条约 租约 就近 邻近 临近 侦破 告破
    破获 破案 攻破 打破 赶超 反超 超收 超支 超采 税负 担负 肩负 背负 活跃 服务站 工作站 加油站
    充电站 气象站 卫生站 处理站 地铁站 火车站 水站 免费 免疫 免税 减免 不断 不锈钢 未来 无偿
    无障碍 无线 多年平均 多渠道 多晶硅 多层 高技能 高耗能 高价值 高峰 高龄 高产 低效 低密度 下载
    下沉 下设 下水道 第三方 退出 仲裁 村落 误差 温差 偏差 过渡 亏损 余热 业余 时限 较快 平顶山
    三门峡 七台河 五家渠 四川 三亚 九江 三明 六安 四平 六盘水 三沙 长三角 珠三角 滑县 登封 无锡
    余杭 余姚 新余 高雄 越秀 越南 高邮 一共 一直 创新高 历史新高 百家争鸣 一起 一部分""".split()
)
# Any of these in a noun that is not listed may change what the number says.
TELLING = (
    "满难禁防勿莫若杜凡跻欠缺逊输穿廿卅不未无没非负亏免前第每翻倍半几倒迈跃登站跨越冲闯降减跌落缩萎贬衰挫滑退削砍裁锐骤腰压拖缓弱下"
    "从由过差限底顶高低多少快慢余超逾破约近"
)
# A bound, unless one of these characters makes it a noun: 120家上下游企业, 5个多功能厅.
NO_BOUND = {"内": "一-龥", "多": "功媒式层元样边金种", "余": "热粮额", "上下": "游级班水"}
# What may follow an amount without bounding it; a word of decrease directs it.
FALLS = "的?(?:负增长|负成长|降幅|跌幅|减幅|下降|下滑)"
TRAILING = (
    r",?在实际工作中(?:努力)?争取更好(?:结果|成效)|[、,]力争更好|不等|"
    r"新?台阶|大关|关口|之间|(?:这个|的)?区间|(?:的?(?:正?增长|正?成长|增速|增幅|增长率|水平))|了|"
    rf"{_BRACKET}|的(?:(?!级|以[上下内外]|左右|上下|内$|样|回[调撤吐])"
    rf"[^\W0-9A-Za-z_{_NUMERALS}{TELLING}])+"
)
# What is counted, after its counting word; 3级, 5期 and 2届 do not count anything.
COUNTED = (
    r"(?![级制届期强型岁度以之月籍点]|星期|交易日|年度|学期|小时|基点|工作日)"
    r"(?!.*(?:以[上下内外]|左右|上下|之内|开外|[内起]|样子$|外$))"
    rf"[^\W0-9A-Za-z_{_NUMERALS}{TELLING}]+"
)
COUNTING = tuple("个 家 项 名 户 座 所 处 辆 台 套 只 种".split())
# Figures without a digit: pattern, number, comparator, unit.
IN_WORDS = (
    (
        r"全覆盖|全面覆盖|全面达标|全部(?:实现)?(?:达到|达标|建成|完成|完工|竣工|投产|投用|到位|覆盖)?$|"
        rf"所有(?![制者权人])[^\W0-9值额率{_NUMERALS}{TELLING}]{{0,6}}$",
        *(100, "=", "%"),
    ),
    ("正增长|正成长", 0, ">", "%"),
    ("(?<!转)(?:负增长|负成长)", 0, "<", "%"),
    ("零增长|零成长|持平", 0, "=", "%"),
    ("(?:基本|大体)持平", 0, "~", "%"),
    ("翻了?[一1]?番|翻倍|翻了?一倍", 100, "=", "%"),
    ("翻了?[两二2]番", 300, "=", "%"),
    ("翻了?[三3]番", 700, "=", "%"),
    ("[两双]位数", 10, ">=", "%"),
    ("(?:动态)?清零$", 0, "=", "个"),
    ("过半数?", 50, ">", "%"),
    ("一半|半数", 50, "=", "%"),
)
# A rank ends the text: 第三产业 is a noun.
RANKED = "全球|世界|国|省|市|区|县|居|列|排|名|中部|沿海"
RANK = r"(?:位居|位列|居|列|排名?)?(?:第(?P<place>[一二三四五六七八九十]+|[0-9]+)[位名]?|首位)$"
# These compare only with a number: 存在不足之处 is not a relation.
NO_RELATION = ("不足", "不到", "不满", *OFTEN_NOUNS)
# A relation to another quantity, without a number of its own: pattern, comparator.
RELATIONS = (
    ("[与和同跟].*基本(?:保持)?同步(?:增长|提高|提升)?", "~"),
    ("[与和同跟].*同步(?:增长|提高|提升)?", "="),
    ("完成[^0-9]*(?:目标|任务)", ">="),
    ("[^0-9不未]*超(?:去年|上年|全[国省市]|同期|预期|目标|计划|“)[^0-9]*", ">"),
)
# A second, higher goal after the first.
GOAL = "[、,;]?(?:并|且)?(?:力争|争取|奋力|努力|冲刺|争)(?:达到|达|实现|突破|完成|增长|在|到)?"
# What keeps a text from being read, wherever it occurs: pattern, reason, what is allowed.
_WHOLE = "a figure that is complete in the text"
DAMAGES = (
    (r"[?？*＊□■○●×\ufffd]|\d[.．](?!\d)|(?<!\d)[.．]\d", "has lost a digit", _WHOLE),
    (r"(?<![\d.,\s])0\d", "begins with a zero, like a telephone number", _WHOLE),
    (r"[a-zà-ǿ][)）]\s*[(（][a-zà-ǿ]", "has two readings after one character", _WHOLE),
)
# The same in a folded text: what folding did not change.
UNFOLDED = (
    (r"\d\s+\d", "has a blank that does not separate thousands", "7000, 7 000 or 7,000"),
    (r"(?![0-9])[\d①-⓿❶-➓²³¹⁰-₟¼-¾⅐-⅟↉⒈-⒛㉈-㊿]", "has a digit that is not on the line", _WHOLE),
)
_COUNTED = "a number with its unit: 12个, 10个以上"
# The same at the beginning of what cannot be read, before an amount and after one.
HEADS = (
    (f"^几|^数[十百千万亿]|^[{DIGITS}]", "is an estimate", _COUNTED),
    ("^半", "counts in halves", "一半, or the number in digits: 50%, 1.5年"),
    ("^[万亿]", "has no number before its scale word", "突破万亿元, or the number: 1万元"),
    ("^-", "may be half of a range", "a number with its unit, or the whole range: 10-17.3"),
    ("^每", "gives a number per unit of something", "the unit with its denominator: 元/人"),
    ("^前[0-9]", "names several ranks", "one rank: 第5位"),
)
TAILS = (
    (f"^[几数来{_NUMERALS}]", "is an estimate", _COUNTED),
    ("^半", "counts in halves", "the number in digits: 50%, 1.5年"),
    ("^级", "names a size class", "the figure of one quantity"),
    ("^连", "counts times in a row", "the figure of one quantity"),
    ("^分之", "is a fraction of something", "百分之五, or 5% with its unit"),
    ("[0-9]", "holds two numbers", "one number, or a range: 20—30个"),
)
# The words that follow an amount and bound it.
BEHIND = {word: sign for sign, bound in BOUNDS.items() for word in bound.behind}


class Word(NamedTuple):
    """A word before an amount: its role, how it bounds (`sign`), in which direction it points."""

    text: str
    role: str
    sign: str = ""
    side: int = 0


@cache
def list_words() -> dict[str, Word]:
    """Return every word that is known before an amount."""
    roles = {
        "plain": dict.fromkeys(COMPOUNDS, 0),
        "per": dict.fromkeys(PER, 0),
        "compared": COMPARED,
        "move": dict.fromkeys(INCREASES, 1) | dict.fromkeys(DECREASES, -1),
        "turn": TURNS,
        "distance": DISTANCES,
    }
    known = {
        text: Word(text, role, side=side)
        for role, sides in roles.items()
        for text, side in sides.items()
    }
    for sign, bound in BOUNDS.items():
        known |= {text: Word(text, "alone", sign) for text in bound.alone}
        for text in bound.before:
            known[text] = Word(text, "bound", sign, known[text].side if text in known else 0)
    return known


def find_word(text: str, start: int) -> Word | None:
    """Find the longest known word at a position, or one character of a noun to ignore."""
    found = _compile_words().match(text, start)
    if not found:
        return None
    if found["known"]:
        return list_words()[found[0]]
    level = found[0] in ("到", "至")
    return Word(found[0], "time" if found["time"] else "level" if level else "plain")


@cache
def _compile_words() -> re.Pattern[str]:
    # 上 bounds before a scale word (上千家); 迈上千亿元 is ambiguous.
    follow = {"上": "(?<![以海线网陆水路]上)(?=[十百千万亿])"}
    follow |= dict.fromkeys(REACHING, "(?![十百千万亿])")
    words = sorted(list_words(), key=len, reverse=True)
    known = "|".join(re.escape(word) + follow.get(word, "") for word in words)
    barred = rf"[{_NUMERALS}{TELLING}]|{NOT_PLAIN}"
    return re.compile(
        f"(?P<time>{'|'.join(TIMES)})|{'|'.join(NAMES)}|至(?=少于)|(?P<known>{known})|"
        rf"[到至]|(?!{barred})[\u4e00-\u9fff“”\",]"
    )


def match_bounds() -> str:
    """Return the pattern of the words that follow an amount and bound it, the longest first."""
    nouns = {word: f"(?![{begun}])" for word, begun in NO_BOUND.items()}
    return "|".join(w + nouns.get(w, "") for w in sorted(BEHIND, key=len, reverse=True))
