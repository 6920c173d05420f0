"""Find the policy that a notice is about: the one it makes known, else its own title.

A notice that makes a paper known (印发, 公布) speaks for that paper; one that changes, abolishes
or passes on papers of others (修改, 废止, 转发) speaks for itself alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.base.records import Span
from kg.extract.coreference.discourse import Discourse
from kg.extract.mentions.mention import Mention, clean
from kg.ontology import Lexicon

HEAD = 700


def main_policy(article: Discourse, policy: str) -> Mention | None:
    """The policy that a notice is about: the one it issues, else its own title."""
    notices = article.draft.lexicon.notices
    titles = [m for m in article.mentions if m.type == policy and not m.reference and not m.nested]
    headline = explained_title(article)
    explained_titles = (
        m for m in titles if headline is not None and headline.start <= m.start < headline.end
    )
    if article.article.kind != "notice":
        printed_whole = (m for m in titles if notices.printed_whole.match(article.text, m.end))
        return next(explained_titles, None) or next(printed_whole, None)
    if notices.gazette.search(article.text[:HEAD]):
        return None
    issued = (m for m in titles if m.start < 4 * HEAD and _is_issued(article, m))
    return (
        next(explained_titles, None)
        or next(issued, None)
        or next(_headings(article, titles, policy), None)
    )


def _is_issued(article: Discourse, m: Mention) -> bool:
    """Whether a notice adopts a title, or makes it known and is not about papers itself."""
    notices = article.draft.lexicon.notices
    title_line = notices.title_line.search(article.text[:HEAD])
    about_papers = (
        title_line is not None
        and notices.issue not in title_line[0]
        and notices.others.search(title_line[0]) is not None
    )
    if notices.goes_on.match(article.text, m.end - 1):
        return False
    body = (
        title_line.end() if title_line else len(article.text)
    )  # what it wants made is not what it is
    adopted = notices.adopted.match(article.text, m.end) is not None
    return adopted or (
        not about_papers and _made_known(article.text, m, body, article.draft.lexicon)
    )


def explained_title(article: Discourse) -> Span | None:
    """Where the title stands that a page explains, in its headline."""
    match = article.draft.lexicon.notices.explained.match(article.text)
    return Span(*match.span("name" if match["name"] else "told")) if match else None


def _made_known(text: str, m: Mention, body: int, lexicon: Lexicon) -> bool:
    """Whether the words around a title make it known: 印发《甲办法》, 现将《甲办法》印发."""
    notices = lexicon.notices
    before, after = text[max(0, m.start - 12) : m.start].rstrip("《\n "), text[m.end : m.end + 8]
    passed_on = before.endswith(notices.will) and notices.passed_on.match(after)
    makes_known = (
        passed_on or notices.makes_known.search(before) or notices.known_behind.match(after)
    )
    return bool(makes_known) or (m.start < body and before.endswith(notices.made))


def _headings(article: Discourse, titles: list[Mention], policy: str) -> Iterator[Mention]:
    """The titles that head a notice, without the bodies before them."""
    for match in article.draft.lexicon.notices.title_line.finditer(article.text[:HEAD]):
        start, end = match.span("title")
        start = _behind_bodies(article, start, end, policy)
        title = next((t for t in titles if start <= t.start and t.end <= end), None)
        if title is not None and _title_makes_known(
            article.text[start:end], title.start - start, article.draft.lexicon
        ):
            yield _with_years(article.text, title, end)
        else:
            name = clean(article.text[start:end])
            heading = Mention(start, end, policy, name, "policy.heading", score=0.85)
            yield heading.in_article(article.draft.number)


def _title_makes_known(title: str, at: int, lexicon: Lexicon) -> bool:
    """Whether a title makes the paper known that it names at a place, and does nothing with it."""
    notices = lexicon.notices
    if notices.goes_on.search(title, at):
        return False
    if notices.others.search(title) or notices.agreed.search(title, 0, at):
        return notices.issue in title[:at]
    _, about, does = title[:at].partition(notices.about)
    return not about or notices.knows.fullmatch(does.strip("《“〈 　")) is not None


def _with_years(text: str, title: Mention, end: int) -> Mention:
    """A title with the years that its line closes with: 甲规划纲要|（2031—2035年）."""
    if title.end == end or text[title.end] not in "（(":
        return title
    name = f"{title.name}{clean(text[title.end : end])}"
    return replace(title, end=end, name=name, other_names=(title.name, *title.other_names))


def _behind_bodies(article: Discourse, start: int, end: int, policy: str) -> int:
    """Where a title begins behind the bodies that issue it: 甲委 甲市人民政府|关于…."""
    notices = article.draft.lexicon.notices
    opening = {m.start: m for m in article.mentions if m.type != policy and not m.nested}
    at = start
    while (lead := opening.get(at)) is not None and lead.end < end:
        others = notices.and_others.match(article.text, lead.end)
        at = others.end() if others else lead.end
        while article.text[at] in " 　、，\xa0":
            at += 1
        if article.text.startswith(notices.about, at):
            return at
    return start
