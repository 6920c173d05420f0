"""A request in, let through or refused: by the length of its address, its Host and its token.

A page of any other site can make a browser send requests to this machine, and can bind its
own name to it (DNS rebinding); what it cannot do is to send the right Host.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from kg.base.settings import default
from kg.serve.reply import ERROR, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Bytes of an address.
ADDRESS: int = default("address") << 10
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
class AccessRules:
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

        >>> rules = AccessRules("127.0.0.1")
        >>> rules.knows("localhost:8000"), rules.knows("evil.example")
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

    def __init__(self, inner: ASGIApp, door: AccessRules) -> None:
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
        if len(scope["raw_path"]) + len(scope["query_string"]) > ADDRESS:
            most = f"{ADDRESS >> 10} KiB"
            reason = f"an address has at most {most}; send a longer query by POST"
            await _reply(guarded, "long", reason)
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > ADDRESS:
            # h11 refuses what is too long while it waits for more; this came in two pieces.
            await _reply(guarded, "long", f"headers have at most {ADDRESS >> 10} KiB")
        elif not self.door.knows(headers.get(b"host", b"").decode("latin-1")):
            await _reply(guarded, "host", "this server has another name; see kg serve --help")
        elif self._may_enter(scope):
            await self.inner(scope, receive, guarded)
        else:
            await self._ask_for_token(scope, guarded)

    def _may_enter(self, scope: Scope) -> bool:
        if not self.door.token or scope["method"] == "OPTIONS":
            return True
        return any(self._fits(given) for given in _tokens(scope["headers"]))

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


def _tokens(headers: Iterable[tuple[bytes, bytes]]) -> Iterator[str]:
    """The tokens that a request gives: as a bearer, and in each cookie of the name.

    Other servers on this machine share their cookies with this one, and http.cookies reads
    none where one of them is not as it should be.

    >>> list(_tokens([(b"cookie", b'theirs={"a b"}; kg_token=ours')]))
    ['ours']
    """
    for name, value in headers:
        text = value.decode("latin-1")
        if name == b"authorization":
            kind, _, given = text.partition(" ")
            if kind.lower() == "bearer":
                yield given.strip()
        elif name == b"cookie":
            for pair in text.split(";"):
                key, _, given = pair.partition("=")
                if key.strip() == COOKIE:
                    yield given.strip().strip('"')


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
