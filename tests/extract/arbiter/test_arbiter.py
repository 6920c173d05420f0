"""One arbiter decides between what rules, tables and the network propose, and says why."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from kg.base.errors import ModelError
from kg.base.records import Document, LocalEntity, Reading, Span
from kg.extract.arbiter import linear, memory
from kg.extract.arbiter.arbiter import arbiter_of, installed_arbiter, reader_name
from kg.extract.arbiter.mentions import AcceptedSpans, quoted, trimmed
from kg.extract.arbiter.proposals import Proposal
from kg.extract.document import extract
from kg.extract.mentions.mention import clean
from kg.extract.model.tags import TaggedSpan
from kg.extract.stations import STATIONS, DocumentState
from kg.ontology import load
from kg.read import parse
from tests.conftest import EXAMPLES

NETWORK = "reader@"


pytestmark = pytest.mark.usefixtures("learned")


@cache
def worked(name: str) -> DocumentState:
    text = parse(name, (EXAMPLES / name).read_bytes()).text
    state = DocumentState(Document("d", name, text), load())
    for station in STATIONS:
        state = station(state)
    return state


def reading(name: str) -> Reading:
    found = worked(name).reading
    assert found is not None
    return found


KINDS = (linear.RELATION, linear.ATTRIBUTE)
NAMES = sorted(path.name for path in EXAMPLES.iterdir())


def test_the_network_reads_what_the_rules_propose() -> None:
    state = worked(NAMES[0])
    judge_ = state.arbiter
    assert judge_ is not None
    draft = state.blocks[0].drafts[0]
    context = state.blocks[0].contexts[0]
    standing = [m for m in context.mentions if not m.reference and not m.nested]
    told, untold = judge_.run_network(draft, standing), judge_.run_network(draft, ())
    assert {m.type for m in standing} and (told.hints > 0).any() and not untold.hints.any()
    assert not np.array_equal(told.states, untold.states)
    assert not np.array_equal(told.outer, untold.outer)


def referring(state: DocumentState, end: LocalEntity) -> list[Span]:
    """Where 该公司, 我市 and such stand for a thing."""
    names = {end.name, *end.aliases}
    return [
        context.article.span(m.start, m.end)
        for context in state.contexts
        for m in context.mentions
        if m.reference
        and any(one.name in names for one in context.refer(m) if one.type == end.type)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_claim_is_quoted_with_both_its_ends(name: str) -> None:
    """What the network says stands in the text: its ends, and the words that weigh most."""
    found, text = reading(name), worked(name).document.text
    fitted = linear.load()["claims"]
    least = min(fitted.confidence(fitted.threshold, kind) for kind in KINDS)
    for claim in found.claims:
        if not claim.rule.startswith(NETWORK):
            continue
        quote = text[claim.start : claim.end]
        ends = [found.entities[claim.subject]]
        ends += [found.entities[claim.object]] if claim.object is not None else []
        for end in ends:
            stands = [*end.mentions, *referring(worked(name), end)]
            assert any(claim.start <= m.start and m.end <= claim.end for m in stands), quote
        assert claim.trigger
        assert claim.value is None or claim.value.printed in quote.replace("\n", "")
        assert least <= claim.confidence <= 1


@pytest.mark.parametrize("name", NAMES)
def test_claims_fit_the_classes_of_the_ontology(name: str) -> None:
    ontology, found = load(), reading(name)
    for claim in found.claims:
        if claim.object is not None:
            relation = ontology.relations[claim.predicate]
            assert found.entities[claim.subject].type in relation.domain
            assert found.entities[claim.object].type in relation.range
        else:
            attribute = ontology.attributes[claim.predicate]
            assert found.entities[claim.subject].type in attribute.domain


def test_what_has_no_direction_is_said_once_of_two() -> None:
    text = "云桥科技有限公司与滨湖大学签署战略合作协议。"
    claims = extract(Document("d", "d.txt", text), load()).claims
    pairs = [frozenset((c.subject, c.object)) for c in claims if c.predicate == "cooperatesWith"]
    assert len(pairs) == len(set(pairs)) == 1


def test_the_network_proposes_what_no_rule_finds() -> None:
    rules = {c.rule for name in NAMES for c in reading(name).claims}
    assert any(rule.startswith(NETWORK) for rule in rules)
    assert any(not rule.startswith(NETWORK) for rule in rules)


def test_refusals_are_kept_with_what_they_lost_to() -> None:
    decisions = [
        d for name in NAMES for b in worked(name).blocks for group in b.decisions for d in group
    ]
    refused = [d for d in decisions if not d.accepted]
    assert any(d.beaten_by is not None for d in refused)
    assert any(d.beaten_by is None for d in refused)
    for d in refused:
        if d.beaten_by is not None:
            one, other = d.proposal.span, d.beaten_by.span
            assert one.start < other.end
            assert other.start < one.end
    assert all(d.proposal.proposers for d in decisions)
    assert all(d.beaten_by is None for d in decisions if d.accepted)


def test_what_rules_state_beyond_the_network_is_proposed_with_both_its_ends() -> None:
    claims = [
        (d, context)
        for name in NAMES
        for block in worked(name).blocks
        for context, group in zip(block.contexts, block.decisions, strict=True)
        for d in group
        if d.proposal.label not in load().classes
    ]
    ruled = [(d, s) for d, s in claims if f"{d.proposal.label} apart never" in d.proposal.features]
    assert len(claims) > len(ruled) > 20
    for d, _ in ruled:
        assert not any(by.startswith(NETWORK) for by in d.proposal.proposers)
    for d, context in claims:
        assert 0 <= d.proposal.span.start < d.proposal.span.end <= len(context.text)
        assert len(d.proposal.args) + (d.proposal.value is not None) == 2
        assert d.proposal.leant_on is None  # it was not asked for


def proposal(start: int, end: int) -> Proposal:
    return Proposal("A", Span(start, end), (), None, ("some.rule",), ())


def test_names_within_names_stand_and_those_across_do_not() -> None:
    taken = AcceptedSpans()
    taken.add(TaggedSpan(2, 8, 0), proposal(2, 8))
    assert taken.against(TaggedSpan(2, 8, 1)) is not None
    assert taken.against(TaggedSpan(6, 9, 0)) is not None
    assert taken.against(TaggedSpan(2, 4, 0)) is None
    assert taken.against(TaggedSpan(0, 9, 0)) is None
    assert taken.around(TaggedSpan(2, 4, 0))
    assert not taken.around(TaggedSpan(2, 8, 0))


def test_quotation_marks_are_no_part_of_what_is_compared() -> None:
    assert trimmed("《甲办法》", 0, 5) == (1, 4)
    assert trimmed("“”", 0, 2) is None
    assert quoted("《甲办法", 1, 4) == (1, 4)


def test_weights_of_the_arbiter_are_integers_and_travel_whole(tmp_path: Path) -> None:
    fitted = linear.load()
    assert set(fitted) == {"mentions", "claims", "links", "verdicts"}
    for one in fitted.values():
        assert all(isinstance(weight, int) for weight in one.weights.values())
        assert one.doubtful <= one.threshold
    path = tmp_path / "weights.json"
    linear.write(path, fitted)
    assert path.read_bytes() == linear.SHIPPED.read_bytes()


@pytest.mark.parametrize("content", ["", "[]", '{"mentions": {"weights": {}}}', "{"])
def test_weights_that_are_none_are_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ModelError, match=r"weights\.json"):
        linear.load(path)


def test_the_arbiter_decides_unless_rules_alone_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = str(load().folder)
    assert installed_arbiter(folder) is arbiter_of(folder, None)
    with_network = reader_name()
    for asked in ("", "learned"):
        monkeypatch.setenv("KG_READER", asked)
        assert installed_arbiter(folder) is arbiter_of(folder, None)
        assert reader_name() == with_network
    monkeypatch.setenv("KG_READER", "rules")
    assert installed_arbiter(folder) is None
    assert reader_name() == "rules" != with_network


CLINIC = """name: Clinic
order: 80
label: {zh: 诊所, en: Clinic}
comment: {zh: 看病的地方。, en: Places where people are treated.}
colour: "#123456"
identity: {by: name}
names:
  - rule: clinic.head
    kind: suffix
    words: [诊所]
    confidence: 0.9
    example: {text: 云澜诊所今日开业。, finds: [云澜诊所]}
"""


def test_a_class_that_a_user_adds_stands_by_its_rules(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(load().folder, folder)
    (folder / "classes" / "Clinic.yaml").write_text(CLINIC, "utf-8")
    text = "云澜诊所位于合肥市，昨日与甲某智能科技有限公司签约。"
    found = extract(Document("d", "d.txt", text), load(folder))
    assert ("Clinic", "云澜诊所") in {(e.type, e.name) for e in found.entities}
    assert ("District", "合肥市") in {(e.type, e.name) for e in found.entities}


def test_mentions_of_the_network_are_named_as_they_are_printed() -> None:
    for name in NAMES:
        for context in worked(name).contexts:
            for m in context.mentions:
                if m.rule.startswith(NETWORK):
                    assert m.name == clean(context.text[m.start : m.end])


def test_the_weights_say_what_they_weigh() -> None:
    text = json.loads(linear.SHIPPED.read_text("utf-8"))
    assert any(name.startswith("rule ") for name in text["claims"]["weights"])


def test_what_is_remembered_of_a_name_is_told_of_its_words_alone(tmp_path: Path) -> None:
    classes = ["Organisation", "Policy"]
    file = tmp_path / "memory.json"
    memory.write(file, {memory.key("证券法"): memory.row({"Policy": 9}, 10, classes)})
    known = memory.load(file)
    assert "Policy known 4 best" in known.features("证券法", 1, "Policy", "no")
    assert "Organisation known - other" in known.features("《证券法》", 0, "Organisation", "no")
    assert known.features("某法", 1, "Policy", "no") == ()
    assert "证券法" not in file.read_text(encoding="utf-8")


def test_the_names_of_an_article_have_what_is_remembered_of_them() -> None:
    found = [one for name in NAMES for block in worked(name).blocks for one in block.decisions]
    told = [f for some in found for d in some for f in d.proposal.features if " known " in f]
    assert len(told) > 50


def test_a_table_of_names_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "memory.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match=r"memory\.json: holds no table of names"):
        memory.load(tmp_path / "memory.json")
