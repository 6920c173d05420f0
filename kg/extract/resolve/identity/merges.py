"""How sure the merges of a rule are: the page ``words/merges.yaml``."""

from __future__ import annotations

from kg.ontology import Ontology

PAGE = "merges"
OTHER = 0.9  # where an ontology has no such page


def merge_confidence(rule: str, ontology: Ontology) -> float:
    """How sure it is that a merge by a rule is right, 0 to 1; what people decided is.

    >>> from kg.ontology import load
    >>> merge_confidence("identity.listed", load()), merge_confidence("review.merge", load())
    (0.99, 1.0)
    """
    page = ontology.words.get(PAGE, {})
    if rule.startswith(str(page.get("decided", "review."))):
        return 1.0
    confidences: dict[str, float] = page.get("confidence", {})
    return float(confidences.get(rule, confidences.get("other", OTHER)))
