"""Teach the network: first by texts and what the reader says of them, then by gold.

Processes compute the gradients of a few articles each, whichever is free the next; one sums
them up and changes the network, which lies in memory that all share.
"""

from __future__ import annotations

import random
import time
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from kg.extract.model.alphabet import MASK, four_and_term_rows, pair_and_triple_rows
from kg.extract.model.tags import PLACES
from kg.run.train.network.net import Net, Tensor
from kg.run.train.network.pieces import steps
from kg.run.train.network.samples import IGNORED, Sample
from kg.run.train.network.vary import Pool, hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.queues import SimpleQueue

    from kg.extract.model.weights import Array

SEED = 1
# Pre-training hides spans of one to three characters, about one in eight, and their words.
HIDDEN, LONGEST_HIDDEN = 0.065, 3
# The words of an article are hidden as a whole in so many of ten articles.
WORDLESS = 0.25
# So are the mentions that rules propose, in pre-training and in fine-tuning: rules had a say in
# the labels of the first, which must not become a copy of them.
HINTLESS, SELDOM_HINTLESS = 0.5, 0.1
# In fine-tuning names of so many articles are swapped, of these so many names; and so many names
# of all are hidden.
SWAPPED, SWAPS, NAMELESS = 0.5, 0.6, 0.1
# So many articles are read in part, as single sentences are.
PARTS = 0.15
ENDS_OF_SENTENCES = "。！？\n"


class Recipe(NamedTuple):
    """How a network is taught.

    Attributes:
        epochs: How often every article is seen.
        rate: The learning rate at its highest.
        guess: What guessing hidden characters counts; 0 to hide next to none.
        names, nested, roles, pairs: What names, names within names, roles and pairs count.
        wrong: Pairs of things of an article that nobody relates, at most.
        masked: Characters that are hidden without being guessed.
        dropout: States that are left out.
        step: Characters after which the network changes.
        warming: Steps in which the rate goes up to its highest.
    """

    epochs: float
    rate: float
    guess: float
    names: float
    nested: float
    roles: float
    pairs: float
    wrong: int
    masked: float
    dropout: float
    step: int = 12_000
    warming: int = 100


PRETRAINING = Recipe(2, 1.5e-3, 0.5, 3.0, 1.5, 1.0, 0.5, 60, 0.0, 0.0)
FINETUNING = Recipe(6, 1e-3, 0.0, 1.0, 0.5, 0.5, 0.2, 100_000, 0.06, 0.15)
# A class of few names counts up to so much more than the one of most.
SELDOM = 3.0


class Teaching:
    """A network on its way through one recipe.

    Args:
        net: The network; it is changed in place.
        recipe: How it is taught.
        ends: The numbers of the characters that end sentences.
        workers: Processes that compute.
        progress: Is told how far it is.
        compiles: Whether the layers are compiled first, which takes a minute.
    """

    def __init__(
        self,
        net: Net,
        recipe: Recipe,
        ends: Sequence[int],
        workers: int = 2,
        progress: Callable[[str], None] = lambda _: None,
        *,
        compiles: bool = True,
    ) -> None:
        net.share_memory()  # type: ignore[no-untyped-call, unused-ignore]
        # Gradients of tables are made here alone, and right: PyTorch is not to warn of them.
        torch.sparse.check_sparse_tensor_invariants.disable()  # type: ignore[no-untyped-call, unused-ignore]
        self.net, self.recipe, self.ends = net, recipe, ends
        self.workers, self.progress, self.compiles = workers, progress, compiles
        self.pool: Pool | None = None
        self.tables = [net.pair.weight, net.triple.weight, net.four.weight, net.term.weight]
        sparse = {"pair.weight", "triple.weight", "four.weight", "term.weight"}
        named = dict(net.named_parameters())
        self.dense = [value for name, value in named.items() if name not in sparse]
        self.share = 1.0 if recipe.guess else 0.5
        rate = recipe.rate
        self.one = torch.optim.AdamW(self.dense, lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
        self.other = torch.optim.SparseAdam(self.tables, lr=rate * self.share, betas=(0.9, 0.98))
        count = sum(value.numel() for value in self.dense)
        self.grown: list[Tensor] = [torch.zeros(count) for _ in range(workers)]
        for grown in self.grown:
            grown.share_memory_()
        self.steps = 0

    def run(
        self, samples: Sequence[Sample], epochs: float, begin: float = 0.0, end: float = 1.0
    ) -> None:
        """Learn from articles.

        Args:
            samples: The articles.
            epochs: How often each is seen.
            begin: How much of the whole way is behind it, from 0 to 1.
            end: How much of it will be when this is done.
        """
        torch.set_num_threads(1)
        context = get_context("fork")  # samples are not copied
        tasks: SimpleQueue[Any] = context.SimpleQueue()
        done: SimpleQueue[Any] = context.SimpleQueue()
        shared = (samples, tasks, done)
        self.counts = _counts(samples, self.net.outer.out_features)
        self.pool = None if self.recipe.guess else Pool(samples)
        processes = [
            context.Process(target=self._compute, args=(*shared, grown), daemon=True)
            for grown in self.grown
        ]
        for process in processes:
            process.start()
        rng, began = random.Random(SEED + self.steps), time.monotonic()
        total = epochs * sum(len(sample.outer) for sample in samples)
        seen, losses, last = 0.0, list[float](), time.monotonic()
        for step in steps(samples, rng, total, self.recipe.step):
            for piece in step:
                tasks.put((piece, rng.getrandbits(32)))
            results = [done.get() for _ in step]
            self._change(results, begin + (end - begin) * seen / total)
            seen += sum(len(samples[i].outer) for piece in step for i in piece)
            losses.append(sum(loss for loss, _ in results) / len(step))
            if time.monotonic() - last > 30:
                last = time.monotonic()
                self.progress(
                    f"{seen / total:.0%}, step {self.steps}, loss {np.mean(losses):.3f}, "
                    f"{seen / (last - began):.0f} characters/s"
                )
                losses = []
        for _ in processes:
            tasks.put(None)
        for process in processes:
            process.join()
        self.net.zero_grad()  # sparse gradients cannot be shared with the processes of another
        self.net.eval()

    def _change(
        self, results: Sequence[tuple[float, list[tuple[Array, Array]]]], far: float
    ) -> None:
        """Change the network by what the processes found."""
        warm = min(1, (self.steps + 1) / self.recipe.warming)
        rate = self.recipe.rate * warm * max(0.0, 1 - far)
        total = torch.stack(self.grown).sum(0) / len(results)
        total *= min(1.0, 1.0 / (float(total.norm()) + 1e-6))
        at = 0
        for value in self.dense:
            value.grad = total[at : at + value.numel()].view_as(value)
            at += value.numel()
        for number, table in enumerate(self.tables):
            where = np.concatenate([parts[number][0] for _, parts in results])
            much = np.concatenate([parts[number][1] for _, parts in results]) / len(results)
            table.grad = torch.sparse_coo_tensor(
                torch.from_numpy(where)[None], torch.from_numpy(much), table.shape
            ).coalesce()
        for optimizer, part in ((self.one, 1.0), (self.other, self.share)):
            for group in optimizer.param_groups:
                group["lr"] = rate * part
            optimizer.step()  # type: ignore[no-untyped-call, unused-ignore]
        for grown in self.grown:
            grown.zero_()
        self.steps += 1

    def _compute(
        self,
        samples: Sequence[Sample],
        tasks: SimpleQueue[Any],
        done: SimpleQueue[Any],
        grown: Tensor,
    ) -> None:
        """What a process does: add up the gradients of one piece after the other."""
        torch.set_num_threads(1)
        self.net.train()
        # The tables give sparse gradients, which cannot be compiled; all behind them can.
        if self.compiles:
            grow: Any = torch.compile(self.net.grown, dynamic=True)
            self.net.grown = grow  # type: ignore[method-assign]
        half = torch.ops.mkldnn._is_mkldnn_bf16_supported()
        while (task := tasks.get()) is not None:
            piece, seed = task
            torch.manual_seed(seed)
            self.net.zero_grad()
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                loss = self._loss([samples[i] for i in piece], random.Random(seed))
            loss.backward()
            at = 0
            for value in self.dense:
                if value.grad is not None:
                    grown[at : at + value.numel()] += value.grad.flatten()
                at += value.numel()
            grads: list[Any] = [table.grad for table in self.tables]
            tables = [grad.coalesce() for grad in grads]
            parts = [(t.indices()[0].numpy(), t.values().numpy()) for t in tables]
            done.put((loss.item(), parts))

    def _loss(self, whole: Sequence[Sample], rng: random.Random) -> Tensor:
        net, recipe = self.net, self.recipe
        batch = [self._varied(self._in_part(sample, rng), rng) for sample in whole]
        length = max(len(sample.outer) for sample in batch)
        numbers = np.zeros((len(batch), 3, length), np.int64)
        labels = np.full((3, len(batch), length), IGNORED, np.int64)
        for row, sample in enumerate(batch):
            end = len(sample.outer)
            numbers[row, 0, :end] = sample.characters
            if rng.random() >= (WORDLESS if recipe.guess else 0.1):
                numbers[row, 1, :end] = sample.words
            if rng.random() >= (HINTLESS if recipe.guess else SELDOM_HINTLESS):
                numbers[row, 2, :end] = sample.hints
            for layer, targets in enumerate((sample.outer, sample.inner, sample.role)):
                labels[layer, row, :end] = targets
        where, was = _hide(numbers, recipe, np.random.default_rng(rng.getrandbits(32)))
        states = net(_read(numbers))
        states = functional.dropout(states, recipe.dropout)
        weights = (recipe.names, recipe.nested, recipe.roles)
        heads = (net.outer, net.inner, net.role)
        loss = torch.zeros(())
        for head, targets, weight in zip(heads, labels, weights, strict=True):
            scores = head(states).flatten(0, 1).float()
            loss = loss + weight * functional.cross_entropy(
                scores,
                torch.from_numpy(targets).flatten(),
                self.counts if head is not net.role else None,
                ignore_index=IGNORED,
            )
        if recipe.guess and len(was):
            guesses = net.guess(states[torch.from_numpy(where)]).float()
            loss = loss + recipe.guess * functional.cross_entropy(guesses, torch.from_numpy(was))
        return loss + recipe.pairs * self._pairs(states, batch, rng)

    def _varied(self, sample: Sample, rng: random.Random) -> Sample:
        """An article with other names, some of them hidden."""
        if self.pool is None:
            return sample
        if rng.random() < SWAPPED:
            sample = self.pool.swapped(sample, SWAPS, rng)
        return hidden(sample, NAMELESS, rng)

    def _in_part(self, sample: Sample, rng: random.Random) -> Sample:
        """An article, or some of its sentences."""
        if rng.random() >= PARTS:
            return sample
        ends = np.flatnonzero(np.isin(sample.characters, self.ends)) + 1
        ends = ends[(ends > 0) & (ends < len(sample.outer))]
        if len(ends) < 2:
            return sample
        first = rng.randrange(len(ends) - 1)
        last = min(len(ends) - 1, first + rng.randint(1, 3))
        return sample.cut(int(ends[first]), int(ends[last]))

    def _pairs(self, states: Tensor, batch: Sequence[Sample], rng: random.Random) -> Tensor:
        """How wrong the scores of pairs are; of those that nobody relates a few."""
        if self.recipe.wrong < FINETUNING.wrong:
            batch = [_fewer(sample, self.recipe.wrong, rng) for sample in batch]
        with_pairs = [sample for sample in batch if len(sample.rows)]
        if not with_pairs:
            return torch.zeros(())
        scores = self.net.pairs(states, batch)
        targets = torch.from_numpy(np.concatenate([sample.true for sample in with_pairs])).float()
        fits = torch.from_numpy(np.concatenate([sample.fits for sample in with_pairs]))
        each = functional.binary_cross_entropy_with_logits(scores, targets, reduction="none")
        return (each * fits).sum() / len(batch) / 8


def _counts(samples: Sequence[Sample], labels: int) -> Tensor:
    """What each label counts: those of classes that have few names more than others."""
    counts = sum(np.bincount(s.outer[s.outer > 0], minlength=labels) for s in samples)
    of_class = np.maximum(1, np.asarray(counts)[1:].reshape(-1, PLACES).sum(1))
    much = np.clip((of_class.max() / of_class) ** 0.5, 1, SELDOM)
    return torch.tensor([1.0, *np.repeat(much, PLACES)], dtype=torch.float32)


def _fewer(sample: Sample, wrong: int, rng: random.Random) -> Sample:
    """An article with all pairs of things that are related, and so many that are not."""
    mask: Array = np.any(sample.true, axis=1)
    others = np.flatnonzero(~mask & sample.fits.any(1)).tolist()
    mask[rng.sample(others, min(wrong, len(others)))] = True
    return sample.only(mask)


def _read(numbers: Array) -> Tensor:
    """All that the network reads of characters, words and hints."""
    tables = (
        *pair_and_triple_rows(numbers[:, 0]),
        *four_and_term_rows(numbers[:, 0], numbers[:, 1]),
    )
    return torch.from_numpy(np.concatenate([numbers, np.stack(tables, 1)], 1))


def _hide(numbers: Array, recipe: Recipe, random_: np.random.Generator) -> tuple[Array, Array]:
    """Hide characters and the words around them; where, and what they were."""
    real = numbers[:, 0] > 0
    if not recipe.guess:  # a few, so that the network leans on no single one
        numbers[:, 0][(random_.random(real.shape) < recipe.masked) & real] = MASK
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
