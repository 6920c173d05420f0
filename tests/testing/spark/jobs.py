"""Builds as Spark jobs: the command, invented documents, and the statements that it leaves."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from kg.cli.main import main
from tests.conftest import ROOT, SOAK
from tests.testing.spark.cluster import SHORT_LIVED, here, kept

needs_java = pytest.mark.skipif(
    shutil.which("java") is None, reason="Spark needs Java: make test installs it"
)
# A job starts a JVM and several Pythons; thirty times what it takes where nothing else runs.
PATIENCE = 1800
INVENTED = {
    "一.txt": "云桥智能科技有限公司在成都高新区投资3.10亿元建设芯片封装基地项目。",
    "again/同文.txt": "云桥智能科技有限公司在成都高新区投资3.10亿元建设芯片封装基地项目。",
    "again/二.txt": "澜江大学与云桥智能科技有限公司签署合作协议，项目落户重庆市綦江区石角镇。",
    "三.md": "# 通知\n\n近日，成都市人民政府印发《成都市智造行动方案（2024—2026年）》。",
    "_四.html": "<html><head><title>澜江要闻</title></head><body><p>云桥智能科技有限公司与"
    "澜江大学签署合作协议，云桥智能科技有限公司在望江两江新区投资5亿元。</p></body></html>",
    ".hidden.txt": "这一篇谁也不读。",
    "坏.pdf": "%PDF-1.7 cut off",
    "空.txt": "",
    "表.json": "{}",
    "again/表.JSON": "{}",
    "again/工具.py": "",
}


def spark(
    *words: str | Path, alone: bool = SOAK > 1, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run ``kg build --engine spark``.

    The first job of a JVM takes four times as long as the next ones. So ``make test`` runs the
    command in this process, in a Spark that has run others; ``make soak`` runs each ``alone``, in
    a process of its own, as does one that has an environment of its own.
    """
    given = ["build", "--engine", "spark", *map(str, words)]
    if not environment and not alone:
        printed, said = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, here():
            patch.setattr("kg.run.spark.job.running", kept)
            with redirect_stdout(printed), redirect_stderr(said):
                status = main(given)
        texts = (stream.getvalue().encode() for stream in (printed, said))
        return subprocess.CompletedProcess(given, status, *texts)
    return subprocess.run(
        [sys.executable, "-m", "kg", *given],
        env={**os.environ, **SHORT_LIVED, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def statements(folder: Path) -> list[bytes]:
    shards = sorted((folder / "nquads").glob("part-*.nq"))
    assert shards
    return sorted(line for shard in shards for line in shard.read_bytes().splitlines())
