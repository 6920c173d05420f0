"""Learn what readers think of statements: ``gold/verdicts`` holds what they judged, one by one.

A line is an article: id, source, length and SHA-256 of its text, and ``verdicts``, each a
predicate, where subject and object stand in the text, a status or nothing, and ``right`` or
``wrong``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from kg.base.errors import ReadError
from kg.base.records import Document
from kg.extract.arbiter import verdicts
from kg.extract.arbiter.arbiter import Arbiter
from kg.extract.arbiter.linear import Linear, between
from kg.extract.mentions.mention import folded
from kg.extract.stations import DocumentState, run_relate, run_until
from kg.run.train.fitting.calibration import Scored, points
from kg.run.train.fitting.logistic import Example, Regularisation, fit
from kg.run.train.spans import by_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.extract.claims.context import ArticleContext, Statement
    from kg.extract.mentions.mention import Mention
    from kg.extract.model.network import Network
    from kg.ontology import Ontology
    from kg.run.evaluate.gold import Sheet

# Of penalties of 5, 10 and 20 this one lost least on articles that the weights were not fitted on.
CAUTION = Regularisation(rare=3, penalty=10.0)
FOLDS = 10
# Of a statement that stands at least such a share is right.
LEAST = 0.8
# Judged statements of a kind; statements of kinds with fewer are not judged by what was learned.
ENOUGH = 600

Place = tuple[int, int]


class Verdict(NamedTuple):
    """What a reader thinks of a statement; the places are half-open offsets into the text."""

    predicate: str
    subject: Place
    object: Place
    status: str
    right: bool


@dataclass(frozen=True)
class JudgedArticle:
    """An article some statements of which were judged, without its text."""

    id: str
    sha256: str
    verdicts: tuple[Verdict, ...]

    def document(self, text: str) -> Document:
        """The article with its text.

        Raises:
            ReadError: If the text is another one.
        """
        if sha256(text.encode()).hexdigest() != self.sha256:
            raise ReadError(f"{self.id}: the text is not the one whose statements were judged")
        return Document(self.id, self.id, text)


class JudgedExample(NamedTuple):
    """A statement that was judged: its kind, the names of both ends, what holds of it.

    Its kind is that of ``verdicts.kind_of``: news develops System.
    """

    kind: str
    names: tuple[str, str]
    example: Example


def read(path: Path) -> Iterator[JudgedArticle]:
    """The articles of a file of verdicts.

    Raises:
        ReadError: If a line is no such article; the message names it.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                raw = json.loads(line)
                judged = tuple(
                    Verdict(predicate, _place(subject), _place(other), status, _is_right(verdict))
                    for predicate, subject, other, status, verdict in raw["verdicts"]
                )
                yield JudgedArticle(raw["id"], raw["sha256"], judged)
            except (ValueError, KeyError, TypeError) as error:
                raise ReadError(f"{path}: line {number} holds no verdicts: {error}") from error


def _place(offsets: Sequence[int]) -> Place:
    start, end = offsets
    return int(start), int(end)


def _is_right(verdict: str) -> bool:
    if verdict not in ("right", "wrong"):
        raise ValueError(f"{verdict!r} is neither 'right' nor 'wrong'")
    return verdict == "right"


def examples(
    article: JudgedArticle,
    text: str,
    ontology: Ontology,
    network: Network,
    fitted: Mapping[str, Linear],
) -> list[JudgedExample]:
    """The statements of an article that the reader makes today and that were judged.

    Args:
        article: The article with its verdicts.
        text: Its text.
        ontology: The ontology whose rules propose.
        network: The network.
        fitted: The weights of the arbiter; what it has of verdicts is not used.
    """
    judged = {one[:4]: one.right for one in article.verdicts}
    found: list[JudgedExample] = []
    for context, one, other in _stated(article.document(text), ontology, network, fitted):
        ends = _within(context, one.subject), _within(context, other)
        relation = ontology.relations.get(one.predicate)
        right = judged.get((one.predicate, *ends, one.status))
        if right is None and relation is not None and relation.symmetric:
            right = judged.get((one.predicate, *ends[::-1], one.status))
        if right is not None:
            example = Example(verdicts.features(context, one), right)
            names = one.subject.name, other.name
            found.append(JudgedExample(verdicts.kind_of(context, one), names, example))
    return found


def of_gold(
    document: Document,
    gold: Sheet,
    ontology: Ontology,
    network: Network,
    fitted: Mapping[str, Linear],
) -> list[Example]:
    """The statements that the reader makes of a document with gold, right if gold says so.

    Args:
        document: A document that gold tells completely.
        gold: What it says.
        ontology: The ontology whose rules propose.
        network: The network.
        fitted: The weights of the arbiter; what it has of verdicts is not used.
    """
    things = by_form({id_: sorted(thing.names) for id_, thing in gold.things.items()})
    found: list[Example] = []
    for context, one, other in _stated(document, ontology, network, fitted):
        ends = [things.get(folded(m.name), set()) for m in (one.subject, other)]
        relation = ontology.relations.get(one.predicate)
        pairs = set(product(*ends))
        if relation is not None and relation.symmetric:
            pairs |= {(b, a) for a, b in pairs}
        right = any((a, one.predicate, b) in gold.relations for a, b in pairs)
        found.append(Example(verdicts.features(context, one), right))
    return found


def _stated(
    document: Document, ontology: Ontology, network: Network, fitted: Mapping[str, Linear]
) -> Iterator[tuple[ArticleContext, Statement, Mention]]:
    """What the reader states of two names before verdicts, with the object of each."""
    plain = {name: one for name, one in fitted.items() if name != "verdicts"}
    arbiter = Arbiter(ontology, network, plain)
    state = DocumentState(document, ontology, given_arbiter=arbiter)
    for stated in run_until(state, run_relate).statements:
        one, context = stated.statement, stated.context
        if one.object is not None and verdicts.kind_of(context, one):
            yield context, one, one.object


def _within(context: ArticleContext, end: Mention) -> Place:
    span = context.article.span(end.start, end.end)
    return span.start, span.end


def learn(articles: Mapping[str, Sequence[JudgedExample]], also: Sequence[Example] = ()) -> Linear:
    """The weights of what readers judged, with how often they are right.

    What a weight says of an article is compared with verdicts on articles that the weights were
    not fitted on, nor on others that tell the same.

    Args:
        articles: By the id of an article, its judged statements.
        also: More statements to fit the weights on. They say nothing of how often news is right.
    """
    scored: dict[str, list[Scored]] = defaultdict(list)
    for held_out in _folds(articles):
        others = set(articles) - held_out
        if not others:  # all tell of the same two
            break
        fitted = fit([*_all(articles, others), *also], 0, 0, CAUTION)
        for id_ in sorted(held_out):
            for kind, _, example in articles[id_]:
                one = Scored(kind, fitted.score(example.features), example.true)
                scored[kind].append(one)
    curves = {kind: points(ones) for kind, ones in sorted(scored.items()) if len(ones) >= ENOUGH}
    thresholds = {kind: threshold(curve) for kind, curve in curves.items()}
    of_all = fit([*_all(articles, set(articles)), *also], 0, 0, CAUTION)
    return replace(of_all, calibration=curves, thresholds=thresholds)


def threshold(curve: Sequence[Sequence[int]]) -> int:
    """The lowest score of what at least the share ``LEAST`` is right of.

    >>> threshold([[0, 400], [64, 900]])
    51
    """
    scores = range(curve[0][0], curve[-1][0] + 1)
    enough = (score for score in scores if between(curve, score) >= 100 * LEAST)
    return next(enough, curve[-1][0])


def _folds(articles: Mapping[str, Sequence[JudgedExample]]) -> list[set[str]]:
    """The articles in parts; what tells of the same two stands in one part."""
    graph: nx.Graph[tuple[str, ...]] = nx.Graph()
    for id_, judged in articles.items():
        graph.add_node((id_,))
        graph.add_edges_from(((id_,), (one.kind, *sorted(one.names))) for one in judged)
    groups = [
        sorted(node[0] for node in part if len(node) == 1)
        for part in nx.connected_components(graph)
    ]
    groups.sort(key=lambda ids: sha256(ids[0].encode()).digest())
    parts = [set[str]() for _ in range(FOLDS)]
    for group in groups:
        min(parts, key=len).update(group)
    return [part for part in parts if part]


def _all(articles: Mapping[str, Iterable[JudgedExample]], ids: set[str]) -> list[Example]:
    return [one.example for id_ in sorted(ids) for one in articles[id_]]
