"""Compile the ontology's words for positions into expressions for who holds which post.

They run over the masked sentence, where bodies and persons are single characters, so that a
series of posts (乙公司董事长、丙协会副会长钱某) is one regular expression.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.coreference.mask import KINDS, Masks
from kg.extract.mentions.finders.people import role_pattern
from kg.ontology import Ontology, load
from kg.ontology.lexicon.section import ANY_MENTION, ANY_VALUE

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, eq=False)
class PostPatterns:
    """The expressions for posts before a name and after it.

    Attributes:
        someone: A person, or a list of them.
        before: 甲局局长王某.
        takes: 王某任甲局局长、乙局副局长, with all the posts that follow.
        post: One post of a series.
        unknown: What stands before a post and is a body that no name tells: 公司, 某某管委会.
    """

    someone: re.Pattern[str]
    before: re.Pattern[str]
    takes: re.Pattern[str]
    post: re.Pattern[str]
    unknown: re.Pattern[str]


@lru_cache(maxsize=1024)  # each rule of posts asks the same of every sentence of an article
def post_matches(
    grammar: PostPatterns, text: str
) -> tuple[tuple[re.Match[str], ...], tuple[re.Match[str], ...]]:
    """What somebody takes on in a masked sentence, and what somebody has."""
    return tuple(grammar.takes.finditer(text)), tuple(grammar.before.finditer(text))


def _unit(
    ontology: Ontology, person: str, bodies: Sequence[str], places: Sequence[str], free_of: str
) -> str:
    """The unit of a body before a post: 甲公司|东部大区市场部|总监, 甲公司|某项目|负责人."""
    words, masks = ontology.lexicon.persons, Masks(ontology)
    vocabulary = ontology.lexicon.offices
    employers = masks.characters([c for c in bodies if c not in places])
    things = masks.characters([c for c in ontology.classes if c not in (person, *bodies)])
    ends = "|".join(words.units)
    branch = f"[{masks.characters(list(places))}]"  # 甲公司|中国区|总裁, not 甲公司|某市市长
    return (
        rf"(?<=[{employers}])(?:{branch}?{free_of}{{0,4}}?[{things}]{free_of}{{0,4}}?"
        rf"|{branch}{vocabulary.part_of_firm}(?=(?:{words.branches}))|{free_of}{{2,14}}?(?:{ends}))"
        rf"|(?<=、){free_of}{{4,14}}?{vocabulary.department}"
        rf"|{vocabulary.behind_post}{free_of}{{4,18}}?{vocabulary.ends_unknown}"
        rf"|[{things}]{free_of}{{0,4}}?"
        rf"|(?<={branch}){vocabulary.posted}[{masks.characters(list(bodies))}](?={words.envoys})"
    )


@lru_cache(maxsize=4)
def post_patterns(
    folder: str, person: str, bodies: tuple[str, ...], places: tuple[str, ...]
) -> PostPatterns:
    """The expressions of an ontology, for its class of persons and those that employ them."""
    ontology = load(folder)
    words, vocabulary = ontology.lexicon.persons, ontology.lexicon.offices
    masks = Masks(ontology)
    who = f"[{masks.characters([person])}]"
    # 甲国驻乙国大使 is of 甲国
    body = rf"{vocabulary.not_posted}[{masks.characters(list(bodies))}]"
    # 湟中区长: the last character of a place stands for both.
    head = rf"(?<=[{masks.characters(list(places))}])(?:{vocabulary.chief_of_place})"
    role = f"(?:{role_pattern(ontology)}|{head})"
    free_of = f"[^{words.between}{ANY_MENTION}{ANY_VALUE}]"
    fill = rf"(?:{vocabulary.fill}|{_unit(ontology, person, bodies, places, free_of)})"
    # 企业代表，甲公司董事长王某; 甲区主要负责同志，乙局局长王某: many, not the next person.
    several = (
        f"(?!(?<={'|'.join(words.collective)}){vocabulary.of_many})"
        f"{vocabulary.no_comrade}(?!(?<={'|'.join(words.unnamed)}){vocabulary.in_charge})"
    )
    one = rf"(?:{body})?{vocabulary.body_gap}{fill}{several}{role}"
    posts = rf"{one}(?:{vocabulary.next_post}{one}){{0,5}}"
    names = rf"{who}(?:{vocabulary.next_person}{who}){{0,8}}"
    takes = "|".join(sorted(words.takes, key=len, reverse=True))
    dignities = "|".join(words.dignities)
    called = "|".join(words.called)
    lead = rf"(?:{'|'.join(words.lead)}|{KINDS['date']}|{vocabulary.year})"
    link = rf"(?:{vocabulary.between_posts}|{lead}|{takes})"
    series = rf"{one}(?:{link}{{1,10}}{one}){{0,14}}"
    free = rf"(?![、:：\s]?(?:{one})?{who})"  # the next name holds the last of the posts
    return PostPatterns(
        someone=re.compile(who),
        before=re.compile(
            rf"(?!(?<={who})(?:{dignities}|{called}|{vocabulary.doctor}))(?P<posts>{posts}){vocabulary.before_person}(?P<who>{names})"
        ),
        takes=re.compile(
            rf"{vocabulary.not_replaced}(?P<who>{names})(?:{called}|{dignities})?，?{lead}{{0,3}}(?:{takes})[:：]?(?P<posts>{series}){free}"
        ),
        post=re.compile(
            rf"(?P<body>{body})?{vocabulary.body_gap}(?P<fill>{fill}){several}(?P<role>{role})"
        ),
        unknown=re.compile(f"{free_of}{{0,18}}?{vocabulary.ends_unknown}"),
    )
