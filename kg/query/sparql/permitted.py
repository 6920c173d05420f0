"""A query that is read in; what it may not ask here, refused, before oxigraph sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base.errors import QueryError
from kg.query.sparql.parsed import DEEPEST, LONGEST, Form
from kg.query.sparql.tokens import CALL, head, where

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.query.sparql.parsed import FromClause, ParsedQuery
    from kg.query.sparql.tokens import Token


def permit(query: ParsedQuery, graphs: Collection[str] = ()) -> None:
    """Let a query through that only reads, reads only here, and does not kill the process.

    Args:
        query: The query.
        graphs: The named graphs that FROM may name.

    Raises:
        QueryError: For an update, SERVICE, FROM an address that is no graph here, an IRI that can
            be read in two ways, and queries that are too deep or too long.
    """
    if query.form is Form.UPDATE and query.keyword is not None:
        raise _update(query, query.keyword)
    refusals = sorted(_refused(query, graphs), key=lambda one: one[0])
    if refusals:
        raise refusals[0][1]


def _refused(query: ParsedQuery, graphs: Collection[str]) -> Iterator[tuple[int, QueryError]]:
    """What is refused, by where it stands."""
    for token, problem in (
        (query.service, _service),
        (query.twofold, _twofold),
        (query.too_deep, _too_deep),
        (query.too_long, _too_long),
    ):
        if token is not None:
            yield token.start, problem(query, token)
    for one in query.graphs:
        if one.iri not in graphs:
            yield one.token.start, _no_graph(query, one, sorted(graphs))
            return


def _places(query: ParsedQuery, token: Token) -> tuple[str, str]:
    """Where a token stands, in English and in Chinese."""
    return where(query.text, token.start), where(query.text, token.start, "zh")


def _update(query: ParsedQuery, token: Token) -> QueryError:
    en, zh = _places(query, token)
    return QueryError(
        f"{token.text} is an update; a graph is changed by building or importing only: {en}",
        zh=f"{token.text} 是更新语句；图谱只能通过构建或导入来修改：{zh}",
    )


def _service(query: ParsedQuery, token: Token) -> QueryError:
    en, zh = _places(query, token)
    named = token.kind == "name"
    return QueryError(
        (f"{head(token)}: is no prefix here, and {CALL}" if named else CALL)
        + f" reaches out to another server, which is not done here: {en}",
        zh=(f"{head(token)}: 不是这里的前缀，而 {CALL}" if named else CALL)
        + f" 会访问别的服务器，这里不允许：{zh}",
    )


def _twofold(query: ParsedQuery, token: Token) -> QueryError:
    en, zh = _places(query, token)
    return QueryError(
        f"{token.text} can be read in two ways here; write a space after < where it compares, "
        f"and a prefixed name where it is an IRI: {en}",
        zh=f"{token.text} 在这里有两种读法；作小于号时请在 < 后加空格，作 IRI 时请写前缀名：{zh}",
    )


def _too_deep(query: ParsedQuery, token: Token) -> QueryError:
    en, zh = _places(query, token)
    return QueryError(
        f"nests deeper than {DEEPEST} levels: {en}", zh=f"嵌套超过 {DEEPEST} 层：{zh}"
    )


def _too_long(query: ParsedQuery, token: Token) -> QueryError:
    en, zh = _places(query, token)
    return QueryError(
        f"is longer than {LONGEST} words; put long lists into VALUES, or ask in parts: {en}",
        zh=f"超过 {LONGEST} 个词；长列表请放进 VALUES，或分几次查询：{zh}",
    )


def _no_graph(query: ParsedQuery, one: FromClause, known: list[str]) -> QueryError:
    en, zh = _places(query, one.token)
    named = ", ".join(known)
    return QueryError(
        f"FROM {one.token.text} is no graph of this store, and nothing is fetched; "
        + (f"named graphs here are {named}" if known else "there are none here")
        + f": {en}",
        zh=f"FROM {one.token.text} 不是这个图谱中的图，也不会去别处获取；"
        + (f"这里的命名图有 {named}" if known else "这里没有命名图")
        + f"：{zh}",
    )
