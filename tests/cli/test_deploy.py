"""The image and the units of a server: what they start is a command, of what is there."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.cli.main import parser
from tests.conftest import ROOT

UNITS = sorted((ROOT / "docs" / "howto" / "systemd").glob("*.service"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "howto" / "deploy.md").read_text(encoding="utf-8")
CONFIG = configparser.ConfigParser(interpolation=None)
CONFIG.read(ROOT / "setup.cfg", encoding="utf-8")


def unit(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=True)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(path, encoding="utf-8")
    return read


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_starts_a_command_that_may_write_what_it_writes(path: Path) -> None:
    service = unit(path)["Service"]
    program, *words = shlex.split(service["ExecStart"])
    given = parser().parse_args(words)
    assert (program, given.command) == ("/opt/kg/bin/kg", path.stem.removeprefix("kg-"))
    graph = Path(given.output if given.command == "watch" else given.directory)
    assert graph.parent == Path("/var/lib") / service["StateDirectory"]
    assert service["ProtectSystem"] == "strict"
    assert str(graph.parent) in PAGE


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_is_one_for_systemd(path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd here")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True, check=False
    )
    # That the command is not installed here is all that may be wrong.
    told = [line for line in done.stderr.splitlines() if "is not executable" not in line]
    assert not told


def test_both_units_are_found() -> None:
    assert [path.stem for path in UNITS] == ["kg-serve", "kg-watch"]


def test_the_image_starts_the_server() -> None:
    (command,) = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    given = parser().parse_args(shlex.split(" ".join(re.findall(r'"([^"]*)"', command))))
    assert (given.command, given.directory, given.host) == ("serve", "/graph", "0.0.0.0")
    assert f"EXPOSE {given.port}" in DOCKERFILE
    assert f"-p 127.0.0.1:8000:{given.port}" in PAGE


def test_the_image_has_extras_that_exist() -> None:
    (extras,) = re.findall(r"^ARG EXTRAS=(.*)$", DOCKERFILE, re.MULTILINE)
    assert set(extras.split(",")) <= CONFIG["options.extras_require"].keys()
    assert all(f"`{extra}`" in PAGE for extra in extras.split(","))


def test_what_the_image_is_built_from_makes_the_package(tmp_path: Path) -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    kept = [line[1:] for line in lines if line.startswith("!")]
    assert "*" in lines
    assert {"kg", "ontology"} < set(kept)
    for name in kept:
        source, place = ROOT / name, tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place)
    packages = CONFIG["options"]["packages"].split()
    folders = {"kg._ontology": "ontology"}
    assert all((tmp_path / folders.get(p, p.replace(".", "/"))).is_dir() for p in packages)
    named = [CONFIG["metadata"]["long_description"].removeprefix("file: ")]
    named += CONFIG["metadata"]["license_files"].split()
    assert all((tmp_path / name).is_file() for name in named)
