"""Write the files of a build that people take: the page, GraphML and the tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.base.settings import default

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kg.base.records import Knowledge
    from kg.ontology import Ontology


def write_outputs(
    knowledge: Knowledge,
    ontology: Ontology,
    folder: Path,
    troubles: Mapping[str, Sequence[Sequence[str]]] | None = None,
) -> dict[str, bytes]:
    """Write the page, GraphML and the tables of a graph; its page tells of ``troubles``.

    Returns:
        What its store is to keep for servers (``kg.publish.front``), by file name.
    """
    from kg.publish.export import graphml
    from kg.publish.tables import deals_csv, entities_csv, facts_csv, posts_csv

    # One after the other: what a file is made of is gone before the next one is begun.
    server_files = _page(knowledge, ontology, troubles or {}, folder / "graph.html")
    for name, parts in (
        ("graph.graphml", graphml(knowledge, ontology)),
        ("entities.csv", entities_csv(knowledge)),
        ("facts.csv", facts_csv(knowledge)),
        ("posts.csv", posts_csv(knowledge)),
        ("deals.csv", deals_csv(knowledge)),
    ):
        with (folder / name).open("wb") as file:
            file.writelines(parts)
    return server_files


def _page(
    knowledge: Knowledge,
    ontology: Ontology,
    troubles: Mapping[str, Sequence[Sequence[str]]],
    file: Path,
) -> dict[str, bytes]:
    from kg.corpus.compound.byline_titles import without
    from kg.publish.front import front
    from kg.publish.page.chosen import chosen
    from kg.publish.page.drawing import TITLE, drawing
    from kg.publish.page.overview import WholeGraph
    from kg.publish.page.summary.interest import FIRST, of_deals, weights
    from kg.publish.page.summary.stories import stories
    from kg.publish.page.things import Entities, Things
    from kg.publish.page.view import page_data, page_html
    from kg.publish.search.offline import pack_undrawn

    every, knowledge = knowledge, without(knowledge)
    whole = WholeGraph(knowledge, troubles)
    # What is told of first is drawn, however much else there is.
    story_things = Things((), Entities(knowledge.entities))
    stories(whole, ontology, story_things)
    more = of_deals(knowledge.deals)
    more.update(dict.fromkeys(story_things.numbers, FIRST))
    part = chosen(knowledge.entities, whole.linked, default("drawn"), weights(ontology), more)
    view = drawing(knowledge, ontology, part.nodes, whole.days)
    part.tell(view)
    shown = page_data(view, ontology, title=TITLE, limit=default("drawn"), whole=whole)
    shown["rest"] = pack_undrawn(every, ontology, shown, whole.days)
    file.write_bytes(page_html(shown).encode())
    return front(whole, ontology, shown)


def published_in(folder: Path) -> dict[str, str]:
    """What the ledger keeps of the files that a build publishes: the SHA-256 of each."""
    from kg.store.generation import sha256

    return {"published": json.dumps({one.name: sha256(one) for one in sorted(folder.iterdir())})}
