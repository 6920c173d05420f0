"""OFD files, made by hand of texts, lines and tables."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.testing.files.workbooks import packed

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(*pages: str, template: str = "", info: str = "", **parts: str) -> bytes:
    """A document of pages, all of them with one template if there is one."""
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    held = '<ofd:TemplatePage ID="99" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    used = '<ofd:Template TemplateID="99" ZOrder="Background"/>' if template else ""
    whole = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>"
        "Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{held}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    content = (
        "<ofd:Page {}>{}<ofd:Content><ofd:Layer ID='1'>{}</ofd:Layer></ofd:Content></ofd:Page>"
    )
    for number, page in enumerate(pages):
        whole[f"Doc_0/Pages/Page_{number}/Content.xml"] = content.format(SPACE, used, page)
    if template:
        whole["Doc_0/Tpls/Tpl_0/Content.xml"] = content.format(SPACE, "", template)
    return packed({**whole, **{n.replace("__", "/") + ".xml": part for n, part in parts.items()}})


def text(said: str, left: float, top: float, size: float = 3.5, more: str = "") -> str:
    """A line of text, its upper left corner in millimetres."""
    step = f'DeltaX="g {len(said) - 1} {size}"' if len(said) > 1 else ""
    return object_(
        f'Boundary="{left} {top} 180 {size + 1}" Size="{size}" {more}',
        f'<ofd:TextCode X="0" Y="{size * 0.86}" {step}>{escape(said)}</ofd:TextCode>',
    )


def object_(held: str, codes: str) -> str:
    return f"<ofd:TextObject {held}>{codes}</ofd:TextObject>"


def path(data: str, more: str = "") -> str:
    held = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject Boundary="0 0 210 297" {more}>{held}</ofd:PathObject>'


def table(rows: Sequence[Sequence[str]], top: float, widths: Sequence[float], high: float) -> str:
    """A ruled table whose cells are broken at their width."""
    left = 15.0
    edges = [left + sum(widths[:n]) for n in range(len(widths) + 1)]
    levels = [top + high * n for n in range(len(rows) + 1)]
    out = "".join(path(f"M {edges[0]} {y} L {edges[-1]} {y}") for y in levels)
    out += "".join(path(f"M {x} {levels[0]} L {x} {levels[-1]}") for x in edges)
    for y, row in zip(levels, rows, strict=False):
        for x, wide, cell in zip(edges, widths, row, strict=False):
            most = int((wide - 3) / 3.5)
            for number, at in enumerate(range(0, len(cell), most)):
                out += text(cell[at : at + most], x + 1.5, y + 1 + 4 * number)
    return out
