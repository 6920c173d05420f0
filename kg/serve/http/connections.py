"""What a client sends in, the requests of its connection out; and an end to each connection.

A thousand connections are all there are. Whoever asks nothing more, or takes nothing more, is
let go, and whoever comes when all places are taken is told that the server is busy. Nobody is
cut off before the answer could be read.
"""

from __future__ import annotations

import asyncio
import math
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.base.settings import default
from kg.serve.http.guard import ADDRESS, HEADERS
from kg.serve.reply import ERROR, busy, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    from kg.serve.reply import Answer

# Seconds that a client may take to say what it wants, though it be refused before the end.
ASKING = float(default("sending"))
# Seconds that a client may take to make room for the next part of its answer.
SLOWEST = float(default("reading"))
# Connections at a time; some more wait for their request to be told that the server is busy.
# With three files for each worker they stay below the 1024 that a process may commonly have open.
CONNECTIONS: int = default("connections")
CROWD = 50
# Bytes of a request before its body: the address, and headers, among them the cookies of all
# servers of a machine.
HEAD = ADDRESS + (64 << 10)


class Protocol(H11Protocol):
    """One connection of a client."""

    reading: asyncio.TimerHandle | None = None
    connected_at = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        parting = _Parting(transport, self.loop, self._is_sent_to)
        super().connection_made(cast("asyncio.Transport", parting))
        self.connected_at = self.loop.time()
        self.loop.call_later(ASKING, self._unless_asked, None)
        if len(self.connections) > CONNECTIONS:
            self.app = _crowded
            self._keep_room()

    def data_received(self, data: bytes) -> None:
        if not self.transport.is_closing():
            super().data_received(data)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.reading = self.loop.call_later(SLOWEST, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.reading:
            self.reading.cancel()

    def on_response_complete(self) -> None:
        # uvicorn's own limit ends with the first byte of the next request.
        answered = self.cycle  # a request that already waits takes its place now
        super().on_response_complete()
        self.loop.call_later(ASKING, self._unless_asked, answered)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, or one whose head has no end."""
        if len(self.conn.trailing_data[0]) > HEAD:
            most = f"{HEAD >> 10} KiB together"
            reason = f"an address and its headers have at most {most}; send a long query by POST"
            self._tell(refusal("long", reason))
        else:
            self._tell(refusal("request", "what was sent is no HTTP request"))

    def _unless_asked(self, answered: object) -> None:
        """Close the connection if no other request than this one has become whole."""
        if self.cycle is answered and not self.transport.is_closing():
            self.transport.close()

    def _keep_room(self) -> None:
        """Of those who came too many, tell the first who has not asked, if they are very many."""
        waiting = [
            one for one in cast("set[Protocol]", self.connections)
            if one.app is _crowded and not one.transport.is_closing()
        ]  # fmt: skip
        if len(waiting) > CROWD:
            min(waiting, key=lambda one: one.connected_at)._tell(busy())

    def _is_sent_to(self) -> bool:
        """Whether the client may still be sending what is not to be read any more."""
        return self.conn.their_state in (h11.SEND_BODY, h11.ERROR)

    def _tell(self, answer: Answer) -> None:
        """Say something that no application says, if nothing is said yet, and close."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            reason = HTTPStatus(answer.status).phrase.encode()
            for event in (
                h11.Response(status_code=answer.status, headers=_headers(answer), reason=reason),
                h11.Data(data=answer.body),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        if self.cycle:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()


class _Parting:
    """A transport that takes what a client still sends, for a while, before it closes.

    Else the system would answer to that with a reset, which may overtake what was said
    (RFC 9112, 9.6).
    """

    def __init__(
        self,
        inner: asyncio.Transport,
        loop: asyncio.AbstractEventLoop,
        is_sent_to: Callable[[], bool],
    ) -> None:
        self.inner, self.loop, self.is_sent_to = inner, loop, is_sent_to
        self.parting = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def is_closing(self) -> bool:
        return self.parting or self.inner.is_closing()

    def close(self) -> None:
        if self.is_closing():
            return
        if not self.is_sent_to():
            self.inner.close()
            return
        self.parting = True
        with suppress(OSError):  # the client has left
            self.inner.write_eof()
        self.inner.resume_reading()
        self.loop.call_later(ASKING, self.inner.close)


def _headers(answer: Answer) -> list[tuple[bytes, bytes]]:
    """The headers of what is said before a connection is closed."""
    return [
        (b"content-type", answer.media.encode()),
        (b"content-length", str(len(answer.body)).encode()),
        (b"connection", b"close"),
        (ERROR.lower().encode(), answer.code.encode()),
        # After so long all who ask nothing have been let go.
        *([(b"retry-after", str(math.ceil(ASKING)).encode())] if answer.status == 503 else []),
        *HEADERS,
    ]


async def _crowded(scope: Scope, receive: Receive, send: Send) -> None:
    """The application for those who come when all places are taken."""
    answer = busy()
    start = {"type": "http.response.start", "status": answer.status, "headers": _headers(answer)}
    await send(start)
    await send({"type": "http.response.body", "body": answer.body})
