"""Cluster names that are one thing, with the reason of every pair (union-find)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from kg.base.records import Merge, Span

if TYPE_CHECKING:
    from collections.abc import Callable

Key = tuple[str, str]  # class and name
# Rules by which a text itself says that two names are of one thing.
STATED = frozenset({"name.printed", "name.defined", "name.bracketed"})


class Clusters:
    """Names that are one thing, with the reason of every union; union-find over (class, name).

    Args:
        differ: Tells two names that are never of one thing, so that no third one joins them.
    """

    def __init__(self, differ: Callable[[Key, Key], bool] = lambda one, other: False) -> None:
        self.differ = differ
        self.members: dict[Key, list[Key]] = {}
        self.parent: dict[Key, Key] = {}
        self.reasons: list[tuple[Key, Merge]] = []
        self.apart: set[frozenset[Key]] = set()

    def add(self, key: Key) -> None:
        """Make a name known."""
        if key not in self.parent:
            self.parent[key] = key
            self.members[key] = [key]

    def keep_apart(self, one: Key, other: Key) -> None:
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
        one, other = sorted((self.find(short), self.find(full)))
        if one == other or (rule not in STATED and self._differ(one, other)):
            return
        self.parent[other] = one
        self.members[one] += self.members.pop(other)
        name = short[1].partition("\x1f")[0]
        self.reasons.append((short, Merge(name, rule, reason, "", span.start, span.end)))

    def _differ(self, one: Key, other: Key) -> bool:
        """Whether any name of one thing is never one of the other."""
        pairs = product(self.members[one], self.members[other])
        return any(frozenset(pair) in self.apart or self.differ(*pair) for pair in pairs)
