"""The commands of README.md: run, and their outputs written below them.

python -m tests.testing.making.readme      rewrites the blocks that commands and tables stand in

A console block holds lines ``$ command``, each followed by what it prints to stdout.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
README = ROOT / "README.md"
_CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_TABLE = re.compile(r"(\| command \| does \|\n\|---\|---\|\n).*?\n(?=\n)", re.DOTALL)


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder with ``examples/`` in it, and ``kg`` on its path in ``bin/``."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "examples").symlink_to(ROOT / "examples")
        (place / "bin").mkdir()
        command = place / "bin" / "kg"
        command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kg "$@"\n')
        command.chmod(0o755)
        yield place


def printed(command: str, place: Path) -> str:
    """What a command prints to stdout.

    Raises:
        subprocess.CalledProcessError: If it fails.
    """
    environment = {
        **os.environ,
        "PATH": f"{place / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C",  # ls sorts by it
    }
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=place,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout.decode("utf-8").replace("\r\n", "\n")  # CSV, by RFC 4180


def commands(text: str) -> list[str]:
    """The commands of a README, in order."""
    blocks = _CONSOLE.findall(text)
    return [line[2:] for block in blocks for line in block.splitlines() if line[:2] == "$ "]


def rewritten(text: str, place: Path) -> str:
    """A README with the outputs that its commands have now, and the table of commands."""
    from kg.cli.options import COMMANDS

    def block(found: re.Match[str]) -> str:
        return "".join(
            f"$ {c}\n{printed(c, place)}" for c in commands(f"```console\n{found[0]}```")
        )

    rows = "".join(f"| `{c.example.split(' ')[0]} {c.name}` | {c.does} |\n" for c in COMMANDS)
    return _TABLE.sub(lambda found: found[1] + rows, _CONSOLE.sub(block, text))


def main() -> None:
    with workplace() as place:
        README.write_text(rewritten(README.read_text(encoding="utf-8"), place), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
