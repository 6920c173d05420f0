"""Names of companies without a legal form: 星桥智联, 黔数科技, found by what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mentions.article_draft import ArticleDraft
from kg.extract.mentions.mention import Mention
from kg.extract.mentions.tokens import Word
from kg.extract.search import GuardedPattern
from kg.ontology import Ontology, Rule

# What a dictionary of 60 million counts for a word still rare: 启明 26, 深蓝 50, 商业 6,280.
RARE = 100
SHORT, LONG = 2, 10  # characters of such a name; the shortest must come again
# What a name is where a context says <name>, and where it says <brand>.
NAMES = {
    "<name>": r"(?P<name>[\u4e00-\u9fff]{3,10}?)",
    "<brand>": r"(?P<name>[\u4e00-\u9fff]{2,10}?)",
}


class TradeFinder:
    """Finds trade names by their place in the sentence, and lets what is common words go."""

    def __init__(self, type_: str, rule: Rule, ontology: Ontology) -> None:
        self.type, self.rule, self.lexicon = type_, rule, ontology.lexicon
        trade = self.lexicon.trade
        self.industry = sorted(self.lexicon.grammar.industry, key=len, reverse=True)
        # What stands behind a name is looked for first: it is rare, and a name costs time.
        self.patterns = [_context(c) for c in trade.contexts]
        self.never = trade.never
        self.sectors = trade.sectors
        self.brands = trade.brands
        self.abroad = trade.abroad
        self.kinds = trade.kinds
        self.company = re.compile(f".*(?:{trade.company})")
        # Right behind its place: 甲市|云某|软件.
        trades = "|".join(sorted(trade.placed, key=len, reverse=True))
        self.placed = re.compile(
            rf"(?P<core>{trade.core}{{2,3}})"
            rf"(?:{trades})(?={trade.behind})"
        )

    def find(self, draft: ArticleDraft) -> Iterator[Mention]:
        """Trade names of a text; a name found once is looked up everywhere by a later step."""
        seen: set[tuple[int, int]] = set()
        others = {
            m.name for m in draft.found if m.type != self.type and m.type not in draft.place_classes
        }
        for behind, sought in self.patterns:
            if not (sought.may_match(draft.text) and behind.search(draft.text)):
                continue
            name = "coined" if "coined" in sought.pattern.groupindex else "name"
            for match in sought.pattern.finditer(draft.text):
                if name == "coined" and not self._coined(match["core"], match["coined"]):
                    continue
                begin, end = match.span(name)
                at = _past_partner(draft, begin, end)
                lead = self.company.match(draft.text[at:end])
                start = at + lead.end() if lead and lead.end() < end - at else at
                if (start, end) in seen or draft.text[start:end] in others:
                    continue  # 同周一鸣|共同揭牌: a person of the text
                if self._is_name(draft, start, end):
                    seen.add((start, end))
                    yield self._mention(draft, start, end)
        for start, end in self._placed(draft):
            if (start, end) not in seen:
                yield self._mention(draft, start, end)

    def _placed(self, draft: ArticleDraft) -> Iterator[tuple[int, int]]:
        """Where a coined word and a trade stand right behind the place they are of."""
        for place in draft.found:
            if place.type not in draft.place_classes or not draft.may_end(place.end):
                continue
            found = self.placed.match(draft.text, place.end)
            if found is None or place.end in draft.begins:
                continue  # 甲市|乙区智造: another place
            told = draft.text[
                found.end() : found.end() + 1
            ] in draft.lexicon.trade.goes_on and _word(found["core"])
            if told or not self._coined(found["core"], found.group()):
                continue
            if self._is_name(draft, place.start, found.end()):
                yield place.start, found.end()

    def _mention(self, draft: ArticleDraft, start: int, end: int) -> Mention:
        return Mention(
            start,
            end,
            self.type,
            draft.text[start:end],
            self.rule.rule,
            str(self.rule.options.get("subtype", "")),
            self.rule.confidence,
            other_names=_abroad(draft, start, end),
        )

    def _is_name(self, draft: ArticleDraft, start: int, end: int) -> bool:
        trade = draft.lexicon.trade
        name = draft.text[start:end]
        if (
            not name  # 由土耳其和|联合: only a partner stands before the verb
            or name[0] in trade.never_first
            or name[-1] in trade.never_last
        ):
            return False
        if self.never.search(name) or of_fields(draft, end):
            return False
        short = len(name) == SHORT and self._again(draft, name)
        if not (short or SHORT < len(name) <= LONG) or any(
            m.start < end
            and start < m.end
            and not (m.start == start and m.end < end - 1 and m.type in draft.place_classes)
            and not (m.end == end and m.start > start + 1 and name.endswith(self.abroad))
            for m in draft.found
        ):
            return False
        pieces = [draft.words.at(start)]
        while pieces[-1].end < end:
            pieces.append(draft.words.at(pieces[-1].end))
        if name.endswith(self.kinds) and not name.endswith(tuple(self.industry)):
            return False
        led = draft.text[start - 1 : start] in trade.leads
        if (pieces[0].start != start and not led) or not self._ends(draft, name, pieces[-1], end):
            return False
        if pieces[-1].tag in ("t", "f", "d") and len(pieces[-1].text) > 1:
            return False
        if any(
            p.text in draft.grammar.cut
            or (
                p.tag == "v"
                and len(p.text) > 1
                and p.text not in draft.grammar.inner
                and _known(p)
                and not self._coined(p.text, name)
            )
            for p in pieces
        ):
            return False
        core = next(
            (name[: -len(i)] for i in self.industry if name.endswith(i) and len(i) < len(name)), ""
        )
        whole = draft.ends.get(start + len(core))
        full = len(core) > 2 and core[-1] in trade.levels  # no 柳州|糖业
        if full and whole is not None and whole.type in draft.place_classes:
            return False  # 甲区|科技|创新能力: no company has but a place in full before its trade
        if core:
            return self._coined(core, name) or self._novel(draft, start, start + len(core))
        place = next(
            (
                m.end
                for m in draft.found
                if m.start == start and m.type in draft.place_classes and m.end < end
            ),
            start,
        )
        return 2 <= end - place <= 5 and self._novel(draft, place, end)

    @staticmethod
    def _again(draft: ArticleDraft, name: str) -> bool:
        """Whether two characters that make no word stand together again in the text: 恩音."""
        import rjieba

        apart = not rjieba.has_word(name) and all(len(p) == 1 for p in rjieba.cut(name, False))
        return apart and draft.text.count(name) > 1

    def _ends(self, draft: ArticleDraft, name: str, last: Word, end: int) -> bool:
        """Whether a word ends with the name, be its rest a verb: 云澜|科技开发|了某系统."""
        rest = draft.text[end : last.end]
        return not rest or (name.endswith(self.brands) and rest in draft.grammar.making)

    def _coined(self, core: str, name: str) -> bool:
        """Whether the core of a name is no everyday word: 益某堂|股份, 启明|医药, not 智能|家居."""
        import rjieba

        if rjieba.has_word(core):
            return name.endswith(self.brands) and core not in self.sectors and _rare(core)
        return all(len(piece) == 1 for piece in rjieba.cut(core, False))

    @staticmethod
    def _novel(draft: ArticleDraft, start: int, end: int) -> bool:
        """Whether a stretch is more than common words: a place, or what no dictionary has."""
        import rjieba

        if end - start < 1:
            return False
        if any(
            m.start == start and m.end <= end and m.type in draft.place_classes for m in draft.found
        ):
            return True
        pieces = list(draft.words.between(start, end))
        if any(p.tag in ("r", "c", "p", "u") for p in pieces):
            return False
        if any(p.tag in ("ns", "nr", "nz", "nrt") and p.end <= end for p in pieces):
            return True
        known = rjieba.cut(draft.text[start:end], False)
        return any(len(piece) == 1 for piece in known)


def _context(context: str) -> tuple[re.Pattern[str], GuardedPattern]:
    """The expressions for what stands behind a name in a context, and for all of it."""
    sign = next((s for s in NAMES if s in context), "<name>")
    return re.compile(context.partition(sign)[2]), GuardedPattern(
        context.replace(sign, NAMES[sign])
    )


def _known(word: Word) -> bool:
    """Whether a dictionary has a word: the tag of one that the segmenter made up says nothing."""
    import rjieba

    return bool(rjieba.has_word(word.text))


def _word(core: str) -> bool:
    """Whether a stretch holds any word of the dictionary, not only characters."""
    import rjieba

    return any(len(piece) > 1 for piece in rjieba.cut(core, False))


def _rare(word: str) -> bool:
    """Whether a dictionary has a word that hardly anybody writes: 启明, not 智能."""
    import rjieba

    return bool(rjieba.suggest_freq(word) < RARE)


def _abroad(draft: ArticleDraft, start: int, end: int) -> tuple[str, ...]:
    """A foreign brand without the country that it is of: 云某兰 of 新西兰云某兰."""
    country = draft.begins.get(start)
    foreign = (
        country is not None
        and country.subtype == "country"
        and country.name != draft.lexicon.trade.home
    )
    long = country is not None and end - country.end > 2
    return (draft.text[country.end : end],) if country and foreign and long else ()


def _past_partner(draft: ArticleDraft, start: int, end: int) -> int:
    """Past a known name and the word that joins it: 甲新区|与|乙某机器人."""
    known = draft.begins.get(start)
    joined = (
        known is not None and known.end < end and draft.text[known.end] in draft.lexicon.trade.joins
    )
    return known.end + 1 if known is not None and joined else start


def of_fields(draft: ArticleDraft, end: int) -> bool:
    """Whether what ends here stands in a list of fields of work, not of bodies."""
    return draft.lexicon.trade.fields.match(draft.text, end) is not None
