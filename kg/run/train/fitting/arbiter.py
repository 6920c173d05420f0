"""Fit the arbiter on gold: which proposals for names are right, and then which claims.

The network must not have been trained on this gold, or its scores look surer than they are.
For the same reason the names of one half of it are decided with weights from the other half
when claims are looked at, and so are claims when it is looked at how sure they may be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.arbiter.arbiter import Arbiter
from kg.extract.arbiter.claims import AMOUNT, DAY, ROLE
from kg.extract.arbiter.linear import Linear
from kg.extract.mentions.mention import folded
from kg.extract.stations import STATIONS, DocumentState
from kg.run.evaluate.values import same_value
from kg.run.train.fitting.calibration import Scored, calibrated, scored
from kg.run.train.fitting.logistic import CAUTION, Example, Regularisation, fit
from kg.run.train.spans import GoldSpans, by_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.base.records import Document
    from kg.extract.arbiter.claims import Claim, Claims
    from kg.extract.arbiter.mentions import Proposals
    from kg.extract.arbiter.proposals import Decision
    from kg.extract.claims.context import Statement
    from kg.extract.mentions.article_draft import ArticleDraft
    from kg.extract.mentions.mention import Mention
    from kg.extract.model.network import Network
    from kg.extract.model.network_output import NetworkOutput
    from kg.ontology import Ontology
    from kg.run.evaluate.gold import Sheet

# Log-odds from which a name stands, from which it stands if something is claimed of it, and from
# which a claim stands. Below even odds a claim still adds more to recall than it takes from
# precision; at -0.3 three in four relations and nine in ten attributes are right. F1 of relations
# differs by less than .002 between -0.25 and -0.55. Names doubtful down to -1.4 would add twice as
# many wrong relations as right ones.
STANDS, DOUBTFUL, CLAIMED = 0.0, -0.7, -0.3
# From which a name is joined with another: it must be right in 19 of 20, as merges are seldom seen.
JOINED, ALIKE = 1.0, -0.5
# Of claims there are a quarter as many examples as of names. Of penalties of 2.5, 5, 10 and 20 this
# one lost least on articles that the weights were not fitted on.
OF_CLAIMS = Regularisation(rare=3, penalty=10.0)
NOTHING = Linear({}, -1, 0, 0)  # accepts nothing


@dataclass(frozen=True)
class Lesson:
    """A document with its gold, and how many times it counts.

    Of one that the rules know ``by_heart``, since they were written with it, more is right than
    of others: it does not say how sure claims are.
    """

    document: Document
    gold: Sheet
    times: int = 1
    by_heart: bool = False


class Learner(Arbiter):
    """Decides like the arbiter, and notes of every proposal whether gold says so."""

    def __init__(
        self, ontology: Ontology, network: Network, fitted: Mapping[str, Linear], gold: Sheet
    ) -> None:
        super().__init__(ontology, network, fitted)
        self.gold = gold
        self.names = {id_: sorted(thing.names) for id_, thing in gold.things.items()}
        self.things_by_name = by_form(self.names)
        self.of_name: list[Example] = []
        self.of_claim: list[Example] = []

    def proposals(
        self, draft: ArticleDraft, standing: Sequence[Mention], output: NetworkOutput
    ) -> Proposals:
        """As the arbiter has them; each becomes an example."""
        proposals = super().proposals(draft, standing, output)
        stand = GoldSpans(draft.text, self.names, draft.words.words)
        right = {(s.start, s.end): s.id for s in stand.nearest()}
        open_ = {(s.start, s.end) for s in stand.inner if s.id in stand.outer_ids}
        for one in proposals.all:
            thing = self.gold.things.get(right.get(one[:2], ""))
            if (thing is not None and thing.optional) or (thing is None and one[:2] in open_):
                continue
            true = thing is not None and thing.is_a(self.classes[one.number])
            self.of_name.append(Example(proposals.features(one), true))
        return proposals

    def claims(self, claims: Claims) -> tuple[list[Statement], list[Decision]]:
        """As the arbiter does; each proposal becomes an example."""
        for one in claims.proposed:
            if (true := self.says(one.claim)) is not None:
                self.of_claim.append(Example(one.features, true))
        return super().claims(claims)

    def says(self, claim: Claim) -> bool | None:
        """Whether gold says so, whichever of the things of these names is meant; None: unknown.

        As in evaluation, what is not said of optional things is not wrong, nor is a role of which
        gold has a part.
        """
        subjects = self.things_by_name.get(folded(claim.subject[1]), set())
        sort, value = claim.object
        if sort in self.classes:
            return self._relates(claim, subjects, self.things_by_name.get(folded(value), set()))
        of_gold = [
            v
            for id_, name, v in self.gold.attributes
            if (name, id_ in subjects) == (claim.predicate, True)
        ]
        if any(same(sort, one, value) for one in of_gold):
            return True
        in_part = sort == ROLE and any(same_value(ROLE, one, value) for one in of_gold)
        return None if in_part or self.gold.shaky(subjects) else False

    def _relates(self, claim: Claim, subjects: set[str], objects: set[str]) -> bool | None:
        relation = self.ontology.relations.get(claim.predicate)
        pairs = {(s, o) for s in subjects for o in objects}
        if relation is not None and relation.symmetric:
            pairs |= {(o, s) for s, o in pairs}
        if any((s, claim.predicate, o) in self.gold.relations for s, o in pairs):
            return True
        return None if self.gold.shaky(subjects | objects) else False


def same(sort: str, one: str, other: str) -> bool:
    """Whether two values of a sort are one; a date may lack its year.

    >>> same(DAY, "2024-03-05", "--03-05"), same(AMOUNT, "3000", "3000.0")
    (True, True)
    """
    if sort == DAY:
        a, b = one.replace("--", ""), other.replace("--", "")
        return a == b or a.endswith(f"-{b}") or b.endswith(f"-{a}")
    if sort != AMOUNT:
        return folded(one) == folded(other)
    try:
        return abs(float(one) - float(other)) <= 1e-6 * max(1.0, abs(float(one)))
    except ValueError:
        return one == other


def learn(
    lessons: Sequence[Lesson],
    aliases: Sequence[Example],
    ontology: Ontology,
    network: Network,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Linear]:
    """The weights of the arbiter, for ``kg.extract.arbiter.linear.write``.

    Args:
        lessons: Documents with gold that the network was not trained on.
        aliases: Pairs of names of gold, as ``kg.run.train.fitting.links`` makes them.
        ontology: The ontology whose rules propose.
        network: The network.
        progress: Is told how far it is.
    """
    links = fit(aliases, JOINED, ALIKE)
    unfitted = {"mentions": NOTHING, "claims": NOTHING, "links": links}
    names = [
        _attend(lesson, ontology, network, unfitted).of_name * lesson.times for lesson in lessons
    ]
    progress(f"{sum(map(len, names))} proposals for names in {len(names)} documents")
    halves = [{**unfitted, "mentions": half} for half in _halves(names, STANDS, DOUBTFUL)]
    claims = [
        _attend(lesson, ontology, network, fitted).of_claim * lesson.times
        for lesson, fitted in _crossed(lessons, halves)
    ]
    right = sum(one.true for one in _all(claims))
    progress(f"{len(_all(claims))} proposals for claims, {right} of them right")
    of_claims = _halves(claims, CLAIMED, CLAIMED, OF_CLAIMS)
    halves = [{**half, "claims": one} for half, one in zip(halves, of_claims, strict=True)]
    accepted: list[Scored] = []
    for lesson, fitted in _crossed(lessons, halves):
        if not lesson.by_heart:
            claim_scores = scored(lesson.document, lesson.gold, ontology, network, fitted)
            accepted += claim_scores * lesson.times
    progress(
        f"{len(accepted)} claims of graphs, {sum(one.right for one in accepted)} of them right"
    )
    of_all = fit(_all(claims), CLAIMED, CLAIMED, OF_CLAIMS)
    return {
        "mentions": fit(_all(names), STANDS, DOUBTFUL),
        "claims": replace(of_all, calibration=calibrated(accepted)),
        "links": links,
    }


def _halves(
    groups: Sequence[Sequence[Example]],
    threshold: float,
    doubtful: float,
    caution: Regularisation = CAUTION,
) -> list[Linear]:
    """Weights of each half of the documents, the even ones first."""
    return [fit(_all(groups[half::2]), threshold, doubtful, caution) for half in (0, 1)]


def _crossed(
    lessons: Sequence[Lesson], halves: Sequence[Mapping[str, Linear]]
) -> Iterator[tuple[Lesson, Mapping[str, Linear]]]:
    """Each document with the weights of the half that it is not in."""
    for number, lesson in enumerate(lessons):
        yield lesson, halves[1 - number % 2]


def _all(groups: Iterable[Iterable[Example]]) -> list[Example]:
    return [one for group in groups for one in group]


def _attend(
    lesson: Lesson, ontology: Ontology, network: Network, fitted: Mapping[str, Linear]
) -> Learner:
    learner = Learner(ontology, network, fitted, lesson.gold)
    state = DocumentState(lesson.document, ontology, given_arbiter=learner)
    for station in STATIONS[:-1]:
        state = station(state)
    return learner
