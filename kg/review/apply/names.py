"""Decisions in, the ontology that documents are read with out: what people named is known.

A name that people gave, classed or added is looked for in every document, as the names of the
ontology's own tables are. They go into a copy of the ontology, so that whatever depends on the
ontology (the journal of readings for one) depends on them too.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.ontology import Ontology
from kg.review.apply.verdicts import verdicts
from kg.review.book import Book
from kg.review.decisions import Decision, EntityReference

# Ends in .known, as the rules of the ontology's own tables do: such a name is taken as it is.
RULE = """\
  - rule: {name}.reviewed.known
    kind: list
    confidence: 0.97
    table: {table}
"""
# Shorter ones stand in too many words; longer ones are sentences.
SIZES = range(3, 61)


def names(decisions: Iterable[Decision]) -> dict[str, str]:
    """The class of each name that people gave, the latest where there are several.

    >>> thing = EntityReference("甲某云谷", "System")
    >>> names([Decision("retype", "王敏", "2026-05-06", entity=thing, type="Project")])
    {'甲某云谷': 'Project'}
    """
    classes: dict[str, str] = {}
    for d in verdicts(decisions).in_force:
        for thing in _named(d):
            if len(thing.name) in SIZES and not any(c in thing.name for c in "\t\r\n|#"):
                classes[thing.name] = thing.type
    return dict(sorted(classes.items()))


def _named(decision: Decision) -> list[EntityReference]:
    if decision.do == "add" and decision.claim is not None:
        ends = (decision.claim.subject, decision.claim.object)
        return [end for end in ends if end is not None]
    if decision.entity is None:
        return []
    if decision.do == "rename":
        return [EntityReference(decision.name, decision.entity.type)]
    return [EntityReference(decision.entity.name, decision.type)] if decision.do == "retype" else []


@contextmanager
def learned_ontology(ontology: Ontology, book: Book, directory: Path) -> Iterator[Path]:
    """Give the folder of the ontology to read with, the names of people in it.

    Without such names it is the ontology's own; else a copy below ``directory``, for as long
    as the block runs.
    """
    known = {n: t for n, t in names(book.decisions).items() if t in ontology.classes}
    if not known:
        yield ontology.folder
        return
    new_folder = Path(tempfile.mkdtemp(prefix=".new-", dir=directory))
    try:
        _copied(ontology, new_folder / "ontology", known)
        yield new_folder / "ontology"
    finally:
        shutil.rmtree(new_folder, ignore_errors=True)


def _copied(ontology: Ontology, folder: Path, known: dict[str, str]) -> None:
    shutil.copytree(
        ontology.folder, folder, ignore=shutil.ignore_patterns("__pycache__", "__init__.py")
    )
    tables: defaultdict[str, list[str]] = defaultdict(list)
    for name, klass in known.items():
        tables[klass].append(name)
    for klass, rows in tables.items():
        table = f"reviewed_{klass.lower()}"
        text = "\n".join(["name\taliases", *(f"{name}\t" for name in rows), ""])
        (folder / "gazetteers" / f"{table}.tsv").write_text(text, encoding="utf-8", newline="\n")
        page = folder / "classes" / f"{klass}.yaml"
        rule = RULE.format(name=klass.lower(), table=table)
        page.write_text(_with(page.read_text(encoding="utf-8"), rule), encoding="utf-8")


def _with(page: str, rule: str) -> str:
    """A page with one more rule of names, before its others."""
    lines = page.splitlines(keepends=True)
    at = next((i for i, line in enumerate(lines) if line.rstrip() == "names:"), None)
    if at is None:
        return f"{page.rstrip()}\nnames:\n{rule}"
    return "".join([*lines[: at + 1], rule, *lines[at + 1 :]])
