"""Chromium for the tests: the system's own, headless, without a network."""

from __future__ import annotations

import shutil
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same without windows, made for machines: a page is open in half the time.
SHELL = "chromium-headless-shell"
# Chromium as root needs no-sandbox; the rest keeps it from calling home, and from looking
# for a graphics card.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
)
# Nothing takes so long; what does is a fault, not a slow machine.
SECONDS = 240
# How much of a picture differs from its first pixel, counted by the browser itself.
_COVERED = """async address => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const {data} = context.getImageData(0, 0, image.width, image.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    const far = Math.abs(data[i] - data[0]) + Math.abs(data[i + 1] - data[1])
      + Math.abs(data[i + 2] - data[2]);
    if (far > 40) count += 1;
  }
  return count / (data.length / 4);
}"""


def executable(whole: bool = False) -> str:
    """Path of the system's Chromium: its headless shell if there is one, or ``whole`` as users
    have it.

    Raises:
        RuntimeError: If there is none; the message says how to get it.
    """
    names = NAMES if whole else (SHELL, *NAMES)
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise RuntimeError(
            f"no browser: none of {', '.join(names)} is on PATH; "
            "run 'make test', or 'apt-get install chromium fonts-noto-cjk'"
        )
    return found


@contextmanager
def chromium(whole: bool = False) -> Iterator[Any]:
    """A running Chromium (playwright's Browser), ended on leaving."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(whole), args=list(ARGUMENTS), headless=True
        )
        try:
            yield browser
        finally:
            browser.close()


def until(page: Any, condition: str, arg: Any = None, seconds: float = SECONDS) -> None:
    """Wait until an expression, or a function of `arg`, holds in a page (else TimeoutError).

    Playwright's own `wait_for_function` evaluates text within the page again and again, which a
    page that allows no evaluation refuses from the second time on.
    """
    end = monotonic() + seconds
    while not _holds(page, condition, arg):
        if monotonic() > end:
            raise TimeoutError(f"not within {seconds} s: {condition}")
        page.wait_for_timeout(20)


def _holds(page: Any, condition: str, arg: Any) -> bool:
    from playwright.sync_api import Error

    try:
        return bool(page.evaluate(condition, arg))
    except Error as error:
        if "context was destroyed" in str(error):  # the page is leaving for another one
            return False
        raise


@dataclass
class Opened:
    """A page with all that it complained of and asked for since it was opened."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def centre(self) -> tuple[float, float]:
        """Middle of the graph's canvas in the window, in CSS pixels."""
        box = self.page.locator("#graph").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def to_edge(self, fact: int, at: float = 0.5) -> tuple[float, float]:
        """Bring a point of an edge to the middle of the canvas; where it is in the window."""
        self.page.evaluate(
            "([fact, at]) => zhengtu.network.moveTo({scale: 1, "
            "position: zhengtu.network.body.edges[fact].edgeType.getPoint(at)})",
            [fact, at],
        )
        return self.centre()

    def to_node(self, node: int) -> tuple[float, float]:
        """Bring a node to the middle of the canvas; where it is in the window."""
        self.page.evaluate(
            "node => zhengtu.network.moveTo({scale: 1, "
            "position: zhengtu.network.getPosition(node)})",
            node,
        )
        return self.centre()

    def covered(self) -> float:
        """Share of the graph's area (0 to 1) that is not its background, by a screenshot."""
        # What floats over the graph is no part of it. (The page allows no other styles.)
        show = """visibility => document
          .querySelectorAll('.zoom, .mini, .note, .panel, .tip, .vacant')
          .forEach(element => { element.style.visibility = visibility; })"""
        self.page.evaluate(show, "hidden")
        picture = self.page.locator("#graph").screenshot()
        self.page.evaluate(show, "")
        blank = self.page.context.new_page()
        address = "data:image/png;base64," + b64encode(picture).decode()
        share = blank.evaluate(_COVERED, address)
        blank.close()
        return float(share)


@contextmanager
def opened(
    browser: Any, where: Path | str, width: int = 1280, height: int = 800
) -> Iterator[Opened]:
    """Open an HTML file, offline, or an address, in a fresh context of so many CSS pixels."""
    offline = not isinstance(where, str)
    context = browser.new_context(
        offline=offline, viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    context.set_default_timeout(SECONDS * 1000)
    page = context.new_page()
    seen = Opened(page)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            seen.errors.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("request", lambda request: seen.requests.append(request.url))
    try:
        page.goto(where if isinstance(where, str) else where.resolve().as_uri())
        page.wait_for_load_state("load")
        yield seen
    finally:
        context.close()
