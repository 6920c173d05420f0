"""Decide which stretches of an article are names, and of which class.

The rules and tables propose mentions, the network proposes stretches. A stretch is one
proposal whoever proposes it: outer quotation marks aside, two proposals of one stretch and
class are the same. The surest proposals are accepted first; none may cross another, and one
inside another is kept as an inner name.
"""

from __future__ import annotations

from kg.extract.arbiter.mentions.decisions import AcceptedSpans, accepted, decide
from kg.extract.arbiter.mentions.proposed import EDGES, MOST, NetworkNames, Proposals
from kg.extract.arbiter.mentions.spans import hints, is_balanced, quoted, trimmed

__all__ = [
    "EDGES",
    "MOST",
    "AcceptedSpans",
    "NetworkNames",
    "Proposals",
    "accepted",
    "decide",
    "hints",
    "is_balanced",
    "quoted",
    "trimmed",
]
