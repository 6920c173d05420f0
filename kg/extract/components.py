"""The extraction as a spaCy pipeline: blank Chinese, characters as tokens, five components.

Word segmenters break the boundaries of long Chinese names, so every character is a token and
nothing of the text is lost. After ``nlp(text)`` a Doc has the names as ``doc.ents`` (and with
nested ones in ``doc.spans["kg"]``), ``doc._.references``, ``doc._.claims`` and ``doc._.reading``;
offsets are characters of the text.

Names that components before ours found (``doc.ents``, ``doc.spans``: an ``entity_ruler``, a
``ner``) are proposals beside those of rules and network.

The components go into any pipeline, in the order of ``COMPONENTS``. They read the text and not
its tokens, so that the reading is the same whatever the tokens are; but a span of spaCy consists
of whole tokens, and a name that begins or ends within one is in no span, which a warning tells.

spaCy imports this module for every pipeline that is made where this package is installed, so that
the stations, which take half a second, are imported when one of them is added.
"""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from spacy.lang.zh import Chinese, ChineseTokenizer
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.base.errors import KgError
from kg.base.records import Document, LocalClaim, LocalEntity, Reading
from kg.ontology import load as load_ontology

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.extract.stations import DocumentState
    from kg.ontology import Ontology

COMPONENTS = ("kg_segment", "kg_annotate", "kg_corefer", "kg_relate", "kg_resolve")
LONGEST = 50_000_000  # characters; no component has a model whose memory grows with the text

for _name in ("document", "work"):
    Doc.set_extension(_name, default=None, force=True)
Doc.set_extension("stations", default=(), force=True)
Doc.set_extension("references", default=(), force=True)


def _reading(doc: Doc) -> Reading | None:
    return doc._.work.reading if doc._.work is not None else None


def _entities(doc: Doc) -> tuple[LocalEntity, ...]:
    reading = _reading(doc)
    return reading.entities if reading else ()


def _claims(doc: Doc) -> tuple[LocalClaim, ...]:
    reading = _reading(doc)
    return reading.claims if reading else ()


Doc.set_extension("reading", getter=_reading, force=True)
Doc.set_extension("entities", getter=_entities, force=True)
Doc.set_extension("claims", getter=_claims, force=True)


def _work(doc: Doc, ontology: Ontology) -> DocumentState:
    """The work record of a Doc; a Doc that comes from plain text gets a document of its own."""
    from kg.extract.stations import DocumentState

    if doc._.work is None:
        document = doc._.document
        if document is None:
            text = doc.text
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
            document = Document(digest, "", text)
        doc._.work = DocumentState(document, ontology)
    state: DocumentState = doc._.work
    return state


class Characters(ChineseTokenizer):
    """spaCy's tokenizer by characters, in time that grows with the text and not its square."""

    def __call__(self, text: str) -> Doc:
        """A Doc of a text, every character a token."""
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))


class Station:
    """A component: one station, and what it writes into the Doc for users of spaCy.

    Args:
        component: Its name among ``COMPONENTS``, those before which must have been there.
        ontology: The folder of the ontology, ``""`` for that of this installation.
        station: What it does.
        write: What it writes into the Doc.
        take_over: What it takes over from the Doc before.
    """

    def __init__(
        self,
        component: str,
        ontology: str,
        station: Callable[[DocumentState], DocumentState],
        write: Callable[[Doc, DocumentState], None] | None = None,
        take_over: Callable[[Doc, DocumentState], DocumentState] | None = None,
    ) -> None:
        self.needed = COMPONENTS[: COMPONENTS.index(component)]
        self.component, self.station = component, station
        self.write, self.take_over = write, take_over
        self.ontology = load_ontology(ontology or None)

    def __call__(self, doc: Doc) -> Doc:
        """Run the station over a Doc, and return the Doc.

        Raises:
            KgError: If a component that it goes on from has not run.
        """
        missing = [name for name in self.needed if name not in doc._.stations]
        if missing:
            raise KgError(
                f"{self.component} goes on from what {', '.join(missing)} found, and this pipeline "
                f"has not run it; add the components in this order: {', '.join(COMPONENTS)}"
            )
        state = _work(doc, self.ontology)
        if self.take_over is not None:
            state = self.take_over(doc, state)
        doc._.work = state = self.station(state)
        if self.write is not None:
            self.write(doc, state)
        doc._.stations = (*doc._.stations, self.component)
        return doc


def _take_over_names(doc: Doc, state: DocumentState) -> DocumentState:
    """Take over the names that components before ours found, as proposals.

    These are ``doc.ents`` and the groups of ``doc.spans`` whose labels are classes of the ontology,
    or mean one by ``words/labels.yaml`` (``ORG``); the arbiter decides of them as of all others.
    """
    from kg.base.records import Span as Stretch

    spans = [*doc.ents, *(span for group in doc.spans.values() for span in group)]
    proposed: dict[tuple[Stretch, str], None] = {}
    for span in spans:
        if type_ := _class_of(span, state.ontology):
            proposed[Stretch(span.start_char, span.end_char), type_] = None
    names = tuple(sorted(proposed, key=lambda one: (one[0].start, one[0].end, one[1])))
    return replace(state, given_names=names)


def _class_of(span: Span, ontology: Ontology) -> str:
    """The class that a span's label means, ``""`` if it means none."""
    labels: dict[str, str] = ontology.words.get("labels", {}).get("labels", {})
    type_ = span.label_ if span.label_ in ontology.classes else labels.get(span.label_, "")
    return type_ if type_ in ontology.classes else ""


def _write_names(doc: Doc, state: DocumentState) -> None:
    """Names as spans: all of them in ``doc.spans["kg"]``, the outermost as ``doc.ents``.

    What another component found that is of no class of the ontology (``DATE``) stays.
    """
    others = [span for span in doc.ents if not _class_of(span, state.ontology)]
    spans: list[Span] = []
    cut: list[str] = []
    for draft, mentions in state.annotated:
        for m in mentions:
            if m.reference or m.needs_claim:
                continue
            where = draft.article.span(m.start, m.end)
            span = doc.char_span(where.start, where.end, label=m.type)
            if span is None:
                cut.append(doc.text[where.start : where.end])
            else:
                spans.append(span)
    if cut:
        warnings.warn(
            f"{len(cut)} names begin or end within a token, as {cut[0]!r}, and are in no span, but "
            "in doc._.entities; a pipeline of spacy.blank('zh') has characters as tokens",
            stacklevel=2,
        )
    doc.spans["kg"] = spans
    doc.ents = filter_spans([*spans, *others])


def _write_references(doc: Doc, state: DocumentState) -> None:
    """Each reference with the names that it stands for, in ``doc._.references``.

    Its label is the rule that links them. What lies within tokens is left out.
    """
    references: list[tuple[Span, tuple[Span, ...]]] = []
    for context, link in state.references:
        places = [(link.start, link.end, link.rule)]
        places += [
            (m.start, m.end, m.type) for m in link.antecedents if m.article == context.number
        ]
        spans = []
        for start, end, label in places:
            where = context.article.span(start, end)
            spans.append(doc.char_span(where.start, where.end, label=label))
        here, *antecedents = spans
        if here is not None:
            references.append((here, tuple(span for span in antecedents if span is not None)))
    doc._.references = tuple(references)


@Language.factory("kg_segment", default_config={"ontology": ""}, assigns=["doc._.work"])
def kg_segment(nlp: Language, name: str, ontology: str) -> Station:
    """Articles, paragraphs and sentences of a page."""
    from kg.extract.stations import run_segment

    return Station("kg_segment", ontology, run_segment)


@Language.factory("kg_annotate", default_config={"ontology": ""}, assigns=["doc.ents", "doc.spans"])
def kg_annotate(nlp: Language, name: str, ontology: str) -> Station:
    """Names, amounts, dates and the short names that a text defines; names found before count."""
    from kg.extract.stations import run_annotate

    return Station("kg_annotate", ontology, run_annotate, _write_names, _take_over_names)


@Language.factory("kg_corefer", default_config={"ontology": ""}, requires=["doc.spans"])
def kg_corefer(nlp: Language, name: str, ontology: str) -> Station:
    """What references stand for (该公司, 双方, 我市)."""
    from kg.extract.stations import run_corefer

    return Station("kg_corefer", ontology, run_corefer, _write_references)


@Language.factory("kg_relate", default_config={"ontology": ""}, requires=["doc.spans"])
def kg_relate(nlp: Language, name: str, ontology: str) -> Station:
    """What a text states of the names."""
    from kg.extract.stations import run_relate

    return Station("kg_relate", ontology, run_relate)


@Language.factory("kg_resolve", default_config={"ontology": ""}, assigns=["doc._.reading"])
def kg_resolve(nlp: Language, name: str, ontology: str) -> Station:
    """Entities and the claims between them."""
    from kg.extract.stations import run_resolve

    return Station("kg_resolve", ontology, run_resolve)


def load(ontology: str | Path | None = None) -> Language:
    """The pipeline: ``nlp(text)`` gives names, claims and entities.

    Args:
        ontology: The folder of the ontology; by default the one of this installation.

    Raises:
        OntologyError: If a page of the ontology is wrong.

    >>> doc = load()("甲某智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。")
    >>> [(ent.text, ent.label_) for ent in doc.ents][:2]
    [('甲某智能科技有限公司', 'Organisation'), ('成都高新区', 'District')]
    >>> sorted({claim.predicate for claim in doc._.claims})
    ['develops', 'investment', 'invests', 'locatedIn']
    """
    nlp = Chinese.from_config({"nlp": {"tokenizer": {"segmenter": "char"}}})
    nlp.tokenizer = Characters(nlp.vocab)
    nlp.max_length = LONGEST
    folder = str(load_ontology(ontology).folder)
    config: dict[str, Any] = {"ontology": folder}
    for component in COMPONENTS:
        nlp.add_pipe(component, config=config)
    return nlp
