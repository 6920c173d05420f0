"""A reason in, what a client gets out: an answer, or why there is none.

Every refusal has a code, which the header ``Zhengtu-Error`` tells: pages say it in their
language, programs decide by it. The text of a refusal is for people and may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.serve.limits import Limits

ERROR = "Zhengtu-Error"
STATUS = {
    "request": 400,  # not as the protocol says
    "query": 400,  # the query is wrong, or asks for what is not done here
    "token": 401,
    "read-only": 403,
    "origin": 403,  # another page than the server's own wants to write
    "missing": 404,
    "method": 405,
    "format": 406,  # the answer cannot be written in what is asked for
    "slow": 408,  # the query did not arrive in time
    "long": 413,
    "media": 415,
    "host": 421,
    "remote": 502,  # the endpoint that is asked here fails
    "busy": 503,
    "ending": 503,  # the server ends
    "ended": 503,  # the worker was ended from outside
    "graph": 503,  # the graph cannot be opened
    "time": 504,
    "memory": 507,
    "size": 507,  # the answer is too long
    "room": 507,  # nowhere to put the answer
    "unkept": 507,  # a decision that could not be written down
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a media type, and a body: the bytes, or a file that holds them (then removed).

    ``code`` is that of a refusal.
    """

    status: int
    media: str
    body: bytes = b""
    file: str = ""
    code: str = ""


class RefusedError(KgError):
    """A request that is not answered: the code, the reason, and headers that tell more."""

    def __init__(self, code: str, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.code, self.reason, self.headers = code, reason, dict(headers or {})

    @property
    def status(self) -> int:
        return STATUS[self.code]


def refusal(code: str, reason: str) -> Answer:
    """A reason as an answer in plain text."""
    return Answer(STATUS[code], "text/plain; charset=utf-8", f"{reason}\n".encode(), code=code)


def busy() -> Answer:
    """What is said to those who could not be served, or not long enough."""
    return refusal("busy", "the server is busy; try again later")


def ending() -> Answer:
    """What is said to those who wait when the server ends."""
    return refusal("ending", "the server is being ended; try again later")


def ended() -> Answer:
    """What is said when somebody else ended a worker."""
    return refusal("ended", "the worker of this query was ended from outside; ask again")


def too_long(limits: Limits) -> Answer:
    """What is said of a query that was stopped."""
    return refusal("time", f"the query took longer than {limits.seconds:g} s and was stopped")


def out_of_memory(limits: Limits) -> Answer:
    """What is said of a query that took all the memory it may have."""
    reason = f"the query needs more than {limits.memory} MiB of memory; ask for less"
    return refusal("memory", reason)


def crowded(limits: Limits) -> Answer:
    """What is said of the largest query when all together take too much memory."""
    return refusal(
        "memory",
        f"all queries together need more than {limits.together} MiB of memory, and this one "
        "needs the most; ask for less, or later",
    )
