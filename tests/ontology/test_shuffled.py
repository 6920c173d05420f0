"""The order of the rules on a page says nothing: shuffled, they find the same names and claims."""

from __future__ import annotations

import random
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from kg.base.records import Document
from kg.extract.stations import DocumentState, run_stations
from kg.ontology import load
from kg.read import read
from tests.conftest import EXAMPLES, ROOT

PAGES = ("classes", "relations", "attributes")


def shuffled(folder: Path, seed: int) -> Path:
    """A copy of the ontology whose pages have their rules in another order."""
    copytree(ROOT / "ontology", folder)
    order = random.Random(seed)
    for kind in PAGES:
        for path in sorted((folder / kind).glob("*.yaml")):
            page = yaml.safe_load(path.read_text(encoding="utf-8"))
            for section in {"names", "rules"} & page.keys():
                order.shuffle(page[section])
            path.write_text(yaml.safe_dump(page, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("rules_alone", [True, False], ids=["rules alone", "with the network"])
def test_rules_in_another_order_say_the_same(seed: int, rules_alone: bool, tmp_path: Path) -> None:
    plain, other = load(), load(shuffled(tmp_path / "mine", seed))
    for document in read([EXAMPLES]):
        assert isinstance(document, Document)
        first = run_stations(DocumentState(document, plain, rules_alone=rules_alone))
        assert run_stations(DocumentState(document, other, rules_alone=rules_alone)) == first, (
            document.name
        )
