"""A reason in, what a client gets out: an answer, or why there is none.

Every refusal has a code, which the header ``Zhengtu-Error`` tells: programs decide by it. Its text
is for people and may change: English, or Chinese where that is asked for. Which error becomes which
code, and which code which status, is said here alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.base.errors import KgError, QueryError, ReadError, RemoteError, StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.serve.limits import Limits

ERROR = "Zhengtu-Error"
# The status of each code, and what it means in Chinese where a reason is told in English alone.
CODES: Mapping[str, tuple[int, str]] = {
    "request": (400, "请求有误"),  # not as the protocol says
    "query": (400, "查询有误"),  # the query is wrong, or asks for what is not done here
    "token": (401, "需要口令"),
    "read-only": (403, "只读：图谱不能在这里修改"),
    "origin": (403, "只接受本页发出的更正"),  # another page than the server's own wants to write
    "missing": (404, "没有这一页"),
    "method": (405, "不支持这种请求方法"),
    "format": (406, "结果不能用这种格式表示"),  # it cannot be written in what is asked for
    "slow": (408, "查询没有及时送达"),  # the query did not arrive in time
    "long": (413, "查询太长"),
    "media": (415, "不支持这种内容类型"),
    "host": (421, "服务器不使用这个名称"),
    "remote": (502, "所转问的服务器没有给出可用的结果"),  # the endpoint that is asked here fails
    "busy": (503, "服务器正忙，请稍后再试"),
    "ending": (503, "服务器正在关闭，请稍后再试"),
    "ended": (503, "查询被外部中止，请再试一次"),  # the worker was ended from outside
    "graph": (503, "图谱无法打开"),
    "time": (504, "查询超时，已停止"),
    "memory": (507, "查询需要的内存太多"),
    "size": (507, "结果太大，请缩小范围"),
    "room": (507, "没有空间存放结果"),
    "unkept": (507, "更正未能保存"),  # a decision that could not be written down
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer.

    Attributes:
        code: The code of the refusal.
        reason: The reason, in English.
        zh: The same in Chinese; empty where nobody wrote it.
        field: The parameter that is wrong, where it is one.
        near: Names that may have been meant, best first.
    """

    code: str
    reason: str
    zh: str = ""
    field: str = ""
    near: tuple[str, ...] = ()

    def message(self, language: str) -> str:
        """The reason in a language; in Chinese at least what its code means.

        >>> print(Problem("query", "cannot be answered").message("zh"))
        查询有误
        cannot be answered
        """
        if language != "zh":
            return self.reason
        return self.zh or f"{CODES[self.code][1]}\n{self.reason}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a media type, and a body: the bytes, or a file that holds them (then removed).

    ``problem`` is why it is none.
    """

    status: int
    media: str
    body: bytes = b""
    file: str = ""
    problem: Problem | None = None

    @property
    def code(self) -> str:
        """The code of a refusal; empty for an answer."""
        return self.problem.code if self.problem else ""


class RefusedError(KgError):
    """A request that is not answered: the code, the reason, and headers that tell more."""

    def __init__(
        self, code: str, reason: str, headers: Mapping[str, str] | None = None, *, zh: str = ""
    ) -> None:
        super().__init__(reason, zh=zh)
        self.code, self.reason, self.headers = code, reason, dict(headers or {})

    @property
    def status(self) -> int:
        return CODES[self.code][0]


class PageError(QueryError):
    """A page that says itself what is wrong, with what was typed in its form."""

    def __init__(self, reason: QueryError, page: bytes) -> None:
        super().__init__(str(reason), zh=reason.zh, field=reason.field, near=reason.near)
        self.page = page


def refusal(
    code: str, reason: str, zh: str = "", field: str = "", near: Sequence[str] = ()
) -> Answer:
    """A reason as an answer in plain text."""
    problem = Problem(code, reason, zh, field, tuple(near))
    return Answer(
        CODES[code][0], "text/plain; charset=utf-8", f"{reason}\n".encode(), problem=problem
    )


def error_answer(error: Exception, limits: Limits) -> Answer:
    """An error as an answer: the one place that says which error has which code."""
    match error:
        case RefusedError():
            return refusal(error.code, error.reason, error.zh)
        case PageError():
            answer = refusal("query", str(error), error.zh, error.field, error.near)
            return replace(answer, media="text/html; charset=utf-8", body=error.page)
        case QueryError():
            return refusal("query", str(error), error.zh, error.field, error.near)
        case RemoteError():
            return refusal("remote", str(error))
        case StoreError():
            return refusal("graph", str(error))
        case ReadError():  # of corrections
            return refusal("unkept", str(error), error.zh)
        case MemoryError():
            return out_of_memory(limits)
        case OSError():
            why = error.strerror or error
            return refusal(
                "room", f"there is no room for the answer: {why}", f"没有空间存放结果：{why}"
            )
        case RuntimeError():  # what oxigraph says while it answers
            return refusal("query", f"cannot be answered: {error}", f"无法回答：{error}")
    raise error


# What may become an answer; any other error is a fault of the program.
ERRORS = (
    RefusedError,
    PageError,
    QueryError,
    RemoteError,
    StoreError,
    ReadError,
    MemoryError,
    OSError,
    RuntimeError,
)


def busy() -> Answer:
    """What is said to those who could not be served, or not long enough."""
    return refusal("busy", "the server is busy; try again later", "服务器正忙，请稍后再试")


def shutdown_answer() -> Answer:
    """What is said to those who wait when the server ends."""
    return refusal(
        "ending", "the server is being ended; try again later", "服务器正在关闭，请稍后再试"
    )


def worker_ended() -> Answer:
    """What is said when somebody else ended a worker."""
    return refusal(
        "ended",
        "the worker of this query was ended from outside; ask again",
        "查询被外部中止，请再试一次",
    )


def too_long(limits: Limits) -> Answer:
    """What is said of a query that was stopped."""
    return refusal(
        "time",
        f"the query took longer than {limits.seconds:g} s and was stopped",
        f"查询超过 {limits.seconds:g} 秒，已停止",
    )


def out_of_memory(limits: Limits) -> Answer:
    """What is said of a query that took all the memory it may have."""
    reason = f"the query needs more than {limits.memory} MiB of memory; ask for less"
    zh = f"查询需要的内存超过 {limits.memory} MiB；请缩小范围"
    return refusal("memory", reason, zh)


def largest_of_all(limits: Limits) -> Answer:
    """What is said of the largest query when all together take too much memory."""
    return refusal(
        "memory",
        f"all queries together need more than {limits.together} MiB of memory, and this one "
        "needs the most; ask for less, or later",
        f"所有查询合计需要的内存超过 {limits.together} MiB，这一个需要最多；请缩小范围，或稍后再试",
    )
