"""A new class and a new relation are pages, not code; and wrong pages say what is wrong."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.base.errors import OntologyError
from kg.base.records import Document
from kg.base.settings import default
from kg.corpus.assemble import assemble
from kg.extract.claims.relater import Relater
from kg.extract.document import extract
from kg.extract.mentions.annotator import Annotator
from kg.ontology import Ontology, load
from kg.run.pipeline import build
from kg.store.rdf.validate import validate
from tests.conftest import kg

pytestmark = pytest.mark.usefixtures("kept_readers")

PARK = """\
name: Park
order: 8
label: {zh: 公园, en: Park}
comment:
  zh: 有名称的湿地公园和森林公园。
  en: Named wetland parks and forest parks.
aligned: [schema:Park]
identity: {by: name, least: 5}
colour: "#116611"
names:
  - rule: park.head
    kind: suffix
    confidence: 0.9
    words: [湿地公园, 森林公园]
    min: 2
    generic: [国家, 城市]
    example: {text: 会议在云桥湿地公园举行。, finds: [云桥湿地公园]}
"""
SUFFIX = """\
kind: suffix
    confidence: 0.9
    words: [湿地公园, 森林公园]
    min: 2
    generic: [国家, 城市]
"""
SUPPLIES = """\
name: supplies
order: 30
label: {zh: 供应, en: supplies}
comment:
  zh: 一个机构向另一个机构供应产品。
  en: A body supplies products to another.
inverse: {zh: 供应商, en: supplied by}
domain: [Organisation]
range: [Organisation]
aligned: []
rules:
  - rule: supplies.verb
    kind: pattern
    confidence: 0.9
    pattern: '<s>(?:<.>)(?:供应|供货)(?:<.>)给<o>'
    example:
      text: 云桥电子有限公司供应芯片给北辰汽车有限公司。
      finds: [[云桥电子有限公司, 北辰汽车有限公司]]
"""
TEXT = (
    "云桥电子有限公司供应芯片给北辰汽车有限公司，双方在重庆市签约。\n"
    "云桥湿地公园、澜江森林公园位于成都市，国家湿地公园建设加快。\n"
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A copy of the ontology, free to be changed."""
    return shutil.copytree(load().folder, tmp_path / "ontology")


@pytest.fixture
def extended(pages: Path) -> Ontology:
    (pages / "classes" / "Park.yaml").write_text(PARK, encoding="utf-8")
    (pages / "relations" / "supplies.yaml").write_text(SUPPLIES, encoding="utf-8")
    located = pages / "relations" / "locatedIn.yaml"
    text = located.read_text(encoding="utf-8")
    located.write_text(text.replace("domain: [", "domain: [Park, ", 1), encoding="utf-8")
    return load(pages)


def test_the_new_class_is_found_by_its_page_alone(extended: Ontology) -> None:
    reading = extract(Document("d", "d.txt", TEXT), extended)
    assert {e.name for e in reading.entities if e.type == "Park"} == {
        "云桥湿地公园",
        "澜江森林公园",
    }


def test_without_its_page_nothing_of_it_is_found() -> None:
    reading = extract(Document("d", "d.txt", TEXT), load())
    assert "Park" not in {e.type for e in reading.entities}
    assert "supplies" not in {c.predicate for c in reading.claims}


def test_the_new_relation_is_stated_with_its_evidence(extended: Ontology) -> None:
    document = Document("d", "d.txt", TEXT)
    knowledge = assemble([(document, extract(document, extended))], extended, default("base"))
    label = {e.id: e.name for e in knowledge.entities}
    (fact,) = [f for f in knowledge.facts if f.predicate == "supplies"]
    assert (label[fact.subject], label[fact.object]) == ("云桥电子有限公司", "北辰汽车有限公司")
    assert fact.rule == "supplies.verb"
    assert fact.quote in TEXT


def test_the_examples_of_the_new_pages_hold(extended: Ontology) -> None:
    (rule,) = extended.classes["Park"].names
    reading = extract(Document("d", "d.txt", rule.example[0].text), extended)
    assert set(rule.example[0].finds) <= {e.name for e in reading.entities}
    (rule,) = extended.relations["supplies"].rules
    reading = extract(Document("d", "d.txt", rule.example[0].text), extended)
    assert [c.predicate for c in reading.claims].count("supplies") == 1


def test_the_shapes_know_the_new_pages(extended: Ontology) -> None:
    document = Document("d", "d.txt", TEXT)
    knowledge = assemble([(document, extract(document, extended))], extended, default("base"))
    assert {e.type for e in knowledge.entities} >= {"Park", "Organisation"}
    assert validate(knowledge, extended) == []
    # The ontology as it was knows no parks: its shapes object to what is said of them.
    assert validate(knowledge, load()) != []


def test_a_build_with_the_new_pages_finds_checks_draws_and_lists_them(
    extended: Ontology, tmp_path: Path
) -> None:
    source = tmp_path / "供应.txt"
    source.write_text(TEXT, encoding="utf-8")
    report = build([source], tmp_path / "graph", ontology=extended)
    assert not report.violations
    _check_files(tmp_path / "graph")


def test_the_command_line_takes_the_folder_from_the_environment(
    extended: Ontology, tmp_path: Path
) -> None:
    environment = {"KG_ONTOLOGY": str(extended.folder)}
    source = tmp_path / "供应.txt"
    source.write_text(TEXT, encoding="utf-8")
    graph = tmp_path / "graph"
    done = kg("build", source, "-o", graph, env=environment)
    assert done.returncode == 0, done.stderr.decode()
    assert "break a shape" not in done.stderr.decode()
    _check_files(graph)
    listed = kg("ontology", "--format", "md", env=environment).stdout.decode()
    assert "Park" in listed and "公园" in listed and "supplies" in listed and "供应" in listed
    valid = kg("validate", "-d", graph, env=environment)
    assert valid.returncode == 0, valid.stdout.decode() + valid.stderr.decode()


def _check_files(graph: Path) -> None:
    with (graph / "entities.csv").open(encoding="utf-8-sig", newline="") as file:
        parks = {row["name"] for row in csv.DictReader(file) if row["type"] == "Park"}
    assert parks == {"云桥湿地公园", "澜江森林公园"}
    with (graph / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        assert "supplies" in {row["predicate"] for row in csv.DictReader(file)}
    turtle = (graph / "graph.ttl").read_text(encoding="utf-8")
    assert "kg:Park" in turtle and "kg:supplies" in turtle
    data = _drawn(graph / "graph.html")
    park = next(c for c in data["classes"] if c["name"] == "Park")
    assert (park["zh"], park["colour"]) == ("公园", "#116611")
    assert next(r for r in data["relations"] if r["name"] == "supplies")["zh"] == "供应"
    assert {e["type"] for e in data["entities"]} >= {"Park"}


def _drawn(page: Path) -> dict[str, list[dict[str, str]]]:
    """What the script of a page reads: the legend is made of its classes."""
    text = page.read_text(encoding="utf-8")
    for found in re.finditer(
        r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', text, re.S
    ):
        data = json.loads(found[1])
        if "classes" in data:
            return data  # type: ignore[no-any-return]
    raise AssertionError("the page holds no data")


Change = Callable[[Path], None]


def edit(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        page = folder / name
        text = page.read_text(encoding="utf-8")
        assert old in text
        page.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def add(name: str, text: str) -> Change:
    def change(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return change


def compiled(folder: Path) -> None:
    """Load, and compile every rule, as a build does before it reads a file."""
    ontology = load(folder)
    Annotator(ontology)
    Relater(ontology)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            add("classes/Park.yaml", PARK.replace("colour:", "color:")),
            ["Park.yaml", "color", "did you mean colour?"],
            id="unknown field",
        ),
        pytest.param(
            add("relations/supplies.yaml", SUPPLIES.replace("domain: [Org", "domain: [Orga")),
            ["supplies.yaml", "Orgaanisation", "did you mean Organisation?"],
            id="unknown class",
        ),
        pytest.param(
            add("relations/supplies.yaml", SUPPLIES.replace("<s>(?:<.>)", "<s>(?:<.>")),
            ["supplies.yaml", "supplies.verb", "pattern is wrong"],
            id="wrong expression",
        ),
        pytest.param(
            add("relations/supplies.yaml", SUPPLIES.replace("给<o>", "<@givve><o>")),
            ["supplies.yaml", "supplies.verb", "<@givve>", "triggers.yaml"],
            id="unknown list of words",
        ),
        pytest.param(
            add("relations/supplies.yaml", SUPPLIES.replace("给<o>", "<Organization><o>")),
            ["supplies.yaml", "supplies.verb", "did you mean Organisation?"],
            id="unknown class in a pattern",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("zh: 公园, ", "")),
            ["Park.yaml", "label", "zh"],
            id="no label in Chinese",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("park.head", "event.head")),
            ["Park.yaml", "event.head", "Event.yaml"],
            id="name of a rule twice",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("#116611", "green")),
            ["Park.yaml", "green", "#rrggbb"],
            id="colour",
        ),
        pytest.param(
            add("relations/supplies.yaml", SUPPLIES + "    status: signd\n"),
            ["supplies.yaml", "supplies.verb", "signd", "did you mean signed?"],
            id="unknown status",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("kind: suffix", "kind: sufix")),
            ["Park.yaml", "park.head", "sufix", "did you mean suffix?"],
            id="unknown kind of name",
        ),
        pytest.param(
            add("relations/supplies.yaml", SUPPLIES.replace("kind: pattern", "kind: patern")),
            ["supplies.yaml", "supplies.verb", "patern", "did you mean pattern"],
            id="unknown kind of rule",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("confidence: 0.9", "confidence: 9")),
            ["Park.yaml", "park.head", "between 0 and 1"],
            id="confidence",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("schema:Park", "shema:Park")),
            ["Park.yaml", "shema:Park", "did you mean schema"],
            id="undeclared prefix",
        ),
        pytest.param(
            add("classes/Parks.yaml", PARK),
            ["Parks.yaml", "Park", "name the file after it"],
            id="name of the file",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("by: name", "by: nam")),
            ["Park.yaml", "nam", "did you mean name?"],
            id="identity",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("order: 8\n", "")),
            ["Park.yaml", "order is missing"],
            id="missing field",
        ),
        pytest.param(
            add("classes/Park.yaml", "name: [Park\n"), ["Park.yaml", "no YAML"], id="no YAML"
        ),
        pytest.param(
            add("classes/Park.yaml", PARK + "order: 9\n"),
            ["Park.yaml", "order stands on line", "again on line"],
            id="a key twice",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("    words: [湿地公园, 森林公园]\n", "")),
            ["Park.yaml", "park.head", "words"],
            id="suffix rule without words",
        ),
        pytest.param(
            add(
                "classes/Park.yaml",
                PARK.replace("kind: suffix", "kind: pattern\n    pattern: '(?P<name>['"),
            ),
            ["Park.yaml", "park.head", "pattern"],
            id="wrong expression of a name",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace(SUFFIX, "kind: list\n    table: parks\n")),
            ["parks.tsv"],
            id="missing table",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("generic:", "genetic:")),
            ["Park.yaml", "park.head", "genetic is no option of suffix", "did you mean generic"],
            id="option of a name",
        ),
        pytest.param(
            edit("relations/signs.yaml", "passive: true", "pasive: true"),
            ["signs.yaml", "signs.frame", "pasive is no option of frame", "did you mean passive?"],
            id="option of a claim",
        ),
        pytest.param(
            edit("attributes/investment.yaml", "datatypes: [decimal]", "datatypes: [decimel]"),
            ["investment.yaml", "decimel", "did you mean decimal?"],
            id="datatype",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("order: 8", "order: twenty")),
            ["Park.yaml: order", "'twenty'", "whole number"],
            id="order in words",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("order: 8", "order: true")),
            ["Park.yaml: order", "True", "whole number"],
            id="order a truth value",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("confidence: 0.9", "confidence: high")),
            ["Park.yaml: park.head: confidence", "'high'", "write digits"],
            id="confidence in words",
        ),
        pytest.param(
            add(
                "relations/supplies.yaml",
                SUPPLIES.replace("[Organisation]\nal", "Organisation\nal"),
            ),
            ["supplies.yaml: range", "'Organisation'", "write [a, b]"],
            id="range without list",
        ),
        pytest.param(
            add("relations/supplies.yaml", SUPPLIES.replace("aligned: []", "symmetric: 'no'")),
            ["supplies.yaml: symmetric", "'no'", "neither true nor false"],
            id="flag in words",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("zh: 公园, en: Park", "zh: 公园, en: 5")),
            ["Park.yaml: label", "write {zh"],
            id="label a number",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace('"#116611"', "116611")),
            ["Park.yaml: colour", "116611", "quotation marks"],
            id="colour a number",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("name: Park", "name: yes")),
            ["Park.yaml: name", "True", "quotation marks"],
            id="name a truth value",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("least: 5", "least: five")),
            ["Park.yaml: identity: least", "'five'", "whole number"],
            id="identity in words",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("least: 5", "leest: 5")),
            ["Park.yaml: identity", "did you mean least"],
            id="unknown part of identity",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("{by: name, least: 5}", "name")),
            ["Park.yaml: identity", "'name'", "mapping"],
            id="identity without parts",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("{by: name, least: 5}", "{by: relation}")),
            ["Park.yaml: identity", "add the relation"],
            id="identity without relation",
        ),
        pytest.param(
            add("classes/Park.yaml", f"{PARK}anaphora: {{park: 该公园}}\n"),
            ["Park.yaml: anaphora: park", "'该公园'", "write [a, b]"],
            id="anaphora without list",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("[湿地公园, 森林公园]", "湿地公园")),
            ["Park.yaml: park.head: words", "'湿地公园'", "write [a, b]"],
            id="words without list",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("min: 2", "min: two")),
            ["Park.yaml: park.head: min", "'two'", "whole number"],
            id="least length in words",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("finds: [云桥湿地公园]", "finds: 云桥湿地公园")),
            ["Park.yaml: park.head: example", "finds"],
            id="example without list",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK.replace("{text: 会议", "会议 # ")),
            ["Park.yaml: park.head: example", "'会议'", "mapping"],
            id="example without parts",
        ),
        pytest.param(
            add("classes/Park.yaml", PARK[: PARK.index("names:")] + "names: park.head\n"),
            ["Park.yaml: names", "'park.head'", "list of rules"],
            id="rules without list",
        ),
        pytest.param(
            edit("ontology.yaml", "  signed:\n", "  no:\n"),
            ["ontology.yaml: statuses: False", "quotation marks"],
            id="status a truth value",
        ),
        pytest.param(
            edit("ontology.yaml", "    label: {zh: 签约, en: signed}\n", ""),
            ["ontology.yaml: statuses: signed: label", "write {zh"],
            id="status without label",
        ),
        pytest.param(
            edit("ontology.yaml", "words: [终止, ", "words: 终止 #"),
            ["ontology.yaml"],
            id="words of a status without list",
        ),
        pytest.param(
            edit("ontology.yaml", "ends: [proposed, ", "ends: [propsed, "),
            ["ontology.yaml: statuses: completed: ends: propsed", "did you mean proposed"],
            id="status that ends none",
        ),
        pytest.param(
            edit("relations/signs.yaml", "verbs: [sign]", "verbs: [sing]"),
            ["signs.yaml", "signs.frame", "sing"],
            id="unknown list of verbs",
        ),
    ],
)
def test_a_wrong_page_names_file_term_and_way_out(
    pages: Path, change: Change, words: list[str]
) -> None:
    change(pages)
    with pytest.raises(OntologyError) as error:
        compiled(pages)
    for word in words:
        assert word in str(error.value)


def test_more_classes_than_rules_can_tell_apart_are_refused(pages: Path) -> None:
    def more(count: int) -> None:
        for i in range(len(load().classes), count):
            text = PARK.replace("Park", f"Park{i}").replace("park.head", f"park{i}.head")
            (pages / "classes" / f"Park{i}.yaml").write_text(text, encoding="utf-8")
        load.__globals__["_load"].cache_clear()

    more(11)
    compiled(pages)
    more(12)
    with pytest.raises(OntologyError, match=r"Park9\.yaml: Park9 is one class too many: 12 .*11"):
        load(pages)


def test_a_page_that_is_not_utf8_is_named(pages: Path) -> None:
    (pages / "classes" / "Park.yaml").write_bytes(PARK.encode("gb18030"))
    with pytest.raises(OntologyError, match=r"Park\.yaml: is not UTF-8 \(byte \d+\)"):
        load(pages)


def test_a_wrong_page_stops_the_command_line_with_its_message(pages: Path, tmp_path: Path) -> None:
    (pages / "classes" / "Park.yaml").write_text(PARK.replace("#116611", "green"), encoding="utf-8")
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    done = kg("build", source, "-o", tmp_path / "g", env={"KG_ONTOLOGY": os.fspath(pages)})
    assert done.returncode == 1
    assert "Park.yaml" in done.stderr.decode() and "Traceback" not in done.stderr.decode()
