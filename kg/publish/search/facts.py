"""Make the rows of facts and deals for a search index."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from kg.base.money import money
from kg.corpus.compound.byline_titles import persons
from kg.corpus.compound.deals.assemble import parts_of
from kg.extract.values.sum_kinds import parse_sum, sum_kinds
from kg.publish.search.grams import BETWEEN, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base.records import Deal, Fact, Value
    from kg.publish.derived.dates import Dates
    from kg.publish.search.index import Writer

CLAIM, DEAL = "claim", "deal"
QUOTES = 3  # quotations of a deal by which it is found
_COLUMNS = (
    "kind, iri, subject, predicate, object, value, parts, sums, status, first, last, document, "
    "start, end, quote, confidence, byline"
)
_WORDS = "names, said, told, at"


class Facts:
    """Writes the facts of a graph, the newest first, and of one day the surest."""

    def __init__(self, writer: Writer) -> None:
        self.writer, self.database = writer, writer.database
        self.ontology = writer.ontology
        self.signed = persons(writer.knowledge.posts)
        self.yuan = {a.name for a in self.ontology.attributes.values() if "yuan" in a.unit}
        self.labels = {
            **{r.name: (r.label, r.inverse) for r in self.ontology.relations.values()},
            **{a.name: (a.label, {}) for a in self.ontology.attributes.values()},
        }
        self.sums = {kind.name: kind.label["zh"] for kind in sum_kinds(self.ontology).each}

    def write(self, dates: Dates) -> None:
        marks = ", ".join("?" * 21)
        self.database.execute(f"create temp table raw ({_COLUMNS}, {_WORDS})")
        self.database.execute("create temp table raw_sums (iri, currency, amount)")
        for fact in self.writer.knowledge.facts:
            if fact.subject in self.writer.numbers:
                self.database.execute(f"insert into raw values ({marks})", self._claim(fact, dates))
        for deal in self.writer.knowledge.deals:
            self.database.execute(f"insert into raw values ({marks})", self._deal(deal))
        for statement in f"""
            create temp table ranked (id integer primary key, at_raw integer);
            insert into ranked select row_number() over
                (order by first desc, confidence desc, kind desc, iri), rowid from raw;
            insert into facts select ranked.id, {_COLUMNS}
                from ranked join raw on raw.rowid = at_raw order by ranked.id;
            insert into fact_words(rowid, names, said, quote, at)
                select ranked.id, {_WORDS} from ranked join raw on raw.rowid = at_raw
                order by ranked.id;
            create temp table numbers as select iri, id from facts;
            create index temp.numbers_of on numbers (iri);
            insert into sums select id, currency, amount from raw_sums join numbers using (iri);
            drop table raw; drop table raw_sums; drop table ranked; drop table numbers
            """.split(";"):
            self.database.execute(statement)

    def _claim(self, fact: Fact, dates: Dates) -> tuple[Any, ...]:
        writer, ends = self.writer, [fact.subject, *filter(None, [fact.object])]
        first, _, last = dates.of(fact)[0].partition("/")
        value = self._value(fact)
        at = " ".join(
            (
                writer.at(ends),
                *(f"c{writer.kinds[end].lower()}" for end in ends if end in writer.kinds),
                f"r{fact.predicate.lower()}",
                f"s{fact.status}" if fact.status else "",
            )
        )
        label, inverse = self.labels.get(fact.predicate, ({}, {}))
        label_words = words(" ".join((*label.values(), *inverse.values(), value)))
        return (
            CLAIM,
            fact.id,
            writer.numbers[fact.subject],
            fact.predicate,
            writer.numbers.get(fact.object),
            value,
            "[]",
            "[]",
            fact.status,
            first,
            last or first,
            writer.files.get(fact.document),
            fact.start,
            fact.end,
            fact.quote,
            fact.confidence,
            any(end in self.signed for end in ends),
            self._names(ends),
            f"{label_words} {BETWEEN} {self._status(fact.status)}",
            words(fact.quote),
            at,
        )

    def _deal(self, deal: Deal) -> tuple[Any, ...]:
        writer, parts = self.writer, [p for p in parts_of(deal) if p in self.writer.numbers]
        attestation = deal.attestations[0] if deal.attestations else None
        for amount in deal.amounts:
            self._sum(deal.id, amount.currency, amount.value)
        days = sorted(d for day in deal.days for d in (day.lexical, day.high) if d[:1].isdigit())
        written = (
            writer.days[attestation.document]
            if attestation and attestation.document in writer.days
            else None
        )
        days = days or ([written.at(attestation.start)] if attestation and written else [""])
        sums = [[self.sums.get(a.kind, a.kind), money(a.value, a.currency)] for a in deal.amounts]
        classes = {writer.kinds[part] for part in parts}
        at = " ".join(
            (
                writer.at(parts),
                *(f"c{name.lower()}" for name in sorted(classes)),
                *(f"s{status}" for status in deal.statuses),
                "rdeal",
            )
        )
        printed = " ".join(a.printed for a in deal.amounts)
        statuses = " ".join(map(self._status, deal.statuses))
        sum_words = words(" ".join(f"{kind} {value}" for kind, value in sums) + " " + printed)
        return (
            DEAL,
            deal.id,
            None,
            None,
            None,
            "",
            json.dumps([writer.numbers[part] for part in parts]),
            json.dumps(sums, ensure_ascii=False),
            "|".join(deal.statuses),
            days[0],
            days[-1],
            writer.files.get(attestation.document) if attestation else None,
            attestation.start if attestation else 0,
            attestation.end if attestation else 0,
            attestation.quote if attestation else "",
            1.0,
            all(part in self.signed for part in parts),
            self._names(parts),
            f"{sum_words} {BETWEEN} {statuses}",
            f" {BETWEEN} ".join(words(t.quote) for t in deal.attestations[:QUOTES]),
            at,
        )

    def _names(self, ends: Iterable[str]) -> str:
        return f" {BETWEEN} ".join(self.writer.name_words(end) for end in ends)

    def _status(self, name: str) -> str:
        known = self.ontology.statuses.get(name)
        return words(" ".join(known.label.values())) if known else ""

    def _value(self, fact: Fact) -> str:
        """The value of a fact as a list shows it; an amount of money is noted as well."""
        value = fact.value
        if value is None:
            return ""
        if fact.predicate in self.yuan and value.datatype == "decimal":
            self._sum(fact.id, "CNY", value.lexical)
            return _amount(value)
        number, currency, _ = parse_sum(value.lexical)
        if currency:
            self._sum(fact.id, currency, number)
        return value.printed or value.lexical

    def _sum(self, iri: str, currency: str, amount: str) -> None:
        try:
            number = float(Decimal(amount))
        except InvalidOperation:
            return
        self.database.execute("insert into raw_sums values (?, ?, ?)", (iri, currency, number))


def _amount(value: Value) -> str:
    """An amount of yuan as its text prints it; in full where it prints a number alone.

    >>> from kg.base.records import Value
    >>> _amount(Value("120000000", "decimal", "1.2")), _amount(Value("5", "decimal", "约5元"))
    ('1.2亿元', '约5元')
    """
    printed = re.sub(r"\s", "", value.printed)
    return printed if printed and not printed[-1].isdigit() else money(value.lexical)
