"""A request that wants to write in, what it wants out, or why it may not.

Only the server's own page may write: a browser says with each request where it comes from, and
the page sends back a word that it was given, which no page of another origin can read.
"""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.base.settings import default
from kg.serve.reply import RefusedError

if TYPE_CHECKING:
    from starlette.datastructures import Headers

    from kg.serve.http.guard import AccessRules

# The header that carries the word; a page of another origin would have to ask first to send it.
WORD = "Zhengtu-Review"
MOST = default("decision") * 1024
# Code points of each field. Nobody's name or reason is longer; quotations are sentences.
LENGTHS = {
    "do": 20,
    "by": 60,
    "why": 1000,
    "kind": 20,
    "id": 1000,
    "answer": 20,
    "quote": 4000,
    "document": 500,
    "status": 40,
}
WORDS, LENGTH = 4, 1000


def check_allowed(headers: Headers, door: AccessRules, word: str) -> None:
    """Let a request pass that comes from a page of this server.

    Raises:
        RefusedError: If it comes from elsewhere, nobody knows where, or is no JSON.
    """
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise RefusedError(
            "origin",
            "a page of another site cannot decide anything here",
            zh="别的网站的页面不能在这里作决定",
        )
    origins = headers.getlist("origin")
    if len(origins) != 1 or not is_own(origins[0], headers.get("host", ""), door):
        raise RefusedError(
            "origin",
            "only the page /review of this server decides here; scripts use kg review",
            zh="只有本服务器的复核页能在这里作决定；脚本请用 kg review",
        )
    if not hmac.compare_digest(headers.get(WORD, "").encode(), word.encode()):
        raise RefusedError(
            "origin",
            "the server was started anew; load the page again",
            zh="服务器已重新启动，请重新载入本页",
        )
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RefusedError("media", "send application/json", zh="请发送 application/json")


def is_own(origin: str, host: str, door: AccessRules) -> bool:
    """Whether an origin is that of this server: what it was asked as, or a name that it has."""
    try:
        parts = urlsplit(origin)
        name = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not name:
        return False
    return parts.netloc.lower() == host.lower() or name in door.names


def parse_decision(body: bytes) -> dict[str, Any]:
    """The fields of a decision, each a text (``words`` a list of them), ``""`` where not given.

    Raises:
        RefusedError: If it is no such JSON, or a field is too long or not known.

    >>> parse_decision('{"do": "undo", "words": ["0a1b"], "by": "王敏"}'.encode())["by"]
    '王敏'
    """
    try:
        data = json.loads(body.decode())
        json.dumps(data, ensure_ascii=False).encode()  # half a character cannot be written
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            "request", f"what was sent is no JSON ({error})", zh=f"收到的不是 JSON（{error}）"
        ) from error
    if not isinstance(data, dict) or data.keys() - LENGTHS.keys() - {"words"}:
        raise RefusedError("request", f"a decision has {', '.join(LENGTHS)} and words, no more")
    fields: dict[str, Any] = {}
    for name, most in LENGTHS.items():
        fields[name] = _text(data.get(name, ""), name, most)
    words = data.get("words", [])
    if not isinstance(words, list) or len(words) > WORDS:
        raise RefusedError(
            "request", f"words is a list of at most {WORDS} texts", zh=f"words 最多 {WORDS} 项"
        )
    fields["words"] = [_text(one, "words", LENGTH) for one in words]
    if not fields["by"].strip() or not fields["by"].isprintable():
        raise RefusedError(
            "request",
            "say who decides: by is a name on one line",
            zh="请写明谁作决定：by 为一行姓名",
        )
    return fields


def _text(value: Any, name: str, most: int) -> str:
    if not isinstance(value, str):
        raise RefusedError("request", f"{name} is no text")
    if len(value) > most:
        raise RefusedError(
            "long",
            f"{name} has at most {most} characters, not {len(value)}",
            zh=f"{name} 最多 {most} 个字，现有 {len(value)} 个",
        )
    return value
