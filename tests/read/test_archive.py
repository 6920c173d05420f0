"""Archives and messages in, the documents that lie in them out, each by a name of its own."""

from __future__ import annotations

import email
import random
import struct
import sys
import zipfile
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest

from kg.base.errors import ReadError
from kg.base.records import Document, Skipped
from kg.read import File, bytes_of, count, parse, read, read_file, walk
from kg.read.web.mime import content_of, pieces
from tests.conftest import SOAK
from tests.testing.files.docx import docx, p
from tests.testing.files.hostile import CHANGES, MIB
from tests.testing.files.workbooks import packed

NEWS = "成都高新区与蓉芯微签约，投资42亿元。"


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def found(*sources: Path) -> dict[str, str]:
    """The text of each document, or why there is none, by name."""
    documents = read(sources)
    return {d.name: d.text if isinstance(d, Document) else d.reason for d in documents}


def gbk(parts: dict[str, bytes], extra: bytes = b"") -> bytes:
    """An archive as Chinese programs write it: names in GBK, and nothing that says so."""
    out, directory = b"", b""
    for name, data in parts.items():
        raw = name.encode("gb18030")
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x5821, zipfile.crc32(data), len(data),
                             len(data), len(raw), len(extra))  # fmt: skip
        at = len(out)
        out += b"PK\3\4" + fields + raw + extra + data
        directory += b"PK\1\2" + struct.pack("<H", 20) + fields[:-2] + struct.pack(
            "<HHHHII", len(extra), 0, 0, 0, 0, at) + raw + extra  # fmt: skip
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return out + directory + b"PK\5\6" + end


def message(
    subject: str = "关于报送项目的函", text: str = NEWS, html: str = "", **attached: bytes
) -> bytes:
    mail = EmailMessage()
    mail["From"] = "云泽市发展和改革委员会 <a@example.org>"
    mail["Subject"] = subject
    mail["Date"] = "Mon, 08 Apr 2024 09:30:00 +0800"
    mail.set_content(text, charset="utf-8")
    if html:
        mail.add_alternative(html, subtype="html")
    for name, data in attached.items():
        mail.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=name.replace("__", ".")
        )
    return mail.as_bytes(policy=SMTP)


# --------------------------------------------------------------------------------- archives


def test_files_of_an_archive_are_documents_with_names_of_their_own(tmp_path: Path) -> None:
    parts = {"b.docx": docx(p(NEWS)), "子/甲.txt": NEWS.encode(), "c.jpg": b"\xff\xd8\xff"}
    archive = put(tmp_path, "附件.zip", packed(parts))
    assert found(archive) == {"附件.zip!/b.docx": NEWS, "附件.zip!/子/甲.txt": NEWS}
    assert [(f.name, f.other) for f in walk([tmp_path])] == [
        ("附件.zip!/b.docx", ""), ("附件.zip!/c.jpg", ".jpg"), ("附件.zip!/子/甲.txt", ""),
    ]  # fmt: skip
    assert count([tmp_path, archive]) == 3


def test_names_in_gbk_and_names_beside_them_are_read(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", gbk({"年报\\通知.txt": NEWS.encode("gb18030")}))
    assert found(tmp_path) == {"a.zip!/年报/通知.txt": NEWS}
    path = "公告.txt".encode()
    extra = struct.pack("<HHBI", 0x7075, 5 + len(path), 1, 0) + path
    put(tmp_path, "a.zip", gbk({"??.txt": NEWS.encode()}, extra))
    assert found(tmp_path) == {"a.zip!/公告.txt": NEWS}


def test_names_lead_nowhere_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    names = ("../../etc/a.txt", "/b.txt", "__MACOSX/._a.txt", ".hidden/c.txt", "~$d.docx", "e/")
    put(tmp_path, "a.zip", packed(dict.fromkeys(names, NEWS)))
    assert sorted(found(tmp_path)) == ["a.zip!/b.txt", "a.zip!/etc/a.txt"]


def test_an_archive_in_an_archive_is_opened_one_in_that_is_named(tmp_path: Path) -> None:
    deep = packed({"d.txt": NEWS})
    inner = packed({"c.txt": NEWS, "深.zip": deep, "e.eml": message(x__txt=NEWS.encode())})
    put(tmp_path, "a.zip", packed({"b.zip": inner, "bad.zip": inner[:50]}))
    told = found(tmp_path)
    deeper = "lies in more archives or messages than one within another; unpack one of them first"
    assert told.pop("a.zip!/b.zip!/e.eml").endswith(NEWS)
    assert told == {
        "a.zip!/b.zip!/c.txt": NEWS,
        "a.zip!/b.zip!/深.zip": deeper,
        "a.zip!/b.zip!/e.eml!/x.txt": deeper,
        "a.zip!/bad.zip": "is a zip that is cut off or damaged; get it again",
    }


def test_other_archives_are_named_with_the_way_out(tmp_path: Path) -> None:
    put(tmp_path, "a.rar", b"Rar!\x1a\x07\0")
    put(tmp_path, "b.zip", packed({"c.7z": b"7z\xbc\xaf\x27\x1c", "d.txt": NEWS}))
    way = "; unpack it and name its folder, or pack it as zip"
    told = found(tmp_path)
    assert told["a.rar"].endswith(way)
    assert told["b.zip!/c.7z"].endswith(way)
    assert told["b.zip!/d.txt"] == NEWS
    assert read_file(File("-", "a.txt", data=b"Rar!\x1a\x07\0")) == Skipped(
        "a.txt", f"is an archive (RAR){way}"
    )


def test_a_document_that_is_named_zip_is_read_as_it_is(tmp_path: Path) -> None:
    whole = packed({"[Content_Types].xml": "<T/>", "word/document.xml": "<d/>"})
    put(tmp_path, "a.zip", whole)
    put(tmp_path, "b.zip", b"%PDF-1.7")
    put(tmp_path, "c.zip", NEWS.encode())
    told = found(tmp_path)
    assert told["a.zip"] == "holds no text"
    assert set(told) == {"a.zip", "b.zip", "c.zip"}
    assert "is named .zip, but its content is no zip" in told["c.zip"]


def test_an_archive_without_documents_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.zip", packed({}))
    put(tmp_path, "b.zip", packed({"x/": b""}))
    assert all("of no file that can be read" in told for told in found(tmp_path).values())
    assert len(found(tmp_path)) == 2


def flagged(data: bytes, place: int, flag: int) -> bytes:
    changed = bytearray(data)
    for mark, offset in ((b"PK\3\4", 0), (b"PK\1\2", 2)):
        changed[changed.find(mark) + place + offset] |= flag
    return bytes(changed)


def test_what_cannot_be_unpacked_is_named_with_the_reason(tmp_path: Path) -> None:
    whole = packed({"甲.txt": NEWS * 9})
    put(tmp_path, "locked.zip", flagged(whole, 6, 1))
    put(tmp_path, "method.zip", flagged(whole, 8, 97))
    put(tmp_path, "cut.zip", whole[:-30])
    put(tmp_path, "crc.zip", flagged(whole, 14, 0xFF))
    told = found(tmp_path)
    assert told["locked.zip!/甲.txt"].startswith("is encrypted; unpack it with its password")
    assert "packed in a way that kg does not know" in told["method.zip!/甲.txt"]
    assert told["cut.zip"] == "is a zip that is cut off or damaged; get it again"
    assert told["crc.zip!/甲.txt"] == "lies in a zip that is cut off or damaged; get it again"


def test_bombs_in_archives_are_named_and_never_unpacked(tmp_path: Path) -> None:
    put(tmp_path, "zeros.zip", packed({"a.txt": b"0" * (20 * MIB), "b.txt": NEWS}))
    put(tmp_path, "large.zip", packed({"a.txt": random.Random(1).randbytes(MIB) * 70}))
    put(tmp_path, "many.zip", packed({f"{n}.txt": b"a" for n in range(2001)}))
    lie = bytearray(packed({"a.txt": NEWS}))
    at = lie.rfind(b"PK\5\6")
    lie[at + 12 : at + 16] = struct.pack("<I", 1 << 30)
    put(tmp_path, "directory.zip", bytes(lie))
    sizes = bytearray(packed({f"{n}.txt": NEWS for n in range(40)}))
    for at in [n for n in range(len(sizes)) if sizes[n : n + 4] == b"PK\1\2"]:
        sizes[at + 24 : at + 28] = struct.pack("<I", 30 * MIB)
    put(tmp_path, "sum.zip", bytes(sizes))
    told = found(tmp_path)
    assert told["zeros.zip!/b.txt"] == NEWS
    assert "which no written document does" in told["zeros.zip!/a.txt"]
    assert told["large.zip!/a.txt"].startswith("is larger than 64 MiB (70.0 MiB)")
    assert told["many.zip"] == "is a zip of more than 2,000 files; split it"
    assert told["directory.zip"] == "is a zip of more than 2,000 files; split it"
    assert told["sum.zip"].startswith(
        "unpacks to more than 1024 MiB; unpack it and name its folder"
    )


def test_a_file_of_an_archive_that_is_listed_twice_is_read_once(tmp_path: Path) -> None:
    archive = put(tmp_path, "a.zip", packed({"b.txt": NEWS}))
    (tmp_path / "link.zip").symlink_to(archive)
    assert sorted(found(tmp_path, archive)) == ["a.zip!/b.txt"]


# --------------------------------------------------------------------------------- messages


def test_a_message_is_a_document_and_so_is_each_file_attached_to_it(tmp_path: Path) -> None:
    data = message(
        附件1__docx=docx(p(NEWS)), 图__png=b"\x89PNG", 附件2__zip=packed({"a.txt": NEWS})
    )
    put(tmp_path, "来函.eml", data)
    assert found(tmp_path) == {
        "来函.eml": f"关于报送项目的函\n\n{NEWS}",
        "来函.eml!/附件1.docx": NEWS,
        "来函.eml!/附件2.zip!/a.txt": NEWS,
    }
    document = parse("来函.eml", data)
    assert (document.title, document.publisher, document.published) == (
        "关于报送项目的函", "云泽市发展和改革委员会", "2024-04-08",
    )  # fmt: skip


def test_the_page_of_a_message_comes_before_its_plain_text() -> None:
    data = message(text="无表", html="<table><tr><td>项目<td>投资<tr><td>甲<td>3</table>")
    assert parse("a.eml", data).text == "关于报送项目的函\n\n项目\t投资\n甲\t3"


def test_messages_in_gbk_whatever_they_declare_are_read() -> None:
    head = (
        b"Subject: "
        + "关于报送项目的函".encode("gb18030")
        + b"\r\nContent-Type: text/plain\r\n\r\n"
    )
    assert parse("a.eml", head + NEWS.encode("gb18030")).text == f"关于报送项目的函\n\n{NEWS}"
    words = b"=?GBK?B?zajWqg==?= =?gb2312?Q?=B6=FE?="
    quoted = b"Content-Transfer-Encoding: quoted-printable\n\n=E7=94=B2=\n=E4=B9=99"
    assert parse("a.eml", b"Subject: " + words + b"\n" + quoted).text == "通知二\n\n甲乙"


def test_a_message_in_a_message_is_one_of_its_own(tmp_path: Path) -> None:
    outer = EmailMessage()
    outer["Subject"] = "转发"
    outer.set_content("见附件")
    outer.add_attachment(email.message_from_bytes(message(a__txt=NEWS.encode()), policy=default))
    put(tmp_path, "b.eml", outer.as_bytes())
    assert found(tmp_path) == {
        "b.eml": "转发\n\n见附件",
        "b.eml!/message.eml": f"关于报送项目的函\n\n{NEWS}",
        "b.eml!/message.eml!/a.txt": NEWS,
    }


def test_pieces_are_those_that_the_standard_library_finds() -> None:
    data = message(html="<p>甲</p>", a__docx=b"\0\1\2\r\n--x\r\n", b__xlsx=bytes(range(256)) * 9)
    theirs = [
        m for m in email.message_from_bytes(data, policy=default).walk() if not m.is_multipart()
    ]
    ours = pieces(data)
    assert [(o.kind, o.name) for o in ours] == [
        (t.get_content_type(), t.get_filename() or "") for t in theirs
    ]
    for piece, theirs_ in zip(ours, theirs, strict=True):
        assert content_of(data, piece).strip() == theirs_.get_payload(decode=True).strip()


def saved(page: str, kind: str = "text/html", charset: str = "gb2312") -> bytes:
    return (
        (
            "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?=E9=80=9A=E7=9F=A5?=\r\n"
            "Date: Mon, 8 Apr 2024 09:30:00 +0800\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/related;\r\n\ttype="
            '"text/html";\r\n\tboundary="----M"\r\n\r\n\r\n------M\r\nContent-Type: '
            f"{kind}; charset={charset}\r\nContent-Location: http://x/\r\n\r\n"
        ).encode()
        + page.encode("gb18030")
        + (
            b"\r\n------M\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            b"iVBORw==\r\n------M--\r\n"
        )
    )


def test_a_saved_page_is_read_as_a_page() -> None:
    document = parse("a.mhtml", saved(f"<html><body><h1>签约</h1><p>{NEWS}</p></body></html>"))
    assert document.text == f"签约\n\n{NEWS}"
    assert (document.title, document.published) == ("签约", "2024-04-08")
    assert (document.media, document.encoding) == ("multipart/related", "gb18030")
    with pytest.raises(ReadError, match="holds no page"):
        parse("a.mht", saved("x", "text/plain"))


def test_messages_of_too_much_are_named(tmp_path: Path) -> None:
    piece = b"--b\nContent-Type: text/plain\n\na\n"
    head = b"Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n"
    put(tmp_path, "many.eml", head + piece * 3000)
    put(tmp_path, "head.eml", b"Subject: " + b"a" * MIB)
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(50)
    )
    put(tmp_path, "deep.eml", deep)
    put(tmp_path, "none.eml", b"\n" + NEWS.encode())
    told = found(tmp_path)
    assert "of more than 1000 pieces" in told["many.eml"]
    assert "of more than 1000 pieces" in told["deep.eml"]
    assert told["head.eml"] == "is no message: its headers have no end"
    assert told["none.eml"].startswith("is no message: it has no headers")


@pytest.mark.parametrize(
    "head",
    [
        b'Content-Type: text/plain; a="' + b";" * 200_000,
        b"Content-Type: text/plain" + b"; name*%d=a" * 15_000,
        b"From: " + b"<(a," * 60_000,
        b"Subject: " + b"=?a?q?" * 40_000,
        b"Date: " + b"(Mon " * 50_000,
        b"Content-Disposition: inline" + b"; filename*0*=a''%" * 14_000,
    ],
)
def test_headers_that_would_take_minutes_are_read_at_once(head: bytes) -> None:
    """Parting the parameters of the first one took three minutes."""
    calls = 0

    def counted(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(counted)
    try:
        document = parse("a.eml", head + b"\nSubject: a\n\n" + NEWS.encode())
    finally:
        sys.setprofile(None)
    assert document.text.endswith(NEWS)
    assert calls < 100_000


@pytest.mark.parametrize("kind", [".zip", ".eml", ".mhtml"])
def test_mutated_archives_and_messages_are_read_or_named(tmp_path: Path, kind: str) -> None:
    inner = packed({"甲.txt": NEWS, "b.docx": docx(p(NEWS))})
    good = {
        ".zip": packed({"a.txt": NEWS, "b.zip": inner, "c.eml": message(d__txt=b"a")}),
        ".eml": message(html=f"<p>{NEWS}</p>", a__docx=docx(p(NEWS)), b__zip=inner),
        ".mhtml": saved(f"<p>{NEWS}</p>"),
    }[kind]
    chance = random.Random(11)
    for number in range(120 * SOAK):
        data = good
        for _ in range(chance.choice((1, 1, 2, 4))):
            data = chance.choice(CHANGES)(data, chance)
        path = put(tmp_path, f"{number}{kind}", data)
        for file in walk([path]):
            document = read_file(file)
            assert isinstance(document, Skipped | Document)
            assert isinstance(document, Document) or "Error" not in document.reason, document
        path.unlink()


def test_an_archive_is_read_again_when_its_files_are_asked_for(tmp_path: Path) -> None:
    path = put(tmp_path, "a.zip", packed({"b.txt": NEWS}))
    (file,) = walk([path])
    assert bytes_of(file) == NEWS.encode()
    path.write_bytes(b"changed")
    assert isinstance(bytes_of(file), Skipped)
