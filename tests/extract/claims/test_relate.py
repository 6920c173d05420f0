"""What no text can show of the relations that are found; what texts tell is in ``tests/data``."""

from __future__ import annotations

from dataclasses import replace

from kg.base.records import Document
from kg.extract.claims.relater import relater
from kg.extract.stations import DocumentState, run_relate, run_until
from kg.ontology import load

ONTOLOGY = load()


def test_nothing_is_said_of_a_thing_and_itself() -> None:
    """A park may be a project and a place; it does not lie in itself."""
    relations = relater(str(ONTOLOGY.folder))
    text = "云澜科技有限公司投资建设智能传感器基地项目。"
    state = run_until(DocumentState(Document("t", "t.txt", text), ONTOLOGY), run_relate)
    one = next(t for t in state.statements if t.statement.object is not None)
    itself = replace(
        one.statement, object=replace(one.statement.object, name=one.statement.subject.name)
    )
    assert list(relations.with_status(one.context, [one.statement]))
    assert not list(relations.with_status(one.context, [itself]))
