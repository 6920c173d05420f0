"""What documents say of one thing in, the entity that they make of it out.

What one document says is gathered into what others said, and what two machines gathered is
joined: in any order and grouping the same.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace

from kg.records import Entity, LocalEntity, Merge


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
class Gathered:
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

    def join(self, other: Gathered) -> None:
        """Take in what other documents say of the same thing.

        >>> one, other = Gathered("District", documents=1), Gathered("District", documents=2)
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

    @property
    def name(self) -> str:
        """What the thing is called: its longest name, of several the most frequent."""
        return max(self.names, key=lambda n: (len(n), self.names[n], n))

    def entity(self, iri: str) -> Entity:
        """The thing as the graph knows it."""
        label, merges = self.name, set(self.merges)
        if self.documents > 1:
            why = f"code {self.code}" if self.code else "the same name and class"
            reason = f"{self.documents} documents give {why}"
            merges.add(Merge(label, "identity.key", reason))
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
        )


def gather(gathered: dict[str, Gathered], e: LocalEntity, base: str, document: str) -> str:
    """Add what a document says of a thing to what is gathered; the IRI of the thing."""
    iri = entity_iri(base, e.type, e.key, e.code)
    gathered.setdefault(iri, Gathered(e.type)).add(e, document)
    return iri
