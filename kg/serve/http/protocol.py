"""A request of the SPARQL 1.1 Protocol in, what it asks out, or the status that refuses it.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.serve.reply import RefusedError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
# More parameters than any client names graphs.
MOST_PARAMETERS = 1000


# The page of a dossier: this, and what the thing is called.
THING = "thing:"


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """What a request asks: its query, a named question, a page, or the service's description.

    ``question`` is the name of a named question, with its ``parameters``; ``page`` that of a
    page (``kg.serve.pages.pages``), of the whole graph, or of what a query or a question answers.
    With none of the three the service is to describe itself.
    ``around`` are IRIs of entities: a page of the graph holds what lies around them.
    ``corrections`` is the file of what people decided, if it is reviewed here; never a client's.
    ``dataset`` holds the graphs of ``default-graph-uri`` and ``named-graph-uri``; None where
    neither was given. ``base`` is the address of the service: relative IRIs begin with it.
    ``brief`` is a page that needs little of the graph: it may take no longer than a query.
    """

    query: str = ""
    question: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    page: str = ""
    around: tuple[str, ...] = ()
    corrections: str = ""
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    accept: str = ""
    format: str = ""
    base: str = ""
    brief: bool = False

    @property
    def whole(self) -> bool:
        """Whether a page of the whole graph is asked, which takes longer than a query may."""
        part = self.query or self.question or self.brief or self.page.startswith(THING)
        return bool(self.page and not part)


def parse_request(
    method: str, search: bytes, content: str = "", body: bytes = b"", accept: str = ""
) -> SparqlRequest:
    """What a request asks.

    Args:
        method: GET, HEAD or POST.
        search: What stands behind ``?`` in its address.
        content: Its Content-Type.
        body: Its body.
        accept: Its Accept.

    Raises:
        RefusedError: With the status that the protocol asks for.

    >>> parse_request("GET", b"query=ASK%20%7B%7D&format=csv").query
    'ASK {}'
    """
    if method in ("GET", "HEAD"):
        given = _parameters(search, "the address")
        if not {"query", "update"}.intersection(key for key, _ in given):
            return SparqlRequest(accept=accept, format=dict(given).get("format", ""))
        return _asked(given, accept)
    if method != "POST":
        raise RefusedError(
            "method", f"{method} is not done here; use GET or POST", {"Allow": ALLOWED}
        )
    media, _, parameters = content.partition(";")
    media = media.strip().lower()
    charset = dict(_pairs(parameters)).get("charset", "utf-8").strip("\"'").lower()
    if media not in (FORM, QUERY, UPDATE):
        said = f"{media} is not understood" if media else "the Content-Type is missing"
        raise RefusedError("media", f"{said}; send {QUERY}, or {FORM} with query=")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise RefusedError("media", f"the charset {charset} is not understood; send UTF-8")
    if media == FORM:
        return _asked(_parameters(body, "the body"), accept)
    if media == UPDATE:
        raise RefusedError("read-only", READ_ONLY)
    text = _decoded(body, "the body")
    given = _parameters(search, "the address")
    if any(key in ("query", "update") for key, _ in given):
        raise RefusedError(
            "request", "a query stands in the body and another in the address; send one"
        )
    return _asked([("query", text), *given], accept)


ALLOWED = "GET, HEAD, POST, OPTIONS"
READ_ONLY = "this endpoint is read-only; a graph is changed by kg build or kg import"


def _asked(given: list[tuple[str, str]], accept: str) -> SparqlRequest:
    values: dict[str, list[str]] = {}
    for key, text in given:
        values.setdefault(key, []).append(text)
    if "update" in values:
        raise RefusedError("read-only", READ_ONLY)
    queries = values.get("query", [])
    if len(queries) != 1 or not queries[0].strip():
        many = len(queries) > 1
        wrong = f"there are {len(queries)} queries" if many else "there is no query="
        raise RefusedError("request", f"{wrong}; send one")
    graphs = [tuple(values.get(f"{kind}-graph-uri", ())) for kind in ("default", "named")]
    return SparqlRequest(
        query=queries[0],
        dataset=(graphs[0], graphs[1]) if any(graphs) else None,
        accept=accept,
        format=values.get("format", [""])[-1].lower(),
    )


def _parameters(text: bytes, place: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            _decoded(text, place),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise RefusedError(
            "request", f"{place} is not UTF-8 where its % signs are resolved"
        ) from error
    except ValueError as error:
        raise RefusedError(
            "request", f"{place} has more than {MOST_PARAMETERS} parameters"
        ) from error


def _decoded(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("request", f"{place} is not UTF-8 (byte {error.start})") from error


def _pairs(parameters: str) -> list[tuple[str, str]]:
    found = (part.partition("=") for part in parameters.split(";"))
    return [(key.strip().lower(), text.strip()) for key, _, text in found if key.strip()]
