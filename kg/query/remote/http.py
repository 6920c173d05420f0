"""A request to a server elsewhere in, its whole answer out, or why there is none.

Redirects are not followed: an answer, or a password, would go to or come from somebody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import monotonic, sleep, time
from typing import TYPE_CHECKING

import httpx2

from kg.base.errors import RemoteError
from kg.base.settings import default
from kg.query.remote.address import Access, Address

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

MIB = 1 << 20
# Statuses that another attempt may mend (RFC 9110, RFC 6585). Virtuoso and proxies give 500 for
# passing faults; all that is sent again here may be sent twice.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
# Seconds between attempts: they double from the first to the longest. A server may ask for more
# by Retry-After, up to PATIENT.
FIRST, LONGEST, PATIENT = 0.5, 30.0, 300.0
# What is quoted of a server's own words, in code points.
QUOTED = 300
_WAYS_OUT = {
    400: "it does not understand what was sent",
    401: "it asks who you are: give --user, and the password in KG_PASSWORD, or KG_TOKEN",
    403: "you may not do that there: another --user, or ask who runs the server",
    404: "there is nothing at this address: look for its path in the server's documentation",
    405: "it does not do that at this address: perhaps it is that of another protocol",
    406: "it cannot answer in a format that kg reads",
    413: "it does not take so much at a time: give a smaller --batch",
    415: "it does not take what was sent: perhaps the address is that of another protocol",
}


class _Login(httpx2.Auth):
    """Digest or Basic, as the server asks; nothing is told before it does."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.chosen: httpx2.Auth | None = None

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        if self.chosen is None:
            answer = yield request
            if answer.status_code != 401:
                return
            challenge = ",".join(answer.headers.get_list("www-authenticate")).lower()
            kind = httpx2.DigestAuth if "digest" in challenge else httpx2.BasicAuth
            self.chosen = kind(self.access.user, self.access.password)
        yield from self.chosen.auth_flow(request)


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: its headers by name in small letters, and its body."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Wire:
    """A server's address, asked again and again over the same connections. ``close`` it."""

    def __init__(
        self,
        url: str,
        access: Access | None = None,
        *,
        seconds: float = default("patience"),
        attempts: int = 1,
        most: int = default("answer") * MIB,
        ways_out: Mapping[int, str] | None = None,
    ) -> None:
        """Make ready; nothing is sent yet.

        Args:
            url: ``http://`` or ``https://``; a name and a password in it count before ``access``,
                what stands behind ``?`` is ``own``.
            access: Who asks; by default what the environment says.
            seconds: What one answer may take.
            attempts: How often what fails in passing is tried.
            most: The longest answer, in bytes.
            ways_out: What is told to do about a status, instead of what graph servers need.

        Raises:
            RemoteError: If the address is none.
        """
        address = Address.read(url)
        self.address, self.own = address.place, list(address.parameters)
        access = address.access or access or Access.known()
        headers = {"User-Agent": "zhengtu"}
        if access.token and not access.user:
            headers["Authorization"] = f"Bearer {access.token}"
        self.seconds, self.attempts, self.most = seconds, attempts, most
        self.ways_out = _WAYS_OUT if ways_out is None else ways_out
        self.client = httpx2.Client(
            auth=_Login(access) if access.user else None, headers=headers, timeout=seconds
        )

    def close(self) -> None:
        self.client.close()

    def send(
        self,
        method: str,
        *,
        parameters: Sequence[tuple[str, str]] = (),
        form: Iterable[tuple[str, str]] | None = None,
        body: bytes | None = None,
        media: str = "",
        accept: str = "*/*",
        first: int = 0,
    ) -> Reply:
        """Send a request until it is answered, and read the answer whole.

        Args:
            method: An HTTP method.
            parameters: What stands behind ``?``.
            form: Fields of a form, as the body.
            body: Another body.
            media: Its type.
            accept: What can be read.
            first: So many bytes of the answer are enough; 0 for all.

        Raises:
            RemoteError: If there is no answer, or one that refuses; it is told what to do.
        """
        headers = {"Accept": accept, **({"Content-Type": media} if media else {})}
        fields: dict[str, list[str]] = {}
        for key, text in form or ():
            fields.setdefault(key, []).append(text)
        request = self.client.build_request(
            method,
            self.address,
            params=list(parameters) or None,
            data=fields or None,
            content=body,
            headers=headers,
        )
        for attempt in range(1, self.attempts + 1):
            try:
                return self._once(request, first)
            except _PassingError as error:
                if attempt == self.attempts:
                    many = f" (tried {attempt} times)" if attempt > 1 else ""
                    raise RemoteError(f"{error}{many}", error.status) from error
                sleep(max(error.wait, min(LONGEST, FIRST * 2 ** (attempt - 1))))
        raise AssertionError(self.attempts)

    def _once(self, request: httpx2.Request, first: int) -> Reply:
        try:
            answer = self.client.send(request, stream=True)
            try:
                body = self._body(answer, first)
            finally:
                answer.close()
        except httpx2.TimeoutException as error:
            raise _PassingError(self._says(f"did not answer within {self.seconds:g} s")) from error
        except httpx2.RemoteProtocolError as error:
            raise _PassingError(self._says("broke off in the middle of its answer")) from error
        except httpx2.ConnectError as error:
            reason = f"cannot be reached ({error}); is it running, and is this its address?"
            raise _PassingError(self._says(reason)) from error
        except httpx2.DecodingError as error:
            raise RemoteError(self._says(f"sends what cannot be unpacked ({error})")) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise _PassingError(self._says(f"cannot be asked ({error})")) from error
        self._judge(answer, body)
        return Reply(dict(answer.headers), body)

    def _body(self, answer: httpx2.Response, first: int) -> bytes:
        end, body = monotonic() + self.seconds, bytearray()
        for part in answer.iter_bytes():
            body += part
            if first and len(body) >= first:
                break
            if len(body) > self.most:
                reason = f"answers with more than {self.most // MIB} MiB; ask for less of it"
                raise RemoteError(self._says(reason))
            if monotonic() > end:
                raise _PassingError(self._says(f"did not answer within {self.seconds:g} s"))
        return bytes(body)

    def _judge(self, answer: httpx2.Response, body: bytes) -> None:
        """Refuse what is no success."""
        status = answer.status_code
        if answer.is_success:
            return
        if answer.has_redirect_location or 300 <= status < 400:
            place = answer.headers.get("location", "")
            reason = f"sends elsewhere, to {place!r}; if that is right, give that address"
            raise RemoteError(self._says(reason), status)
        words = _words(answer.headers.get("content-type", ""), body)
        status_line = f"answers {status} {answer.reason_phrase}".rstrip()
        way_out = self.ways_out.get(status)
        reason = "; ".join(part for part in (status_line, way_out) if part)
        reason += f": {words}" if words else ""
        if status in PASSING:
            raise _PassingError(self._says(reason), status, _wait(answer.headers))
        raise RemoteError(self._says(reason), status)

    def _says(self, reason: str) -> str:
        return f"{self.address}: {reason}"


class _PassingError(RemoteError):
    """A fault that another attempt may mend, after so many seconds at least."""

    def __init__(self, reason: str, status: int = 0, wait: float = 0) -> None:
        super().__init__(reason, status)
        self.wait = wait


def _wait(headers: httpx2.Headers) -> float:
    """The seconds that a Retry-After asks for, as a number or as a date (RFC 9110, 10.2.3)."""
    text = headers.get("retry-after", "").strip()
    if text.isdigit():
        return min(float(text), PATIENT)
    try:
        until = parsedate_to_datetime(text).timestamp() if text else 0.0
    except ValueError:
        return 0.0
    return min(max(0.0, until - time()), PATIENT)


def _words(media: str, body: bytes) -> str:
    """What a server says of a fault in its own words, in one short line; nothing of a page."""
    text = body[: 8 * QUOTED].decode("utf-8", "replace").strip()
    if "html" in media.lower() or text.startswith("<"):
        title = re.search(r"<title>([^<]*)", text, re.IGNORECASE)
        text = title[1] if title else ""
    text = " ".join(text.partition("\n\n")[0].split())
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
