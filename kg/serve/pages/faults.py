"""A refusal in, a page that says it out: for people in a browser; programs get plain text."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.serve.pages.header import STYLE, Place, header, translated

if TYPE_CHECKING:
    from kg.serve.reply import Answer

_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>政图 · {title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{style}">
<link rel="stylesheet" href="/static/ask.css">
<script type="module" src="/static/turn.js"></script>
</head>
<body>
{header}
<main>
<section class="work">
<h1>{title}</h1>
<pre class="reason">{reason}</pre>
{ways}
</section>
</main>
</body>
</html>
"""
_TITLES = {
    404: ("没有这一页", "There is no such page"),
    400: ("这一页画不出来", "This page cannot be made"),
}
_ELSE = ("现在无法给出这一页", "This page cannot be given now")
_MEANT = ("您要找的是不是：", "Did you mean:")
_BACK = ("回到图谱", "To the graph")
_SEARCH = ("搜索全部名称与原文", "Search all names and texts")


def fault(
    answer: Answer, accept: str, language: str, *, review: bool = False, beside: str = ""
) -> Answer:
    """A refusal as a page in a language, where HTML is asked for (the ``Accept`` of a request).

    ``beside`` is the address of such a page of another name, but for the name: where the name was
    wrong, those that may have been meant lead there.
    """
    if answer.problem is None or "text/html" not in accept or answer.media.startswith("text/html"):
        return answer
    near = "".join(
        f'<a class="plain" href="{escape(beside)}{quote(name, safe="")}">{escape(name)}</a> '
        for name in answer.problem.near
        if beside
    )
    ways = f'<p class="row">{translated(_MEANT, language)} {near}</p>' if near else ""
    home = f'<a href="/">{translated(_BACK, language)}</a>'
    body = _PAGE.format(
        lang="zh-CN" if language == "zh" else language,
        style=STYLE,
        title=translated(_TITLES.get(answer.status, _ELSE), language),
        header=header(language, Place.ELSEWHERE, review=review),
        reason=escape(answer.problem.message(language)),
        ways=f'{ways}<p>{home} · <a href="/search">{translated(_SEARCH, language)}</a></p>',
    )
    return replace(answer, media="text/html; charset=utf-8", body=body.encode())
