"""Files of the pages in, responses out: scripts and styles, and the shells that scripts fill.

A shell is never blank: it has its head, and the list of questions, before any script runs.
"""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

from kg.ontology import load
from kg.query.questions import in_order
from kg.serve.pages.header import Place, header

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from starlette.requests import Request

# What is given out beside the pages, by suffix.
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
HTML = "text/html; charset=utf-8"
# They lie with the page of the graph, which has them in it.
SHARED = ("shared.js", "header.css")
_TITLES = {"zh": "政图", "en": "Zhengtu"}
_OPENING = {"zh": "正在打开…", "en": "Opening …"}


def shell(name: str, language: str, page: str, *, review: bool, sought: str = "") -> bytes:
    """A page that a script fills: its head, and what there is to ask.

    ``page`` is the first part of its address: ``ask``, ``query`` or ``search``; or a ``Place``.
    """
    place = Place(page) if page in (Place.ASK, Place.FACTS, Place.QUERY) else Place.ELSEWHERE
    page = page.split("/", maxsplit=1)[0]
    return fill_parts(
        static()[name].read_text(encoding="utf-8"),
        {
            "lang": "zh-CN" if language == "zh" else language,
            "title": _TITLES[language],
            "header": header(language, place, review=review, sought=sought, heads=True),
            "page": page,
            "questions": _questions(language) if page == "ask" else "",
            "opening": _OPENING[language],
        },
    ).encode()


def fill_parts(text: str, parts: Mapping[str, str]) -> str:
    """A file with its ``{{parts}}`` filled in."""
    for name, part in parts.items():
        text = text.replace(f"{{{{{name}}}}}", part)
    return text


@lru_cache(maxsize=2)
def _questions(language: str) -> str:
    """The list of the questions, as links."""
    return "".join(
        f'<a href="/ask/{quote(one.name)}">{escape(one.label.get(language, one.name))}</a>'
        for one in in_order(load())
    )


@cache
def static() -> dict[str, Traversable]:
    """The files of the pages, by name."""
    own = {file.name: file for file in files("kg.serve").joinpath("static").iterdir()}
    templates = files("kg.publish.page").joinpath("templates")
    return own | {name: templates.joinpath(name) for name in SHARED}


def unless_known(
    request: Request,
    body: bytes,
    kind: str,
    status: int = 200,
    more: Mapping[str, str] | None = None,
) -> Response:
    """A file with its tag, or the word that the client has it (RFC 9110, 13.1.2).

    The tag comes from the content. A browser asks each time: after an update of the program
    the scripts of a page are all of one version.
    """
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", **(more or {})}
    sent_tags = ",".join(request.headers.getlist("if-none-match")).split(",")
    known = {one.strip().removeprefix("W/") for one in sent_tags}
    if status == 200 and known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(body, status, {**headers, "Content-Type": kind})
