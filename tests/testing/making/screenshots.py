"""Make the pictures of the docs: pages of a build, and of its server.

python -m tests.testing.making.screenshots outputs docs/pictures
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import quote

from tests.testing.browser.chromium import Opened, chromium, opened
from tests.testing.servers.server import serving


def save(seen: Opened, out: Path) -> None:
    """Write a PNG of what an open page shows."""
    seen.page.evaluate("() => document.activeElement.blur()")
    seen.page.wait_for_timeout(400)
    out.parent.mkdir(parents=True, exist_ok=True)
    seen.page.screenshot(path=out)
    if seen.errors:
        raise RuntimeError(f"{out}: the page reports {seen.errors[0]}")
    print(out, file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph", type=Path, help="the folder of a build")
    parser.add_argument("out", type=Path, help="the folder of the pictures")
    given = parser.parse_args()
    with chromium(whole=True) as browser, serving(given.graph) as server:
        with opened(browser, given.graph / "graph.html", 1440, 860) as seen:
            save(seen, given.out / "graph.png")
        with opened(browser, given.graph / "graph.html", 1440, 760) as seen:
            name = "东莞-先进陶瓷研究院.md"
            seen.page.evaluate("name => { location.hash = 'document=' + name; }", name)
            seen.page.wait_for_selector("#reader mark, #reader .text")
            save(seen, given.out / "document.png")
        question = server.address + "/ask/investments?minimum=2e9"
        with opened(browser, question, 1440, 620) as seen:
            seen.page.wait_for_selector("tbody tr")
            save(seen, given.out / "ask.png")
        query = "SELECT ?who ?project ?investment { ?who kg:signs ?project . "
        query += "?project kg:investment ?investment } ORDER BY DESC(?investment)"
        with opened(browser, f"{server.address}/query?query={quote(query)}", 1440, 760) as seen:
            seen.page.wait_for_selector("tbody tr")
            save(seen, given.out / "query.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
