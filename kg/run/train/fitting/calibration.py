"""Calibrate: how likely a claim with a score is right.

What weights say of claims that they were not fitted on is compared with gold as ``kg evaluate``
does it, claim by claim of the graph: a role counts if one holds the other, and what is said
twice counts once. So a confidence means what the table of ``kg evaluate --reliability`` tells.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.arbiter.arbiter import Arbiter
from kg.extract.arbiter.linear import ATTRIBUTE, RELATION, likelihood
from kg.extract.stations import DocumentState, run_stations
from kg.run.evaluate.gold import read_sheet
from kg.run.evaluate.score import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.base.records import Document
    from kg.extract.arbiter.linear import Linear
    from kg.extract.model.network import Network
    from kg.ontology import Ontology
    from kg.run.evaluate.gold import Sheet

POINTS = 12  # at most; more of them follow what is chance
FEW = 50  # claims that a point stands for, at least
PRIOR = 10  # so many claims the fitted weights themselves count for, in each point
ENOUGH = 600  # claims of a kind; of fewer all kinds are calibrated as one


class Scored(NamedTuple):
    """The score of a claim, its kind, and whether it is right."""

    kind: str
    score: int
    right: bool


class Marking(Arbiter):
    """Decides like the arbiter, and gives claims their scores for confidences."""

    def confidence(self, predicate: str, score: int) -> float:
        """The score itself."""
        return float(score)


def scored(
    document: Document,
    gold: Sheet,
    ontology: Ontology,
    network: Network,
    fitted: Mapping[str, Linear],
) -> list[Scored]:
    """The scores of the claims that weights make of a document, and which gold says are right.

    Args:
        document: A document that the weights were not fitted on.
        gold: What it says.
        ontology: The ontology whose rules propose.
        network: The network; claims that it does not know keep what their rules say, and are none.
        fitted: The weights.
    """
    reading = run_stations(
        DocumentState(document, ontology, given_arbiter=Marking(ontology, network, fitted))
    )
    tallies, _ = score(gold, read_sheet([(document, reading)], ontology))
    known = frozenset(network.weights.about["predicates"])
    result = []
    for key, tally in sorted(tallies.items()):
        kind, _, predicate = key.partition("/")
        if predicate in known:
            result += [Scored(kind, int(one.confidence), one.right) for one in tally.sure]
    return result


def calibrated(claims: Sequence[Scored]) -> dict[str, list[list[int]]]:
    """The calibration of claims, for ``Linear``: apart for relations and attributes if it can be.

    Of no claims there is none.

    >>> sorted(calibrated([Scored("relation", 9, True)] * 60))
    ['attribute', 'relation']
    """
    if not claims:
        return {}
    kinds = {kind: [one for one in claims if one.kind == kind] for kind in (RELATION, ATTRIBUTE)}
    apart = all(len(of_kind) >= ENOUGH for of_kind in kinds.values())
    return {kind: points(of_kind if apart else claims) for kind, of_kind in kinds.items()}


def points(claims: Iterable[Scored]) -> list[list[int]]:
    """Scores with the share, in thousandths, that is right of claims that have them.

    Claims are grouped by score, as many in each group as in the next. Where a group of higher
    scores has a lower share than the one before, both are one (isotonic regression by pooling
    adjacent violators). So the shares only go up, and at most ``POINTS`` are left.

    >>> right = [Scored("", 64, n % 10 > 0) for n in range(100)]
    >>> wrong = [Scored("", -64, n % 10 == 0) for n in range(100)]
    >>> points([*right, *wrong])
    [[-64, 115], [64, 885]]
    """
    pooled: list[_Group] = []
    for group in _groups(sorted(claims, key=lambda one: one.score)):
        pooled.append(group)
        while len(pooled) > 1 and pooled[-2].share >= pooled[-1].share:
            last = pooled.pop()
            pooled[-1] = pooled[-1].with_(last)
    return [[group.score, round(1000 * group.share)] for group in pooled]


class _Group(NamedTuple):
    """Claims of neighbouring scores: how many, the sum of scores, how many are right."""

    claims: int
    sum: int
    right: int

    @property
    def score(self) -> int:
        """The mean score."""
        return (2 * self.sum + self.claims) // (2 * self.claims)

    @property
    def share(self) -> float:
        """What share is right, drawn a little to what the weights say: few claims are chance."""
        return (self.right + PRIOR * likelihood(self.score)) / (self.claims + PRIOR)

    def with_(self, other: _Group) -> _Group:
        return _Group(*(one + more for one, more in zip(self, other, strict=True)))


def _groups(claims: Sequence[Scored]) -> list[_Group]:
    """Claims in order of their scores as groups of a size; one score is in one group alone."""
    size = max(FEW, -(-len(claims) // POINTS))
    groups: list[_Group] = []
    for _, same in groupby(claims, key=lambda one: one.score):
        equal = list(same)
        more = _Group(len(equal), sum(one.score for one in equal), sum(one.right for one in equal))
        if groups and groups[-1].claims < size:
            groups[-1] = groups[-1].with_(more)
        else:
            groups.append(more)
    if len(groups) > 1 and groups[-1].claims < FEW:
        last = groups.pop()
        groups[-1] = groups[-1].with_(last)
    return groups
