"""What is proposed, and what is decided of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base.records import Span, Value
    from kg.extract.mentions.mention import Mention

NETWORK = "reader@"
LLM = "llm."
# What a confidence is called from which on; what lies below all of them is doubtful. Fitted
# weights are calibrated: of what is very likely at most one in ten is wrong.
LEVELS = {"very likely": 0.9, "likely": 0.7}
DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mention or a claim, by whom ever.

    Attributes:
        label: A class, or a predicate.
        span: Where it stands in ``SegmentedArticle.text``; of a claim its quotation.
        args: Empty for a mention; of a claim its subject and, unless it has a value, its object.
        value: The value of an attribute.
        proposers: Who proposes it, e.g. ``project.head`` or ``reader@3f2a9c01d4e8``.
        features: What holds of it; ``kg.publish.explain.feature_wording`` says each in words.
        leant_on: Of a claim the word that weighs most for the network, if that was asked for.
    """

    label: str
    span: Span
    args: tuple[Mention, ...]
    value: Value | None
    proposers: tuple[str, ...]
    features: tuple[str, ...]
    leant_on: Span | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a proposal.

    Attributes:
        proposal: The proposal.
        score: The sum of the weights of its features, 64 of which are one unit of log-odds.
        accepted: Whether it stands.
        beaten_by: What it lost to, if not to the threshold.
        by_words: Whether it is the second one on a statement, by the words that this rests on
            (``kg.extract.arbiter.verdicts``).
    """

    proposal: Proposal
    score: int
    accepted: bool
    beaten_by: Proposal | None = None
    by_words: bool = False


def is_network(proposer: str) -> bool:
    """Whether the network is meant, by its digest, and not a rule."""
    return proposer.startswith(NETWORK)


def is_llm(proposer: str) -> bool:
    """Whether a language model is meant, by its name."""
    return proposer.startswith(LLM)


def proposed_by(proposers: Iterable[str]) -> str:
    """Who proposes something, the rules by name.

    >>> proposed_by(["worksFor.post", "reader@a3bf282c3426"]), proposed_by(["reader@a3bf282c3426"])
    ('worksFor.post and the network', 'the network alone')
    >>> proposed_by(["role.post", "role.held"])
    'role.post and role.held, not by the network'
    >>> proposed_by(["event.expo", "event.head", "reader@a3bf282c3426"])
    'event.expo, event.head and the network'
    >>> proposed_by(["llm.qwen2.5:7b"])
    'the language model qwen2.5:7b, not by the network'
    """
    all_ = [f"the language model {n.removeprefix(LLM)}" if is_llm(n) else n for n in proposers]
    rules = [name for name in all_ if not is_network(name)]
    if not rules:
        return "the network alone"
    if len(rules) < len(all_):
        return f"{', '.join(rules)} and the network"
    *first, last = rules
    return " and ".join([*([", ".join(first)] if first else []), last]) + ", not by the network"


def sureness(confidence: float) -> str:
    """A confidence in words.

    >>> sureness(0.95), sureness(0.8), sureness(0.5)
    ('very likely', 'likely', 'doubtful')
    """
    return next((word for word, least in LEVELS.items() if confidence >= least), DOUBTFUL)
