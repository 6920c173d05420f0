"""What shells are told of the command line: completion, as they do it, and the manual page."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import subprocess
from pathlib import Path
from time import monotonic

import pytest

from kg.cli.completion import SHELLS
from kg.cli.options import COMMANDS, EXPORTS
from tests.conftest import kg

NAMES = {command.name for command in COMMANDS}


def script(shell: str, folder: Path) -> Path:
    done = kg("completion", shell)
    assert done.returncode == 0 and not done.stderr
    assert done.stdout.decode() == SHELLS[shell]()
    path = folder / f"kg.{shell}"
    path.write_bytes(done.stdout)
    return path


def needed(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    return path


def by_bash(path: Path, *words: str) -> set[str]:
    """What bash offers for the last of some words."""
    code = (
        'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kg; '
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    command = [needed("bash"), "--norc", "-c", code, str(path), "kg", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not done.stderr
    return set(done.stdout.split())


def test_bash_completes_commands_flags_and_choices(tmp_path: Path) -> None:
    path = script("bash", tmp_path)
    assert by_bash(path, "") == {*NAMES, "--help", "--version"}
    assert by_bash(path, "ex") == {"explain", "export"}
    assert {"--llm", "--llm-model"} <= by_bash(path, "build", "--llm")
    assert by_bash(path, "build", "--engine", "") == {"local", "spark"}
    assert by_bash(path, "export", "") >= set(EXPORTS)
    assert by_bash(path, "export", "-d", "graph", "ttl") == {"ttl", "ttl12"}
    assert by_bash(path, "nonsense", "") <= {""}


def by_fish(path: Path, line: str) -> set[str]:
    command = [needed("fish"), "--no-config", "-c", f"source {path}; complete -C '{line}'"]
    home = {**os.environ, "HOME": str(path.parent), "XDG_CONFIG_HOME": str(path.parent)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=home)
    assert not done.stderr
    return {found.partition("\t")[0] for found in done.stdout.splitlines()}


def test_fish_completes_commands_flags_and_choices(tmp_path: Path) -> None:
    path = script("fish", tmp_path)
    assert by_fish(path, "kg ") >= NAMES
    assert by_fish(path, "kg exp") == {"explain", "export"}
    assert {"--llm", "--llm-model"} <= by_fish(path, "kg build --llm")
    assert by_fish(path, "kg build --engine ") == {"local", "spark"}
    assert by_fish(path, "kg export ttl") == {"ttl", "ttl12"}


def by_zsh(path: Path, line: str) -> str:
    """The line that zsh makes of one when the tabulator is pressed."""
    shell = needed("zsh")
    pid, master = pty.fork()
    if not pid:
        home = {"HOME": str(path.parent), "TERM": "dumb", "PATH": os.environ["PATH"]}
        os.execve(shell, [shell, "-f", "-i"], home)

    def until(text: str) -> str:
        found, end = b"", monotonic() + 30
        while text.encode() not in found:
            assert monotonic() < end, found
            if select.select([master], [], [], 0.1)[0]:
                found += os.read(master, 65536)
        return found.decode("utf-8", "replace")

    try:
        os.write(
            master, b"PS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u\n"
        )
        os.write(
            master,
            f"source {path}; kg() {{ print -r -- GOT \"$@\" DONE }}; print RE''ADY\n".encode(),
        )
        until("READY")
        os.write(master, f"{line}\t\n".encode())
        found = re.search(r"GOT (.*?) DONE", until(" DONE"))
        return found[1] if found else ""
    finally:
        os.close(master)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def test_zsh_completes_commands_flags_and_choices(tmp_path: Path) -> None:
    path = script("zsh", tmp_path)
    assert by_zsh(path, "kg valid") == "validate"
    assert by_zsh(path, "kg build --llm-m") == "build --llm-model"
    assert by_zsh(path, "kg export jsonl") == "export jsonld"
    assert by_zsh(path, "kg build --engine sp") == "build --engine spark"


def test_the_manual_tells_every_command_and_argument(tmp_path: Path) -> None:
    done = kg("man")
    assert done.returncode == 0
    page = tmp_path / "kg.1"
    page.write_bytes(done.stdout)
    groff = needed("groff")
    said = subprocess.run(
        [groff, "-man", "-Tutf8", "-ww", "-P-cbou", "-rLL=200n", str(page)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not said.stderr
    text = " ".join(said.stdout.replace("‐ ", "").split())
    for command in COMMANDS:
        assert f"kg {command.name} {command.does}" in text
        assert f"Example: {command.example}" in text
        for argument in command.arguments:
            assert argument.names[-1] in text or argument.options["metavar"] in text
    assert "KG_LLM_KEY" in text


def test_an_unknown_shell_lists_the_known() -> None:
    done = kg("completion", "tcsh")
    assert done.returncode == 2 and b"'bash', 'zsh', 'fish'" in done.stderr
