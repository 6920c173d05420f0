"""Short names: those a text defines (以下简称), and those that follow from a full name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.extract.mentions.draft import Draft
from kg.extract.mentions.grammar import Grammar
from kg.extract.mentions.mention import Mention, clean
from kg.extract.mentions.tokens import coined

BRACKET = re.compile(r"[（(]((?:[^（）()\n]|[（(][^（）()\n]{0,20}[）)]){1,80})[）)]")
# What tells another name of a thing: 又名, 亦称, 原名.
OTHER = "又[名称]|[亦也]称|原名|曾用名|旧[名称]|别[名称]"
DEFINES = re.compile(
    rf"(?:以下|下文|下)?(?:统一|合并)?(?:简称|称为|下称|{OTHER}|前身为|暂名)[为：:\s]*"
)
FORMS = re.compile(r"[“\"《「『]([^“”\"《》「」『』]{1,30})[”\"》」』]|([^“”\"《》，、或\s]{2,20})")
LEVELS = tuple("省市区县州盟旗")
CHIPS = "微电子"  # firms of this trade are called by its first character: 云某微


@dataclass(frozen=True, slots=True)
class Link:
    """Why a short name stands for a full one: the rule and the words, and where they stand."""

    short: str
    full: str
    type: str
    rule: str
    reason: str
    start: int
    end: int


# 以下简称“两项规定”: a name for several, not for the last of them.
SEVERAL = re.compile("[“《]?[两二三四五六七八九][个项部份则]")


def defined(draft: Draft, mentions: Iterable[Mention]) -> Iterator[tuple[Mention, Link]]:
    """The short names that brackets of a text define, each with the full name before it."""
    by_end: dict[int, Mention] = {}
    ordered = sorted(mentions, key=lambda m: m.end - m.start)
    for m in ordered:
        by_end[m.end] = m
    for match in BRACKET.finditer(draft.text):
        says = DEFINES.search(match[1])
        behind = match.start()
        while draft.text[behind - 1 : behind] in (" ", "\u3000"):
            behind -= 1
        target = _before(by_end, draft.text, behind)
        if target is None:
            continue
        if says:
            tail = match.start(1) + says.end()
            yield from _forms(draft, tail, match.end(1), target, "name.defined", match.group())
        elif _abbreviates(clean(match[1]), target.name):
            form = replace(
                target, start=match.start(1), end=match.end(1), name=clean(match[1]), also=()
            )
            yield form, _link(form, target, "name.bracketed", match.group())


def _before(by_end: dict[int, Mention], text: str, position: int) -> Mention | None:
    for back in range(3):
        if position - back in by_end and not text[position - back : position].strip("”》」’"):
            return by_end[position - back]
    opening = text.rfind("(" if text[position - 1] == ")" else "（", 0, position)
    if text[position - 1 : position] in (")", "）") and opening > 0:
        return by_end.get(opening)
    return None


def _forms(
    draft: Draft, start: int, end: int, target: Mention, rule: str, reason: str
) -> Iterator[tuple[Mention, Link]]:
    for match in FORMS.finditer(draft.text, start, end):
        group = 1 if match[1] else 2
        name = clean(match[group])
        if not name or SEVERAL.match(match[group]):
            continue
        form = replace(
            target,
            start=match.start(group),
            end=match.end(group),
            name=name,
            also=(),
        )
        yield form, _link(form, target, rule, reason)


def _link(form: Mention, target: Mention, rule: str, reason: str) -> Link:
    return Link(form.name, target.name, target.type, rule, reason, form.start, form.end)


def _abbreviates(short: str, full: str) -> bool:
    """Whether a bracketed form is made of characters of the full name, in order.

    >>> _abbreviates("中远南投", "中远南宁投资发展有限公司")
    True
    """
    if not 2 <= len(short) <= 8 or short == full or len(short) > len(full) - 2:
        return False
    if not re.fullmatch(r"[\u4e00-\u9fff]+", short):
        return False
    rest = iter(full)
    return all(c in rest for c in short)


# What a company may run and be named after: a port, an estate, a city. It is another thing.
SITE = re.compile("(?:港|机场|口岸|[^新]城|园|园区|景区|码头|车站|广场|大厦|城市|城乡)$")


# A name that ends so is the place's, also where no table has it; a shop is none (某某超市).
PLACE = re.compile("(?:[省县区镇乡村]|(?<!超)市|街道)$")


def cores(name: str, places: Iterable[str], grammar: Grammar) -> Iterator[str]:
    """The short forms that a company's full name leads to, longest first; none is a place.

    >>> from kg.ontology import load
    >>> grammar = Grammar.of(load().words["grammar"])
    >>> list(cores("湖北楚算集团有限公司", ["湖北"], grammar))
    ['湖北楚算集团', '湖北楚算', '楚算集团', '楚算']
    >>> list(cores("云某市水务集团有限公司", [], grammar))
    ['云某市水务集团', '云某市水务']
    """
    bare = re.sub(r"[（(][^（）()]*[）)]", "", name)
    stem = re.sub(r"(?:股份|有限责任|有限|总|分)*公司$|(?<=...)股份$", "", bare)
    if stem == bare and not stem.endswith("集团"):
        return
    starts = [0, *sorted({len(p) for p in places if bare.startswith(p)})]
    forms: list[str] = []
    for begin in starts:
        rest = stem[begin:]
        if begin and rest[:1] in LEVELS:
            continue  # 浙江|省机场集团
        while rest and rest not in grammar.industry:
            if rest.endswith("集团") and rest != stem[begin:]:
                break  # 云桥集团装备有限公司: 云桥集团 is its parent
            own = len(rest) >= 4 or (len(rest) in (2, 3) and coined(rest)) or rest + "集团" == bare
            named = len(rest) > 1 and not SITE.search(rest) and not PLACE.search(rest)
            if (own or begin) and named:
                forms.append(rest)
            fields = grammar.industry if rest.endswith(grammar.industry) else ()
            tail = next((i for i in fields if rest.endswith(i) and len(i) < len(rest)), "")
            if not tail:
                break
            if tail == CHIPS and coined(rest[: -len(tail)]):
                forms.append(rest[:-2])
            rest = rest[: -len(tail)]
    yield from dict.fromkeys(f for f in forms if len(f) >= 2 and f != name)


# What a work is still called by when 项目 behind it is left out: 云桥科创园项目, 云桥科创园.
WORK = re.compile(
    "(.{4,}(?:园|城|基地|中心|厂|站|路|区|港|线|平台|小镇|广场|大厦|工程|系统|隧道|大桥|枢纽))(?:建设)?项目"
)


def bared(name: str) -> Iterator[str]:
    """The form of a work's name without 项目 behind it.

    >>> list(bared("江畔某某科创园项目"))
    ['江畔某某科创园']
    """
    whole = WORK.fullmatch(name)
    if whole is not None:
        yield whole[1]
