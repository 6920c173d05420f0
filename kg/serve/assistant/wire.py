"""Stdin and stdout of a process in, the same out for one client alone, with an end to both.

The SDK reads stdin in a thread that nothing but its end can stop. So it is given a pipe instead,
which another thread fills and a signal closes.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager, suppress
from threading import Event, Thread, current_thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

PART = 1 << 16


@contextmanager
def stdout_apart() -> Iterator[None]:
    """Let what is printed meanwhile, by other processes too, go to stderr.

    The SDK does so as long as it serves; workers are started before.
    """
    sys.stdout.flush()
    saved = os.dup(1)
    try:
        os.dup2(2, 1)
        yield
    finally:
        os.dup2(saved, 1)
        os.close(saved)


@contextmanager
def ending_with_a_signal() -> Iterator[None]:
    """Let stdin end with SIGINT and SIGTERM.

    Raises:
        KeyboardInterrupt: At the end of the block, if SIGINT came.
    """
    client, (inside, outside) = os.dup(0), os.pipe()
    os.dup2(inside, 0)
    os.close(inside)
    ended, signals = Event(), list[int]()

    def end(number: int = 0, _: FrameType | None = None) -> None:
        signals.append(number)
        if not ended.is_set():
            ended.set()
            os.close(outside)

    def copy() -> None:
        with suppress(OSError):  # the client or the server has left
            while (part := os.read(client, PART)) and not ended.is_set():
                rest = memoryview(part)
                while rest:
                    rest = rest[os.write(outside, rest) :]
        if not ended.is_set():
            end()

    before = {}
    if current_thread() is main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, end)
    Thread(target=copy, daemon=True).start()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if signal.SIGINT in signals:
        raise KeyboardInterrupt
