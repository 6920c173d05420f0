"""What is told of a run: a record that is written as ``report.json`` and ``report.html``.

Only ``report.json`` holds times: ``report.html`` is the same for the same documents.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kg.base.records import Skipped
from kg.corpus.confidence import left_out_note
from kg.publish.derived.disputed import Disputed, Reprint, disputed_again, plain
from kg.review.account import Account
from kg.run.file_summary import DocumentRow
from kg.run.precision import Precision
from kg.run.report.page import broken, page, speakable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.ontology import Ontology
    from kg.run.file_summary import FileSummary
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
    as their confidence is below ``min_confidence``. ``llm`` counts what a language model proposed,
    and what of it was dropped, by reason.
    """

    version: str
    ontology: str
    documents: tuple[DocumentRow, ...]
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
    llm: Mapping[str, Any] = field(default_factory=dict)
    timings: Mapping[str, Any] = field(default_factory=dict)
    known: int = 0
    unchanged: bool = False

    @property
    def complete(self) -> bool:
        """Whether every document was read, every passage answered and every correction read."""
        unanswered = self.llm.get("unanswered", 0)
        return not (self.skipped or self.corrections.unreadable or unanswered)

    @property
    def troubles(self) -> dict[str, list[list[str]]]:
        """What a reader of the graph must know, in pairs of what and why."""
        rows_by_kind = {
            "skipped": [[s.name, s.reason] for s in self.skipped],
            "warnings": [
                *([w.name, w.reason] for w in self.warnings),
                *([what, why] for _, _, rows in self.corrections.rows() for what, why in rows),
            ],
            "violations": [[v.name or v.node, broken(v)] for v in self.violations],
            "notes": [["", note] for note in self.notes],
        }
        return {kind: rows for kind, rows in rows_by_kind.items() if rows}

    def timed(self, laps: Mapping[str, float], summaries: Sequence[FileSummary]) -> Report:
        """The same report with its times, in seconds."""
        parts = {name: round(seconds, 3) for name, seconds in laps.items()}
        documents = {o.name: round(o.seconds, 3) for o in summaries}
        return replace(self, timings={**parts, "documents": documents})

    def without(self, left_out: int, least: float) -> Report:
        """The same report of a graph that some claims were not sure enough for."""
        report = replace(self, min_confidence=float(least), left_out=left_out)
        return report.noting(left_out_note(left_out, least))

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
            **({"llm": self.llm} if self.llm else {}),
            "timings": self.timings,
        }
        return speakable(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Report:
        """The report that ``write`` left in a folder."""
        from kg.store.rdf.validate import Violation

        whole = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        rows = {
            "documents": DocumentRow, "skipped": Skipped, "warnings": Skipped,
            "violations": Violation, "precision": Precision,
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
        return page(self, ontology)

    def write(self, folder: Path, ontology: Ontology) -> None:
        """Write ``report.json`` and ``report.html``."""
        (folder / "report.json").write_text(self.json(), encoding="utf-8", newline="\n")
        (folder / "report.html").write_text(self.html(ontology), encoding="utf-8", newline="\n")


def _plain(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}
