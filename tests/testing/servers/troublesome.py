"""Servers that do not do what they should, in threads of the test: each answers as it is told."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import TYPE_CHECKING

import httpx2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True)
class Said:
    """An answer: status, headers and body; after ``seconds``, and with ``missing`` bytes of it
    promised that never come."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0
    missing: int = 0


@dataclass(frozen=True)
class Heard:
    """A request: its number from 1 on, method, path with its parameters, headers and body."""

    number: int
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def answering(say: Callable[[Heard], Said]) -> Iterator[tuple[str, list[Heard]]]:
    """A server that answers what ``say`` says: its address, and what it has heard."""
    heard: list[Heard] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            one = Heard(len(heard) + 1, self.command, self.path, headers, body)
            heard.append(one)
            said = say(one)
            sleep(said.seconds)
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body) + said.missing))
            self.end_headers()
            self.wfile.write(said.body)
            self.close_connection = bool(said.missing)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  # the library's names

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def before(place: str, otherwise: Callable[[Heard], Said | None]) -> Callable[[Heard], Said]:
    """What a server says that passes requests on to another, unless it says something itself."""

    def say(heard: Heard) -> Said:
        own = otherwise(heard)
        if own is not None:
            return own
        kept = ("content-type", "accept", "authorization")
        headers = {name: heard.headers[name] for name in kept if name in heard.headers}
        answer = httpx2.request(
            heard.method, place + heard.path, headers=headers, content=heard.body, timeout=60
        )
        media = {"Content-Type": answer.headers.get("content-type", "text/plain")}
        return Said(answer.status_code, media, answer.content)

    return say
