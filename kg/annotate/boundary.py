"""A head noun in, the start of its name out: to the left, until a word no name contains."""

from __future__ import annotations

import re

from kg.annotate.grammar import Reach
from kg.annotate.stops import HAN, Stops
from kg.annotate.tokens import STOPS

BRACKETS = {")": "(", "）": "（"}
CLOSING, DASHES = (*BRACKETS, "”", "’"), "—-－至"
# What a bracket inside a name never holds: 甲公司（以下简称乙）, 8月3日（甲某 乙某）, 甲某（女）.
ASIDE = re.compile("[称： \u3000]|记者|通讯员|[（(](?:[男女]|[\u4e00-\u9fff]{1,4}族)[，、）)]")
# 某社北京8月8日电（…）, 本报讯（…）: who reports stands in the brackets.
WIRED = re.compile("(?:[日讯]|日电|社[^，。；\\n]{2,6}电)$")
# A day before a name tells when, and is no part of it: 7月28日|某某工程开工.
DATED = re.compile(r"(?:自|从|于)?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:上午|下午|晚)?")
# When something was, right before the place that a body is of: 第三季度|甲区委.
WHEN = re.compile("(?:季度|半年|[年月][初底末]|会[后前]|期间|同期)$")
# Function words that a segmenter's made-up word may hide.
BY, WITH = "由", "同和跟"
HIDDEN = set("是由据被在的了把让于为给向自以与从")
SELF = ("自贸", "自创", "自研", "自建", "自营")  # 自贸片区, 自研平台: no dictionary has them
# 甲区—乙某有限公司: a dash between the parties of a signing, no part of a name.
SEATS = frozenset("市区县旗州盟")
FIRM = re.compile("[^，。；、：—\n]{3,24}?(?:公司|集团)")
# 签约暨揭牌仪式: what stands before 暨 has this many characters at the least.
HALF = 2
WHERE = STOPS | set("在与和由是对为向从到以")  # what no verb with 好 behind it ends in
# Words of grammar that a segmenter makes one word of with a name: 代表团|去华某|研究院; the others
# begin names as well, unless something of the clause stands before them: 大家|同正某|大学.
LED, LED_WITHIN = frozenset("去请陪除赴到被据让把往"), frozenset("经同随将对")
NO_LEAD = ("对标", "对接", "对口", "对外", "对台", "经开", "到位", "除尘", "除湿")
SIGNS = ("签约", "签下")  # one word to a segmenter with what follows: 签约国|电某某公司
NAMED = ("同志", "）", "年", "月")  # stand before 任: a person who is given a post, or when
# Function words that end or stand within a brand as well: 梦之云|科技|有限公司, 云为|科技|有限公司.
WITHIN_BRAND = re.compile("[为以自在之的向]")
LEGAL_FORM = ("有限公司", "有限责任公司", "股份有限公司")
BRAND = 3  # characters of such a brand, at the most


class Boundary(Stops):
    """Finds where names begin in one text."""

    def left(self, head: int, floor: int, reach: Reach) -> int:
        """The start of the name whose head noun begins at ``head``, at ``floor`` at the least."""
        position = self._past_brand(head, floor) if reach.loose else head
        while position > floor and head - position < reach.longest:
            sign = self.text[position - 1]
            opening = self._bracket(position, floor, reach) if sign in CLOSING else -1
            if opening >= 0:
                position = opening
                continue
            if position in self.ends_of or position in self.bodies:
                place = self._known(position, floor, reach)
                if place is not None:
                    position = place
                    continue
            if position in self.begins and not reach.digits and self._timed(position):
                break
            if sign in DASHES and self._dash(position):
                position -= 1
                continue
            if sign == "暨" and reach.halves:
                first = self.left(self._before_half(position - 1, floor), floor, reach)
                return first if position - 1 - first >= HALF else position
            if sign in STOPS or (sign in ".×" and self._point(position)):
                break
            word = self.words.at(position - 1)
            start = max(word.start, floor)
            cut = self._hidden(start, position)
            if cut == position:
                break
            if cut:
                position = cut
                break
            second = reach.halves and self.text[start - 1 : start] == "暨"  # 暨创建: no verb here
            if not second and self.stops(start, position, word.tag, head, reach):
                break
            position = start
        return self._trim(position, head)

    def _timed(self, position: int) -> bool:
        """Whether a time stands right before the place that a body's name begins with."""
        return WHEN.search(self.text, max(0, position - 4), position) is not None

    def _past_brand(self, head: int, floor: int) -> int:
        """The start of a brand that holds a function word, behind a sign or its place, or ``head``.

        A firm's legal form and trades tell that it is one: 甲市|云之|网络科技|有限公司.
        """
        text = self.text
        if not text.startswith(LEGAL_FORM, head):
            return head
        trade = self._trades(head, floor)
        for start in range(trade - 2, max(floor, trade - BRAND) - 1, -1):
            placed = start in self.ends_of or text[start - 1 : start] in SEATS
            opened = start == floor or text[start - 1] in STOPS
            if (placed or opened) and self._brand(start, trade, placed):
                return start
        return head

    def _trades(self, head: int, floor: int) -> int:
        """Where the trades right before a firm's legal form begin."""
        position, trades = head, self.grammar.industry
        while self.text.endswith(trades, floor, position):
            position -= next(len(i) for i in trades if self.text.endswith(i, floor, position))
        return position

    def _brand(self, start: int, end: int, placed: bool) -> bool:
        """Whether a stretch is a brand with a function word in it, and no words of the clause."""
        import rjieba

        core = self.text[start:end]
        within = WITHIN_BRAND.search(core, 1)
        if within is None or not HAN.fullmatch(core) or start in self.begins:
            return False
        before = core[: within.start()]
        clause = len(before) > 1 and rjieba.has_word(before)  # 企业为|智能科技有限公司
        return not clause and (placed or not rjieba.has_word(core))

    def _before_half(self, position: int, floor: int) -> int:
        """Where the word before 暨 begins: it is no verb there (创建暨启动), unless a sign."""
        if position <= floor or self.text[position - 1] in STOPS:
            return position
        return max(self.words.at(position - 1).start, floor)

    def _known(self, position: int, floor: int, reach: Reach) -> int | None:
        """Where a name that ends right here begins: a place's characters are not looked into.

        Nor are those of a listed body that a body's name begins with (甲某合作组织|商学院).
        """
        known = self.ends_of.get(position)
        body = self.bodies.get(position)
        if (
            body is not None
            and known is None
            and (reach.names or reach.works or self.text[body - 1] in "—－-")
        ):
            known = body
        return known if known is not None and floor <= known < position else None

    def _hidden(self, start: int, position: int) -> int:
        """Where a word that the segmenter made up hides a function word (安是, 由市), else 0."""
        import rjieba

        piece = self.text[start:position]
        made_up = len(piece) >= 2 and not rjieba.has_word(piece)
        if made_up and len(piece) > 3 and piece[0] == BY:
            return start + 1  # 由江澜智造|集团: one word to a segmenter
        if made_up and len(piece) > 3 and piece[:2] in self.grammar.cut:
            return start + 2  # 包括云海|科技有限公司
        if made_up and piece[0] in WITH and self.text.endswith(self.grammar.makers, 0, start):
            return start + 1  # 甲公司|同云湖|集团
        if made_up and piece[0] == "任" and self.text.endswith(NAMED, 0, start):
            return start + 1  # 甲同志|任云澜|集团
        if not made_up or len(piece) > 3 or piece.startswith(SELF):
            return 0
        if piece[-1] in HIDDEN:
            return position
        within = start > 0 and self.text[start - 1] not in STOPS
        led = piece[0] in LED or (within and piece[0] in LED_WITHIN)
        if led and len(piece) == 3 and not piece.startswith(NO_LEAD):
            return start + 1
        return start + 1 if piece[0] in HIDDEN else 0

    def _dash(self, position: int) -> bool:
        """Whether a dash or 至 joins two places in one name (中国—东盟, 甲市至乙县高速公路)."""
        text = self.text
        if text[position - 1] == "至":
            return position - 1 in self.ends_of and position in self.begins
        return (
            text[position - 1] in "—-－"
            and text[position - 2 : position - 1] not in "—-－\n"
            and text[position : position + 1] not in "—-－"
            and position - 1 in self.ends_of
            and not (text[position - 2] in SEATS and FIRM.match(text, position))
        )

    def _point(self, position: int) -> bool:
        """Whether a full point right before is no decimal point: 1.西安… is the first of a list.

        A cross between no numbers is what closes a window (×), and no part of a name either.
        """
        text = self.text
        number = text[position : position + 1].isdigit()
        times = number and text[position - 2 : position - 1].isdigit()
        return (text[position - 1] == "." and not number) or (
            text[position - 1] == "×" and not times
        )

    def _bracket(self, position: int, floor: int, reach: Reach) -> int:
        """Where a bracket or quotation that closes right here opens, if a name may hold it."""
        char, text = self.text[position - 1], self.text
        if char in BRACKETS:
            opening = text.rfind(BRACKETS[char], max(floor, position - 10), position)
            aside = ASIDE.search(text, opening, position) or WIRED.search(
                text[max(0, opening - 10) : opening]
            )
            if (
                opening > floor
                and text[opening - 1] not in STOPS
                and position - opening > 2
                and not aside
            ):
                return opening
        beside = text[position : position + 1] in "“‘"  # “甲”“乙”项目: two names side by side
        if char in "”’" and reach.quotes and position not in self.begins and not beside:
            return text.rfind("“" if char == "”" else "‘", max(floor, position - 20), position)
        return -1

    def _trim(self, position: int, head: int) -> int:
        if self.text.startswith(SIGNS, position) and head - position > len(SIGNS[0]):
            position += len(SIGNS[0])
        dated = DATED.match(self.text, position, head)
        if dated:
            position = dated.end()
        if self.text[position] == "好" and self.text[position - 1] in WHERE:
            return position  # 在|好云朵集团; but 建|好|云澜集团
        while (
            position < head
            and position not in self.begins
            and self.text[position] in ")）、·与和及的之是为在了由被从向对将好个起仅继其.:：—- 　"
        ):
            position += 1
        return position
