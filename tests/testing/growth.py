"""How the cost of something grows, as a ratio of processor time in one run."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from time import process_time, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TIMES = 4
# Even growth gives about TIMES, quadratic growth TIMES squared.
MOST = TIMES * 2.5
# Below this a measurement is chance.
LEAST = 0.02


def grows_evenly(work: Callable[[int], object], size: int) -> bool:
    """Whether ``TIMES`` as much takes about so much longer, and not its square.

    Args:
        work: Does something of a given size.
        size: The larger of the two sizes that are tried.
    """
    work(1)  # what is loaded at the first call counts for neither
    with by_itself():
        return _grows_evenly(work, size)


@contextmanager
def by_itself() -> Iterator[None]:
    """The collector neither walks nor counts what the tests before have left behind."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _grows_evenly(work: Callable[[int], object], size: int) -> bool:
    small = min(_cost(work, size // TIMES) for _ in range(2))
    # Another's burst of work makes some runs dear, but not those after a while as well.
    for waited in range(6):
        sleep(waited / 2)
        if _cost(work, size) < MOST * max(small, LEAST):
            return True
    return False


def _cost(work: Callable[[int], object], size: int) -> float:
    began = process_time()
    work(size)
    return process_time() - began
