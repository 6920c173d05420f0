"""What extraction reaches on gold outside the project, set by set and fold by fold.

    python bench/quality.py [CORPUS] [--raise]

CORPUS is a folder of sets; a set is a folder with a folder ``gold`` in it, its documents beside
that or in ``docs``. KG_CORPUS may name it; by default it is ``shared/corpus`` beside the checkout.
Every third document of a set is its held-out fold: it is measured and nobody reads it.

The floors stand in ``bench/quality.json``; a figure below its floor ends the run with status 1.
``--raise`` raises them to what is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.base.errors import KgError
from kg.ontology import load
from kg.run.evaluate.floors import below, digest, updated
from kg.run.evaluate.gold import Gold, golds
from kg.run.evaluate.score import measure
from kg.run.evaluate.tallies import Scores

ROOT = Path(__file__).resolve().parent.parent
GATE = Path(__file__).with_name("quality.json")
DEFAULT = ROOT.parent / "shared" / "corpus"
HELD = 3  # every third document
TOTALS = ("entity core", "relation", "attribute")


def sets(corpus: Path) -> Iterator[tuple[str, list[Path]]]:
    """The sets of a corpus: their names and their gold files, in order."""
    for folder in sorted(p for p in corpus.iterdir() if p.is_dir()):
        files = sorted((folder / "gold").glob("*.json"))
        if files:
            yield folder.name, files


def shown(name: str, scores: Scores) -> str:
    """The totals of some documents in one line."""
    rows = scores.rows()
    cells = [
        f"{total} P {rows[total]['p']:.3f} R {rows[total]['r']:.3f} F1 {rows[total]['f1']:.3f}"
        for total in TOTALS
    ]
    return f"{name:12} {'   '.join(cells)}"


def gold_of(files: list[Path]) -> list[Gold]:
    """The gold of some files."""
    return [gold for file in files for gold in golds(file)]


def main() -> int:
    """Measure, print, and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", nargs="?", default=os.environ.get("KG_CORPUS", str(DEFAULT)))
    parser.add_argument("--raise", dest="up", action="store_true", help="raise the floors")
    given = parser.parse_args()
    corpus = Path(given.corpus)
    if not corpus.is_dir():
        print(f"no gold at {corpus}: name a folder of sets, or set KG_CORPUS; nothing measured")
        return 0
    ontology, fallen = load(), []
    gates: dict[str, Any] = json.loads(GATE.read_text("utf-8")) if GATE.exists() else {}
    for name, files in sets(corpus):
        held = [file for i, file in enumerate(files) if i % HELD == HELD - 1]
        try:
            whole = measure(gold_of(files), None, ontology)
        except KgError as error:
            fallen.append(f"{name}: {error}")
            continue
        print(shown(name, whole))
        read = [file for file in files if file not in held]
        for fold, part in (("read", read), ("held out", held)):
            scores = measure(gold_of(part), None, ontology) if part else None
            print(shown(f"  {fold}", scores) if scores else f"  {fold}: none")
        for row, figures in whole.rows().items():
            if "/" in row:
                print(
                    f"    {row:26} P {figures['p']:.3f} R {figures['r']:.3f} F1 {figures['f1']:.3f}"
                )
        gold, gate = digest(files), gates.get(name, {"floors": {}})
        if given.up:
            gates[name] = gate = updated(gate, whole.rows(), gold)
        if gate.get("gold") == gold:
            fallen += [f"{name}: {words}" for words in below(gate["floors"], whole.rows())]
        else:
            print(f"    no floors for this gold of {name}; --raise sets them")
    if given.up:
        text = json.dumps(gates, ensure_ascii=False, indent=1, sort_keys=True)
        GATE.write_text(text + "\n", encoding="utf-8")
    print("\n".join(fallen) or "nothing below its floor")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
