"""Say a feature of a proposal in plain words.

``WORDING`` has a line for every family of features that ``kg.extract.arbiter.mentions`` and
``kg.extract.arbiter.claims`` make. The numbers and codes within a feature are named by ``VALUES``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.arbiter import claims, mentions
from kg.extract.arbiter.linear import UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# What a score in log-odds is called from which on; what lies below all of them is very low.
SCORES = ((4, "very high"), (1, "high"), (-1, "middling"), (-5, "low"))

# The families of features, the special ones before those that would match them too.
WORDING = {
    # of mentions
    r"times (?P<times>\d)": "its name stands there {times}",
    r"(?P<kind>\w+) least (?P<margin>\d+)": (
        "{margin} network score of its weakest character as {kind}"
    ),
    r"least (?P<margin>\d+)": "{margin} network score of its weakest character",
    r"first (?P<margin>\d+)": "{margin} network score of its first character",
    r"last (?P<margin>\d+)": "{margin} network score of its last character",
    r"mean (?P<margin>\d+)": "{margin} network score of its characters on average",
    r"within (?P<margin>\d+)": "{margin} network score as a name within a name",
    r"(?P<kind>\w+) within (?P<margin2>\d+)": "{margin2} network score as {kind} within a name",
    r"said (?P<share>\d) net (?P<net>\w+)": "{net}, and {share} places of its name",
    r"told (?P<share>\d)": "rules accept {share} places of its name",
    r"(?P<kind>\w+) said (?P<share>\d)": "the network takes {share} places of its name for {kind}",
    r"(?P<kind>\w+) net (?P<net>\w+) rules (?P<stands>[a-z ]+)": "as {kind} {net}, and {stands}",
    r"net (?P<net>\w+) rules (?P<stands>[a-z ]+) least (?P<margin2>\d+)": (
        "{net}, and {stands}, with a {margin2} score of its weakest character"
    ),
    r"network over (?P<over>.+)": "among names of the network it {over}",
    r"rules over (?P<over>.+) net (?P<net>\w+)": "among names of rules it {over}, and {net}",
    r"rules over (?P<over>.+)": "among names of rules it {over}",
    r"(?P<kind>\w+) rules over (?P<over>.+)": "as {kind} among names of rules it {over}",
    r"(?P<kind>\w+) network over (?P<over>.+) rules (?P<stands>[a-z ]+)": (
        "as {kind} among names of the network it {over}, and {stands}"
    ),
    r"(?P<kind>\w+) length (?P<length>\d+)": "{length} as {kind}",
    r"word (?P<word>\d\d) net (?P<net>\w+)": "{word}, and {net}",
    r"(?P<kind>\w+) tail (?P<text>.*)": "it ends in {text} as {kind}",
    r"(?P<kind>\w+) next (?P<text>.*)": "{text} stands behind it as {kind}",
    r"(?P<kind>\w+) before (?P<text>.*)": "{text} stands before it as {kind}",
    r"(?P<kind>\w+) holds (?P<holds>value|stop|verb)": "{holds} lies in it as {kind}",
    r"holds (?P<text>.*)": "the verb {text} lies in it",
    r"rule (?P<rule>\S+) net (?P<net>\w+)": "{rule} proposes it, and {net}",
    r"known (?P<named>.) (?P<often>\d)": "{often} articles hold its words, {named}",
    r"(?P<kind>\w+) known (?P<named>.) (?P<often>\d)": (
        "{often} articles hold its words, {named} of class {kind}"
    ),
    r"known (?P<named>.) (?P<often>\d) net (?P<net>\w+)": (
        "{often} articles hold its words, {named}, and {net}"
    ),
    r"(?P<kind>\w+) known (?P<named>.) (?P<first>best|other)": (
        "articles hold its words, {named} of class {kind}, {first}"
    ),
    # of both
    r"rule (?P<rule>\S+)": "{rule} proposes it",
    # of claims
    r"rule (?P<rule>\S+) level (?P<score3>\d)": "{rule} proposes it, with a {score3} network score",
    r"trusted (?P<tenths>\d+)": "its surest rule is trusted at {tenths}",
    r"trusted (?P<tenths>\d+) level (?P<score3>\d)": (
        "its surest rule is trusted at {tenths}, with a {score3} network score"
    ),
    r"level (?P<score>\d+)": "{score} network score",
    r"(?P<kind>\w+) level (?P<score>\d+)": "{score} network score for {kind}",
    r"(?P<kind>\w+) level (?P<score2>\d) rules (?P<rules>\d)": (
        "{score2} network score for {kind}, and {rules}"
    ),
    r"(?P<kind>\w+) rules (?P<rules>\d)": "{rules} for {kind}",
    r"(?P<kind>\w+) ends (?P<one>\w+) (?P<other>\w+)": "{kind} between {one} and {other}",
    r"(?P<kind>\w+) apart never": "the network was not asked about the two, for {kind}",
    r"(?P<kind>\w+) apart (?P<apart>\d+) (?P<order>\w+)": "both ends {apart}, {order}, for {kind}",
    r"(?P<kind>\w+) distance (?P<distance>\d) (?P<order>\w+)": (
        "{distance} between both ends, {order}, for {kind}"
    ),
    r"(?P<kind>\w+) level (?P<score2>\d) apart (?P<apart>\d+)": (
        "{score2} network score for {kind}, both ends {apart}"
    ),
    r"(?P<kind>\w+) (?P<side>subject|object) rank (?P<rank>\d)": (
        "{rank} choice of the network for {kind} of its {side}"
    ),
    r"(?P<kind>\w+) (?P<side>subject|object) (?P<behind>\d)": (
        "{behind} of the network for {kind} of its {side}"
    ),
    r"(?P<kind>\w+) (?P<side>subject|object) level (?P<score2>\d) rank (?P<rank>\d)": (
        "{score2} network score, {rank} choice for {kind} of its {side}"
    ),
    r"(?P<kind>\w+) turned (?P<score2>\d)": "{score2} network score for {kind} the other way round",
    r"(?P<kind>\w+) level (?P<score3>\d) rest (?P<rest>\d)": (
        "{score3} network score for {kind}, {rest} for the best other relation"
    ),
    r"(?P<kind>\w+) beside (?P<other>\w+)": "rules propose {other} for the same two",
    r"(?P<kind>\w+) sure 9": "no name of it was weighed",
    r"(?P<kind>\w+) sure (?P<sure>\d)": "{sure} score of its less sure name, for {kind}",
    r"subject sure \[\]": "no name of it was weighed",
    r"subject sure \[(?P<sure>\d)\]": "{sure} score of its first name",
    r"(?P<kind>\w+) (?P<side>subject|object) listed 9": "its {side} stands in no list, for {kind}",
    r"(?P<kind>\w+) (?P<side>subject|object) listed (?P<score2>\d)": (
        "{score2} network score for {kind} of what stands beside its {side} in a list"
    ),
    r"(?P<side>subject|object) listed (?P<other2>\d) level (?P<score2>\d)": (
        "{score2} network score, {other2} of what stands beside its {side} in a list"
    ),
    r"denied": "the text denies it",
    # of both, where a language model takes part
    r"llm (?P<llm>yes|no)": "{llm}",
    r"(?P<kind>\w+) llm (?P<llm>yes|no)": "{llm}, as {kind}",
    r"(?P<kind>\w+)": "claims of {kind} in general",
}


def _score(edges: Sequence[int], step: int = 1) -> Callable[[str], str]:
    """What the bucket of a score is called; ``step`` buckets were taken together."""

    def wording(code: str) -> str:
        bucket = int(code) * step + step // 2
        least = edges[min(bucket, len(edges)) - 1] / UNIT if bucket else float("-inf")
        return next((name for edge, name in SCORES if least >= edge), "very low")

    return wording


def _apart(sentences: str) -> str:
    if sentences == "0":
        return "in one sentence"
    return "one sentence apart" if sentences == "1" else f"{sentences} sentences apart"


def _distance(bucket: str) -> str:
    edges = (0, *claims.DISTANCES)
    at = int(bucket)
    if at == 0:
        return f"fewer than {edges[1]} characters"
    if at == len(edges) - 1:
        return f"{edges[-1]} characters or more"
    return f"{edges[at]} to {edges[at + 1] - 1} characters"


_LIES = {
    "none": "overlaps none",
    "same": "is one",
    "in": "lies in one",
    "around": "lies around one",
    "across": "crosses one",
}


def _over(code: str) -> str:
    """How a stretch lies to names, ``around Person+across``.

    >>> _over("across+around Person")
    'crosses one and lies around one of class Person'
    """
    parts = (part.partition(" ") for part in code.split("+"))
    lies = (_LIES[how] + (f" of class {kind}" if kind else "") for how, _, kind in parts)
    return " and ".join(lies)


def _length(length: str) -> str:
    if length == "1":
        return "one character"
    return f"{length} characters" + (" or more" if int(length) == mentions.MOST else "")


_RANKS = ("first", "second", "third or later", "fourth or later")
_BEHIND = ("far behind", "well behind", "behind", "a little behind", "level with")
_LLM = {"yes": "proposes", "no": "does not propose"}
_NETWORK = {
    "yes": "the network takes it for a name",
    "inner": "the network takes it for a name within a name",
    "no": "the network does not take it for a name",
}
_STANDING = {
    "no": "no rule proposes it",
    "proposed": "rules propose it and drop it",
    "weak": "rules accept it in doubt",
    "yes": "rules accept it",
    "weak inner": "rules accept it in doubt within a name",
    "yes inner": "rules accept it within a name",
}
_NAMED = {
    "-": "never as a name",
    "0": "rarely as a name",
    "1": "seldom as a name",
    "2": "sometimes as a name",
    "3": "mostly as a name",
    "4": "nearly always as a name",
}
_HOLDS = {"value": "a sum or a date", "stop": "a mark between clauses", "verb": "a verb"}
# What the groups of WORDING stand for; a group that is not here is shown as it is.
VALUES: dict[str, Callable[[str], str]] = {
    "margin": _score(mentions.EDGES),
    "margin2": _score(mentions.EDGES, 2),
    "score": _score(claims.EDGES),
    "score2": _score(claims.EDGES, 2),
    "score3": _score(claims.EDGES, 3),
    "rest": _score(claims.EDGES, 3),
    "other2": _score(claims.EDGES, 2),
    "sure": _score(claims.SURE),
    "times": lambda n: ("once", "twice", "three times", "four times or more")[int(n) - 1],
    "named": lambda n: _NAMED[n],
    "often": lambda n: ("two", "some", "many")[int(n)],
    "first": lambda n: "its usual one" if n == "best" else "not its usual one",
    "share": lambda n: ("few or no", "some", "most", "nearly all")[int(n)],
    "net": _NETWORK.__getitem__,
    "stands": _STANDING.__getitem__,
    "over": _over,
    "length": _length,
    "word": lambda ends: {
        "11": "it begins and ends with words",
        "10": "it ends within a word",
        "01": "it begins within a word",
        "00": "it begins and ends within words",
    }[ends],
    "llm": lambda answer: f"the language model {_LLM[answer]} it",
    "text": lambda words: f"“{words}”" if words else "nothing",
    "holds": _HOLDS.__getitem__,
    "tenths": lambda n: f"{int(n) / 10:g}",
    "rules": lambda n: ("no rule", "one rule", "two rules or more")[int(n)],
    "apart": _apart,
    "order": lambda how: "subject first" if how == "before" else "object first",
    "distance": _distance,
    "rank": lambda n: _RANKS[int(n)],
    "behind": lambda n: "no choice" if n == "9" else f"{_BEHIND[int(n)]} the best choice",
}


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(one, re.DOTALL), phrase) for one, phrase in WORDING.items())


def describe_feature(feature: str) -> str:
    """A feature as a phrase; one of no known family as it is.

    >>> describe_feature("worksFor level 6 rules 1")
    'very high network score for worksFor, and one rule'
    >>> describe_feature("Project tail 项目")
    'it ends in “项目” as Project'
    """
    for family, phrase in _compiled():
        if match := family.fullmatch(feature):
            groups = match.groupdict()
            phrases = {name: VALUES.get(name, str)(value) for name, value in groups.items()}
            return phrase.format(**phrases)
    return feature
