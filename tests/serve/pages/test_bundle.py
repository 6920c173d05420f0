"""The bundled editor and charts: made of what stands beside them, with the licences of all."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from tests.testing.browser.node import BUNDLES, SERVE, STATIC, bundle, installed

# What each is made with, and how much a page may fetch for it, in bytes.
LARGEST = {"editor": 420_000, "plot": 170_000}
each = pytest.mark.parametrize("folder", BUNDLES, ids=lambda folder: folder.name)


def made(folder: Path) -> str:
    return (STATIC / f"{folder.name}.js").read_text(encoding="utf-8")


def digest(folder: Path) -> str:
    """What a bundle says that it was made of: how, and the files of a folder with their names."""
    found = sha256()
    parts = sorted(p for p in folder.iterdir() if p.suffix in (".js", ".json"))
    for path in (SERVE / "build.mjs", *parts):
        found.update(f"{path.name}\n{path.read_text(encoding='utf-8')}".encode())
    return found.hexdigest()


@each
def test_a_bundle_fits_what_it_is_made_of(folder: Path) -> None:
    names = {p.name for p in folder.iterdir()}
    assert {f"{folder.name}.js", "package.json", "package-lock.json"} <= names
    said = re.search(r'Made by "make bundles" of (\w+)', made(folder))
    assert said
    assert said[1] == digest(folder), "run 'make bundles'"


@each
def test_a_bundle_is_made_again_byte_by_byte(folder: Path, tmp_path: Path) -> None:
    bundle(folder, tmp_path)
    names = {f"{folder.name}.js", f"{folder.name}.LICENSES.txt"}
    assert {p.name for p in tmp_path.iterdir()} == names
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (STATIC / path.name).read_bytes(), path.name


@each
def test_every_package_of_a_bundle_has_its_licence_beside_it(folder: Path) -> None:
    licences = (STATIC / f"{folder.name}.LICENSES.txt").read_text(encoding="utf-8")
    held = re.findall(r"^(@?[\w/.-]+) (\d\S*) \((.+)\)$", licences, re.MULTILINE)
    locked = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    versions = {
        name.removeprefix("node_modules/"): page["version"] for name, page in locked.items() if name
    }
    assert {name: version for name, version, _ in held}.items() <= versions.items()
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert wanted.keys() <= {name for name, _, _ in held}
    assert {licence for _, _, licence in held} == {"MIT"}
    assert licences.count("Permission is hereby granted") == len(held)


@each
def test_a_bundle_asks_no_other_host(folder: Path) -> None:
    text = made(folder)
    assert not re.search(r"\b(?:fetch|XMLHttpRequest|WebSocket|importScripts|eval)\s*\(", text)
    named = set(re.findall(r"https?://([\w.-]+)", text))
    assert named <= {"www.w3.org"}  # the namespace of SVG


@each
def test_a_bundle_is_no_larger_than_a_page_can_bear(folder: Path) -> None:
    assert len(made(folder).encode()) < LARGEST[folder.name]


def test_a_registry_that_cannot_be_reached_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.testing.browser.node.CACHE", tmp_path / "cache")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    with pytest.raises(RuntimeError, match="registry, which has to be reachable"):
        installed(BUNDLES[0])
