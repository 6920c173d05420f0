"""What gold says of a proposal, as evaluation would judge it."""

from __future__ import annotations

import pytest

from kg.extract.arbiter.arbiter import fitted_with
from kg.extract.arbiter.claims import ROLE, Claim
from kg.extract.model.network import network
from kg.ontology import load
from kg.run.evaluate.gold import Sheet, named
from kg.run.train.fitting.arbiter import Learner
from kg.run.train.fitting.logistic import Example, Regularisation, fit

FIRM, PERSON = ("Organisation", "甲公司"), ("Person", "丙某")
GOLD = Sheet(
    things={
        "f": named("Organisation", ["甲公司"]),
        "g": named("Organisation", ["乙公司"], optional=True),
        "p": named("Person", ["丙某"]),
    },
    relations={("p", "worksFor", "f")},
    attributes=[("p", ROLE, "党委书记")],
)


@pytest.fixture(scope="module")
def learner() -> Learner:
    seeing = network(None)
    return Learner(load(), seeing, fitted_with(seeing), GOLD)


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (Claim(PERSON, "worksFor", FIRM), True),
        (Claim(PERSON, "leads", FIRM), False),
        (Claim(PERSON, "worksFor", ("Organisation", "乙公司")), None),
        (Claim(PERSON, ROLE, (ROLE, "党委书记")), True),
        (Claim(PERSON, ROLE, (ROLE, "书记")), None),
        (Claim(PERSON, ROLE, (ROLE, "市长")), False),
    ],
)
def test_what_evaluation_spares_is_no_example(
    learner: Learner, claim: Claim, told: bool | None
) -> None:
    assert learner.says(claim) is told


def test_a_higher_penalty_keeps_weights_small_and_a_rare_feature_has_none() -> None:
    seen = [Example(("a", "b"), True)] * 20 + [Example(("b",), False)] * 20
    free, kept = (fit(seen, 0, 0, Regularisation(penalty=penalty)) for penalty in (1, 20))
    assert free.weights["a"] > kept.weights["a"] > 0
    assert "a" not in fit(seen, 0, 0, Regularisation(rare=21)).weights
