"""Names of companies without a legal form: 星桥智联, 黔数科技, found by what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention
from kg.ontology import Ontology, Rule

NAME = r"(?P<name>[\u4e00-\u9fff]{3,10}?)"
OPEN = r"(?:^|(?<=[，。；：！？、\n“]))(?:其中，?|同时，?|目前，?|此外，?|另外，?|据悉，?)?"
DOES = (
    r"(?=(?:则|也|还|已|将|拟|计划|正|现|再)*(?:分别)?(?:在[^，。；]{1,14})?(?:投资\d|投资约|斥资|出资|与[^，。；]{2,20}(?:签|共建|合作|联合|携手|共同)"
    r"|牵头|联合研|联合开|研发的|研发出|研制|推出的?|自主研|负责(?:运营|开发|建设)|承建|入驻|落户|签约|投资\w{0,4}建设|投资\w{0,8}的))"
)


ROLE_OR_COUNT = re.compile("负责人|董事长|经理|总裁|工作人员|员工|记者|[一二三四五六七八九十]成|占|项目|合计|总投资|建设$|双方|市民")


# Endings of common nouns that stand where companies do: 智能体, 大模型, 研究者, 金融机构.
KINDS_OF_THINGS = re.compile("(?:体|模型|型|者|员|师|化|性|率|量|度|权|机|品|物|件|业|院校|机构|部委|部门|银行|单位|协会|高校|学校|政府|中心|平台|系统|场|馆|站|所|群|圈|链|人士|人才|专家|代表|群众)$")


class TradeFinder:
    """Finds trade names by their place in the sentence, and lets what is common words go."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        from kg.annotate.people import role_pattern

        self.type, self.rule = type_, rule
        grammar = ontology.words["grammar"]
        self.industry = sorted(grammar["industry"], key=len, reverse=True)
        roles = "董事长|总经理|副总裁|总裁|首席执行官|首席技术官|CEO|CTO|创始人|联合创始人|首席科学家|副总经理|法定代表人"
        self.patterns = (
            re.compile(OPEN + NAME + DOES),
            re.compile(rf"(?:^|(?<=[，。；：！？、\n由与和”]))(?P<name>[\u4e00-\u9fff]{{3,8}}?)(?=(?:{roles})[\u4e00-\u9fff]{{2,3}})"),
            re.compile(rf"(?:由|与|同|和|联合|携手|委托|引进|引入|依托|会同){NAME}(?=(?:共同|联合|合作|携手|研制|推出|统筹|签|负责|开发|研发|运营|共建|承建|提供|承担|管理|牵头|投资|建设|组成|组建|打造|等\d))"),
            re.compile(r"(?:^|(?<=[，。；：由与和引、有]))(?P<list>(?:[\u4e00-\u9fff]{3,30}、)+[\u4e00-\u9fff]{3,30})(?=等\d*(?:多|余)?[家个]?(?:企业|公司|单位|机构|龙头))"),
            re.compile(rf"(?:企业|公司|车企|厂商|民企){NAME}(?=(?:图|共建|联合|合作|携手|投资|研发|开发|运营|将|拟|签|负责|承建|推出|董事长|总经理|负责人))"),
            re.compile(r"(?:包括|有|引进|服务|联合|来自|委托)(?P<list>(?:[\u4e00-\u9fff]{3,30}、)*[\u4e00-\u9fff]{3,10})(?=等\d*(?:多|余)?[家个]?(?:本地|优质|重点|知名|龙头)*(?:企业|公司|车企|单位|机构|厂商|家))"),
        )
        self.roles = role_pattern(ontology)

    def find(self, draft: Draft) -> Iterator[Mention]:
        """Trade names of a text; a name found once is looked up everywhere by a later step."""
        seen: set[tuple[int, int]] = set()
        for start, end in _beside(draft, self.type):
            if (start, end) not in seen and self._is_name(draft, start, end):
                seen.add((start, end))
                yield self._mention(draft, start, end)
        for pattern in self.patterns:
            for match in pattern.finditer(draft.text):
                if "list" in pattern.groupindex:
                    spans = _items(match.start("list"), match["list"])
                else:
                    spans = [match.span("name")]
                for start, end in spans:
                    lead = re.match(r".*(?:企业|公司|车企|厂商)", draft.text[start:end])
                    start += lead.end() if lead and lead.end() < end - start else 0
                    if (start, end) not in seen and self._is_name(draft, start, end):
                        seen.add((start, end))
                        yield self._mention(draft, start, end)

    def _mention(self, draft: Draft, start: int, end: int) -> Mention:
        return Mention(
            start,
            end,
            self.type,
            draft.text[start:end],
            self.rule.rule,
            str(self.rule.options.get("subtype", "")),
            self.rule.confidence,
        )

    def _is_name(self, draft: Draft, start: int, end: int) -> bool:
        name = draft.text[start:end]
        if name[0] in "由从在与和同对向为及以把被将" or name[-1] in "共总则也已将拟还均":
            return False
        if ROLE_OR_COUNT.search(name):
            return False
        if not 3 <= len(name) <= 10 or any(m.start < end and start < m.end and not (m.start == start and m.type in draft.solid) for m in draft.found):
            return False
        pieces = [draft.words.at(start)]
        while pieces[-1].end < end:
            pieces.append(draft.words.at(pieces[-1].end))
        if not any(name.endswith(i) for i in self.industry) and KINDS_OF_THINGS.search(name):
            return False
        led = draft.text[start - 1 : start] in tuple("由与和同被为、，；")
        if (pieces[0].start != start and not led) or pieces[-1].end != end:
            return False
        if any(p.text in draft.grammar.cut or (p.tag == "v" and len(p.text) > 1 and p.text not in draft.grammar.inner) for p in pieces):
            return False
        core = next((name[: -len(i)] for i in self.industry if name.endswith(i) and len(i) < len(name)), "")
        if core:
            return self._novel(draft, start, start + len(core))
        place = next((m.end for m in draft.found if m.start == start and m.type in draft.solid and m.end < end), start)
        return 2 <= end - place <= 5 and self._novel(draft, place, end)

    @staticmethod
    def _novel(draft: Draft, start: int, end: int) -> bool:
        """Whether a stretch is more than common words: it holds a place, or what no dictionary has."""
        import rjieba

        if end - start < 1:
            return False
        if any(m.start == start and m.end <= end and m.type in draft.solid for m in draft.found):
            return True
        pieces = list(draft.words.between(start, end))
        if any(p.tag in ("r", "c", "p", "u") for p in pieces):
            return False
        if any(p.tag in ("ns", "nr", "nz", "nrt") and p.end <= end for p in pieces):
            return True
        known = rjieba.cut(draft.text[start:end], False)
        return any(len(piece) == 1 for piece in known)


def _items(start: int, text: str) -> list[tuple[int, int]]:
    spans = []
    for match in re.finditer("[^、]+", text):
        spans.append((start + match.start(), start + match.end()))
    return spans


def _beside(draft: Draft, type_: str) -> Iterator[tuple[int, int]]:
    """Items of a list next to a body that is known already: 北方某芯 in 乙大学、北方某芯等53家单位."""
    for m in draft.found:
        if m.type != type_ or m.weak:
            continue
        after = re.match(r"(?:、[\u4e00-\u9fff]{3,8})+(?=等|共同|联合|建设|组成|，|。|承担|发起|签|合资|牵头)", draft.text[m.end : m.end + 60])
        if after:
            yield from _items(m.end, after.group())
        before = re.search(r"(?:[，。；由与联合]|^)((?:[\u4e00-\u9fff]{3,8}、)+)$", draft.text[max(0, m.start - 40) : m.start])
        if before:
            yield from _items(m.start - len(before[1]), before[1])
