"""The pages of ``ontology/`` in, one checked Ontology out.

Every class, relation and attribute has a page of its own; all that kg knows about it
stands there: labels, alignments, how its names look, which words state it, its colour.
Loading checks each page and names the file, the term and the way out.
"""

from __future__ import annotations

from kg.ontology.files import default_folder
from kg.ontology.lexicon.lexicon import Lexicon
from kg.ontology.loading import load
from kg.ontology.pages import (
    Attribute,
    Example,
    Klass,
    Largest,
    Ontology,
    Parameter,
    Question,
    Relation,
    Rule,
    Status,
    Text,
    rules,
)

__all__ = [
    "Attribute",
    "Example",
    "Klass",
    "Largest",
    "Lexicon",
    "Ontology",
    "Parameter",
    "Question",
    "Relation",
    "Rule",
    "Status",
    "Text",
    "default_folder",
    "load",
    "rules",
]
