"""Pages into articles: what belongs together, and offsets that point at the same characters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.base.records import Document
from kg.extract.document import extract
from kg.extract.segment.articles import SegmentedArticle, segment
from kg.ontology import load

ONTOLOGY = load()
BODY = "澜江市智能装备产业大会在青岛市举行，来自各地的企业代表参加会议并交流经验"


def parts(text: str) -> tuple[SegmentedArticle, ...]:
    return segment(Document("d", "d.txt", text), ONTOLOGY)


ALPHABET = st.sampled_from(
    "澜江市公司项目签约，。：“”《》（）一1 、\n\n\t 　abZ09.|-\r\x0c\u200b😀"
)


@settings(max_examples=300)
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_offsets_point_at_the_same_characters(text: str) -> None:
    for article in parts(text):
        assert len(article.text) == len(article.offsets)
        for i, (char, offset) in enumerate(zip(article.text, article.offsets, strict=True)):
            if char == "\n":  # ends a paragraph: points at its last character
                assert offset == article.offsets[i - 1]
            elif char == " " and text[offset] != " ":  # stands for a line break
                assert text[offset].isspace()
            else:
                assert text[offset] == char or (char, text[offset]) == ("。", ".")


@settings(max_examples=300)
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_no_character_is_lost_or_read_twice(text: str) -> None:
    read = [
        o for p in parts(text) for c, o in zip(p.text, p.offsets, strict=True) if not c.isspace()
    ]
    assert read == sorted(set(read))
    assert [text[o] for o in read] == [c for c in text if not c.isspace()]


@settings(max_examples=200)
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_sentences_are_in_order_and_none_holds_a_line_break(text: str) -> None:
    for article in parts(text):
        ends = 0
        for s in article.sentences:
            assert ends <= s.start < s.end <= len(article.text)
            assert "\n" not in article.text[s.start : s.end].strip("\n")
            assert article.sentence_at(s.start) == s
            ends = s.end
        left = "".join(article.text[i] for i in _outside(article))
        assert not left.strip()


def _outside(article: SegmentedArticle) -> list[int]:
    inside = {i for s in article.sentences for i in range(s.start, s.end)}
    return [i for i in range(len(article.text)) if i not in inside]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["　　本报讯（记者 王一）昨日开会。", "标题", BODY, "", "一\t二"]),
        max_size=8,
    )
)
def test_spans_lie_in_the_document_whatever_the_page(lines: list[str]) -> None:
    text = "\n".join(lines)
    for article in parts(text):
        span = article.span(0, len(article.text))
        assert 0 <= span.start < span.end <= len(text)


def test_a_page_set_with_latin_marks_says_the_same_and_is_quoted_as_printed() -> None:
    printed = "为推动发展,无锡市人民政府办公厅近期印发《无锡市低空行动方案》(以下简称《方案》)。"
    reading = extract(Document("d", "d", printed), load())
    [claim] = [c for c in reading.claims if c.predicate == "issues"]
    assert reading.entities[claim.subject].name == "无锡市人民政府办公厅"
    assert printed[claim.start : claim.end] == printed


def test_quotes_of_the_exchange_are_left_out_of_what_is_read_but_not_of_places() -> None:
    text = "甲某控股(4.130, -0.05, -1.20%)有限公司（600208.SH）与乙大学签约，增长(5.2%)。"
    (article,) = segment(Document("d", "d", text), load())
    assert article.text == "甲某控股有限公司与乙大学签约，增长（5.2%）。\n"
    start = article.text.index("有限")
    assert text[article.span(start, start + 4).start :].startswith("有限公司（600208.SH）")
