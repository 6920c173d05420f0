"""Decide which stretches of an article are names, and of which class.

The rules and tables propose mentions, the network proposes stretches. A stretch is one
proposal whoever proposes it: outer quotation marks aside, two proposals of one stretch and
class are the same. The surest proposals are accepted first; none may cross another, and one
inside another is kept as an inner name.
"""

from __future__ import annotations

from kg.extract.arbiter.mentions.decided import Taken, accepted, decide
from kg.extract.arbiter.mentions.proposed import EDGES, MOST, Proposals, Scored
from kg.extract.arbiter.mentions.stretches import hints, quoted, trimmed, whole

__all__ = [
    "EDGES",
    "MOST",
    "Proposals",
    "Scored",
    "Taken",
    "accepted",
    "decide",
    "hints",
    "quoted",
    "trimmed",
    "whole",
]
