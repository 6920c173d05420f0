"""Sources in, files and documents out; nothing that is wrong with a file stops the rest."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.base.records import Document, Skipped
from kg.read import File, broken, bytes_of, count, parse, read, read_file, walk
from tests.conftest import ROOT

NEWS = "成都高新区与蓉芯微签约，投资42亿元。"


def put(folder: Path, name: str, data: bytes | str = NEWS) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def given(name: str, data: bytes) -> Document | Skipped:
    return read_file(File("unused", name, data=data))


def reason(name: str, data: bytes) -> str:
    found = given(name, data)
    assert isinstance(found, Skipped), found
    return found.reason


def text(name: str, data: bytes) -> str:
    found = given(name, data)
    assert isinstance(found, Document), found
    return found.text


# ---------------------------------------------------------------- which files, which names


def test_names_are_paths_below_the_source_in_order(tmp_path: Path) -> None:
    for name in ("乙.txt", "子/甲.md", "a.txt"):
        put(tmp_path, name)
    assert [file.name for file in walk([tmp_path])] == ["a.txt", "乙.txt", "子/甲.md"]
    assert count([tmp_path]) == 3


def test_a_single_file_is_called_by_its_base_name(tmp_path: Path) -> None:
    path = put(tmp_path, "深/处/通知.txt")
    assert [file.name for file in walk([path])] == ["通知.txt"]


def test_order_of_sources_and_working_directory_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = put(tmp_path, "x/1.txt").parent, put(tmp_path, "y/2.txt").parent
    expected = walk([one, two])
    assert walk([two, one]) == expected
    monkeypatch.chdir(tmp_path)
    assert walk(["y", "x"]) == expected


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt")
    assert len(walk([tmp_path, path, tmp_path])) == 1


def test_hidden_files_and_lock_files_are_left_out(tmp_path: Path) -> None:
    for name in (".git/a.txt", ".hidden.txt", "~$通知.docx", "shown.txt"):
        put(tmp_path, name)
    assert [file.name for file in walk([tmp_path])] == ["shown.txt"]


def test_an_empty_folder_yields_nothing(tmp_path: Path) -> None:
    assert list(read([tmp_path])) == []


def test_links_out_of_a_source_are_named_not_followed(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/secret.txt")
    inside = tmp_path / "inside"
    put(inside, "a.txt")
    (inside / "again.txt").symlink_to(inside / "a.txt")
    (inside / "leak.txt").symlink_to(outside)
    (inside / "nothing.txt").symlink_to(tmp_path / "gone")
    (inside / "tree").symlink_to(outside.parent)
    (inside / "loop").symlink_to(inside)
    problems = {file.name: file.problem for file in walk([inside])}
    assert problems.pop("a.txt") == ""
    assert "leads out of its folder" in problems["leak.txt"]
    assert problems["nothing.txt"] == "is a link to nothing"
    assert "link to a folder" in problems["tree"]
    assert "link to a folder" in problems["loop"]


def test_a_link_out_of_a_source_does_not_hide_its_target(tmp_path: Path) -> None:
    """Nor is it named any more where the target is a source itself, as its problem advises."""
    inside, outside = tmp_path / "inside", tmp_path / "z.txt"
    inside.mkdir()
    outside.write_text("高新区", encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        (inside / name).symlink_to(outside)
    assert [(f.name, bool(f.problem)) for f in walk([inside])] == [("a.txt", True), ("b.txt", True)]
    assert [(f.name, f.problem) for f in walk([inside, outside])] == [("z.txt", "")]


def test_what_lies_beside_documents_is_known_by_its_kind_and_not_opened(tmp_path: Path) -> None:
    for name in ("a.txt", "b.json", "c/d.XML", "c/Makefile", "e.rar"):
        put(tmp_path, name)
    (tmp_path / "f.json").symlink_to(tmp_path / "gone")
    assert {file.name: file.other for file in walk([tmp_path])} == {
        "a.txt": "",
        "b.json": ".json",
        "c/Makefile": "without suffix",
        "c/d.XML": ".xml",
        "e.rar": "",
        "f.json": ".json",
    }
    found = list(read([tmp_path]))
    assert [one.name for one in found] == ["a.txt", "e.rar"]
    assert isinstance(found[1], Skipped)
    assert found[1].reason.endswith("or pack it as zip")


def test_a_file_that_is_named_is_to_be_read_whatever_its_kind(tmp_path: Path) -> None:
    inner = put(tmp_path, "a/b.json")
    for sources in ([inner], [tmp_path, inner], [inner, tmp_path]):
        assert [file.other for file in walk(sources)] == [""]
    (found,) = read([tmp_path, inner])
    assert isinstance(found, Skipped)
    assert ".json is no kind of document kg reads" in found.reason


def test_a_link_given_as_source_is_followed(tmp_path: Path) -> None:
    target = put(tmp_path, "data/a.txt")
    link = tmp_path / "link"
    link.symlink_to(target.parent)
    assert [file.name for file in walk([link])] == ["a.txt"]
    assert [type(found) for found in read([link])] == [Document]


@pytest.mark.parametrize("name", ["引\"号'.txt", "换\n行.txt", "表情🚀.txt", " 空格 .txt", "-.txt"])
def test_odd_names_are_read_and_kept(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    (found,) = read([tmp_path])
    assert isinstance(found, Document)
    assert (found.name, found.text) == (name, NEWS)


def test_a_name_in_gb18030_bytes_is_read_and_made_printable(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "年报.txt".encode("gb18030")
    with open(raw, "wb") as stream:
        stream.write(NEWS.encode())
    (found,) = read([tmp_path])
    assert found.name == "年报.txt"
    assert isinstance(found, Document)


def test_what_does_not_exist_is_named(tmp_path: Path) -> None:
    (found,) = read([tmp_path / "没有.txt"])
    assert found == Skipped("没有.txt", "does not exist; check the path")


def test_a_folder_without_rights_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    closed = put(tmp_path, "closed/a.txt").parent
    put(tmp_path, "open.txt")
    closed.chmod(0)
    try:
        found = list(read([tmp_path]))
    finally:
        closed.chmod(0o700)
    if os.geteuid() != 0:  # root may read all
        assert isinstance(found[0], Skipped)
        assert found[0].name == "closed"
        assert "permission denied" in found[0].reason
    assert found[-1].name == "open.txt"


def test_a_folder_that_cannot_be_listed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "open.txt")
    put(tmp_path, "closed/a.txt")
    listed = os.scandir

    def refuse(path: str) -> object:
        if os.path.basename(path) == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    closed, opened = read([tmp_path])
    assert isinstance(closed, Skipped)
    assert closed.name == "closed"
    assert closed.reason.startswith("is a folder that cannot be opened: permission denied")
    assert opened.name == "open.txt"


def test_a_named_pipe_is_refused_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (found,) = read([tmp_path])
    assert isinstance(found, Skipped)
    assert found.reason.startswith("is no regular file")


def test_standard_input_is_read_with_its_kind_from_its_content() -> None:
    program = (
        "from kg.read import read\n"
        "for d in read(['-']): print(d.name, d.media, d.encoding, len(d.text))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=NEWS.encode("gb18030"),
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.decode() == f"- text/plain gb18030 {len(NEWS)}\n"


def test_files_and_the_function_travel_to_worker_processes(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    files, function = pickle.loads(pickle.dumps((walk([tmp_path]), read_file)))
    document = function(files[0])
    assert pickle.loads(pickle.dumps(document)) == document


# -------------------------------------------------------------------- what a document is


def test_identity_is_the_text_and_nothing_else() -> None:
    one, two = given("a.txt", NEWS.encode()), given("b.md", NEWS.encode("gb18030"))
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert one.id == two.id == hashlib.sha256(NEWS.encode()).hexdigest()[:20]


def test_line_ends_look_alikes_and_controls_are_normalised_and_nothing_else() -> None:
    raw = "\ufeff⽬标：⻓沙\r\n（一）\x00，ａｂ％\r二\x0c三\u200b四\u3000五\t六"
    assert text("a.txt", raw.encode()) == "目标：长沙\n（一），ａｂ％\n二\n三四\u3000五\t六"


def test_half_of_a_surrogate_pair_does_not_break_the_hash() -> None:
    assert broken_at("甲乙".encode("utf-16-le") + b"\x00\xd8" + "丙".encode("utf-16-le")) == [2]


def broken_at(data: bytes) -> list[int]:
    found = given("a.txt", b"\xff\xfe" + data)
    assert isinstance(found, Document)
    return broken(found)


def test_broken_characters_are_counted_with_their_places() -> None:
    data = bytearray((NEWS * 20).encode("gb18030"))
    data[4:6] = b"\xff\xff"  # the third character
    found = given("a.txt", bytes(data))
    assert isinstance(found, Document)
    assert broken(found) == [2]
    assert found.text[3:] == (NEWS * 20)[3:]


# ---------------------------------------------------- what is no document, and why not


JPEG = bytes.fromhex("ffd8ffe000104a464946000101") + bytes(200)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"", "is empty (0 bytes)"),
        ("a.txt", b"", "is empty (0 bytes)"),
        ("a.txt", b" \r\n\t\xe3\x80\x80", "holds no text"),
        ("a.txt", JPEG, "is a picture (JPEG); kg ocr writes"),
        ("a.docx", JPEG, "is a picture (JPEG)"),
        ("a.md", b"\x89PNG\r\n\x1a\n", "is a picture (PNG)"),
        (
            "a.jpg",
            JPEG,
            "is a picture (JPG); kg ocr writes its text beside it, which kg build then",
        ),
        ("a.rar", JPEG, ".rar is no kind of document kg reads (txt, md, html, pdf, docx, doc, wps"),
        ("a.jsonl", b"{}", ".jsonl is no kind of document"),
        ("Makefile", b"all:", "a name without suffix is no kind of document"),
        (
            "a.docx",
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99),
            "file of Office 97 that is cut off",
        ),
        (
            "a.docx",
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "is encrypted; save it without a password",
        ),
        ("a.pdf", b"<!DOCTYPE html><p>404", "is named .pdf, but is a web page"),
        ("a.docx", NEWS.encode(), "its content is no docx"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n", "is a pdf that is cut off or damaged"),
        ("a.docx", b"PK\x03\x04" + bytes(50), "is a zip (docx?) that is cut off"),
        ("a.txt", random.Random(7).randbytes(5000), "is no text in an encoding that kg knows"),
        ("a.txt", bytes(5000), "is no text in an encoding that kg knows"),
    ],
)
def test_the_reason_says_what_a_file_is_and_the_way_out(name: str, data: bytes, words: str) -> None:
    assert words in reason(name, data)


def test_a_file_beyond_the_limit_is_named_with_its_size(tmp_path: Path) -> None:
    put(tmp_path, "big.txt", b"a" * (1024 * 1024 + 1))
    (found,) = read([tmp_path], largest_mib=1)
    assert isinstance(found, Skipped)
    assert found.reason == "is larger than 1 MiB (1.0 MiB); split it"


def test_whatever_a_reader_meets_becomes_a_reason() -> None:
    rng = random.Random(3)
    whole = (ROOT / "examples" / "湖北-算力基础设施方案.docx").read_bytes()
    for _ in range(60):
        bad = bytearray(whole)
        for _ in range(20):
            bad[rng.randrange(len(bad))] = rng.randrange(256)
        found = given("a.docx", bytes(bad[: rng.randrange(1, len(bad))]))
        assert isinstance(found, Skipped | Document)


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    put(tmp_path, "1.pdf", b"")
    put(tmp_path, "2.txt", JPEG)
    put(tmp_path, "3.txt")
    assert [type(found) for found in read([tmp_path])] == [Skipped, Skipped, Document]


def test_parse_gives_the_document_of_bytes() -> None:
    assert parse("a.txt", NEWS.encode()).text == NEWS


def test_a_file_that_becomes_a_link_is_not_followed(tmp_path: Path) -> None:
    folder, secret = tmp_path / "documents", tmp_path / "secret.txt"
    folder.mkdir()
    secret.write_text("甲某", encoding="utf-8")
    (folder / "a.txt").write_text("乙某", encoding="utf-8")
    (folder / "b.txt").symlink_to("a.txt")
    listed = walk([folder, secret])
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to(secret)
    found = {file.name: bytes_of(file) for file in listed}
    assert found["secret.txt"] == "甲某".encode()
    for name in found.keys() - {"secret.txt"}:
        reason = "has become a link while it was read; name its target itself as a source"
        assert found[name] == Skipped(name, reason)


def test_a_link_that_is_named_is_followed_and_a_pipe_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲某", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "to pipe.txt").symlink_to("pipe.txt")
    named = {file.name: bytes_of(file) for file in walk([tmp_path / "link.txt"])}
    assert named == {"link.txt": "甲某".encode()}
    (pipe,) = walk([tmp_path / "to pipe.txt"])
    assert "is no regular file" in pipe.problem
