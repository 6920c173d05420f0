"""The ledger remembers from which build to which a fact was told, and nothing of that is a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.base.errors import StoreError
from kg.ontology import load
from kg.store import generation, history
from kg.store.folder import Store
from kg.store.history import builds, histories_where
from kg.store.ledger import Ledger
from kg.store.rdf.triples import triples
from tests.testing.graphs import builders as b

if TYPE_CHECKING:
    from kg.base.records import Knowledge

WHOLE = b.knowledge()


def built(folder: Path, knowledge: Knowledge) -> None:
    lines = triples(knowledge, load(), b.BASE)
    Store.create(folder, lines, knowledge.sources, history=knowledge)


def without(predicate: str) -> Knowledge:
    return replace(WHOLE, facts=tuple(f for f in WHOLE.facts if f.predicate != predicate))


def spans(folder: Path, predicate: str) -> list[tuple[str, int, int]]:
    """From which to which build the facts of a relation were told."""
    with Store.open(folder) as store:
        found = histories_where(store.ledger, "1")
        return [(t.object, t.first, t.last) for t in found if t.predicate == predicate]


def test_a_fact_is_remembered_from_build_to_build(tmp_path: Path) -> None:
    built(tmp_path, WHOLE)
    built(tmp_path, without("develops"))
    built(tmp_path, WHOLE)
    assert spans(tmp_path, "develops") == [("政快办", 1, 1), ("政快办", 3, 3)]
    # Said three times, by two bodies: two facts.
    assert spans(tmp_path, "signs") == [(b.PROJECT.name, 1, 3)] * 2
    with Store.open(tmp_path) as store:
        assert [(one.number, one.documents) for one in builds(store.ledger)] == [
            (1, 1), (2, 1), (3, 1)
        ]  # fmt: skip
        (develops, _) = histories_where(store.ledger, "predicate = 'develops'")
    assert (develops.subject, develops.quote, develops.day) == (
        b.COMPANY.name,
        "与北碚区",
        "2020-11-18",
    )
    # Reference data has no sentence, and is no news.
    assert spans(tmp_path, "partOf") == []


def test_another_status_is_another_fact_and_another_sentence_is_not(tmp_path: Path) -> None:
    built(tmp_path, WHOLE)
    facts = [replace(f, status="started") if f.predicate == "locatedIn" else f for f in WHOLE.facts]
    facts = [replace(f, quote="印发", start=55) if f.predicate == "issues" else f for f in facts]
    built(tmp_path, replace(WHOLE, facts=tuple(facts)))
    assert spans(tmp_path, "locatedIn") == [("北碚区", 1, 1), ("北碚区", 2, 2)]
    assert spans(tmp_path, "issues") == [(b.POLICY.name, 1, 2)]
    with Store.open(tmp_path) as store:
        (one,) = histories_where(store.ledger, "predicate = 'issues'")
    assert (one.quote, one.start) == ("印发", 55)


def test_what_is_imported_and_what_is_old_leave_history_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.store.folder import import_rdf

    built(tmp_path, WHOLE)
    more = tmp_path / "more.nt"
    more.write_text("<x:a> <x:b> <x:c> .\n", encoding="utf-8")
    import_rdf(tmp_path, [more])
    assert spans(tmp_path, "develops") == [("政快办", 1, 1)]
    monkeypatch.setattr(history, "REMEMBERED", 2)
    for knowledge in (without("develops"), WHOLE, WHOLE):
        built(tmp_path, knowledge)
    assert spans(tmp_path, "develops") == [("政快办", 3, 4)]
    with Store.open(tmp_path) as store:
        assert [one.number for one in builds(store.ledger)] == [3, 4]


@pytest.mark.parametrize("damage", ["cut", "garbage", "gone", "spoilt"])
def test_a_ledger_that_cannot_be_read_is_forgotten(tmp_path: Path, damage: str) -> None:
    built(tmp_path, WHOLE)
    file = generation.current(tmp_path) / "ledger.sqlite"
    data = file.read_bytes()
    if damage == "gone":
        file.unlink()
    elif damage == "spoilt":
        # Whole pages of zeros behind the first, which names the tables.
        file.write_bytes(data[:4096] + bytes(len(data) - 4096))
    else:
        file.write_bytes(data[: len(data) // 2] if damage == "cut" else b"no book" * 999)
    built(tmp_path, WHOLE)
    with Store.open(tmp_path) as store:
        assert builds(store.ledger)[-1].facts > 0
    assert spans(tmp_path, "develops")[-1][1:] in ((1, 1), (1, 2))
    left = {path.name for path in generation.current(tmp_path).iterdir()}
    assert left == {"ledger.sqlite", "manifest", "quads"}


def test_a_graph_of_before_remembers_nothing(tmp_path: Path) -> None:
    b.built(tmp_path)
    with Store.open(tmp_path) as store:
        assert builds(store.ledger) == []
        assert histories_where(store.ledger, "1") == []
    built(tmp_path, WHOLE)
    assert spans(tmp_path, "develops") == [("政快办", 1, 1)]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite", create=True)
    ledger.database.execute("pragma query_only = on")
    with ledger, pytest.raises(StoreError, match="cannot be written"):
        history.record(ledger, None, WHOLE)
