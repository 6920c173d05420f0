"""Make the dossier of whatever has a name in a graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.base.errors import QueryError
from kg.publish.derived.whereabouts import Whereabouts
from kg.publish.dossier import parts
from kg.publish.dossier.doubts import doubts
from kg.publish.dossier.line_filter import parse_line_filter
from kg.publish.dossier.model import Dossier, Line, Table, table
from kg.publish.dossier.scope import Scope
from kg.publish.dossier.sums import SUM, YUAN, Sum, in_hundred_millions, sums, totals
from kg.publish.dossier.wording import Wording
from kg.query.table import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.base.records import Entity, Knowledge
    from kg.ontology import Ontology
    from kg.publish.dossier.line_filter import LineFilter
    from kg.query.graph import Graph


def dossier(graph: Graph, name: str, parameters: Mapping[str, str] | None = None) -> Dossier:
    """What the graph tells of a thing.

    Args:
        graph: The graph, as ``kg.open`` gives it.
        name: A name, an alias or an IRI.
        parameters: ``status``, ``since``, ``until`` and ``lang``.

    Raises:
        QueryError: If nothing is called so, several things are, or a parameter is wrong; the
            nearest names, or the things with their places and bodies, are given.
    """
    line_filter = parse_line_filter(parameters or {}, graph.ontology)
    iris = graph.entity(name)
    knowledge = graph.knowledge
    entities = {e.id: e for e in knowledge.entities if e.id in iris}
    if len(iris) > 1:
        which = _which([entities[iri] for iri in iris], knowledge, graph.ontology)
        raise QueryError(
            f"{plain(name)} names {len(iris)} things: {which}; give one by its IRI",
            zh=f"“{plain(name)}”有 {len(iris)} 个：{which}；请用 IRI 指明一个",
            near=iris,
        )
    scope = Scope(knowledge, graph.ontology, entities[iris[0]])
    return _Maker(scope, Wording(graph.ontology, line_filter.lang), line_filter).dossier()


def _which(namesakes: list[Entity], whole: Knowledge, ontology: Ontology) -> str:
    """What several things of one name are told apart by: class, place, body and IRI."""
    where, descriptions = Whereabouts(whole, ontology), []
    near = {e.id: set(where.of.get(e.id) or where.above.get(e.id) or ()) for e in namesakes}
    for post in whole.posts:
        if post.person in near and post.organisation:
            near[post.person].add(post.organisation)
    wanted = set().union(*near.values())
    names = {e.id: plain(e.name) for e in whole.entities if e.id in wanted}
    for entity in namesakes:
        others = sorted(names.get(iri, iri) for iri in near[entity.id])
        descriptions.append(
            f"{plain(entity.name)} ({', '.join([entity.type, *others])}) {entity.id}"
        )
    return "; ".join(descriptions)


class _Maker:
    """Makes the dossier of one thing."""

    def __init__(self, scope: Scope, words: Wording, line_filter: LineFilter) -> None:
        self.scope, self.words, self.line_filter = scope, words, line_filter
        self.rows, self.left_out = sums(scope, words, line_filter)

    def dossier(self) -> Dossier:
        """The parts of the form of its class, as far as they hold anything."""
        thing, words = self.scope.thing, self.words
        all_parts = [self._part(name) for name in words.form(thing.type)]
        filled_parts = [part for part in all_parts if part.rows or part.notes]
        figures = table(
            "figures", words.label("parts", "figures"), self._figures(all_parts), words.columns
        )
        tables = (*([figures] if figures.rows else []), *filled_parts)
        notes = () if tables else (words.note("empty"),)
        subtype = words.subtype(thing.type, thing.subtype) if thing.subtype else ""
        kind = " · ".join(filter(None, (words.klass(thing.type), plain(subtype))))
        name = self.scope.name(thing.id)
        return Dossier(name, kind, words.language, tuple(self._head()), tables, notes)

    def _head(self) -> Iterator[str]:
        scope, words, thing = self.scope, self.words, self.scope.thing
        if thing.aliases:
            yield words.note("names", names="、".join(map(plain, thing.aliases)))
        homes = scope.where.of.get(thing.id) or scope.where.above.get(thing.id)
        if homes:
            yield words.note("place", names=scope.names_of(sorted(homes)))
        if thing.code:
            yield words.note("code", code=thing.code)
        if thing.background:
            yield words.note("reference", source=plain(thing.background))
        if len(scope.inside) > 1:
            yield words.note("inside", n=len(scope.inside) - 1)
        if self.line_filter.status:
            yield words.note("status", value=words.status(self.line_filter.status))
        for key in ("since", "until"):
            if value := getattr(self.line_filter, key):
                yield words.note(key, value=value)
        yield thing.id

    def _part(self, name: str) -> Table:
        lines, left_out, notes = self._lines(name)
        notes += [self.words.note(why, n=n) for why, n in sorted(left_out.items())]
        labels = dict(self.words.columns)
        if name == "deals" and {row.group[1] for row in self.rows} <= {"", YUAN}:
            # Where all is yuan, the head of the column says so.
            labels["amount"] = labels.get("yuan", YUAN)
            lines = [replace(line, cells={**line.cells, "currency": ""}) for line in lines]
        return table(name, self.words.label("parts", name), lines, labels, notes)

    def _lines(self, name: str) -> tuple[list[Line], Counter[str], list[str]]:
        """The lines of a part that are wanted, how many are not, and what is to be known."""
        scope, words = self.scope, self.words
        if name == "deals":
            return [row.line for row in self.rows], self.left_out, list(self._deal_notes())
        if name == "projects":
            return *self._chosen(parts.projects(scope, words, self.rows), staged=True), []
        if name == "documents":
            lines, left_out = self._chosen(parts.documents(scope))
            shown = lines[: parts.NEWEST]
            more = words.note("newest", n=len(lines), shown=len(shown))
            return shown, left_out, [more] if len(lines) > len(shown) else []
        if name == "doubts":
            return *self._chosen(doubts(scope, words, self.rows)), []
        return *self._chosen(_FACTS[name](scope, words)), []

    def _chosen(
        self, lines: Iterable[Line], staged: bool = False
    ) -> tuple[list[Line], Counter[str]]:
        """The lines that are wanted; what reference data tells is of any time."""
        chosen, left_out = list[Line](), Counter[str]()
        for line in lines:
            if staged and not self.line_filter.stage(line):
                left_out["outside"] += 1
            elif line.quote and not self.line_filter.day(line):
                left_out["outside" if line.day else "undated"] += 1
            else:
                chosen.append(line)
        return chosen, left_out

    def _deal_notes(self) -> Iterator[str]:
        """What is to be known of the deals and their totals."""
        words, rows = self.words, self.rows
        sized = [row for row in rows if row.amount]
        if sized:
            yield words.note("totals")
            yield words.note("whole")
        if any(row.group[0] == SUM for row in sized):
            yield words.note("sum")
        if len({row.group[1] for row in sized}) > 1:
            yield words.note("currencies")
        without = len({row.deal.id for row in rows if row.amount is None})
        if without and sized:
            yield words.note("without", n=without)

    def _figures(self, all_parts: Iterable[Table]) -> Iterator[Line]:
        counts = {part.name: part for part in all_parts}
        for total in totals(self.rows):
            why = "、".join(f"{self.words.label('reasons', w)} {n}" for w, n in total.left_out)
            left = sum(n for _, n in total.left_out)
            yield self._figure(
                self.words.kind(total.kind),
                in_hundred_millions(total.value) if total.rows else "",
                self.words.unit(total.currency),
                total.rows,
                self.words.note("excluded", n=left, why=why) if left else "",
            )
        deals = len({row.deal.id for row in self.rows})
        if deals:
            yield self._count("deals", deals, self._by_status(deals_of(self.rows)))
        if "projects" in counts and counts["projects"].rows:
            yield self._count("projects", len(counts["projects"].rows), self._projects(counts))
        for part, key in _NAMED:
            kind = self.words.kind_of(key)
            if part in counts and (n := len(self._named(counts[part], kind))):
                yield self._count(key, n)
        documents = len(self._chosen(parts.documents(self.scope))[0])
        if documents:
            yield self._count("documents", documents)

    def _named(self, part: Table, kind: str) -> set[str]:
        """The things of a class that a part names, beside that which all of it is about."""
        cells = {cell for row in part.rows for cell in row if isinstance(cell, str)}
        entities = self.scope.knowledge.entities
        names = {self.scope.name(e.id) for e in entities if e.type == kind}
        return cells & names - {self.scope.name(self.scope.thing.id)}

    def _projects(self, counts: Mapping[str, Table]) -> str:
        """How many projects there are of each status, and how many have the name of another."""
        part = counts["projects"]
        names = [column.name for column in part.columns]
        alike = len(part.rows) - len({row[names.index("project")] for row in part.rows})
        notes = [self._statuses(part), self.words.note("namesakes", n=alike) if alike else ""]
        return "；".join(filter(None, notes))

    def _statuses(self, part: Table) -> str:
        at = [c.name for c in part.columns].index("status") if _has(part, "status") else -1
        return self._by_status(str(row[at]) if at >= 0 else "" for row in part.rows)

    def _by_status(self, statuses: Iterable[str]) -> str:
        """How many there are of each status, in words."""
        counts = Counter(statuses)
        if not any(counts):
            return ""
        none = self.words.note("none")
        return "、".join(f"{status or none} {n}" for status, n in counts.most_common())

    def _count(self, name: str, number: int, note: str = "") -> Line:
        label = self.words.label("figures", name)
        return self._figure(label, Decimal(number), self.words.label("units", name), 0, note)

    def _figure(self, label: str, number: Decimal | str, unit: str, rows: int, note: str) -> Line:
        counted = Decimal(rows) if rows else ""
        cells = {"figure": label, "number": number, "unit": unit, "rows": counted, "note": note}
        return Line(cells)


def deals_of(rows: Iterable[Sum]) -> Iterator[str]:
    """What the status of each deal is called, each deal once."""
    status_by_deal = {row.deal.id: str(row.line.cells["status"]) for row in rows}
    yield from status_by_deal.values()


def _has(part: Table, column: str) -> bool:
    return any(c.name == column for c in part.columns)


# Figures that count the things of a class which a part names.
_NAMED = (("posts", "people"), ("policies", "policies"))
_FACTS = {
    "posts": parts.posts,
    "policies": parts.policies,
    "partners": parts.partners,
    "places": parts.places,
    "facts": parts.facts,
    "timeline": parts.timeline,
}
