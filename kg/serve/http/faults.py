"""A refusal in, a page that says it out: for people in a browser; programs get plain text."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.serve.reply import Answer

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>政图 · {status}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/ask.css">
</head>
<body>
<main>
<section class="work">
<h1>{zh} <span lang="en">{en}</span></h1>
<pre class="reason" lang="en">{reason}</pre>
<p><a href="/">图谱 <span lang="en">Graph</span></a>
· <a href="/ask">提问 <span lang="en">Ask</span></a>
· <a href="/query">SPARQL</a>
· <a href="/registers">台账 <span lang="en">Registers</span></a></p>
</section>
</main>
</body>
</html>
"""
_WORDS = {
    404: ("没有这一页", "There is no such page"),
    400: ("这一页画不出来", "This page cannot be made"),
}
_ELSE = ("现在无法给出这一页", "This page cannot be given now")


def fault(answer: Answer, accept: str) -> Answer:
    """A refusal as a page, where HTML is asked for (the ``Accept`` of a request)."""
    if not answer.code or "text/html" not in accept:
        return answer
    zh, en = _WORDS.get(answer.status, _ELSE)
    reason = escape(answer.body.decode().strip())
    body = _PAGE.format(status=answer.status, zh=zh, en=en, reason=reason)
    return replace(answer, media="text/html; charset=utf-8", body=body.encode())
