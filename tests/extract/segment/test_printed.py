"""The same pages in other settings in, the same claims out: marks, digits, spaces, columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest

from kg.base.records import Document
from kg.extract.document import extract
from kg.extract.mentions.mention import folded
from kg.extract.segment.articles import segment
from kg.ontology import load
from kg.read import read
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
PAGES = [document.text for document in read([str(path) for path in EXAMPLES])]
HAN = "\u4e00-\u9fff"


def corners(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "「」『』"))


def straight(text: str) -> str:
    return re.sub("[“”]", '"', text)


def half(text: str) -> str:
    return text.translate(str.maketrans("，；：（）！？", ",;:()!?"))


def wide(text: str) -> str:
    return re.sub("[0-9A-Za-z]", lambda m: chr(ord(m[0]) + 0xFEE0), text)


def gaps(text: str) -> str:
    text = re.sub(f"([{HAN}])([A-Za-z0-9])", r"\1 \2", text)
    return re.sub(f"([A-Za-z0-9%])([{HAN}])", r"\1 \2", text)


def flowing(text: str) -> str:
    """A text without the columns that it was wrapped into, as its spaces would make them ragged."""
    return "".join(article.text for article in segment(Document("d", "d.txt", text), load()))


def indented(text: str) -> str:
    return re.sub(r"(?m)^(?=\S)", "　　", text)


def doubled(text: str) -> str:
    return text.replace("\n", "\n\n")


def trailing(text: str) -> str:
    return re.sub("(?m)$", "  ", text)


def columns(text: str) -> str:
    """A text in columns of 22 characters, as a line of print holds them."""
    return "\n".join(line for paragraph in text.split("\n") for line in _wrapped(paragraph))


def _wrapped(paragraph: str) -> Iterator[str]:
    line, room = "", 44
    for char in paragraph:
        wide = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        if room < wide and char not in "，。；：、！？”’）》":
            yield line
            line, room = "", 44
        line, room = line + char, room - wide
    yield line


SETTINGS = [corners, straight, half, wide, gaps, indented, doubled, trailing]


def told(text: str) -> set[tuple[str, str, str]]:
    """The claims of a text: names as they are compared, values as they are kept."""
    reading = extract(Document("d", "d.txt", text), load())
    return {
        (
            folded(reading.entities[c.subject].name),
            c.predicate,
            folded(reading.entities[c.object].name if c.object is not None else c.value.lexical),
        )
        for c in reading.claims
    }


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("page", PAGES, ids=[path.stem for path in EXAMPLES])
def test_a_page_says_the_same_however_it_is_set(page: str, setting: Callable[[str], str]) -> None:
    text = flowing(page) if setting is gaps else page
    expected = told(text)
    assert expected
    assert told(setting(text)) ^ expected == set()


STORY = """无锡三个项目集中开工
本报讯（记者 王一）6月18日，2031年无锡市重大项目集中开工仪式在惠山区举行，由市发展改革委主办。\
其中，由无锡澜桥科技有限公司投资30.5亿元建设的云芯传感器基地位于堰桥街道，达产后预计年产值52亿元；\
江阴远澜重工股份有限公司（以下简称“远澜重工”）与滨湖区人民政府签署合作协议，将在滨湖区投资12亿元\
建设风电叶片智能工厂项目，计划2032年10月投产。据远澜重工董事长陈望川介绍，该项目采用江南大学研发的\
“叶脉”检测系统。
会上，市工业和信息化局发布《无锡市装备制造业提升行动方案》（锡工信〔2031〕16号），提出到2033年，\
全市装备制造业产值突破9000亿元。
"""


@pytest.mark.parametrize(
    "setting",
    [
        columns,
        lambda text: doubled(columns(text)),
        lambda text: indented(columns(text)),
        lambda text: columns(text).replace("\n", " "),
        lambda text: corners(columns(wide(text))),
        lambda text: columns(gaps(half(text))),
        gaps,
    ],
    ids=["columns", "doubled", "indented", "run together", "wide", "gaps", "unwrapped gaps"],
)
def test_a_story_says_the_same_in_columns(setting: Callable[[str], str]) -> None:
    expected = told(STORY)
    assert len(expected) > 15
    assert told(setting(STORY)) ^ expected == set()
