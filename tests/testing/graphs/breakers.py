"""A graph of texts that break formats, each as everything that a text can be in a graph."""

from __future__ import annotations

from kg.base.records import Entity, Fact, Knowledge, Source, Value
from tests.testing.graphs.naughty import NAUGHTY, PAYLOADS

BASE = "https://w3id.org/zhengtu/id/"
# What ends a string, a cell, an element, a statement or a line somewhere, alone and in words.
_BREAKERS = (
    "\x00", "\ud800", "\udfff", "\udc80\udcff", "\ud83d", "\ufffe", "\uffff", "\U0001fffe",
    "\r", "\n", "\r\n", "\t", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028",
    "\u2029", "]]>", "<![CDATA[", "<!--", "-->", "<?xml?>", "<!DOCTYPE x [<!ENTITY e 'e'>]>&e;",
    "&#0;", "&amp;", "&", "<", ">", "'", '"', "''", '""', '"""', "'''", "\\", "\\\\", "\\'",
    '\\"', "\\u0041", "\\U0010ffff", "\\n", "\\x00", "`", "``", "';", "'}) DETACH DELETE n; //",
    "'}) RETURN 1 //", "$param", "{{", "}}", "{%", "%}", "${", "#{", "|", "\\|", "||", ",", ";",
    '","', '";"', "=", "+", "-", "@", "＝", "＋", "－", "＠", "=cmd|'/C calc'!A0", "@SUM(1+9)",
    "+1+1", "-1+1", "\t=1", "\r=1", "\n=1", " =1", "'=1", "''=1", "-1", "-1.5", "1e5", "+1",
    "0x10", "http://x/a b\"c<d>", "http://x/\\u0020", "<http://x/y>", "urn:x y", "_:b0",
    "@prefix x: <y> .", ". <a> <b> <c>", "^^<x>", '"@en', "@zh", "é", "e\u0301", "\u202e\u202d",
    "\u2066x\u2069", "\ufeff", "\ufeffx", "x\ufeff", "\U000f0000", "\U0010ffff", "NA", "nan",
    "None", "null",
)  # fmt: skip
_WITHIN = tuple(f"云澜{part}公司{part}" for part in _BREAKERS)
HOSTILE = tuple(dict.fromkeys([*_BREAKERS, *_WITHIN, *NAUGHTY, *PAYLOADS]))


def hostile() -> Knowledge:
    """Each text as a name, another name, a subtype, a value, a quotation, a rule, a trigger, a
    status and a document's name, title and publisher."""
    sources, entities, facts = [], [], []
    for i, text in enumerate(HOSTILE):
        said = Source(
            f"{BASE}document/{i:020}",
            f"{i:020}",
            (f"{text}.txt",),
            f"前{text}后",
            "text/plain",
            title=text,
            publisher=text,
        )
        aliases = (f"{text}|\\甲",)
        firm = Entity(f"{BASE}organisation/{i:016}", "Organisation", text, text, aliases, 1)
        plan = Entity(f"{BASE}project/{i:016}", "Project", f"{text}项目", mentions=1)
        more = (said.id, 1, 1 + len(text), text, text, 0.9, text, text)
        value = Value(text, "string", text, text)
        facts += [
            Fact(f"{BASE}claim/{i:019}a", firm.id, "signs", plan.id, None, *more),
            Fact(f"{BASE}claim/{i:019}b", firm.id, "target", "", value, *more),
        ]
        entities += [firm, plan]
        sources.append(said)
    return Knowledge(
        tuple(sources),
        tuple(sorted(entities, key=lambda e: e.id)),
        tuple(sorted(facts, key=lambda f: f.id)),
    )
