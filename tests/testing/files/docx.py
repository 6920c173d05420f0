"""Word documents, made by hand of the markup of their paragraphs and tables."""

from __future__ import annotations

import io
import zipfile

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def docx(body: str, head: str = "", **parts: str) -> bytes:
    stream = io.BytesIO()
    root = f'<w:document xmlns:w="{SPACE}" xmlns:mc="{COMPATIBILITY}">'
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}{root}<w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def listed(body: str, numbering: str, styles: str = "") -> bytes:
    """A document with lists, whose numbers Word makes by itself."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    held = {"numbering": numbering, "styles": styles}
    links = "".join(
        f'<Relationship Id="{name}" Type="{kinds}/{name}" Target="{name}.xml"/>' for name in held
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    stream = io.BytesIO(docx(body))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(
                f"word/{name}.xml", f'<w:{name} xmlns:w="{SPACE}">{content}</w:{name}>'
            )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{space}">{links}</Relationships>',
        )
    return stream.getvalue()


def p(content: str) -> str:
    return f"<w:p><w:r><w:t>{content}</w:t></w:r></w:p>"


def tc(content: str, span: int = 1) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{content}</w:tc>'


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"
