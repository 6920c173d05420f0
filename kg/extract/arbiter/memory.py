"""Remember which words were names in texts that were read before.

For some thousand names a table tells in how many of the articles that hold its words they name
something, and of which class: 证券法 is nearly always a policy, 财富 seldom a firm. It is made
from the gold that the network learns from, and says nothing of the gold that the arbiter is
fitted on. The words are kept as hashes: nobody can read the names of people out of the table.
"""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.errors import ModelError
from kg.extract.mentions.mention import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHIPPED = Path(__file__).with_name("memory.json")
DIGITS = 10  # of a hash: among 17,000 names none of a million others is expected to share one
# Articles that hold the words, and the share of them in which they are a name of a class, between
# which the table tells apart.
OFTEN, SHARES = (3, 8), (0.1, 0.25, 0.5, 0.75)
NEVER = "-"


def key(name: str) -> str:
    """What the table keeps of a name.

    >>> key("《证券法》") == key("证券法"), len(key("证券法"))
    (True, 10)
    """
    return sha256(folded(name).encode()).hexdigest()[:DIGITS]


def row(by_class: Mapping[str, int], articles: int, classes: Sequence[str]) -> str:
    """What the table says of a name: how often it is there, its class, and the share of each.

    Args:
        by_class: In how many articles it is a name of each class.
        articles: How many hold its words.
        classes: The classes, in the order of their numbers.

    >>> row({"Policy": 13, "System": 1}, 16, ["Organisation", "Policy", "System"])
    '21-40'
    """
    best = max(range(len(classes)), key=lambda i: (by_class.get(classes[i], 0), -i))
    all_ = max(articles, sum(by_class.values()))
    shares = [_bucket(by_class[k] / all_, SHARES) if by_class.get(k) else NEVER for k in classes]
    return "".join([_bucket(all_, OFTEN), str(best), *shares])


def _bucket(value: float, edges: Sequence[float]) -> str:
    return str(sum(value >= edge for edge in edges))


class Memory:
    """The table.

    Args:
        rows: What it says of each name, by its hash, as ``row`` has it.
    """

    def __init__(self, rows: Mapping[str, str]) -> None:
        self.rows = rows
        self.entries: dict[str, str] = {}

    def features(self, name: str, number: int, kind: str, net: str) -> tuple[str, ...]:
        """What it says of a stretch as a name of a class; nothing of words that it has not.

        Args:
            name: The words of the stretch.
            number: The number of the class.
            kind: Its name.
            net: Whether the network would choose the stretch by itself.

        >>> Memory({key("证券法"): "21-40"}).features("证券法", 1, "Policy", "no")
        ('known 4 2', 'Policy known 4 2', 'known 4 2 net no', 'Policy known 4 best')
        """
        entry = self.entries.get(name)
        if entry is None:
            entry = self.entries[name] = self.rows.get(key(name), "")
        if not entry:
            return ()
        often, best, share = entry[0], entry[1] == str(number), entry[2 + number]
        feature = f"known {share} {often}"
        first = "best" if best else "other"
        return feature, f"{kind} {feature}", f"{feature} net {net}", f"{kind} known {share} {first}"


@lru_cache(maxsize=2)
def load(path: Path = SHIPPED) -> Memory:
    """The table of this installation.

    Raises:
        ModelError: If the file is missing or no such table.
    """
    try:
        return Memory(dict(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{path}: holds no table of names ({error}); install kg again") from error


def write(path: Path, rows: Mapping[str, str]) -> None:
    """Write a table, a line each, in order."""
    text = json.dumps(dict(sorted(rows.items())), indent=0)
    path.write_text(text + "\n", encoding="utf-8")
