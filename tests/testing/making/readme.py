"""The commands of README.md and of docs/: run, and their outputs written below them.

python -m tests.testing.making.readme      rewrites the blocks that commands and tables stand in,
                                           the notebook, and the text for package indexes

A console block holds lines ``$ command``, each followed by what it prints to stdout.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
# What a package index shows: both, without what only a checkout has.
PACKAGE = ROOT / "docs" / "package.md"
PAGES = (*READMES, *sorted(path for path in (ROOT / "docs").rglob("*.md") if path != PACKAGE))
NOTEBOOK = ROOT / "docs" / "tutorial" / "notebook.ipynb"
# Of the checkout, what the commands of a page may read.
SEEN = ("examples", "gold")
_CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_TABLE = re.compile(r"(\| command \| does \|\n\|---\|---\|\n).*?\n(?=\n)", re.DOTALL)
_LINK = re.compile(r"\[(`[^`]*`|[^\]`]*)\]\((?!https?:)([^)]*)\)")
NOTE = "<!-- Made of README.md and README.zh.md by make docs. -->\n"
ELSEWHERE = {
    "en": "All documentation is in the source distribution, in `docs/`; `make site` builds it.",
    "zh": "全部文档在源码包的 `docs/` 中，`make site` 可生成网站。",
}


@contextmanager
def workplace(graph: Path | None = None) -> Iterator[Path]:
    """A folder with ``examples/`` in it, and ``kg`` on its path in ``bin/``.

    Args:
        graph: A graph of ``examples/``, of which a copy is put into ``outputs/``.
    """
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for folder in SEEN:
            (place / folder).symlink_to(ROOT / folder)
        if graph:
            shutil.copytree(graph, place / "outputs")
        (place / "bin").mkdir()
        command = place / "bin" / "kg"
        command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kg "$@"\n')
        command.chmod(0o755)
        yield place


@contextmanager
def built() -> Iterator[Path]:
    """The folder of a graph of ``examples/``, as a command makes it."""
    with workplace() as place:
        printed("kg build examples -o outputs", place)
        yield place / "outputs"


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


def blocks(text: str, language: str) -> list[str]:
    """What the blocks of a page in one language hold."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def commands(text: str) -> list[str]:
    """The commands of a page that are shown with their outputs, in order."""
    found = _CONSOLE.findall(text)
    return [line[2:] for block in found for line in block.splitlines() if line[:2] == "$ "]


def rewritten(text: str, place: Path) -> str:
    """A page with the outputs that its commands have now, and the table of commands."""
    from kg.cli.options import COMMANDS

    def block(found: re.Match[str]) -> str:
        return "".join(
            f"$ {c}\n{printed(c, place)}" for c in commands(f"```console\n{found[0]}```")
        )

    rows = "".join(f"| `{c.example.split(' ')[0]} {c.name}` | {c.does} |\n" for c in COMMANDS)
    return _TABLE.sub(lambda found: found[1] + rows, _CONSOLE.sub(block, text))


def packaged(english: str, chinese: str) -> str:
    """The two READMEs as one text for a package index, where links to files lead nowhere.

    >>> english = "# A\\n\\n[中文](b)\\n\\nIt [is](c).\\n"
    >>> print(packaged(english, "# A\\n\\n[English](b)\\n\\n是。\\n"))
    <!-- Made of README.md and README.zh.md by make docs. -->
    <BLANKLINE>
    # A
    <BLANKLINE>
    It is (`c`).
    <BLANKLINE>
    All documentation is in the source distribution, in `docs/`; `make site` builds it.
    <BLANKLINE>
    ## 中文
    <BLANKLINE>
    是。
    <BLANKLINE>
    全部文档在源码包的 `docs/` 中，`make site` 可生成网站。
    <BLANKLINE>
    """
    told = []
    for text, language in ((english, "en"), (chinese, "zh")):
        title, _, rest = text.partition("\n")
        rest = re.sub(r"\n\[(?:中文|English)\]\(.*?\)\n|\n!\[.*?\]\(.*?\)\n", "", rest)
        head = title if language == "en" else "## 中文"
        body = rest if language == "en" else rest.replace("\n## ", "\n### ")
        words = _LINK.sub(_named, body).rstrip()
        told.append(f"{head}\n{words}\n\n{ELSEWHERE[language]}\n")
    return "\n".join([NOTE, *told])


def answered(held: dict[str, Any]) -> dict[str, Any]:
    """A notebook with what its cells print now, run one after the other in this folder."""
    space: dict[str, object] = {}

    def run(cell: dict[str, Any]) -> dict[str, Any]:
        if cell["cell_type"] != "code":
            return cell
        with redirect_stdout(io.StringIO()) as out:
            exec("".join(cell["source"]), space)
        text = out.getvalue().splitlines(keepends=True)
        shown = {"name": "stdout", "output_type": "stream", "text": text}
        return {**cell, "outputs": [shown] if text else []}

    return {**held, "cells": [run(cell) for cell in held["cells"]]}


def _named(link: re.Match[str]) -> str:
    """The words of a link, and the file that it leads to unless they are its name."""
    words, target = link.groups()
    return words if words[:1] == "`" else f"{words} (`{target}`)"


def main() -> None:
    with built() as graph:
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            if commands(text) or _TABLE.search(text):
                with workplace(graph) as place:
                    page.write_text(rewritten(text, place), encoding="utf-8")
    texts = (page.read_text(encoding="utf-8") for page in READMES)
    PACKAGE.write_text(packaged(*texts), encoding="utf-8")
    held = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    with workplace() as place, chdir(place):
        text = json.dumps(answered(held), ensure_ascii=False, indent=1)
    NOTEBOOK.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
