"""Make conditions of SQL of a parsed search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.publish.search.grams import phrase
from kg.publish.search.query_parser import AMOUNT, CLASS, DATE, PLACE, RELATION, STATUS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from kg.publish.search.query_parser import Filter, ParsedQuery

# The columns of words that each kind of filter has in `at`.
_MARKS = {STATUS: "s", CLASS: "c", RELATION: "r"}


@dataclass(frozen=True)
class Condition:
    """A condition, the values of its marks, and the order of its rows."""

    where: str
    values: list[Any]
    order: str = "id"


class Conditions:
    """What things, facts and documents must fulfil; None where nothing can.

    Args:
        database: The open index, which knows the numbers of places.
        query: The search.
        signed: Whether persons who but signed articles are found as well.
    """

    def __init__(self, database: sqlite3.Connection, query: ParsedQuery, signed: bool) -> None:
        self.database, self.query, self.signed = database, query, signed
        self.filters = {kind: [f for f in query.filters if f.kind == kind] for kind in _KINDS}
        self.phrases = [phrase(word) for word in query.words]

    def _at(self, kinds: Iterable[str]) -> list[str]:
        """The full-text conditions of filters that stand in the column of places and terms."""
        return [f"at : ({' OR '.join(self._marks(f))})" for k in kinds for f in self.filters[k]]

    def _marks(self, one: Filter) -> list[str]:
        if one.kind != PLACE:
            return [_MARKS[one.kind] + value.lower() for value in one.values]
        marks = ", ".join("?" * len(one.values))
        rows = self.database.execute(f"select id from things where iri in ({marks})", one.values)
        return [f"p{number}" for (number,) in sorted(rows)] or ["p0"]

    def things(self) -> Condition | None:
        """Things that are called so, of a class and of a place.

        What is only said of facts (a status, a date, an amount) leaves things out, unless words
        name them.
        """
        facts_alone = any(self.filters[k] for k in (STATUS, DATE, AMOUNT, RELATION))
        if not all(self.phrases) or (facts_alone and not self.phrases):
            return None
        parts = [f"{{names sounds}} : {one}" for one in self.phrases]
        parts += self._at((PLACE, CLASS))
        if not parts:
            return None
        return Condition(
            "id in (select rowid from thing_words where thing_words match ?)",
            [" AND ".join(parts)],
        )

    def facts(self, columns: str = "names said quote") -> Condition | None:
        """Facts that hold the words in their names or sentences, and fulfil every filter."""
        if not all(self.phrases) or not (self.phrases or self.query.filters):
            return None
        parts = [f"{{{columns}}} : {one}" for one in self.phrases]
        parts += self._at((PLACE, CLASS, RELATION))
        parts += [self._stage(f) for f in self.filters[STATUS]]
        where, values = [], []
        if parts:
            where.append("id in (select rowid from fact_words where fact_words match ?)")
            values.append(" AND ".join(parts))
        for one in self.filters[DATE]:
            where.append("first <> '' and first <= ? and last >= ?")
            values += [one.values[1] + "~", one.values[0]]
        order = "id"
        for one in self.filters[AMOUNT]:
            test, bounds = _bounds(one)
            where.append(f"exists (select 1 from sums where fact = facts.id and {test})")
            values += bounds
            order = "(select max(amount) from sums where fact = facts.id) desc, id"
        if not self.signed:
            where.append("not byline")
        return Condition(" and ".join(where), values, order)

    def _stage(self, one: Filter) -> str:
        """A fact has a status, or what it is about is called so: a ceremony of signing."""
        text = phrase(one.text)
        marks = f"at : ({' OR '.join(self._marks(one))})"
        return f"({marks} OR {{names}} : {text})" if text else marks

    def documents(self) -> Condition | None:
        """Documents that hold the words, name the places, and state such facts."""
        if not all(self.phrases) or not (self.phrases or self.query.filters):
            return None
        parts = [f"{{title text}} : {one}" for one in self.phrases]
        parts += [self._named(f) for f in self.filters[PLACE]]
        parts += [_phrase_query(f) for k in (STATUS, RELATION) for f in self.filters[k]]
        parts = [part for part in parts if part]
        where, values = [], []
        if parts:
            where.append("id in (select rowid from document_words where document_words match ?)")
            values.append(" AND ".join(parts))
        for one in self.filters[DATE]:
            where.append(
                "(date <> '' and date <= ? and date >= ? or exists (select 1 from facts where "
                "facts.document = documents.id and first <> '' and first <= ? and last >= ?))"
            )
            values += [one.values[1] + "~", one.values[0]] * 2
        for one in self.filters[AMOUNT]:
            test, bounds = _bounds(one)
            where.append(
                "exists (select 1 from facts join sums on fact = facts.id where "
                f"facts.document = documents.id and {test})"
            )
            values += bounds
        if not where:
            return None
        return Condition(" and ".join(where), values)

    def _named(self, one: Filter) -> str:
        """A document is of a place that it names, or whose name stands in it."""
        text = phrase(one.text)
        marks = f"at : ({' OR '.join(self._marks(one))})"
        return f"({marks} OR {{title text}} : {text})" if text else marks


_KINDS = (PLACE, DATE, STATUS, CLASS, RELATION, AMOUNT)


def _phrase_query(one: Filter) -> str:
    """The word of a filter, which a document is to hold."""
    text = phrase(one.text)
    return f"{{title text}} : {text}" if text else ""


def _bounds(one: Filter) -> tuple[str, list[Any]]:
    """The condition of a sum within bounds."""
    parts, values = ["currency = ?"], [one.currency]
    for sign, bound in ((">=", one.least), ("<=", one.most)):
        if bound is not None:
            parts.append(f"amount {sign} ?")
            values.append(bound)  # type: ignore[arg-type]
    return " and ".join(parts), values
