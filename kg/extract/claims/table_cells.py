"""State what stands under or beside which heading in tables and records of fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.base.records import Span, Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.claims.rule_reader import RuleReader
from kg.extract.mentions.finders.table import tables
from kg.extract.mentions.mention import Mention
from kg.extract.values.values import canonical, number
from kg.ontology import Ontology, Rule
from kg.ontology.lexicon.texts import TableWords

Pair = tuple[Span, Span, str, Span]  # two cells, the heading of the second, and the row
SIGNS = tuple("；;。，,（(\n")  # stand before a field


class Row(RuleReader):
    """Rows of a table and records of fields: what is under one heading with what under another."""

    def __init__(self, rule: Rule, predicate: str, ontology: Ontology) -> None:
        super().__init__(rule, predicate, ontology)
        self.words = ontology.lexicon.tables
        self.valued = "value" in rule.options
        self.subject = self.pattern("subject")
        self.target = self.pattern("value" if self.valued else "object")
        through = rule.options.get("through")
        self.through = re.compile(f"(?:{through})$" if through else "")
        attribute = ontology.attributes.get(predicate)
        self.dated = attribute is not None and "date" in attribute.datatypes

    def read(self, context: ArticleContext) -> Iterator[Statement]:
        """A statement for each two cells of a row or record."""
        text = context.text
        for a, b, heading, span in (*self._table_pairs(text), *self._field_pairs(text)):
            for s in self._in_cell(context, a, "subject_class"):
                if self.valued:
                    value = self._value(context, b, heading)
                    if value is not None:
                        yield self.state(s, None, value, span, span)
                    continue
                for o in self._in_cell(context, b, "object_class"):
                    passes = self.through.search(text, b.start, o.start)
                    if passes and (s.type, s.name) != (o.type, o.name):
                        yield self.state(s, o, None, span, span)

    def _table_pairs(self, text: str) -> Iterator[Pair]:
        """Pairs of cells; ``merged``: one before the subjects may be written once for several."""
        merged = self.options.get("merged")
        for table in tables(text, self.words):
            a, b = table.column(self.subject), table.column(self.target, self.words.rather)
            if a < 0 or b < 0 or a == b:
                continue
            above = Span(0, 0)  # the last cell that was filled
            for cells in table.rows:
                if max(a, b) < len(cells):
                    heading = table.headings[b]
                    above = cells[b] if cells[b].start < cells[b].end else above
                    cell = above if merged and b < a else cells[b]
                    if table.unit and not self.words.own_unit.search(heading):
                        heading = f"{heading}（{table.unit}）"
                    yield cells[a], cell, heading, Span(cells[0].start, cells[-1].end)

    def _field_pairs(self, text: str) -> Iterator[Pair]:
        """The pairs of every record of a text."""
        for record in map(dict, records(text, self.words)):
            targets = [key for key in record if self.target.search(key)]
            targets = [key for key in targets if self.words.total.search(key)] or targets
            for a_key in filter(self.subject.search, record) if len(record) > 1 else ():
                ends = [at for cell in record.values() for at in (cell.start, cell.end)]
                for b_key in targets:
                    if a_key != b_key:
                        yield record[a_key], record[b_key], b_key, Span(min(ends), max(ends))

    def _in_cell(self, context: ArticleContext, cell: Span, option: str) -> list[Mention]:
        """What a cell names of the classes of an option."""
        types = self.classes(option)
        inside = (m for m in context.inside(cell) if not m.nested and m.type in types)
        return [referent for m in inside for referent in context.refer(m)]

    def _value(self, context: ArticleContext, cell: Span, heading: str) -> Value | None:
        """The day that a cell opens with (2024年5月16日上午9:00), or its amount in some unit."""
        if self.dated:
            days = (v for v in context.draft.values if v.kind == "date" and v.end <= cell.end)
            return next((v.value for v in days if v.start == cell.start), None)
        text, values = context.text[cell.start : cell.end].strip(), self.lexicon.values
        unit, own = self.words.unit_of_column.search(heading), self.words.sum_in_cell.match(text)
        if own is None or not (unit or own[2]):
            return None
        factor = values.units[own[2] or (unit[1] if unit else values.yuan)]
        try:
            return Value(canonical(number(own[1], values) * factor), "decimal", text)
        except (ValueError, ArithmeticError):
            return None


@lru_cache(maxsize=8)  # every rule of rows asks for the records of its article
def records(text: str, vocabulary: TableWords) -> tuple[tuple[tuple[str, Span], ...], ...]:
    """项目名称：…, 承担单位：…, 总投资：…: a record goes on until its first field comes again.

    One that names no project is about what stands before it: 1.某工程。建设单位：…；总投资：….
    Nothing but signs stands between two fields of one record.
    """
    finished: list[tuple[tuple[str, Span], ...]] = []
    record: dict[str, Span] = {}
    end = 0
    for field in vocabulary.field.finditer(text):
        key, value = "".join(field["key"].split()), Span(*field.span("value"))
        names = vocabulary.names_record.search(key)
        apart = not vocabulary.between_fields.fullmatch(text, end, field.start("key"))
        has_name = vocabulary.name_field in record or any(
            map(vocabulary.names_record.search, record)
        )
        has_name = has_name or not all(map(vocabulary.party.match, record))
        if record and (key in record or (has_name and names) or apart):
            finished.append(tuple(record.items()))
            record = {}
        if not record and not names and (name := _about(text, end, field, vocabulary)):
            record[vocabulary.name_field] = name
        record[key] = value
        end = value.end
    return (*finished, tuple(record.items()))


def _about(text: str, behind: int, field: re.Match[str], vocabulary: TableWords) -> Span | None:
    """What a record without a name is about: what stands right before its first field."""
    key = field.start() + text.startswith(SIGNS, field.start())  # before the mark of the field
    line = text.rfind("\n", 0, max(0, key - 1)) + 1
    start = max(0, line - 1, behind)
    about = vocabulary.about_field.search(text[start:key])
    return Span(start + about.start("name"), start + about.end("name")) if about else None
