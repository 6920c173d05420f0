"""The site of the documentation: built without a warning, whole, and opened from the disk."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from tests.conftest import ROOT
from tests.testing.browser.chromium import chromium, opened, until

# Pages of the site that are made of the code, and what they must hold.
MADE = {
    "reference/ontology.html": ("组织机构", "cooperatesWith", "Which class is related to which"),
    "reference/options.html": ("kg build", "--file-timeout", "example: kg serve"),
    "reference/python.html": ("kg.build", "Read files and folders into the graph", "Knowledge"),
    "tutorial/notebook.html": ("kg.open", "deals in"),
    "project/security.html": ("What is not promised",),
    "project/changelog.html": ("0.1.0",),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    words = ["docs/staged.py", str(folder / "site"), str(folder / "work")]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Any]:
    found = sorted(site.rglob("*.html"))
    return {path: html.parse(str(path)).getroot() for path in found if "_static" not in path.parts}


def test_the_site_has_every_page(site: Path, pages: dict[Path, Any]) -> None:
    # The text of package indexes is no page.
    texts = [path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")]
    wanted = {site / path.with_suffix(".html") for path in texts if path.name != "package.md"}
    assert wanted <= pages.keys()
    for name, words in MADE.items():
        text = (site / name).read_text(encoding="utf-8")
        seen = re.sub(r"<[^>]+>", "", text)
        assert [word for word in words if word not in seen] == [], name


def test_every_link_leads_to_a_page_and_a_place_of_the_site(
    site: Path, pages: dict[Path, Any]
) -> None:
    places = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    broken, checked = [], 0
    for path, page in pages.items():
        for link in page.xpath("//@href | //@src"):
            if re.match(r"(?:https?|mailto|data):", link):
                continue
            name, _, anchor = unquote(link).partition("#")
            name = name.partition("?")[0]
            there = (path.parent / name).resolve() if name else path
            checked += 1
            fits = not anchor or there not in places or anchor in places[there]
            if not (there.is_file() and there.is_relative_to(site.resolve()) and fits):
                broken.append((path.relative_to(site).as_posix(), link))
    assert broken == []
    assert checked >= 2000


def test_nothing_of_the_site_is_fetched_from_elsewhere(pages: dict[Path, Any]) -> None:
    found = [
        address
        for page in pages.values()
        for address in page.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src")
        if re.match(r"(?:https?:)?//", address)
    ]
    assert found == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", ["index", "tutorial/tour", "reference/ontology", "howto/serve"])
def test_a_page_opens_from_the_disk(browser: Any, site: Path, name: str, width: int) -> None:
    with opened(browser, site / f"{name}.html", width, 800) as seen:
        assert seen.errors == []
        assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []
        broken = "() => [...document.images].filter(i => !i.naturalWidth).map(i => i.src)"
        assert seen.page.evaluate(broken) == []
        wide = "() => document.documentElement.scrollWidth - window.innerWidth"
        assert seen.page.evaluate(wide) <= 0


@pytest.mark.parametrize(
    ("words", "page"), [("投资额", "reference/ontology"), ("Retry-After", "howto/serve")]
)
def test_the_search_finds_chinese_and_english_without_a_server(
    browser: Any, site: Path, words: str, page: str
) -> None:
    with opened(browser, site / "search.html", 1280, 800) as seen:
        seen.page.goto((site / "search.html").resolve().as_uri() + f"?q={words}")
        until(seen.page, "() => document.querySelector('#search-results .search-summary')"
              "?.textContent.includes('found')")  # fmt: skip
        links = "() => [...document.querySelectorAll('#search-results a')].map(a => a.href)"
        found = seen.page.evaluate(links)
        assert [link for link in found if f"{page}.html" in link], found
        assert seen.errors == []
