"""Scans in, their texts out: how well they are read, and what ends a page.

All of it needs the extra ``ocr`` and a font for Chinese.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.base.records import Document
from kg.extract.document import extract
from kg.ontology import load
from kg.read import parse
from kg.read.page.runs import texts_of
from kg.run.reading.child import Bounds
from tests.conftest import kg
from tests.testing.files.scans import Paper, pages, scanned

if TYPE_CHECKING:
    from tests.testing.files.scans import Grey

pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
pytest.importorskip("onnxruntime", reason="the extra ocr is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

from kg.read.scan.recognised import recognised  # noqa: E402
from kg.run.scanning.scans import Scan, candidates, scans  # noqa: E402

NOTICE = (
    "关于云澜市一季度重点项目签约情况的通报",
    (
        "云澜市发展和改革委员会4月8日通报，3月16日，甲某智能科技有限公司与云澜市人民政府签约，"
        "拟投资42亿元建设智能装备生产基地项目，项目位于云澜高新区，占地320亩，预计2026年12月投产。"
    ),
    (
        "3月20日，江海新材料有限公司与云澜市临空新区管委会签订合作协议，投资30.5亿元建设"
        "江海新材料产业园（二期）。该公司董事长周某某表示，项目达产后年产值可达58亿元，新增就业1200人。"
    ),
    (
        "同日，云澜市人民政府办公室印发《云澜市智能装备产业发展三年行动方案（2024—2026年）》"
        "（云政办发〔2024〕15号），提出到2026年，全市智能装备产业规模突破600亿元，培育“小巨人”企业20家。"
    ),
    "下一步，市发展改革委将会同市科技局、市工业和信息化局建立项目推进机制，确保签约项目早开工、早投产。",
)
LIST = [
    ["云澜市重点项目清单（单位：亿元）", "<", "<", "<"],
    ["序号", "项目名称", "建设单位", "总投资"],
    ["1", "智能装备生产基地项目", "甲某智能科技有限公司", "42"],
    ["2", "江海新材料产业园项目（二期）", "江海新材料有限公司", "30.5"],
    ["3", "云澜绿色算力中心", "云澜数据有限公司", "7.28"],
    ["合计", "<", "<", "79.78"],
]
ROWS = [
    "云澜市重点项目清单（单位：亿元）",
    "序号\t项目名称\t建设单位\t总投资",
    "1\t智能装备生产基地项目\t甲某智能科技有限公司\t42",
    "2\t江海新材料产业园项目（二期）\t江海新材料有限公司\t30.5",
    "3\t云澜绿色算力中心\t云澜数据有限公司\t7.28",
    "合计\t\t\t79.78",
]
# Of the characters of a notice, and of the facts of its text.
FLOOR_OF_CHARACTERS, FLOOR_OF_FACTS = 0.995, 0.95


def text_of(*greys: Grey) -> str:
    return "\n".join(texts_of([list(recognised(grey).fragments) for grey in greys]))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def facts(text: str) -> Counter[Any]:
    document: Document = parse("a.txt", text.encode())
    reading = extract(document, load())
    names = [entity.name for entity in reading.entities]
    return Counter(
        (
            names[claim.subject],
            claim.predicate,
            claim.value.lexical if claim.value else names[claim.object or 0],
        )
        for claim in reading.claims
        if not claim.denied
    )


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("angle", [0.0, 0.8])
def test_a_notice_keeps_its_characters_and_its_facts(dpi: int, angle: float) -> None:
    drawn = [scanned(page, angle) if angle else page for page in pages(NOTICE, dpi)]
    true, found = "\n".join(NOTICE), text_of(*drawn)
    blocks = SequenceMatcher(None, squeezed(true), squeezed(found), autojunk=False)
    same = sum(block.size for block in blocks.get_matching_blocks())
    assert same >= FLOOR_OF_CHARACTERS * len(squeezed(true))
    expected, kept = facts(true), facts(found)
    assert len(expected) > 12
    assert (expected & kept).total() >= FLOOR_OF_FACTS * expected.total()


@pytest.mark.parametrize("angle", [0.0, -1.5])
def test_a_ruled_table_keeps_its_rows(angle: float) -> None:
    paper = Paper(150)
    paper.title("重点项目清单")
    paper.line("　　现将清单印发给你们。")
    paper.table(LIST, (45, 175, 150, 80))
    paper.line("　　附件：1份。")
    grey = scanned(paper.grey, angle) if angle else paper.grey
    lines = text_of(grey).split("\n")
    assert [line.strip() for line in lines if line] == [
        "重点项目清单",
        "现将清单印发给你们。",
        *ROWS,
        "附件：1份。",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    paper = Paper(150)
    left = (
        "云澜市人民政府三月十六日与甲某智能科技有限公司签约双方将共建智能装备生产基地项目总投资额"
    )
    right = (
        "江海新材料有限公司同日与云澜高新区签订合作协议计划投资三十亿元建设新材料产业园项目二期工程"
    )
    for number in range(0, 40, 8):
        y = 100 + number * 3
        paper.text(left[number : number + 8], 72, y, 14)
        paper.text(right[number : number + 8], 320, y, 14)
    found = squeezed(text_of(paper.grey))
    assert found == left[:40] + right[:40]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_on_its_side_or_head_is_turned(quarters: int) -> None:
    import numpy as np

    paper = Paper(150)
    for line in NOTICE[1:3]:
        for at in range(0, 60, 30):
            paper.line(line[at : at + 30])
    turned = np.ascontiguousarray(np.rot90(paper.grey, quarters))
    assert squeezed(text_of(turned)) == squeezed("".join(line[:60] for line in NOTICE[1:3]))


def test_an_empty_page_says_nothing() -> None:
    assert text_of(Paper(150).grey) == ""


# ------------------------------------------------------------------------------- the command


def picture(*, seed: int = 7, line: str = NOTICE[1][:28]) -> bytes:
    """A small scan of two lines."""
    from PIL import Image

    paper = Paper(150)
    paper.line(line)
    paper.line(NOTICE[2][:28])
    stream = io.BytesIO()
    Image.fromarray(scanned(paper.grey[:400], 0.5, seed=seed)).save(stream, "PNG")
    return stream.getvalue()


def of_pictures(*greys: Grey) -> bytes:
    """A PDF of scans."""
    from PIL import Image

    first, *rest = [Image.fromarray(grey) for grey in greys]
    stream = io.BytesIO()
    first.save(stream, "PDF", save_all=True, append_images=rest, resolution=150)
    return stream.getvalue()


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder of scans and others, after ``kg ocr``, and what it said."""
    folder = tmp_path_factory.mktemp("scans")
    paper = Paper(150)
    paper.table(LIST, (45, 175, 150, 80))
    (folder / "a.png").write_bytes(picture())
    (folder / "b.pdf").write_bytes(of_pictures(scanned(paper.grey), Paper(150).grey))
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(99))
    (folder / "c.txt").write_text(NOTICE[3], encoding="utf-8")
    done = kg("ocr", folder)
    assert done.returncode == 1  # for the broken one
    return folder, done.stderr.decode()


def test_each_scan_gets_a_text_and_what_cannot_be_read_is_named(
    read_once: tuple[Path, str],
) -> None:
    folder, said = read_once
    texts = sorted(path.name for path in folder.glob("*.ocr.txt"))
    assert texts == ["a.png.ocr.txt", "b.pdf.ocr.txt"]
    assert re.search(r"1/3 a\.png: 1 page, confidence (0\.9\d|1\.00)\n", said)
    assert re.search(r"2/3 b\.pdf: 2 pages, confidence (0\.9\d|1\.00)\n", said)
    assert (
        "3/3 skipped broken.jpg: is a picture that is cut off or damaged (in no format that is "
        "known); scan it again\n"
    ) in said
    assert "2 scans read: kg build reads their texts" in said


def test_a_build_reads_the_texts(read_once: tuple[Path, str], tmp_path: Path) -> None:
    folder, _ = read_once
    done = kg("build", folder, "-o", tmp_path)
    said = done.stderr.decode()
    assert done.returncode == 0
    assert "note: b.pdf.ocr.txt: its text was recognised by rapidocr" in said
    assert "pictures may be scans: kg ocr writes their text beside them" in said  # the broken one
    table = (tmp_path / "facts.csv").read_text(encoding="utf-8-sig")
    assert "智能装备生产基地项目" in table
    assert "42" in table
    assert "b.pdf.ocr.txt" in table


def test_scans_that_were_read_are_left_alone_with_their_corrections(
    read_once: tuple[Path, str], tmp_path: Path
) -> None:
    folder, _ = read_once
    for name in ("a.png", "a.png.ocr.txt"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    text = tmp_path / "a.png.ocr.txt"
    text.write_text(text.read_text(encoding="utf-8") + "改\n", encoding="utf-8")
    done = kg("ocr", tmp_path)
    assert (done.returncode, done.stderr.decode()) == (0, "1 scan read before, see --again\n")
    assert text.read_text(encoding="utf-8").endswith("改\n")
    assert kg("ocr", tmp_path, "--again").returncode == 0
    assert not text.read_text(encoding="utf-8").endswith("改\n")
    assert text.read_bytes() == (folder / "a.png.ocr.txt").read_bytes()


def test_a_scan_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    scan, text = tmp_path / "a.png", tmp_path / "a.png.ocr.txt"
    for line in ("云澜市人民政府办公室印发通知", "江海新材料有限公司投资三亿元"):
        scan.write_bytes(picture(line=line))
        done = kg("ocr", tmp_path)
        assert done.returncode == 0
        assert line in text.read_text(encoding="utf-8")


def test_a_page_with_text_keeps_it_beside_one_that_is_a_scan(tmp_path: Path) -> None:
    import pypdfium2

    from tests.testing.files.pdf import pdf

    def page(canvas: Any) -> None:
        canvas.drawString(60, 700, "云澜市人民政府办公室关于印发方案的通知及其附件的说明")
        canvas.drawString(60, 680, "各区人民政府市政府各部门现将方案印发给你们请认真贯彻执行")

    with pypdfium2.PdfDocument.new() as both:
        for data in (pdf(page), of_pictures(scanned(next(pages(NOTICE[:2], 150))))):
            with pypdfium2.PdfDocument(data) as one:
                both.import_pages(one)
        both.save(str(tmp_path / "a.pdf"))
    said = parse("a.pdf", (tmp_path / "a.pdf").read_bytes())
    assert said.notes == (
        "pages without text, maybe scans: 2; kg ocr writes their text beside the file",
    )
    assert kg("ocr", tmp_path).returncode == 0
    text = (tmp_path / "a.pdf.ocr.txt").read_text(encoding="utf-8")
    first, second = text.split("--- page 2, confidence")
    assert "--- page 1 ---\n云澜市人民政府办公室关于印发方案" in first
    assert "甲某智能科技有限公司" in squeezed(second)


def one(folder: Path, **bounds: Any) -> Scan | None:
    files, _ = candidates([folder])
    [found] = scans(files, Bounds(**bounds, thing="page"))
    return found


def test_a_page_that_takes_too_much_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture())
    found = one(tmp_path, seconds=0.05)
    assert found
    assert "took more than the 0.05 s of processor time that a page may take" in found.problem
    assert "raise --page-timeout" in found.problem
    found = one(tmp_path, memory=64)
    assert found
    assert "memory" in found.problem
    assert not (tmp_path / "a.png.ocr.txt").exists()


def test_a_page_at_300_dpi_stays_within_the_memory_of_a_file(tmp_path: Path) -> None:
    from PIL import Image

    Image.fromarray(scanned(next(pages(NOTICE, 300)))).save(tmp_path / "a.jpg", dpi=(300, 300))
    found = one(tmp_path, seconds=120, memory=2048)
    assert found
    assert found.problem == ""


def test_pictures_that_hold_many_pixels_are_named(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("1", (20_000, 20_000)).save(tmp_path / "a.png")
    found = one(tmp_path)
    assert found
    assert "pixels; make it smaller" in found.problem


def test_what_reads_scans_reaches_no_network() -> None:
    import subprocess
    import sys

    code = (
        "import sys, urllib.request\nfrom kg.run.scanning.child import _refuse\n"
        "sys.addaudithook(_refuse)\n"
        "try: urllib.request.urlopen('http://127.0.0.1:9/')\n"
        "except Exception as e: print(type(e).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "ReadError\n"


def test_standard_input_has_no_place_beside_it() -> None:
    done = kg("ocr", "-")
    assert done.returncode == 1
    assert b"standard input lies nowhere; name it" in done.stderr
