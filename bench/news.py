"""A seed in, made-up news out: as many documents as asked for, each by its number alone.

A document names so many things of each class as the mean of 600 real articles, and how often
one comes again follows a law that was fitted to the same articles: some stand in every tenth
document, most in one. What is said of them is said in sentences that kg has rules for, between
words that say nothing. Names are invented, but for divisions, which are those of the table.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.ontology import load
from kg.ontology.divisions import LEVELS, divisions

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNS = (
    "云澜锦岚珩晟泽启衡瑞禾博恒信达腾智联宇光辰方圆元亨利泰和顺康宁德仁诚明慧思灵卓凯"
    "越森鹏翔骏鼎盛隆裕丰嘉佳欣悦雅妍彤朗霖沐淳朴"
)
FIELDS = (
    "智能装备", "新材料", "生物医药", "储能电池", "集成电路", "现代农业", "数字文旅", "绿色建材",
    "精密仪器", "冷链物流", "海洋工程", "轨道交通", "节能环保", "医疗器械", "软件服务", "纺织服装",
)  # fmt: skip
BUREAUS = ("科技局", "商务局", "发展改革委", "教育局", "交通运输局", "农业农村局", "卫生健康委")
SURNAMES = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹章潘葛范彭鲁马方任袁柳唐"
POSTS = ("董事长", "总经理", "副总裁", "院长", "秘书长", "首席专家")
# Words of two characters that name nothing; what stands between the sentences is drawn from them.
_WORDS = (
    "持续稳步不断积极有效全面深入扎实主动切实推动促进提升优化完善加强改善巩固拓展落实"
    "质量效率水平环境机制能力服务保障基础条件结构方式成果经验思路措施目标任务困难问题"
    "变化需求群众居民市民青年老人孩子生活日常身边季节天气早晨傍晚同比增长下降明显逐步"
    "初步更加十分比较普遍感受表示认为希望记得看到说起谈到回忆这里那里如今过去以来之后"
    "期间同时此外随着由于因此其中方便热闹安静干净整齐宽敞明亮温暖满意放心耐心细致认真"
    "努力坚持学习交流讨论参观体验锻炼阅读聆听讲述分享"
)
WORDS = [_WORDS[i : i + 2] for i in range(0, len(_WORDS), 2)]
# How often each kind of paragraph comes, so that a document names as much of each class as news.
PARAGRAPHS = {
    "{o1}与{o2}签署战略合作协议，{o1}将投资{m1}在{d1}建设{j1}。{f1}": 0.5,
    "{o1}{w1}{n1}介绍，{f1}{o1}{f2}{n1}说，{f3}": 1.0,
    "{t1}，{d1}人民政府印发《{p1}》。{f1}": 0.45,
    "由{o1}主办的{e1}在{d1}举行，{o2}{w1}{n1}出席并致辞。{f1}{e1}{f2}": 0.5,
    "{o1}研发的{s1}已在{d1}投入使用。{f1}": 0.3,
    "{d1}委书记{n1}到{o1}调研，{o2}{w1}{n2}陪同。{f1}{n1}{f2}{d1}{f3}": 0.45,
    "{o1}、{o2}、{o3}等单位参加了{e1}。{f1}": 0.45,
    "总投资{m1}的{j1}在{d1}开工，{f1}": 0.45,
    "《{p1}》提出，到{y1}年，{f1}": 0.4,
    "记者近日在{d1}采访时了解到，{f1}": 0.7,
}
COUNT = 2, 8  # paragraphs of a document, at least and at most
FILLED = 52  # characters between two sentences at least, on average; with the last clause 65
# Of 600 real articles 29 stood in several places.
REPRINTED = 0.05


@dataclass(frozen=True, slots=True)
class Law:
    """How often things of a class come again: with a chance of (1 + r / often) ** -rare it is
    one behind the r-th. ``rare`` near 0 makes nearly each a new one, a small ``often`` lets the
    first ones stand in many documents."""

    rare: float
    often: float

    def rank(self, chance: random.Random) -> int:
        share = max(1e-9, 1 - chance.random())
        return int(self.often * (share ** (-1 / self.rare) - 1))


# Fitted to how many different ones the first 300 and all 600 of the real articles name, and to
# how many of them name the most frequent one.
LAWS = {
    "o": Law(0.07, 4),
    "d": Law(0.2, 2),
    "n": Law(0.07, 15),
    "j": Law(0.03, 4),
    "e": Law(0.07, 8),
    "s": Law(0.05, 1),
    "p": Law(0.05, 4),
}


def text(seed: int, number: int) -> str:
    """One document: a headline and a few paragraphs; some are reprints of an earlier one."""
    chance = random.Random(f"{seed} {number}")
    headline = _said(chance)
    if number and chance.random() < REPRINTED:
        number = chance.randrange(number)
    return f"{headline}\n\n{_body(random.Random(f'{seed} body {number}'))}"


def thing(kind: str, rank: int) -> str:
    """The name of the thing of a class (a letter of ``LAWS``) that has this rank."""
    if kind == "d" and rank < len(_places()):
        return _places()[rank]
    return THINGS[kind](random.Random(f"{kind} {rank}"))


def _body(chance: random.Random) -> str:
    count = chance.randint(*COUNT)
    kinds = chance.choices(list(PARAGRAPHS), list(PARAGRAPHS.values()), k=count)
    return "\n".join(kind.format_map(_Drawn(chance)) for kind in kinds)


class _Drawn(dict[str, str]):
    """The names and values of a paragraph, each drawn when it is first asked for."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance = chance

    def __missing__(self, key: str) -> str:
        kind, chance = key[0], self.chance
        if kind in LAWS:
            self[key] = thing(kind, LAWS[kind].rank(chance))
        else:
            self[key] = VALUES[kind](chance)
        return self[key]


@cache
def _places() -> list[str]:
    """The divisions: those that hold others before those they hold."""
    chance = random.Random(0)
    mixed = sorted(divisions(load()), key=lambda _: chance.random())
    return [d.name for d in sorted(mixed, key=lambda d: LEVELS.index(d.level))]


def _sign(chance: random.Random, length: int = 3) -> str:
    return "".join(chance.choices(SIGNS, k=length))


def _town(chance: random.Random) -> str:
    return _sign(chance) + chance.choice(("镇", "街道", "高新区", "新区"))


def _organisation(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.2:
        return chance.choice(_places()) + chance.choice(BUREAUS)
    if kind < 0.35:
        return _sign(chance) + chance.choice(("大学", "研究院", "医院", "协会"))
    return f"{_sign(chance)}{chance.choice(FIELDS)}{chance.choice(('有限公司', '股份有限公司'))}"


def _policy(chance: random.Random) -> str:
    what = chance.choice(("行动计划", "实施方案", "发展规划", "若干措施"))
    year, place = chance.randint(2016, 2026), chance.choice(_places())
    return f"{place}{chance.choice(FIELDS)}{what}（{year}—{year + 2}年）"


def _person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + _sign(chance, 2)


def _project(chance: random.Random) -> str:
    head = chance.choice(("产业园项目", "生产基地项目", "研发中心项目"))
    return _sign(chance) + chance.choice(FIELDS) + head


def _event(chance: random.Random) -> str:
    head = chance.choice(("大会", "博览会", "论坛", "创新大赛"))
    return f"{chance.randint(2012, 2026)}{_sign(chance)}{chance.choice(FIELDS)}{head}"


def _system(chance: random.Random) -> str:
    return f"“{_sign(chance)}”{chance.choice(FIELDS)}平台"


def _said(chance: random.Random, most: int = 12) -> str:
    """A clause of words that name nothing."""
    return "".join(chance.choices(WORDS, k=chance.randint(4, most)))


def _filling(chance: random.Random) -> str:
    length, clauses = chance.randint(0, 2 * FILLED), list[str]()
    while sum(map(len, clauses)) < length:
        clauses.append(_said(chance))
    return "，".join(clauses) + "。"


THINGS = {
    "o": _organisation, "d": _town, "n": _person, "j": _project, "e": _event, "s": _system,
    "p": _policy,
}  # fmt: skip
VALUES: dict[str, Callable[[random.Random], str]] = {
    "f": _filling,
    "m": lambda chance: f"{chance.randint(1, 600) / 10:g}亿元",
    "t": lambda chance: f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
    "w": lambda chance: chance.choice(POSTS),
    "y": lambda chance: str(chance.randint(2026, 2035)),
}
