"""One document in, its Reading out, through the spaCy pipeline of ``kg.nlp``."""

from __future__ import annotations

from kg.nlp import pipeline
from kg.ontology import Ontology
from kg.records import Document, Reading


def extract(document: Document, ontology: Ontology) -> Reading:
    """Read one document by itself: segment, annotate, relate, resolve.

    >>> from kg.ontology import load
    >>> text = "甲某智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。"
    >>> reading = extract(Document("d", "d.txt", text), load())
    >>> sorted(e.name for e in reading.entities)
    ['成都高新区', '甲某智能科技有限公司', '芯片封装基地项目']
    """
    nlp = pipeline(str(ontology.folder))
    doc = nlp.make_doc(document.text)
    doc._.document = document
    for _, component in nlp.pipeline:
        doc = component(doc)
    reading: Reading = doc._.work.reading
    return reading
