"""Export a graph as Cypher for Neo4j, Memgraph or FalkorDB: a statement on each line.

Things and relations are merged by their IRIs: running it twice changes nothing. A statement makes
up to ``BATCH`` of them at a time, and the constraints at its head give the database an index by
which it finds the ends of relations.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.corpus.compound.deals.assemble import FIELDS
from kg.publish.formats.flat import flat, plainly, portions
from kg.query.network import files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.base.records import Attestation, Knowledge
    from kg.ontology import Ontology

    Data = dict[str, Any]
    # The label and the IRI of a thing.
    End = tuple[str, str]

# A statement of 200 facts with their quotations has about 100 kB.
BATCH = 200
AMOUNT = ("currency", "kind", "printed", "value")


def cypher(knowledge: Knowledge, ontology: Ontology) -> bytes:
    """The statements, of constraints first, then of nodes, then of what links them."""
    return ("\n".join(_Statements(knowledge, ontology).all()) + "\n").encode()


class _Statements:
    """Nodes by their label, and links by their kind and the labels of their ends."""

    def __init__(self, knowledge: Knowledge, ontology: Ontology) -> None:
        self.nodes: dict[str, list[Data]] = defaultdict(list)
        self.links: dict[tuple[str, str, str], list[Data]] = defaultdict(list)
        self.amounts: list[Data] = []
        self.types: dict[str, str] = {}
        things, between = flat(knowledge, ontology)
        for node, data in things:
            self.types[node] = data["type"]
            self.nodes[data["type"]].append({**data, "id": node})
        for source, target, _, data in between:
            ends = (self.types[source], source), (self.types[target], target)
            self._link(*ends, data["predicate"], {"data": data})
        names = files(knowledge)
        self._posts(knowledge, names)
        self._deals(knowledge, names)

    def all(self) -> Iterator[str]:
        for label in sorted(self.nodes):
            yield (
                f"CREATE CONSTRAINT {_word(f'kg_{label}_id')} IF NOT EXISTS "
                f"FOR (n:{_word(label)}) REQUIRE n.id IS UNIQUE;"
            )
        for label, rows in sorted(self.nodes.items()):
            does = f"MERGE (n:{_word(label)} {{id: row.id}}) SET n += row;"
            yield from (f"UNWIND {_list(batch)} AS row {does}" for batch in portions(rows, BATCH))
        for (one, kind, other), rows in sorted(self.links.items()):
            ends = f"MATCH (a:{_word(one)} {{id: row.a}}), (b:{_word(other)} {{id: row.b}})"
            does = f"{ends} MERGE (a)-[r:{_word(kind)}]->(b) SET r += row.data;"
            yield from (f"UNWIND {_list(batch)} AS row {does}" for batch in portions(rows, BATCH))
        properties = ", ".join(f"{_word(name)}: row.{_word(name)}" for name in AMOUNT)
        does = (
            f"MATCH (a:{_word('Deal')} {{id: row.a}}) "
            f"MERGE (a)-[:{_word('amount')}]->(:{_word('Amount')} {{{properties}}});"
        )
        for batch in portions(self.amounts, BATCH):
            yield f"UNWIND {_list(batch)} AS row {does}"

    def _link(self, one: End, other: End, kind: str, more: Data | None = None) -> None:
        row = {"a": one[1], "b": other[1], **(more or {"data": {}})}
        self.links[one[0], kind, other[0]].append(row)

    def _posts(self, knowledge: Knowledge, names: Mapping[str, str]) -> None:
        """A node of each post, linked with its person and its body."""
        for post in knowledge.posts:
            tenures = sorted({attestation.tenure for attestation in post.attestations} - {""})
            data = {
                "title": post.title,
                "tenure": "|".join(tenures),
                "term": "|".join(dict.fromkeys(t.term for t in post.attestations if t.term)),
                "doubtful": post.doubtful,
                **_first(post.attestations, names),
            }
            self.nodes["Post"].append({**plainly(data), "id": post.id})
            for kind, end in (("member", post.person), ("organization", post.organisation)):
                if end in self.types:
                    self._link(("Post", post.id), (self.types[end], end), kind)

    def _deals(self, knowledge: Knowledge, names: Mapping[str, str]) -> None:
        """A node of each deal and of each of its sums, linked with its parts."""
        for deal in knowledge.deals:
            data = {
                "days": "|".join(day.lexical for day in deal.days),
                "statuses": "|".join(deal.statuses),
                **_first(deal.attestations, names),
            }
            self.nodes["Deal"].append({**plainly(data), "id": deal.id})
            for part, field in FIELDS.items():
                for end in getattr(deal, field):
                    if end in self.types:
                        self._link(("Deal", deal.id), (self.types[end], end), part)
            for amount in deal.amounts:
                properties = {name: getattr(amount, name) for name in AMOUNT}
                properties["value"] = float(amount.value)
                self.amounts.append({"a": deal.id, **plainly(properties)})


def _first(attestations: Sequence[Attestation], names: Mapping[str, str]) -> Data:
    """Where a post or a deal is told first, and how often it is told."""
    one = attestations[0]
    where = {"quote": one.quote, "document": names.get(one.document, one.document)}
    return {**where, "start": one.start, "end": one.end, "told": len(attestations)}


def _word(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _list(rows: Sequence[Data]) -> str:
    return "[" + ", ".join(map(_map, rows)) + "]"


def _map(data: Data) -> str:
    return "{" + ", ".join(f"{_word(k)}: {_value(v)}" for k, v in sorted(data.items())) + "}"


_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return _map(value)
    if not isinstance(value, str):
        return json.dumps(value)
    # Line and paragraph separators would end a statement in some shells.
    escaped = re.sub(r"[\\'\n\r\t]", lambda m: _ESCAPES[m[0]], value)
    escaped = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", escaped)
    return f"'{escaped}'"
