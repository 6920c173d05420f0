"""The numbers that LibreOffice and WPS give the items of lists in an ODT: 一、, （二）, 1.1."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.read.office.lists.forms import number_in, number_text
from kg.read.office.lists.numbering import LEVELS, Level, Numbering

if TYPE_CHECKING:
    from collections.abc import Mapping

# OpenDocument names a form by how it writes its first number.
_FORMS = {
    number_text(1, form): form
    for form in (
        "decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "decimalFullWidth",
        "chineseLegalSimplified", "chineseCountingThousand", "decimalEnclosedCircle",
    )
}  # fmt: skip


@dataclass(slots=True)
class _Open:
    """A list that is open, and whether the next paragraph is the first of an item."""

    style: str
    key: str
    waiting: bool = False


@dataclass(slots=True)
class Lists:
    """Follows the styles and the lists of an ODT while expat reports its elements.

    Attributes:
        styles: The levels of each style of lists.
        of_paragraphs: The style of lists that a style of paragraphs names.
    """

    styles: dict[str, dict[int, Level]] = field(default_factory=dict)
    of_paragraphs: dict[str, str] = field(default_factory=dict)
    _numbering: Numbering = field(default_factory=Numbering)
    _levels: dict[int, Level] = field(default_factory=dict)
    _open: list[_Open] = field(default_factory=list)
    _latest: dict[str, str] = field(default_factory=dict)  # the last list of each style
    _named: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        local = name.rpartition(" ")[2]
        attrs = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "list-style":
            self._levels = self.styles[attrs.get("name", "")] = {}
        elif local in ("list-level-style-number", "list-level-style-bullet"):
            self._levels[number_in(attrs.get("level", ""), 1) - 1] = _level(local, attrs)
        elif local == "style" and attrs.get("list-style-name"):
            self.of_paragraphs[attrs.get("name", "")] = attrs["list-style-name"]
        elif local == "list":
            self._begin(attrs)
        elif local in ("list-item", "list-header") and self._open:
            self._open[-1].waiting = local == "list-item"
            if attrs.get("start-value") and self._open[-1].key:
                self._numbering.set(
                    self._open[-1].key, len(self._open) - 1, number_in(attrs["start-value"], 1)
                )

    def end(self, name: str) -> None:
        """An element ends."""
        if name.endswith(" list") and self._open:
            self._open.pop()

    def label(self, style: str) -> str:
        """The label of a paragraph that begins.

        Args:
            style: The name of its style.

        Returns:
            It as ``Numbering.label`` gives it; nothing if it is not the first of an item.
        """
        if not self._open or not self._open[-1].waiting:
            return ""
        one = self._open[-1]
        one.waiting = False
        if not one.key:
            named = one.style or self.of_paragraphs.get(style, "")
            one.key = self._new(named) if named in self.styles else ""
        return self._numbering.label("", one.key, len(self._open) - 1) if one.key else ""

    def _begin(self, attrs: Mapping[str, str]) -> None:
        above = self._open[-1] if self._open else None
        style = attrs.get("style-name") or (above.style if above else "")
        if above and above.key and style == above.style:
            key = above.key
        else:
            same = self._named.get(attrs.get("continue-list", ""), "")
            if attrs.get("continue-numbering") == "true":
                same = same or self._latest.get(style, "")
            key = same or (self._new(style) if style in self.styles else "")
        if attrs.get("id") and key:
            self._named[attrs["id"]] = key
        self._open.append(_Open(style, key))

    def _new(self, style: str) -> str:
        """A list of a style, with counts of its own."""
        self._latest[style] = key = f"{len(self._numbering.lists)} {style}"
        self._numbering.add(key, self.styles[style])
        return key


def _level(local: str, attrs: Mapping[str, str]) -> Level:
    """How a level is numbered, as its attributes say."""
    at = number_in(attrs.get("level", ""), 1)
    written_as = attrs.get("num-format", "")
    form = _FORMS.get(written_as.partition(",")[0], "" if written_as else "none")
    if local.endswith("bullet"):
        form = "bullet"
    text = attrs.get("num-list-format", "")
    for above in range(1, LEVELS + 1):
        text = text.replace(f"%{above}%", f"%{above}")
    if not text:
        first = max(1, at - number_in(attrs.get("display-levels", ""), 1) + 1)
        text = ".".join(f"%{n}" for n in range(first, at + 1)) if form != "none" else ""
        text = attrs.get("num-prefix", "") + text + attrs.get("num-suffix", "")
    return Level(start=number_in(attrs.get("start-value", ""), 1), form=form, text=text)
