"""Tables and records of fields in, statements out: what stands under or beside which heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.base.records import Span, Value
from kg.extract.claims.context import ArticleContext, Statement
from kg.extract.mentions.finders.table import tables
from kg.extract.mentions.mention import Mention
from kg.extract.values.values import canonical, number
from kg.ontology import Lexicon, Ontology, Rule
from kg.ontology.lexicon.texts import TableWords

Pair = tuple[Span, Span, str, Span]  # two cells, the heading of the second, and the row
SIGNS = tuple("；;。，,（(\n")  # stand before a field


def row(
    context: ArticleContext, rule: Rule, predicate: str, ontology: Ontology
) -> Iterator[Statement]:
    """Rows of a table and records of fields: what is under one heading with what under another."""
    subject = re.compile(str(rule.options["subject"]))
    target = re.compile(str(rule.options.get("object") or rule.options.get("value")))
    through = re.compile(f"(?:{rule.options['through']})$" if "through" in rule.options else "")
    merged = bool(rule.options.get("merged"))
    attribute = ontology.attributes.get(predicate)
    dated = attribute is not None and "date" in attribute.datatypes
    for a, b, heading, span in (
        *_table_pairs(context, subject, target, merged),
        *_field_pairs(context, subject, target),
    ):
        for s in _in_cell(context, a, rule.options.get("subject_class")):
            if "value" in rule.options:
                text = context.text[b.start : b.end]
                value = _day(context, b) if dated else _amount(text, heading, context.draft.lexicon)
                if value is not None:
                    yield _quoted(context, rule, predicate, s, None, span, value)
                continue
            for o in _in_cell(context, b, rule.options.get("object_class")):
                done = through.search(context.text, b.start, o.start)
                if done and (s.type, s.name) != (o.type, o.name):
                    yield _quoted(context, rule, predicate, s, o, span, None)


def _table_pairs(
    context: ArticleContext, subject: re.Pattern[str], target: re.Pattern[str], merged: bool
) -> Iterator[Pair]:
    """Pairs of cells; ``merged``: one before the subjects may be written once for several rows."""
    vocabulary = context.draft.lexicon.tables
    for table in tables(context.text, context.draft.lexicon.tables):
        a, b = table.column(subject), table.column(target, vocabulary.rather)
        if a < 0 or b < 0 or a == b:
            continue
        above = Span(0, 0)  # the last cell that was filled
        for cells in table.rows:
            if max(a, b) < len(cells):
                heading = table.headings[b]
                above = cells[b] if cells[b].start < cells[b].end else above
                cell = above if merged and b < a else cells[b]
                if table.unit and not vocabulary.own_unit.search(heading):
                    heading = f"{heading}（{table.unit}）"
                yield cells[a], cell, heading, Span(cells[0].start, cells[-1].end)


def _field_pairs(
    context: ArticleContext, subject: re.Pattern[str], target: re.Pattern[str]
) -> Iterator[Pair]:
    """The pairs of every record of a text."""
    for record in records(context.text, context.draft.lexicon.tables):
        yield from _of_record(dict(record), subject, target, context.draft.lexicon.tables)


@lru_cache(maxsize=8)  # every rule of rows asks for the records of its article
def records(text: str, vocabulary: TableWords) -> tuple[tuple[tuple[str, Span], ...], ...]:
    """项目名称：…, 承担单位：…, 总投资：…: a record goes on until its first field comes again.

    One that names no project is about what stands before it: 1.某工程。建设单位：…；总投资：….
    Nothing but signs stands between two fields of one record.
    """
    found: list[tuple[tuple[str, Span], ...]] = []
    record: dict[str, Span] = {}
    end = 0
    for field in vocabulary.field.finditer(text):
        key, value = "".join(field["key"].split()), Span(*field.span("value"))
        apart = not vocabulary.between_fields.fullmatch(text, end, field.start("key"))
        named = vocabulary.name_field in record or any(map(vocabulary.names_record.search, record))
        named = named or not all(map(vocabulary.party.match, record))
        if record and (key in record or (named and vocabulary.names_record.search(key)) or apart):
            found.append(tuple(record.items()))
            record = {}
        if (
            not record
            and not vocabulary.names_record.search(key)
            and (name := _about(text, end, field, vocabulary))
        ):
            record[vocabulary.name_field] = name
        record[key] = value
        end = value.end
    return (*found, tuple(record.items()))


def _about(text: str, behind: int, field: re.Match[str], vocabulary: TableWords) -> Span | None:
    """What a record without a name is about: what stands right before its first field."""
    key = field.start() + text.startswith(SIGNS, field.start())  # before the mark of the field
    line = text.rfind("\n", 0, max(0, key - 1)) + 1
    start = max(0, line - 1, behind)
    about = vocabulary.about_field.search(text[start:key])
    return Span(start + about.start("name"), start + about.end("name")) if about else None


def _of_record(
    record: dict[str, Span],
    subject: re.Pattern[str],
    target: re.Pattern[str],
    vocabulary: TableWords,
) -> Iterator[Pair]:
    if len(record) < 2:
        return
    span = Span(min(v.start for v in record.values()), max(v.end for v in record.values()))
    wanted = [key for key in record if target.search(key)]
    wanted = [key for key in wanted if vocabulary.total.search(key)] or wanted
    for a_key in filter(subject.search, record):
        for b_key in wanted:
            if a_key != b_key:
                yield record[a_key], record[b_key], b_key, span


def _quoted(
    context: ArticleContext,
    rule: Rule,
    predicate: str,
    s: Mention,
    o: Mention | None,
    span: Span,
    value: Value | None,
) -> Statement:
    return Statement(s, predicate, o, value, span, rule.rule, rule.confidence, rule.status, span)


def _in_cell(context: ArticleContext, cell: Span, types: object) -> list[Mention]:
    wanted = (
        (types,)
        if isinstance(types, str)
        else tuple(types)
        if isinstance(types, (list, tuple))
        else ()
    )
    return [
        m
        for m in context.mentions
        if cell.start <= m.start and m.end <= cell.end and not m.nested and m.type in wanted
        for m in context.refer(m)
    ]


def _day(context: ArticleContext, cell: Span) -> Value | None:
    """The day that a cell opens with: 2024年5月16日上午9:00."""
    days = (v for v in context.draft.values if v.kind == "date" and v.end <= cell.end)
    return next((v.value for v in days if v.start == cell.start), None)


def _amount(text: str, heading: str, lexicon: Lexicon) -> Value | None:
    unit = lexicon.tables.unit_of_column.search(heading)
    own = lexicon.tables.sum_in_cell.match(text.strip())
    if own is None or not (unit or own[2]):
        return None
    vocabulary = lexicon.values
    factor = vocabulary.units[own[2] or (unit[1] if unit else vocabulary.yuan)]
    try:
        return Value(canonical(number(own[1], vocabulary) * factor), "decimal", text.strip())
    except (ValueError, ArithmeticError):
        return None
