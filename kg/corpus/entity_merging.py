"""Merge what documents say of one thing into one entity.

What one document says is gathered into what others said, and what two machines gathered is
joined: in any order and grouping the same.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from kg.base.records import Entity, LocalEntity, Merge
from kg.base.spool import Sorted

KEY = "identity.key"
# What documents give that makes two things one, by the rule that says so
# (``kg.extract.resolve.identity``).
WAYS = {
    KEY: "the same name and class",
    "identity.code": "the same code",
    "identity.listed": "a name of the table of things that are known everywhere",
    "identity.name": "the same full name and class",
    "identity.place": "the same name and place",
    "identity.body": "the same name and body",
    "identity.title": "the same name and title",
    "identity.issuer": "the same title and issuer",
}

# What so many documents name is a name, though none of them alone makes sure of it.
SEVERAL = 3

# Things that are gathered at a time; the documents that follow begin with none.
MOST = 20_000


def digest(*parts: str, size: int) -> str:
    """The first hexadecimal digits of a SHA-256 over parts, none of which runs into the next.

    >>> digest("Organisation", "甲公司", size=8)
    '9883cd50'
    """
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:size]


def entity_iri(base: str, type_: str, key: str, code: str = "") -> str:
    """The IRI of a thing: its division code where it has one, else a digest of class and key."""
    return f"{base}{type_.lower()}/{code or digest(type_, key, size=16)}"


@dataclass
class EntityEvidence:
    """What documents say of one thing, before it becomes an entity.

    Documents are told one after the other, each in one place alone, so that ``documents`` can
    count them: a country stands in every fifth of millions. ``latest`` is the one told last.
    """

    type: str
    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    subtypes: Counter[str] = field(default_factory=Counter)
    merges: set[Merge] = field(default_factory=set)
    documents: int = 0
    mentions: int = 0
    code: str = ""
    ways: Counter[str] = field(default_factory=Counter)
    sure: bool = False
    latest: str = ""

    def add(self, e: LocalEntity, document: str) -> None:
        """Take in what one document says of the thing."""
        self.names[e.name] += max(1, len(e.mentions))
        self.aliases |= {e.name, *e.aliases}
        if e.subtype:
            self.subtypes[e.subtype] += 1
        self.merges |= {replace(m, document=document) for m in e.merges}
        self.documents += document != self.latest
        self.latest = document
        self.mentions += len(e.mentions)
        self.code = self.code or e.code
        self.sure = self.sure or not e.doubtful
        if e.key_rule:
            self.ways[e.key_rule] += 1

    def join(self, other: EntityEvidence) -> None:
        """Take in what other documents say of the same thing.

        >>> one = EntityEvidence("District", documents=1)
        >>> other = EntityEvidence("District", documents=2)
        >>> one.join(other)
        >>> one.documents
        3
        """
        self.names.update(other.names)
        self.aliases |= other.aliases
        self.subtypes.update(other.subtypes)
        self.merges |= other.merges
        self.documents += other.documents
        self.mentions += other.mentions
        self.code = self.code or other.code
        self.ways.update(other.ways)
        self.sure = self.sure or other.sure

    @property
    def name(self) -> str:
        """What the thing is called: its longest name, of several the most frequent.

        What everybody knows is called as it mostly is: 一带一路, 中新社.
        """
        if self.ways["identity.listed"]:
            return max(self.names, key=lambda n: (self.names[n], len(n), n))
        return max(self.names, key=lambda n: (len(n), self.names[n], n))

    def _identity(self, label: str) -> Merge:
        """Why what several documents name is one thing."""
        rule = "identity.code" if self.code else KEY
        if self.ways and not self.code:
            rule = min(self.ways, key=lambda way: (-self.ways[way], way))
        why = f"code {self.code}" if self.code else WAYS[rule]
        return Merge(label, rule, f"{self.documents} documents give {why}")

    def entity(self, iri: str) -> Entity:
        """The thing as the graph knows it."""
        label, merges = self.name, set(self.merges)
        if self.documents > 1:
            merges.add(self._identity(label))
        often = self.subtypes
        return Entity(
            id=iri,
            type=self.type,
            name=label,
            subtype=max(often, key=lambda s: (often[s], s)) if often else "",
            aliases=tuple(sorted(self.aliases - {label})),
            mentions=self.mentions,
            merges=tuple(
                sorted(merges, key=lambda m: (m.name, m.rule, m.document, m.start, m.reason))
            ),
            code=self.code,
            doubtful=not self.sure and self.documents < SEVERAL,
        )


class EntityCollector:
    """Things of any number of documents, no more than ``MOST`` of them in memory.

    ``now`` are those of the latest documents, which the next one adds to; ``next_document`` comes
    between two.
    """

    def __init__(self, folder: Path | None) -> None:
        """Begin; what leaves memory lies in the folder, without one nothing does."""
        self.now: dict[str, EntityEvidence] = {}
        self.laid = Sorted[tuple[str, EntityEvidence]](folder, key=itemgetter(0), few=MOST)
        self.in_memory = folder is None

    def next_document(self) -> None:
        """Lay aside what was gathered, if it is much."""
        if len(self.now) >= MOST and not self.in_memory:
            self._lay()

    def _lay(self) -> None:
        for pair in self.now.items():
            self.laid.add(pair)
        self.now = {}

    def whole(self) -> Iterator[tuple[str, EntityEvidence]]:
        """Each thing with all that was gathered of it, in order of the IRIs; to be asked once."""
        self._lay()
        for iri, parts in groupby(self.laid, key=itemgetter(0)):
            yield iri, _joined(part for _, part in parts)


def _joined(parts: Iterator[EntityEvidence]) -> EntityEvidence:
    whole = next(parts)
    for part in parts:
        whole.join(part)
    return whole


def collect_entity(
    gathered: dict[str, EntityEvidence], e: LocalEntity, base: str, document: str
) -> str:
    """Add what a document says of a thing to what is gathered; the IRI of the thing."""
    iri = entity_iri(base, e.type, e.key, e.code)
    gathered.setdefault(iri, EntityEvidence(e.type)).add(e, document)
    return iri
