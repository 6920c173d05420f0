"""Make what the filters of a page need: the places and documents of its graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def filter_data(
    view: Any, order: Sequence[str], documents: Iterable[str]
) -> dict[str, list[Any] | dict[str, Any]]:
    """The places that the drawn things belong to, and what is known of the named documents.

    Args:
        view: The graph that ``kg.publish.page.view.page`` draws. Its own ``places`` give the name
        of
            each place and those that it lies in, by IRI, its ``sources`` the title, publisher
            and date of each document, by name; its nodes have ``places``, IRIs.
        order: The nodes that are drawn, in order.
        documents: Names of the documents that the page quotes.

    Returns:
        ``places``: IRI, name and numbers of those above it, for each place that a drawn thing
        is or belongs to and for all above these, in order of their IRIs. ``belongs``: the
        numbers of its places, for each drawn thing. ``sources``: by name, without what is
        not known.
    """
    known: dict[str, tuple[str, Sequence[str]]] = view.graph.get("places", {})
    own = [[n] if n in known else list(view.nodes[n].get("places", ())) for n in order]
    used = _upward({place for places in own for place in places}, known)
    number = {place: i for i, place in enumerate(used)}
    sources: dict[str, dict[str, str]] = view.graph.get("sources", {})
    return {
        "places": [[p, known[p][0], [number[above] for above in known[p][1]]] for p in used],
        "belongs": [[number[place] for place in places] for places in own],
        "sources": {
            name: {key: text for key, text in sources.get(name, {}).items() if text}
            for name in sorted(set(documents) - {""})
        },
    }


def _upward(places: set[str], known: dict[str, tuple[str, Sequence[str]]]) -> list[str]:
    """Some places and all that they lie in, in order."""
    upward, todo = set(places), list(places)
    while todo:
        for above in known[todo.pop()][1]:
            if above not in upward:
                upward.add(above)
                todo.append(above)
    return sorted(upward)
