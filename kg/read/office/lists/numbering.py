"""The numbers that Word gives paragraphs by itself: 一、, （二）, 1.1.

They stand on the page and not in the text of a paragraph, whose properties name a list and a
level. What each level looks like is in the part ``numbering``, and styles can name lists too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from kg.base.errors import ReadError
from kg.read.office.lists.forms import is_known, number_in, number_text, spaced_label
from kg.read.office.package import DAMAGED, relations, stream_elements

if TYPE_CHECKING:
    import zipfile

LEVELS = 9
_PLACE = re.compile("%([1-9])")


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered.

    Attributes:
        start: Its first number; 0 if a document says nothing.
        form: How a number is written, as ``w:numFmt`` names it.
        text: The label, with ``%1`` for the number of the first level, and so on.
        tight: Whether nothing stands between label and text.
        restart: After which level (1 for the first) it begins anew; None after any before it,
            0 never.
        style: The style of paragraphs that this level is for.
        plain: Whether the numbers of all levels are written as digits.
    """

    start: int = 0
    form: str = "decimal"
    text: str = ""
    tight: bool = False
    restart: int | None = None
    style: str = ""
    plain: bool = False


@dataclass(slots=True)
class _List:
    """A list: its levels are those of an abstract one, but for what it says otherwise."""

    abstract: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass(slots=True)
class _Style:
    base: str = ""
    number: str = ""
    level: int | None = None


class Numbering:
    """The lists of a document, which count the paragraphs that belong to them.

    >>> lists = Numbering()
    >>> lists.abstract["0"] = {0: Level(start=1, form="chineseCounting", text="%1、")}
    >>> lists.lists["1"] = _List("0")
    >>> lists.label("", "1", 0), lists.label("", "1", 0)
    ('一、', '二、')
    """

    def __init__(self) -> None:
        self.abstract: dict[str, dict[int, Level]] = {}
        # A style of lists stands for the levels of an abstract list, and others name the style.
        self.named: dict[str, str] = {}
        self.linked: dict[str, str] = {}
        self.lists: dict[str, _List] = {}
        self.styles: dict[str, _Style] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def label(self, style: str, number: str, level: int | None) -> str:
        """The label of the next paragraph, which is counted by this.

        Args:
            style: The name of its style.
            number: The list that it names itself; ``""`` if none, ``"0"`` to be in none.
            level: The level that it names itself, from 0.

        Returns:
            The label, with a space behind it if it ends in a letter, a digit or a full stop;
            ``""`` if the paragraph is in no list, or the list has signs and no numbers.
        """
        named, of_style = self._of_style(style)
        number = number or named
        if number not in self.lists:
            return ""
        chosen = self.lists[number]
        abstract = self._resolved(chosen.abstract)
        if level is None:
            marked = (
                n for n, definition in self.abstract.get(abstract, {}).items() if definition.style
            )
            own = [n for n in marked if self.abstract[abstract][n].style == style]
            level = own[0] if own else of_style or 0
        if not 0 <= level < LEVELS:
            return ""
        counts = self._counted(number, chosen, abstract, level)
        return self._written(chosen, abstract, level, counts)

    def add(self, name: str, levels: dict[int, Level]) -> None:
        """Add a list with counts of its own."""
        self.abstract[name] = levels
        self.lists[name] = _List(name)

    def set(self, name: str, level: int, number: int) -> None:
        """The next paragraph of a level has this number."""
        counts = self._counts.setdefault(self.lists[name].abstract, [None] * LEVELS)
        if level < LEVELS:
            counts[level] = number - 1

    def _of_style(self, style: str) -> tuple[str, int | None]:
        """The list and the level that a style names, or one that it is based on."""
        level: int | None = None
        for _ in range(20):  # styles may name each other in a circle
            definition = self.styles.get(style)
            if definition is None:
                break
            level = definition.level if level is None else level
            if definition.number:
                return definition.number, level
            style = definition.base
        return "", level

    def _resolved(self, abstract: str) -> str:
        """The abstract list with the levels, where one only names a style of lists."""
        return self.named.get(self.linked.get(abstract, ""), abstract)

    def _level(self, chosen: _List, abstract: str, level: int) -> Level:
        return chosen.levels.get(level) or self.abstract.get(abstract, {}).get(level) or Level()

    def _counted(self, number: str, chosen: _List, abstract: str, level: int) -> list[int | None]:
        counts = self._counts.setdefault(abstract, [None] * LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for other in chosen.starts:
                counts[other] = None
        for above in range(level):
            if counts[above] is None:
                counts[above] = self._start(chosen, abstract, above)
        now = counts[level]
        counts[level] = self._start(chosen, abstract, level) if now is None else now + 1
        for below in range(level + 1, LEVELS):
            after = self._level(chosen, abstract, below).restart
            if after is None or level < after:
                counts[below] = None
        return counts

    def _start(self, chosen: _List, abstract: str, level: int) -> int:
        return chosen.starts.get(level, self._level(chosen, abstract, level).start)

    def _written(self, chosen: _List, abstract: str, level: int, counts: list[int | None]) -> str:
        definition = self._level(chosen, abstract, level)
        forms = [self._level(chosen, abstract, at).form for at in range(level + 1)]
        shown = [int(at) - 1 for at in _PLACE.findall(definition.text) if int(at) <= level + 1]
        if definition.form == "bullet" or not all(is_known(forms[at]) for at in shown):
            return ""
        label = definition.text
        for at in shown:
            form = "decimal" if definition.plain else forms[at]
            label = label.replace(f"%{at + 1}", number_text(counts[at] or 0, form))
        return label.strip() if definition.tight else spaced_label(label)


def read_numbering(archive: zipfile.ZipFile, main: str) -> tuple[Numbering, str]:
    """The lists that a document has, and a note if they cannot be read."""
    lists = Numbering()
    try:
        for kind, part in relations(archive, main).values():
            local = kind.rpartition("/")[2]
            if part in archive.namelist() and local in ("numbering", "styles"):
                reader = _Lists(lists) if local == "numbering" else _Styles(lists)
                stream_elements(archive, part, reader.start, reader.end)
    except (ReadError, expat.ExpatError, *DAMAGED) as error:
        return Numbering(), f"the numbers of its lists are left out: {error}"
    return lists, ""


class _Lists:
    """Reads the part ``numbering`` while expat reports its elements."""

    def __init__(self, lists: Numbering) -> None:
        self._lists = lists
        self._levels: dict[int, Level] = {}
        self._list = _List()
        self._abstract = ""
        self._at = 0
        self._level = Level()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        attrs = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        value = attrs.get("val", "")
        if local == "abstractNum":
            self._levels = {}
            self._abstract = attrs.get("abstractNumId", "")
            self._lists.abstract[self._abstract] = self._levels
        elif local == "num":
            self._list = _List()
            self._levels = self._list.levels
            self._lists.lists[attrs.get("numId", "")] = self._list
        elif local == "abstractNumId":
            self._list.abstract = value
        elif local == "styleLink":
            self._lists.named[value] = self._abstract
        elif local == "numStyleLink":
            self._lists.linked[self._abstract] = value
        elif local in ("lvl", "lvlOverride"):
            self._at = number_in(attrs.get("ilvl", ""), 0)
            if local == "lvl":
                self._levels[self._at] = self._level = Level()
        elif local == "startOverride":
            self._list.starts[self._at] = number_in(value, 1)
        else:
            self._describe(local, value)

    def _describe(self, local: str, value: str) -> None:
        level = self._level
        if local == "start":
            level.start = number_in(value, 1)
        elif local == "numFmt" and value != "custom":
            level.form = value
        elif local == "lvlText":
            level.text = value
        elif local == "suff":
            level.tight = value == "nothing"
        elif local == "lvlRestart":
            level.restart = number_in(value, 0)
        elif local == "pStyle":
            level.style = value
        elif local == "isLgl":
            level.plain = value not in ("0", "false", "off")

    def end(self, name: str) -> None:
        """Nothing follows the last level that belongs to it."""
        if name.endswith(" lvl"):
            self._level = Level()


class _Styles:
    """Reads which lists the part ``styles`` names, while expat reports its elements."""

    def __init__(self, lists: Numbering) -> None:
        self._lists = lists
        self._style = _Style()
        self._within = False  # a style, not the defaults of all

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        attrs = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "style":
            self._within = True
            self._style = self._lists.styles[attrs.get("styleId", "")] = _Style()
            if attrs.get("default") in ("1", "true") and attrs.get("type") == "paragraph":
                self._lists.styles[""] = self._style
        elif not self._within:
            return
        elif local == "basedOn":
            self._style.base = attrs.get("val", "")
        elif local == "numId":
            self._style.number = attrs.get("val", "")
        elif local == "ilvl":
            self._style.level = number_in(attrs.get("val", ""), 0)

    def end(self, name: str) -> None:
        if name.endswith(" style"):
            self._within = False
