"""Why something that a language model says is dropped, in the words of the report."""

from __future__ import annotations

# In Chinese and English, in the order of the report.
REASONS = {
    "unreadable": ("回答中没有JSON", "answers without JSON"),
    "malformed": ("格式不符", "entries of another form"),
    "repeated": ("重复", "said again"),
    "excessive": ("过多", "more than can be meant"),
    "class": ("类不在本体中，或仲裁器不认识", "names of a class that nobody weighs"),
    "absent": ("名称不在原文中", "names that the text has not, letter by letter"),
    "relation": ("关系不在本体中", "claims of a relation that was not asked for"),
    "quotation": ("引文不在原文中", "quotations that the text has not, letter by letter"),
    "ends": ("引文不含主语或宾语", "quotations without both ends of their claim"),
    "range": ("违反定义域或值域", "claims against domain or range"),
    "refused": ("主语或宾语未被采纳为名称", "claims of names that do not stand"),
    "value": ("值读不出金额或日期", "values that are no amount or date"),
    "apart": ("主语与宾语相距太远", "claims whose ends stand too far apart"),
    "denied": ("原文否定", "claims that the text denies"),
}
