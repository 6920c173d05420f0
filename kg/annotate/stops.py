"""A word before a head noun in, whether the name to its right ends there out."""

from __future__ import annotations

import re

from kg.annotate.grammar import Reach
from kg.annotate.joined import CONJUNCTIONS, FAR, HOUSES, Joined
from kg.annotate.tokens import STOPS, common

# What bureaus that bring investors in are called: 甲区|招商投资促进局.
INVITES = re.compile("招商(?:引资|投资|合作|促进|服务)+(?:局|中心|办|集团|公司)")
DIGITS = frozenset("0123456789")
OPENS = frozenset("与和同及由对向在从到")  # may stand before a common noun for a body
# What somebody will do with what they found, and what may stand before it.
BEGINS, WILLING = frozenset({"合办", "合建", "兴办", "上马"}), frozenset("要将拟内")
SCHOOLS = ("学院", "研究院", "研究所", "实验室")  # what a university has
# Function words that coined names are made of, too.
INSIDE = set("从同和为来达将通以能可行有正本对及与到使")
# Those of them that a coined name may begin with after its place: 甲省|能投集团.
COINED = set("来达通以能可行有正")
GROUP = ("集团", "公司", "（集团", "(集团")
HAN = re.compile("[\u4e00-\u9fff]+")
# Before 新建, which is no verb in the name of what is built for one of these.
ANEW = (
    *("中学", "小学", "学校", "幼儿园", "医院", "大学", "学院", "校区", "院区"),
    *("公路", "大道", "道路", "线路", "铁路", "大桥", "隧道"),
    *("枢纽", "泵站", "水厂", "管网", "水库"),
)  # fmt: skip
# Verbs that stand in names of bodies, but before no brand: 指导|中心, 服务|有限公司.
SERVES = frozenset({"指导", "服务", "利用", "监督", "检查", "保障", "监管", "培训"})
USES = frozenset({"利用", "借力", "运用", "应用", "借助"})  # what a body does with another's work
# Heads of units that are named by what they do: 甲市委宣传部|促进阅读办公室.
UNITS = ("办公室", "专班", "工作组", "领导小组")
# What a verb of three characters ends in that nothing of a name follows: 打造出, 建设成.
DONE = frozenset("出成为到")
# A single character behind a verb of works, the site that it makes.
SITES = frozenset("区房楼园站厂场库渠井")
ABLE = re.compile("(?:降解|再生|循环|充电|编程|折叠|回收|食用|移动|重构|燃冰|调节)")
# Verbs that take a work, and in how many steps they do.
BUILDS = re.compile(
    "(?:建设|运营|开发|实施|投资)"
    "(?!项目|基金|公司|促进|管理|服务|集团|平台|示范|区|中心|发展|局|办|单位|者|方案|模式)"
)
PHASED = re.compile("分[一二三四五两\\d]?[期步批]$")
# Units that are told apart by a number.
NUMBERED = ("大队", "中队", "支队", "分队", "车间", "分局", "分厂", "院区", "校区")
PROPER = ("ns", "nr", "nrt", "nz")  # tags of names
VERB = 2  # characters of what a body does to another
SHORT = 4  # characters between a listed body and the head noun of its part
TOGETHER = frozenset({"合作", "协作", "合资", "联手", "合力"})
# In 甲区|规划|建设|某园; 甲区规划建设局 is called so.
PLANS, OFFICES = frozenset({"规划", "投资", "选址"}), frozenset("局委处办厅科部")
PARTIES = frozenset({"双方", "三方", "四方", "多方"})
SMART = re.compile("(?:智慧|智能|数字|(?:AI|人工智能|大数据|物联网)[\u4e00-\u9fff]{0,4})$")
GOES, LEVELS = "在来赴驻抵", "省市区县镇乡村"
REGION = re.compile("[东西华][北南东]|华中|中国|海外|国际|亚太")  # 甲有限公司|华东|公司
PROMOTES = "促进"  # 投资促进局, 贸易促进中心: what is promoted stands before
# What works better, behind the verb that says of what: 救治|能力提升工程; what one does to it.
ABILITIES = ("能力", "水平", "设施", "体系", "设备", "功能", "基础设施")
BETTERS = re.compile(
    "(?:提[升高]|拓展|增强|完善|优化|改善|加强|强化|补齐|健全|夯实|构建|建立|打造|建设|实施|推[进动]|加快"
    "|扩大|发挥|具备|形成|配套|新建|改造|更新|升级|引进|购置|采购|投资)"
)


class Stops(Joined):
    """Tells which words of one text no name goes on over."""

    def stops(self, start: int, position: int, tag: str, head: int, reach: Reach) -> bool:
        """Whether the word between two positions, tagged so, stands before the name, not in it."""
        piece, grammar = self.text[start:position], self.grammar
        known = self._by_reach(piece, start, position, head, reach)
        if known is not None:
            return known
        if piece in grammar.before_place and position in self.begins:
            return not self._trade_only(position, head)
        if piece in grammar.adjacent and not INVITES.match(self.text, start):
            unit = start in self.ends and self.text.startswith(UNITS, head)
            return position < head and not unit
        if piece in grammar.making:
            craft = self.text[start : position + len(piece)] in grammar.crafts
            if craft and (reach.works or reach.verbal):
                return False
            if reach.works and self.text.startswith(HOUSES, position):
                return False  # 研发总部及|某基地项目
            if self.text.startswith(PROMOTES, position) and position + 2 == head:
                return False  # 投资|促进局
            position = self._past_bracket(position)  # 投资|（某市）有限公司
            if self.text.startswith(GROUP, position):
                return False  # 甲某设计|集团: a group's own name
            if reach.loose and self._trade_only(position, head):
                return False  # 投资|发展有限公司: what follows cannot be a name by itself
            return head - position >= 2 and self._is_verb(start, head)
        if piece in grammar.inner or piece in grammar.cut:
            # 第三支队|一|大队: a number, not 一 by itself.
            unit = piece == "一" and self.text.startswith(NUMBERED, position)
            return self._serves(piece, start, position) if piece in grammar.inner else not unit
        shaped = self._shaped(piece, start, position, tag, reach)
        if shaped or self._told_of(piece, start, position, head, reach):
            return True
        doubtful = tag == "v" and position in self.begins and len(piece) > 1
        return doubtful or self._acts(piece, start, position, tag, head, reach)

    def _serves(self, piece: str, start: int, position: int) -> bool:
        """Whether a verb is done for or with the one whose name follows: 大家|指导|鸿某大学."""
        import rjieba

        if piece in USES and (self._body_ends(start) or self.text[start - 1 : start] in STOPS):
            return True  # 甲集团|利用|乙大学研发的系统
        whom = self.words.at(position).text
        coins = len(whom) > 1 and HAN.fullmatch(whom) and not rjieba.has_word(whom)
        return bool(start and piece in SERVES and coins)

    def _acts(
        self, piece: str, start: int, position: int, tag: str, head: int, reach: Reach
    ) -> bool:
        """Whether a word says what somebody does to whom the name to its right is of."""
        import rjieba

        verb, body = piece in self.grammar.verbs, self._body_ends(start)
        if verb and not reach.loose and not self._own(start, position, head, reach):
            return True
        word = body and tag == "v" and rjieba.has_word(piece) and piece not in self.grammar.works
        told = len(piece) == VERB and (verb or word)
        subject = told and (body or self._subject(start, position))
        # 市民点赞|宏图集团, 甲集团捐赠|乙研究院; but 飞机|维修|工程有限公司
        named = reach.loose or (body and reach.names)
        return subject and named and not self._trade_only(position, head)

    def _body_ends(self, position: int) -> bool:
        return position in self.bodies or self.text.endswith(self.grammar.makers, 0, position)

    def _subject(self, start: int, position: int) -> bool:
        """Whether but common words stand before a verb in its clause: 监管部门|约谈.

        Or but a place in full, if what the verb acts on is called by a name of its own.
        """
        import rjieba

        begin = start
        while begin and self.text[begin - 1] not in STOPS:
            begin -= 1
            if start - begin > FAR:
                return False
        words, whom = list(self.words.between(begin, start)), self.words.at(position)
        proper = whom.tag in PROPER or not rjieba.has_word(whom.text)
        place = bool(words) and words[-1].text[-1] in LEVELS and len(words[-1].text) > VERB
        return common(words) or (proper and place and all(w.tag in PROPER for w in words))

    def _past_bracket(self, position: int) -> int:
        """Where a bracket that opens right here is closed, else the same place."""
        closing = {"（": "）", "(": ")"}.get(self.text[position : position + 1])
        return self.text.find(closing, position) + 1 if closing else position

    def _shaped(self, piece: str, start: int, position: int, tag: str, reach: Reach) -> bool:
        """Whether a word ends a name to its right by its form, whichever word it is."""
        import rjieba

        grammar = self.grammar
        if piece[-1] == "于" and len(piece) > 1:
            return True  # 就读于, 得益于: what follows is where, no name goes on
        if len(piece) == 3 and piece[-1] in DONE and piece[:2] in grammar.doing:
            return True
        if tag == "nr" and self.text.endswith(self.grammar.dismissed, 0, start):
            return True  # 免去陈某|甲公司总经理职务
        if piece == "自":
            return True  # 截图|自|甲医院, 自|甲新区
        if piece in DONE and self.words.at(start - 1).text in grammar.doing:
            return True  # 研发|出|“甲某”平台
        if piece == "方" and self.words.at(start - 1).text in grammar.doing:
            return True  # 运营|方|甲公司: what the company is here
        if not DIGITS.isdisjoint(piece):
            return not reach.digits or self.text[position : position + 1] in "个大项家名余多"
        if tag in ("q", "m") and piece in "家个名" and self.text[start - 1 : start].isnumeric():
            return True
        counted = piece[0] not in "数几" or rjieba.has_word(piece)  # no name like 数元
        if tag == "m" and counted and len(piece) > 1 and piece[-1] in "个家项款批座条名位件元种":
            return True
        # 全面落实, 深入推进: one word to the segmenter
        return len(piece) == 4 and piece[2:] in grammar.cut and piece[:2] not in grammar.inner

    def _told_of(self, piece: str, start: int, position: int, head: int, reach: Reach) -> bool:
        """Whether a word says of what is before it what the name to its right is for it."""
        before = self.text[start - 1 : start]
        if piece == "系":  # 该公司|系|甲市某公司全资子公司
            return reach.loose or position in self.begins or before in STOPS
        if piece == "月经":  # 2月|经|甲局备案
            return before in DIGITS
        if piece == "现有":  # 甲联盟|现有|乙公司
            return reach.loose
        if piece in BEGINS:  # 双方还要|合办|甲研究院
            return start in self.ends or before in WILLING
        # 与|学校|机械学院; 办|一届|某大会
        school = piece == "学校" and self.text.startswith(SCHOOLS, head)
        return piece == "一届" or (school and (before in OPENS or before in STOPS))

    def _own(self, start: int, position: int, head: int, reach: Reach) -> bool:
        """Whether a verb stands in a name: 教育部|留学服务中心; 某路|崇敬公益联盟, which recurs.

        A noun and a verb right before a head noun are one thing: 亲子阅读|联盟.
        """
        if start in self.bodies and head - start <= SHORT:
            return self._trade_only(position, head)  # 教育部|留学|服务中心
        if reach.verbal and head - start == 2 and start:
            noun = self.words.at(start - 1)
            return noun.tag in ("n", "vn", "l") and len(noun.text) > 1 and start not in self.ends
        before = self.words.at(start - 1) if start else None
        if before is None or before.end != start or before.tag != "ns":
            return False
        return self.text.count(self.text[before.start : head + 2]) > 1

    def _by_reach(
        self, piece: str, start: int, position: int, head: int, reach: Reach
    ) -> bool | None:
        """What the rule itself says of a word: it stops the name, it does not, or nothing."""
        smart = reach.quotes and not reach.works and head - position <= SHORT and len(piece) > 1
        smart = smart and piece not in self.grammar.making and self._said_of(start)
        if smart and not any(position <= b < head for b in self.begins):
            return False  # 智慧|停车|平台: no verb there
        if reach.works and position + 2 < head and self.text.startswith("工程", position):
            # 水资源|配置|工程某段项目: a work that the head noun tells a part of.
            return piece in self.grammar.making or piece in self.grammar.cut
        if piece in reach.keep or piece in reach.cut:
            return piece not in reach.keep
        if reach.works and self._ability(piece, position, head):
            return False
        if reach.works and self._works(start, head):
            return False
        if piece == "可" and ABLE.match(self.text, position):
            return False  # 可|降解某材料: what the material is
        if piece == "正" and position not in self.begins:
            noun = self.words.at(position).tag[0] in "nm"
            return None if not noun else False  # 正|某产业园: no adverb before a noun
        if reach.loose and piece.endswith("有限公司") and self.text[head] not in "分支子":
            # 甲有限公司|供应芯片给乙有限公司
            return REGION.fullmatch(self.text, position, head) is None
        if reach.names and len(piece) == 1 and piece in INSIDE and self._odd(start):
            return False
        full = self.text[start - 1 : start] in LEVELS and len(self.words.at(position).text) > 1
        located = piece == "和" and reach.loose and start in self.ends_of and not full
        if located and position not in self.begins:
            return False  # 甲省和某电子: a coined name after its place
        if piece in CONJUNCTIONS and reach.joins:
            return not self._joined(start, position, head, reach)
        # 质量提升|及产业促进工程: a verb of works that is joined to another
        joined = reach.works and piece in self.grammar.works and head > position
        return False if joined and self.text[position] in CONJUNCTIONS else None

    def _ability(self, piece: str, position: int, head: int) -> bool:
        """Whether a verb says of what an ability is that a work betters: 救治|能力提升项目."""
        verb = len(piece) == 2 and BETTERS.match(piece) is None and piece not in self.grammar.cut
        return verb and position + 2 < head and self.text.startswith(ABILITIES, position)

    def _said_of(self, start: int) -> bool:
        """Whether what stands before a verb makes it part of a noun: 智慧|停车, AI影像|诊断."""
        return SMART.search(self.text, max(0, start - 6), start) is not None

    def _works(self, start: int, head: int) -> bool:
        """Whether a stretch up to the head noun holds nothing but verbs of works."""
        works, making = self.grammar.works, self.grammar.making
        words = list(self.words.between(start, head))
        if self.text[start:head] == "新建":
            return self.text.endswith(ANEW, 0, start)  # 甲中学|新建|项目, no verb there
        ends = bool(words) and words[-1].end == head
        if len(words) > 1 and words[-1].text in SITES:
            words.pop()  # 安置|区, 处理|厂
        return (
            ends
            and words[0].text in works
            and all(w.text in works or w.text in making for w in words)
        )

    def _odd(self, start: int) -> bool:
        """Whether a single character that is no common word stands right before."""
        before = self.words.at(start - 1) if start else None
        if start in self.ends_of and self.text[start] in COINED:
            return len(self.words.at(start + 1).text) == 1
        return (
            before is not None
            and len(before.text) == 1
            and before.text not in STOPS
            and before.text not in self.grammar.cut
            and not self.text[before.start - 1 : before.start].isdigit()  # 1日|从
            and start not in self.ends_of
            and start not in self.ends  # 农业农村局|与|澜江大学
        )

    def _is_verb(self, start: int, head: int) -> bool:
        """Whether a verb of making ends the name to its right: what stands before it tells."""
        if start == 0 or self.text[start - 1] in STOPS or start in self.ends:
            return True
        if start in self.ends_of:
            return True
        before = self.words.at(start - 1)
        if BUILDS.match(self.text, start) and (
            before.text in self.grammar.manner
            or self.text.endswith(self.grammar.makers, 0, start)
            or PHASED.search(self.text, max(0, start - 4), start)
        ):
            return True  # 高质量|建设, 云海有限公司|运营, 分两期|建设
        if before.text in self.grammar.making and before.start > 0:
            return self._is_verb(before.start, head)  # 建设运营: a verb if its first word is one
        sign = len(before.text) == 1 and before.text not in LEVELS
        if sign and self.text[before.start - 1] in GOES:
            return True  # 在渝|建设|甲项目: the sign of a place
        planned = before.text in PLANS and self.text[head] not in OFFICES
        if (before.text in TOGETHER or planned) and before.start:
            ahead = before.start in self.ends or before.start in self.ends_of
            if ahead or self.words.at(before.start - 1).text in PARTIES:
                return True  # 与甲市|合作|建设|乙项目, 三方|合作|建设|丙项目
        if before.text in self.grammar.cut or before.tag in ("m", "p", "d", "c", "r", "nr", "ns"):
            return True
        return before.tag == "v" and before.text not in self.grammar.inner

    def _trade_only(self, start: int, end: int) -> bool:
        """Whether a stretch holds nothing but words that any company may have in its name."""
        return self.grammar.trades.fullmatch(self.text, start, end) is not None
