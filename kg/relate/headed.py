"""The sentences of an article in, those that go on about the work that heads them read with it.

A brief tells of works item by item: （一）甲项目。由乙公司投资建设. What heads an item is what the
sentence behind it is about, as if a comma stood between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg.records import Span
from kg.relate.mask import ANY_MENTION, Group, Masked, Masks

WORKS = ("Project", "System")
# A number or a sign of an item, as it is left of a masked sentence.
MARK = r"[^\w，。；：、]*(?:\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、)?[^\w，。；：、]*"
COMMA = "，"
# What somebody does with the work, near the head of a sentence.
DOES = "[^，。；]{0,12}?(?:投资|出资|斥资|承建|建设|负责|牵头|实施|打造|研发|开发)"


class Heads:
    """Tells which sentences are nothing but the name of a work."""

    def __init__(self, classes: Sequence[str]) -> None:
        masks = Masks(classes)
        work = masks.characters([c for c in WORKS if c in classes])
        self.head = re.compile(rf"(?P<mark>{MARK})(?P<work>[{work}])[。：:]?\s*")
        self.label = re.compile(rf"(?P<mark>{MARK})[{work}](?P<sign>[：:])")
        # A sentence about somebody else, unless it says at once what they do with the work.
        self.own = re.compile(rf"\W*(?:[{work}]|[{ANY_MENTION}](?!{DOES}))")

    def read(self, sentences: Sequence[Masked], text: str) -> list[Masked]:
        """The sentences, each with the heading before it that it goes on about.

        The heading of an item has a mark before it or a line to itself.
        """
        out: list[Masked] = []
        for sentence in sentences:
            label = self.label.match(sentence.text)
            if label is not None and _marked(sentence, text):
                sentence = _comma(sentence, label.start("sign"))  # noqa: PLW2901
            last = out[-1] if out else None
            head = self.head.fullmatch(last.text) if last is not None else None
            if last is None or head is None or self.own.match(sentence.text):
                out.append(sentence)
                continue
            between = text[last.groups[head.start("work")].end : sentence.span.start]
            if _marked(last, text) or "\n" in between:
                out[-1] = _joined(last, head.end("work"), sentence)
            else:
                out.append(sentence)
        return out


@lru_cache(maxsize=4)
def heads_of(classes: tuple[str, ...]) -> Heads:
    """The expressions for the classes of an ontology, in their order."""
    return Heads(classes)


def _marked(sentence: Masked, text: str) -> bool:
    """Whether anything but space stands before the first name of a sentence."""
    first = min(g.start for g in sentence.groups.values())
    return bool(text[sentence.span.start : first].strip("“《 　\n"))


def _comma(sentence: Masked, at: int) -> Masked:
    text = sentence.text[:at] + COMMA + sentence.text[at + 1 :]
    return replace(sentence, text=text, held=frozenset(text))


def _joined(head: Masked, end: int, sentence: Masked) -> Masked:
    """A heading and the sentence behind it as one, with a comma between them."""
    text = head.text[:end] + COMMA + sentence.text
    groups: dict[int, Group] = {at: g for at, g in head.groups.items() if at < end}
    groups |= {end + 1 + at: g for at, g in sentence.groups.items()}
    comma = head.groups[end - 1].end
    places = (*head.places[:end], min(comma, sentence.span.start), *sentence.places)
    span = Span(head.span.start, sentence.span.end)
    return Masked(text, places, groups, span, frozenset(text))
