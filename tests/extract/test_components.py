"""The extraction as a spaCy pipeline, used from plain spaCy."""

from __future__ import annotations

import hashlib
import os
import warnings

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import kg
from kg.base.errors import KgError, OntologyError
from kg.base.records import Document
from kg.extract.components import COMPONENTS
from kg.extract.document import extract
from kg.ontology import load

TEXT = (
    "成都高新区签下项目\n\n"
    "　　本报讯（记者 李晓雨）3月16日，澜江市智能装备制造有限\n"
    "公司（以下简称“澜江智装”）与成都高新区签约，总投资约30亿元\n"
    "的芯片封装基地项目落户成都高新区。岭南理工大学自动化学院参加。\n"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return kg.load()


def test_the_factories_are_known_to_spacy_by_name() -> None:
    plain = spacy.blank("zh")
    for component in COMPONENTS:
        assert Language.has_factory(component)
        plain.add_pipe(component)
    doc = plain(TEXT)
    assert "成都高新区" in {ent.text for ent in doc.ents}


def test_the_pipeline_names_its_components_in_order(nlp: Language) -> None:
    assert tuple(nlp.pipe_names) == COMPONENTS


def test_characters_are_tokens_and_nothing_of_the_text_is_lost(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert all(len(token.text) == 1 for token in doc if "\u4e00" <= token.text[0] <= "\u9fff")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="澜江市公司项目签约，。“”（）1 \n\tabZ9.|-😀\u3000\x0b", max_size=80))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    doc = _cached()(text)
    assert doc.text == text
    for span in doc.spans["kg"]:
        assert text[span.start_char : span.end_char] == span.text


_LOADED: list[Language] = []


def _cached() -> Language:
    if not _LOADED:
        _LOADED.append(kg.load())
    return _LOADED[0]


def test_entities_are_outermost_and_spans_keep_the_nested_ones(nlp: Language) -> None:
    doc = nlp(TEXT)
    outer = {(ent.text, ent.label_) for ent in doc.ents}
    nested = {(span.text, span.label_) for span in doc.spans["kg"]}
    assert ("岭南理工大学自动化学院", "Organisation") in outer
    assert ("岭南理工大学", "Organisation") in nested - outer
    assert outer <= nested


def test_offsets_are_characters_of_the_text_also_across_a_line_break(nlp: Language) -> None:
    doc = nlp(TEXT)
    for span in (*doc.ents, *doc.spans["kg"]):
        assert TEXT[span.start_char : span.end_char] == span.text
    assert "澜江市智能装备制造有限\n公司" in {ent.text for ent in doc.ents}


def test_claims_point_at_entities_and_at_the_text(nlp: Language) -> None:
    doc = nlp(TEXT)
    said = {
        (doc._.entities[c.subject].name, c.predicate, doc._.entities[c.object].name)
        for c in doc._.claims
        if c.object is not None
    }
    assert ("芯片封装基地项目", "locatedIn", "成都高新区") in said
    assert all(0 <= c.start < c.end <= len(TEXT) for c in doc._.claims)


def test_what_spacy_gives_is_what_extract_gives(nlp: Language) -> None:
    identity = hashlib.sha256(TEXT.encode()).hexdigest()[:20]
    assert nlp(TEXT)._.reading == extract(Document(identity, "d.txt", TEXT), load())


def test_pipe_gives_each_text_its_own_reading_in_order(nlp: Language) -> None:
    texts = [TEXT, "", "成都高新区与云桥大学签约。", TEXT]
    docs = list(nlp.pipe(texts, batch_size=2))
    assert [d.text for d in docs] == texts
    assert [d._.reading for d in docs] == [nlp(t)._.reading for t in texts]
    assert docs[0]._.reading == docs[3]._.reading


@pytest.mark.parametrize("language", ["zh", "xx"])
def test_the_reading_is_the_same_whatever_the_tokens_are(nlp: Language, language: str) -> None:
    plain = spacy.blank(language)
    for component in COMPONENTS:
        plain.add_pipe(component)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        doc = plain(TEXT)
    assert doc._.reading == nlp(TEXT)._.reading
    ours = [str(one.message) for one in told if "names begin or end within a token" in str(one)]
    if language == "zh":
        assert [ent.text for ent in doc.ents] == [ent.text for ent in nlp(TEXT).ents]
        assert ours == []
    else:
        assert doc.text == TEXT and len(doc) < len(nlp(TEXT))
        assert len(ours) == 1
        assert "spacy.blank('zh')" in ours[0]


@pytest.mark.parametrize("component", COMPONENTS[1:])
def test_a_component_without_those_before_it_says_which_it_needs(component: str) -> None:
    plain = spacy.blank("zh")
    plain.add_pipe(component)
    with pytest.raises(KgError, match=rf"{component} goes on from what kg_segment.*in this order"):
        plain(TEXT)


def test_an_empty_text_says_nothing(nlp: Language) -> None:
    doc = nlp("")
    assert (doc.ents, doc._.entities, doc._.claims) == ((), (), ())


def test_a_doc_that_no_component_has_seen_has_no_reading() -> None:
    doc = spacy.blank("zh")("成都")
    assert doc._.reading is None and doc._.claims == ()


def test_names_can_be_matched_and_shown_by_spacy(nlp: Language) -> None:
    from spacy import displacy

    doc = nlp("成都高新区与云桥大学签约。")
    page = displacy.render(doc, style="ent", jupyter=False)
    assert "成都高新区" in page and "District" in page


def test_a_folder_that_is_no_ontology_is_an_error(tmp_path: object) -> None:
    with pytest.raises(OntologyError, match=r"ontology\.yaml"):
        kg.load(tmp_path)


def test_a_long_text_on_one_line_is_read(nlp: Language) -> None:
    """A tenth of 5 MB; KG_TEST_LARGE=1 takes all of it, about a minute."""
    sentence = (
        "3月16日，云桥智能科技有限公司与成都高新区签约，总投资约30亿元的芯片封装基地项目落户。"
    )
    size = 1_600_000 if os.environ.get("KG_TEST_LARGE") else 160_000
    doc = nlp(sentence * (size // len(sentence) + 1))
    names = {e.name for e in doc._.entities}
    assert {"云桥智能科技有限公司", "成都高新区", "芯片封装基地项目"} <= names
    assert len(doc.text) >= size


def pipeline(*patterns: tuple[str, str]) -> Language:
    """Our components behind an entity ruler with these labels and names."""
    nlp = spacy.blank("zh")
    if patterns:
        ruler = nlp.add_pipe("entity_ruler")
        ruler.add_patterns(
            [{"label": label, "pattern": [{"TEXT": c} for c in name]} for label, name in patterns]
        )
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


HEARD = "天元九号将于5月投资3亿元建设九章计算岛。"


@pytest.mark.parametrize("learned", [False, True])
def test_a_component_before_ours_is_heard(learned: bool, request: pytest.FixtureRequest) -> None:
    if learned:
        request.getfixturevalue("learned")
    assert not pipeline()(HEARD)._.claims
    doc = pipeline(("ORG", "天元九号"), ("Project", "九章计算岛"), ("MONTH", "5月"))(HEARD)
    found = {(ent.text, ent.label_) for ent in doc.ents}
    assert found == {
        ("天元九号", "Organisation"),
        ("九章计算岛", "Project"),
        ("5月", "MONTH"),  # of no class here, and left as it was
    }
    assert {claim.predicate for claim in doc._.claims} >= {"invests", "develops"}
    assert all(doc.text[c.start : c.end] == HEARD for c in doc._.claims)


def test_where_nothing_was_found_before_the_reading_is_the_same() -> None:
    text = "云澜智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。"
    assert pipeline(("ORG", "天元九号"))(text)._.reading == kg.load()(text)._.reading
