"""Make the picture of the docs from a built graph page.

python tests/screenshots.py outputs/graph.html docs/graph.png
python tests/screenshots.py outputs/graph.html docs/graph-detail.png --choose 合肥市
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

try:
    from tests.browser import chromium, opened
except ImportError:  # run as a script, the folder of this file is on the path, not the root
    from browser import chromium, opened  # type: ignore[no-redef]


def picture(page: Path, out: Path, choose: str = "", width: int = 1440, height: int = 860) -> None:
    """Write a PNG of a graph page, with an entity searched and chosen where one is named."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, opened(browser, page, width, height) as seen:
        if choose:
            seen.page.fill("#search", choose)
            seen.page.keyboard.press("Enter")
            seen.page.locator("#panel").wait_for(state="visible", timeout=5000)
            seen.page.evaluate("document.activeElement.blur()")
        seen.page.wait_for_timeout(400)
        seen.page.screenshot(path=out)
        if seen.errors:
            raise RuntimeError(f"{page}: the page reports {seen.errors[0]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=Path("docs/graph.png"))
    parser.add_argument("--choose", default="", help="name of an entity to open")
    given = parser.parse_args()
    picture(given.page, given.out, given.choose)
    print(given.out, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
