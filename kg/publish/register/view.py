"""What registers share: lines, figures and tables of a graph, in the language that is asked for."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.publish.dossier.model import Line, Linked, Table, table
from kg.publish.dossier.scope import one_line
from kg.publish.register.request import RegisterRequest, Terms
from kg.query.table import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kg.base.records import Fact
    from kg.publish.dossier.model import Cell
    from kg.publish.register.projects import Quotation
    from kg.publish.register.register_data import RegisterData
    from kg.publish.register.sectors import Belonging

REGISTER, FIGURES = "register", "figures"


class View:
    """One register that is asked.

    Attributes:
        data: What is read of the graph.
        request: What is wanted.
        words: What everything is called.
    """

    def __init__(self, data: RegisterData, request: RegisterRequest) -> None:
        self.data, self.request = data, request
        self.words = Terms(data.ontology, request.lang)

    # Cells.

    def thing(self, iri: str) -> Linked:
        """The name of a thing, which leads to its dossier."""
        return Linked(self.data.name(iri), f"/thing/{quote(iri, safe='')}")

    def document(self, quotation: Quotation, documents: int = 1) -> Linked:
        """The file name of a document, which leads to the sentence in it."""
        file = self.data.files.get(quotation.document, quotation.document)
        name = plain(file)
        shown = self.words.note("more", name=name, n=documents) if documents > 1 else name
        return Linked(shown, address(file, quotation.start, quotation.end))

    def status(self, name: str) -> str:
        """What a status is called."""
        return self.words.status(name) if name else ""

    def sector(self, belonging: Belonging | None) -> str:
        """What an industry is called."""
        return self.words.sector(belonging.sector if belonging else "")

    def because(self, belonging: Belonging | None) -> str:
        """The words that put a thing in its industry, and where they stand."""
        if belonging is None:
            return ""
        quoted_words = "、".join(belonging.words)
        return self.words.value_of("named" if belonging.named else "told", words=quoted_words)

    def place(self, places: Collection[str], level: str = "") -> str:
        """The one place of a level that some places lie in, or a word for several or none."""
        if not places:
            return self.words.value_of("nowhere")
        of_level = self.data.at(places, level)
        return self.data.name(of_level[0]) if len(of_level) == 1 else self.words.value_of("several")

    def places(self, places: Collection[str]) -> str:
        """The innermost of some places."""
        return "、".join(map(self.data.name, self.data.innermost(places)))

    # What is wanted.

    @cached_property
    def _inside(self) -> frozenset[str]:
        return frozenset().union(*map(self.data.inside, sorted(self.request.district)))

    def here(self, places: Iterable[str]) -> bool:
        """Whether one of some places is, or lies in, the district that is wanted."""
        return not self.request.district or not self._inside.isdisjoint(places)

    def of_sector(self, belonging: Belonging | None) -> bool:
        """Whether something is of the industry that is wanted."""
        wanted = self.request.sector
        return not wanted or (belonging is not None and belonging.sector == wanted)

    @property
    def on(self) -> str:
        """The day that counts: the one that is asked, else that of the newest document."""
        return self.request.on or self.data.newest

    # Lines, figures, tables.

    def line(
        self, cells: Mapping[str, Cell], quotation: Quotation | None, documents: int = 1
    ) -> Line:
        """A line with the sentence that says it."""
        if quotation is None:
            return Line(cells)
        return Line(cells, one_line(quotation.quote), self.document(quotation, documents))

    def line_of(self, cells: Mapping[str, Cell], facts: Collection[Fact]) -> Line:
        """A line of the claims of a fact, with the sentence of the surest."""
        from kg.publish.register.projects import Quotation

        best = min(facts, key=self.surest)
        if not best.quote:
            return Line(cells, "", self.words.note("background", source=plain(best.source)))
        documents = len({fact.document for fact in facts if fact.quote})
        return self.line(
            cells, Quotation(best.quote, best.document, best.start, best.end), documents
        )

    def surest(self, fact: Fact) -> tuple[object, ...]:
        """What claims are ordered by, the surest first."""
        return (
            not fact.quote,
            -fact.confidence,
            self.data.file(fact.document),
            fact.start,
            fact.id,
        )

    def figure(
        self, name: str, number: Decimal | int | str, unit: str = "", rows: int = 0, note: str = ""
    ) -> Line:
        """A figure; its label and unit stand in the words under its name unless they are given."""
        known = self.words.page.get("figures", {})
        cells: dict[str, Cell] = {
            "figure": self.words.label("figures", name) if name in known else name,
            "number": Decimal(number) if isinstance(number, int) else number,
            "unit": unit or self.words.unit_of(name),
            "rows": Decimal(rows) if rows else "",
            "note": note,
        }
        return Line(cells)

    def figures(self, lines: Iterable[Line]) -> Table:
        """The table of figures, which stands first."""
        return table(FIGURES, self.words.label("parts", FIGURES), lines, self.words.columns)

    def table(self, name: str, lines: Iterable[Line], *notes: str, label: str = "") -> Table:
        """A part, with what is to be known of its lines."""
        shown = self.words.label("parts", label or name)
        return table(name, shown, lines, self.words.columns, [note for note in notes if note])

    def left_out(self, why: Iterable[tuple[str, int]]) -> str:
        """How many are left out of a total, and why."""
        reasons = [f"{self.words.label('reasons', reason)} {n}" for reason, n in why]
        return self.words.note("left", why="、".join(reasons)) if reasons else ""


def address(file: str, start: int, end: int) -> str:
    """The address of a stretch of a document on the page of the graph.

    >>> address("甲/乙.txt", 3, 9)
    '/#document=%E7%94%B2/%E4%B9%99.txt&at=3-9'
    """
    return f"/#document={quote(file, safe='/:,')}&at={start}-{end}"
