"""Plain text and Markdown in, their text out."""

from __future__ import annotations

import re

from kg.read.parts import Parts, iso_date, printed_title
from kg.read.text.encoding import decode


def read_text(data: bytes) -> Parts:
    """Plain text as it stands."""
    text, encoding = decode(data)
    return Parts((text,), "text/plain", encoding)


def read_markdown(data: bytes) -> Parts:
    """Markdown without its marks; rows of tables stay as they are.

    A front matter gives title, publisher and date; without one, the first heading of the
    first rank is the title.
    """
    text, encoding = decode(data)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    declared, body = _front_matter(text)
    heading = re.search(r"(?m)^#[ \t]+(\S.{0,500}?)(?:[ \t]+#+)?[ \t]*$", body)
    title = declared.get("title") or (heading[1] if heading else "")
    publisher = declared.get("publisher") or declared.get("source") or ""
    return Parts(
        (without_marks(body),),
        "text/markdown",
        encoding,
        printed_title(without_marks(title)),
        publisher,
        iso_date(declared.get("date", "")),
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    match = re.match(r"---[ \t]*\n((?:[^\n]{0,500}\n){0,60}?)(?:---|\.\.\.)[ \t]*\n", text)
    if not match:
        return {}, text
    pairs = re.findall(r"(?m)^([A-Za-z_]+)[ \t]*:[ \t]*(.+?)[ \t]*$", match[1])
    return {key.lower(): value.strip("\"'") for key, value in pairs}, text[match.end() :]


_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,500})\]"
    r"(?:\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,500}\")?\)|\[[^\[\]\n]{0,200}\])"
)
_RULE = re.compile(r"(?m)^[ \t]{0,3}(?:(?:\*[ \t]?){3,}|(?:-[ \t]?){3,}|(?:_[ \t]?){3,}|={3,})$")
_STAR = re.compile(r"(?<![0-9A-Za-z*\\])\*([^*\s](?:[^*\n]{0,500}[^*\s\\])?)\*(?![0-9A-Za-z*])")

# What each mark becomes, in this order. Lengths are bounded so that a line of millions of
# brackets costs no more than any other.
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?s)<!--(?:(?!<!--).){0,5000}?-->"), ""),
    (re.compile(r"(?m)^[ \t]{0,3}(?:```|~~~)[^\n`]{0,100}$\n?"), ""),
    (re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+(\S.{0,500}?)(?:[ \t]+#+)?[ \t]*$"), r"\1"),
    (_RULE, ""),
    (re.compile(r"(?m)^[ \t]{0,3}(?:>[ \t]?){1,9}"), ""),
    (_LINK, r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>"), r"\1"),
    (re.compile(r"\*\*([^*\n]{1,1000})\*\*"), r"\1"),
    (re.compile(r"__([^_\n]{1,1000})__"), r"\1"),
    (_STAR, r"\1"),
    (re.compile(r"`([^`\n]{1,1000})`"), r"\1"),
    (re.compile(r"(?m)(?:\\|(?<! ) {2,})$"), ""),
    (re.compile(r"(?i)<br[ \t]*/?>"), "\n"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)


def without_marks(text: str) -> str:
    r"""Text of Markdown without the marks of headings, emphasis, links and quotations.

    >>> without_marks("# 通知\n见[**附件**](a.docx)，投资**30亿元**")
    '通知\n见附件，投资30亿元'
    """
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return text
