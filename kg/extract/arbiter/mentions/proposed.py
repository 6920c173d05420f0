"""Gather every span that rules or the network propose as a name, with its features.

A stretch is one proposal whoever proposes it: outer quotation marks aside, two proposals of one
stretch and class are the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.extract.arbiter.linear import UNIT, buckets
from kg.extract.arbiter.mentions.spans import is_balanced, trimmed
from kg.extract.mentions.mention import Mention
from kg.extract.model.tags import Margins, TaggedSpan, candidate_spans, choose_spans, margins

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.extract.arbiter.memory import Memory
    from kg.extract.mentions.article_draft import ArticleDraft
    from kg.extract.model.weights import Array

# Margins of the network, in units of log-odds, between which they are told apart.
EDGES = [int(edge * UNIT) for edge in (-12, -8, -5, -3, -1.5, -0.5, 0, 0.5, 1.5, 3, 5, 8)]
NOTHING = Margins(-99 * UNIT, -99 * UNIT, -99 * UNIT, -99 * UNIT)
# Margins of stretches within other names, which are rarer.
INNER = -3 * UNIT
INNER_CHOSEN = -2 * UNIT
MOST = 20  # longer names count as this long
OFTEN = 4
STOPS = frozenset("，。；：！？")  # a name holds none of them, unless it is a title


class NetworkNames:
    """What the network says of an article: margins of its two layers of names."""

    def __init__(self, outer: Array, inner: Array) -> None:
        self.outer = candidate_spans(margins(outer))
        self.inner = candidate_spans(margins(inner), INNER, INNER)
        self.chosen = frozenset(choose_spans(self.outer))
        self.nested = frozenset(choose_spans(self.inner)) - self.chosen

    def proposed(self) -> Iterator[TaggedSpan]:
        """The stretches that it proposes."""
        yield from self.outer
        yield from (one for one, sure in self.inner.items() if sure.least > INNER_CHOSEN)


class Proposals:
    """All that is proposed for the names of one article, and the features of each.

    Args:
        draft: The article, with what every rule found in it.
        standing: The mentions that the rules by themselves would let stand.
        scored: What the network says.
        classes: The classes that the network knows, in the order of its numbers.
        short_name_classes: The classes whose names may have one character (渝, 粤).
        memory: What is remembered of names.
    """

    def __init__(
        self,
        draft: ArticleDraft,
        standing: Sequence[Mention],
        scored: NetworkNames,
        classes: Sequence[str],
        short_name_classes: Collection[str],
        memory: Memory,
    ) -> None:
        self.draft, self.text, self.scored = draft, draft.text, scored
        self.classes, self.short_name_classes, self.memory = classes, short_name_classes, memory
        numbers = {name: i for i, name in enumerate(classes)}
        self.rules: dict[TaggedSpan, list[Mention]] = defaultdict(list)
        self.standing: dict[TaggedSpan, Mention] = {}
        for m in draft.mentions:
            if not m.reference and m.type in numbers and (at := trimmed(self.text, m.start, m.end)):
                self.rules[TaggedSpan(*at, numbers[m.type])].append(m)
        for m in standing:
            if not m.reference and m.type in numbers and (at := trimmed(self.text, m.start, m.end)):
                self.standing[TaggedSpan(*at, numbers[m.type])] = m
        self.by_llm = self._llm_spans(numbers)
        candidates = (one for one in (*scored.proposed(), *self.by_llm) if self._may_name(one))
        self.all = sorted({*candidates, *self.rules, *self.standing})
        outer = sorted(one for one, m in self.standing.items() if not m.nested)
        self.beside = OverlapIndex(len(self.text), sorted(scored.chosen), classes)
        self.ruled = OverlapIndex(len(self.text), outer, classes)
        self.network_counts = self._counted({*scored.chosen, *scored.nested})
        self.standing_counts = self._counted(self.standing)
        self.valued = sorted(value.start for value in draft.values)

    def _llm_spans(self, numbers: Mapping[str, int]) -> set[TaggedSpan]:
        """The stretches that a language model proposes."""
        names = self.draft.llm_proposals.names if self.draft.llm_proposals else ()
        places = ((m, trimmed(self.text, m.start, m.end)) for m in names if m.type in numbers)
        return {TaggedSpan(*at, numbers[m.type]) for m, at in places if at}

    def _may_name(self, one: TaggedSpan) -> bool:
        """Whether a stretch of the network may be a name: one character is none but of a place."""
        short = one.end - one.start == 1 and self.classes[one.number] not in self.short_name_classes
        return not short and is_balanced(self.text, one.start, one.end)

    def _counted(self, spans: Iterable[TaggedSpan]) -> Counter[tuple[str, int]]:
        return Counter((self.text[span.start : span.end], span.number) for span in spans)

    def features(self, one: TaggedSpan) -> tuple[str, ...]:
        """What holds of a proposal."""
        kind = self.classes[one.number]
        net, rule = self._by_network(one), self._by_rules(one)
        sure = self.scored.outer.get(one, NOTHING)
        least = buckets(sure.least, EDGES)
        within = buckets(self.scored.inner.get(one, NOTHING).least, EDGES)
        over, ruled = self.beside.of(one), self.ruled.of(one)
        name = self.text[one.start : one.end]
        times = max(1, self.text.count(name))
        network_share = min(OFTEN - 1, self.network_counts[name, one.number] * OFTEN // times)
        rules_share = min(OFTEN - 1, self.standing_counts[name, one.number] * OFTEN // times)
        words, rules = self.draft.words, self.proposers(one)
        word = f"{int(words.begins(one.start))}{int(words.ends(one.end))}"
        return (
            f"{kind} least {least}",
            f"least {least}",
            f"first {buckets(sure.first, EDGES)}",
            f"last {buckets(sure.last, EDGES)}",
            f"mean {buckets(sure.mean, EDGES)}",
            f"within {within}",
            f"{kind} within {within // 2}",
            f"times {min(times, OFTEN)}",
            f"said {network_share} net {net}",
            f"told {rules_share}",
            f"{kind} said {network_share}",
            f"{kind} net {net} rules {rule}",
            f"net {net} rules {rule} least {least // 2}",
            f"network over {over}",
            f"rules over {ruled}",
            f"{kind} rules over {ruled}",
            f"rules over {ruled} net {net}",
            f"{kind} network over {over} rules {rule}",
            f"{kind} length {min(len(name), MOST)}",
            f"word {word} net {net}",
            f"{kind} tail {name[-2:]}",
            f"{kind} next {self.text[one.end : one.end + 1]}",
            f"{kind} before {self.text[max(0, one.start - 1) : one.start]}",
            *self.memory.features(name, one.number, kind, net),
            *self._content_features(one, kind),
            *[f"rule {name}" for name in rules],
            *[f"rule {name} net {net}" for name in rules],
            *self._by_model(one, kind),
        )

    def _by_model(self, one: TaggedSpan, kind: str) -> tuple[str, ...]:
        """Whether a language model proposes a stretch; nothing where none takes part."""
        if self.draft.llm_proposals is None:
            return ()
        answer = "yes" if one in self.by_llm else "no"
        return f"llm {answer}", f"{kind} llm {answer}"

    def _content_features(self, one: TaggedSpan, kind: str) -> Iterator[str]:
        """What lies within a stretch: a sum, a sign between clauses, a verb of doing."""
        name = self.text[one.start : one.end]
        if bisect_left(self.valued, one.start) < bisect_left(self.valued, one.end):
            yield f"{kind} holds value"
        if not STOPS.isdisjoint(name):
            yield f"{kind} holds stop"
        words = self.draft.words.between(one.start, one.end)
        if verbs := {word.text for word in words if word.tag == "v" and word.start > one.start}:
            yield f"{kind} holds verb"
            yield from (f"holds {verb}" for verb in sorted(verbs))

    def proposers(self, one: TaggedSpan) -> list[str]:
        """The rules that propose a stretch."""
        rules = {m.rule for m in self.rules.get(one, ())}
        if one in self.standing:
            rules.add(self.standing[one].rule)
        return sorted(rules)

    def _by_network(self, one: TaggedSpan) -> str:
        """Whether the network would choose a stretch by itself: as a name, an inner one, not."""
        if one in self.scored.chosen:
            return "yes"
        return "inner" if one in self.scored.nested else "no"

    def _by_rules(self, one: TaggedSpan) -> str:
        """Whether the rules by themselves would let a stretch stand, and how."""
        m = self.standing.get(one)
        if m is None:
            return "proposed" if one in self.rules else "no"
        return ("weak" if m.needs_claim else "yes") + (" inner" if m.nested else "")


class OverlapIndex:
    """Which of some names, none over another, a stretch lies over.

    Args:
        length: Of the text.
        names: The names.
        classes: The classes, in the order of their numbers.
    """

    def __init__(self, length: int, names: Sequence[TaggedSpan], classes: Sequence[str]) -> None:
        self.names, self.classes = names, classes
        self.at = [-1] * length
        for i, name in enumerate(names):
            self.at[name.start : name.end] = [i] * (name.end - name.start)

    def of(self, one: TaggedSpan) -> str:
        """How a stretch lies to the names that it shares characters with.

        >>> names = [TaggedSpan(0, 4, 0), TaggedSpan(6, 9, 1)]
        >>> OverlapIndex(10, names, ["A", "B"]).of(TaggedSpan(1, 4, 0))
        'in'
        >>> OverlapIndex(10, names, ["A", "B"]).of(TaggedSpan(3, 9, 0))
        'across+around B'
        """
        overlapping = set(self.at[one.start : one.end]) - {-1}
        return "+".join(sorted({self._lies(one, self.names[i]) for i in overlapping})) or "none"

    def _lies(self, one: TaggedSpan, name: TaggedSpan) -> str:
        if name.start == one.start and name.end == one.end:
            how = "same"
        elif name.start <= one.start and one.end <= name.end:
            how = "in"
        elif one.start <= name.start and name.end <= one.end:
            how = "around"
        else:
            return "across"
        return how if name.number == one.number else f"{how} {self.classes[name.number]}"
