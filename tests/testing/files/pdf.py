"""Pages of PDF, drawn with reportlab, and their letters."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any


def pdf(draw: Callable[[Any], None], **options: Any) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1, **options)
    canvas.setFont("STSong-Light", 12)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def order(text: str) -> str:
    """The letters of a text in order, each run once."""
    return re.sub(r"(.)\1+", r"\1", letters(text))
