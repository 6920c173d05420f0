"""A notice that lists projects in a table: its rows, the notice in Word, and what it states."""

from __future__ import annotations

from collections.abc import Sequence

from kg.base.records import Document
from kg.extract.document import extract
from kg.ontology import load
from tests.testing.files.docx import docx, p, tc, tr

HEADINGS = ("序号", "项目名称", "建设单位", "建设地点", "总投资")
TRADES = ("智能装备", "集成电路", "新能源", "生物医药", "低空飞行器", "先进陶瓷", "算力中心")
PLACES = ("合肥市蜀山区", "无锡市梁溪区", "长沙市岳麓区", "成都市双流区", "武汉市洪山区")
Rows = Sequence[Sequence[str]]


def projects(count: int, first: int = 1) -> list[tuple[str, ...]]:
    """Rows of works, firms, places and sums, all of them long enough to be broken in a cell."""
    return [
        (
            str(n),
            f"甲某{TRADES[n % 7]}产业园基础设施及配套工程项目（{n}期）",
            f"乙某{TRADES[(n + 3) % 7]}投资发展集团有限公司",
            PLACES[n % 5],
            f"{1000 + 37 * n}.5",
        )
        for n in range(first, first + count)
    ]


def in_word(rows: Rows, above: Sequence[str] = (), below: Sequence[str] = ()) -> bytes:
    table = "".join(tr(*(tc(p(cell)) for cell in row)) for row in rows)
    return docx("".join(map(p, above)) + f"<w:tbl>{table}</w:tbl>" + "".join(map(p, below)))


def facts(document: Document) -> set[tuple[str, ...]]:
    """What a document states: each claim with the names of its ends, and its quotation."""
    reading = extract(document, load())
    found = set()
    for claim in reading.claims:
        what = reading.entities[claim.object].name if claim.object is not None else ""
        value = claim.value.lexical if claim.value else ""
        found.add((reading.entities[claim.subject].name, claim.predicate, what, value))
    return found


ABOVE = ("云澜市2024年重点项目清单", "单位：万元")
BELOW = ("以上项目由市发展改革委负责调度。",)
