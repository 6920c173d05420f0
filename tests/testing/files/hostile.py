"""Files that nobody should send: good ones damaged by chance, and bombs built on purpose.

Everything is made anew from a seed: the same seed gives the same bytes.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests.testing.files.docx import SPACE, docx, p
from tests.testing.files.ofd import ofd
from tests.testing.files.ofd import table as cells
from tests.testing.files.ofd import text as line_of
from tests.testing.files.packages import (
    box,
    epub,
    grid,
    grid_of_boxes,
    open_document,
    ppt,
    pptx,
    rows_of,
    rtf,
    shape,
)
from tests.testing.files.pdf import pdf
from tests.testing.files.workbooks import Book, Cell, ods, ods_of, spread, xls, xlsx

SENTENCE = (
    "3月16日，甲某智能科技有限公司与云澜市人民政府签约，拟投资42亿元建设智能装备生产基地项目。"
)
NOTICE = "云澜市人民政府办公室日前印发《云澜市智能装备产业发展三年行动方案（2024—2026年）》。"
MIB = 1 << 20
OFFICE = Path(__file__).parents[2] / "data" / "office"
Change = Callable[[bytes, random.Random], bytes]


def html(body: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>签约</title>{head}</head>"
        f"<body><h1>签约仪式举行</h1><p>{SENTENCE}</p>{body}</body></html>"
    ).encode()


def mail() -> bytes:
    message = EmailMessage()
    message["Subject"] = "签约仪式举行"
    message["From"] = "云澜日报 <a@example.org>"
    message.set_content(SENTENCE)
    message.add_alternative(f"<p>{SENTENCE}</p><p>{NOTICE}</p>", subtype="html")
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="附件.zip")
    return message.as_bytes(policy=SMTP)


def saved() -> bytes:
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    page = html(f"<p>{NOTICE}</p>")
    picture = b"\r\n--x\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--x--\r\n"
    return head + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page + picture


@cache
def good() -> dict[str, bytes]:
    """One small good file of each kind, by its suffix."""

    def page(canvas: object) -> None:
        for line, text in enumerate((SENTENCE, NOTICE)):
            for part in range(0, len(text), 30):
                height = 780 - 100 * line - part
                canvas.drawString(60, height, text[part : part + 30])  # type: ignore[attr-defined]
        canvas.grid([60, 120, 300], [400, 380, 360])  # type: ignore[attr-defined]
        for number, text in enumerate(("项目名称", "建设单位", "基地", "甲某公司")):
            place = 65 + 60 * (number % 2), 385 - 20 * (number // 2)
            canvas.drawString(*place, text)  # type: ignore[attr-defined]

    rows = (
        "<w:tbl><w:tr><w:tc>" + p("项目") + "</w:tc><w:tc>" + p("基地") + "</w:tc></w:tr></w:tbl>"
    )
    pages = [
        "".join(line_of(part[at : at + 30], 20, 20 + at / 4) for at in range(0, len(part), 30))
        + cells([["项目名称", "建设单位"], ["基地", "甲某公司"]], 60, (30, 30), 10)
        for part in (SENTENCE, NOTICE)
    ]
    day, sum_ = Cell(45413, "yyyy-mm-dd"), Cell(42.5, '#,##0.0"亿元"')
    table = [["项目名称", "开工时间", "总投资"], ["智能装备生产基地项目", day, sum_]]
    sheets = {"清单": [[SENTENCE], *table], "Sheet2": [[NOTICE]]}
    short = [["项目名称", "建设单位"], ["基地", "甲某公司"]]
    odt = f"<text:p>{SENTENCE}</text:p>{rows_of(short)}<text:p>{NOTICE}</text:p>"
    return {
        ".txt": f"签约仪式举行\n\n{SENTENCE}\n{NOTICE}\n".encode("gb18030"),
        ".html": html(f"<table><tr><td>项目<td>基地</table><p>{NOTICE}</p>"),
        ".pdf": pdf(page),
        ".docx": docx(p(SENTENCE) + rows + p(NOTICE)),
        ".xlsx": xlsx(Book(sheets)),
        ".xls": xls(Book(sheets)),
        ".ods": ods_of([["项目名称", "建设单位"], ["基地", "甲某公司"], [SENTENCE], [NOTICE]]),
        ".ofd": ofd(*pages),
        ".eml": mail(),
        ".mhtml": saved(),
        ".odt": open_document(odt),
        ".odp": open_document(f"<draw:page>{odt}</draw:page>", "presentation"),
        ".pptx": pptx(shape("签约", kind="title") + shape(SENTENCE), shape(NOTICE) + grid(short)),
        ".ppt": ppt(box("签约", 0x0D) + box(SENTENCE), box(NOTICE) + grid_of_boxes(short)),
        ".epub": epub(f"<p>{SENTENCE}</p>", f"<p>{NOTICE}</p>"),
        **legacy(),
        ".csv": f"项目名称,建设单位\n基地,甲某公司\n{SENTENCE}\n{NOTICE}\n".encode("gb18030"),
    }


def legacy() -> dict[str, bytes]:
    """Files that the extra ``office`` reads, where it is installed."""
    if find_spec("anydoc") is None:
        return {}
    return {".doc": (OFFICE / "通知.doc").read_bytes(), ".rtf": rtf(f"{SENTENCE}\n{NOTICE}")}


def mutants(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many damaged files: the name of each, and its bytes."""
    chance = random.Random(seed)
    kinds = list(good())
    for number in range(count):
        kind = kinds[number % len(kinds)]
        data = good()[kind]
        for _ in range(chance.choice((1, 1, 2, 4))):
            data = chance.choice(CHANGES)(data, chance)
        shown = chance.choice(kinds) if chance.random() < 0.1 else kind
        yield f"{seed}-{number:05}{shown}", data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 100))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 16, 300, 5000)))


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _holed(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _noise(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def _numbers(data: bytes, chance: random.Random) -> bytes:
    """Each ASCII figure may become another: lengths, offsets and references then lie."""
    return bytes(
        chance.choice(b"0123456789") if 48 <= byte <= 57 and chance.random() < 0.1 else byte
        for byte in data
    )


def _recoded(data: bytes, chance: random.Random) -> bytes:
    text = data.decode(chance.choice(("utf-8", "gb18030", "latin-1")), "replace")
    return text.encode(chance.choice(("utf-16", "big5", "utf-32-be", "utf-7")), "replace")


def _members(data: bytes, chance: random.Random) -> bytes:
    """The parts of a zip under each other's names; other files: two halves swapped."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:
        half = len(data) // 2
        return data[half:] + data[:half]
    inner = [*(content for _, content in parts), b"", data]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", chance.choice((0, 8))) as archive:
        names = dict.fromkeys(name for name, _ in parts)
        for name in (*names, f"{chance.choice(('../..', '/etc', 'word'))}/{len(names)}.xml"):
            archive.writestr(name, _flipped(chance.choice(inner), chance))
    return stream.getvalue()


CHANGES: tuple[Change, ...] = (
    _flipped, _cut, _holed, _doubled, _noise, _numbers, _recoded, _members,
)  # fmt: skip


def raw_docx(document: bytes, **parts: bytes) -> bytes:
    """A docx whose body is these bytes; a part's name has ``__`` for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def raw_pdf(content: bytes, filters: str, catalog: str = "") -> bytes:
    """A PDF of one page whose content went through filters."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 6 0 R>>",
        f"<</Length {len(content)}/Filter[{filters}]>>stream\n".encode() + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F 5 0 R>>>>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + head + table + tail % (len(objects) + 1, len(out))


def packed(size: int, times: int, piece: bytes) -> bytes:
    """So many bytes of a repeated piece, deflated several times over."""
    squeeze = zlib.compressobj(9)
    block = piece * (MIB // len(piece))
    data = b"".join(squeeze.compress(block) for _ in range(size // MIB)) + squeeze.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def nested_zip(depth: int) -> bytes:
    data = b"0" * MIB
    for _ in range(depth):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}.docx", data)
        data = stream.getvalue()
    return data


LAUGHS = "<!DOCTYPE lolz [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip
ROOT = f"<w:document xmlns:w='{SPACE}'><w:body>"


def bombs() -> Iterator[tuple[str, bytes, str]]:
    """Bombs that are no documents: name, bytes, and words of the reason."""
    yield "thousandfold.docx", raw_docx(b" " * (100 * MIB)), "unpacks to 100 MiB"
    many = "".join(map('<w:p a="{}"/>'.format, range(2_000_000)))
    yield "paragraphs.docx", raw_docx((ROOT + many).encode()), "more than 400,000 paragraphs"
    yield "empty-paragraphs.docx", raw_docx((ROOT + "<w:p/>" * 2_000_000).encode()), "unpacks to"
    yield "nested.docx", nested_zip(5), "is an archive (zip)"
    yield "zip-inside.docx", raw_docx(nested_zip(2)), "damaged XML"
    yield "laughs.docx", raw_docx(f"{LAUGHS}{ROOT}&a11;".encode()), "document type definition"
    utf16 = raw_docx(f"{LAUGHS}{ROOT}&a11;".encode("utf-16"))
    yield "laughs-utf16.docx", utf16, "document type definition"
    stacked = packed(1024 * MIB, 4, b" ")
    yield "stacked.pdf", raw_pdf(stacked, "/FlateDecode" * 4), "needed more than the 2 GiB"
    endless = raw_pdf(b"x", "/FlateDecode" * 100_000)
    yield "filters.pdf", endless, "no text"
    yield "loop.pdf", _loop(), "more than 5000 pages"
    yield "tags.html", b"<!DOCTYPE html>" + b"<div>" * 1_000_000, "no text"
    yield "tag.html", b"<!DOCTYPE html><p " + b"a" * (32 * MIB), "no text"
    yield "spread.xls", spread(3), "spreads its cells over more than 32,000,000 places"
    cell = "<table:table-cell table:number-columns-repeated='16384'><text:p>1</text:p>"
    row = f"<table:table-row table:number-rows-repeated='99999'>{cell}</table:table-cell>"
    cells = ods(f"<table:table>{row}</table:table-row></table:table>")
    yield "repeated.ods", cells, "has more than 2,000,000 cells"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(3000):
            archive.writestr(f"{number}.txt", SENTENCE)
    yield "many.zip", stream.getvalue(), "is a zip of more than 2,000 files"


def _loop() -> bytes:
    return raw_pdf(b"", "").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[2 0 R 2 0 R]/Count 9999")


def callers(url: str, file: str) -> Iterator[tuple[str, bytes]]:
    """Files that ask for something elsewhere: at an address, and of the machine."""
    pictures = "".join(
        f"<img src='{at}'><iframe src='{at}'></iframe><object data='{at}'></object>"
        f"<svg><image href='{at}' xlink:href='{at}'/></svg><script src='{at}'></script>"
        for at in (url, f"file://{file}")
    )
    refresh = f"<meta http-equiv=refresh content='0;{url}'>"
    head = f"<link rel=stylesheet href='{url}'><base href='{url}'>{refresh}"
    yield "page.html", html(pictures, head)
    for name, at in (("net", url), ("file", f"file://{file}")):
        entities = f"<!ENTITY x SYSTEM '{at}'><!ENTITY % y SYSTEM '{at}'>%y;"
        outside = f"<!DOCTYPE html SYSTEM '{at}' [{entities}]>"
        page = f"<?xml version='1.0'?>{outside}<html xmlns:xi='http://www.w3.org/2001/XInclude'>"
        inside = f"<body><p>&x;{SENTENCE}</p><xi:include href='{at}'/></body></html>"
        yield f"entity-{name}.html", (page + inside).encode()
        body = f"<!DOCTYPE w:document SYSTEM '{at}' [<!ENTITY x SYSTEM '{at}'>]>{ROOT}&x;"
        yield f"entity-{name}.docx", raw_docx(body.encode())
        kinds = ("attachedTemplate", "image", "oleObject", "frame", "subDocument")
        relations = "".join(
            f"<Relationship Id='r{n}' Type='http://x/{kind}' Target='{at}' TargetMode='External'/>"
            for n, kind in enumerate(kinds)
        )
        rels = f"<Relationships>{relations}</Relationships>".encode()
        whole = f"{ROOT}{p(SENTENCE)}</w:body></w:document>".encode()
        parts = {"word___rels__document.xml.rels": rels, "word__up__..__..__x.xml": b"<x/>"}
        yield f"relation-{name}.docx", raw_docx(whole, **parts)
        main = f"<Relationship Type='http://x/officeDocument' Target='{at}'/>"
        main = f"<Relationships>{main}</Relationships>"
        yield f"main-{name}.docx", raw_docx(whole, **{"_rels__.rels": main.encode()})
        shown = zlib.compress(b"BT /F 12 Tf 50 700 Td (3 March: a signing in Yunlan) Tj ET")
        action = f"/OpenAction<</S/URI/URI({at})>>/AA<</O<</S/Launch/F({file})>>>>"
        yield f"action-{name}.pdf", raw_pdf(shown, "/FlateDecode", action)
        apart = f"/FlateDecode]/F<</FS/URL/F({at})>>/FFilter["
        yield f"stream-{name}.pdf", raw_pdf(shown, apart)
