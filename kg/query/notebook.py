"""What a notebook shows of an answer or a graph: a table of HTML, or a frame of pandas."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from kg.base.errors import MissingExtraError

if TYPE_CHECKING:
    from kg.query.graph import Graph
    from kg.query.query import Result

SHOWN = 60  # rows that a cell shows


def table(result: Result) -> str:
    """An answer as a table of HTML; of a long one the first rows, and how many there are.

    >>> from kg.query.query import Result
    >>> table(Result(("a",), ()))
    '<table><thead><tr><th>a</th></tr></thead><tbody></tbody></table><p>0 rows</p>'
    """
    heads = "".join(f"<th>{escape(name)}</th>" for name in result.columns)
    lines = [
        "<tr>" + "".join(f"<td>{escape(_text(cell))}</td>" for cell in row) + "</tr>"
        for row in result.rows[:SHOWN]
    ]
    count = len(result)
    caption = f"{count} rows" if count != 1 else "1 row"
    caption += f", of which these are the first {SHOWN}" if count > SHOWN else ""
    body = "".join(lines)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table><p>{caption}</p>"


def frame(result: Result) -> Any:
    """An answer as a DataFrame of pandas.

    Raises:
        MissingExtraError: If pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtraError(
            "to_pandas needs pandas, which is not installed: pip install pandas; rows and columns "
            "are there without it (result.rows, result.columns)"
        ) from error
    return pandas.DataFrame(result.rows, columns=list(result.columns))


def summary(graph: Graph) -> str:
    """How much a graph has of each class, as a table of HTML, and what it can be asked."""
    counts = Counter(kind for _, kind, _, _ in graph.called())
    classes = {name: one.label["en"] for name, one in graph.ontology.classes.items()}
    rows = "".join(
        f"<tr><td>{escape(label)}</td><td>{counts[name]}</td></tr>"
        for name, label in classes.items()
        if counts[name]
    )
    examples = "graph.ask('deals'), graph.query('SELECT …'), graph.graph_html(around='…')"
    return (
        f"<table><thead><tr><th>class</th><th>things</th></tr></thead><tbody>{rows}</tbody></table>"
        f"<p>{counts.total()} things; <code>{escape(examples)}</code></p>"
    )


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


class Page(str):
    """A page of HTML, which a notebook shows in a frame; ``print`` and files take its text."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        attributes = 'sandbox="allow-scripts allow-downloads" loading="lazy"'
        style = "width: 100%; height: 640px; border: 1px solid #d9dfe8; border-radius: 8px"
        return f'<iframe srcdoc="{escape(self)}" {attributes} style="{style}"></iframe>'
