"""A folder of two documents, its graph, and somebody who decides about it."""

from __future__ import annotations

from pathlib import Path

from kg.base.records import Fact
from kg.cli.main import main
from kg.query.graph import open as open_store
from kg.run.pipeline import build

ONE = (
    "3月8日，甲某智能科技有限公司（以下简称“甲某科技”）与云澜市人民政府签约，"
    "拟投资12亿元建设智能装备生产基地项目。甲某科技董事长李明出席。\n"
)
TWO = (
    "5月9日，乙某新材料股份有限公司与兰州新区管委会签约，拟投资3亿元建设新材料产业园项目。\n"
    "丙某数据集团承接运营，丙某云谷由其打造。\n"
)
COMPANY, PROJECT = "甲某智能科技有限公司", "智能装备生产基地项目"


class Desk:
    """A folder of two documents, its graph, and somebody who decides."""

    def __init__(self, place: Path) -> None:
        self.folder, self.graph = place / "documents", place / "graph"
        self.folder.mkdir()
        self.write("甲.txt", ONE)
        self.write("乙.txt", TWO)
        self.moment = 0
        self.build()

    @property
    def file(self) -> Path:
        return self.graph / "corrections.jsonl"

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def build(self, **more: object):
        return build([self.folder], self.graph, **more)  # type: ignore[arg-type]

    def say(self, *words: str, by: str = "王敏", why: str = "") -> int:
        """Decide something with the command line, a minute after what was decided before."""
        self.moment += 1
        when = f"2026-05-06T07:{self.moment:02}:00Z"
        more = ("-d", str(self.graph), "--by", by, "--when", when, "--why", why)
        return main(["review", *more, *words])

    def facts(self, *parts: str) -> list[Fact]:
        """The facts whose sentence, predicate or names hold all parts."""
        with open_store(self.graph) as graph:
            names, found = graph.names_of, graph.knowledge.facts
            return [f for f in found if f.quote and set(parts) <= {
                f.predicate, names.get(f.subject, ""), names.get(f.object, ""), f.status
            }]  # fmt: skip

    def id(self, *parts: str) -> str:
        (fact,) = self.facts(*parts)
        return fact.id.rpartition("/")[2]

    def names(self) -> dict[str, set[str]]:
        """The label of each thing that a document names, with its other names."""
        with open_store(self.graph) as graph:
            return {e.name: set(e.aliases) for e in graph.knowledge.entities if e.mentions}
