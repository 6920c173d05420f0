"""Find where a name begins: from its head noun to the left, until a word no name contains."""

from __future__ import annotations

from kg.extract.mentions.boundary_words import BoundaryWords
from kg.extract.mentions.name_grammar import NameLimits
from kg.extract.mentions.tokens import STOPS

BRACKETS = {")": "(", "）": "（"}
CLOSING = (*BRACKETS, "”", "’")
# 签约暨揭牌仪式: what stands before 暨 has this many characters at the least.
HALF = 2


class Boundary(BoundaryWords):
    """Finds where names begin in one text."""

    def left(self, head: int, floor: int, limits: NameLimits) -> int:
        """The start of the name whose head noun begins at ``head``, at ``floor`` at the least."""
        position = head
        while position > floor and head - position < limits.longest:
            sign = self.text[position - 1]
            opening = self._bracket_start(position, floor, limits) if sign in CLOSING else -1
            name_start = self._name_start(position, floor, limits)
            if opening >= 0 or name_start is not None:
                position = opening if name_start is None else name_start
                continue
            if sign in self.vocabulary.dashes and self._dash_joins(position):
                position -= 1
                continue
            if sign == self.vocabulary.both and limits.halves:
                first = self.left(self._half_start(position - 1, floor), floor, limits)
                return first if position - 1 - first >= HALF else position
            if sign in STOPS or (sign == "." and not self.text[position].isdigit()):
                break
            word = self.words.at(position - 1)
            start = max(word.start, floor)
            if cut := self._hidden_word_start(start, position):
                position = cut
                break
            # 暨创建: no verb here
            second = limits.halves and self.text[start - 1 : start] == self.vocabulary.both
            if not second and self.stops(start, position, word.tag, head, limits):
                break
            position = start
        return self._trim(position, head)

    def _half_start(self, position: int, floor: int) -> int:
        """Where the word before 暨 begins: it is no verb there (创建暨启动), unless a sign."""
        if position <= floor or self.text[position - 1] in STOPS:
            return position
        return max(self.words.at(position - 1).start, floor)

    def _name_start(self, position: int, floor: int, limits: NameLimits) -> int | None:
        """Where a name that ends right here begins: a place's characters are not looked into.

        Nor are those of a listed body that a body's name begins with (甲某合作组织|商学院).
        """
        name_start = self.ends_of.get(position)
        if name_start is None and (limits.names or limits.works):
            name_start = self.bodies.get(position)
        return name_start if name_start is not None and floor <= name_start < position else None

    def _hidden_word_start(self, start: int, position: int) -> int:
        """Where a word that the segmenter made up hides a function word (安是, 由市), else 0."""
        import rjieba

        piece = self.text[start:position]
        if (
            not 2 <= len(piece) <= 3
            or piece.startswith(self.vocabulary.coined_self)
            or rjieba.has_word(piece)
        ):
            return 0
        if piece[-1] in self.vocabulary.hidden:
            return position
        return start + 1 if piece[0] in self.vocabulary.hidden else 0

    def _dash_joins(self, position: int) -> bool:
        """Whether a dash or 至 joins two places in one name (中国—东盟, 甲市至乙县高速公路)."""
        after_place = position - 1 in self.ends_of
        return after_place and (
            self.text[position - 1] != self.vocabulary.to or position in self.begins
        )

    def _bracket_start(self, position: int, floor: int, limits: NameLimits) -> int:
        """Where a bracket or quotation that closes right here opens, if a name may hold it."""
        char, text = self.text[position - 1], self.text
        if char in BRACKETS:
            opening = text.rfind(BRACKETS[char], max(floor, position - 10), position)
            within = opening > floor and text[opening - 1] not in STOPS and position - opening > 2
            if within and not self.vocabulary.aside.search(text, opening, position):
                return opening
        beside = text[position : position + 1] in "“‘"  # “甲”“乙”项目: two names side by side
        if char in "”’" and limits.quotes and position not in self.begins and not beside:
            return text.rfind("“" if char == "”" else "‘", max(floor, position - 20), position)
        return -1

    def _trim(self, position: int, head: int) -> int:
        dated = self.vocabulary.dated.match(self.text, position, head)
        if dated:
            position = dated.end()
        while (
            position < head
            and position not in self.begins
            and self.text[position] in self.vocabulary.trimmed
        ):
            position += 1
        return position
