"""A command that dies in, one line on stderr out: what ran out, in which station, what to do.

Libraries in C++ and Rust do not raise an error when they get no memory, they end the process, each
with words of its own; the system ends it without a word. So a second, small process reads
what the first one says to descriptor 2, and speaks for it when it has gone.
"""

from __future__ import annotations

import errno
import io
import os
import re
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTE = re.compile(rb"\0([^\0]*)\0")
_DONE = "done"
# How the C library, C++, Rust, RocksDB and the loader of Python's modules say it.
_MEMORY = re.compile(
    rb"alloc|MemoryError|not enough memory|Resource temporarily unavailable|mmap |"
    rb"failed to map|can't start new thread",
    re.IGNORECASE,
)
# As many descriptors as a process commonly may have; some systems name no bound at all.
_HANDLES = 1 << 16
# What is kept of words that the process says past Python, in bytes.
_MOST = 1 << 16


@dataclass
class _Known:
    """Folder and station of this process's build, and the descriptor that tells them."""

    place: str = ""
    station: str = ""
    mouth: int = -1


_known = _Known()


def at(station: str, place: str) -> None:
    """Note the station of a build that begins now, and the folder that is built."""
    _known.place, _known.station = place, station
    _tell(f"{station}\x1f{place}")


def ran_out(error: BaseException) -> bool:
    """Whether an error says that there is no memory, in whatever way.

    >>> ran_out(MemoryError()), ran_out(OSError(errno.ENOENT, "no such file"))
    (True, False)
    """
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    if isinstance(error, RuntimeError | ImportError):
        return bool(_MEMORY.search(str(error).encode()))
    return isinstance(error, MemoryError)


def line(reason: str = "memory ran out", station: str | None = None, place: str = "") -> str:
    """What is said of a command that could not go on; by default of this one.

    >>> print(line("memory ran out", "weave", "outputs"))
    kg: outputs: memory ran out in the station 'weave'; the graph that was there is untouched, \
and what has been read is kept. Give kg more memory (ulimit -v, its container's limit), or \
build fewer documents at a time; then run it again
    """
    if station is None:
        station, place = _known.station, _known.place
    more = "ive kg more memory (ulimit -v, its container's limit), or "
    if not station:
        return f"kg: {reason}; g{more}ask for less"
    return (
        f"kg: {place}: {reason} in the station {station!r}; the graph that was there is untouched, "
        f"and what has been read is kept. G{more}build fewer documents at a time; then run it again"
    )


@contextmanager
def watched() -> Iterator[None]:
    """Have somebody who speaks for this process if it dies while the block runs.

    Without effect where a process cannot fork (Windows), or has threads already.
    """
    _known.place = _known.station = ""
    stream = sys.stderr
    if not _alone() or (pid := _begun()) is None:
        yield
        return
    try:
        yield
    finally:
        _ended(pid, stream)


def _alone() -> bool:
    stream = sys.stderr
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return False
    try:
        return isinstance(stream, io.TextIOWrapper) and stream.fileno() == 2
    except (OSError, ValueError):
        return False


def _begun() -> int | None:
    """Start the second process, and let descriptor 2 lead to it; what Python says goes past."""
    with suppress(OSError):
        ear, mouth = os.pipe()
        try:
            sys.stderr.flush()
            pid = os.fork()
        except OSError:
            os.close(ear)
            os.close(mouth)
            raise
        if not pid:
            _listen(ear)
        os.close(ear)
        spare = os.dup(2)
        os.dup2(mouth, 2)
        _known.mouth = mouth
        sys.stderr = open(spare, "w", 1, encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
        return pid
    return None


def _ended(pid: int, before: TextIO) -> None:
    """Say that all is well, and wait until the second process has passed on what it heard."""
    _tell(_DONE)
    stream, sys.stderr = sys.stderr, before
    stream.flush()
    os.dup2(stream.fileno(), 2)
    stream.close()
    os.close(_known.mouth)
    _known.mouth = -1
    with suppress(OSError):
        os.waitpid(pid, 0)


def _tell(note: str) -> None:
    if _known.mouth >= 0:
        with suppress(OSError):  # nobody listens any more
            os.write(_known.mouth, b"\0" + note.encode("utf-8", "surrogateescape") + b"\0")


def _listen(ear: int) -> None:
    """Be the second process."""
    try:
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
        os.dup2(ear, 0)
        os.close(1)  # whoever reads it shall not have to wait for us
        os.closerange(3, _HANDLES)
        output = b""
        while part := os.read(0, _MOST):
            output = (output + part)[-_MOST:]
        os.write(2, last_words(output))
    finally:
        os._exit(0)


def last_words(output: bytes) -> bytes:
    r"""What is to be said of a process, of what it said past Python and the notes between.

    >>> last_words(b"\0weave\x1foutputs\0terminate called: std::bad_alloc\n")[:60]
    b"kg: outputs: memory ran out in the station 'weave'; the grap"
    >>> last_words(b"a library warns\n\0done\0")
    b'a library warns\n'
    """
    notes = [note.decode("utf-8", "surrogateescape") for note in _NOTE.findall(output)]
    noise = _NOTE.sub(b"", output)
    if notes and notes[-1] == _DONE:
        return noise
    station, _, place = notes[-1].partition("\x1f") if notes else ("", "", "")
    if _MEMORY.search(noise):
        noise, reason = b"", "memory ran out"
    else:
        reason = "was ended from outside, or by the system for want of memory,"
    message = line(reason, station, place).replace(",;", ";")
    return noise + f"{message}\n".encode("utf-8", "backslashreplace")
