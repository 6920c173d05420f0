"""Read what a gold file, a build or a document says, as a Sheet for scoring."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.base.errors import ReadError
from kg.base.records import Document, Skipped
from kg.extract.mentions.mention import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base.records import Knowledge, Reading
    from kg.ontology import Ontology
    from kg.run.reading.child import Bounds
    from kg.run.reading.outcome import Outcome

Link = tuple[str, str, str]


@dataclass
class Thing:
    """An entity as scoring sees it."""

    type: str
    label: str
    names: frozenset[str]
    or_type: str = ""
    optional: bool = False

    def is_a(self, type_: str) -> bool:
        return type_ in (self.type, self.or_type)


@dataclass
class Sheet:
    """What one document says, by the gold or by an extraction; optional links of gold apart.

    ``confidences`` are those of extracted relations and attributes: of equal ones the surest.
    """

    things: dict[str, Thing] = field(default_factory=dict)
    relations: set[Link] = field(default_factory=set)
    attributes: list[Link] = field(default_factory=list)
    optional: set[Link] = field(default_factory=set)
    confidences: dict[Link, float] = field(default_factory=dict)

    def shaky(self, ids: Iterable[str]) -> bool:
        """Whether one of these entities is optional: then nothing about it is judged."""
        return any(self.things[i].optional for i in ids)


def named(type_: str, names: Sequence[str], **more: Any) -> Thing:
    """A thing of a class with its names, the first of which it is shown by."""
    return Thing(type_, names[0], frozenset(filter(None, map(folded, names))), **more)


@dataclass(frozen=True)
class Gold:
    """What a gold file, or one object of a list of them, says of one document.

    Attributes:
        file: The file.
        number: Which object of a list it is, from 1 on; 0 if the file holds one alone.
        name: What the document is called in scores and messages.
        document: The name of its document as the gold gives it, or ``""``.
        sheet: What it says.
        start: Where in the text of the file the object begins.
    """

    file: Path
    number: int
    name: str
    document: str
    sheet: Sheet
    start: int = 0

    def place(self, *words: str) -> str:
        """The file and the line where words stand first in this object, for a message.

        Several words stand within one pair of braces, in their order.
        """
        text = self.file.read_text(encoding="utf-8-sig")
        return f"{self.file}: line {_line(text, words, self.start)}"


def _line(text: str, words: Sequence[str], start: int = 0) -> int:
    """The line of the first place of words as JSON prints them; that of the object if none."""
    places = [start]
    for ascii_ in (False, True):
        printed = [re.escape(json.dumps(word, ensure_ascii=ascii_)) for word in words]
        if place := re.compile("[^{}]*?".join(printed)).search(text, start):
            places.append(place.start())
    return text.count("\n", 0, max(places)) + 1


def golds(path: Path) -> list[Gold]:
    """The gold of the documents of a file: one object, or a list of them.

    Raises:
        ReadError: If the file is no gold JSON.
    """
    text = _text(path)
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise ReadError(f"{path}: is no JSON ({error})") from error
    if isinstance(raw, dict):
        return [_gold(path, text, raw)]
    if not isinstance(raw, list) or not raw or not all(isinstance(one, dict) for one in raw):
        raise ReadError(
            f"{path}: is no gold; a JSON object with entities and relations is, or a list of them"
        )
    result, start = [], 0
    for number, one in enumerate(raw, 1):
        name = one.get("doc")
        if not isinstance(name, str) or not name:
            raise ReadError(f'{path}: object {number} of the list has no "doc", its document')
        start = max(start, text.find(json.dumps(name, ensure_ascii=False), start))
        result.append(_gold(path, text, one, number, start))
    return result


def gold_sheet(path: Path) -> Sheet:
    """The gold of a file with one document.

    Raises:
        ReadError: If the file is no gold JSON, or one of several documents.
    """
    first, *more = golds(path)
    if more:
        raise ReadError(f"{path}: holds the gold of {len(more) + 1} documents, not of one")
    return first.sheet


def _gold(path: Path, text: str, raw: dict[str, Any], number: int = 0, start: int = 0) -> Gold:
    document = raw.get("doc")
    document = document if isinstance(document, str) else ""
    name = Path(document).stem if number else path.stem
    try:
        sheet = _sheet(raw)
    except KeyError as error:
        where = f"{path}: object {number}" if number else f"{path}"
        raise ReadError(f"{where}: is no gold: {error.args[0]!r} is missing") from error
    except (TypeError, IndexError, AttributeError) as error:
        where = f"{path}: object {number}" if number else f"{path}"
        raise ReadError(f"{where}: is no gold: {type(error).__name__} {error}") from error
    ends = {i for s, _, o in sheet.relations for i in (s, o)} | {a[0] for a in sheet.attributes}
    if unknown := sorted(ends - sheet.things.keys()):
        line = _line(text, [unknown[0]], start)
        raise ReadError(f"{path}: line {line}: names {unknown[0]}, which is no id of its entities")
    return Gold(path, number, name, document, sheet, start)


def _sheet(raw: dict[str, Any]) -> Sheet:
    sheet = Sheet()
    for e in raw["entities"]:
        more = {"or_type": e.get("or_type", ""), "optional": bool(e.get("optional"))}
        sheet.things[e["id"]] = named(e["type"], [e["name"], *e.get("aliases", [])], **more)
    for r in raw["relations"]:
        link = (r["s"], r["p"], r["o"])
        sheet.relations.add(link)
        sheet.optional |= {link} if r.get("optional") else set()
    for a in raw.get("attributes", []):
        link = (a["e"], a["a"], str(a["v"]))
        sheet.attributes.append(link)
        sheet.optional |= {link} if a.get("optional") else set()
    return sheet


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: is not UTF-8 (byte {error.start})") from error


def built_sheet(folder: Path) -> Sheet:
    """What a build of one document says, from its ``entities.csv`` and ``facts.csv``.

    Raises:
        ReadError: If the folder is no build.
    """
    from kg.publish.tables import split_aliases

    sheet = Sheet()
    for row in _table(folder / "entities.csv"):
        if row.get("mentions") != "0":
            sheet.things[row["id"]] = named(
                row["type"], [row["name"], *split_aliases(row["aliases"])]
            )
    for row in _table(folder / "facts.csv"):
        if (row.get("quote") or "").strip():
            link = (row["subject"], row["predicate"], row["object"] or row["value"])
            _add(sheet, link, bool(row["object"]), _confidence(row, folder))
    return sheet


def _confidence(row: Mapping[str, str], folder: Path) -> float | None:
    text = row.get("confidence")
    try:
        return float(text) if text else None
    except ValueError as error:
        raise ReadError(
            f"{folder / 'facts.csv'}: has {text!r} for a confidence; build the folder again"
        ) from error


def _add(sheet: Sheet, link: Link, relates: bool, confidence: float | None) -> None:
    if relates:
        sheet.relations.add(link)
    else:
        sheet.attributes.append(link)
    if confidence is not None:
        sheet.confidences[link] = max(confidence, sheet.confidences.get(link, confidence))


def _table(path: Path) -> list[dict[str, str]]:
    import csv

    from kg.publish.tables import undo

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return [{key: undo(cell) for key, cell in row.items()} for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"{path}: is no table of a build ({error})") from error


def sheets(
    places: Sequence[Path], ontology: Ontology, bounds: Bounds | None = None
) -> Iterator[Sheet | Skipped]:
    """What each place says, in their order: a build as it is, a document as extraction has it.

    A document that cannot be read, or takes too much, is told with the reason; the rest goes on.

    Args:
        places: Documents, and folders with a build of one document.
        ontology: What is looked for.
        bounds: What one document may take.

    Raises:
        ReadError: If a folder is no build.
    """
    from kg.read import walk
    from kg.run.reading.workers import outcomes

    listed = [[] if place.is_dir() else walk([place]) for place in places]
    files = [file for each in listed for file in each]
    read_outcomes = outcomes(files, str(ontology.folder), bounds=bounds)
    for place, each in zip(places, listed, strict=True):
        if place.is_dir():
            yield built_sheet(place)
        else:
            yield _extracted(place, list(islice(read_outcomes, len(each))), ontology)


def _extracted(place: Path, outcomes: Sequence[Outcome], ontology: Ontology) -> Sheet | Skipped:
    pairs = []
    for outcome in outcomes:
        if not (outcome.document and outcome.reading):
            return Skipped(str(place), outcome.problem)
        pairs.append((outcome.document, outcome.reading))
    return read_sheet(pairs, ontology)


def read_sheet(pairs: Iterable[tuple[Document, Reading]], ontology: Ontology) -> Sheet:
    """What the readings of one document, or of its parts, say.

    >>> from kg.extract.document import extract
    >>> from kg.ontology import load
    >>> text = "甲某智能科技有限公司在成都高新区投资3亿元建设芯片封装基地项目。"
    >>> document, ontology = Document("d", "d.txt", text), load()
    >>> sheet = read_sheet([(document, extract(document, ontology))], ontology)
    >>> sorted(name for _, name, _ in sheet.relations)[:2], len(sheet.confidences) > 2
    (['develops', 'invests'], True)
    """
    from kg.base.settings import default
    from kg.corpus.assemble import assemble

    return sheet_of_graph(assemble(pairs, ontology, default("base")))


def sheet_of_graph(knowledge: Knowledge) -> Sheet:
    """What the documents of a graph say, background knowledge left out."""
    sheet = Sheet()
    for e in knowledge.entities:
        if e.mentions:
            sheet.things[e.id] = named(e.type, [e.name, *e.aliases])
    for f in knowledge.facts:
        if f.quote:
            link = f.subject, f.predicate, f.object or (f.value.lexical if f.value else "")
            _add(sheet, link, bool(f.object), f.confidence)
    # In the order of facts.csv: values are matched in turn.
    sheet.attributes.sort()
    return sheet


def place_of(gold: Gold, source: Path | None, *, one: bool) -> Path:
    """The document or the build that gold is about.

    Raises:
        ReadError: If it is not where it may lie.
    """
    if source is not None and one and (source.is_file() or (source / "facts.csv").is_file()):
        return source
    file = gold.file
    folders = [source] if source else [file.parent, file.parent.parent, file.parent.parent / "docs"]
    names = [n for n in (gold.document, f"{gold.name}.txt", gold.name) if n]
    for folder in folders:
        for name in names:
            for place in (folder / name, folder / Path(name).name):
                if place.is_file() or (place / "facts.csv").is_file():
                    return place
    tried = ", ".join(str(folder) for folder in folders)
    raise ReadError(f"{file}: its document {names[0]} is not in {tried}; name its folder as SOURCE")
