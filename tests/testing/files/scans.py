"""Notices as scanners give them: drawn on white, turned a little, greyed, with noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

FONTS = Path("/usr/share/fonts/opentype/noto")
_WIDE, _HIGH, _EDGE = 595, 842, 72  # points of A4
_PITCH = 1.7  # of the size, from line to line
_PADDING = 5  # points in a cell
Table = Sequence[Sequence[str]]


def font(size: float, dpi: int, *, bold: bool = False) -> Any:
    """A font for Chinese, of a size in points."""
    from PIL import ImageFont

    path = FONTS / f"NotoSerifCJK-{'Bold' if bold else 'Regular'}.ttc"
    if not path.exists():
        pytest.skip("no font for Chinese is installed (fonts-noto-cjk)")
    return ImageFont.truetype(path, round(size * dpi / 72), index=2)  # that of simplified Chinese


class Paper:
    """A page that is written from top to bottom; lengths are in points."""

    def __init__(self, dpi: int) -> None:
        from PIL import Image, ImageDraw

        self.dpi, self.scale = dpi, dpi / 72
        self.picture = Image.new("L", (round(_WIDE * self.scale), round(_HIGH * self.scale)), 255)
        self.draw = ImageDraw.Draw(self.picture)
        self.y = float(_EDGE)

    @property
    def grey(self) -> Grey:
        import numpy as np

        return np.array(self.picture)

    def text(self, text: str, x: float, y: float, size: float, *, bold: bool = False) -> None:
        place = x * self.scale, y * self.scale
        self.draw.text(place, text, fill=0, font=font(size, self.dpi, bold=bold))

    def title(self, text: str, size: float = 20) -> None:
        wide = font(size, self.dpi, bold=True).getlength(text) / self.scale
        self.text(text, (_WIDE - wide) / 2, self.y, size, bold=True)
        self.y += size * _PITCH * 1.5

    def fits(self, lines: int, size: float) -> bool:
        return self.y + lines * size * _PITCH <= _HIGH - _EDGE

    def line(self, text: str, size: float = 14, x: float = _EDGE) -> None:
        self.text(text, x, self.y, size)
        self.y += size * _PITCH

    def table(self, rows: Table, widths: Sequence[float], size: float = 11) -> None:
        """A ruled table; ``<`` stands for a cell that the one before it takes too."""
        edges = [_EDGE + sum(widths[:n]) for n in range(len(widths) + 1)]
        thick = max(1, round(0.75 * self.scale))
        for row in rows:
            starts = [at for at, cell in enumerate(row) if cell != "<"]
            spans = list(zip(starts, [*starts[1:], len(row)], strict=True))
            cells = [
                wrapped(row[a], edges[b] - edges[a] - 2 * _PADDING, size, self.dpi)
                for a, b in spans
            ]
            high = max(map(len, cells)) * size * 1.4 + 2 * _PADDING
            for (a, b), lines in zip(spans, cells, strict=True):
                box = (edges[a], self.y, edges[b], self.y + high)
                self.draw.rectangle([round(v * self.scale) for v in box], outline=0, width=thick)
                for at, text in enumerate(lines):
                    self.text(text, edges[a] + _PADDING, self.y + _PADDING + at * size * 1.4, size)
            self.y += high
        self.y += size


def wrapped(text: str, wide: float, size: float, dpi: int) -> list[str]:
    """The lines of a paragraph as broad as they fit."""
    held, lines = font(size, dpi), [""]
    for sign in text:
        if held.getlength(lines[-1] + sign) * 72 / dpi > wide and sign not in "，。、；：）》”":
            lines.append("")
        lines[-1] += sign
    return lines


def pages(paragraphs: Sequence[str], dpi: int, size: float = 14) -> Iterator[Grey]:
    """Paragraphs as pages, the first of them as a title."""
    paper = Paper(dpi)
    for title in wrapped(paragraphs[0], _WIDE - 2 * _EDGE, 20, dpi):
        paper.title(title)
    for paragraph in paragraphs[1:]:
        for line in wrapped("　　" + paragraph, _WIDE - 2 * _EDGE, size, dpi):
            if not paper.fits(1, size):
                yield paper.grey
                paper = Paper(dpi)
            paper.line(line, size)
    yield paper.grey


def scanned(grey: Grey, angle: float = 0.8, noise: float = 12, seed: int = 7) -> Grey:
    """A page as it comes from a scanner: turned by some degrees, blurred, grey, with noise."""
    import cv2
    import numpy as np

    high, wide = grey.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    turned = cv2.warpAffine(grey, turn, (wide, high), flags=cv2.INTER_LINEAR, borderValue=255)
    soft = cv2.GaussianBlur(turned, (3, 3), 0.7).astype(np.float64)
    dirt = np.random.default_rng(seed).normal(0, noise, grey.shape)
    return np.clip(soft * 0.9 + 15 + dirt, 0, 255).astype(np.uint8)
