"""Names of places: divisions with a code, towns and villages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.heads.heads import Heads
from kg.extract.mentions.mention import Mention, clean, of_rule
from kg.extract.mentions.tokens import STOPS
from kg.ontology import Ontology, Rule
from kg.ontology.places import Places


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
            entry = self.safe.get(surface)
            self.safe[surface] = (safe or bool(entry and entry[0]), entry[1] if entry else level)
        self.forms = list(self.safe)
        self.automaton = aho.AhoCorasick(self.forms, matchkind=aho.MatchKind.LeftmostLongest)

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """The places of a text, each with its level as subtype."""
        towns = draft.lexicon.towns
        hits = [
            (self.forms[i], start, end)
            for i, start, end in self.automaton.find_matches_as_indexes(draft.text)
        ]
        full = {form for form, _, _ in hits if towns.full.search(form) and len(form) > 2}
        ends = {end: form for form, _, end in hits}
        located_starts = {
            start for form, start, end in hits if self._is_located(draft, ends, form, start, end)
        }
        located_forms = {form for form, start, _ in hits if start in located_starts}
        for form, start, end in hits:
            safe, level = self.safe[form]
            chained = (
                start in ends and len(form) > 2 and bool(towns.full.search(form))
            )  # 洛阳市|老城区
            if not (safe or chained or form in located_forms) and not any(
                f.startswith(form) and f != form for f in full
            ):
                continue
            # 云南|昆明 and 建湖|高新区, however the words are cut
            sure = (
                start in located_starts
                or end in located_starts
                or draft.text.startswith(towns.zones, end)
            )
            if not (sure or towns.full.search(form) or self._bounded(draft, start, end)):
                continue
            if towns.full.search(form) and len(form) == 2 and not self._bounded(draft, start, end):
                continue
            if form in towns.parts and start not in ends:
                continue
            if (len(form) == 2 or not towns.full.search(form)) and towns.works.match(
                draft.text, end
            ):
                continue
            bare = level == "region" and (len(form) <= 3 or form.endswith(towns.areas))
            vague = form == towns.home or level in ("area", "city") or bare
            yield Mention(
                start,
                end,
                self.type,
                form,
                self.rule.rule,
                level,
                self.rule.confidence,
                needs_claim=vague,
            )

    def _is_located(
        self, draft: ArticleDraft, ends: dict[int, str], form: str, start: int, end: int
    ) -> bool:
        """Whether a name stands right after a place that holds it, and ends as a word."""
        towns = draft.lexicon.towns
        # 甲省乙|人
        ended = towns.full.search(form) or draft.may_end(end) or draft.text[end] == towns.people
        if start not in ends or not ended:
            return False
        return bool(self.places.holds(ends[start], form))

    @staticmethod
    def _bounded(draft: ArticleDraft, start: int, end: int) -> bool:
        """Whether a short form stands as a word, not inside one (海南 in 上海南站)."""
        opens = start == 0 or draft.may_end(start)
        return opens and draft.may_end(end)


class LevelFinder:
    """Finds towns, streets and villages by their last character, after a place or a boundary."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule = type_, rule
        words = sorted(map(re.escape, rule.options["words"]), key=len, reverse=True)
        self.pattern = re.compile("|".join(words))
        self.heads = Heads.of(type_, rule, ontology.lexicon)
        self.generic = frozenset(rule.options.get("generic", ()))
        self.cut = re.compile("|".join(map(re.escape, rule.options.get("cut", ()))) or "(?!)")

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """Names such as 石家镇 and 关口村; the next one may begin where the last ended."""
        towns = draft.lexicon.towns
        last = -1
        for match in self.pattern.finditer(draft.text):
            head, end = match.span()
            begin = self._begin(draft, head, last)
            body = draft.text[begin:head]
            if not 1 <= len(body) <= int(self.rule.options.get("longest", 6)):
                continue
            if any(body == g or (len(g) > 1 and body.endswith(g)) for g in self.generic):
                continue
            if body.endswith(towns.higher):  # 甲街道|社区文化中心
                continue
            if towns.goes_lower.match(draft.text, end) or draft.lexicon.heads.counted.match(body):
                continue
            chained = self._chained(draft, begin, last, body)
            goes_on = towns.village_goes_on.match(draft.text, end) or (
                chained and towns.narrower.match(draft.text, end)
            )
            if not (draft.may_end(end) or goes_on):
                continue
            word = towns.rural.search(draft.text, head - 1, end)
            has_place = chained or (begin - 1 == last and draft.text[last] in towns.listing)
            if word and not (has_place and len(body) > 1 and word.group() in towns.hills):
                continue
            # 某区|将继续推进社区…, 当前全|镇
            doing = (len(body) > 3 and body[0] in towns.doing) or body[-1] in towns.every
            if doing or (len(body) < 2 and not chained) or towns.no_name.search(body):
                continue
            if not chained and not self._is_sure(draft, body, match.group()):
                continue
            last = end
            yield of_rule(self.rule, self.type, begin, end, clean(draft.text[begin:end]))

    @staticmethod
    def _chained(draft: ArticleDraft, begin: int, last: int, body: str) -> bool:
        """Whether a name stands right after a place that may hold it: no village holds one."""
        towns = draft.lexicon.towns
        if begin == last:
            return draft.text[last - 1] not in towns.holds_none
        if draft.text.endswith(towns.zones, 0, begin):
            return len(body) > 1
        before = draft.ends.get(begin)
        return before is not None and (len(body) > 1 or before.subtype != "country")

    def _begin(self, draft: ArticleDraft, head: int, last: int) -> int:
        towns = draft.lexicon.towns
        begin = self._earliest_begin(draft, head, last)
        begin = max(begin, draft.text.rfind(towns.with_, begin, head - 1) + 1)
        while begin < head and draft.text[begin] in towns.never_first:
            begin += 1
        for match in self.cut.finditer(draft.text, begin, head - 1):
            begin = match.end()  # 助推|云山镇, 友好社区|云溪街道
        zone = towns.zone.match(draft.text, begin, head - 1)
        return zone.end() if zone else begin

    def _earliest_begin(self, draft: ArticleDraft, head: int, last: int) -> int:
        """Where the name of a head can begin at the earliest: after a place, after a boundary."""
        towns = draft.lexicon.towns
        floor = draft.sentence_start(head)
        for position in range(head - 1, max(floor, head - 7), -1):
            before = draft.ends.get(position)
            if (
                before
                and draft.text[position:head] in towns.quarters
                and not towns.full.search(before.name)
            ):
                return before.start  # 云山|新村|街道: the bare name belongs to the quarter
            if position == last or (before is not None and before.type == self.type):
                return position
            if draft.text[position - 1] in STOPS:
                break
        return draft.boundary.left(head, max(floor, last), self.heads.limits)

    @staticmethod
    def _is_sure(draft: ArticleDraft, body: str, head: str) -> bool:
        """Without a place before it, a name of a village needs to be no common word."""
        if rjieba.has_word(body) and rjieba.tag(body)[0][1] in ("d", "c", "p", "r"):
            return False  # 实际上|街道
        if len(body) > 3 and any(t[0] == "v" and len(w) > 1 for w, t in rjieba.tag(body)):
            return False  # 主动清理|街道, 免费游茶|乡
        return len(body) >= 2 and head in draft.lexicon.towns.sure
