"""Files in, a language model asked about each of their passages: its answers are kept.

This goes before the files are read: processes that read them fetch nothing. Passages that were
answered before are not asked about. A passage that gets no answer is named by the document that it
is of; after several in a row nothing more is asked.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from kg.base.errors import KgError, RemoteError
from kg.base.settings import default
from kg.extract.model.llm.proposals import CUT
from kg.query.remote.address import Access
from kg.query.remote.http import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.extract.model.llm import Model
    from kg.run.reading.llm_answers import LlmAnswers
    from kg.run.reading.outcome import Outcome

KEY = "KG_LLM_KEY"  # the variable of the environment that has the key of a server that wants one
PATH = "/chat/completions"
TOKENS = 2048  # of an answer; a longer one is mostly one thing said again and again
LARGEST = 4 << 20  # bytes of what a server sends
LONGEST = 200_000  # characters of an answer that are kept
IN_ROW = 5  # failures one after the other after which no more is asked
OFTEN = 5.0  # seconds between two lines on how far it is
# What another passage will not mend: who asks may not, or there is nothing at the address.
HOPELESS = frozenset({401, 403, 404, 405})
_WAYS_OUT = {
    401: f"it asks who you are: put its key into {KEY}",
    403: f"you may not do that there: is {KEY} the right key?",
    404: "there is no such model, or nothing at this address: it mostly ends in /v1",
    405: "it does no such thing at this address: it mostly ends in /v1",
    413: "it takes no passage and prompt so long: give its model more context",
}


@dataclass(frozen=True, slots=True)
class LlmServer:
    """Which language model is asked, and where.

    Attributes:
        url: The address of its API, ``http://localhost:11434/v1``.
        model: Its name there.
        seconds: What one answer may take.
        at_once: How many passages it is asked about at a time.
        attempts: How often what fails in passing is tried.
    """

    url: str
    model: str
    seconds: float = default("llm_timeout")
    at_once: int = default("llm_requests")
    attempts: int = default("llm_attempts")


@dataclass
class LlmResult:
    """What came of asking: answers that came, and failures by what was said of them."""

    answered: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    stopped: bool = False


def address(url: str) -> str:
    """Where chats are completed, whether an address says so or only where the API is.

    >>> address("http://localhost:11434/v1/"), address("http://a/v1/chat/completions?v=2")
    ('http://localhost:11434/v1/chat/completions', 'http://a/v1/chat/completions?v=2')
    """
    place, mark, rest = url.partition("?")
    bare = place.rstrip("/")
    return f"{bare if bare.endswith(PATH) else bare + PATH}{mark}{rest}"


class LlmRequests:
    """Threads that ask, and what they are still to ask. ``close`` it.

    Args:
        server: Which model is asked, and where.
        model: The model with its prompt.
        answers: Where answers are kept.
        say: Is told how far it is, now and then.
    """

    def __init__(
        self,
        server: LlmServer,
        model: Model,
        answers: LlmAnswers,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.server, self.model, self.answers, self.say = server, model, answers, say
        self.result = LlmResult()
        self.wire = Wire(
            address(server.url),
            Access(token=os.environ.get(KEY, "")),
            seconds=server.seconds,
            attempts=server.attempts,
            most=LARGEST,
            ways_out=_WAYS_OUT,
        )
        self.jobs: SimpleQueue[tuple[str, str] | None] = SimpleQueue()
        self.done: SimpleQueue[tuple[str, str | Exception | None]] = SimpleQueue()
        self.waiting: dict[str, str] = {}  # the documents of the passages that are asked about
        self.in_row, self.spoke, self.hopeless = 0, monotonic(), False
        self.lock, self.working = Lock(), server.at_once
        self.threads = [Thread(target=self._work, daemon=True) for _ in range(server.at_once)]
        for thread in self.threads:
            thread.start()

    def close(self) -> None:
        """Ask nothing more. What is being asked ends by itself, and counts for nothing."""
        self.hopeless = True
        for _ in self.threads:
            self.jobs.put(None)
        for thread in () if self.waiting else self.threads:
            thread.join()

    def ask(self, outcomes: Iterable[Outcome], total: int) -> LlmResult:
        """Ask about all passages of files that were not asked about before.

        Args:
            outcomes: The files, with their passages.
            total: How many there are.

        Raises:
            StoreError: If an answer cannot be kept.
        """
        for number, outcome in enumerate(outcomes):
            for passage in outcome.passages:
                key = self.model.key(passage)
                if key in self.waiting or self.answers.answer(key) is not None:
                    continue
                while len(self.waiting) >= 2 * self.server.at_once:
                    self._take()
                if not self.result.stopped:
                    assert outcome.document is not None
                    self.waiting[key] = outcome.document.id
                    self.jobs.put((key, passage))
            self._progress(number + 1, total)
        while self.waiting:
            self._take()
            self._progress(total, total)
        return self.result

    def _progress(self, done: int, total: int) -> None:
        if monotonic() - self.spoke > OFTEN:
            self.spoke = monotonic()
            self.say(
                f"asked {self.model.name} about {self.result.answered} passages "
                f"({done}/{total} files)"
            )

    def _take(self) -> None:
        """Keep the next answer that comes, in whatever order they do."""
        key, answer = self.done.get()
        document = self.waiting.pop(key)
        if isinstance(answer, str):
            self.answers.keep(key, document, self.model.name, answer)
            self.result.answered += 1
            self.in_row = 0
            return
        if isinstance(answer, KgError):
            self._failed(answer)
        elif answer is not None:
            raise answer

    def _failed(self, error: KgError) -> None:
        """Count a failure; after one that others will not mend, or several, nothing is asked."""
        self.result.failures[str(error)] += 1
        self.in_row += 1
        if not self.result.stopped and (self.hopeless or self.in_row >= IN_ROW):
            self.result.stopped = True
            self.say(f"{error}; nothing more is asked, and documents are read without it")

    def _work(self) -> None:
        while (job := self.jobs.get()) is not None:
            key, passage = job
            try:
                stopped = self.result.stopped or self.hopeless
                self.done.put((key, None if stopped else self._answer(passage)))
            except Exception as error:  # it is raised where answers are taken
                self.hopeless = self.hopeless or getattr(error, "status", 0) in HOPELESS
                self.done.put((key, error))
        with self.lock:
            self.working -= 1
            if not self.working:  # the last one
                self.wire.close()

    def _answer(self, passage: str) -> str:
        """The answer to a passage.

        Raises:
            RemoteError: If there is none.
        """
        request = {
            "model": self.model.name,
            "messages": self.model.prompt.messages(passage),
            "temperature": 0,
            "seed": 0,
            "max_tokens": TOKENS,
            "stream": False,
        }
        body = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace")
        reply = self.wire.send(
            "POST",
            parameters=self.wire.own,
            body=body,
            media="application/json",
            accept="application/json",
        )
        text, cut = _content(reply.body, self.wire.address)
        return text[:LONGEST] + CUT if cut or len(text) > LONGEST else text


def _content(body: bytes, place: str) -> tuple[str, bool]:
    """The text of a completion, and whether the server cut it off.

    >>> _content(b'{"choices": [{"message": {"content": "{}"}, "finish_reason": "length"}]}', "")
    ('{}', True)
    """
    try:
        completion: Any = json.loads(body)
        choice = completion["choices"][0]
        text, why = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise RemoteError(
            f"{place}: gives no completion of a chat; is it the address of an OpenAI-compatible "
            "server, as http://localhost:11434/v1?"
        ) from error
    if not isinstance(text, str) or not text.strip():
        raise RemoteError(f"{place}: gives an empty answer")
    return text, why == "length"
