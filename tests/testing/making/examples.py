"""Make the HTML, DOCX and PDF files of ``examples/`` from ``tests/data/read/sources``.

    python -m tests.testing.making.examples          # needs reportlab and python-docx

The made files are kept in the repository; run this only to change them. The texts were
written for this project: persons, companies and figures in them are invented. The .txt
and .md files of ``examples/`` are edited by hand; ``柳州-…`` is GB18030 on purpose, and
no README stands there, since it would be read as a document. Made twice, a file is the
same to the byte.
"""

from __future__ import annotations

import html
import io
import os
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ROOT / "tests" / "data" / "read" / "sources"
EXAMPLES = ROOT / "examples"
WIDE = "　"


def source(stem: str) -> list[str]:
    return (SOURCES / f"{stem}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


# ------------------------------------------------------------------------------- HTML

MENU = """<div class="top-bar"><ul class="nav">
<li><a href="/">首页</a></li>
<li><a href="/zwgk/">政务公开</a></li>
<li><a href="/zwfw/">政务服务</a></li>
<li><a href="/hdjl/">互动交流</a></li>
<li><a href="/sj/">数据开放</a></li></ul></div>"""


def paragraphs(lines: list[str]) -> str:
    return "\n".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())


def table(rows: list[list[str]], style: str) -> str:
    body = "\n".join(
        "<tr>" + "".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f'<table class="{style}" border="1"><tbody>\n{body}\n</tbody></table>'


def wuxi() -> str:
    """A notice of a city government: table of metadata above, table of projects below."""
    lines = source("无锡-低空经济行动方案")
    first = next(i for i, line in enumerate(lines) if "关于印发" in line)
    fields = [
        part.replace(WIDE, "").replace(" ", "").split("：", 1)
        for line in lines[:first]
        if line.strip()
        for part in re.split("　{4,}", line)
    ]
    rows = [
        [f"{a}：", b, f"{c}：", d] for (a, b), (c, d) in zip(fields[::2], fields[1::2], strict=True)
    ]
    end = next(i for i, line in enumerate(lines) if not line.strip() and i > first)
    title = "".join(lines[first:end])
    split = lines.index("附件")
    projects = [line.split("\t") for line in lines[split + 2 :]]
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}_无锡市人民政府</title>
<meta name="SiteName" content="无锡市人民政府">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2024-04-15 09:30">
<meta name="ContentSource" content="无锡市人民政府办公厅">
<style>.xxgk {{ width: 100%; }} .view p {{ text-indent: 2em; }}</style>
<script>var siteId = "wx"; document.write('<div>统计代码</div>');</script>
</head>
<body>
{MENU}
<div class="breadcrumb">当前位置：<a href="/">首页</a> &gt;
<a href="/zwgk/">政务公开</a> &gt; <a href="/zc/">政策文件</a></div>
<div class="container">
{table(rows, "xxgk")}
<h1>{title}</h1>
<div class="tools">字体：<a href="#">大</a>
<a href="#">中</a> <a href="#">小</a> <a href="#">打印</a></div>
<div class="view TRS_Editor" id="Zoom">
{paragraphs(lines[end:split])}
<p>{lines[split]}</p>
<p style="text-align:center">{lines[split + 1]}</p>
{table(projects, "MsoNormalTable")}
</div>
<p>附件下载：<a href="/files/qd.docx">无锡市低空经济重点项目清单.docx</a></p>
</div>
<div class="footer"><p>主办：无锡市人民政府办公厅　苏ICP备00000000号</p>
<p><a href="/about">关于我们</a> |
<a href="/map">网站地图</a> | <a href="/contact">联系我们</a></p></div>
</body>
</html>
"""


def nanning() -> str:
    """A news page with a list of other news, an advertisement and scripts."""
    lines = source("南宁-人工智能应用合作中心")
    others = [
        "五象新区一季度工业投资增长",
        "南宁地铁新线试跑",
        "边贸口岸通关再提速",
        "东盟水果集中到港",
    ]
    listed = "\n".join(
        f'<li><a href="/n/{i}.html">{other}</a></li>' for i, other in enumerate(others)
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{lines[1]}-广西日报</title>
<meta property="og:type" content="article">
<meta property="og:title" content="{lines[1]}">
<meta property="og:site_name" content="广西日报">
<meta property="article:published_time" content="2024-06-19T06:12:00+08:00">
<script src="/js/jquery.js"></script>
</head>
<body>
<header><div class="logo">广西日报</div>
<nav><a href="/">首页</a>
<a href="/yw/">要闻</a><a href="/jj/">经济</a>
<a href="/sp/">视频</a></nav></header>
<main>
<article>
<p class="kicker">{lines[0]}</p>
<h1>{lines[1]}</h1>
<div class="article-body">
{paragraphs(lines[2:])}
</div>
</article>
<div class="ad-banner"><a href="https://ads.example/1">广告：暑期家电补贴</a></div>
<div class="related"><h3>推荐阅读</h3><ul>
{listed}
</ul></div>
</main>
<footer>广西日报版权所有 未经授权不得转载</footer>
<script>window.track && track("page");</script>
</body>
</html>
"""


def hefei() -> str:
    """A page of an older site: laid out in tables, with line breaks for paragraphs."""
    lines = source("合肥-机器人三年行动方案")
    text = "<br><br>\n".join(
        "&nbsp;&nbsp;&nbsp;&nbsp;" + html.escape(line) for line in lines[3:] if line
    )
    return f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{lines[0]}</title>
<meta name="source" content="合肥日报">
<meta name="publishdate" content="2024-05-16">
</head>
<body bgcolor="#ffffff">
<table width="960" align="center"><tr><td>
<table><tr><td><a href="/">首页</a></td><td><a href="/a">本地</a></td>
<td><a href="/b">产业</a></td><td><a href="/c">社会</a></td>
<td><a href="/d">图片</a></td></tr></table>
</td></tr><tr><td>
<h1>{lines[0]}</h1>
<h2>{lines[1]}</h2>
<font size="3">{text}</font>
</td></tr></table>
</body>
</html>
"""


# ------------------------------------------------------------------------------- DOCX


def docx_bytes(document: Any) -> bytes:
    """Save a python-docx document with fixed times in its zip."""
    raw = io.BytesIO()
    document.save(raw)
    fixed = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            if name != "docProps/thumbnail.jpeg":
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(entry, old.read(name))
    return fixed.getvalue()


def word(stem: str, title: str, author: str, day: datetime) -> bytes:
    """A notice: lines as paragraphs, rows of ``| a | b |`` as a table."""
    import docx

    document = docx.Document()
    core = document.core_properties
    core.title, core.author, core.created, core.modified = title, author, day, day
    core.last_modified_by, core.comments, core.language = "", "", "zh-CN"
    rows: list[list[str]] = []
    for line in [*source(stem), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("| ").split(" | ")])
            continue
        if rows:
            grid = document.add_table(len(rows), len(rows[0]))
            grid.style = "Table Grid"
            for row, cells in zip(grid.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
            rows = []
        document.add_paragraph(line.rstrip())
    return docx_bytes(document)


# -------------------------------------------------------------------------------- PDF

FONT = "STSong-Light"


def canvas_of(stream: io.BytesIO, title: str, author: str, day: datetime) -> Any:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    os.environ["SOURCE_DATE_EPOCH"] = str(int(day.timestamp()))
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.setTitle(title)
    canvas.setAuthor(author)
    return canvas


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` full-width characters; figures and words are not broken,
    closing marks may hang over, opening marks go to the next line."""
    lines, line, used = [], "", 0.0
    for piece in re.findall(r"[（“《「]*(?:[0-9A-Za-z.%]+|.)[，。、；：！？”’）》」％]*", text):
        step = sum(0.5 if char.isascii() else 1.0 for char in piece)
        if used + step > width and line.strip():
            lines.append(line)
            line, used = "", 0.0
        line += piece
        used += step
    return [*lines, line] if line else lines


def articles(lines: list[str]) -> list[tuple[list[str], list[str]]]:
    """Split a page of news into (headlines, paragraphs): a headline follows an empty line."""
    found: list[tuple[list[str], list[str]]] = []
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
        elif not line.startswith((" ", WIDE)) and fresh:
            if not found or found[-1][1]:
                found.append(([], []))
            found[-1][0].append(line.strip())
        elif not line.startswith((" ", WIDE)) and found and not found[-1][1]:
            found[-1][0].append(line.strip())
        elif fresh:
            found[-1][1].append(line.strip())
            fresh = False
        else:
            found[-1][1][-1] += line.strip()
    return found


def newspaper() -> bytes:
    """A newspaper page: name and headline across the page, text in two columns.

    The lines of both columns are drawn row by row, as some typesetting programs do it:
    a reader that trusts the order of drawing mixes the columns.
    """
    stream = io.BytesIO()
    day = datetime(2023, 9, 7, tzinfo=UTC)
    canvas = canvas_of(stream, "沈阳日报 2023年9月7日 第1版", "沈阳日报", day)
    canvas.setFont(FONT, 20)
    canvas.drawString(50, 790, "沈阳日报")
    canvas.setFont(FONT, 10)
    canvas.drawRightString(545, 790, "2023年9月7日 星期四 第1版")
    first, *rest = articles(source("沈阳-机器人产业链"))
    y = 750.0
    for n, line in enumerate(first[0]):
        canvas.setFont(FONT, 24 if n == 0 else 18)
        canvas.drawCentredString(297.5, y, line)
        y -= 32
    y = columns(canvas, [WIDE * 2 + p for p in first[1]], y) - 26
    for heads, texts in rest:
        for head in heads:
            canvas.setFont(FONT, 18)
            canvas.drawCentredString(297.5, y, head)
            y -= 28
        y = columns(canvas, [WIDE * 2 + p for p in texts], y) - 26
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def columns(canvas: Any, texts: list[str], top: float) -> float:
    """Set paragraphs in two columns below ``top``; return where they end."""
    lines = [line for text in texts for line in wrapped(text, 22)]
    half = (len(lines) + 1) // 2
    canvas.setFont(FONT, 10.5)
    for row in range(half):
        for column, at in enumerate((row, row + half)):
            if at < len(lines):
                canvas.drawString(50 + column * 257, top - row * 16, lines[at])
    return top - half * 16


def printed_notice(stem: str, title: str, author: str, day: datetime) -> bytes:
    """A notice on A4 pages with page numbers, one column."""
    stream = io.BytesIO()
    canvas = canvas_of(stream, title, author, day)
    y, page = 770.0, 1
    canvas.setFont(FONT, 12)
    for text in source(stem):
        for line in wrapped(text.rstrip(), 40) or [""]:
            if y < 90:
                canvas.drawCentredString(297.5, 50, f"— {page} —")
                canvas.showPage()
                canvas.setFont(FONT, 12)
                y, page = 770.0, page + 1
            indent = len(line) - len(line.lstrip(" "))
            canvas.drawString(57 + indent * 6, y, line.lstrip(" "))
            y -= 22
    canvas.drawCentredString(297.5, 50, f"— {page} —")
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def made() -> dict[str, bytes]:
    """Name and content of each file that this script makes."""
    return {
        "无锡-低空经济行动方案.html": wuxi().encode("utf-8"),
        "南宁-人工智能应用合作中心.html": nanning().encode("utf-8"),
        "合肥-机器人三年行动方案.html": hefei().encode("gb18030"),
        "湖北-算力基础设施方案.docx": word(
            "湖北-算力基础设施方案",
            "省发改委关于印发《湖北省算力基础设施高质量发展实施方案》的通知",
            "湖北省发展和改革委员会",
            datetime(2024, 3, 26, 9, 0),
        ),
        "青岛-关键技术攻关公示.docx": word(
            "青岛-关键技术攻关公示",
            "关于2024年度青岛市关键技术攻关及产业化示范拟立项项目的公示",
            "青岛市科学技术局",
            datetime(2024, 6, 14, 9, 0),
        ),
        "沈阳-机器人产业链.pdf": newspaper(),
        "兰州-人工智能工业方案.pdf": printed_notice(
            "兰州-人工智能工业方案",
            "关于印发《兰州市“人工智能+工业”融合发展行动方案（2024—2027年）》的通知",
            "兰州市人民政府办公室",
            datetime(2024, 5, 29, tzinfo=UTC),
        ),
    }


if __name__ == "__main__":
    for name, content in made().items():
        (EXAMPLES / name).write_bytes(content)
