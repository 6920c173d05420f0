"""The bundled editor: made of what stands beside it, with the licences of all that is in it."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from tests.node import EDITOR, STATIC, bundle, installed

MADE = (STATIC / "editor.js").read_text(encoding="utf-8")
LICENCES = (STATIC / "editor.LICENSES.txt").read_text(encoding="utf-8")


def digest(folder: Path) -> str:
    """What the bundle says that it was made of: the files of a folder, with their names."""
    made = sha256()
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".js", ".json", ".mjs")):
        made.update(f"{path.name}\n{path.read_text(encoding='utf-8')}".encode())
    return made.hexdigest()


def test_the_bundle_fits_what_it_is_made_of() -> None:
    assert {"build.mjs", "editor.js", "package-lock.json"} <= {p.name for p in EDITOR.iterdir()}
    said = re.search(r'Made by "make editor" of (\w+)', MADE)
    assert said
    assert said[1] == digest(EDITOR), "run 'make editor'"


def test_the_bundle_is_made_again_byte_by_byte(tmp_path: Path) -> None:
    bundle(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"editor.js", "editor.LICENSES.txt"}
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (STATIC / path.name).read_bytes(), path.name


def test_every_package_of_the_bundle_has_its_licence_beside_it() -> None:
    held = re.findall(r"^(@?[\w/-]+) (\d\S*) \((.+)\)$", LICENCES, re.MULTILINE)
    locked = json.loads((EDITOR / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    versions = {
        name.removeprefix("node_modules/"): page["version"] for name, page in locked.items() if name
    }
    assert {name: version for name, version, _ in held}.items() <= versions.items()
    wanted = json.loads((EDITOR / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert wanted.keys() <= {name for name, _, _ in held}
    assert {licence for _, _, licence in held} == {"MIT"}
    assert LICENCES.count("Permission is hereby granted") == len(held)


def test_the_bundle_asks_no_other_host() -> None:
    assert not re.search(r"\b(?:fetch|XMLHttpRequest|WebSocket|importScripts|eval)\s*\(", MADE)
    named = set(re.findall(r"https?://([\w.-]+)", MADE))
    assert named <= {"www.w3.org"}  # the namespace of SVG


def test_a_registry_that_cannot_be_reached_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.node.CACHE", tmp_path / "cache")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    with pytest.raises(RuntimeError, match="registry, which has to be reachable"):
        installed(EDITOR)
