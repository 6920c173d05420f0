"""What a user calls a server in, its address out: without the password that may stand in it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from kg.base.errors import RemoteError


def is_remote(place: object) -> bool:
    """Whether a place is a server's address and no folder.

    >>> is_remote("http://localhost:7878/query"), is_remote("outputs")
    (True, False)
    """
    return bool(re.match(r"https?://", str(place), re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class Access:
    """Who asks: a name and a password, or a token; nobody where all are empty."""

    user: str = ""
    password: str = ""
    token: str = ""

    @classmethod
    def known(cls, user: str = "", password: str = "") -> Access:
        """What is given, and for the rest ``KG_USER``, ``KG_PASSWORD`` and ``KG_TOKEN``."""
        its_user, its_password, token = (
            os.environ.get(name, "") for name in ("KG_USER", "KG_PASSWORD", "KG_TOKEN")
        )
        return cls(user or its_user, password or its_password, token)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, what stands behind ``?``, and who asks, if the address says so."""

    place: str
    parameters: tuple[tuple[str, str], ...] = ()
    access: Access | None = None

    @classmethod
    def read(cls, url: str) -> Address:
        """Take an address apart.

        Raises:
            RemoteError: If it is none.

        >>> Address.read("http://me:secret@localhost:7878/query?a=b").place
        'http://localhost:7878/query'
        """
        try:
            parts = urlsplit(url.strip())
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise RemoteError(f"{url}: is no address of a server ({error})") from error
        if not host or not is_remote(url):
            raise RemoteError(f"{url}: is no address of a server; write http://HOST:PORT/PATH")
        host = f"[{host}]" if ":" in host else host
        where = f"{host}:{port}" if port else host
        place = urlunsplit((parts.scheme.lower(), where, parts.path or "/", "", ""))
        own = parse_qsl(parts.query, keep_blank_values=True)
        access = None
        if parts.username:
            access = Access(unquote(parts.username), unquote(parts.password or ""))
        return cls(place, tuple(own), access)
