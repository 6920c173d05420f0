"""What is installed: a wheel with the ontology and the templates, and only what is needed."""

from __future__ import annotations

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from kg import __version__
from tests.conftest import EXAMPLES, ROOT

CONFIG = configparser.ConfigParser(interpolation=None)
CONFIG.read(ROOT / "setup.cfg", encoding="utf-8")
PARTS = ("kg", "ontology", "setup.cfg", "pyproject.toml", "MANIFEST.in", "README.md", "LICENSE")


def needed(text: str) -> set[str]:
    names = (re.match(r"[\w-]+", line) for line in text.split("\n"))
    return {name[0].lower().replace("-", "_") for name in names if name}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel made of a copy: building leaves its traces beside the sources."""
    home = tmp_path_factory.mktemp("wheel")
    for part in PARTS:
        source = ROOT / part
        ignored = shutil.ignore_patterns("__pycache__")
        if source.is_dir():
            shutil.copytree(source, home / "source" / part, ignore=ignored)
        else:
            (home / "source").mkdir(exist_ok=True)
            shutil.copy(source, home / "source" / part)
    words = ["wheel", "--no-deps", "--quiet", "-w", str(home), str(home / "source")]
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False
    )
    if done.returncode and re.search(r"Could not find a version|connection", done.stderr):
        pytest.skip("the tools that build a wheel cannot be downloaded here")
    assert done.returncode == 0, done.stderr
    (made,) = home.glob("*.whl")
    return made


def names(folder: Path, *, suffixes: tuple[str, ...] = ()) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and (not suffixes or path.suffix in suffixes)
    }


def test_the_wheel_carries_all_of_the_package_and_the_ontology(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        held = {name for name in file.namelist() if name.startswith("kg/")}
    ontology = {f"kg/_ontology/{name}" for name in names(ROOT / "ontology")}
    package = {f"kg/{name}" for name in names(ROOT / "kg")}
    assert held == ontology | package
    assert len(ontology) >= 60


def test_the_installed_command_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    words = ["install", "--no-deps", "--quiet", "--target", str(site), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, check=True)
    source = EXAMPLES / "成都-高新区集中签约.txt"
    code = "import sys, kg; from kg.cli import main; print(kg.__file__); sys.exit(main())"
    environment = {k: v for k, v in os.environ.items() if k != "KG_ONTOLOGY"}
    done = subprocess.run(
        [sys.executable, "-c", code, "build", str(source), "-o", "graph"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()).is_relative_to(site)
    assert "芯片研发制造基地项目" in (tmp_path / "graph" / "graph.ttl").read_text(encoding="utf-8")


def test_the_version_is_said_the_same_everywhere() -> None:
    assert CONFIG["metadata"]["version"] == __version__


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    engine = ROOT / "kg" / "spark"
    main = owners_of(p for p in (ROOT / "kg").rglob("*.py") if p.parent != engine)
    required = needed(CONFIG["options"]["install_requires"])
    assert main == required | {"pyarrow"}, "sources in Parquet need pyarrow, and say so"
    extra = needed(CONFIG["options.extras_require"]["spark"])
    assert (main | owners_of(engine.glob("*.py"))) - required == extra


def owners_of(paths: Iterable[Path]) -> set[str]:
    """The distributions that modules import from."""
    imported: set[str] = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    foreign = imported - sys.stdlib_module_names - {"kg"}
    owners = packages_distributions()
    return {owners[name][0].lower().replace("-", "_") for name in foreign}


def test_every_dependency_is_bounded() -> None:
    lines = CONFIG["options"]["install_requires"].strip().split("\n")
    for extra in ("spark", "test"):
        lines += CONFIG["options.extras_require"][extra].strip().split("\n")
    lines.remove("%(spark)s")
    assert len(lines) >= 20
    assert [line for line in lines if not re.search(r"==|>=.*<", line)] == []


def test_pyproject_holds_no_metadata() -> None:
    import tomllib

    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(read) == {"build-system", "tool"}


def test_continuous_integration_runs_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    run = [line for line in lines if line and not line.startswith("#")]
    assert run == ["set -eu", 'cd "$(dirname "$0")/.."', "exec make test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
