"""What is proposed, and what is decided of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.annotate.mention import Mention
    from kg.records import Span, Value


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mention or a claim, by whom ever.

    Attributes:
        label: A class, or a predicate.
        span: Where it stands in ``Part.text``; of a claim its quotation.
        args: Empty for a mention; of a claim its subject and, unless it has a value, its object.
        value: The value of an attribute.
        proposers: Who proposes it, e.g. ``project.head`` or ``reader@3f2a9c01d4e8``.
        features: What holds of it; ``kg.arbiter.features`` says each in words.
    """

    label: str
    span: Span
    args: tuple[Mention, ...]
    value: Value | None
    proposers: tuple[str, ...]
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a proposal.

    Attributes:
        proposal: The proposal.
        score: The sum of the weights of its features, 64 of which are one unit of log-odds.
        accepted: Whether it stands.
        beaten_by: What it lost to, if not to the threshold.
    """

    proposal: Proposal
    score: int
    accepted: bool
    beaten_by: Proposal | None = None
