"""The network in PyTorch, in numbers that learn.

``kg.extract.model`` computes the same with integers.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from kg.base.errors import MissingExtraError
from kg.extract.model.alphabet import FEWER, ROWS
from kg.extract.model.network import OFFSETS
from kg.extract.model.pairs import TABLES, WINDOW, Pair, PairArrays, PairEnd
from kg.extract.model.tags import PLACES

try:
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError as error:  # pragma: no cover - what is installed decides
    raise MissingExtraError("training needs PyTorch: pip install 'zhengtu[train]'") from error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.model.weights import Array
    from kg.run.train.network.samples import Sample

Tensor: TypeAlias = Any  # PyTorch need not be there when types are checked
WIDTH, STEPS, CONTEXT_AT = 192, (1, 2, 4, 8, 1, 2, 4, 8, 16, 1), 3
POOLED, HIDDEN, SECOND = 64, 192, 96
ROLE_LABELS = 1 + PLACES
FINE, MOST = 16.0, 127 / 16  # states are sixteenths, and none lies further from zero
CONTEXT = 127 / 64  # the most that the mean of a text adds
SHORTEST = 300  # the mean of a shorter text is taken as that of so many characters
# Of the layers that score pairs, while they learn: with .1 they knew all they had seen by heart.
DROPPED = 0.3
LEVELS = WINDOW.bit_length()  # powers of two up to the longest stretch between two names


class Net(nn.Module):  # type: ignore[misc, unused-ignore]
    """Tables, layers that look at neighbours, heads for names and roles, and one for pairs.

    Args:
        characters: The size of the alphabet.
        tags: The number of places in words.
        classes: The number of classes of names.
        predicates: The number of predicates.
    """

    def __init__(self, characters: int, tags: int, classes: int, predicates: int) -> None:
        super().__init__()
        part = WIDTH // 3
        self.character, self.word = nn.Embedding(characters, part), nn.Embedding(tags, part)
        self.hint = nn.Embedding(1 + 2 * PLACES * classes, part)
        self.pair = nn.Embedding(ROWS, part, sparse=True)
        self.triple = nn.Embedding(ROWS, part, sparse=True)
        self.four = nn.Embedding(FEWER, part, sparse=True)
        self.term = nn.Embedding(FEWER, part, sparse=True)
        for table in (self.character, self.pair, self.triple):
            nn.init.normal_(table.weight, std=0.5)
        nn.init.normal_(self.word.weight, std=0.1)
        for table in (self.hint, self.four, self.term):
            nn.init.zeros_(table.weight)
        scale = 1 / math.sqrt(WIDTH)
        self.layers = nn.ParameterList(
            [nn.Parameter(torch.randn(WIDTH, 2 * WIDTH) * scale) for _ in STEPS]
        )
        self.biases = nn.ParameterList([nn.Parameter(torch.zeros(2 * WIDTH)) for _ in STEPS])
        self.scales = nn.ParameterList([nn.Parameter(torch.full((WIDTH,), 0.5)) for _ in STEPS])
        self.context = nn.Linear(WIDTH, WIDTH)
        nn.init.zeros_(self.context.weight)
        nn.init.zeros_(self.context.bias)
        labels = 1 + PLACES * classes
        self.outer, self.inner = nn.Linear(WIDTH, labels), nn.Linear(WIDTH, labels)
        self.role, self.guess = nn.Linear(WIDTH, ROLE_LABELS), nn.Linear(WIDTH, characters)
        self.pairs = PairHead(predicates)

    def forward(self, numbers: Tensor) -> Tensor:
        """States: from (batch, 7, length) numbers to (batch, length, width)."""
        characters, words, hints, pairs, triples, fours, terms = numbers.unbind(1)
        real = (characters != 0).unsqueeze(-1).float()
        first = self.character(characters) + self.word(words) + self.hint(hints)
        second = self.pair(pairs) + self.term(terms)
        third = self.triple(triples) + self.four(fours)
        state = torch.stack([first, second, third], -1).flatten(-2) * real
        return self.grown(state, real)

    def interpolate(self, other: Net, part: float) -> None:
        """Go a part of the way to another network, from 0 to 1."""
        with torch.no_grad():
            for own, its in zip(self.parameters(), other.parameters(), strict=True):
                own.lerp_(its, part)

    def grown(self, state: Tensor, real: Tensor) -> Tensor:
        """States from what the tables say; what can be compiled. ``real`` is 0 behind a text."""
        for i, step in enumerate(STEPS):
            seen = _neighbours(rounded(state), step) @ self.layers[i] + self.biases[i]
            value, gate = seen.chunk(2, -1)
            state = state + self.scales[i] * (
                value.clamp(-4, 4) * functional.hardsigmoid(gate) * real
            )
            if i == CONTEXT_AT:
                count = real.sum(1, keepdim=True).clamp(min=SHORTEST)
                mean = rounded(state).sum(1, keepdim=True) / count
                state = state + self.context(mean).clamp(-CONTEXT, CONTEXT) * real
        return rounded(state)


def rounded(state: Tensor) -> Tensor:
    """States as ``kg.extract.model`` has them, in whole sixteenths.

    Gradients pass as if they were not.
    """
    bound = state.float().clamp(-MOST, MOST)
    return bound + ((bound * FINE).round() / FINE - bound).detach()


def _neighbours(state: Tensor, step: int) -> Tensor:
    length, reach, part = state.shape[1], max(OFFSETS) * step, WIDTH // len(OFFSETS)
    padded = functional.pad(state, (0, 0, reach, reach))
    return torch.cat(
        [
            padded[:, reach + o * step : reach + o * step + length, i * part : (i + 1) * part]
            for i, o in enumerate(OFFSETS)
        ],
        -1,
    )


class PairHead(nn.Module):  # type: ignore[misc, unused-ignore]
    """Scores of every predicate for pairs of ends."""

    def __init__(self, predicates: int) -> None:
        super().__init__()
        self.subject = nn.Linear(2 * WIDTH, HIDDEN)
        self.object = nn.Linear(2 * WIDTH, HIDDEN, bias=False)
        self.around = nn.Linear(2 * WIDTH, HIDDEN, bias=False)
        self.between = nn.Linear(WIDTH, POOLED)
        self.pool = nn.Linear(POOLED, HIDDEN, bias=False)
        self.tables = nn.ModuleDict({name: nn.Embedding(n, HIDDEN) for name, n in TABLES.items()})
        self.hidden, self.out = nn.Linear(HIDDEN, SECOND), nn.Linear(SECOND, predicates)
        nn.init.constant_(self.out.bias, -2.0)

    def forward(self, states: Tensor, samples: Sequence[Sample]) -> Tensor:
        """A score for each pair of things and each predicate, of their best pair of ends.

        Args:
            states: Of the articles: shape (articles, length, width).
            samples: The articles. All pairs of the first come first.
        """
        flat, length = states.flatten(0, 1), states.shape[1]
        laid = [Laid(sample, i * length) for i, sample in enumerate(samples) if len(sample.rows)]
        each = {name: np.concatenate([getattr(one, name) for one in laid]) for name in Laid.NAMES}
        first, last = _long(each["starts"]), _long(each["stops"])
        both = torch.cat([flat[first], flat[last]], -1)
        before = np.cumsum([0, *(len(one.starts) for one in laid)])[:-1]
        numbers = [one.rows[:, :2] + at for one, at in zip(laid, before, strict=True)]
        i, j = _long(np.concatenate(numbers)).unbind(1)
        around = torch.cat([flat[_long(each["before"])], flat[_long(each["behind"])]], -1)
        total = self.subject(both)[i] + self.object(both)[j] + self.around(around)
        total = total + self.pool(self._largest(flat, each["left"], each["right"]))
        for name, table in self.tables.items():
            total = total + table(_long(each[name]))
        hidden = functional.dropout(rounded(functional.relu(total)), DROPPED, self.training)
        second = rounded(functional.relu(self.hidden(hidden)))
        scores = self.out(functional.dropout(second, DROPPED, self.training)).float()
        counts = np.concatenate([one.counts for one in laid])
        thing = torch.repeat_interleave(_long(counts))
        lowest = torch.full((len(counts), scores.shape[1]), -30.0)
        return lowest.scatter_reduce(0, thing[:, None].expand_as(scores), scores, "amax")

    def _largest(self, states: Tensor, left: Array, right: Array) -> Tensor:
        """The largest of what the characters between two ends say; of many, of the outer ones."""
        level = rounded(self.between(states))
        levels = [level]
        for power in range(LEVELS - 1):
            level = torch.maximum(level[: -(1 << power)], level[1 << power :])
            levels.append(functional.pad(level, (0, 0, 0, len(states) - len(level)), value=-MOST))
        nothing = torch.full((1, POOLED), -MOST)
        table = torch.cat([*levels, nothing])
        half = np.where(right - left > WINDOW, WINDOW // 2, right - left)
        powers = np.frexp(np.maximum(half, 1))[1] - 1
        size, empty = 1 << powers, len(table) - 1
        starts = (left, left + half - size, right - half, right - size)
        rows = [np.where(half > 0, powers * len(states) + start, empty) for start in starts]
        return table[_long(np.stack(rows, 1))].amax(1)


class Laid:
    """Where the ends and pairs of an article stand, in the rows of a batch of articles."""

    NAMES = ("starts", "stops", "left", "right", "before", "behind", *TABLES)

    def __init__(self, sample: Sample, at: int) -> None:
        ends = [PairEnd(start, end, kind, ("", "")) for start, end, kind in sample.ends.tolist()]
        rows = [Pair(*row) for row in sample.rows.tolist()]
        self.rows, self.counts = sample.rows, sample.counts
        layout = PairArrays(ends, rows, sample.counts.tolist(), len(sample.characters))
        self.starts, self.stops = sample.ends[:, 0] + at, sample.ends[:, 1] - 1 + at
        self.left, self.right = layout.left + at, layout.right + at
        self.before, self.behind = layout.before + at, layout.behind + at
        for name, rows in layout.tables.items():
            setattr(self, name, rows)


def _long(rows: Any) -> Tensor:
    return torch.from_numpy(np.asarray(rows, np.int64))
