"""Tell the subtype of a name that no rule found, by what its class says such names look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ontology.places import Places

if TYPE_CHECKING:
    from kg.ontology import Ontology


class Subtypes:
    """The subtypes of the classes of an ontology, by tables and by how names end.

    >>> from kg.ontology import load
    >>> subtypes = Subtypes(load())
    >>> subtypes.of("Organisation", "云某智能科技有限公司"), subtypes.of("District", "合肥市")
    ('company', 'prefecture')
    """

    def __init__(self, ontology: Ontology) -> None:
        self.places = Places.load(ontology)
        self.located = {k.name for k in ontology.classes.values() if k.identified_by == "place"}
        self.endings: dict[str, dict[str, str]] = {}
        for klass in ontology.classes.values():
            endings = self.endings.setdefault(klass.name, {})
            for rule in sorted(klass.names, key=lambda rule: (-rule.confidence, rule.rule)):
                if rule.kind in ("suffix", "level"):
                    for word in rule.options.get("words", ()):
                        endings.setdefault(str(word), str(rule.options.get("subtype", "")))

    def of(self, type_: str, name: str) -> str:
        """The subtype of a name of a class; empty if nothing tells it."""
        if type_ in self.located:
            if zone := self.places.zone(name):
                return zone.kind
            if divisions := self.places.by_name(name):
                return divisions[0].level
        endings = self.endings.get(type_, {})
        tails = (name[i:] for i in range(len(name)))
        return next((endings[tail] for tail in tails if tail in endings), "")
