"""Tell whether two names of bodies are those of two bodies, however alike they look.

中国农业银行 is not 中国农业发展银行, 甲省检察院 not 甲省乙市检察院, 省委 not 共青团甲省委. Such
names are never joined, by no rule that derives one from the other and by no third name; what the
text itself defines (以下简称, 又名) stands.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from kg.extract.arbiter.aliases import shared
from kg.extract.resolve.bodies import Bodies, bodies
from kg.extract.resolve.identity.listed import Listed, Row, listed
from kg.ontology import Ontology, load
from kg.ontology.divisions import LEVELS
from kg.ontology.places import Places

if TYPE_CHECKING:
    from kg.ontology.divisions import Division

LEAST = 4  # characters of a listed name that begins another one
STATE = 8  # characters of the name of a state at most
FULL = 3  # characters of a listed name that is no short one: 公安部
WIDE = LEVELS[:2]  # places that are known without their level: 甲省, 乙市


class Distinct:
    """Tells which names of bodies are two bodies; see ``are_two``."""

    def __init__(self, ontology: Ontology) -> None:
        self.words = ontology.lexicon.sameness
        self.units = self.words.units, ontology.lexicon.identity.departments
        self.bodies: Bodies = bodies(str(ontology.folder))
        self.listed: Listed = listed(str(ontology.folder))
        self.places, self.and_ = Places.load(ontology), ontology.lexicon.offices.and_

    def are_two(self, klass: str, one: str, other: str) -> bool:
        """Whether two names of a class are those of two bodies; if not, they may be one.

        >>> from kg.ontology import load
        >>> of = Distinct(load())
        >>> def two(one, other):
        ...     return of.are_two("Organisation", one, other)
        >>> two("中国农业银行云澜分行", "中国农业发展银行云澜分行"), two("农业银行", "中国农业银行")
        (True, False)
        >>> two("辽宁省检察院", "辽宁省沈阳市人民检察院"), two("沈阳中院", "沈阳市中级人民法院")
        (True, False)
        >>> two("省委", "共青团辽宁省委"), two("市政府", "沈阳市铁西区人民政府")
        (True, True)
        >>> two("市人民医院", "沈阳市第三人民医院"), two("沈阳日报社", "日报社")
        (True, False)
        >>> two("俄罗斯国防部", "白俄罗斯国防部"), two("苏丹外交部", "南苏丹外交部")
        (True, True)
        >>> two("沈阳市政府", "沈阳市甲某镇人民政府"), two("云澜市作协", "云澜市作家协会")
        (True, False)
        >>> two("云澜市作家协会", "云澜市青年作家协会"), two("甲某", "甲某沈阳分公司")
        (True, True)
        >>> two("甲某汽车", "沈阳甲某汽车服务有限公司"), two("甲某", "甲某当局")
        (True, True)
        >>> two("甲某控股集团", "甲某汽车"), two("甲某控股集团", "甲某控股")
        (True, False)
        >>> two("海峡甲某交流协会", "台湾海峡甲某文化交流协会"), two("甲某协会", "云澜甲某协会")
        (True, False)
        """
        return one != other and (
            self._in_tables(klass, one, other)
            or self._distinguished(one, other)
            or self._of_two_states(one, other)
            or any(self._member(*pair) or self._trade(*pair) for pair in permutations((one, other)))
            or all(self.words.society.fullmatch(name) for name in (one, other))
            or (
                not (one.endswith(other) or other.endswith(one))
                and (self._begin_apart(one, other) or self._offices_differ(one, other))
            )
        )

    def _begin_apart(self, one: str, other: str) -> bool:
        """Whether two names are those of societies, and begin with other words."""
        societies = all(self.words.societies.fullmatch(name) for name in (one, other))
        return societies and one[:2] != other[:2]

    def _in_tables(self, klass: str, one: str, other: str) -> bool:
        """Whether the tables have the two, or what the two begin with, as two bodies."""
        short, full = sorted((one, other), key=len)
        rows = self.listed.find(klass, short), self.listed.find(klass, full)
        if rows[0] and rows[1]:
            return rows[0].name != rows[1].name
        row = rows[0]
        least = FULL if row and row.name == short else LEAST
        if row and len(short) >= least and not any(form in full for form in self._forms(row)):
            return True
        heads = self._head(klass, short), self._head(klass, full)
        if not (heads[0] and heads[1]) or heads[0].name == heads[1].name:
            return False
        forms = [self._forms(head) for head in heads if head]
        return not any(a.startswith(b) or b.startswith(a) for a in forms[0] for b in forms[1])

    def _forms(self, row: Row) -> tuple[str, ...]:
        return self.listed.forms.get(row.name, (row.name,))

    def _head(self, klass: str, name: str) -> Row | None:
        """The longest listed name that begins a name."""
        sizes = range(len(name), LEAST - 1, -1)
        return next(filter(None, (self.listed.find(klass, name[:n]) for n in sizes)), None)

    def _offices_differ(self, one: str, other: str) -> bool:
        """Whether two names are of offices of two places, or of two offices of one."""
        (place, office), (other_place, other_office) = (
            self.bodies.parts(one),
            self.bodies.parts(other),
        )
        if not (place and other_place):
            return any(self._tells_other_level(*pair) for pair in permutations((one, other)))
        pairs = list(permutations((office, other_office)))
        if place == other_place and any(self._is_below(*pair) for pair in pairs):
            return True
        first, second = self.places.resolve(place), self.places.resolve(other_place)
        if first is None or second is None:
            levels = tuple(self.words.levels)
            ends = place.endswith(other_place) or other_place.endswith(place)
            return not ends and place.endswith(levels) and other_place.endswith(levels)
        if first.code == second.code:
            return any(self._is_second_task(*pair) for pair in pairs)
        if self._within(first, second) or self._within(second, first):
            return office == other_office
        return all(self._tells_its_place(*pair) for pair in ((one, first), (other, second)))

    def _is_second_task(self, office: str, other: str) -> bool:
        """Whether an office has two tasks, the last of which is another's: 文化和|旅游局."""
        return office.endswith(other) and office[: -len(other)].endswith(tuple(self.and_))

    def _is_below(self, office: str, other: str) -> bool:
        """Whether an office is that of a place below the other's: 乙镇|人民政府, 人民政府."""
        lower = office.removesuffix(other)
        return lower != office and self.words.below.fullmatch(lower) is not None

    def _within(self, inner: Division, outer: Division) -> bool:
        return outer in self.places.ancestors(inner.code)

    def _tells_its_place(self, name: str, division: Division) -> bool:
        """Whether a name begins with its place, and not with a word that looks like it."""
        size = self.places.leading(name)
        return division.level in WIDE or name[size - 1 : size] in tuple(self.words.levels)

    def _tells_other_level(self, name: str, full: str) -> bool:
        """Whether one name has the level of its place (市…), the other a place of another."""
        place, office = self.bodies.parts(full)
        if name[0] not in self.words.levels or place[-1:] not in tuple(self.words.levels):
            return False
        return name[0] != place[-1] and self.bodies.office(name[1:]) == office

    def _member(self, name: str, full: str) -> bool:
        """Whether one group is a trade of another: 甲某集团, 乙市甲某商业集团."""
        group = self.words.group
        one, other = (n.partition(group)[0] for n in (name, full))
        if group not in name or group not in full or not full.partition(group)[1]:
            return False
        without_place = other[self.places.leading(other) :]
        one = one[self.places.leading(one) :]
        trade = without_place.removeprefix(one) if one else without_place
        return trade != without_place and bool(trade) and not self.words.holding.fullmatch(trade)

    def _trade(self, name: str, full: str) -> bool:
        """Whether one name is that of a group, and the other of a trade: 甲某集团, 甲某汽车."""
        if self.words.group not in name or self.words.group in full:
            return False
        same = shared(name, full)
        trade = self.words.forms.sub("", full[same:])
        rest = name[same:]
        plain = self.words.holding.fullmatch(trade)
        return same > 1 and bool(trade) and not plain and trade not in rest

    def _deals_in(self, name: str, firm: str) -> bool:
        """Whether a name is that of a dealer of a firm somewhere: 乙市甲某汽车服务有限公司."""
        size = self.places.leading(name)
        dealer = self.words.dealer.search(name, size) if size else None
        if dealer is None:
            return False
        stem = name[size : dealer.start()]
        return bool(stem) and firm in (stem, stem + (dealer["trade"] or ""))

    def _of_two_states(self, one: str, other: str) -> bool:
        """Whether two names differ in the states before them: 俄罗斯国防部, 白俄罗斯国防部."""
        first, second = self._state(one), self._state(other)
        if not first or not second or one[len(first) :] != other[len(second) :]:
            return False
        return self.places.zone(first) != self.places.zone(second)

    def _state(self, name: str) -> str:
        """The state, or the area that is like one, that opens a name; an empty text without one."""
        sizes = range(min(STATE, len(name) - 1), 1, -1)
        return next((name[:size] for size in sizes if self.places.zone(name[:size])), "")

    def _distinguished(self, one: str, other: str) -> bool:
        """Whether one name has a word that tells it from the other: a party, a number, 省直."""
        for name, full in permutations((one, other)):
            has_place = name[0] in self.words.levels or self.places.leading(name) > 0
            for pattern in (self.words.parties, self.words.direct):
                if has_place and pattern.search(full) and not pattern.search(name):
                    return True
            numbers = self.words.numbered.findall(full)
            if numbers and len(name) <= len(full) and not any(c in name for c in "".join(numbers)):
                return True
            at, gap = _gap(name, full)
            unit = any(p.fullmatch(full[at + len(gap) :]) for p in self.units)
            if gap and (self.words.members.fullmatch(gap) or self.places.leading(gap)):
                return True  # 甲市|青年|作家协会; 甲某|沈阳|公司
            if full == name + self.words.regime or self._deals_in(full, name):
                return True
            if name[0] in self.words.levels and full.endswith(self.words.league + name):
                return True  # 县委, 乙局协同团县委
            behind = full[len(name) :] if full.startswith(name) else ""
            firm = self.words.wholes.search(name) and behind.endswith(self.words.company)
            if firm and self.words.forms.sub("", behind):
                return True  # 甲某大学, 甲某大学设计研究院有限公司
            if (size := self.places.leading(behind)) and self.words.branch.fullmatch(behind, size):
                return True
            if gap and unit and full[:at].endswith(self.words.ends):
                return True  # 甲厅办公室, 甲厅|审批|办公室; 省委组织部, 省委|教育工委|组织部
        return False


def _gap(name: str, full: str) -> tuple[int, str]:
    """What a longer name says more in one place, and where; nothing at its begin or end.

    >>> _gap("省委组织部", "省委教育工委组织部"), _gap("组织部", "省委组织部")
    ((2, '教育工委'), (0, ''))
    """
    more = len(full) - len(name)
    for at in range(len(name) - 1, 0, -1) if more > 0 else ():
        if full[:at] == name[:at] and full[at + more :] == name[at:]:
            return at, full[at : at + more]
    return 0, ""


@lru_cache(maxsize=4)
def distinct(folder: str) -> Distinct:
    """What tells bodies of the ontology in a folder from each other; read once for a process."""
    return Distinct(load(folder))
