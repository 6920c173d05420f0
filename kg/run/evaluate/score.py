"""Score what was extracted against gold: precision, recall and F1.

An entity is right when its class is right and one of its names is a name of the gold
entity; names are compared without regard to width, case, white space, quotation marks and
book marks. A relation is right when its predicate is right and both its ends bear a name of
the gold ends, whatever their classes. Gold that two careful readers disagreed on is marked
``optional`` and counts neither way; ``or_type`` names a second class that is right as well.
Background knowledge (no mention, no quotation) is not scored.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.base.errors import ReadError
from kg.base.records import Skipped
from kg.ontology import load
from kg.run.evaluate.corrections import SUFFIX, judge_claims
from kg.run.evaluate.gold import Gold, Link, Sheet, golds, place_of, sheets
from kg.run.evaluate.reliability import Sure
from kg.run.evaluate.tallies import ATTRIBUTES, CLASSES, RELATIONS, Scores, Tally
from kg.run.evaluate.values import same_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.ontology import Ontology
    from kg.run.reading.child import Bounds

SYMMETRIC = frozenset({"cooperatesWith"})


class _Scorer:
    """Scores one document; ``stands_for`` are the gold entities that an extracted one may be."""

    def __init__(self, gold: Sheet, predicted: Sheet) -> None:
        self.gold, self.predicted = gold, predicted
        self.tallies: defaultdict[str, Tally] = defaultdict(Tally)
        self.errors: list[str] = []
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for id_, thing in gold.things.items():
            for name in thing.names:
                owners[name].add(id_)
        self.stands_for = {
            id_: sorted({g for name in thing.names for g in owners[name]} if thing.names else ())
            for id_, thing in predicted.things.items()
        }

    def gold_things(self, *ids: str) -> list[str]:
        return [g for id_ in ids for g in self.stands_for.get(id_, ())]

    def right(self, key: str, counted: bool, *links: Link) -> None:
        self.tallies[key].tp += counted
        if counted:
            self.sure(key, True, links)

    def wrong(self, key: str, statement: str, *links: Link) -> None:
        self.tallies[key].fp += 1
        self.errors.append(f"+ {statement}")
        self.sure(key, False, links)

    def sure(self, key: str, right: bool, links: Iterable[Link]) -> None:
        """Note how sure a claim is, which may stand there either way round."""
        known = self.predicted.confidences
        if confidences := [known[link] for link in links if link in known]:
            self.tallies[key].sure.append(Sure(max(confidences), right))

    def missing(self, key: str, statement: str) -> None:
        self.tallies[key].fn += 1
        self.errors.append(f"- {statement}")

    def entities(self) -> None:
        """One to one, in order of the ids: a second entity of the same name is wrong."""
        matched: set[str] = set()
        for id_, thing in sorted(self.predicted.things.items()):
            if thing.type not in CLASSES:
                continue
            gold_ids = self.gold_things(id_)
            free = (
                g for g in gold_ids if g not in matched and self.gold.things[g].is_a(thing.type)
            )
            hit = next(free, None)
            if hit is not None:
                matched.add(hit)
                self.right(f"entity/{thing.type}", not self.gold.things[hit].optional)
            elif not self.gold.shaky(gold_ids):
                self.wrong(f"entity/{thing.type}", f"entity {thing.type} {thing.label}")
        for id_, thing in self.gold.things.items():
            if id_ not in matched and thing.type in CLASSES and not thing.optional:
                self.missing(f"entity/{thing.type}", f"entity {thing.type} {thing.label}")

    def relations(self) -> None:
        """Each gold relation once, whichever of its ends' names are given."""
        met: set[Link] = set()
        seen: set[tuple[str, frozenset[str] | tuple[str, str]]] = set()
        scored_names = {*RELATIONS, *(name for _, name, _ in self.gold.relations)}
        for subject, name, target in sorted(self.predicted.relations):
            ends = frozenset((subject, target)) if name in SYMMETRIC else (subject, target)
            if name not in scored_names or (name, ends) in seen:
                continue
            seen.add((name, ends))
            hits = self._readings(subject, name, target) & self.gold.relations
            links = [(s, name, o) for s, o in _ways(subject, name, target)]
            if hits - met:
                self.right(f"relation/{name}", bool(hits - met - self.gold.optional), *links)
                met |= hits
            elif not hits and not self.gold.shaky(self.gold_things(subject, target)):
                statement = f"relation {_relation_text(self.predicted, subject, name, target)}"
                self.wrong(f"relation/{name}", statement, *links)
        for link in sorted(self.gold.relations - met - self.gold.optional):
            if not self.gold.shaky((link[0], link[2])):
                self.missing(f"relation/{link[1]}", f"relation {_relation_text(self.gold, *link)}")

    def _readings(self, subject: str, name: str, target: str) -> set[Link]:
        links = {(s, name, o) for s in self.gold_things(subject) for o in self.gold_things(target)}
        return links | {(o, p, s) for s, p, o in links} if name in SYMMETRIC else links

    def attributes(self) -> None:
        """Each gold value once; the same value said again counts neither way."""
        left = list(self.gold.attributes)
        for id_, name, value in self.predicted.attributes:
            if name not in ATTRIBUTES:
                continue
            hit = next(self._agreeing(left, id_, name, value), None)
            if hit is not None:
                left.remove(hit)
                self.right(f"attribute/{name}", not self._spared(hit), (id_, name, value))
            elif any(True for _ in self._agreeing(self.gold.attributes, id_, name, value)):
                continue
            elif not self.gold.shaky(self.gold_things(id_)):
                label = self.predicted.things[id_].label if id_ in self.predicted.things else id_
                statement = f"attribute {label} {name} {value}"
                self.wrong(f"attribute/{name}", statement, (id_, name, value))
        for link in left:
            if not self._spared(link):
                label = self.gold.things[link[0]].label
                self.missing(f"attribute/{link[1]}", f"attribute {label} {link[1]} {link[2]}")

    def _agreeing(self, gold: Iterable[Link], id_: str, name: str, value: str) -> Iterator[Link]:
        gold_ids = self.gold_things(id_)
        return (
            g for g in gold if g[1] == name and g[0] in gold_ids and same_value(name, g[2], value)
        )

    def _spared(self, link: Link) -> bool:
        return link in self.gold.optional or self.gold.things[link[0]].optional


def _ways(subject: str, name: str, target: str) -> list[tuple[str, str]]:
    """The ends of a relation, of one without a direction either way round."""
    ways = [(subject, target), (target, subject)]
    return ways if name in SYMMETRIC else ways[:1]


def _relation_text(sheet: Sheet, subject: str, name: str, target: str) -> str:
    labels = (sheet.things[i].label if i in sheet.things else i for i in (subject, target))
    return f" {name} ".join(labels)


def score(gold: Sheet, predicted: Sheet) -> tuple[Mapping[str, Tally], list[str]]:
    """Tallies of one document, and what is missing (-) and wrong (+) in words."""
    scorer = _Scorer(gold, predicted)
    scorer.entities()
    scorer.relations()
    scorer.attributes()
    return scorer.tallies, scorer.errors


def evaluate(
    gold: Path,
    source: Path | None = None,
    ontology: Ontology | None = None,
    bounds: Bounds | None = None,
) -> Scores:
    """Measure extraction against gold, added up over its documents.

    Args:
        gold: A gold JSON file, or a folder of them; or a file of corrections (``kg review``),
            whose accepted claims must be found and whose rejected ones must not.
        source: A document, a folder with the documents that the gold files name, a built
            DIR of one document, or a folder of such, each named as its gold; by default
            the folder beside the gold's, or the gold's own.
        ontology: What is looked for; by default the one of this installation.
        bounds: What one document may take; each is read as a build reads it.

    Raises:
        ReadError: If there is no gold, or the document of one is not found.
    """
    if gold.suffix == SUFFIX:
        return score_reviewed(gold, source or gold.parent, ontology or load(), bounds)
    wanted = gold_of(gold)
    one = not gold.is_dir() and len(wanted) == 1
    return measure(wanted, source, ontology or load(), one=one, bounds=bounds)


def gold_of(path: Path) -> list[Gold]:
    """The gold of a file, or of the JSON files of a folder.

    Raises:
        ReadError: If there is none, or a file is no gold.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise ReadError(f"{path}: holds no gold; a folder of .json files is wanted")
    return [gold for file in files for gold in golds(file)]


def score_reviewed(
    gold: Path, source: Path, ontology: Ontology, bounds: Bounds | None = None
) -> Scores:
    """The scores on the claims that people accepted and rejected.

    Raises:
        ReadError: As ``kg.run.evaluate.corrections.judge_claims`` does.
    """
    rows, skipped = judge_claims(gold, source, ontology, bounds)
    scores = Scores(skipped=skipped)
    for row in rows:
        tally, errors = scores.tallies[row.key], scores.errors.setdefault(row.document, [])
        tally += Tally(
            tp=row.verdict == "accept" and row.found,
            fp=row.verdict == "reject" and row.found,
            fn=row.verdict == "accept" and not row.found,
        )
        if (row.verdict == "accept") != row.found:
            errors.append(f"{'+' if row.found else '-'} {row.statement}")
    return scores


def measure(
    wanted: Sequence[Gold],
    source: Path | None,
    ontology: Ontology,
    *,
    one: bool = False,
    bounds: Bounds | None = None,
) -> Scores:
    """The scores on some gold; ``one`` says that ``source`` is about a single document."""
    scores = Scores()
    places = [place_of(gold, source, one=one) for gold in wanted]
    read_sheets = sheets(places, ontology, bounds)
    for gold, outcome in zip(wanted, read_sheets, strict=True):
        if isinstance(outcome, Skipped):  # all that its gold names counts as missing
            scores.skipped.append(outcome)
        sheet = outcome if isinstance(outcome, Sheet) else Sheet()
        tallies, scores.errors[gold.name] = score(gold.sheet, sheet)
        for key, tally in tallies.items():
            scores.tallies[key] += tally
    return scores
