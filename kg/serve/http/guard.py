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
from kg.serve.http.language import of_reason
from kg.serve.reply import ERROR, Problem, refusal

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
                names = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(pair for pair in HEADERS if pair[0] not in names),
                ]
            await send(message)

        headers = dict(scope["headers"])
        if len(scope["raw_path"]) + len(scope["query_string"]) > ADDRESS:
            most = f"{ADDRESS >> 10} KiB"
            reason = f"an address has at most {most}; send a longer query by POST"
            problem = Problem("long", reason, zh=f"地址最长 {most}；更长的查询请用 POST 发送")
            await _refuse(guarded, scope, problem)
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > ADDRESS:
            # h11 refuses what is too long while it waits for more; this came in two pieces.
            reason = f"headers have at most {ADDRESS >> 10} KiB"
            await _refuse(
                guarded, scope, Problem("long", reason, zh=f"请求头最长 {ADDRESS >> 10} KiB")
            )
        elif not self.door.knows(headers.get(b"host", b"").decode("latin-1")):
            reason = "this server has another name; see kg serve --help"
            problem = Problem("host", reason, zh="服务器不使用这个名称；见 kg serve --help")
            await _refuse(guarded, scope, problem)
        elif self._may_enter(scope):
            await self.inner(scope, receive, guarded)
        else:
            await self._ask_for_token(scope, guarded)

    def _may_enter(self, scope: Scope) -> bool:
        if not self.door.token or scope["method"] == "OPTIONS":
            return True
        return any(self._fits(token) for token in _tokens(scope["headers"]))

    def _fits(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.door.token.encode())

    async def _ask_for_token(self, scope: Scope, send: Send) -> None:
        """Take the token of an address once, into a cookie; else ask for it."""
        search = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["method"] == "GET" and self._fits(search.pop("token", [""])[0]):
            cookie = f"{COOKIE}={self.door.token}; Path=/; HttpOnly; SameSite=Strict"
            rest = urlencode(search, doseq=True)
            target = "/" + quote(scope["path"].lstrip("/")) + (f"?{rest}" if rest else "")
            more = ((b"set-cookie", cookie.encode()), (b"location", target.encode()))
            await _reply(send, 303, b"the token is right\n", *more)
            return
        problem = Problem(
            "token",
            "a token is needed: Authorization: Bearer TOKEN, or open the address with ?token=TOKEN",
            zh="需要口令：Authorization: Bearer 口令，或在地址后加 ?token=口令 打开",
        )
        await _refuse(send, scope, problem, (b"www-authenticate", b'Bearer realm="kg"'))


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
            kind, _, token = text.partition(" ")
            if kind.lower() == "bearer":
                yield token.strip()
        elif name == b"cookie":
            for pair in text.split(";"):
                key, _, token = pair.partition("=")
                if key.strip() == COOKIE:
                    yield token.strip().strip('"')


async def _refuse(
    send: Send, scope: Scope, problem: Problem, *headers: tuple[bytes, bytes]
) -> None:
    """Say why a request is not let through, in the language that it asks for."""
    accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    status = refusal(problem.code, problem.reason).status
    body = f"{problem.message(of_reason(accepted))}\n".encode()
    await _reply(send, status, body, (ERROR.lower().encode(), problem.code.encode()), *headers)


async def _reply(send: Send, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    all_headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": all_headers})
    await send({"type": "http.response.body", "body": body})
