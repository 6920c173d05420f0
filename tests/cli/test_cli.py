"""The command line: exit statuses, streams, helps, and what is said when something is wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.base.settings import SETTINGS
from kg.cli.options import COMMANDS, EXPORTS
from tests.conftest import EXAMPLES, ROOT, kg

NAMES = [command.name for command in COMMANDS]
COUNT = "SELECT (COUNT(?s) AS ?n) { ?s a kg:Project }"


def out(done: subprocess.CompletedProcess[bytes]) -> str:
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8")


def test_the_version_is_that_of_the_package() -> None:
    import kg as package

    assert out(kg("--version")) == f"kg {package.__version__}\n"


def test_help_lists_every_command() -> None:
    text = out(kg("--help"))
    assert [name for name in NAMES if f"    {name} " not in text] == []
    assert len(NAMES) == 22


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_the_help_of_a_command_says_what_it_does_with_an_example(command: object) -> None:
    text = " ".join(out(kg(command.name, "--help")).split())  # type: ignore[attr-defined]
    assert command.does in text  # type: ignore[attr-defined]
    assert f"example: {command.example}" in text  # type: ignore[attr-defined]


def test_the_help_of_serve_tells_its_limits_and_which_a_flag_sets() -> None:
    text = " ".join(out(kg("serve", "--help")).split())
    assert "10 seconds: time that a query may take on the server (--timeout)" in text
    (serve,) = (command for command in COMMANDS if command.name == "serve")
    assert len(serve.limits) == 16
    for name in serve.limits:
        setting = SETTINGS[name]
        told = f"{setting.default} {setting.unit}: {setting.help}"
        assert told in text
        assert (f"{told} (--{name})" in text) == (name == "timeout")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("build",),
        ("build", "x", "--workers", "0"),
        ("build", "x", "--base", "no iri"),
        ("query",),
        ("query", "-f", "x", "ASK {}"),
        ("query", "--format", "pdf", "ASK {}"),
        ("ask", "about", "entity"),
        ("explain",),
        ("report", "x"),
        ("report", "x", "-o", "x.pdf"),
        ("view", "--limit", "-1"),
        ("view", "--arou", "x"),
    ],
    ids=str,
)
def test_wrong_usage_gives_2_and_is_told_on_stderr(words: tuple[str, ...]) -> None:
    done = kg(*words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"usage: kg")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "nonsuch"), "nonsuch: does not exist"),
        (("query", "-d", "nonsuch", "ASK {}"), "nonsuch: there is no such folder; -d names"),
        (("verify", "-d", "."), ".: holds no graph; -d names the folder of a graph, and one is"),
        (("query", "-f", "nonsuch.rq"), "nonsuch.rq: cannot be read"),
        (("evaluate", "nonsuch.json"), "nonsuch.json: cannot be read"),
        (("import", "-d", "nonsuch", "x.ttl"), "x.ttl: cannot be read"),
    ],
)
def test_input_at_fault_gives_1_and_one_line(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = kg(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    last = done.stderr.decode().splitlines()[-1]
    assert last.startswith("kg: ")
    assert said in last
    assert "Traceback" not in done.stderr.decode()


def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").touch()
    done = kg("explain", "-d", "a.ttl", "甲", cwd=tmp_path)
    assert done.returncode == 1
    assert "a.ttl: is a file and no folder; -d names the folder of a graph" in done.stderr.decode()


def test_a_query_is_answered_from_words_file_and_stdin(
    graph_of_examples: Path, tmp_path: Path
) -> None:
    file = tmp_path / "q.rq"
    file.write_text(COUNT, encoding="utf-8")
    words = out(kg("query", "-d", graph_of_examples, COUNT, "--format", "csv"))
    assert words.splitlines()[0] == "n"
    assert int(words.splitlines()[1]) > 20
    base = ("query", "-d", graph_of_examples, "--format", "csv")
    assert out(kg(*base, "-f", file)) == words
    assert out(kg(*base, "-", input=COUNT.encode())) == words


def test_a_wrong_query_is_answered_with_its_place(graph_of_examples: Path) -> None:
    done = kg("query", "-d", graph_of_examples, "SELECT * {\n ?s kg:signs }")
    assert done.returncode == 1
    assert "line 2, column 14" in done.stderr.decode()


def test_a_wrong_name_is_answered_with_the_nearest(graph_of_examples: Path) -> None:
    asked = kg("ask", "-d", graph_of_examples, "investmnts")
    assert (asked.returncode, asked.stdout) == (1, b"")
    assert "did you mean investments" in asked.stderr.decode()
    asked = kg("ask", "-d", graph_of_examples, "项目台帐")
    assert "did you mean 项目台账" in asked.stderr.decode()
    asked = kg("ask", "-d", graph_of_examples, "星河")
    assert "kg ask alone lists them all" in asked.stderr.decode()
    explained = kg("explain", "-d", graph_of_examples, "蓉芯薇")
    assert explained.returncode == 1
    assert "蓉芯微" in explained.stderr.decode()


def test_ocr_says_which_folder_there_is_not(tmp_path: Path) -> None:
    done = kg("ocr", tmp_path / "scans")
    assert done.returncode == 1
    assert "scans: does not exist" in done.stderr.decode()


def test_ask_lists_the_questions_without_a_graph(tmp_path: Path) -> None:
    text = out(kg("ask", cwd=tmp_path))
    assert len(text.splitlines()) >= 14
    assert "investments" in text
    assert "按投资额排列的项目" in text


def test_a_question_is_asked_by_its_chinese_label_too(graph_of_examples: Path) -> None:
    words = ("ask", "-d", graph_of_examples)
    assert out(kg(*words, "签约与投资")) == out(kg(*words, "deals"))


def test_ask_answers_in_every_format_for_rows(graph_of_examples: Path) -> None:
    words = ("ask", "-d", graph_of_examples, "investments", "minimum=1e9")
    rows = json.loads(out(kg(*words, "--format", "json")))["results"]["bindings"]
    assert rows
    table = out(kg(*words))
    assert len(table.splitlines()) == len(rows) + 2


def test_options_may_stand_between_arguments(graph_of_examples: Path) -> None:
    usual = out(kg("ask", "-d", graph_of_examples, "investments", "minimum=1e9"))
    assert usual.count("\n") > 2
    for words in (
        ("investments", "-d", graph_of_examples, "minimum=1e9"),
        ("investments", "minimum=1e9", "-d", graph_of_examples),
    ):
        assert out(kg("ask", *words)) == usual
    assert out(kg("ask", "-d", graph_of_examples, "--", "investments", "minimum=1e9")) == usual
    wrong = kg("ask", "investments", "--nonsuch", "minimum=1e9")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith(b"usage: kg ask")


def test_a_status_or_relation_that_is_none_is_refused(graph_of_examples: Path) -> None:
    for words, said in (
        (("facts", "status=sign"), "status: 'sign' is no status; did you mean signed"),
        (("facts", "status=signed", "relation=sign"), "'sign' is no relation; did you mean signs"),
        (("contradictions", "attribute=investmen"), "did you mean investment"),
    ):
        done = kg("ask", "-d", graph_of_examples, *words)
        assert (done.returncode, done.stdout) == (1, b"")
        assert said in done.stderr.decode()
    assert out(kg("ask", "-d", graph_of_examples, "facts", "status=signed")).count("\n") > 2


def test_a_term_that_the_ontology_lacks_is_noted(graph_of_examples: Path) -> None:
    done = kg("query", "-d", graph_of_examples, "SELECT ?o { ?s kg:signz ?o }", "--format", "csv")
    assert (done.returncode, done.stdout.split()) == (0, [b"o"])
    note = "note: kg:signz is no term of the ontology; did you mean signs"
    assert done.stderr.decode().startswith(note)
    assert kg("query", "-d", graph_of_examples, "SELECT ?o { ?s kg:signs ?o }").stderr == b""


def test_results_are_utf8_in_any_locale(graph_of_examples: Path) -> None:
    words = ("ask", "-d", graph_of_examples, "counts")
    normal = out(kg(*words))
    for locale in ("C", "POSIX", "en_US.ISO-8859-1"):
        plain = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        assert out(kg(*words, env=plain)) == normal


def test_view_writes_a_page_and_prints_its_path(graph_of_examples: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    words = ("view", "-d", graph_of_examples, "-o", page)
    assert out(kg(*words, "--around", "蓉芯微")) == f"{page}\n"
    near = page.read_text(encoding="utf-8")
    assert out(kg(*words)) == f"{page}\n"
    whole = page.read_text(encoding="utf-8")
    assert "蓉芯微电子股份有限公司" in near
    assert len(near) < len(whole)
    assert {p.name for p in tmp_path.iterdir()} == {"page.html"}


def test_view_draws_what_a_query_answers_with(graph_of_examples: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT ?s { ?s a kg:Event }", encoding="utf-8")
    page = out(kg("view", "-d", graph_of_examples, "--query", query, "-o", "-"))
    assert "数博会" in page
    assert '"label":"蓉芯微电子股份有限公司"' not in page  # its documents may name it
    query.write_text("SELECT (COUNT(*) AS ?n) { ?s rdfs:label ?l }", encoding="utf-8")
    none = kg("view", "-d", graph_of_examples, "--query", query)
    assert none.returncode == 1
    assert b"answers with no entity" in none.stderr


def test_export_goes_to_stdout_or_a_file(graph_of_examples: Path, tmp_path: Path) -> None:
    text = out(kg("export", "-d", graph_of_examples, "ttl"))
    assert text.encode() == (graph_of_examples / "graph.ttl").read_bytes()
    assert out(kg("export", "-d", graph_of_examples, "nt", "-o", tmp_path / "g.nt")) == ""
    assert (tmp_path / "g.nt").stat().st_size > 100_000
    assert out(kg("export", "-d", graph_of_examples, "csv", "-o", tmp_path)) == ""
    for name in ("entities.csv", "facts.csv"):
        assert (tmp_path / name).read_bytes() == (graph_of_examples / name).read_bytes()


def test_parquet_goes_to_a_file_or_all_of_it_into_a_folder(
    graph_of_examples: Path, tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    file, folder = tmp_path / "claims.parquet", tmp_path / "tables"
    assert out(kg("export", "-d", graph_of_examples, "parquet", "-o", file)) == ""
    assert out(kg("export", "-d", graph_of_examples, "parquet", "-o", f"{folder}/")) == ""
    names = {p.name for p in folder.iterdir()}
    assert names == {"nodes.parquet", "edges.parquet", "claims.parquet"}
    assert file.read_bytes() == (folder / "claims.parquet").read_bytes()
    lines = (graph_of_examples / "facts.csv").read_bytes().count(b"\r\n")
    assert pq.read_table(file).num_rows == lines - 1


def test_an_unknown_format_lists_the_known(graph_of_examples: Path) -> None:
    from kg.publish.export import FORMATS

    done = kg("export", "-d", graph_of_examples, "jsonlb")
    assert (done.returncode, done.stdout) == (2, b"")
    assert tuple(FORMATS) == EXPORTS
    assert [name for name in EXPORTS if repr(name) not in done.stderr.decode()] == []


def test_tables_go_into_a_folder_that_is_made(graph_of_examples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "tables"
    assert out(kg("export", "-d", graph_of_examples, "csv", "-o", f"{folder}/")) == ""
    assert {p.name for p in folder.iterdir()} == {
        "entities.csv",
        "facts.csv",
        "posts.csv",
        "deals.csv",
    }
    (tmp_path / "file").write_text("", encoding="utf-8")
    wrong = kg("export", "-d", graph_of_examples, "csv", "-o", f"{tmp_path / 'file'}/")
    assert wrong.returncode == 1
    assert b"file/: cannot be made" in wrong.stderr


def test_imported_rdf_survives_a_rebuild(tmp_path: Path) -> None:
    folder, extra = tmp_path / "graph", tmp_path / "extra.ttl"
    source = EXAMPLES / "成都-高新区集中签约.txt"
    assert kg("build", source, "-o", folder).returncode == 0
    extra.write_text('<http://example.org/a> rdfs:label "甲" .', encoding="utf-8")
    wrong = kg("import", "-d", folder, extra)
    assert wrong.returncode == 1
    assert b"extra.ttl:1" in wrong.stderr
    extra.write_text('<http://example.org/a> <http://example.org/b> "甲" .', encoding="utf-8")
    assert "1" in out(kg("import", "-d", folder, extra))
    assert kg("build", source, "-o", folder).returncode == 0
    ask = ("query", "-d", folder, "ASK { <http://example.org/a> ?p ?o }", "--format", "csv")
    assert out(kg(*ask)).strip() == "true"


def test_validate_says_that_a_build_conforms(graph_of_examples: Path) -> None:
    done = kg("validate", "-d", graph_of_examples)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"conforms" in done.stderr


def test_validate_names_what_breaks_a_shape(tmp_path: Path) -> None:
    folder, extra = tmp_path / "graph", tmp_path / "extra.ttl"
    assert kg("build", EXAMPLES / "成都-高新区集中签约.txt", "-o", folder).returncode == 0
    extra.write_text(
        "@prefix kg: <https://w3id.org/zhengtu/ontology#> .\n<http://example.org/a> a kg:Person .",
        encoding="utf-8",
    )
    assert kg("import", "-d", folder, extra).returncode == 0
    done = kg("validate", "-d", folder)
    assert done.returncode == 1
    assert b"http://example.org/a" in done.stdout
    assert done.stderr == b"1 violation\n"


@pytest.mark.parametrize(
    ("form", "said"),
    [("md", "# 政图本体"), ("ttl", "owl:ObjectProperty"), ("shacl", "sh:PropertyShape")],
)
def test_ontology_prints_itself(form: str, said: str) -> None:
    assert said in out(kg("ontology", "--format", form))


def test_ontology_copies_itself_to_be_changed(tmp_path: Path) -> None:
    copy = tmp_path / "mine"
    assert kg("ontology", "--copy", copy).returncode == 0
    page = copy / "classes" / "Event.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("zh: ", "zh: 新", 1), encoding="utf-8")
    assert "新" in out(kg("ontology", env={"KG_ONTOLOGY": str(copy)})).split("## Relations")[0]
    again = kg("ontology", "--copy", copy)
    assert again.returncode == 1
    assert b"is there already" in again.stderr


def test_a_reader_that_leaves_is_no_error(graph_of_examples: Path) -> None:
    command = f"'{sys.executable}' -m kg export -d '{graph_of_examples}' nt | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


def test_a_full_stdout_is_told(graph_of_examples: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "export", "-d", str(graph_of_examples), "nt"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"kg: No space left on device\n"


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("ask", "--help"), ("ask",)])
@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_full_stdout_is_told_for_helps_too(words: tuple[str, ...], buffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *words],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": buffered},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, b"kg: No space left on device\n")


def test_a_file_cut_short_is_told_without_a_buffer(graph_of_examples: Path, tmp_path: Path) -> None:
    # A limit on the size of files takes a part of a write, as a disk does that fills up.
    code = (
        "import resource, signal, sys; from kg.cli.main import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "sys.exit(main())"
    )
    with (tmp_path / "graph.nt").open("wb") as file:
        done = subprocess.run(
            [sys.executable, "-c", code, "export", "-d", str(graph_of_examples), "nt"],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdout=file,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (tmp_path / "graph.nt").stat().st_size == 20_000
    assert (done.returncode, done.stderr) == (1, b"kg: File too large\n")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_gives_130_and_one_line(workers: str, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    text = (EXAMPLES / "重庆-两江新区智造.txt").read_text(encoding="utf-8")
    for i in range(400):
        (folder / f"{i}.txt").write_text(f"{i}\n{text}", encoding="utf-8")
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "kg",
            "build",
            folder,
            "-o",
            tmp_path / "graph",
            "--workers",
            workers,
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
        encoding="utf-8",
    )
    assert process.stderr is not None
    process.stderr.readline()  # the first documents are done: all processes run
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=600)
    lines = [line for line in said.splitlines() if "/400 " not in line]
    assert process.returncode == 130
    assert lines == ["kg: interrupted"]
    # No graph, but what was read: the next build goes on from there.
    left = [p.relative_to(tmp_path / "graph") for p in (tmp_path / "graph").rglob("*")]
    assert sorted(map(str, left)) == ["store", "store/readings.sqlite"]


def test_progress_is_plain_lines_in_a_pipe(tmp_path: Path) -> None:
    done = kg("build", EXAMPLES, tmp_path / "nonsuch.txt", "-o", tmp_path / "graph")
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert done.stdout == b""
    assert lines[0].startswith("1/17 ")
    assert "\x1b" not in done.stderr.decode()
    assert any("skipped nonsuch.txt: does not exist" in line for line in lines)
    assert "1 skipped" in lines[-2]
    assert "16 documents" in lines[-1]


def test_progress_is_a_bar_on_a_terminal(tmp_path: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", EXAMPLES, tmp_path / "no", "-o", tmp_path / "graph"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"},
        stderr=follower,
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    assert process.wait(timeout=600) == 1
    text = shown.decode("utf-8", "replace")
    assert "/17" in text
    assert "0:00:" in text
    assert "skipped no: does not exist" in text
