"""A request in, let through or refused: by its Host and its token.

A page of any other site can make a browser send requests to this machine, and can bind its
own name to it (DNS rebinding); what it cannot do is to send the right Host.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from kg.serve.reply import ERROR, STATUS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "kg_token"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-cache"),
)


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come in: the host listened on, other names of this server, and the token."""

    host: str
    names: tuple[str, ...] = ()
    token: str = ""

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_local(self.host)

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server.

        >>> Door("127.0.0.1").knows("localhost:8000"), Door("127.0.0.1").knows("evil.example")
        (True, False)
        """
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if is_local(name) or name in (self.host.lower(), *self.names):
            return True
        return not self.local and _is_address(name)  # no name: nobody can bind it elsewhere


def is_local(host: str) -> bool:
    """Whether a host is this machine alone."""
    return host.lower() == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class Guard:
    """An ASGI application that lets requests through to another one."""

    def __init__(self, inner: ASGIApp, door: Door) -> None:
        self.inner, self.door = inner, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(pair for pair in HEADERS if pair[0] not in given),
                ]
            await send(message)

        headers = dict(scope["headers"])
        if not self.door.knows(headers.get(b"host", b"").decode("latin-1")):
            await _reply(guarded, "host", "this server has another name; see kg serve --help")
        elif self.door.token and scope["method"] != "OPTIONS" and not self._may_enter(headers):
            await self._ask_for_token(scope, guarded)
        else:
            await self.inner(scope, receive, guarded)

    def _may_enter(self, headers: dict[bytes, bytes]) -> bool:
        kind, _, given = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        if kind.lower() == "bearer" and self._fits(given.strip()):
            return True
        cookies = SimpleCookie()
        try:
            cookies.load(headers.get(b"cookie", b"").decode("latin-1"))
        except CookieError:
            return False
        return COOKIE in cookies and self._fits(cookies[COOKIE].value)

    def _fits(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.door.token.encode())

    async def _ask_for_token(self, scope: Scope, send: Send) -> None:
        """Take the token of an address once, into a cookie; else ask for it."""
        search = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["method"] == "GET" and self._fits(search.pop("token", [""])[0]):
            cookie = f"{COOKIE}={self.door.token}; Path=/; HttpOnly; SameSite=Strict"
            rest = urlencode(search, doseq=True)
            target = "/" + quote(scope["path"].lstrip("/")) + (f"?{rest}" if rest else "")
            await _reply(
                send,
                "",
                "the token is right",
                (b"set-cookie", cookie.encode()),
                (b"location", target.encode()),
            )
            return
        await _reply(
            send,
            "token",
            "a token is needed: Authorization: Bearer TOKEN, or open the address with ?token=TOKEN",
            (b"www-authenticate", b'Bearer realm="kg"'),
        )


async def _reply(send: Send, code: str, reason: str, *headers: tuple[bytes, bytes]) -> None:
    """Answer with the code of a refusal; without one the client is sent on."""
    body = f"{reason}\n".encode()
    given = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        *([(ERROR.lower().encode(), code.encode())] if code else []),
        *headers,
    ]
    status = STATUS[code] if code else 303
    await send({"type": "http.response.start", "status": status, "headers": given})
    await send({"type": "http.response.body", "body": body})
