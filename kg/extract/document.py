"""One document in, its Reading out, through the stations of ``kg.extract.stations``.

The spaCy pipeline of ``kg.extract.components`` runs the same stations and gives the same Reading; a
build
does without its Doc of characters, which takes a seventh of the time.
"""

from __future__ import annotations

from kg.base.records import Document, Reading
from kg.extract.stations import DocumentState, run_stations
from kg.ontology import Ontology


def extract(document: Document, ontology: Ontology) -> Reading:
    """Read one document by itself: segment, annotate, relate, resolve.

    >>> from kg.ontology import load
    >>> text = "甲某智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。"
    >>> reading = extract(Document("d", "d.txt", text), load())
    >>> sorted(e.name for e in reading.entities)
    ['成都高新区', '甲某智能科技有限公司', '芯片封装基地项目']
    """
    return run_stations(DocumentState(document, ontology))
