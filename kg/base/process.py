"""A function of this program in, another process that runs it out, and how one died."""

from __future__ import annotations

import multiprocessing.spawn
import os
import signal
import subprocess
import sys

_START = "import sys; sys.path[:] = {path!a}; from {module} import *; main(*{given!a})"


def start_module(
    module: str, *arguments: object, stdin: int, stderr: int | None = None
) -> subprocess.Popen[bytes]:
    """Start a process that calls ``main`` of a module; its answer comes by its output.

    Not by multiprocessing, which would run the program that calls us once more in each process.
    It is in a session of its own, where Ctrl-C does not reach it: whoever started it ends it.

    Args:
        module: The module, which has all that the words of ``arguments`` need.
        arguments: What ``main`` is called with: things whose ``repr`` makes them anew.
        stdin: Where it reads, as ``subprocess.Popen`` has it.
        stderr: Where it complains; by default where this process does.

    Raises:
        OSError: If the system does not let it start.
    """
    path = [os.path.abspath(entry) for entry in sys.path]
    program = os.fsdecode(multiprocessing.spawn.get_executable() or sys.executable)
    code = _START.format(path=path, module=module, given=arguments)
    return subprocess.Popen(  # noqa: S603 (this very program)
        [program, "-P", f"-Xutf8={sys.flags.utf8_mode}", "-c", code],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        start_new_session=True,
    )


def death(process: subprocess.Popen[bytes]) -> str:
    """How a process ended, for a sentence about it."""
    status = process.wait()
    if status >= 0:
        return f"died (exit status {status})"
    if status == -signal.SIGKILL:
        return "was ended by the system, maybe for want of memory (signal 9)"
    return f"died (signal {-status})"
