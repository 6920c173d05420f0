"""A verb of a parsed sentence in, the groups after it that it is done to out."""

from __future__ import annotations

import re

from kg.extract.claims.clause import MENTION, ClauseParse

# How far an object may stand from its verb, in characters of the masked sentence.
REACH = 26


def objects(parse: ClauseParse, end: int, wanted: re.Pattern[str]) -> tuple[int, ...]:
    """The groups after a verb that it is done to; of two side by side the last is the name."""
    clauses = parse.grammar.lexicon.clauses
    places: list[int] = []
    for match in MENTION.finditer(parse.text, end, parse.stop(end)):
        p = match.start()
        between = parse.text[(places[-1] + 1 if places else end) : p]
        if places:
            if between and not clauses.items.fullmatch(between):
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
    if clauses.owns.match(parse.text, after) or clauses.qualifies.match(parse.text, after):
        return ()
    return tuple(places)
