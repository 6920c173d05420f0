"""Teach the network: first by texts and what rules say of them, then by gold."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from kg.model.alphabet import MASK, rows
from kg.train.net import Net, Tensor
from kg.train.samples import IGNORED, Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.model.weights import Array

SEED = 1
# Articles that are sorted by length together, so that a batch holds few blanks.
GROUP = 32
# Pre-training hides spans of one to three characters, about one in eight, and their words.
HIDDEN, LONGEST_HIDDEN = 0.065, 3
# The words of an article are hidden as a whole in so many of ten articles.
WORDLESS = 0.25


class Recipe(NamedTuple):
    """How a network is taught.

    Attributes:
        epochs: How often every article is seen.
        batch: Articles of a step.
        rate: The learning rate at its highest.
        guess: What guessing hidden characters counts; 0 to hide next to none.
        names, nested, roles, pairs: What names, names within names, roles and pairs count.
    """

    epochs: float
    batch: int
    rate: float
    guess: float
    names: float
    nested: float
    roles: float
    pairs: float


PRETRAINING = Recipe(1.5, 16, 2e-3, 1.0, 4.0, 2.0, 2.0, 0.5)
FINETUNING = Recipe(6, 8, 1e-3, 0.0, 1.0, 0.5, 0.5, 0.2)


def teach(
    net: Net,
    samples: Sequence[Sample],
    recipe: Recipe,
    told: Callable[[str], None] = lambda _: None,
) -> None:
    """Teach a network, in place.

    Args:
        net: The network.
        samples: Articles with labels.
        recipe: How.
        told: Is told how far it is.
    """
    torch.manual_seed(SEED)
    dice, began = random.Random(SEED), time.monotonic()
    sparse = [net.pair.weight, net.triple.weight]
    own = {id(weight) for weight in sparse}
    dense = [weight for weight in net.parameters() if id(weight) not in own]
    share = 1.0 if recipe.guess else 0.5
    one = torch.optim.AdamW(dense, lr=recipe.rate, weight_decay=0.01, betas=(0.9, 0.98))
    other = torch.optim.SparseAdam(sparse, lr=recipe.rate * share, betas=(0.9, 0.98))
    steps = max(1, int(recipe.epochs * len(samples) / recipe.batch))
    net.train()
    for step, batch in enumerate(_batches(samples, recipe, dice, steps)):
        rate = recipe.rate * min(1, (step + 1) / 100) * (1 - step / steps)
        for optimizer, part in ((one, 1.0), (other, share)):
            for group in optimizer.param_groups:
                group["lr"] = rate * part
        loss = _loss(net, batch, recipe, dice)
        one.zero_grad()
        other.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(dense, 1.0)
        one.step()
        other.step()  # type: ignore[no-untyped-call, unused-ignore]
        if step % 100 == 99:
            spent = time.monotonic() - began
            told(f"step {step + 1} of {steps}, loss {loss.item():.3f}, {spent:.0f} s")
    net.eval()


def _batches(
    samples: Sequence[Sample], recipe: Recipe, dice: random.Random, steps: int
) -> Iterator[list[Sample]]:
    """So many batches of articles of like length, in random order, again and again."""
    while steps > 0:
        order = list(samples)
        dice.shuffle(order)
        size = recipe.batch * GROUP
        for start in range(0, len(order), size):
            group = sorted(order[start : start + size], key=lambda s: len(s.outer))
            batches = [group[i : i + recipe.batch] for i in range(0, len(group), recipe.batch)]
            dice.shuffle(batches)
            yield from batches[:steps]
            steps -= len(batches)
            if steps <= 0:
                return


def _loss(net: Net, batch: Sequence[Sample], recipe: Recipe, dice: random.Random) -> Tensor:
    length = max(len(sample.outer) for sample in batch)
    numbers = np.zeros((len(batch), 2, length), np.int64)
    labels = np.full((3, len(batch), length), IGNORED)
    for row, sample in enumerate(batch):
        end = len(sample.outer)
        numbers[row, 0, :end] = sample.numbers.characters
        if dice.random() >= (WORDLESS if recipe.guess else 0.1):
            numbers[row, 1, :end] = sample.numbers.words
        for layer, said in enumerate((sample.outer, sample.inner, sample.role)):
            labels[layer, row, :end] = said
    hidden = _hide(numbers, recipe, np.random.default_rng(dice.getrandbits(32)))
    right = torch.from_numpy(hidden[1])
    states = net(_read(numbers))
    if not recipe.guess:
        states = functional.dropout(states, 0.1)
    weights = (recipe.names, recipe.nested, recipe.roles)
    heads = (net.outer, net.inner, net.role)
    loss = torch.zeros(())
    for head, said, weight in zip(heads, labels, weights, strict=True):
        scores = head(states).flatten(0, 1)
        loss = loss + weight * functional.cross_entropy(
            scores, torch.from_numpy(said).flatten(), ignore_index=IGNORED
        )
    if recipe.guess and len(right):
        guesses = net.guess(states[torch.from_numpy(hidden[0])])
        loss = loss + recipe.guess * functional.cross_entropy(guesses, right)
    return loss + recipe.pairs * _pairs(net, states, batch)


def _read(numbers: Array) -> Tensor:
    """All that the network reads of characters and words."""
    pairs, triples = rows(numbers[:, 0])
    return torch.from_numpy(np.stack([numbers[:, 0], numbers[:, 1], pairs, triples], 1))


def _hide(numbers: Array, recipe: Recipe, random_: np.random.Generator) -> tuple[Array, Array]:
    """Hide characters and the words around them; where, and what they were."""
    real = numbers[:, 0] > 0
    if not recipe.guess:  # a few, so that the network leans on no single one
        numbers[:, 0][(random_.random(real.shape) < 0.03) & real] = MASK
        return np.zeros_like(real), np.zeros(0, np.int64)
    starts = random_.random(real.shape) < HIDDEN
    lengths = random_.integers(1, LONGEST_HIDDEN + 1, real.shape)
    hidden = np.zeros_like(real)
    for away in range(LONGEST_HIDDEN):
        reached = starts & (lengths > away)
        hidden[:, away:] |= reached[:, : reached.shape[1] - away]
    hidden &= real
    was = numbers[:, 0][hidden]
    numbers[:, 0][hidden] = MASK
    beside = hidden.copy()
    beside[:, 1:] |= hidden[:, :-1]
    beside[:, :-1] |= hidden[:, 1:]
    numbers[:, 1][beside] = 0
    return hidden, was


def _pairs(net: Net, states: Tensor, batch: Sequence[Sample]) -> Tensor:
    losses = []
    for row, sample in enumerate(batch):
        if sample.pairs:
            scores = net.pairs(states[row, : len(sample.outer)], sample)
            said = torch.from_numpy(sample.true)
            fits = torch.from_numpy(sample.fits)
            each = functional.binary_cross_entropy_with_logits(scores, said, reduction="none")
            losses.append((each * fits).sum())
    return torch.stack(losses).sum() / len(losses) / 8 if losses else torch.zeros(())
