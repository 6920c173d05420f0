"""Lists of names without a head noun: 甲电子、乙某、丙股份等12家企业.

What follows a list says that its items are bodies. An item is a name when it holds what no
dictionary has, or a name of its own; an everyday word is one only where most items around it
are names and a count of bodies stands behind them (甲某、奔驰、乙某科技等3家企业).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import rjieba

from kg.annotate.draft import Draft
from kg.annotate.mention import Mention
from kg.annotate.people import role_pattern
from kg.annotate.tokens import STOPS, Word, coined
from kg.annotate.trade import of_fields
from kg.ontology import Ontology, Rule
from kg.sought import Sought

ITEM = r"[\u4e00-\u9fffA-Za-z·0-9-]{2,24}"
LIST = rf"(?P<list>(?:{ITEM}、)*{ITEM})"
JOINED = re.compile("[和与]")
# Function words that a segmenter's made-up word may begin with: 由科济|制药.
LEADS = frozenset("由在与和为是有如像了将对让")
# Tags of words that a name of a company does not hold: pronouns, prepositions, particles …
APART = ("r", "p", "u", "uj", "ul", "uz", "c", "y")
OWN = ("ns", "nr", "nz", "nt", "nrt", "nrfg", "j", "x")
# Subtypes of the bodies next to which companies are listed.
BESIDE = ("company", "institute", "university")
LONG = 6  # characters
SURE = 2  # companies that are known leave no doubt of their list
OFFICE = r"[\u4e00-\u9fff]{1,10}?[局厅委办]"
BODIES = "府局厅委办院部会"
# What makes a trade no end of a name.
LONGER = "有限|公司|（|事业|产业|园|基地|行业|企业|领域|方向|平台|中心|学院|项目|服务|养老"
LEADING = "[由与和及在以为对将是有等]"  # what such a name does not begin with
GOVERNMENT, COMPANY = "government", "company"
LATIN = re.compile(r"[A-Z][A-Za-z-]{2,14}")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, half-open positions, and whether it is a body found already."""

    start: int
    end: int
    known: bool = False


class ListedFinder:
    """Finds names by the list they stand in."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        raw = ontology.words["trade"]
        # What stands behind a list is looked for first: it is rare, and a list costs time.
        self.patterns = [
            (
                re.compile(str(around).partition("<list>")[2]),
                Sought(str(around).replace("<list>", LIST)),
                counted,
            )
            for counted, key in ((True, "counted"), (False, "lists"))
            for around in raw[key]
        ]
        offices = [str(around).replace("<list>", LIST) for around in raw["offices"]]
        self.offices, self.office = Sought("|".join(offices)), re.compile(raw["office"])
        # 甲市发改委、科技局等: an office beside another one is one by its short name.
        self.next = re.compile(rf"、(?P<name>{OFFICE})(?={raw['office_after']})")
        self.last = re.compile(rf"(?<=[、，。；：])(?P<name>{OFFICE})、$")
        self.never = re.compile(raw["never"])
        self.role = re.compile(role_pattern(ontology))
        self.kinds = tuple(raw["kinds"])
        self.industry = sorted(ontology.words["grammar"]["industry"], key=len, reverse=True)
        item = r"[\u4e00-\u9fff]{3,8}"
        self.after = re.compile(rf"(?:、{item})+(?={raw['beside_after']})")
        self.before = re.compile(rf"(?:{raw['beside_before']}|^)((?:{item}、)+)$")
        # 甲公司与乙某食品: by its trade, whatever goes on behind the two.
        trades = "|".join(self.industry)
        own = rf"(?!{LEADING})[\u4e00-\u9fff]{{2,6}}?"
        traded = rf"(?P<name>{own}(?:{trades})+)(?!{LONGER}|{trades})"
        self.right = re.compile(rf"[、和与及]{traded}")
        self.left = re.compile(rf"(?:^|[，。；：、由与和在]){traded}[、和与及]$")

    def find(self, draft: Draft) -> Iterator[Mention]:
        """Names of a text; a name found once is looked up everywhere by a later step."""
        seen: set[tuple[int, int]] = set()
        bodies = {m.end: m for m in draft.found if m.type == self.type and not m.weak}
        listed = [*self._listed(draft, bodies), *self._beside(draft, bodies)]
        for start, end in [*listed, *self._traded(draft, bodies, listed)]:
            if (start, end) not in seen:
                seen.add((start, end))
                yield self._mention(draft, start, end, str(self.rule.options.get("subtype", "")))
        for item in {*self._offices(draft, bodies), *self._neighbours(draft, bodies)}:
            yield self._mention(draft, item.start, item.end, GOVERNMENT)

    def _mention(self, draft: Draft, start: int, end: int, subtype: str) -> Mention:
        name, rule = draft.text[start:end], self.rule
        return Mention(start, end, self.type, name, rule.rule, subtype, rule.confidence)

    def _offices(self, draft: Draft, bodies: dict[int, Mention]) -> Iterator[Item]:
        """Items of lists of offices, each by its short name: 规资局、科委等十余个部门."""
        for match in self.offices.finditer(draft.text):
            for item in _items(draft, match.start("list"), match["list"], bodies):
                name = draft.text[item.start : item.end]
                short = 2 <= len(name) <= 6 and self.office.search(name)
                if short and not item.known and self._may_be(draft, item, kinds=False):
                    yield item

    def _neighbours(self, draft: Draft, bodies: dict[int, Mention]) -> Iterator[Item]:
        """Offices right before and behind one that is known, as far as the list goes."""
        for m in bodies.values():
            if m.subtype != GOVERNMENT:
                continue
            at = m.end
            while found := self.next.match(draft.text, at):
                at = found.end()
                yield from self._office_item(draft, found)
            before = self.last.search(draft.text, max(0, m.start - 12), m.start)
            if before:
                yield from self._office_item(draft, before)

    def _office_item(self, draft: Draft, found: re.Match[str]) -> Iterator[Item]:
        """The office of a list, if it is none yet and nothing speaks against it."""
        item = Item(*found.span("name"))
        word = draft.words.at(item.end - 1)
        whole = word.end == item.end and (word.tag != "v" or word.start == item.start)
        joint = found["name"].find("和") + 1  # 经济和信息化厅
        halves = [replace(item, start=item.start + joint)]
        halves += [replace(item, end=halves[0].start - 1)] if joint > 2 else []
        two = joint > 2 and found["name"][joint - 2] in BODIES  # 省政府和市委
        if whole and not two and all(self._may_be(draft, half, kinds=False) for half in halves):
            yield item

    def _listed(self, draft: Draft, bodies: dict[int, Mention]) -> Iterator[tuple[int, int]]:
        """Items of lists that words behind them say to be of bodies."""
        for behind, sought, counted in self.patterns:
            if not (sought.may_match(draft.text) and behind.search(draft.text)):
                continue
            for match in sought.pattern.finditer(draft.text):
                items = list(_items(draft, match.start("list"), match["list"], bodies))
                check = partial(self._is_name, draft)
                named = [i for i in items if i.known or check(i)]
                if counted and named and 2 * len(named) >= len(items):
                    # Told at length it is one of them, whatever it ends in: 甲某广场商业中心.
                    named = [i for i in items if i.known or self._counted(draft, i)]
                elif not counted and self._sure(items, bodies):
                    named = [i for i in items if i.known or self._brief(draft, i)]
                elif not counted and self._alike(draft, items, bodies):
                    named = items
                elif not counted and 2 * len(named) < max(len(items), 4):
                    named = [i for i in items[-1:] if self._is_name(draft, i, alone=True)]
                elif not counted:
                    named = [i for i in items if i in named or self._coined(draft, i)]
                yield from ((i.start, i.end) for i in named if not i.known)

    def _alike(self, draft: Draft, items: list[Item], bodies: dict[int, Mention]) -> bool:
        """Whether a company is one of a few short items, none of which can be anything else."""
        known = [i for i in items if i.known and bodies[i.end].subtype == COMPANY]
        rest = [i for i in items if not i.known]
        short = all(i.end - i.start < LONG and self._may_be(draft, i) for i in rest)
        return bool(known) and short

    def _sure(self, items: list[Item], bodies: dict[int, Mention]) -> bool:
        """Whether several companies of a list are known: then it is one of companies."""
        return sum(i.known and bodies[i.end].subtype == COMPANY for i in items) >= SURE

    def _counted(self, draft: Draft, item: Item) -> bool:
        """Whether an item of a list of so many bodies is one: no kind of things, if it is short."""
        short = item.end - item.start < LONG
        return self._may_be(draft, item, short) or (short and self._coined(draft, item))

    def _coined(self, draft: Draft, item: Item) -> bool:
        """Whether a short item is a coined name before a word for a trade: 云工|工业."""
        name = draft.text[item.start : item.end]
        return coined(name[:-2]) and self._brief(draft, item)

    def _brief(self, draft: Draft, item: Item) -> bool:
        """Whether an item among companies is one, though common words make it: 甲某工业."""
        return item.end - item.start < LONG and self._may_be(draft, item, kinds=False)

    def _beside(self, draft: Draft, bodies: dict[int, Mention]) -> Iterator[tuple[int, int]]:
        """Items of a list next to a known body: 北方某芯 in 乙大学、北方某芯等53家单位.

        A body whose post follows stands in a list of persons: 甲某、乙集团董事长丙某.
        """
        for m in bodies.values():
            if m.subtype not in BESIDE:
                continue
            after = self.after.match(draft.text[m.end : m.end + 60])
            runs = [(m.end, after.group())] if after else []
            before = self.before.search(draft.text[max(0, m.start - 40) : m.start])
            if before and not self.role.match(draft.text, m.end):
                runs.append((m.start - len(before[1]), before[1]))
            for start, run in runs:
                for item in _items(draft, start, run, bodies):
                    if not item.known and self._is_name(draft, item, alone=True):
                        yield item.start, item.end

    def _traded(
        self, draft: Draft, bodies: dict[int, Mention], listed: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Names with a trade on both sides of companies, as far as they go."""
        known = [(m.start, m.end) for m in bodies.values() if m.subtype == COMPANY]
        known += listed
        seen = set(known)
        while known:
            start, end = known.pop()
            right = self.right.match(draft.text, end)
            left = self.left.search(draft.text, max(0, start - 10), start)
            for found in (right, left):
                span = found.span("name") if found else (0, 0)
                if found is None or span in seen or not draft.closes(span[1]):
                    continue
                if self._is_name(draft, Item(*span), alone=True):
                    seen.add(span)
                    known.append(span)
                    yield span

    def _may_be(self, draft: Draft, item: Item, kinds: bool = True) -> bool:
        """Whether nothing speaks against an item as a name; its kind, too, if asked."""
        name = draft.text[item.start : item.end]
        if draft.text[item.start - 1 : item.start] in tuple("）)”’"):
            return False  # 甲某（集团）有限公司
        if not 2 <= len(name) <= 12 or self.never.search(name) or name.isdigit():
            return False
        if kinds and name.endswith(self.kinds) and not name.endswith(tuple(self.industry)):
            return False
        if any(_taken(draft, item, m) and not self._led(draft, item, m) for m in draft.found):
            return False
        words = [w for w in _words(draft, item) if w.end <= item.end or w.start == item.start]
        if len(words) > 1 and words[-1].text in self.industry:
            words.pop()  # 甲某|控股: a verb elsewhere
        if any(w.text in draft.grammar.cut or w.tag in APART for w in words):
            return False
        return not of_fields(draft, item.end)

    def _led(self, draft: Draft, item: Item, m: Mention) -> bool:
        """Whether a company opens an item that its trade goes on: 甲某|技术."""
        same = m.start == item.start and m.subtype == COMPANY
        return same and draft.text[m.end : item.end] in self.industry

    def _is_name(self, draft: Draft, item: Item, alone: bool = False) -> bool:
        """Whether an item is a name by itself: more than words that everybody uses.

        ``alone``: no words say that the list is of bodies, so its trade or its coining must.
        """
        if not self._may_be(draft, item):
            return False
        name = draft.text[item.start : item.end]
        if LATIN.fullmatch(name):
            return not alone
        solid = draft.begins.get(item.start)
        if solid is not None and solid.type in draft.solid and solid.end < item.end:
            return not alone or name.endswith(tuple(self.industry))
        core = next((name[: -len(i)] for i in self.industry if name.endswith(i)), name)
        if alone and core == name:
            return 3 <= len(name) <= 5 and coined(name)
        return bool(core) and _own(core)


def _own(core: str) -> bool:
    """Whether a stretch is a name of its own, or holds what no dictionary joins."""
    if any(tag in OWN and len(word) > 1 for word, tag in rjieba.tag(core)):
        return True
    return any(len(piece) == 1 for piece in rjieba.cut(core, False))


def _taken(draft: Draft, item: Item, m: Mention) -> bool:
    """Whether a name found already covers part of an item; a place at its head does not."""
    if m.start >= item.end or item.start >= m.end:
        return False
    return not (m.start == item.start and m.end < item.end and m.type in draft.solid)


def _words(draft: Draft, item: Item) -> list[Word]:
    words = [draft.words.at(item.start)]
    while words[-1].end < item.end:
        words.append(draft.words.at(words[-1].end))
    return words


def _items(draft: Draft, start: int, text: str, bodies: dict[int, Mention]) -> Iterator[Item]:
    """The items of a list; before the first one stands what belongs to the sentence."""
    for found in re.finditer("[^、]+", text):
        begin, end = start + found.start(), start + found.end()
        body = bodies.get(end)
        if body is not None:
            yield Item(body.start, end, known=True)
            continue
        if begin == start:
            joint = JOINED.finditer(draft.text, begin + 2, end - 1)
            ends = next((j.start() for j in joint if j.start() in bodies), None)
            if ends is not None:  # 由甲公司和|乙某
                yield Item(bodies[ends].start, ends, known=True)
            begin = _begin(draft, begin, end) if ends is None else ends + 1
        for cut in JOINED.finditer(draft.text, begin + 2, max(begin + 2, end - 2)):
            word = draft.words.at(cut.start())
            if word.text == cut.group():
                yield Item(begin, cut.start())
                begin = cut.end()
        if begin < end:
            yield Item(begin, end)


def _begin(draft: Draft, floor: int, end: int) -> int:
    """Where the last item of a stretch begins: after a verb or a function word."""
    grammar, position = draft.grammar, end
    while position > floor and draft.text[position - 1] not in STOPS:
        word = draft.words.at(position - 1)
        start = max(word.start, floor)
        piece = draft.text[start:position]
        verb = word.tag == "v" and len(piece) > 1 and position < end and rjieba.has_word(piece)
        if (
            piece == "出"
            or piece in grammar.cut
            or word.tag in APART
            or (verb and piece not in grammar.inner)
        ):
            break
        if len(piece) > 1 and piece[0] in LEADS and not rjieba.has_word(piece):
            return start + 1
        position = start
    first = draft.words.at(position)
    making = first.start == position and first.text in grammar.making and first.end + 3 <= end
    return first.end if making else position  # 服务|甲某、乙某等3家企业
