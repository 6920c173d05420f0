"""Find the articles that are one article reprinted (near duplicates).

A reprint has other headlines, bylines and page furniture, small edits or a cut tail, but the
same words; a notice of a yearly template has them too, and other figures or names. So two
articles are one where the shorter is contained in the longer, neither is a fraction of the
other, and their figures and names agree. Groups are all that such pairs join.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from kg.base.records import Source

    Hashes = NDArray[np.uint64]
    Places = NDArray[np.int64]

# IRI of a document and number of an article in it, from 0; one without articles has number 0.
Place = tuple[str, int]
Groups = tuple[tuple[Place, ...], ...]

# Measured on the invented pairs of tests/testing/graphs/reprinted.py. Reprints contain 0.91 to
# 1.00 of each other, two articles on one event 0.11, a round-up 0.44 (with shingles of 3 characters
# the same to 0.05). Templates and tables contain as much as 0.92 of each other, but differ in 0.33
# to 0.96 of their figures or 0.67 to 0.93 of their names; reprints in 0.06 and 0.15 at most.
CONTAINED = 0.7
OTHER_FIGURES = 0.2
OTHER_NAMES = 0.4
# What keeps less of a text is an excerpt: a round-up of many articles would join them all.
LEAST = 0.4
SHINGLE = 4  # characters: a changed one costs at most as many shingles
CONTEXT = 6  # characters before a figure by which it is found in another text
SKETCH = 48  # of each article the smallest hashes, by which those alike find each other
SHARED = 4  # of the hashes that have met; what is contained shares 15 or more
LIKELY = 0.45  # contained as sketches tell, which err by 0.1, before texts are compared
NEAR = 6  # articles that are compared for each hash: what keeps the work linear
CACHED = 256  # texts that are kept to be compared again
PART = 1024  # articles whose pairs are in memory at a time
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
_SIGNS = re.compile(r"[\W_]+")
# Between figures a sign parts them: the cells of a row must not run into one number.
_APART = re.compile(r"(?<=\d)[^\w.]+(?=\d)")
_LOOSE = re.compile(r"[^\w#.|]+|_|(?<!\d)\.|\.(?!\d)")


def reprints(sources: Iterable[Source], figure: re.Pattern[str]) -> Groups:
    """The articles that stand in more than one place, each with its places, all in order.

    Args:
        sources: The documents, in any order; the groups are the same for every order.
        figure: What a number is.
    """
    sources = sources if isinstance(sources, Sequence) else tuple(sources)
    sketches = sorted(_sketched(sources, figure), key=lambda one: (one.size, one.place))
    root = list(range(len(sketches)))

    @lru_cache(CACHED)
    def body(number: int) -> Body:
        sketch = sketches[number]
        return next(islice(_bodies(sources[sketch.source], figure), sketch.place[1], None))

    for one, other in _alike(sketches):
        first, second = _root(root, one), _root(root, other)
        if first != second and same(body(one), body(other)):
            root[max(first, second)] = min(first, second)
    groups: dict[int, list[Place]] = defaultdict(list)
    for number, sketch in enumerate(sketches):
        groups[_root(root, number)].append(sketch.place)
    return tuple(sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1))


def _root(root: list[int], one: int) -> int:
    while root[one] != one:
        root[one] = root[root[one]]
        one = root[one]
    return one


@dataclass(frozen=True, slots=True)
class Sketch:
    """What stays in memory of an article: how long it is, where it is found again, its hashes."""

    size: int
    place: Place
    source: int
    hashes: Hashes


def _sketched(sources: Sequence[Source], figure: re.Pattern[str]) -> Iterator[Sketch]:
    """The sketches of all articles that are long enough to be known again."""
    for number, source in enumerate(sources):
        for body in _bodies(source, figure):
            if len(body.sketch):
                yield Sketch(len(body.words), body.place, number, body.sketch)


@dataclass(frozen=True)
class Body:
    """An article as it is compared: its text as stored, and the names in it as printed."""

    place: Place
    figure: re.Pattern[str]
    text: str
    names: tuple[str, ...] = ()

    @cached_property
    def words(self) -> str:
        """The text without spaces and signs, which reprints set in their own ways."""
        return _bare(self.text)

    @property
    def hashes(self) -> Hashes:
        """The hash of every shingle, each once, in ascending order."""
        import numpy as np

        codes = np.frombuffer(self.words.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        if len(codes) < SHINGLE:
            return np.zeros(0, np.uint64)
        parts = np.lib.stride_tricks.sliding_window_view(codes.astype(np.uint64), SHINGLE)
        mixed = parts @ np.array(_MULTIPLIERS[:SHINGLE], np.uint64)
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        return np.unique(mixed ^ (mixed >> np.uint64(32)))

    @cached_property
    def sketch(self) -> Hashes:
        """The smallest hashes; none for a text that is too short to be known again."""
        return self.hashes[:SKETCH].copy()  # not a part of all of them, which would stay

    @cached_property
    def figures(self) -> dict[str, frozenset[str]]:
        """The figures that stand after the same words, by these words."""
        text = _LOOSE.sub("", _APART.sub("|", normalize("NFKC", self.text)))
        masked, end = "^", 0
        by_words: dict[str, set[str]] = defaultdict(set)
        for figure in self.figure.finditer(text):
            masked += text[end : figure.start()]
            by_words[masked[-CONTEXT:]].add(figure[0])
            masked, end = masked + "#", figure.end()
        return {words: frozenset(figures) for words, figures in by_words.items()}


def _bare(text: str) -> str:
    return _SIGNS.sub("", normalize("NFKC", text)).lower()


def _bodies(source: Source, figure: re.Pattern[str]) -> Iterator[Body]:
    """The articles of a document, each with the names that stand in it."""
    for number, spans in enumerate([a.spans for a in source.articles] or [()]):
        stretches = [(s.start, s.end) for s in spans] or [(0, len(source.text))]
        yield Body(
            (source.id, number),
            figure,
            "".join(source.text[start:end] for start, end in stretches),
            tuple(
                source.text[n.start : n.end]
                for n in source.named_places
                if any(start <= n.start < end for start, end in stretches)
            ),
        )


def _alike(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """The pairs of articles that share hashes, each once: a bounded number for each article.

    They come in the order of the longer one's number, then of the shorter one's.
    """
    for number, shared in _met(sketches):
        for other, met in shared:
            one = sketches[number]
            few = met < min(SHARED, len(one.hashes), len(sketches[other].hashes))
            if not few and _likely(sketches[other], one):
                yield other, number


def _met(sketches: Sequence[Sketch]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """For each article those before it that share a hash, and how much these hashes weigh.

    Each hash leads to the ``NEAR`` articles before that have it. They are found by sorting:
    with a table of who has which hash, 600 real articles took 36 KB each; they take 5.
    """
    import numpy as np

    sizes = np.array([len(one.hashes) for one in sketches], np.int64)
    ends = np.cumsum(sizes)
    hashes = np.concatenate([np.zeros(0, np.uint64), *(one.hashes for one in sketches)])
    order = np.argsort(hashes, kind="stable")  # of one hash the articles stay in their order
    owner = np.repeat(np.arange(len(sketches)), sizes)[order]
    places = np.arange(len(hashes))
    place = np.empty_like(places)
    place[order] = places
    begins = np.ones(len(hashes), bool)
    begins[1:] = hashes[order[1:]] != hashes[order[:-1]]
    before = places - np.maximum.accumulate(np.where(begins, places, 0))
    del hashes, order, places, begins
    for start in range(0, len(sketches), PART):
        end = min(start + PART, len(sketches))
        here = place[ends[start] - sizes[start] : ends[end - 1]]
        yield from _shared_hashes(here, before, owner)


def _shared_hashes(
    here: Places, before: Places, owner: Places
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The same for some articles: their hashes, how many have each before, and who."""
    import numpy as np

    # In a crowd of templates only the hashes that few have lead to the one reprint.
    weight = np.where(before[here] < NEAR, SHARED, 1)
    backs = [(back, before[here] >= back) for back in range(1, NEAR + 1)]
    longer = np.concatenate([owner[here[far]] for _, far in backs])
    shorter = np.concatenate([owner[here[far] - back] for back, far in backs])
    pairs, which = np.unique(longer * len(owner) + shorter, return_inverse=True)
    met = np.bincount(which, np.concatenate([weight[far] for _, far in backs]), len(pairs))
    rows = zip(*np.divmod(pairs, max(1, len(owner))), met.astype(int), strict=True)
    for number, group in groupby(rows, key=itemgetter(0)):
        yield int(number), [(int(other), int(often)) for _, other, often in group]


def _likely(one: Sketch, other: Sketch) -> bool:
    """Whether two sketches, as far down as both go, let one article be contained in the other."""
    end = min(one.hashes[-1], other.hashes[-1])
    first, second = ({*hashes[hashes <= end].tolist()} for hashes in (one.hashes, other.hashes))
    return len(first & second) >= LIKELY * min(len(first), len(second))


def same(one: Body, other: Body) -> bool:
    """Whether two articles are one, reprinted."""
    short, long = sorted((one, other), key=lambda body: len(body.words))
    return (
        len(short.words) >= LEAST * len(long.words)
        and contained(short, long) >= CONTAINED
        and other_figures(short, long) <= OTHER_FIGURES
        and other_names(short, long) <= OTHER_NAMES
    )


def contained(short: Body, long: Body) -> float:
    """The share of the shingles of one article that another one has, 0 to 1."""
    import numpy as np

    hashes = short.hashes
    common = np.intersect1d(hashes, long.hashes, assume_unique=True)
    return len(common) / max(1, len(hashes))


def other_figures(short: Body, long: Body) -> float:
    """The share of figures that are others after the same words, 0 to 1."""
    places = short.figures.keys() & long.figures.keys()
    changed = sum(short.figures[p].isdisjoint(long.figures[p]) for p in places)
    return changed / max(1, len(places))


def other_names(short: Body, long: Body) -> float:
    """The share of the names of one article, as often as they stand, that another lacks."""
    missing = sum(_bare(name) not in long.words for name in short.names)
    return missing / max(1, len(short.names))
