"""Compute the states of the characters of an article, with integers throughout.

A state is a row of numbers of 8 bits that says of a character what it means where it stands.
It begins with what the tables say of the character, its place in a word and in a mention that
rules propose, its pair and its triple; each layer lets every character look at four neighbours,
further away from layer to layer, and adds what it learns. Once, the mean of the whole article
is added as well.

Matrices are multiplied in float32, where sums of products of 8-bit numbers are exact as long
as they stay below 2^24; scaling is by powers of two, and rounding to the nearest even number.
So every processor, library and batch gives the same numbers.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.model import weights as files
from kg.extract.model.alphabet import Alphabet

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.extract.model.alphabet import Numbers
    from kg.extract.model.weights import Array, Weights

    Linear = tuple[Array, Array]  # a matrix, and what is added to each column of a product

TOP = 127.0  # the largest state, and the largest weight
GATE = 128.0  # a gate that is open
OFFSETS = (-2, -1, 0, 0, 1, 2)  # where each sixth of a state looks, in steps of the layer
HEADS = ("outer", "inner", "role")
FINER = 4.0  # what is added up is four times as fine as a state
TABLE = 2.0  # what is added up is twice as fine as the tables
SCALE = 2.0**-12  # of what a layer adds: state times gate times its own scale
FINEST = 2.0**20  # all weights are whole numbers times that: columns are scaled by 2^-20 at most


def exact(left: Array, right: Array) -> Array:
    """The product of integers and of multiples of a power of two, all small, as float32."""
    product: Array = left @ right
    return product


def plain(left: Array, right: Array) -> Array:
    """The same product by integers, which no library can round; slow, for comparison."""
    integers = (right * FINEST).astype(np.int64)
    return ((left.astype(np.int64) @ integers) / FINEST).astype(np.float32)


class Network:
    """A network of certain weights.

    Args:
        weights: The weights.
        multiply: What multiplies matrices; ``plain`` to check ``exact``.
    """

    def __init__(self, weights: Weights, multiply: Callable[[Array, Array], Array] = exact) -> None:
        self.weights, self.multiply = weights, multiply
        self.alphabet = Alphabet.of(weights.about)
        self.steps: list[int] = weights.about["steps"]
        self.reach = max(OFFSETS) * sum(self.steps)  # how far a character looks, in characters
        self.context_at: int = weights.about["context_at"]
        self.width: int = weights.about["width"]
        self.layers = [self._layer(f"layer{i}") for i in range(len(self.steps))]
        self.context = self.linear("context")
        self.heads = {name: self.linear(name) for name in HEADS}

    def array(self, name: str) -> Array:
        """An array of the weights, in float32."""
        return self.weights.arrays[name].astype(np.float32)

    def linear(self, name: str) -> Linear:
        """A matrix, its columns scaled, and what is added to each column of a product."""
        shift = self.array(f"{name}.shift")
        return self.array(f"{name}.weight") * 2.0**-shift, self.array(f"{name}.bias")

    def _layer(self, name: str) -> tuple[Linear, Linear, Array]:
        """What makes values and what makes gates of a layer, and what it adds is scaled by."""
        matrix, bias = self.linear(name)
        values, gates = map(np.ascontiguousarray, np.hsplit(matrix, 2))
        of_values, of_gates = np.split(bias, 2)
        return (values, of_values), (gates, of_gates), self.array(f"{name}.scale") * SCALE

    def product(self, rows: Array, linear: Linear) -> Array:
        """The product of rows and a matrix, with what is added to it, in whole numbers."""
        matrix, bias = linear
        result = self.multiply(rows, matrix)
        result += bias
        return np.rint(result, out=result)

    def states(self, numbers: Numbers) -> Array:
        """The states of the characters: shape (length, width), integers from -127 to 127."""
        deep = self._embedded(numbers)
        for i, step in enumerate(self.steps):
            self._add_layer(deep, step, *self.layers[i])
            if i == self.context_at:
                self._add_context(deep)
        return _state(deep)

    def _embedded(self, numbers: Numbers) -> Array:
        def look_up(table: str, rows: Array) -> Array:
            # Of many rows take takes half the time of an index, or less.
            return self.weights.arrays[table].take(rows, axis=0).astype(np.int16)

        first = look_up("character", numbers.characters) + look_up("word", numbers.words)
        first += look_up("hint", numbers.hints)
        second = look_up("pair", numbers.pairs) + look_up("term", numbers.terms)
        third = look_up("triple", numbers.triples) + look_up("four", numbers.fours)
        deep = np.stack([first, second, third], axis=2).astype(np.float32)
        deep *= TABLE
        return deep.reshape(len(deep), self.width)

    def _add_layer(
        self, deep: Array, step: int, values: Linear, gates: Linear, scale: Array
    ) -> None:
        """Add to each character what a layer makes of it and its neighbours."""
        neighbours = _neighbours(_state(deep), step)
        value, gate = self.product(neighbours, values), self.product(neighbours, gates)
        np.clip(value, -TOP, TOP, out=value)
        np.clip(gate, 0, GATE, out=gate)
        value *= gate
        value *= scale
        np.rint(value, out=value)
        deep += value  # at most 504, so that a sum stays far below 2^24

    def _add_context(self, deep: Array) -> None:
        """Add to every character what the mean of the article says."""
        total = _state(deep).astype(np.int64).sum(0)
        mean = (total // max(300, len(deep))).astype(np.float32)
        deep += np.clip(self.product(mean[None], self.context), -TOP, TOP)

    def scores(self, head: str, states: Array) -> Array:
        """What a head makes of states: integers, 64 of which are one unit of log-odds."""
        return self.product(states, self.heads[head])


def _state(deep: Array) -> Array:
    state = deep * np.float32(1 / FINER)
    np.rint(state, out=state)
    np.clip(state, -TOP, TOP, out=state)
    return state


def _neighbours(state: Array, step: int) -> Array:
    """For each character a state whose sixths are those of its neighbours and of itself."""
    length, width = state.shape
    part, neighbours = width // len(OFFSETS), np.zeros_like(state)
    for i, offset in enumerate(OFFSETS):
        away, columns = offset * step, slice(i * part, (i + 1) * part)
        first = max(0, -away)
        last = max(first, length - max(0, away))
        neighbours[first:last, columns] = state[first + away : last + away, columns]
    return neighbours


@lru_cache(maxsize=2)
def network(path: Path | None = None) -> Network:
    """The network of some weights, by default the shipped ones; one for a process."""
    return Network(files.load(path))
