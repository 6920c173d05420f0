"""What came of a run in, its report out: ``report.json`` for programs, ``report.html`` to read.

Only ``report.json`` holds times: ``report.html`` is the same for the same documents.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.base.money import money
from kg.base.records import Skipped
from kg.base.spool import place
from kg.corpus.compound.deals import parts_of
from kg.corpus.compound.unlikely import unlikely
from kg.corpus.confidence import left_out_told
from kg.corpus.reports import Reported
from kg.extract.arbiter.measured import measured
from kg.publish.derived.disputed import (
    Disputed,
    Reprint,
    disputed,
    disputed_again,
    plain,
    reprints_told,
)
from kg.review.account import Account
from kg.run.precision import Precision, precisions
from kg.run.summary import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.base.records import Fact, Knowledge
    from kg.ontology import Ontology, Text
    from kg.run.summary import Came
    from kg.store.rdf.validate import Violation


@dataclass(frozen=True)
class Report:
    """What was read, what was skipped and why, and what the graph holds.

    ``others`` counts by kind what lay beside the documents and was not to be read. ``timings``
    are seconds: of the parts of the run, and of each document. ``known`` counts the documents
    that an earlier run had read; ``unchanged`` says that the graph was there already, made of
    just these sources. Neither is written. ``reprints`` are the articles that stand in several
    documents, each with its places: they count once as a source of a fact. ``contradictions``
    are what documents say of one thing in several ways. ``precision`` tells of each relation and
    attribute how far its claims can be trusted, ``left_out`` how many claims are not in the graph
    as their confidence is below ``min_confidence``.
    """

    version: str
    ontology: str
    documents: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[Skipped, ...]
    violations: tuple[Violation, ...]
    counts: Mapping[str, Mapping[str, int]]
    others: Mapping[str, int] = field(default_factory=dict)
    corrections: Account = field(default_factory=Account)
    notes: tuple[str, ...] = ()
    reprints: tuple[tuple[Reprint, ...], ...] = ()
    contradictions: tuple[Disputed, ...] = ()
    precision: tuple[Precision, ...] = ()
    min_confidence: float = 0.0
    left_out: int = 0
    timings: Mapping[str, Any] = field(default_factory=dict)
    known: int = 0
    unchanged: bool = False

    @property
    def complete(self) -> bool:
        """Whether every document was read, and every line of the corrections."""
        return not (self.skipped or self.corrections.unreadable)

    @property
    def troubles(self) -> dict[str, list[list[str]]]:
        """What a reader of the graph must know, in pairs of what and why."""
        found = {
            "skipped": [[s.name, s.reason] for s in self.skipped],
            "warnings": [
                *([w.name, w.reason] for w in self.warnings),
                *([what, why] for _, _, rows in self.corrections.rows() for what, why in rows),
            ],
            "violations": [[v.name or v.node, _broken(v)] for v in self.violations],
            "notes": [["", note] for note in self.notes],
        }
        return {kind: rows for kind, rows in found.items() if rows}

    def timed(self, laps: Mapping[str, float], found: Sequence[Came]) -> Report:
        """The same report with its times, in seconds."""
        parts = {name: round(seconds, 3) for name, seconds in laps.items()}
        documents = {o.name: round(o.seconds, 3) for o in found}
        return replace(self, timings={**parts, "documents": documents})

    def without(self, left_out: int, least: float) -> Report:
        """The same report of a graph that some claims were not sure enough for."""
        found = replace(self, min_confidence=float(least), left_out=left_out)
        return found.noting(left_out_told(left_out, least))

    def noting(self, notes: Iterable[str]) -> Report:
        """The same report with further notes."""
        return replace(self, notes=(*self.notes, *notes))

    def json(self) -> str:
        """The report for programs."""
        whole = {
            "version": self.version,
            "ontology": self.ontology,
            "counts": self.counts,
            "documents": [_plain(row) for row in self.documents],
            "skipped": [_plain(s) for s in self.skipped],
            "others": self.others,
            "warnings": [_plain(w) for w in self.warnings],
            "violations": [_plain(v) for v in self.violations],
            "corrections": self.corrections.plain(),
            "notes": list(self.notes),
            "reprints": [[plain(place) for place in group] for group in self.reprints],
            "contradictions": [plain(one) for one in self.contradictions],
            "precision": [_plain(one) for one in self.precision],
            "min_confidence": self.min_confidence,
            "left_out": self.left_out,
            "timings": self.timings,
        }
        return _speakable(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Report:
        """The report that ``write`` left in a folder."""
        from kg.store.rdf.validate import Violation

        whole = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        rows = {
            "documents": Row, "skipped": Skipped, "warnings": Skipped, "violations": Violation,
            "precision": Precision,
        }  # fmt: skip
        for name, kind in rows.items():
            whole[name] = tuple(kind(**row) for row in whole.get(name, ()))
        groups = whole.get("reprints", ())
        whole["reprints"] = tuple(tuple(Reprint(**place) for place in group) for group in groups)
        whole["contradictions"] = tuple(map(disputed_again, whole.get("contradictions", ())))
        corrections = Account.read(whole["corrections"])
        return cls(**{**whole, "notes": tuple(whole["notes"]), "corrections": corrections})

    def html(self, ontology: Ontology) -> str:
        """The report to read, in Chinese and English, one page with nothing outside it."""
        return _page(self, ontology)

    def write(self, folder: Path, ontology: Ontology) -> None:
        """Write ``report.json`` and ``report.html``."""
        (folder / "report.json").write_text(self.json(), encoding="utf-8", newline="\n")
        (folder / "report.html").write_text(self.html(ontology), encoding="utf-8", newline="\n")


def report(
    found: Sequence[Came],
    knowledge: Knowledge,
    ontology: Ontology,
    violations: Iterable[Violation] = (),
) -> Report:
    """Count what came of a run."""
    from kg import __version__

    rows = tuple(came.row for came in found if came.row)
    return Report(
        version=__version__,
        ontology=ontology.version,
        documents=rows,
        skipped=tuple(Skipped(o.name, o.problem) for o in found if o.problem),
        warnings=tuple(_warnings(found)),
        violations=tuple(violations),
        counts=_counts(knowledge, ontology),
        notes=(*knowledge.notes, *_unlikely(knowledge, ontology)),
        reprints=tuple(reprints_told(knowledge)),
        contradictions=tuple(disputed(knowledge, ontology)),
        precision=precisions(_said(knowledge), ontology, measured()),
        known=sum(came.known for came in found),
    )


def _warnings(found: Sequence[Came]) -> list[Skipped]:
    """What was read all the same, but not as it should be."""
    warnings, first = [], dict[str, str]()
    for came in found:
        row = came.row
        if row is None:
            continue
        if came.lost:
            warnings.append(Skipped(came.name, came.lost))
        if row.id in first:
            same = f"has the same text as {first[row.id]}; both count as one document"
            warnings.append(Skipped(came.name, same))
        first.setdefault(row.id, row.name)
        warnings += [Skipped(came.name, note) for note in came.notes]
    return warnings


def _counts(knowledge: Knowledge, ontology: Ontology) -> dict[str, dict[str, int]]:
    entities, classes = Counter[str](), Counter[str]()
    for entity in knowledge.entities:
        if entity.mentions:
            classes[entity.type] += 1
        entities.update(mentions=entity.mentions, merges=len(entity.merges))
    predicates, statuses = Counter[str](), Counter[str]()
    for fact in _said(knowledge):
        predicates[fact.predicate] += 1
        statuses[fact.status] += 1
    counts = Reported(knowledge).counts(_said(knowledge), place(knowledge.facts))
    things, facts = sum(classes.values()), sum(predicates.values())
    return {
        "total": {
            "documents": len(knowledge.sources),
            "entities": things,
            "facts": facts,
            "mentions": entities["mentions"],
            "merges": entities["merges"],
            "background entities": len(knowledge.entities) - things,
            "background facts": len(knowledge.facts) - facts,
            "corroborated facts": sum(count.articles > 1 for _, count in counts),
            "articles in several places": len(knowledge.reprints),
        },
        "classes": {name: classes[name] for name in ontology.classes},
        "relations": {name: predicates[name] for name in ontology.relations},
        "attributes": {name: predicates[name] for name in ontology.attributes},
        "statuses": {name: statuses[name] for name in ontology.statuses},
    }


def _said(knowledge: Knowledge) -> Iterator[Fact]:
    return (fact for fact in knowledge.facts if fact.quote)


def _plain(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _unlikely(knowledge: Knowledge, ontology: Ontology) -> Iterator[str]:
    """Notes on the sums that are hard to believe: with the things that they are said of."""
    found = unlikely(knowledge, ontology)
    about = {one.deal for one in found}
    parts = {deal.id: parts_of(deal)[:1] for deal in knowledge.deals if deal.id in about}
    wanted = {iri for things in parts.values() for iri in things}
    names = {e.id: e.name for e in knowledge.entities if e.id in wanted} if wanted else {}
    for one in found:
        what = ", ".join(names.get(iri, iri) for iri in parts[one.deal])
        said = f"{money(one.amount.value)} ({one.amount.kind})"
        yield f"{what}: {said} is hard to believe, 99 of 100 are below {money(str(one.most))}"


def _speakable(text: str) -> str:
    """A text that UTF-8 can carry: a file name may hold a lone surrogate."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _page(report: Report, ontology: Ontology) -> str:
    folder = files("kg.publish.page").joinpath("templates")
    slots = {
        "style": folder.joinpath("report.css").read_text(encoding="utf-8"),
        "totals": "".join(_total(*pair) for pair in _totals(report)),
        "troubles": "".join(_troubles(report)),
        "groups": "".join(_groups(report, ontology)),
        "precision": _trusted(report, ontology),
        "contradictions": _disputed(report, ontology),
        "reprints": _reprinted(report),
        "documents": "".join(map(_document, report.documents)),
        "others": _others(report),
        "version": escape(report.version),
        "ontology": escape(report.ontology),
    }
    template = folder.joinpath("report.html").read_text(encoding="utf-8")
    return _speakable(re.sub(r"\{\{(\w+)\}\}", lambda slot: slots[slot[1]], template))


def _totals(report: Report) -> list[tuple[str, str, int]]:
    total = report.counts["total"]
    return [
        ("文档", "documents", total["documents"]),
        ("实体", "entities", total["entities"]),
        ("事实", "facts", total["facts"]),
        ("跳过", "skipped", len(report.skipped)),
        ("不合形状", "violations", len(report.violations)),
    ]


def _total(zh: str, en: str, count: int) -> str:
    return f"<li><b>{count}</b><span>{zh}</span><i>{en}</i></li>\n"


def _troubles(report: Report) -> list[str]:
    """Tables of what went wrong; a heading alone would only worry the reader."""
    tables = (
        ("跳过的文件", "Skipped files", ((s.name, s.reason) for s in report.skipped)),
        ("提醒", "Warnings", ((w.name, w.reason) for w in report.warnings)),
        ("不合形状的断言", "Violations of the shapes",
         ((v.name or v.node, _broken(v)) for v in report.violations)),
        *report.corrections.rows(),
        ("说明", "Notes", (("", note) for note in report.notes)),
    )  # fmt: skip
    parts = []
    for zh, en, rows in tables:
        lines = [
            f"<tr><td>{_shown(name)}</td><td>{_shown(said)}</td></tr>\n" for name, said in rows
        ]
        if lines:
            parts.append(f"<h2>{zh} <i>{en}</i></h2>\n{_table(lines)}")
    return parts


def _broken(violation: Violation) -> str:
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
        label, (zh, en) = pages[one.predicate].label, one.told()
        rows.append(
            f"<tr><td>{escape(label['zh'])} <i>{escape(label['en'])}</i></td>"
            f'<td class="number">{one.facts}</td><td class="number">{one.confidence:.2f}</td>'
            f'<td class="number">{zh} <i>{en}</i></td></tr>\n'
        )
    return _TRUSTED + _table([_TRUSTED_HEAD, *rows], "trusted") if rows else ""


_TRUSTED = "<h2>可信度 <i>How far relations and attributes can be trusted</i></h2>\n"
_TRUSTED_HEAD = (
    '<tr><th></th><th class="number">断言 <i>claims</i></th>'
    '<th class="number">平均置信度 <i>mean confidence</i></th>'
    '<th class="number">在未用于训练的文章上正确的同类断言 '
    "<i>of such claims right on articles that nobody trained on</i></th></tr>\n"
)


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


def _side(one: Disputed, said: str, ontology: Ontology) -> str:
    status = ontology.statuses.get(said) if one.kind == "status" else None
    return f"{status.label['zh']} {status.label['en']}" if status else said


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
    said = f' class="{kind}"' if kind else ""
    return f'<div class="scroll"><table{said}>\n{"".join(lines)}</table></div>\n'


def _bar(label: Text, count: int, share: float, colour: str) -> str:
    style = f"width:{share:.0%}" + (f";background:{colour}" if colour else "")
    return (
        f"<tr><td>{escape(label['zh'])} <i>{escape(label['en'])}</i></td>"
        f'<td class="number">{count}</td><td class="bar"><span style="{style}"></span></td></tr>\n'
    )


_SHORT = {
    "text/plain": "txt",
    "text/markdown": "md",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "text/csv": "csv",
    "application/ofd": "ofd",
    "message/rfc822": "eml",
    "multipart/related": "mhtml",
}


def _document(row: Row) -> str:
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
