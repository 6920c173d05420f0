"""Tell of which other state a body is one, by its mentions: 乌外交部 is 乌克兰外交部."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.claims.context import ArticleContext
from kg.extract.mentions.mention import Mention
from kg.extract.resolve.identity.listed import STATES
from kg.extract.resolve.identity.scope import Scope


def majority(answers: Sequence[str]) -> str:
    """The first of some answers, else the one that at least half give; ``""`` if none."""
    options = sorted({one for one in answers if one})
    most = max(options, key=answers.count, default="")
    return answers[0] or (most if 2 * answers.count(most) >= len(answers) else "")


AHEAD = 6  # characters of a state before a body of it


def abroad(text: str, m: Mention, scope: Scope) -> str:
    """A body of another state as it is known everywhere: 乌克兰外交部 of 乌外交部."""
    row = scope.listed.find(m.type, m.name)
    of_state = row.state if row else m.subtype in STATES
    at = text[max(0, m.start - AHEAD) : m.start] if of_state else ""
    states = (_state(at[-size:], scope) for size in range(len(at), 1, -1))
    if state := next(filter(None, states), ""):
        return state + (row.name if row else m.name)
    return _foreign(m.name, m.type, scope)


def _state(name: str, scope: Scope) -> str:
    """The state of a name, if it is another than that whose bodies the tables list."""
    zone = scope.places.zone(name)
    home_state = scope.ontology.lexicon.identity.home
    return zone.name if zone and zone.kind == "country" and zone.name != home_state else ""


def body_label(group: Sequence[tuple[ArticleContext, Mention]], label: str, scope: Scope) -> str:
    """The label of a body: of another state's the name that says so, 乌外交部 and not 外交部."""
    foreign_name = majority([_foreign(m.name, m.type, scope) for _, m in group])
    names = [m.name for _, m in group if _foreign(m.name, m.type, scope)]
    return max(names, key=lambda n: (names.count(n), len(n), n)) if foreign_name else label


def _foreign(name: str, klass: str, scope: Scope) -> str:
    """A body of another state whose name is else a listed one's; ``""`` for all others.

    乌外交部 is 乌克兰外交部, whatever 外交部 alone is.
    """
    signs = scope.ontology.lexicon.identity.states
    for size in range(1, min(AHEAD, len(name) - 1)):
        row = scope.listed.find(klass, name[size:])
        state = _state(signs.get(name[:size], name[:size]), scope)
        if row and row.state and state:
            return state + row.name
    return ""
