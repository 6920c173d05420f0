"""Rules of kind ``priced``: what brackets with a sum say of the work before them.

In a list of works the brackets behind each tell what it costs, and often who builds it or where:
甲基地项目（乙公司，50亿元）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule, load
from kg.records import Span, Value
from kg.relate.mask import PRICED
from kg.relate.scene import Scene, Stated
from kg.relate.shape import stated
from kg.relate.status import Statuses

# Sums of another kind, by the words of the sentence or of the line above the list.
OTHER = re.compile(
    "贷款|融资|授信|债券|中标|招标|成交|土地|营收|票房|收入|产值|补助|补贴|下达|资金|赔偿|罚|查处|转让"
    "|逾期|违约|监理|采购|欠|退出|累计|捐|奖|拍卖|流拍|出售|收购|预算|完成投资|本月|今年|年度|订单"
    "|出口|利润|税|保险|结算|节约"
)
ABOVE = 120  # characters before a name in which the line above its list stands
# Between a name and its brackets.
BEHIND = re.compile("[”]?(?:项目|工程)?")


@lru_cache(maxsize=4)
def _statuses(folder: str) -> Statuses:
    return Statuses(load(folder))


def priced(scene: Scene, rule: Rule, predicate: str, ontology: Ontology) -> Iterator[Stated]:
    """What the work costs, or, with ``party``, who or what place stands with the sum.

    A party of the class that the relation begins with is its subject, any other its object.
    """
    party = rule.options.get("party")
    page = ontology.relations.get(predicate)
    judge = _statuses(str(ontology.folder))
    acts = page is not None and party in page.domain
    for m in scene.mentions:
        if m.type != rule.options["class"] or m.refers or m.inner:
            continue
        gap = BEHIND.match(scene.text, m.end)
        found = PRICED.match(scene.text, gap.end() if gap else m.end)
        if found is None or _another(scene, m, judge):
            continue
        span = Span(m.start, found.end())
        if party is None:
            parties = {(x.start, x.end) for x in scene.mentions if not x.refers}
            if found["party"] and found.span("party") not in parties:
                continue  # 某项目（二期，3亿元）
            if (value := _sum(scene, found)) is not None:
                yield stated(scene, rule, predicate, m, None, span, value)
            continue
        for other in scene.mentions:
            inside = (other.start, other.end) == found.span("party")
            if inside and other.type == party and not other.refers:
                ends = (other, m) if acts else (m, other)
                yield stated(scene, rule, predicate, *ends, span)


def _another(scene: Scene, m: Mention, judge: Statuses) -> bool:
    """Whether it is denied, or a sum of another kind: what is lent, won or fined."""
    sentence = scene.sentence(m.start)
    above = scene.text[max(0, sentence.start - ABOVE) : sentence.start].rpartition("。")[2]
    said = scene.text[sentence.start : sentence.end]
    return judge.judge(said, 0, len(said)).denied or OTHER.search(f"{above}{said}") is not None


def _sum(scene: Scene, brackets: re.Match[str]) -> Value | None:
    start, end = brackets.span()  # 约 and the like are part of a value
    values = (
        v for v in scene.draft.values if v.kind == "money" and start <= v.start < v.end <= end
    )
    return next((v.value for v in values), None)
