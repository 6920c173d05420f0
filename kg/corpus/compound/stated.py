"""Tell whether a text states a post in one phrase, or only leaves it to be inferred.

Person, title and body are one phrase where nothing parts them but more titles of the same person,
names of others in one row, or a verb of office: 甲局副局长乙某, 甲局党组书记、局长乙某,
乙某任甲局局长, 甲局乙某主任. Where another clause, a verb or somebody else stands between, most
posts are true all the same, but not all: such a post is doubtful.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from kg.corpus.compound.annotated_source import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.corpus.compound.annotated_source import AnnotatedSource, Place, PostMention
    from kg.corpus.compound.stated_words import StatedWords

# Characters from a name to a title or a body of it, at most.
REACH = 400
# Characters before a body that may lead to its people, and that may part it from a name.
BEFORE, LISTED = 8, 24
# So many bodies before a short name may be what it is short for.
NAMED = 500
# Characters between a title and a name at most.
LONGEST = 80
# What joins the parts of a foreign name, and what may stand around a name.
DOTS, QUOTES = frozenset("·•・"), " \t\u3000“”‘’\"'"


class StatedPosts:
    """What one document states of one person.

    Args:
        iri: The person.
        titles: Where titles of the person stand.
        document: The document.
        words: What may stand between the parts of a post.
    """

    def __init__(
        self, iri: str, titles: Iterable[Place], document: AnnotatedSource, words: StatedWords
    ) -> None:
        self.iri, self.document, self.text = iri, document, document.text
        self.titles, self.own = sorted(titles), document.of.get(iri, [])
        self.words = words

    def states(self, mention: PostMention) -> bool:
        """Whether person, title and body of a post stand in one phrase."""
        title, body = self._printed(mention), mention.at
        if title == NOWHERE or not mention.words:
            return any(
                self._untitled(at, name)
                for at in self.document.of.get(mention.body, ())
                if mention.quote[0] <= at[0] and at[1] <= mention.quote[1]
                for name in self._names(at)
            )
        if any(self._others(*title)):
            return False
        if not mention.body:
            return any(self._titled(title, name) for name in self._names(title))
        if self.document.grammar.no_titles.fullmatch(mention.words) or self._analysed(mention):
            return False
        if body == NOWHERE or self._open(mention) or not self._together(body, title):
            return self._between(body, title)
        if self.document.grammar.kind(mention.body) == "place" and self._side(body):
            return False
        return any(self._whole(title, body, name) for name in self._names(body))

    def _printed(self, mention: PostMention) -> Place:
        """Where a title stands with its unit: 甲所|乡村发展室主任."""
        (start, end), words = mention.title, mention.words
        begin = end - len(words)
        whole = 0 <= begin < start and self.text.startswith(words, begin)
        return (begin if whole else start), end

    def _names(self, near: Place) -> Iterator[Place]:
        """Where the person is named near a place, up to the end of its sentence.

        No part of a longer name (甲·|乙某), nor one that says whose somebody is (乙某之子), nor
        one in a list of names with what they are of behind them (乙某 甲局局长丙某 丁局处长).
        """
        end = min(self.document.sentence(near[0])[1], near[1] + REACH)
        low, high = bisect_left(self.own, (near[0] - REACH, 0)), bisect_left(self.own, (end, 0))
        for start, stop in self.own[low:high]:
            part = self.text[start - 1 : start] in DOTS
            kin = self.document.grammar.kin.match(self.text, stop)
            if not part and not kin and not self._heads_row((start, stop)):
                yield start, stop

    def _heads_row(self, name: Place) -> bool:
        """Whether a body stands behind a name and white space alone."""
        low = name[1]
        return any(
            at[0] > low and not self.text[low : at[0]].strip(QUOTES)
            for at in self._bodies(low, low + BEFORE)
        )

    def _open(self, mention: PostMention) -> bool:
        """Whether it is open what the name of a body is of: behind 甲市委 and 乙市委, 市委."""
        start, end = mention.at
        words = "".join(self.text[start:end].split())
        bare = self.words.bare.fullmatch(words) is not None
        led = self.words.led.fullmatch(words) is not None
        if not bare and not led and not self.words.short.fullmatch(words):
            return False
        bodies = self.document.bodies
        behind = bisect_left(bodies, mention.at)
        before = reversed(bodies[max(0, behind - NAMED) : behind])
        if (whole := next((at for at in before if self._ends(at, words)), None)) is not None:
            return self.document.at[whole] != mention.body
        named = self.document.of[mention.body]
        if led and any(self.text[slice(*at)] != self.text[start:end] for at in named):
            return not any(self._ends(at, words) for at in named)
        return bare and any(self._ends(at, words) for at in named)

    def _analysed(self, mention: PostMention) -> bool:
        """Whether a body is rather what somebody writes about than where he works: 甲牌|分析师."""
        if not self.words.analyses.fullmatch(mention.words) or mention.at == NOWHERE:
            return False
        name = self.text[slice(*mention.at)]
        trade = self.document.grammar.titles.trade_bodies
        return not (trade.search(name) or self.words.latin.search(name))

    def _ends(self, body: Place, words: str) -> bool:
        """Whether some words end a longer name of a body."""
        return body[1] - body[0] > len(words) and self.text[slice(*body)].endswith(words)

    def _whole(self, title: Place, body: Place, name: Place) -> bool:
        """Whether a name stands right before or behind a body with its title."""
        if self._of_another(body):
            return False
        end = max(title[1], body[1])
        return self._before(title, name, body[0]) or self._behind((body[0], end), name)

    def _side(self, place: Place) -> bool:
        """Whether a place is but a part of a word: 亲|甲国|总统."""
        return self.words.sides.search(self.text, max(0, place[0] - 1), place[0]) is not None

    def _titled(self, title: Place, name: Place) -> bool:
        """Whether a name stands right before or behind a title that is of no body."""
        if self._before(title, name, title[0]):
            return True
        match = self.words.is_a.fullmatch(self.text, name[1], title[0])
        return match is not None and self._behind(title, name)

    def _between(self, body: Place, title: Place) -> bool:
        """Whether a name alone stands between a body and a title: 甲校|乙某|教授."""
        at = (body[1], title[0])
        return body != NOWHERE and at in self.own and not self._of_another(body)

    def _together(self, body: Place, title: Place) -> bool:
        """Whether nothing stands between a body and a title but titles of the person."""
        if title[0] < body[1]:
            return body[0] <= title[0]
        words = self._masked(body[1], title[0], _within(self.titles, body[1], title[0]))
        of_committee = words.strip(QUOTES) and self.words.committees.search(self.text[slice(*body)])
        if of_committee and not self.words.seats.fullmatch(self.text[slice(*title)]):
            return False  # 甲站党支部副书记、|副站长
        return self.words.before_title.fullmatch(words) is not None

    def _before(self, title: Place, name: Place, start: int) -> bool:
        """Whether nothing stands between a title and a name but titles, or names in one row.

        Args:
            title: Where the title stands.
            name: Where the person is named.
            start: Where the title or its body begins; nobody else's name may lead to it.
        """
        low, high = title[1], name[0]
        if not low <= high <= low + LONGEST:
            return False
        if low < high and self._is_owned(start, self.text[low:high]):
            return False
        if others := list(self._others(low, high)):
            row = self.words.row.fullmatch(self._masked(low, high, others))
            return row is not None and not self.words.single.search(self.text[slice(*title)])
        words, patterns = self._known_masked(low, high), self.words
        if patterns.press.search(self.text, low, high):
            return False
        if patterns.given.fullmatch(words):
            return patterns.takes.match(self.text, name[1]) is not None
        if patterns.holding.fullmatch(words):
            begin = self.document.sentence(title[0])[0]
            return patterns.holds.search(self.text, begin, start) is not None
        return patterns.before_name.fullmatch(words) is not None

    def _is_owned(self, start: int, gap: str) -> bool:
        """Whether somebody else's name leads to what begins at a place, before the next name."""
        alone = self.words.gap.fullmatch(gap) is not None
        return any(
            self.words.owned.fullmatch(words) or (alone and self.words.aside.fullmatch(words))
            for words in self._from_others(start)
        )

    def _behind(self, whole: Place, name: Place) -> bool:
        """Whether a name leads to what stands behind it, and that to no other name."""
        low, high = name[1], whole[0]
        if low > high or self._announces(whole[1]):
            return False
        if any(self._others(low, high)) or any(self._others(whole[1], whole[1] + 1)):
            return False
        if self.words.towards.fullmatch(self.text, low, high):
            return False
        serves = self.words.serves.fullmatch(self.text, low, high)
        if serves and not self.words.closes.match(self.text, whole[1]):
            return False
        broken = [hit.end() for hit in self.words.breaks.finditer(self.text, low, high)]
        return not broken or self.words.office.fullmatch(self.text, broken[-1], high) is not None

    def _announces(self, end: int) -> bool:
        """Whether a title that ends at a place leads on to somebody else: 主任：乙某."""
        announced = self.words.announced.match(self.text, end)
        return announced is not None and any(self._others(announced.end(), announced.end() + 1))

    def _untitled(self, body: Place, name: Place) -> bool:
        """Whether a body stands right before a name, or the name is said to be of it."""
        if name[1] <= body[0]:
            match = self.words.from_.fullmatch(self.text, name[1], body[0])
            return bool(match and self.words.at.match(self.text, body[1]))
        if not self.words.of.fullmatch(self.text, body[1], name[0]) or self._of_another(body):
            return False
        if self.words.cited.search(self.text, max(0, body[0] - BEFORE), body[0]):
            return False
        if self.words.signs.match(self.text, name[1]):
            return False
        if (row := self.words.next_row.match(self.text, name[1])) and any(
            at[0] == row.end() for at in self._bodies(row.end(), row.end() + 1)
        ):
            return False
        if self.words.linked.fullmatch(self.text, body[1], name[0]):
            low = max(0, body[0] - BEFORE)
            return self.words.whence.search(self.text, low, body[0]) is not None
        return body[1] < name[0] or not self.words.latin.search(self.text, *body)

    def _of_another(self, body: Place) -> bool:
        """Whether a body stands right behind somebody's name, whose it may be: 丙某 甲局|乙某.

        Places and other bodies may stand before it.
        """
        return any(not words.strip(QUOTES) for words in self._from_others(body[0]))

    def _from_others(self, start: int) -> Iterator[str]:
        """What parts the names of others from what begins at a place, without names of bodies."""
        document, low = self.document, start - LISTED
        between = [*_within(document.bodies, low, start), *_within(document.places, low, start)]
        for at in self._others(low, start):
            yield self._masked(at[1], start, between).replace("·", "")

    def _others(self, low: int, high: int) -> Iterator[Place]:
        """Where others are named in a stretch."""
        people = self.document.people
        first, last = (bisect_left(people, ((at, 0), "")) for at in (low, high))
        yield from (at for at, iri in people[first:last] if iri != self.iri)

    def _bodies(self, low: int, high: int) -> Sequence[Place]:
        """Where bodies are named in a stretch."""
        return _within(self.document.bodies, low, high)

    def _known_masked(self, low: int, high: int) -> str:
        """The words of a stretch, with titles of the person and names of bodies as ``·``."""
        titles = _within(self.titles, low, high)
        return self._masked(low, high, (*titles, *self._bodies(low, high)))

    def _masked(self, low: int, high: int, places: Iterable[Place]) -> str:
        """The words of a stretch, with some of them as ``·``."""
        letters = list(self.text[low:high])
        for start, end in places:
            if low <= start and end <= high:
                letters[start - low : end - low] = "·" * (end - start)
        return "".join(letters)


def _within(places: Sequence[Place], low: int, high: int) -> Sequence[Place]:
    """Those of some places, in order, that begin in a stretch."""
    return places[bisect_left(places, (low, 0)) : bisect_left(places, (high, 0))]
