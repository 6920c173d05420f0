"""The words that may stand between the parts of a post that one phrase states."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class StatedWords:
    """What may stand between the parts of a post (``stated`` of ``words/posts.yaml``).

    Attributes:
        before_title: Between a body and a title of it; titles of the person stand as ``·``.
        before_name: Between a title and a name; so do bodies.
        row: Between a title and the last of several names that share it; names stand as ``·``.
        holding, holds: Between a title that somebody is said to hold and his name, and what says so
            before the body: 担任|甲局局长的|乙某.
        given, takes: Between a title and the name of who is given it, and behind that name.
        single: Titles that only one person has at a body.
        of: Between a body and a name, where no title is told.
        linked, whence: Such words that lead from any body to a name, and what stands before a body
            whose people they lead to: 来自|甲校|的|乙某.
        cited: Before a body that is but cited or met, right before a name: 图自|甲社|乙某.
        next_row: Between a name and a body of the next line: either may be of the other in a list.
        signs: Behind the name of who took a picture.
        press: Between a post and the name of a reporter, whose it is not.
        announced: Behind a title, before the name of whoever has it.
        from_, at: Between a name and such a body, and behind this.
        owned: Between somebody else's name and what is his: 丙某（|甲局局长）、乙某.
        aside, gap: The same where only white space and marks stand before the next name.
        sides: Before a place that is but a part of a word: 亲|甲国.
        towards: Between a name and a post that is somebody else's: 甲某为|乙会成员颁奖.
        serves, closes: The same of a word that says who somebody is as well, and what stands
            behind the post where it does: 甲某为|乙会成员.
        breaks: Between a name and what stands behind it: a new sentence begins, or it goes on about
            somebody's wife or son.
        office: All that stands before a post in such a sentence: it tells of who was named last.
        is_a: Between a name and a title without a body.
        short: Names of bodies that each place has one of: 市委.
        led: Names of bodies that tell but the level of their place: 县某局.
        bare: Names of units that each body has one of: 执行局.
        committees: Bodies of which not every title that follows is.
        seats: The titles that people have at such.
        latin: The end of a name in Latin letters, which may be that of a person.
        analyses: Titles of who writes about a body, where this is no bank, institute or paper.
    """

    before_title: re.Pattern[str]
    before_name: re.Pattern[str]
    row: re.Pattern[str]
    holding: re.Pattern[str]
    holds: re.Pattern[str]
    given: re.Pattern[str]
    takes: re.Pattern[str]
    single: re.Pattern[str]
    of: re.Pattern[str]
    linked: re.Pattern[str]
    whence: re.Pattern[str]
    cited: re.Pattern[str]
    next_row: re.Pattern[str]
    signs: re.Pattern[str]
    press: re.Pattern[str]
    announced: re.Pattern[str]
    from_: re.Pattern[str]
    at: re.Pattern[str]
    owned: re.Pattern[str]
    aside: re.Pattern[str]
    gap: re.Pattern[str]
    sides: re.Pattern[str]
    towards: re.Pattern[str]
    serves: re.Pattern[str]
    closes: re.Pattern[str]
    breaks: re.Pattern[str]
    office: re.Pattern[str]
    is_a: re.Pattern[str]
    short: re.Pattern[str]
    led: re.Pattern[str]
    bare: re.Pattern[str]
    committees: re.Pattern[str]
    seats: re.Pattern[str]
    latin: re.Pattern[str]
    analyses: re.Pattern[str]
