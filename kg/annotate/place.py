"""Names of places: divisions with a code, towns and villages, zones; chains of them split.

``重庆市綦江区石角镇`` is three places, each also named by what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.annotate.boundary import STOPS
from kg.annotate.draft import Draft
from kg.annotate.heads import Heads
from kg.annotate.mention import Mention, clean
from kg.annotate.proper import COUNTED
from kg.ontology import Ontology, Rule
from kg.places import Places

FULL = re.compile("[省市区县州旗盟镇乡村]$|街道$|自治区$")


# Common words that end in the last character of a town's or village's name.
RURAL = re.compile(
    "乡村|城镇|下乡|乡镇|家乡|农村|山村|驻村|进村|全村|故乡|老乡|同乡|返乡|回乡|还乡|异乡|水乡|侨乡|之乡|重镇|古镇|小镇|集镇|村镇|山乡|新村|各村|每村|建村|苏木镇"
)

GOES_ON = re.compile("第一书记|党支部|村民|委会|驻")  # what follows the name of a village
NARROWER = re.compile(r"[\u4e00-\u9fff]{1,4}(?:村|社区|嘎查)")  # 官渡镇|竹联村
HILLS = ("山村", "新村", "古镇", "重镇", "村镇", "集镇")  # these end names too, after a place


class PlaceFinder:
    """Finds the names of the division table.

    A short form that is also a common word counts only in a text that has the full form, or
    that once writes it right after a place that holds it (甲省乙县 by its bare name).
    """

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        import ahocorasick_rs as aho

        self.type, self.rule = type_, rule
        self.places = Places.load(ontology)
        self.safe: dict[str, tuple[bool, str]] = {}
        for surface, safe, level in self.places.names():
            known = self.safe.get(surface)
            self.safe[surface] = (safe or bool(known and known[0]), known[1] if known else level)
        self.forms = list(self.safe)
        self.automaton = aho.AhoCorasick(self.forms, matchkind=aho.MatchKind.LeftmostLongest)

    def find(self, draft: Draft) -> Iterator[Mention]:
        """The places of a text, each with its level as subtype."""
        hits = [
            (self.forms[i], start, end)
            for i, start, end in self.automaton.find_matches_as_indexes(draft.text)
        ]
        full = {form for form, _, _ in hits if FULL.search(form) and len(form) > 2}
        ends = {end: form for form, _, end in hits}
        held = {start for form, start, end in hits if self._held(draft, ends, form, start, end)}
        told = {form for form, start, _ in hits if start in held}
        for form, start, end in hits:
            safe, level = self.safe[form]
            chained = start in ends and len(form) > 2 and bool(FULL.search(form))  # 洛阳市|老城区
            if not (safe or chained or form in told) and not any(
                f.startswith(form) and f != form for f in full
            ):
                continue
            sure = start in held or end in held  # 云南|昆明, however the words are cut
            if not (sure or FULL.search(form) or self._bounded(draft, start, end)):
                continue
            if FULL.search(form) and len(form) == 2 and not self._bounded(draft, start, end):
                continue
            bare = level == "region" and (len(form) <= 3 or form.endswith(("地区", "区域")))
            vague = level in ("country", "area", "city") or bare
            yield Mention(
                start, end, self.type, form, self.rule.rule, level, self.rule.confidence, weak=vague
            )

    def leading(self, text: str, start: int, end: int) -> Mention | None:
        """The place that a stretch of text begins with, the narrowest of a chain."""
        best: Mention | None = None
        position = start
        for index, a, b in self.automaton.find_matches_as_indexes(text[start:end]):
            if start + a != position:
                break
            form = self.forms[index]
            best = Mention(
                start + a, start + b, self.type, form, self.rule.rule, self.safe[form][1], 0.9
            )
            position = start + b
        return best

    def _held(self, draft: Draft, ends: dict[int, str], form: str, start: int, end: int) -> bool:
        """Whether a name stands right after a place that holds it, and ends as a word."""
        if start not in ends or not (FULL.search(form) or draft.closes(end)):
            return False
        return bool(self.places.holds(ends[start], form))

    @staticmethod
    def _bounded(draft: Draft, start: int, end: int) -> bool:
        """Whether a short form stands as a word, not inside one (海南 in 上海南站)."""
        opens = start == 0 or draft.closes(start)
        return opens and draft.closes(end)


class LevelFinder:
    """Finds towns, streets and villages by their last character, after a place or a boundary."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        words = sorted(map(re.escape, rule.options["words"]), key=len, reverse=True)
        self.pattern = re.compile("|".join(words))
        self.heads = Heads.of(type_, rule)
        self.generic = frozenset(rule.options.get("generic", ()))

    def find(self, draft: Draft) -> Iterator[Mention]:
        """Names such as 石家镇 and 关口村; the next one may begin where the last ended."""
        last = -1
        for match in self.pattern.finditer(draft.text):
            head, end = match.span()
            begin = self._begin(draft, head, last)
            body = draft.text[begin:head]
            if not 1 <= len(body) <= int(self.rule.options.get("longest", 6)):
                continue
            if any(body == g or (len(g) > 1 and body.endswith(g)) for g in self.generic):
                continue
            if re.match("街道|镇|乡|村|社区", draft.text[end : end + 2]) or COUNTED.match(body):
                continue
            chained = begin == last or begin in draft.ends
            if not (draft.closes(end) or GOES_ON.match(draft.text, end)) and not (
                chained and NARROWER.match(draft.text, end)
            ):
                continue
            word = RURAL.search(draft.text, head - 1, end)
            if word and not (chained and len(body) > 1 and word.group() in HILLS):
                continue
            if len(body) < 2 and not chained:
                continue
            if not chained and not self._sure(draft, body, match.group()):
                continue
            last = end
            yield Mention(
                begin,
                end,
                self.type,
                clean(draft.text[begin:end]),
                self.rule.rule,
                str(self.rule.options.get("subtype", "")),
                self.rule.confidence,
            )

    def _begin(self, draft: Draft, head: int, last: int) -> int:
        begin = self._bound(draft, head, last)
        while begin < head and draft.text[begin] in "，、和与及在到。；：（(村镇乡个的":
            begin += 1
        return begin

    def _bound(self, draft: Draft, head: int, last: int) -> int:
        """Where the name of a head can begin at the earliest: after a place, after a boundary."""
        floor = draft.floor(head)
        for position in range(head - 1, max(floor, head - 7), -1):
            known = draft.ends.get(position)
            if position == last or (known is not None and known.type == self.type):
                return position
            if draft.text[position - 1] in STOPS:
                break
        return draft.boundary.left(head, max(floor, last), self.heads.reach)

    @staticmethod
    def _sure(draft: Draft, body: str, head: str) -> bool:
        """Without a place before it, a name of a village needs to be no common word."""
        return len(body) >= 2 and head in ("街道", "镇", "乡", "村", "苏木", "嘎查")


class BesideFinder:
    """Finds zones by their kind alone where a list of places names them: 甲区、乙县和高新区."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        words = "|".join(sorted(map(re.escape, rule.options["words"]), key=len, reverse=True))
        self.pattern = re.compile(
            rf"(?<=[、和与及])[\u4e00-\u9fff]{{0,4}}?(?:{words})(?=[、和与及，。；等的])"
        )
        self.generic = re.compile("|".join(map(re.escape, rule.options["generic"])))

    def find(self, draft: Draft) -> Iterator[Mention]:
        """The zones of a text that stand in a list right after another place."""
        last = -1
        for match in self.pattern.finditer(draft.text):
            before = draft.ends.get(match.start() - 1)
            listed = match.start() - 1 == last or (before is not None and before.type == self.type)
            if not listed or self.generic.match(match.group()):
                continue
            last = match.end()
            subtype, score = str(self.rule.options["subtype"]), self.rule.confidence
            name = match.group()
            yield Mention(*match.span(), self.type, name, self.rule.rule, subtype, score)


def split_zone(mention: Mention, draft: Draft) -> Iterator[Mention]:
    """A zone named with the full name of its city is that zone, within that city.

    ``鄂州市葛店经开区`` is 葛店经开区 in 鄂州市; ``成都高新区`` is one name.
    """
    inner = [
        m
        for m in draft.within(mention.start, mention.end - 1)
        if m.type == mention.type and FULL.search(m.name) and len(m.name) > 2
    ]
    if not inner:
        yield _from_place(mention, draft)
        return
    last = max(inner, key=lambda m: m.end)
    rest = draft.text[last.end : mention.end]
    if len(rest) < 4 or rest[0] in "（(":
        yield mention
        return
    yield replace(
        mention.moved(last.end, mention.end, draft.text),
        also=(clean(draft.text[mention.start : mention.end]),),
    )


def _from_place(mention: Mention, draft: Draft) -> Mention:
    """A zone starts at the place it is named after: 选址合肥高新区 is 合肥高新区."""
    places = [
        m.start
        for m in draft.within(mention.start, mention.end)
        if m.type == mention.type and not m.weak and m.rule != mention.rule
    ]
    first = min(places, default=mention.start)
    lead = draft.text[mention.start : first]
    if len(clean(lead)) < 2 or set(lead) & set("（）()国"):  # 中国西安云湖产业园
        return mention
    return mention.moved(first, mention.end, draft.text)


def chain(mentions: Iterable[Mention], text: str, places: Places) -> list[Mention]:
    """Places written one right after the other: the last one is meant, the others hold it.

    Each is also named with those before it; all but the last take no part in claims. Two that
    the table of divisions keeps apart only stand side by side (甲市乙省商会).
    """
    ordered = sorted(mentions, key=lambda m: m.start)
    linked: list[Mention] = []
    first = 0
    for i, m in enumerate(ordered):
        before = ordered[i - 1] if i and ordered[i - 1].end == m.start else None
        held = before is not None and places.holds(before.name, m.name)
        if before is not None and held is not False and (held or before.subtype != "country"):
            linked[-1] = replace(linked[-1], inner=True)
            longer = tuple(
                clean(text[ordered[k].start : m.end])
                for k in range(first, i)
                if ordered[k].start < m.start
            )
            linked.append(replace(m, also=tuple(dict.fromkeys(m.also + longer))))
        else:
            first = i
            linked.append(m)
    return linked
