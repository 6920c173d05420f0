"""Tell whether a body's name and a longer one that begins with it are two bodies.

``甲大学机械学院`` names a school and its university, ``甲银行乙市分行`` a branch and its bank;
``甲集团有限公司`` is one company, ``甲市政府新闻办`` one office.
"""

from __future__ import annotations

from collections.abc import Collection

from kg.extract.mentions.mention import Mention
from kg.ontology import Lexicon, Rule

SHORTEST = 3  # characters of any other part's own name


def nests(
    m: Mention,
    outer: Mention,
    rules: dict[str, Rule],
    places: Collection[int],
    lexicon: Lexicon,
) -> bool:
    """Whether a name inside another one is a thing of its own: a school's university.

    Args:
        m: The inner name.
        outer: The name that holds it.
        rules: The rules of names by their name.
        places: Where the names of known places start: what goes on with a place is a body of
            its own kind (中国科学院沈阳自动化研究所), unless it is a branch, or the whole a group.
        lexicon: The words that tell.
    """
    outer_rule, inner_rule = rules.get(outer.rule), rules.get(m.rule)
    if m.type != outer.type or m.start != outer.start or m.end == outer.end:
        return False
    if (
        outer_rule is None
        or inner_rule is None
        or inner_rule.kind not in ("suffix", "list", "trade")
    ):
        return False
    rest = outer.name[len(m.name) :]
    if lexicon.heads.whole_still.match(rest) or lexicon.heads.posted.search(m.name):
        return False
    if m.name.endswith(lexicon.heads.committees):
        return False
    if (
        len(rest) < SHORTEST + m.name.endswith(lexicon.heads.committee)
        and rest not in lexicon.heads.subordinate
    ):
        return False
    if lexicon.heads.branch.search(rest) or (
        m.name.endswith(lexicon.heads.group) and m.end in places
    ):
        return True
    if lexicon.heads.seats.search(m.name):
        return False
    if m.end in places and outer.subtype != "company" and m.subtype != "university":
        return m.name.endswith(
            lexicon.heads.general_bureau
        )  # 某总局|甲市某局: its own office there
    clinic = outer_rule.kind == "list" and m.subtype == "university"  # a listed hospital of it
    return clinic or bool(outer_rule.options.get("nested"))
