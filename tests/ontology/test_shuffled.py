"""The order of the rules on a page says nothing: shuffled, they find the same names and claims."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from kg.base.records import Document, Reading
from kg.extract.stations import DocumentState, run_stations
from kg.ontology import Ontology, load
from kg.read import read
from tests.conftest import EXAMPLES, ROOT

PAGES = ("classes", "relations", "attributes")
SEEDS = (1, 2)


def shuffled(folder: Path, seed: int) -> Path:
    """A copy of the ontology whose pages have their rules in another order."""
    copytree(ROOT / "ontology", folder)
    order = random.Random(seed)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, ten times as fast
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    for kind in PAGES:
        for path in sorted((folder / kind).glob("*.yaml")):
            page = yaml.load(path.read_text(encoding="utf-8"), loader)
            for section in {"names", "rules"} & page.keys():
                order.shuffle(page[section])
            path.write_text(yaml.dump(page, None, dumper, allow_unicode=True, sort_keys=False))
    return folder


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Ontology]:
    folder = tmp_path_factory.mktemp("shuffled")
    return {seed: load(shuffled(folder / str(seed), seed)) for seed in SEEDS}


@cache
def as_written(rules_alone: bool) -> list[tuple[Document, Reading]]:
    """Each example, and what it says by the ontology as it is written."""
    documents = [document for document in read([EXAMPLES]) if isinstance(document, Document)]
    assert len(documents) == len(list(EXAMPLES.iterdir()))
    return [(d, run_stations(DocumentState(d, load(), rules_alone=rules_alone))) for d in documents]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rules_alone", [True, False], ids=["rules alone", "with the network"])
def test_rules_in_another_order_say_the_same(
    seed: int, rules_alone: bool, others: dict[int, Ontology]
) -> None:
    for document, first in as_written(rules_alone):
        state = DocumentState(document, others[seed], rules_alone=rules_alone)
        assert run_stations(state) == first, document.name
