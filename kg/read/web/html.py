"""An HTML page in, its text out: what the page says, without what the site says around it.

Blocks become lines, tables row by row with TAB between cells. Left out are scripts,
styles, forms' controls, navigation, and lists of links; all else stays. trafilatura, which
looks for the main text, was measured on the three pages of ``examples/``: it kept the
tables, but lost two headlines and made one line of a page that is laid out in tables.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.base.errors import ReadError
from kg.read.parts import Parts, iso_date
from kg.read.text.encoding import decode
from kg.read.web.blocks import BLOCKS, SPACES, Lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")

_TITLE = ("articletitle", "og:title", "dc.title", "dcterms.title", "twitter:title")
_PUBLISHER = (
    "contentsource", "source", "og:article:author", "dc.publisher", "dc.source",
    "mediaid", "og:site_name", "sitename", "copyright",
)  # fmt: skip
_PUBLISHED = (
    "pubdate", "publishdate", "publishedtime", "article:published_time", "og:published_time",
    "og:release_date", "dc.date", "dcterms.date", "dc.date.issued", "date",
)  # fmt: skip

_NEVER_TEXT = (
    "script style noscript template iframe object embed svg canvas math audio video map "
    "select option datalist button input textarea nav aside dialog head"
)
_DROPPED = frozenset(_NEVER_TEXT.split())
# Words that sites give, as class or id, to what frames a page; matched as whole words.
_FRAME = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav|navbar|navi|menu|submenu|breadcrumbs?|crumbs?|sidebar|side|footer|foot|"
    r"share|sharing|bdshare\w*|social|comments?|related|recommend\w*|hot|rank|ads?|adv|advert\w*|"
    r"banner|copyright|pagination|pager|toolbar|tools|login|search|qrcode|ewm|friendlinks?|"
    r"sitemap|popup|modal|cookie\w*)(?:$|[\s_-])"
)
_MAIN = re.compile(r"(?i)(?:^|[\s_-])(?:content|article|main|detail|text|body|zoom)")
_INVISIBLE = re.compile(r"(?i)(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_ATTACHED = re.compile(r"(?i)\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|txt)(?:$|[?#])")
_MANY_LINKS = 4  # with fewer, a block may be a list of attachments or of sources
_LINKED = 0.6  # text blocks of real pages lie below 0.2, menus above 0.85


def read_html(data: bytes) -> Parts:
    """Read an HTML page.

    Raises:
        ReadError: If it is no HTML or holds no text.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    declared = _DECLARED.search(data[:4096])
    text, encoding = decode(data, declared[1].decode("ascii", "ignore") if declared else "")
    text = _XML_HEAD.sub("", text.replace("\0", ""))
    if not text.strip():
        raise ReadError("holds no text")
    try:
        # A str goes in as UTF-8, or libxml2 would obey a charset that the page gets wrong.
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        page = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise ReadError("holds no text") from error
    meta = _meta(page)
    title = _title(page, meta)
    body = page.find("body")
    lines = _page_text(page if body is None else body)
    return Parts(
        (lines,),
        "text/html",
        encoding,
        title,
        _first(meta, _PUBLISHER),
        iso_date(_first(meta, _PUBLISHED)),
    )


def _meta(page: HtmlElement) -> dict[str, str]:
    meta: dict[str, str] = {}
    for element in page.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            meta.setdefault(name.lower(), content)
    for name, value in _linked_data(page).items():
        meta.setdefault(name, value)
    return meta


def _linked_data(page: HtmlElement) -> dict[str, str]:
    """Headline, publisher and date that a page declares as JSON-LD (schema.org)."""
    declared: dict[str, str] = {}
    for element in page.iter("script"):
        if element.get("type") != "application/ld+json" or len(element.text or "") > 100_000:
            continue
        try:
            data = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            declared |= _of_item(item) if isinstance(item, dict) else {}
    return declared


def _of_item(item: Mapping[str, Any]) -> dict[str, str]:
    publisher = item.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    fields = {
        "articletitle": item.get("headline"),
        "dc.publisher": name,
        "pubdate": item.get("datePublished"),
    }
    return {key: value for key, value in fields.items() if isinstance(value, str)}


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _title(page: HtmlElement, meta: Mapping[str, str]) -> str:
    declared = _first(meta, _TITLE)
    if declared:
        return declared
    heading = next((_inline(h) for h in page.iter("h1") if _inline(h)), "")
    element = next(page.iter("title"), None)
    whole = "" if element is None else " ".join((element.text or "").split())
    # <title> carries the site's name after the title; the heading does not.
    return heading if heading and (heading in whole or not whole) else whole


def _page_text(body: HtmlElement) -> str:
    """The text of a page without its frame; with it, if the frame is all there is."""
    dropped = _frame(body)
    text = _text(body, dropped)
    if not text.strip():
        return _text(body, {e for e in body.iter() if _never_text(e)})
    return text


def _never_text(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return True
    return bool(_INVISIBLE.search(element.get("style") or "")) or element.get("hidden") is not None


def _frame(body: HtmlElement) -> set[HtmlElement]:
    """The elements of a page that are not its text."""
    size: dict[HtmlElement, tuple[int, int, int]] = {}
    dropped: set[HtmlElement] = set()
    for element in body.iter():
        if element is not body and _never_text(element):
            dropped.add(element)
    # From the last element to the first, so that the sizes of children are known.
    for element in reversed(list(body.iter())):
        if element in dropped:
            continue
        size[element] = _size(element, size)
        if element is not body and _is_frame(element, size[element]):
            dropped.add(element)
    return dropped


def _size(
    element: HtmlElement, size: Mapping[HtmlElement, tuple[int, int, int]]
) -> tuple[int, int, int]:
    """Characters of text, of text within links, and the number of links."""
    own = len(SPACES.sub("", element.text or ""))
    text, linked, links = own, 0, 0
    for child in element:
        more = size.get(child, (0, 0, 0))
        text += more[0] + len(SPACES.sub("", child.tail or ""))
        linked += more[1]
        links += more[2]
    if element.tag == "a" and text:
        if _ATTACHED.search(element.get("href") or ""):
            return text, 0, 0  # the name of an attachment is text of the page
        return text, text, 1
    return text, linked, links


def _is_frame(element: HtmlElement, size: tuple[int, int, int]) -> bool:
    text, linked, links = size
    if element.tag not in BLOCKS or element.tag in ("main", "article", "h1", "h2"):
        return False
    if links >= _MANY_LINKS and linked >= _LINKED * text:
        return True
    if element.tag == "footer":
        return True
    if element.tag == "header":  # that of the site holds the menu, that of an article its title
        return element.find(".//nav") is not None and element.find(".//h1") is None
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not _FRAME.search(names) or _MAIN.search(names):
        return False
    # A word can mislead ("hot-topic" around a whole article): prose is kept.
    return text < 200 or linked > 0.4 * text


def _text(body: HtmlElement, dropped: set[HtmlElement]) -> str:
    lines = Lines(dropped)
    lines.add(body)
    return lines.text()


def _inline(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
