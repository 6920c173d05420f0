"""What the network sees in one article: scores of names and roles, and the states behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.extract.model.network import HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.mentions.tokens import Word
    from kg.extract.model.alphabet import Hint, Numbers
    from kg.extract.model.network import Network
    from kg.extract.model.weights import Array

# A longer article (a notice of many pages) is read in stretches of so many characters, each with
# a margin on both sides as wide as the network looks, so that memory is bounded.
STRETCH = 4096


class NetworkOutput:
    """The states of an article, and what the heads of the network make of them.

    Args:
        network: The network.
        text: The article.
        words: Its words.
        hints: The mentions that the rules propose in it.

    Attributes:
        states: Shape (length, width), of 8 bits.
        hints: The number of each character's place in a proposed mention: shape (length,).
        outer, inner: Scores of each place in a name of each class: shape (length, 29).
        role: Scores of each place in a role: shape (length, 5).
    """

    def __init__(
        self, network: Network, text: str, words: Iterable[Word], hints: Iterable[Hint] = ()
    ) -> None:
        numbers = network.alphabet.read(text, words, hints)
        length, self.hints = len(text), numbers.hints.astype(np.int8)
        self.states = np.zeros((length, network.width), np.int8)
        heads: dict[str, list[Array]] = {head: [] for head in HEADS}
        for start, end, states in windows(network, numbers):
            self.states[start:end] = states
            for head, parts in heads.items():
                parts.append(network.scores(head, states).astype(np.int16))
        self.outer, self.inner, self.role = (
            np.concatenate(parts) if parts else np.zeros((0, 1), np.int16)
            for parts in heads.values()
        )


def windows(network: Network, numbers: Numbers) -> Iterator[tuple[int, int, Array]]:
    """The states of an article, stretch by stretch, in order."""
    length = len(numbers.characters)
    for start in range(0, length, STRETCH):
        end = min(length, start + STRETCH)
        first, last = max(0, start - network.reach), min(length, end + network.reach)
        piece = type(numbers)(*(field[first:last] for field in numbers))
        states = network.states(piece)
        yield start, end, states[start - first : end - first]
