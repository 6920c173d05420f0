"""A verb of a parsed sentence in, the groups after it that it is done to out."""

from __future__ import annotations

import re

from kg.extract.claims.clause import MENTION, Parse

# After an object: it only qualifies the noun that follows (某平台的用户).
# The making of it does not: 推进某大桥的建设.
OWNS = re.compile(
    "的(?!通知|决定|公告|批复|函|意见|一期|二期|(?:规划|开工)?(?:建设|研发|开发|运营)(?:[，。；、]|$)|$)[^，。；]"
)
# So does an object that another noun follows: 实施甲项目靶向推介, 建有乙中心服务体系.
QUALIFIES = re.compile(
    "(?!等|建设|项目|工程|[一二三]期)[\u4e00-\u9fff]{0,6}(?:体系|推介|办公室|指挥部|管委会"
    "|机制|模式|规模|专班|新闻发布会|新闻通气会|动员会|筹备会|组委会)(?=[，。；、]|$)"
)
# Between two objects of a verb: works and products that are no known names.
ITEMS = re.compile("、(?:[\u4e00-\u9fff]{4,24}(?:工程|项目|基地|平台|系统|中心|园)[、和])+")
# How far an object may stand from its verb, in characters of the masked sentence.
REACH = 26


def objects(parse: Parse, end: int, wanted: re.Pattern[str]) -> tuple[int, ...]:
    """The groups after a verb that it is done to; of two side by side the last is the name."""
    places: list[int] = []
    for match in MENTION.finditer(parse.text, end, parse.stop(end)):
        p = match.start()
        between = parse.text[(places[-1] + 1 if places else end) : p]
        if places:
            if between and not ITEMS.fullmatch(between):
                break
        elif "，" in between or len(between) > REACH or parse.grammar.between.search(between):
            break
        if wanted.match(match.group()):
            if parse.grammar.several.search(parse.text, max(0, p - 14), p):
                return ()  # 建成多个国家级平台: none of them by name
            groups = parse.sentence.groups
            if places and groups[p].start == groups[places[-1]].end:
                places.pop()  # 政务大模型“南风”: the name itself
            places.append(p)
        elif not (places or parse.before(parse.grammar.oblique, p)):
            break
    after = places[-1] + 1 if places else len(parse.text)
    if OWNS.match(parse.text, after) or QUALIFIES.match(parse.text, after):
        return ()
    return tuple(places)
