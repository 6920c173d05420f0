"""A request of the SPARQL 1.1 Protocol in, what it asks of a worker out, or why it is refused.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from kg.serve.reply import RefusedError
from kg.serve.requests import DescriptionRequest, QueryRequest

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
# More parameters than any client names graphs.
MOST_PARAMETERS = 1000


def parse_request(
    method: str,
    search: bytes,
    content: str = "",
    body: bytes = b"",
    accept: str = "",
    base: str = "",
) -> QueryRequest | DescriptionRequest:
    """What a request asks; without a query the service is to describe itself.

    Args:
        method: GET, HEAD or POST.
        search: What stands behind ``?`` in its address.
        content: Its Content-Type.
        body: Its body.
        accept: Its Accept.
        base: The address of the service.

    Raises:
        RefusedError: With the status that the protocol asks for.

    >>> parse_request("GET", b"query=ASK%20%7B%7D&format=csv").query
    'ASK {}'
    """
    if method in ("GET", "HEAD"):
        fields = _parameters(search, "the address")
        if not {"query", "update"}.intersection(key for key, _ in fields):
            return DescriptionRequest(base, accept, dict(fields).get("format", ""))
        return _query_request(fields, accept, base)
    if method != "POST":
        raise RefusedError(
            "method", f"{method} is not done here; use GET or POST", {"Allow": ALLOWED}
        )
    media, _, parameters = content.partition(";")
    media = media.strip().lower()
    charset = dict(_pairs(parameters)).get("charset", "utf-8").strip("\"'").lower()
    if media not in (FORM, QUERY, UPDATE):
        problem = f"{media} is not understood" if media else "the Content-Type is missing"
        raise RefusedError("media", f"{problem}; send {QUERY}, or {FORM} with query=")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise RefusedError("media", f"the charset {charset} is not understood; send UTF-8")
    if media == FORM:
        return _query_request(_parameters(body, "the body"), accept, base)
    if media == UPDATE:
        raise RefusedError("read-only", READ_ONLY)
    text = _decoded(body, "the body")
    fields = _parameters(search, "the address")
    if any(key in ("query", "update") for key, _ in fields):
        raise RefusedError(
            "request", "a query stands in the body and another in the address; send one"
        )
    return _query_request([("query", text), *fields], accept, base)


ALLOWED = "GET, HEAD, POST, OPTIONS"
READ_ONLY = "this endpoint is read-only; a graph is changed by kg build or kg import"


def _query_request(fields: list[tuple[str, str]], accept: str, base: str) -> QueryRequest:
    values: dict[str, list[str]] = {}
    for key, text in fields:
        values.setdefault(key, []).append(text)
    if "update" in values:
        raise RefusedError("read-only", READ_ONLY)
    queries = values.get("query", [])
    if len(queries) != 1 or not queries[0].strip():
        many = len(queries) > 1
        wrong = f"there are {len(queries)} queries" if many else "there is no query="
        raise RefusedError("request", f"{wrong}; send one")
    graphs = [tuple(values.get(f"{kind}-graph-uri", ())) for kind in ("default", "named")]
    return QueryRequest(
        query=queries[0],
        dataset=(graphs[0], graphs[1]) if any(graphs) else None,
        base=base,
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
    partitions = (part.partition("=") for part in parameters.split(";"))
    return [(key.strip().lower(), text.strip()) for key, _, text in partitions if key.strip()]
