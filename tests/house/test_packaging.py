"""What is installed: a wheel with the ontology and the templates, and only what is needed."""

from __future__ import annotations

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from email import message_from_bytes
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from kg import __version__
from tests.conftest import EXAMPLES, ROOT

CONFIG = configparser.ConfigParser(interpolation=None)
CONFIG.read(ROOT / "setup.cfg", encoding="utf-8")
OWNERS = cache(packages_distributions)
NLP = ROOT / "kg" / "extract" / "components.py"
LEFT_BY_COMMANDS = (
    "outputs/report.json",
    "outputs/store/current",
    "outputs/view.html",
    "kg/__pycache__/cli.cpython-311.pyc",
    ".venv/pyvenv.cfg",
    ".cache/node/whole",
)
DAY = "1764115200"  # what SOURCE_DATE_EPOCH says in these tests
PARTS = (
    "kg",
    "ontology",
    "docs",
    "setup.cfg",
    "pyproject.toml",
    "MANIFEST.in",
    "LICENSE",
    "NOTICE",
)


def needed(text: str) -> set[str]:
    names = (re.match(r"[\w-]+", line) for line in text.split("\n"))
    return {name[0].lower().replace("-", "_") for name in names if name}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("wheel"))


def made(home: Path) -> Path:
    """A wheel made of a copy: building leaves its traces beside the sources."""
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
        [sys.executable, "-m", "pip", *words],
        env={**os.environ, "SOURCE_DATE_EPOCH": DAY},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and re.search(r"Could not find a version|connection", done.stderr):
        pytest.skip("the tools that build a wheel cannot be downloaded here")
    assert done.returncode == 0, done.stderr
    (wheel,) = home.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """All that git tracks, of what still lies in the folder."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout of git, but maybe a source distribution")
    words = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).exists()]


@pytest.fixture(scope="module")
def unpacked(tracked: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source distribution, made of a folder with what commands leave there, and unpacked."""
    home = tmp_path_factory.mktemp("sdist")
    for name in (*tracked, *LEFT_BY_COMMANDS):
        place = home / "source" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if name in LEFT_BY_COMMANDS:
            place.touch()
        else:
            shutil.copy(ROOT / name, place)
    words = ["build", "--sdist", "--outdir", str(home), str(home / "source")]
    done = subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, check=False
    )
    if done.returncode and re.search(r"Could not find a version|connection", done.stdout):
        pytest.skip("the tools that build a source distribution cannot be downloaded here")
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = home.glob("*.tar.gz")
    with tarfile.open(made) as file:
        file.extractall(home / "unpacked", filter="data")
    (folder,) = (home / "unpacked").iterdir()
    return folder


def test_a_source_distribution_holds_all_that_git_tracks_and_nothing_that_commands_leave(
    tracked: list[str], unpacked: Path
) -> None:
    files = [path for path in unpacked.rglob("*") if path.is_file()]
    there = {path.relative_to(unpacked).as_posix() for path in files}
    there = {name for name in there if not name.startswith("zhengtu.egg-info/")}
    assert set(tracked) - there == set()
    assert there - set(tracked) == {"PKG-INFO"}
    assert len(tracked) >= 600
    assert os.access(unpacked / ".ci" / "run", os.X_OK)
    # Building notes in it what it was built of, at the end.
    changed = {name for name in tracked if (unpacked / name).read_bytes() != read(name)}
    assert changed == {"setup.cfg"}


def read(name: str) -> bytes:
    return (ROOT / name).read_bytes()


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


@pytest.fixture(scope="module")
def site(wheel: Path) -> Path:
    """A folder that the wheel is installed into."""
    folder = wheel.parent / "site"
    words = ["install", "--no-deps", "--quiet", "--target", str(folder), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, check=True)
    return folder


FOUND = """
import sys, spacy
text = "甲某智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。"
assert "kg" not in sys.modules
plain = spacy.blank("zh")
assert "kg.extract.stations" not in sys.modules
for name in sys.argv[1:]:
    plain.add_pipe(name)
doc = plain(text)
import kg
print(kg.__file__)
print([ent.text for ent in doc.ents])
assert doc._.reading == kg.load()(text)._.reading and doc._.claims
"""


def test_spacy_finds_every_component_of_the_wheel_where_kg_is_not_imported(
    site: Path, tmp_path: Path
) -> None:
    declared = CONFIG["options.entry_points"]["spacy_factories"].split("\n")
    found = {line.partition(" = ")[0] for line in declared if line}
    factories = re.findall(r'^@Language\.factory\("(\w+)"', NLP.read_text("utf-8"), re.M)
    assert found == set(factories) and len(factories) == 5
    done = subprocess.run(
        [sys.executable, "-c", FOUND, *factories],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    file, names = done.stdout.splitlines()
    assert Path(file).is_relative_to(site)
    assert "甲某智能科技有限公司" in names


def test_the_installed_command_works_from_any_folder(site: Path, tmp_path: Path) -> None:
    source = EXAMPLES / "成都-高新区集中签约.txt"
    code = "import sys, kg; from kg.cli.main import main; print(kg.__file__); sys.exit(main())"
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


def test_a_wheel_that_is_built_again_has_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    # Of files with other times, in another folder.
    assert made(tmp_path / "other").read_bytes() == wheel.read_bytes()


def test_a_wheel_tells_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        (name,) = (n for n in file.namelist() if n.endswith(".dist-info/METADATA"))
        told = message_from_bytes(file.read(name))
        licences = {n.rpartition("/")[2] for n in file.namelist() if ".dist-info/licenses/" in n}
    assert (told["Name"], told["Version"]) == ("zhengtu", __version__)
    assert told["Author"] == "The Zhengtu authors"
    assert told["License-Expression"] or told["License"] == "Apache-2.0"
    assert licences >= {"LICENSE", "NOTICE", "editor.LICENSES.txt", "plot.LICENSES.txt"}
    known = {c for c in told.get_all("Classifier", []) if c.startswith("Programming Language")}
    assert {f"Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13)} <= known
    text = told.get_payload(decode=True)
    assert told["Description-Content-Type"] == "text/markdown"
    assert isinstance(text, bytes) and "## 中文" in text.decode()


def test_the_licence_has_a_holder() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Copyright 2026 The Zhengtu authors" in text
    assert "[yyyy]" not in text


def test_the_version_is_said_the_same_everywhere() -> None:
    assert CONFIG["metadata"]["version"] == __version__


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    engine = ROOT / "kg" / "run" / "spark"
    training = ROOT / "kg" / "run" / "train"
    writing = ROOT / "kg" / "publish" / "dossier" / "write"
    assistant = ROOT / "kg" / "serve" / "assistant"
    scans = ROOT / "kg" / "read" / "scan"
    office = ROOT / "kg" / "read" / "office" / "legacy.py"
    notebook = ROOT / "kg" / "query" / "notebook.py"
    apart = {engine, training, writing, assistant, scans, office, notebook}
    main = owners_of(p for p in (ROOT / "kg").rglob("*.py") if not apart & {p, *p.parents})
    required = needed(CONFIG["options"]["install_requires"])
    assert main == required | {"pyarrow"}, "sources in Parquet need pyarrow, and say so"
    assert owners_of([notebook]) - required == {"pandas"}, "a notebook has it, or is told so"
    extra = needed(CONFIG["options.extras_require"]["office"])
    assert owners_of([office]) - required == extra == {"firecrawl_anydoc"}
    extra = needed(CONFIG["options.extras_require"]["ocr"])
    assert owners_of(scans.rglob("*.py")) - required == extra
    extra = needed(CONFIG["options.extras_require"]["spark"])
    assert (main | owners_of(engine.rglob("*.py"))) - required == extra
    extra = needed(CONFIG["options.extras_require"]["train"])
    assert owners_of(training.rglob("*.py")) - required == extra == {"torch"}
    extra = needed(CONFIG["options.extras_require"]["report"])
    assert owners_of(writing.rglob("*.py")) - required == extra == {"python_docx", "xlsxwriter"}
    extra = needed(CONFIG["options.extras_require"]["mcp"])
    assert owners_of(assistant.rglob("*.py")) - required == extra == {"mcp", "pydantic"}


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
    # What is not installed here (PyTorch) is called as it is imported.
    return {OWNERS().get(name, [name])[0].lower().replace("-", "_") for name in foreign}


def test_every_dependency_is_bounded() -> None:
    lines = CONFIG["options"]["install_requires"].strip().split("\n")
    for extra in ("docs", "mcp", "report", "spark", "test", "train"):
        lines += CONFIG["options.extras_require"][extra].strip().split("\n")
    lines = [line for line in lines if not line.startswith("%(")]
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
