"""Search a graph: things, facts, documents and questions, with snippets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from kg.publish.search.conditions import Condition, Conditions
from kg.publish.search.grams import fold, words
from kg.publish.search.query_parser import CLASS, PLACE, ParsedQuery, QueryParser
from kg.publish.search.snippets import snippet
from kg.publish.search.tables import index_note
from kg.store.rdf.rows import speakable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from kg.ontology import Ontology

LIMIT = 10  # of each kind, unless more is asked for
MOST = 200
QUOTE = 160  # code points of a sentence that are shown
NEAR = 5  # names that are proposed where nothing is found
LONGEST = 200  # code points of a search that are read
_FACT = (
    "id, kind, iri, subject, predicate, object, value, parts, sums, status, first, document, "
    "start, end, quote, confidence"
)
Answer = dict[str, Any]  # as the page has it
_THING = "id, iri, type, subtype, name, aliases, mentions, doubtful, byline, beside, first"


@dataclass(frozen=True)
class SearchRequest:
    """A search: what is typed, how many of each kind, and whether those who signed are shown.

    ``only`` are the kinds that are wanted, by default all.
    """

    typed: str
    limit: int = LIMIT
    signed: bool = False
    only: tuple[str, ...] = ("things", "deals", "facts", "documents", "questions")


class Finder:
    """Searches a graph by its index.

    Args:
        database: The open index.
        ontology: Its words, labels and questions.
        text: The text of a document, by its IRI.
    """

    def __init__(
        self, database: sqlite3.Connection, ontology: Ontology, text: Callable[[str], str | None]
    ) -> None:
        self.database, self.ontology, self.text = database, ontology, text
        self.reader = QueryParser(ontology, self._places)
        self.partial = index_note(database, "partial") == "names"

    def find(self, request: SearchRequest) -> dict[str, Any]:
        """All that is found, as plain data.

        Returns:
            ``understood`` (each filter with its word, kind, label and the search without it),
            ``words``, and of each kind ``count`` and ``rows``; ``near``, names that look like
            what nothing is called; ``less``, how much there is without one of the filters.
        """
        typed = speakable(request.typed[:LONGEST])
        query = self.reader.read(typed)
        conditions = Conditions(self.database, query, request.signed)
        searches = {
            "things": self._things,
            "deals": self._deals,
            "facts": self._facts,
            "documents": self._documents,
        }
        answer: dict[str, Any] = {
            "typed": typed,
            "understood": [self._understood(query, one) for one in query.filters],
            "words": list(query.words),
            "partial": self.partial,
        }
        for name, search in searches.items():
            if name in request.only:
                answer[name] = search(query, conditions, request)
        if "questions" in request.only:
            answer["questions"] = self._questions(query)
        nothing = not any(answer[name]["count"] for name in searches if name in answer)
        answer["near"] = self._near(query) if nothing and query.words else []
        answer["less"] = self._less(query, request) if nothing and len(query.parts) > 1 else []
        return answer

    def _understood(self, query: ParsedQuery, one: Any) -> dict[str, Any]:
        return {
            "text": one.text,
            "kind": one.kind,
            "label": one.label,
            "without": query.without(one),
            "plain": query.plainly(one),
        }

    def _places(self, names: Sequence[str]) -> list[tuple[str, str]]:
        """The places that are called by the first of some names that any is called by."""
        kinds = [c.name for c in self.ontology.classes.values() if c.identified_by == "place"]
        marks = ", ".join("?" * len(kinds))
        for part in (names[:1], names[1:]):
            ends = ", ".join("?" * len(part))
            rows = self.database.execute(
                f"select iri, name from names join things on id = thing where fold in ({ends}) "
                f"and type in ({marks}) order by id limit 20",
                [*part, *kinds],
            ).fetchall()
            if rows:
                return rows
        return []

    # Things

    def _things(self, query: ParsedQuery, conditions: Conditions, request: SearchRequest) -> Answer:
        condition = conditions.things()
        if condition is None:
            return {"count": 0, "hidden": 0, "rows": []}
        count, hidden = self.database.execute(
            f"select count(*), coalesce(sum(byline), 0) from things where {condition.where}",
            condition.values,
        ).fetchone()
        shown = "" if request.signed else " and not byline"
        best = self._best(query, condition, shown, request.limit)
        rest = self.database.execute(
            f"select {_THING} from things where {condition.where}{shown} order by id limit ?",
            [*condition.values, request.limit],
        )
        rows = list({row[0]: row for row in (*best, *rest)}.values())[: request.limit]
        return {
            "count": count - (0 if request.signed else hidden),
            "hidden": 0 if request.signed else hidden,
            "rows": [self._thing(row, query) for row in rows],
        }

    def _best(self, query: ParsedQuery, condition: Condition, shown: str, limit: int) -> list[Any]:
        """The things whose whole name is what is looked for, then those whose name begins so."""
        if not query.words:
            return self._centre(query)
        key = fold("".join(query.words))
        rows: list[Any] = []
        for test, values in (
            ("fold = ?", [key]),
            ("fold >= ? and fold < ?", [key, key + "\U0010ffff"]),
        ):
            rows += self.database.execute(
                f"select distinct {_THING} from names join things on id = thing "
                f"where {test} and {condition.where}{shown} order by id limit ?",
                [*values, *condition.values, limit],
            ).fetchall()
        return rows

    def _centre(self, query: ParsedQuery) -> list[Any]:
        """The places that a search without words is about."""
        iris = [iri for one in query.filters if one.kind == PLACE for iri in one.values]
        kinds = [one for one in query.filters if one.kind == CLASS]
        if not iris or kinds:
            return []
        marks = ", ".join("?" * len(iris))
        return self.database.execute(
            f"select {_THING} from things where iri in ({marks}) order by id", iris
        ).fetchall()

    def _thing(self, row: Sequence[Any], query: ParsedQuery) -> dict[str, Any]:
        """A thing as a list shows it: the name that fits, and what tells it from others."""
        _, iri, kind, subtype, name, aliases, mentions, doubtful, byline, beside, first = row
        key = [fold(word) for word in query.words]
        others = json.loads(aliases)
        fits = [one for one in others if key and all(word in fold(one) for word in key)]
        own = all(word in fold(name) for word in key)
        return {
            "iri": iri,
            "name": name,
            "type": kind,
            "subtype": subtype,
            "alias": "" if own or not fits else fits[0],
            "mentions": mentions,
            "doubtful": bool(doubtful),
            "byline": bool(byline),
            "beside": json.loads(beside),
            "first": self._document(first),
        }

    def _document(self, number: int | None) -> dict[str, str] | None:
        row = self.database.execute(
            "select name, title, date from documents where id = ?", [number]
        ).fetchone()
        return dict(zip(("document", "title", "date"), row, strict=True)) if row else None

    # Facts

    def _facts(self, query: ParsedQuery, conditions: Conditions, request: SearchRequest) -> Answer:
        return self._rows_of_kind("claim", query, conditions, request)

    def _deals(self, query: ParsedQuery, conditions: Conditions, request: SearchRequest) -> Answer:
        return self._rows_of_kind("deal", query, conditions, request)

    def _rows_of_kind(
        self, kind: str, query: ParsedQuery, conditions: Conditions, request: SearchRequest
    ) -> dict[str, Any]:
        condition = conditions.facts()
        if condition is None:
            return {"count": 0, "rows": []}
        where, values = f"kind = '{kind}' and {condition.where}", condition.values
        (count,) = self.database.execute(
            f"select count(*) from facts where {where}", values
        ).fetchone()
        # What names a word comes before what has it somewhere in its sentence.
        named = conditions.facts("names said") if query.words else None
        rows: dict[int, Any] = {}
        for one in filter(None, (named, condition)):
            cursor = self.database.execute(
                f"select {_FACT} from facts where kind = '{kind}' and {one.where} "
                f"order by {one.order} limit ?",
                [*one.values, request.limit],
            )
            rows |= {row[0]: row for row in cursor.fetchall() if row[0] not in rows}
        shown = list(rows.values())[: request.limit]
        return {"count": count, "rows": [self._fact(row, query) for row in shown]}

    def _fact(self, row: Sequence[Any], query: ParsedQuery) -> dict[str, Any]:
        (_, kind, iri, subject, predicate, target, value, parts, sums, status, first) = row[:11]
        document, start, end, quote, confidence = row[11:]
        source = self._document(document) or {"document": "", "title": "", "date": ""}
        looked_for = [*query.words, *(one.text for one in query.filters)]
        return {
            "kind": kind,
            "iri": iri,
            "subject": self._named(subject),
            "predicate": predicate or "",
            "object": self._named(target),
            "value": value,
            "parts": [self._named(part) for part in json.loads(parts)],
            "sums": json.loads(sums),
            "statuses": status.split("|") if status else [],
            **source,
            "written": source["date"],
            "date": first,
            "start": start,
            "end": end,
            "quote": snippet(quote, looked_for, QUOTE)[0] if quote else [],
            "confidence": confidence,
        }

    def _named(self, number: int | None) -> dict[str, str] | None:
        if number is None:
            return None
        row = self.database.execute(
            "select iri, name, type from things where id = ?", [number]
        ).fetchone()
        return dict(zip(("iri", "name", "type"), row, strict=True)) if row else None

    # Documents

    def _documents(
        self, query: ParsedQuery, conditions: Conditions, request: SearchRequest
    ) -> Answer:
        condition = conditions.documents()
        if condition is None:
            return {"count": 0, "rows": []}
        where, values = condition.where, condition.values
        (count,) = self.database.execute(
            f"select count(*) from documents where {where}", values
        ).fetchone()
        rows = self.database.execute(
            f"select iri, name, title, publisher, date from documents where {where} "
            f"order by {condition.order} limit ?",
            [*values, request.limit],
        )
        return {"count": count, "rows": [self._document_row(row, query) for row in rows.fetchall()]}

    def _document_row(self, row: Sequence[str], query: ParsedQuery) -> dict[str, Any]:
        iri, name, title, publisher, date = row
        text = self.text(iri) or ""
        shown, start, end = snippet(text, [*query.words, *(one.text for one in query.filters)])
        return {
            "document": name,
            "title": title,
            "publisher": publisher,
            "date": date,
            "start": start,
            "end": end,
            "text": shown,
        }

    # Questions, and what to do where nothing is found

    def _questions(self, query: ParsedQuery) -> list[dict[str, Any]]:
        """The named questions whose label or comment holds the words."""
        keys = [fold(word) for word in (*query.words, *(one.text for one in query.filters))]
        ranked = []
        for question in self.ontology.questions.values():
            labels, comments = (
                fold(" ".join(texts.values())) for texts in (question.label, question.comment)
            )
            rank = 0 if any(key in labels for key in keys) else 1
            if keys and all(key in f"{labels} {comments} {question.name}" for key in keys):
                ranked.append((rank, question.name, question.label, question.comment))
        ranked.sort(key=lambda one: one[0])
        return [{"name": n, "label": label, "comment": comment} for _, n, label, comment in ranked]

    def _near(self, query: ParsedQuery) -> list[str]:
        """Names that look like what nothing is called."""
        wanted = fold("".join(query.words))
        grams = [gram for gram in words(wanted).split(" ") if gram]
        if not grams:
            return []
        rows = self.database.execute(
            "select name from things where id in (select rowid from thing_words where "
            "thing_words match ? order by rank limit 200) and not byline order by id",
            [" OR ".join(f'"{gram}"' for gram in grams)],
        )
        graded = {
            name: SequenceMatcher(None, wanted, fold(name)).ratio() for (name,) in rows.fetchall()
        }
        close = sorted(graded, key=lambda name: -graded[name])
        return [name for name in close if graded[name] >= 0.5][:NEAR]

    def _less(self, query: ParsedQuery, request: SearchRequest) -> list[dict[str, Any]]:
        """What there is without one of the words or filters, where all of them find nothing."""
        fewer = []
        for part in query.parts:
            rest = " ".join(
                p if isinstance(p, str) else p.text for p in query.parts if p is not part
            )
            conditions = Conditions(self.database, self.reader.read(rest), request.signed)
            count = sum(self._count(name, conditions) for name in ("things", "facts", "documents"))
            text = part if isinstance(part, str) else part.text
            if count:
                fewer.append({"text": text, "without": rest, "count": count})
        return fewer

    def _count(self, table: str, conditions: Conditions) -> int:
        condition = getattr(conditions, table)()
        if condition is None:
            return 0
        (count,) = self.database.execute(
            f"select count(*) from {table} where {condition.where}", condition.values
        ).fetchone()
        return int(count)
