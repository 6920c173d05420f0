"""A request in, let through unless a page of another origin sends it.

The page of any site can make a browser send requests to this machine, and says from where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from kg.serve.http.writing import is_own
from kg.serve.reply import CODES, ERROR

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from kg.serve.http.guard import AccessRules


class Origin:
    """An ASGI application that lets requests through to another one."""

    def __init__(self, inner: ASGIApp, door: AccessRules) -> None:
        self.inner, self.door = inner, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            origins, host = headers.getlist("origin"), headers.get("host", "")
            if not all(is_own(origin, host, self.door) for origin in origins):
                reason = "a page of another site cannot ask here\n"
                refused = PlainTextResponse(reason, CODES["origin"][0], {ERROR: "origin"})
                await refused(scope, receive, send)
                return
        await self.inner(scope, receive, send)
