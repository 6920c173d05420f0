"""The network in PyTorch, in numbers that learn; ``kg.model`` computes the same with integers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from kg.errors import MissingExtraError
from kg.model.alphabet import ROWS
from kg.model.network import OFFSETS
from kg.model.pairs import APART, DISTANCES, KINDS, NEAREST, WINDOW, Layout
from kg.model.tags import PLACES

try:
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError as error:  # pragma: no cover - what is installed decides
    raise MissingExtraError("training needs PyTorch: pip install 'zhengtu[train]'") from error

if TYPE_CHECKING:
    from kg.train.samples import Sample

Tensor: TypeAlias = Any  # PyTorch need not be there when types are checked
WIDTH, STEPS = 192, (1, 2, 4, 8, 1, 2)
POOLED, HIDDEN, SECOND = 64, 192, 96
ROLE_LABELS = 1 + PLACES
UNSEEN = -9.0  # of the largest state between two names that touch


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
        self.pair = nn.Embedding(ROWS, part, sparse=True)
        self.triple = nn.Embedding(ROWS, part, sparse=True)
        for table in (self.character, self.pair, self.triple):
            nn.init.normal_(table.weight, std=0.5)
        nn.init.normal_(self.word.weight, std=0.1)
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
        self.context_at = len(STEPS) - 3

    def forward(self, numbers: Tensor) -> Tensor:
        """States: from (batch, 4, length) numbers to (batch, length, width)."""
        characters, words, pairs, triples = numbers.unbind(1)
        real = (characters != 0).unsqueeze(-1).float()
        first = self.character(characters) + self.word(words)
        state = torch.stack([first, self.pair(pairs), self.triple(triples)], -1).flatten(-2) * real
        for i, step in enumerate(STEPS):
            value, gate = (_neighbours(state, step) @ self.layers[i] + self.biases[i]).chunk(2, -1)
            grown = value.clamp(-4, 4) * functional.hardsigmoid(gate)
            state = state + self.scales[i] * grown * real
            if i == self.context_at:
                mean = state.sum(1, keepdim=True) / real.sum(1, keepdim=True)
                state = state + torch.tanh(self.context(mean)) * real
        return state


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
        sizes = {
            "kinds": len(KINDS) ** 2,
            "distance": 2 * (len(DISTANCES) + 1),
            "apart": 2 * (APART + 1),
            "count": NEAREST + 1,
        }
        self.tables = nn.ModuleDict({name: nn.Embedding(n, HIDDEN) for name, n in sizes.items()})
        self.hidden, self.out = nn.Linear(HIDDEN, SECOND), nn.Linear(SECOND, predicates)
        nn.init.constant_(self.out.bias, -2.0)

    def forward(self, states: Tensor, sample: Sample) -> Tensor:
        """A score for each pair of entities and each predicate, of their best pair of ends."""
        near = list(sample.pairs.values())
        rows = [pair for pairs in near for pair in pairs]
        layout = Layout(sample.ends, rows, [len(pairs) for pairs in near], len(states))
        starts = torch.tensor([end.start for end in sample.ends])
        stops = torch.tensor([end.end - 1 for end in sample.ends])
        both = torch.cat([states[starts], states[stops]], -1)
        i = torch.tensor([pair.subject for pair in rows])
        j = torch.tensor([pair.object for pair in rows])
        around = torch.cat([states[_long(layout.before)], states[_long(layout.behind)]], -1)
        edge = torch.full((1, POOLED), UNSEEN)
        said = torch.cat([self.between(states), edge])[_windows(layout, len(states))].amax(1)
        total = self.subject(both)[i] + self.object(both)[j] + self.pool(said) + self.around(around)
        for name, at in layout.tables.items():
            total = total + self.tables[name](_long(at))
        first = functional.dropout(functional.relu(total), 0.1, self.training)
        second = functional.dropout(functional.relu(self.hidden(first)), 0.1, self.training)
        scores = self.out(second)
        entity = torch.repeat_interleave(torch.tensor([len(pairs) for pairs in near]))
        lowest = torch.full((len(near), scores.shape[1]), -30.0)
        return lowest.scatter_reduce(0, entity[:, None].expand_as(scores), scores, "amax")


def _long(rows: Any) -> Tensor:
    return torch.from_numpy(np.asarray(rows, np.int64))


def _windows(layout: Layout, length: int) -> Tensor:
    """For each pair the characters between its ends; of many the first and the last half."""
    widest = int(min(WINDOW, max(1, layout.between.max(initial=1))))
    found = np.full((len(layout.between), widest), length)
    for row, (left, right) in enumerate(zip(layout.left, layout.right, strict=True)):
        if right - left <= widest:
            found[row, : max(0, right - left)] = np.arange(left, right)
        else:
            half = widest // 2
            found[row, :half] = np.arange(left, left + half)
            found[row, half:] = np.arange(right - (widest - half), right)
    return torch.from_numpy(found)
