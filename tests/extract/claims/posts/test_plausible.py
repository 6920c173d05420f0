"""Claims of posts that the words of the text speak against, and titles that nobody found."""

from __future__ import annotations

import pytest

from kg.base.records import Document, Span, Value
from kg.extract.claims.context import Statement
from kg.extract.claims.posts.plausible import Posts
from kg.extract.document import extract
from kg.extract.mentions.mention import Mention
from kg.ontology import load

ONTOLOGY = load()
POSTS = Posts(ONTOLOGY)


class Context:
    """An article with the names that stand in it."""

    def __init__(self, text: str, **names: str) -> None:
        self.text = text
        found = ((text.index(name), name, type_) for name, type_ in names.items())
        self.mentions = [
            Mention(at, at + len(name), type_, name, "r") for at, name, type_ in sorted(found)
        ]

    def claim(self, who: str, body: str, confidence: float = 0.6) -> Statement:
        by = {m.name: m for m in self.mentions}
        whole = Span(0, len(self.text))
        return Statement(by[who], "worksFor", by[body], None, whole, "reader@0", confidence)


def allowed(text: str, who: str, body: str, confidence: float = 0.6, **others: str) -> set[str]:
    names = {who: "Person", body: "Organisation", **others}
    context = Context(text, **names)
    found = POSTS.allowed(context, [context.claim(who, body, confidence)])  # type: ignore[arg-type]
    return {one.value.lexical if one.value else one.predicate for one in found}


@pytest.mark.parametrize(
    "title", [word for group in ONTOLOGY.words["roles"]["groups"].values() for word in group]
)
def test_every_title_of_the_list_is_one(title: str) -> None:
    assert POSTS.is_title(title)


@pytest.mark.parametrize("title", ["派出", "聘任", "新任", "出局", "策略", "领导任", "训练"])
def test_a_verb_is_no_title(title: str) -> None:
    assert not POSTS.is_title(title)
    value = Value(title, "string", title)
    who = Mention(0, 2, "Person", "甲某", "r")
    claim = Statement(who, "role", None, value, Span(0, 2), "reader@0", 0.9)
    assert not list(POSTS.allowed(Context("甲某"), [claim]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("江启明，现任云澜大学校长。", {"worksFor"}),
        ("江启明在云澜大学工作。", {"worksFor"}),
        ("江启明重仓持有云澜大学的股份。", set()),
    ],
)
def test_a_verb_joins_somebody_to_a_body_behind(text: str, found: set[str]) -> None:
    assert allowed(text, "江启明", "云澜大学") == found


def test_a_sure_claim_needs_no_verb() -> None:
    assert allowed("江启明，云澜大学。", "江启明", "云澜大学", 0.9) == {"worksFor"}


def test_what_another_one_takes_on_is_not_the_first_ones() -> None:
    text = "江启明，现任云桥厂厂长；周一鸣，现任云澜大学校长。"
    others = {"周一鸣": "Person"}
    assert not allowed(text, "江启明", "云澜大学", 0.9, **others)
    assert allowed(text, "周一鸣", "云澜大学", 0.9, 江启明="Person") == {"worksFor"}


@pytest.mark.parametrize(
    "text", ["云澜大学校长周一鸣：江海公司总监江启明表示。", "云澜大学校长周一鸣与江启明会谈。"]
)
def test_a_body_is_of_whom_it_stands_before(text: str) -> None:
    others = {"周一鸣": "Person"} | ({"江海公司": "Organisation"} if "江海公司" in text else {})
    assert not allowed(text, "江启明", "云澜大学", 0.9, **others)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("云澜集团全球信贷策略主管江启明表示。", {"worksFor", "全球信贷策略主管"}),
        ("云澜集团的首席交易员江启明表示。", {"worksFor", "首席交易员"}),
        ("云澜集团某商江启明表示。", {"worksFor"}),
        ("云澜集团在会上邀请专家江启明发言。", {"worksFor"}),
    ],
)
def test_all_that_stands_between_a_body_and_a_name_is_a_title(text: str, found: set[str]) -> None:
    assert allowed(text, "江启明", "云澜集团") == found


def test_who_buys_from_a_firm_does_not_work_for_it(learned: None) -> None:
    text = "云澜航空商业航班乘客江启明表示，云澜航空的服务很好。云澜航空总经理周一鸣感谢江启明。"
    reading = extract(Document("d", "d", text), ONTOLOGY)
    works = {reading.entities[c.subject].name for c in reading.claims if c.predicate == "worksFor"}
    assert "江启明" not in works
