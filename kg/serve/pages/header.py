"""A language and the page that is shown in, the head of every page out: the same everywhere.

It has the name of the product, the search box, the ways to the other pages, and the other language.
Both languages of a word stand in its element, so that a script can turn a page without asking.
"""

from __future__ import annotations

from enum import StrEnum
from html import escape

from kg.serve.http.language import LANGUAGES


class Place(StrEnum):
    """Where one can go, by its address."""

    GRAPH = ""
    ASK = "ask"
    FACTS = "ask/facts"
    REGISTERS = "registers"
    QUERY = "query"
    REVIEW = "review"
    ELSEWHERE = "elsewhere"  # the search, a dossier, an error: no way leads there


_WAYS = {
    Place.GRAPH: ("图谱", "Graph"),
    Place.ASK: ("查询", "Ask"),
    Place.FACTS: ("事实", "Facts"),
    Place.REGISTERS: ("台账", "Registers"),
    Place.QUERY: ("SPARQL", "SPARQL"),
    Place.REVIEW: ("复核", "Review"),
}
_SEEK = ("搜索名称、事实、原文、问题", "Search names, facts, texts, questions")
_PAGES = ("各页", "Pages")
_HOME = ("政图：回到图谱", "Zhengtu: to the graph")
# What changes the language is written in the other one.
_OTHER = {"zh": ("EN", "Switch to English"), "en": ("中文", "切换为中文")}
STYLE = "/static/header.css"


def translated(words: tuple[str, str], language: str) -> str:
    """A word in a language."""
    return words[LANGUAGES.index(language)]


def header(
    language: str,
    here: Place,
    *,
    review: bool = False,
    other_language: str = "?lang=",
    sought: str = "",
    heads: bool = False,
) -> str:
    """The head of a page, as markup.

    Args:
        language: ``zh`` or ``en``.
        here: The page that it stands on.
        review: Whether corrections are taken here.
        other_language: The address of this page in another language, but for the name of that.
        sought: What stands in the search box.
        heads: Whether the name of the product is the first heading, as the page has no other.
    """
    other = next(one for one in LANGUAGES if one != language)
    name, title = _OTHER[language]
    ways = (_way(place, language, here) for place in _WAYS if review or place != Place.REVIEW)
    brand = f'<a class="brand" href="/" {_labelled("title", _HOME, language)}>政图</a>'
    return (
        '<header class="site">\n'
        f"{f'<h1>{brand}</h1>' if heads else brand}\n"
        f"<nav {_labelled('aria-label', _PAGES, language)}>{''.join(ways)}</nav>\n"
        '<form id="seek" class="seek" role="search" action="/search">'
        '<input id="sought" type="search" name="q" autocomplete="off" spellcheck="false" '
        f"{_labelled('placeholder', _SEEK, language)} {_labelled('aria-label', _SEEK, language)} "
        f'value="{escape(sought)}"></form>\n'
        f'<a id="language" class="plain" href="{escape(other_language + other)}" lang="{other}" '
        f'title="{title}">{name}</a>\n</header>'
    )


def _way(place: Place, language: str, here: Place) -> str:
    zh, en = _WAYS[place]
    mark = ' aria-current="page"' if place == here else ""
    label = translated(_WAYS[place], language)
    return f'<a href="/{place}" data-zh="{zh}" data-en="{en}"{mark}>{label}</a>'


def _labelled(attribute: str, words: tuple[str, str], language: str) -> str:
    """An attribute in a language, with both beside it."""
    return f'{attribute}="{translated(words, language)}"'
