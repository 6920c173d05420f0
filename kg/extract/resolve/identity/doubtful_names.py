"""Tell whether the name of a thing is doubtful, by its mentions in one document.

What the arbiter was hardly sure of, wherever it stands, is no name more often than not: a clause,
a common word, half of a name. Where the words of a name are such that names of its class seldom
have, it must have been surer. What the table of remembered names says, how many mentions there
are and whether a rule proposes one, the arbiter knows already: with these beside its sums,
a fit finds no more names that gold does not have (area under the curve .861, without .866).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kg.extract.mentions.mention import Mention
from kg.extract.mentions.tokens import Words, common
from kg.ontology import Ontology, load
from kg.ontology.places import Places

# Sums of the arbiter, of which 64 are one of log-odds, that a name must have. Of things that gold
# does not have 77 % have less than SURE, and of those that it has 24 % (places with a code aside);
# ODD is for words that names seldom have, TWO for two names in one.
SURE, ODD, TWO = 96, 160, 256
VERB = 3  # characters of a verb that no name begins with: 涌现出某某
PAIR = 4  # characters of two persons' names, the second of which begins at the third or fourth


def doubtful(mentions: Sequence[Mention], name: str, ontology: Ontology) -> bool:
    """Whether a name is doubtful, as far as one document tells; never where rules alone decide.

    Args:
        mentions: Its mentions there.
        name: What the thing is called.
        ontology: For the words that make a name odd.
    """
    scores = [m.arbiter_score for m in mentions if m.arbiter_score is not None]
    return bool(scores) and max(scores) < _least(name, mentions[0].type, str(ontology.folder))


def least(name: str, klass: str, ontology: Ontology) -> int:
    """How sure the arbiter must be of a name, by its words.

    >>> from kg.ontology import load
    >>> [least(n, "Person", load()) for n in ("江启明", "江明向启文", "江明周启文")]
    [96, 256, 256]
    """
    return _least(name, klass, str(ontology.folder))


@lru_cache(maxsize=1 << 14)
def _least(name: str, klass: str, folder: str) -> int:
    ontology = load(folder)
    identified_by, identity = ontology.classes[klass].identified_by, ontology.lexicon.identity
    if identified_by == "relation" and (_pair(name, ontology) or identity.phrase.fullmatch(name)):
        return TWO
    if identified_by == "body" and identity.joined.search(name):
        return TWO
    words, places = Words(name, ontology.lexicon.grammar).words, Places.load(ontology)
    if identified_by == "relation" and [word.tag for word in words] == ["d", "v"]:
        return TWO  # an adverb and a verb
    seldom = frozenset(identity.odd.get(identified_by, ()))
    has_place = bool(ontology.lexicon.sameness.nation.match(name)) or places.leading(name) > 0
    begins_with_verb = words[0].tag == "v" and len(words[0].text) >= VERB
    odd = identified_by == "body" and (begins_with_verb or (not has_place and common(words)))
    return ODD if odd or any(w.tag in seldom for w in words) else SURE


def _pair(name: str, ontology: Ontology) -> bool:
    """Whether a name is that of two persons: a frequent surname, a name, and that again."""
    surnames = ontology.lexicon.surnames.common
    second = any(c in surnames for c in name[2:4] if c != name[-1])
    return len(name) > PAIR and "\u00b7" not in name and name[0] in surnames and second
