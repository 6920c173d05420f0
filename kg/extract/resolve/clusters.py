"""Cluster names that are one thing, with the reason of every pair (union-find)."""

from __future__ import annotations

from kg.base.records import Merge, Span

Key = tuple[str, str]  # class and name


class Clusters:
    """Names that are one thing, with the reason of every union; union-find over (class, name)."""

    def __init__(self) -> None:
        self.parent: dict[Key, Key] = {}
        self.reasons: list[tuple[Key, Merge]] = []
        self.apart: set[frozenset[Key]] = set()

    def add(self, key: Key) -> None:
        """Make a name known."""
        self.parent.setdefault(key, key)

    def part(self, one: Key, other: Key) -> None:
        """Say that two names are two things, whatever they look like."""
        self.apart.add(frozenset((one, other)))

    def find(self, key: Key) -> Key:
        """The representative of a name."""
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def root(self, key: Key) -> Key:
        """The representative of a name, which is itself where nothing is known of it."""
        return self.find(key) if key in self.parent else key

    def union(self, short: Key, full: Key, rule: str, reason: str, span: Span = Span(0, 0)) -> None:  # noqa: B008
        """Make two names one, unless they are two; the reason is kept with the shorter one."""
        if frozenset((short, full)) in self.apart:
            return
        self.add(short)
        self.add(full)
        a, b = self.find(short), self.find(full)
        if a != b:
            self.parent[max(a, b)] = min(a, b)
            self.reasons.append(
                (
                    short,
                    Merge(short[1].partition("\x1f")[0], rule, reason, "", span.start, span.end),
                )
            )
