"""Write a report as a page: tables of what was read, skipped, found and doubted.

It is in Chinese and English, has nothing outside it, and is the same for the same documents.
"""

from __future__ import annotations

import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.extract.model.llm.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.ontology import Ontology, Text
    from kg.publish.derived.disputed import Disputed
    from kg.run.file_summary import DocumentRow
    from kg.run.report.record import Report
    from kg.store.rdf.validate import Violation


def speakable(text: str) -> str:
    """A text that UTF-8 can carry: a file name may hold a lone surrogate."""
    return text.encode("utf-8", "replace").decode("utf-8")


def page(report: Report, ontology: Ontology) -> str:
    """The text of ``report.html``."""
    folder = files("kg.publish.page").joinpath("templates")
    slots = {
        "style": folder.joinpath("report.css").read_text(encoding="utf-8"),
        "totals": "".join(_total(*pair) for pair in _totals(report)),
        "counted": _counted(report),
        "troubles": "".join(_troubles(report)),
        "groups": "".join(_groups(report, ontology)),
        "precision": _trusted(report, ontology),
        "llm": _language_model(report),
        "contradictions": _disputed(report, ontology),
        "reprints": _reprinted(report),
        "documents": "".join(map(_document, report.documents)),
        "others": _others(report),
        "version": escape(report.version),
        "ontology": escape(report.ontology),
    }
    template = folder.joinpath("report.html").read_text(encoding="utf-8")
    return speakable(re.sub(r"\{\{(\w+)\}\}", lambda slot: slots[slot[1]], template))


def _totals(report: Report) -> list[tuple[str, str, int]]:
    total = report.counts["total"]
    return [
        ("文档", "documents", total["documents"]),
        ("实体", "entities", total["entities"]),
        ("事实", "facts", total["facts"]),
        ("跳过", "skipped", len(report.skipped)),
        ("不合形状", "violations", len(report.violations)),
    ]


def _counted(report: Report) -> str:
    """Why the pages of the graph show other numbers of the same things."""
    total = report.counts["total"]
    if "bylines" not in total:
        return ""
    read, also, without = total["entities"], total["background entities"], total["bylines"]
    drawn = read + also - without
    return (
        f'<p class="counted">实体和事实按文档所说计数，每处说法一条。图谱页为 {drawn} 个实体：'
        f"另画 {also} 个只见于参考数据的地点，不画 {without} 位只署名的记者、编辑等；"
        "两端与关系都相同的事实在那里合为一条关系。 "
        "<i>Entities and facts are counted as documents tell them, a fact for each place that "
        f"says it. The page of the graph has {drawn} entities: {also} places of reference data "
        f"more, without {without} who but signed articles; facts of the same relation between "
        "the same two are one relation there.</i></p>\n"
    )


def _total(zh: str, en: str, count: int) -> str:
    return f"<li><b>{count}</b><span>{zh}</span><i>{en}</i></li>\n"


def _troubles(report: Report) -> list[str]:
    """Tables of what went wrong; a heading alone would only worry the reader."""
    tables = (
        ("跳过的文件", "Skipped files", ((s.name, s.reason) for s in report.skipped)),
        ("提醒", "Warnings", ((w.name, w.reason) for w in report.warnings)),
        ("不合形状的事实", "Violations of the shapes",
         ((v.name or v.node, broken(v)) for v in report.violations)),
        *report.corrections.rows(),
        ("说明", "Notes", (("", note) for note in report.notes)),
    )  # fmt: skip
    parts = []
    for zh, en, rows in tables:
        lines = [
            f"<tr><td>{_shown(name)}</td><td>{_shown(reason)}</td></tr>\n" for name, reason in rows
        ]
        if lines:
            parts.append(f"<h2>{zh} <i>{en}</i></h2>\n{_table(lines)}")
    return parts


def broken(violation: Violation) -> str:
    """What breaks a shape, in one line: the message, the value and the shape."""
    return f"{violation.message} {violation.value} [{violation.shape}]"


def _groups(report: Report, ontology: Ontology) -> list[str]:
    groups: tuple[tuple[str, str, str, Mapping[str, Any]], ...] = (
        ("classes", "类", "Classes", ontology.classes),
        ("relations", "关系", "Relations", ontology.relations),
        ("attributes", "属性", "Attributes", ontology.attributes),
        ("statuses", "状态", "Statuses", ontology.statuses),
    )
    parts = []
    for key, zh, en, pages in groups:
        counts = report.counts[key]
        most = max([*counts.values(), 1])
        rows = "".join(
            _bar(pages[name].label, count, count / most, getattr(pages[name], "colour", ""))
            for name, count in counts.items()
        )
        parts.append(f"<section><h2>{zh} <i>{en}</i></h2>\n{_table([rows])}</section>\n")
    return parts


def _trusted(report: Report, ontology: Ontology) -> str:
    """A table of relations and attributes: how sure their claims are, and what was measured."""
    pages: dict[str, Any] = {**ontology.relations, **ontology.attributes}
    rows = []
    for one in report.precision:
        label, (zh, en) = pages[one.predicate].label, one.summary()
        rows.append(
            f"<tr><td>{escape(label['zh'])} <i>{escape(label['en'])}</i></td>"
            f'<td class="number">{one.facts}</td><td class="number">{one.confidence:.2f}</td>'
            f'<td class="number">{zh} <i>{en}</i></td></tr>\n'
        )
    return _TRUSTED + _table([_TRUSTED_HEAD, *rows], "trusted") if rows else ""


_TRUSTED = "<h2>可信度 <i>How far relations and attributes can be trusted</i></h2>\n"
_TRUSTED_HEAD = (
    '<tr><th></th><th class="number">事实 <i>claims</i></th>'
    '<th class="number">平均置信度 <i>mean confidence</i></th>'
    '<th class="number">在未用于训练的文章上正确的同类事实 '
    "<i>of such claims right on articles that nobody trained on</i></th></tr>\n"
)


def _language_model(report: Report) -> str:
    """A table of what a language model proposed, and what of it was dropped, and why."""
    llm = report.llm
    if not llm:
        return ""
    rows = [(*labels, llm[name]) for name, labels in _LLM_LABELS.items() if llm[name]]
    rows += [(f"弃用：{zh}", f"dropped: {en}", llm["dropped"][reason])
             for reason, (zh, en) in REASONS.items() if reason in llm["dropped"]]  # fmt: skip
    rows += [(f"失败：{why}", "failed", count) for why, count in llm["failures"].items()]
    lines = [
        f'<tr><td>{_shown(zh)} <i>{escape(en)}</i></td><td class="number">{count}</td></tr>\n'
        for zh, en, count in rows
    ]
    heading = f"<h2>语言模型 {escape(llm['model'])} <i>Language model</i></h2>\n"
    return heading + _table(lines, "trusted")


_LLM_LABELS = {
    "passages": ("段落", "passages"),
    "answers": ("回答", "answers"),
    "unanswered": ("没有回答的段落", "passages without an answer"),
    "cut": ("中断的回答", "answers that break off"),
    "names": ("提出的名称", "names that it proposed"),
    "claims": ("提出的事实", "claims that it proposed"),
    "facts": ("图中只由它提出的事实", "claims of the graph that nobody else proposed"),
}


def _disputed(report: Report, ontology: Ontology) -> str:
    """A table of the contradictions: each side with every sentence that says so."""
    pages: dict[str, Any] = {**ontology.relations, **ontology.attributes}
    rows = []
    for one in report.contradictions:
        label = pages[one.predicate].label if one.predicate in pages else {}
        what = f"{label.get('zh', one.predicate)} {label.get('en', '')} {one.object}".strip()
        sides = "".join(
            f"<p><b>{_shown(_side(one, side.said, ontology))}</b></p>"
            + "".join(
                f"<p>“{_shown(c.quote)}” <i>{_shown(c.document)} {c.start}–{c.end}</i></p>"
                for c in side.claims
            )
            for side in one.sides
        )
        rows.append(
            f"<tr><td>{_shown(one.name)}<br><i>{_shown(what)}</i></td><td>{sides}</td></tr>\n"
        )
    head = "<h2>互相矛盾的说法 <i>Contradictions: the documents say both</i></h2>\n"
    return head + _table(rows) if rows else ""


def _side(one: Disputed, statement: str, ontology: Ontology) -> str:
    status = ontology.statuses.get(statement) if one.kind == "status" else None
    return f"{status.label['zh']} {status.label['en']}" if status else statement


def _reprinted(report: Report) -> str:
    """A table of the reprints: each group a row, its places below each other."""
    rows = [
        f"<tr><td>{'<br>'.join(_shown(place.document) for place in group)}</td>"
        f"<td>{'<br>'.join(_shown(place.title) for place in group)}</td></tr>\n"
        for group in report.reprints
    ]
    if not rows:
        return ""
    head = "<h2>转载 <i>Reprints: each group counts as one source</i></h2>\n"
    return head + _table(rows)


def _others(report: Report) -> str:
    """A table of the files that lay beside the documents, by kind."""
    rows = [
        f'<tr><td>{_shown(kind)}</td><td class="number">{count}</td></tr>\n'
        for kind, count in report.others.items()
    ]
    head = "<h2>其他文件，未读 <i>Files of other kinds, not read</i></h2>\n"
    return head + _table(rows) if rows else ""


def _table(lines: Sequence[str], kind: str = "") -> str:
    attribute = f' class="{kind}"' if kind else ""
    return f'<div class="scroll"><table{attribute}>\n{"".join(lines)}</table></div>\n'


def _bar(label: Text, count: int, share: float, colour: str) -> str:
    style = f"width:{share:.0%}" + (f";background:{colour}" if colour else "")
    return (
        f"<tr><td>{escape(label['zh'])} <i>{escape(label['en'])}</i></td>"
        f'<td class="number">{count}</td><td class="bar"><span style="{style}"></span></td></tr>\n'
    )


# What the report calls the media types of the readers (Parts.media).
_SHORT = {
    "text/plain": "txt",
    "text/markdown": "md",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/msword": "doc",
    "application/rtf": "rtf",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "text/csv": "csv",
    "application/ofd": "ofd",
    "message/rfc822": "eml",
    "multipart/related": "mhtml",
}


def _document(row: DocumentRow) -> str:
    cells = "".join(
        f'<td class="number">{n}</td>'
        for n in (row.characters, row.articles, row.entities, row.claims)
    )
    # A name such as application/vnd.openxmlformats-… would fill a narrow page.
    kind = escape(f"{_SHORT.get(row.media, row.media)} · {row.encoding}")
    return f"<tr><td>{_shown(row.name)}</td><td>{kind}</td>{cells}</tr>\n"


def _shown(text: str) -> str:
    """Text as HTML, with the characters that would steer the page or hide made visible."""
    return escape(re.sub(r"[\x00-\x1f\x7f]", "\u2423", text))
