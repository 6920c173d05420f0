"""Folders of short notices, and everything that a graph of them holds."""

from __future__ import annotations

import json
import random
from pathlib import Path

from kg.store.folder import Store

PLACES = ("云澜市", "江畔区", "合肥市", "兰州新区", "株洲市")
FIRMS = ("甲某智能科技有限公司", "乙某新材料股份有限公司", "丙某数据集团")


def text(chance: random.Random) -> str:
    """A short notice, of few enough kinds that files come to hold the same facts."""
    firm, place = chance.choice(FIRMS), chance.choice(PLACES)
    amount = chance.choice((3, 10, 12))
    return (
        f"3月{chance.randint(1, 28)}日，{firm}与{place}人民政府签约，"
        f"拟投资{amount}亿元建设智能装备生产基地项目。"
    )


def published(folder: Path) -> dict[str, bytes]:
    """The files of a graph but the report, which holds times; and what the store holds."""
    found = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    report = json.loads(found.pop("report.json"))
    report.pop("timings")
    found["report"] = json.dumps(report).encode()
    with Store.open(folder) as store:
        found["quads"] = "\n".join(sorted(map(str, store.quads))).encode()
        found["sources"] = repr(store.ledger.sources()).encode()
    return found


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file of a folder, with its size and the time of its last change."""
    files = (p for p in folder.rglob("*") if p.is_file())
    return {str(p): (p.stat().st_size, p.stat().st_mtime_ns) for p in files}
