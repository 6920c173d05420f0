"""Which columns of a query hold yuan; people read them as such, programs as digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.cli.main import main
from kg.ontology import load
from kg.query.yuan import yuan_columns

if TYPE_CHECKING:
    from pathlib import Path

PREFIXES = {"kg": load().namespace}


@pytest.mark.parametrize(
    ("query", "columns", "yuan"),
    [
        ("SELECT ?p ?n { ?p kg:investment ?n }", ["p", "n"], ["n"]),
        ("SELECT (SUM(?n) AS ?all) { ?p kg:investment ?n }", ["all"], ["all"]),
        ("SELECT (COUNT(?n) AS ?all) { ?p kg:investment ?n }", ["all"], []),
        ("SELECT (COUNT(*) AS ?investment) { ?p ?q ?o }", ["investment"], []),
        ("SELECT ?investment { ?p ?q ?investment }", ["investment"], ["investment"]),
        ("SELECT ?n { ?p kg:mentions ?n } # kg:investment ?n", ["n"], []),
        (f"SELECT ?n {{ ?p <{load().namespace}output> ?n }}", ["n"], ["n"]),
        (
            "SELECT ?v { ?c rdf:predicate kg:investment ; rdf:object ?v }",
            ["v"],
            ["v"],
        ),
    ],
)
def test_columns_that_a_sum_in_yuan_leads_to(
    query: str, columns: list[str], yuan: list[str]
) -> None:
    assert yuan_columns(query, columns, load(), PREFIXES) == yuan


def test_a_terminal_shows_yuan_and_a_pipe_digits(
    graph_of_examples: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    query = "SELECT ?p ?n { ?p kg:investment ?n } ORDER BY DESC(?n) LIMIT 1"
    words = ["query", "-d", str(graph_of_examples), query]
    monkeypatch.delenv("COLUMNS", raising=False)
    assert main(words) == 0
    assert capsys.readouterr().out.split()[-1].isdigit()
    monkeypatch.setenv("COLUMNS", "120")
    assert main(words) == 0
    assert "亿元" in capsys.readouterr().out
    assert main([*words, "--format", "csv"]) == 0
    assert "亿元" not in capsys.readouterr().out
