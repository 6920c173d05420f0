"""``kg ocr``: scans in, their texts beside them out, for ``kg build`` to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli.console import say

if TYPE_CHECKING:
    from argparse import Namespace

    from kg.run.scanning.scans import Scan


def run_ocr(given: Namespace) -> int:
    """Write the text of each scan beside it; 1 if one could not be read whole."""
    from kg.base.errors import ReadError
    from kg.query.table import counted
    from kg.run.reading.child import Bounds
    from kg.run.scanning.scans import candidates, scans

    if "-" in given.sources:
        raise ReadError("-: kg ocr writes beside a file, and standard input lies nowhere; name it")
    files, known = candidates(given.sources, again=given.again)
    before = f"{counted(known, 'scan')} read before, see --again" if known else ""
    if not files:
        say(before or "no picture and no PDF is there to be read")
        return 0 if known else 1
    bounds = Bounds(given.page_timeout, given.file_memory, thing="page")
    read, texts, failed = 0, 0, 0
    for number, scan in enumerate(scans(files, bounds, given.workers), 1):
        if scan is None:
            texts += 1
            continue
        say(f"{number}/{len(files)} {_told(scan)}")
        read += bool(scan.text)
        failed += bool(scan.problem)
    rest = [f"{counted(texts, 'PDF')} with text left alone"] * bool(texts) + [before] * bool(before)
    say("; ".join([f"{counted(read, 'scan')} read", *rest]) + ": kg build reads their texts")
    return 1 if failed else 0


def _told(scan: Scan) -> str:
    from kg.query.table import counted

    if not scan.text:
        return f"skipped {scan.name}: {scan.problem}"
    whole, recognised = scan.pages
    pages = counted(whole, "page") if whole == recognised else f"{recognised} of {whole} pages"
    unsure = f", {counted(scan.unsure, 'line')} to compare" if scan.unsure else ""
    lacking = f" (lacks {scan.problem})" if scan.problem else ""
    return f"{scan.name}: {pages}, confidence {scan.confidence:.2f}{unsure}{lacking}"
