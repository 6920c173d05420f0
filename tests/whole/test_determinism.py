"""The same documents give the same bytes: those in outputs/, whatever the circumstances."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, ROOT, kg
from tests.testing.making.freeze.graphs import STABLE, different

pytestmark = pytest.mark.usefixtures("learned")

C = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Asia/Shanghai"}


def test_outputs_holds_the_graph_of_the_examples(graph_of_examples: Path) -> None:
    # `make docs` builds it anew.
    assert different(graph_of_examples) == []


@pytest.mark.parametrize(
    ("seed", "locale", "workers", "order"),
    [("0", {}, "1", "folder"), ("1", C, "2", "shuffled")],
    ids=["seed 0, one worker", "seed 1, C, two workers, shuffled"],
)
def test_a_build_is_the_same_to_the_byte(
    seed: str, locale: dict[str, str], workers: str, order: str, tmp_path: Path
) -> None:
    files = sorted(EXAMPLES.iterdir(), key=lambda p: p.name[::-1])
    sources = files[7:] + files[:7] if order == "shuffled" else [EXAMPLES]
    done = kg(
        "build", *sources, "-o", "here", "--workers", workers,
        cwd=tmp_path, env={"PYTHONHASHSEED": seed, **locale},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert different(tmp_path / "here") == []


def test_no_file_of_the_graph_holds_a_path_of_this_machine(graph_of_examples: Path) -> None:
    for name in STABLE:
        data = (graph_of_examples / name).read_bytes()
        assert str(ROOT).encode() not in data
        assert str(graph_of_examples).encode() not in data
