"""Join the titles of one document that a headline shortens with the full ones.

我市发布低空经济三年行动方案 tells of 《甲市低空经济发展三年行动方案（2024—2026年）》: a headline
leaves out the place, the years and the words that any plan may have.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kg.extract.mentions.mention import Mention
from kg.extract.resolve.clusters import Clusters
from kg.ontology import Lexicon, Ontology
from kg.ontology.places import Places

YEARS = re.compile("[（(][^（）()]*[）)]$")
LEAST = 6  # characters of a title of its own


def join_headlines(clusters: Clusters, ontology: Ontology, mentions: Sequence[Mention]) -> None:
    """Make one a title without place or years and the only fuller one that says the same."""
    places = Places.load(ontology)
    for klass in ontology.classes.values():
        if not klass.identity.get("titled"):
            continue
        by_bare_title: dict[str, list[str]] = defaultdict(list)
        for name in sorted({m.name for m in mentions if m.type == klass.name and not m.reference}):
            by_bare_title[_bare(name, places, ontology.lexicon)].append(name)
        for bare, names in sorted(by_bare_title.items()):
            full = [n for n in names if places.leading(n)]
            if len(bare) < LEAST or len({clusters.root((klass.name, n)) for n in full}) != 1:
                continue
            for name in (n for n in names if not places.leading(n) and not YEARS.search(n)):
                why = f"{name} is what a headline leaves of {full[0]}"
                clusters.union((klass.name, name), (klass.name, full[0]), "name.headline", why)


def _bare(title: str, places: Places, lexicon: Lexicon) -> str:
    """A title without its place, its years and words that any has."""
    return lexicon.sameness.filler.sub("", YEARS.sub("", title[places.leading(title) :]))
