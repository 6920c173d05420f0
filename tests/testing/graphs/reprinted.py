"""Pairs of articles, invented: reprints of one article, and what only looks like reprints.

The names in them are marked by 〖〗, which ``body`` takes away.
"""

from __future__ import annotations

import re

from kg.corpus.reprints import Body
from kg.ontology import load

SIGNED = """〖云澜市〗与〖甲某储能〗签约 80亿元项目落地〖江畔新区〗
云澜日报讯（记者 〖林一舟〗）3月16日，〖云澜市〗人民政府与〖甲某储能科技有限公司〗签订合作协议。
根据协议，〖甲某储能科技有限公司〗将在〖江畔新区〗投资80亿元，建设〖云澜钠离子电池基地项目〗。项目占地1200亩，
分两期实施，一期投资35亿元，计划2026年6月投产，年产电芯12吉瓦时；二期投资45亿元，2028年建成。
〖江畔新区〗管委会主任〖秦若水〗表示，新区已集聚储能企业46家，去年产值达到310亿元，同比增长18.5%。
下一步，新区将围绕材料、电芯、系统、回收四个环节招引上下游企业，力争到2027年形成千亿级产业集群。
〖甲某储能科技有限公司〗董事长〖罗向晚〗说，公司看重这里的港口、电价和人才，首批技术团队150人本月到岗。
签约仪式结束后，双方还就共建〖云澜储能研究院〗交换了意见，研究院将由〖云澜理工大学〗牵头。"""

OTHER_REPORT = """钠电池巨头落子〖江畔新区〗
江畔新闻网消息 〖云澜市〗新能源版图再添一员。昨天上午，记者从〖江畔新区〗管委会获悉，
总投资80亿元的〖云澜钠离子电池基地项目〗正式落户，投资方为国内钠离子电池头部企业〖甲某储能科技有限公司〗。
据了解，该项目选址新区北部片区，紧邻疏港铁路，用地约1200亩，全部达产后可带动就业3000人。
“从第一次接触到今天签字，只用了97天。”负责招商的〖白露生〗告诉记者，专班先后十一次上门，
为企业解决用能指标、配套宿舍等21个问题。目前地块已完成平整，预计下月进场施工。
〖江畔新区〗近年来把储能作为一号产业，已有企业46家。业内人士认为，龙头到来会补上电芯这一环。"""

NOTICE = """〖云岭省工业和信息化厅〗关于组织申报{year}年度智能工厂的通知
各市工业和信息化局：
为贯彻落实《云岭省智能制造行动方案》，加快制造业数字化转型，现组织开展{year}年度智能工厂申报工作，有关事项通知如下。
一、申报条件
在本省注册满{age}年，上一年度营业收入不低于{income}万元，研发投入占比不低于{share}%，近三年未发生重大安全事故。
二、申报程序
企业于{day}前登录平台填报，各市局审核后于{last}前报送汇总表，每市推荐不超过{count}家。
三、支持政策
经评审认定的智能工厂，给予最高{money}万元奖励，并优先推荐申报国家级示范。
四、其他事项
请各市局高度重视，认真组织，严格把关。联系电话：0990-55{phone}。
〖云岭省工业和信息化厅〗
{year}年{issued}日"""

YEAR = {"year": 2023, "age": 3, "income": 5000, "share": 3, "day": "5月20日", "last": "6月5日",
        "count": 10, "money": 200, "phone": "0123", "issued": "4月18"}  # fmt: skip
NEXT = {"year": 2024, "age": 3, "income": 5000, "share": 3, "day": "5月17日", "last": "6月3日",
        "count": 12, "money": 200, "phone": "0123", "issued": "4月9"}  # fmt: skip

ROWS = ("云澜市", "江畔市", "远山市", "白石市", "青溪市", "临泉市", "东岭市", "沙洲市")


def table(month: int, begin: int) -> str:
    """A table of output by city, as every month brings one."""
    lines = [f"全省规模以上工业主要指标（1—{month}月）", "地区 企业数（家） 产值（亿元） 增速（%）"]
    for i, place in enumerate(ROWS):
        n = begin + 37 * i
        output = n * 7 % 997 + n % 10 / 10
        lines.append(f"〖{place}〗 {n % 91 + 120} {output} {n * 13 % 17}.{n % 9}")
    return "\n".join(lines)


SHORT = (
    "3月16日，〖云澜市〗与〖甲某储能科技有限公司〗签约，"
    "拟投资80亿元建设〖云澜钠离子电池基地项目〗。"
)
LINES = SIGNED.split("\n")
EDITED = (
    SIGNED.replace("表示", "介绍").replace("正式", "").replace("人民政府", "政府")
    .replace("看重这里的港口", "看好本地的港口").replace("签约仪式结束后，", "仪式后，")
    .replace("交换了意见", "交换意见").replace("下一步", "接下来")
)  # fmt: skip

FRONT = "2026年3月17日 星期二 第03版 要闻\n责编 〖方知微〗 版式 〖闻笛〗"
HEAD = "80亿元！钠电池大项目来了\n本报记者 〖方知微〗 通讯员 〖闻笛〗"
FIRST = NOTICE.format(**YEAR)
SITE = "首页 > 通知公告\n来源：省厅 浏览次数：381"
CHANGED = {
    "甲某储能": "乙某光电", "云澜": "远山", "江畔": "白石", "秦若水": "简从文", "罗向晚": "沈未央",
    "钠离子电池": "显示面板",
}  # fmt: skip


def renamed(text: str) -> str:
    """The same words of other firms, places and people."""
    for old, new in CHANGED.items():
        text = text.replace(old, new)
    return text


# Reprints, by what was done to them.
SAME = {
    "another headline and byline": (
        SIGNED, "\n".join([HEAD, LINES[1].split("）")[1], *LINES[2:]])),
    "small edits": (SIGNED, EDITED),
    "a cut tail": (SIGNED, "\n".join(LINES[:5])),
    "a tail cut to half, small edits, another headline": (
        SIGNED, "\n".join(["储能项目签约", *EDITED.split("\n")[1:5]])),
    "other white space": (
        SIGNED, re.sub(r"([，。])", r"\1 \n　　", SIGNED).replace("\n", "\r\n")),
    "other signs and widths": (SIGNED, SIGNED.replace("，", ",").replace("1200", "１２００")),
    "page furniture": (
        SIGNED, f"{FRONT}\n{SIGNED}\n第03版 电话 0990-5512345 全年定价360元"),
    "one figure put right": (SIGNED, SIGNED.replace("150人", "180人")),
    "a notice put on another page": (FIRST, f"{SITE}\n{FIRST}\n打印 关闭"),
    "a table with a note": (table(3, 411), table(3, 411) + "\n注：增速按可比价格计算。"),
    "a short notice with a source": (SHORT, "【快讯】" + SHORT + "（据云澜日报）"),
}  # fmt: skip

# Not reprints, by what they are.
APART = {
    "two articles on one event": (SIGNED, OTHER_REPORT),
    "a short notice of the event": (SIGNED, SHORT),
    "two yearly notices of one template": (FIRST, NOTICE.format(**NEXT)),
    "two tables with other values": (table(3, 411), table(4, 538)),
    "two tables of one month of other years": (table(3, 411), table(3, 702)),
    "short notices of another day": (SHORT, SHORT.replace("16日", "19日")),
    "short notices of other firms": (SHORT, renamed(SHORT).replace("远山市", "云澜市")),
    "a template with other names": (SIGNED, renamed(SIGNED)),
    "a round-up that quotes a part": (
        SIGNED, "\n".join([*LINES[1:4], OTHER_REPORT, FIRST, table(3, 411)])),
}  # fmt: skip


def body(text: str, name: str = "") -> Body:
    """An article of which the names are marked."""
    names = tuple(re.findall("〖(.*?)〗", text))
    return Body((name, 0), load().lexicon.values.figure, re.sub("[〖〗]", "", text), names)
