"""axe-core over a page that is open: what keeps people out who use it without eyes or mouse."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.testing.browser.node import CLIENTS, installed

_RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(
  ({id, nodes}) => nodes.map(
    ({target, failureSummary}) => [id, target.join(' '), failureSummary]))"""


@cache
def _source() -> str:
    place = installed(CLIENTS) / "node_modules" / "axe-core" / "axe.min.js"
    return place.read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    """What axe finds wrong in an open page (playwright's), a line for each element."""
    page.evaluate(_source())
    found = page.evaluate(_RUN)
    return sorted(f"{rule} {where}: {' '.join(why.split())}" for rule, where, why in found)
