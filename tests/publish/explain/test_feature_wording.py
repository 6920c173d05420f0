"""What weighed in a decision is said in words: every feature, and who proposed how surely."""

from __future__ import annotations

import re
from functools import cache

import pytest

from kg.base.records import Document
from kg.extract.arbiter import linear
from kg.extract.arbiter.proposals import DOUBTFUL, LEVELS, proposed_by, sureness
from kg.extract.stations import DocumentState, run_relate, run_until
from kg.ontology import load
from kg.publish.explain.evidence_wording import EVIDENCE, describe_evidence
from kg.publish.explain.feature_wording import WORDING, describe_feature
from kg.read import parse
from tests.conftest import EXAMPLES

NAMES = sorted(path.name for path in EXAMPLES.iterdir())
NETWORK = "reader@a3bf282c3426"
# Codes of features that a phrase must not be left with.
CODE = re.compile(r"\b(?:net|rules?|level|rank|apart|margin|score)\d? ?\d|[{}]")


@cache
def weighted() -> frozenset[str]:
    """Every feature of mentions and claims that has a weight."""
    fitted = linear.load()
    return frozenset({**fitted["mentions"].weights, **fitted["claims"].weights})


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize("name", NAMES)
def test_every_feature_of_an_example_is_said_in_words(name: str) -> None:
    document = Document("d", name, parse(name, (EXAMPLES / name).read_bytes()).text)
    state = run_until(DocumentState(document, load()), run_relate)
    features = {
        feature
        for block in state.blocks
        for decisions in block.decisions
        for decision in decisions
        if not decision.by_words
        for feature in decision.proposal.features
    }
    assert len(features) > 100
    assert {feature for feature in features if describe_feature(feature) == feature} == set()


def test_every_feature_with_a_weight_is_said_in_words() -> None:
    assert len(weighted()) > 10_000
    assert {feature for feature in weighted() if describe_feature(feature) == feature} == set()


def test_a_phrase_holds_no_code_of_its_feature() -> None:
    plain = {f for f in weighted() if not re.search("(tail|next|before|holds) ", f)}
    assert {said for said in map(describe_feature, plain) if CODE.search(said)} == set()


def test_every_phrase_is_of_some_feature_that_has_a_weight() -> None:
    families = [re.compile(family, re.DOTALL) for family in WORDING]
    used = {
        next(family.pattern for family in families if family.fullmatch(feature))
        for feature in weighted()
    }
    # Where a language model takes part, the second one gets weights by kg train.
    assert {family for family in WORDING.keys() - used if " llm " not in family} == set()


@pytest.mark.parametrize(
    ("feature", "phrase"),
    [
        ("worksFor level 6 rules 1", "very high network score for worksFor, and one rule"),
        ("worksFor apart 0 behind", "both ends in one sentence, object first, for worksFor"),
        ("worksFor subject rank 0", "first choice of the network for worksFor of its subject"),
        ("partOf object 0", "far behind the best choice of the network for partOf of its object"),
        (
            "partOf distance 0 before",
            ("fewer than 2 characters between both ends, subject first, for partOf"),
        ),
        ("trusted 9", "its surest rule is trusted at 0.9"),
        ("denied", "the text denies it"),
        ("Project tail 项目", "it ends in “项目” as Project"),
        ("Project next ", "nothing stands behind it as Project"),
        ("Person before \n", "“\n” stands before it as Person"),
        ("rules over in Person", "among names of rules it lies in one of class Person"),
    ],
)
def test_a_feature_reads_as_a_phrase(feature: str, phrase: str) -> None:
    assert describe_feature(feature) == phrase


def test_a_feature_of_no_family_is_shown_as_it_is() -> None:
    assert describe_feature("of no family 9") == "of no family 9"


def test_the_network_is_named_as_such_and_a_rule_by_its_name() -> None:
    assert proposed_by((NETWORK,)) == "the network alone"
    assert proposed_by(("role.post", NETWORK)) == "role.post and the network"
    assert proposed_by(("role.post",)) == "role.post, not by the network"


def test_confidence_is_called_by_the_level_that_it_reaches() -> None:
    assert list(LEVELS.values()) == sorted(LEVELS.values(), reverse=True)
    assert [sureness(least) for least in LEVELS.values()] == list(LEVELS)
    assert sureness(min(LEVELS.values()) - 0.01) == DOUBTFUL


@cache
def judged() -> frozenset[str]:
    """Every feature of judged statements that has a weight."""
    return frozenset(linear.load()["verdicts"].weights)


def test_every_feature_of_a_judged_statement_is_said_in_words() -> None:
    assert len(judged()) > 5000
    assert {f for f in judged() if " " in f and describe_evidence(f) == f} == set()
    families = [re.compile(family, re.DOTALL) for family in EVIDENCE]
    used = {next(f.pattern for f in families if f.fullmatch(feature)) for feature in judged()}
    assert used == EVIDENCE.keys()


@pytest.mark.parametrize(
    ("feature", "phrase"),
    [
        ("develops", "develops in general"),
        ("develops by develops.frame", "develops.frame states it"),
        ("develops by reader status planned", "the network states it with the status planned"),
        ("S by organisation.company", "organisation.company found its subject"),
        ("develops status none", "no status"),
        ("develops confidence 7", "the arbiter is sure of it at 0.7"),
        ("invests of District and Project", "invests between District and Project"),
        ("develops quotes S", "its sentence holds its subject alone"),
        ("develops words Organisation 与", "Organisation and “与” stand side by side"),
        ("develops apart S 3", "fewer than 6 words apart, its subject first"),
        ("develops near 推出", "“推出” stands near"),
        ("develops near 9", "a number stands near"),
        ("develops O sure 7", "the arbiter is very sure of the name of its object"),
        ("develops O sure unknown", "the arbiter did not weigh the name of its object"),
        ("develops S common bare", "its subject is made of common words, without marks"),
        ("develops O behind 1 A", "a Latin word stands two words behind its object"),
        ("O tag nz", "a word of its object has the tag nz"),
        ("O before S", "its subject stands right before its object, whatever the relation"),
        ("O System proper quoted", "its object is System, made of words that may name, in marks"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_a_feature_of_a_judged_statement_says_what_it_is(feature: str, phrase: str) -> None:
    assert describe_evidence(feature) == phrase
