"""No file stops a run: mutated files, bombs and files that reach elsewhere.

``make soak`` reads 20,000 mutated files, an ordinary run 400 of them.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.base.codec import encode
from kg.base.errors import ReadError
from kg.ontology import load
from kg.read import File
from kg.run.pipeline import build
from kg.run.reading.child import Bounds
from kg.run.reading.outcome import Outcome
from kg.run.reading.reader_process import ReaderProcess
from kg.run.reading.workers import outcomes
from tests.conftest import ROOT, SOAK, kg
from tests.testing.faults.faults import library
from tests.testing.files.hostile import MIB, SENTENCE, bombs, callers, good, mutants

# A process that ended, was killed or holds too much is taken over by no test after it.
pytestmark = pytest.mark.usefixtures("kept_readers")

EACH = 400
# Each way to die, and several processes that read; by make soak each of both.
DEATHS = [(signal.SIGSEGV, 2), (signal.SIGABRT, 1), (signal.SIGBUS, 1)]
if SOAK > 1:
    DEATHS = [(number, workers) for number, _ in DEATHS for workers in (1, 2)]
# Words of reasons that would tell of a fault of ours.
FAULTS = ("died", "ended by the system", "fault of kg", "took more", "needed more", "Error")


def read(files: list[File], workers: int = 1, **bounds: float) -> list[Outcome]:
    return list(outcomes(files, str(load().folder), workers, Bounds(**bounds)))  # type: ignore[arg-type]


def given(named: dict[str, bytes]) -> list[File]:
    return [File("-", name, data=data) for name, data in named.items()]


def bytes_of(outcome: Outcome) -> str:
    return encode(Outcome(outcome.name, outcome.document, outcome.reading, outcome.problem))


def sources(folder: Path) -> Path:
    """A folder of the good files."""
    folder.mkdir()
    for kind, data in good().items():
        (folder / f"good{kind}").write_bytes(data)
    return folder


def published(folder: Path) -> dict[str, bytes]:
    """What a graph says; its page and its report tell of what was skipped as well."""
    names = ("graph.ttl", "graph.graphml", "entities.csv", "facts.csv")
    return {name: (folder / name).read_bytes() for name in names}


def skipped(folder: Path) -> dict[str, str]:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return {row["name"]: row["reason"] for row in report["skipped"]}


class Deadly:
    """Bytes that end the process which takes them over with a signal."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return signal.raise_signal, (self.number,)


@pytest.mark.parametrize("seed", range(SOAK))
def test_mutated_files_are_read_or_named_and_change_no_other(seed: int) -> None:
    bad, whole = given(dict(mutants(seed, EACH))), given({f"good{k}": d for k, d in good().items()})
    sound = read(whole)
    assert all(outcome.document for outcome in sound)
    alone = [bytes_of(outcome) for outcome in sound]
    mixed = bad[: EACH // 2] + whole + bad[EACH // 2 :]
    found = read(mixed, 1 + seed % 2)
    assert [outcome.name for outcome in found] == [file.name for file in mixed]
    assert [bytes_of(o) for o in found[EACH // 2 : EACH // 2 + len(whole)]] == alone
    problems = [outcome.problem for outcome in found if outcome.problem]
    assert EACH / 4 < len(problems) < EACH  # some are still read, so that the rules meet them too
    assert [problem for problem in problems if any(word in problem for word in FAULTS)] == []
    assert all(outcome.document or outcome.problem for outcome in found)


@pytest.fixture(scope="module")
def bombed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """The graph of good files alone, that of the same with bombs, and what was said."""
    home = tmp_path_factory.mktemp("bombs")
    folder = sources(home / "documents")
    assert kg("build", folder, "-o", home / "alone", alone=True).returncode == 0
    for name, data, _ in bombs():
        (folder / name).write_bytes(data)
    with (folder / "sparse.txt").open("wb") as sparse:
        sparse.truncate(1024 * MIB)
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.txt").symlink_to("loop.html")
    (folder / "loop.html").symlink_to("loop.txt")
    (folder / "around").symlink_to(".")
    (folder / "device.txt").symlink_to("/dev/zero")
    (home / "secret.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "out.txt").symlink_to(home / "secret.txt")
    (folder / "up.txt").symlink_to("../secret.txt")
    bound = socket.socket(socket.AF_UNIX)
    before = Path.cwd()
    os.chdir(folder)  # the name of a socket is short
    try:
        bound.bind("socket.txt")
    finally:
        os.chdir(before)
        bound.close()
    done = kg("build", folder, "-o", home / "graph", alone=True)
    assert done.returncode == 1
    return home / "alone", home / "graph", done.stderr.decode()


REASONS = {
    "sparse.txt": "is larger than 64 MiB (1024.0 MiB)",
    "pipe.txt": "is no regular file",
    "socket.txt": "cannot be opened",
    "loop.txt": "is a link to nothing",
    "loop.html": "is a link to nothing",
    "around": "is a link to a folder",
    "device.txt": "leads out of its folder",
    "out.txt": "leads out of its folder",
    "up.txt": "leads out of its folder",
}


def test_every_bomb_is_named_with_its_reason(bombed: tuple[Path, Path, str]) -> None:
    _, graph, said = bombed
    reasons = {**REASONS, **{name: reason for name, _, reason in bombs()}}
    named = skipped(graph)
    assert named.keys() == reasons.keys()
    assert len(named) >= 20
    for name, reason in reasons.items():
        assert reason in named[name]
        assert f"skipped {name}: {named[name]}" in said
    assert "Traceback" not in said


def test_a_limit_that_is_to_be_raised_is_an_option(bombed: tuple[Path, Path, str]) -> None:
    options = kg("build", "--help").stdout.decode()
    named = re.findall(r"raise (.+?)(?: \(|;|,|$)", "\n".join(skipped(bombed[1]).values()), re.M)
    assert named
    assert [one for one in named if not one.startswith("--") or one not in options] == []


def test_bombs_leave_the_graph_of_the_others_as_it_is(bombed: tuple[Path, Path, str]) -> None:
    alone, graph, _ = bombed
    assert published(graph) == published(alone)


def test_a_stream_without_end_is_read_to_the_limit_only(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "build", "-", "-o", str(tmp_path / "graph")]
    block, taken = SENTENCE.encode() * 10_000, 0
    reader, writer = os.pipe()
    with subprocess.Popen(command, stdin=reader, stderr=subprocess.PIPE, cwd=ROOT) as process:
        os.close(reader)
        assert process.stderr
        try:
            while taken < 1024 * MIB:
                taken += os.write(writer, block)
        except BrokenPipeError:
            pass  # it has had enough
        os.close(writer)
        said = process.stderr.read().decode()
    assert process.returncode == 1
    assert "is larger than 64 MiB" in said
    assert taken < 70 * MIB


@contextmanager
def listening() -> Iterator[tuple[str, list[object]]]:
    """An address, and all who have called there."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:

        def take() -> None:
            while True:
                try:
                    connection, caller = server.accept()
                except OSError:
                    return
                calls.append(caller)
                connection.close()

        threading.Thread(target=take, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd", calls
        server.shutdown(socket.SHUT_RDWR)


def watched(home: Path, *command: object) -> list[str]:
    """What a program and all that it starts open below a folder, and when they call a host."""
    record = home.parent / f"{home.name}.log"
    watching = {
        "LD_PRELOAD": str(library()),
        "FAULT_UNDER": str(home.resolve()),
        "FAULT_LOG": str(record),
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run(
        list(map(str, command)), env={**os.environ, **watching}, capture_output=True, check=False
    )
    return record.read_text().splitlines()


def test_no_file_makes_a_call_or_opens_another_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    folder, secret = sources(home / "documents"), home / "secret.dtd"
    secret.write_text("<!ENTITY x 'secret'>")
    with listening() as (url, calls):
        named = dict(callers(url, str(secret)))
        for name, data in named.items():
            (folder / name).write_bytes(data)
        log = watched(home, sys.executable, "-m", "kg", "build", folder, "-o", home / "graph")
        opened = {Path(line).name for line in log if line.startswith(str(folder))}
        assert opened >= named.keys()
        assert len(named) >= 11
        assert "connect" not in log
        assert str(secret) not in log
        assert calls == []
        # The same library, the same listener and a parser that does as it is told.
        eager = (
            "import sys, lxml.etree as e\n"
            "p = e.XMLParser(load_dtd=True, no_network=False, resolve_entities=True)\n"
            "[e.parse(f, p) for f in sys.argv[1:2]]"
        )
        planted = home / "planted.xml"
        planted.write_text(f"<!DOCTYPE x SYSTEM '{secret}'><x/>", encoding="utf-8")
        log = watched(home, sys.executable, "-c", eager, planted)
        assert str(secret) in log
        call = f"import urllib.request as u\nu.urlopen('{url}')"
        assert "connect" in watched(home, sys.executable, "-c", call)
        deadline = time.monotonic() + 30
        while not calls and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(calls) == 1
    graph = (home / "graph" / "graph.ttl").read_text(encoding="utf-8")
    assert "secret" not in graph.replace(str(secret), "")


def long(size: int) -> bytes:
    """A text whose extraction takes about ten seconds and 100 MiB for each MiB."""
    return (SENTENCE * (size // len(SENTENCE.encode()))).encode()


def test_a_file_that_takes_too_long_is_named_and_tried_again(tmp_path: Path) -> None:
    folder, graph = tmp_path / "documents", tmp_path / "graph"
    folder.mkdir()
    (folder / "good.txt").write_bytes(good()[".txt"])
    (folder / "long.txt").write_bytes(long(MIB // 8))
    report = build([folder], graph, file_timeout=0.4)
    assert [(s.name, s.reason) for s in report.skipped] == [("long.txt", Bounds(0.4).too_long)]
    assert report.counts["total"]["documents"] == 1
    assert build([folder], graph, file_timeout=0.4).unchanged
    report = build([folder], graph, file_timeout=300)
    assert report.complete
    assert (report.known, report.counts["total"]["documents"]) == (1, 2)


class Idle:
    """Bytes whose process does nothing for so many seconds when it takes them over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __reduce__(self) -> tuple[object, tuple[float]]:
        return time.sleep, (self.seconds,)


def test_a_file_that_takes_too_long_by_the_clock_is_named() -> None:
    idle = File("-", "idle.pdf", data=Idle(300))  # type: ignore[arg-type]
    found = read([idle, *given({"good.txt": good()[".txt"]})], seconds=1)
    assert found[0].problem == Bounds(1).too_slow
    assert found[1].document


def test_a_document_that_takes_too_long_is_named_by_an_evaluation(tmp_path: Path) -> None:
    folder, gold = tmp_path / "documents", tmp_path / "gold.json"
    folder.mkdir()
    (folder / "long.txt").write_bytes(long(MIB // 2))
    entity = '{"id": "e1", "type": "Person", "name": "孟文", "aliases": []}'
    gold.write_text(f'{{"doc": "long.txt", "entities": [{entity}], "relations": []}}', "utf-8")
    done = kg("evaluate", gold, folder, "--file-timeout", "1", alone=True)
    assert done.returncode == 1
    assert b"tp 0 fp 0 fn 1\n" in done.stdout
    assert done.stderr.decode() == f"skipped {folder / 'long.txt'}: {Bounds(1).too_long}\n"


def decided(name: str, quote: str) -> str:
    """A line of corrections: an organisation signs with another one, in these words."""
    ends = [{"name": name, "class": "Organisation"} for name in ("甲", "乙")]
    said = {"predicate": "signs", "subject": ends[0], "object": ends[1]}
    claim = {**said, "document": {"id": "0", "name": name}, "quote": quote}
    told = {"do": "accept", "by": "王敏", "when": "2026-05-06T07:08:09Z", "claim": claim}
    return json.dumps(told) + "\n"


def test_what_decisions_could_not_be_compared_with_is_named(tmp_path: Path) -> None:
    folder, gold = tmp_path / "documents", tmp_path / "decisions.jsonl"
    folder.mkdir()
    (folder / "good.txt").write_bytes(good()[".txt"])
    (folder / "long.txt").write_bytes(long(MIB // 2))
    (folder / "torn.docx").write_bytes(good()[".docx"][:300])
    quote = SENTENCE[:12]
    gold.write_text(decided("good.txt", quote) + decided("long.txt", quote), encoding="utf-8")
    done = kg("evaluate", gold, folder, "--file-timeout", "1", alone=True)
    assert done.returncode == 1
    assert b"relation" in done.stdout
    torn, long_ = done.stderr.decode().splitlines()
    assert torn.startswith("skipped torn.docx: ")
    assert long_ == f"skipped long.txt: {Bounds(1).too_long}"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process takes")
def test_a_file_that_needs_too_much_memory_is_named_and_the_next_is_read() -> None:
    named = {"large.txt": long(4 * MIB), "good.txt": good()[".txt"]}
    found = read(given(named), seconds=300, memory=160)
    assert [outcome.problem for outcome in found] == [Bounds(memory=160).too_large, ""]
    assert found[0].digest == ""  # the next build tries again
    assert found[1].document


@pytest.mark.parametrize(("number", "workers"), DEATHS)
def test_a_file_that_kills_its_process_is_named_with_the_signal(number: int, workers: int) -> None:
    deadly = [File("-", f"{n}.pdf", data=Deadly(number)) for n in range(2)]  # type: ignore[arg-type]
    whole = given({"a.txt": good()[".txt"], "b.html": good()[".html"]})
    found = read([whole[0], *deadly, whole[1]], workers)
    assert [bool(outcome.document) for outcome in found] == [True, False, False, True]
    assert {outcome.problem for outcome in found[1:3]} == {
        f"the process that read it died (signal {number:d}); it may be damaged"
    }


def test_a_file_that_says_too_much_is_named() -> None:
    found = read(given({"much.txt": good()[".txt"] * 400, "good.txt": good()[".txt"]}), answer=0)
    assert {outcome.problem for outcome in found} == {Bounds(answer=0).too_much}


def test_a_process_that_does_not_start_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="the process that reads documents did not start"):
        list(outcomes(given({"a.txt": b"a"}), str(tmp_path / "nonsuch")))


def test_a_process_that_reads_writes_no_file_and_ends_with_its_keeper() -> None:
    keeper = ReaderProcess(str(load().folder), Bounds())
    keeper.wait_until_ready()
    limits = Path(f"/proc/{keeper.process.pid}/limits")
    if limits.exists():
        told = {line[:25].strip(): line[26:46].strip() for line in limits.read_text().splitlines()}
        assert (told["Max file size"], told["Max core file size"]) == ("0", "0")
        assert told["Max data size"] == str(2560 * MIB)
    assert keeper.process.stdin
    keeper.process.stdin.close()  # as when the keeper's process is killed
    assert keeper.process.wait(600) == 0
    keeper.close()


def test_a_script_without_a_guard_builds(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_bytes(good()[".txt"])
    script = tmp_path / "script.py"
    script.write_text(
        "print('begun')\nfrom kg.run.pipeline import build\n"
        f"build([{str(tmp_path / 'good.txt')!r}], {str(tmp_path / 'graph')!r}, workers=2)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "begun\n", "")
