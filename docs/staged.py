"""The pages of docs/ and what the code tells of itself in, the site of the documentation out.

    python docs/staged.py site

Pages are copied to ``.cache/pages`` with those that lie elsewhere in the checkout (OUTSIDE) and
those that are made of the code (MADE), and Sphinx makes the site of them. A link from page to page
is one of the site; one to another file of the checkout, which no site has, becomes its words. A
link to nothing, and whatever else Sphinx warns of, is an error. Nothing is fetched, and the site
needs no server: its first page opens as a file.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.ontology import Relation

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
# Where pages that lie elsewhere in the checkout stand in the site.
OUTSIDE = {
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "ontology/RULES.md": "reference/rules.md",
    "ontology/gazetteers/SOURCES.md": "reference/sources.md",
}
APART = "package.md"  # the text of package indexes, made of the READMEs
COPIED = (".md", ".ipynb", ".png", ".svg", ".css")
_LINK = re.compile(r"(!?)\[((?:[^\]`]|`[^`]*`)*)\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1$", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Make the site in the folder that is named, and tell where it begins."""
    out = Path(sys.argv[1]).resolve()
    work = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / ".cache"
    stage(work / "pages")
    return site(work / "pages", out)


def stage(pages: Path) -> None:
    """Write the sources of the site into a folder, which is made anew.

    Raises:
        ValueError: If a page links to nothing.
    """
    shutil.rmtree(pages, ignore_errors=True)
    for source, place in sources().items():
        target = pages / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".md":
            text = source.read_text(encoding="utf-8")
            target.write_text(linked(text, source, place), encoding="utf-8")
        else:
            shutil.copy(source, target)
    for place, made in MADE.items():
        (pages / place).write_text(made(), encoding="utf-8")


def sources() -> dict[Path, str]:
    """Every file that the site is made of, and its place there."""
    within = {
        path: path.relative_to(DOCS).as_posix()
        for path in sorted(DOCS.rglob("*"))
        if path.suffix in COPIED and path.name != APART
    }
    return within | {ROOT / name: place for name, place in OUTSIDE.items()}


def linked(text: str, source: Path, place: str) -> str:
    """The text of a page with its links as the site has them.

    Raises:
        ValueError: If it links to nothing.
    """
    places = sources() | {DOCS / made: made for made in MADE}

    def link(found: re.Match[str]) -> str:
        mark, words, target = found.groups()
        name, hash_, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target) or not name:
            return found[0]
        meant = (source.parent / name).resolve()
        if meant in places:
            there = os.path.relpath(places[meant], Path(place).parent)
            return f"{mark}[{words}]({there}{hash_}{anchor})"
        if not meant.exists():
            raise ValueError(f"{source.relative_to(ROOT)} links to {target}, which is not there")
        return words

    parts = _split(text)
    return "".join(part if fenced else _LINK.sub(link, part) for fenced, part in parts)


def _split(text: str) -> Iterator[tuple[bool, str]]:
    """The stretches of a page: whether each is a block of code, and its text."""
    end = 0
    for found in _FENCE.finditer(text):
        yield False, text[end : found.start()]
        yield True, found[0]
        end = found.end()
    yield False, text[end:]


def site(pages: Path, out: Path) -> int:
    """Let Sphinx make the site; what it warns of is an error."""
    from sphinx.cmd.build import main as sphinx

    shutil.rmtree(out, ignore_errors=True)
    words = ["-q", "-W", "--keep-going", "-d", str(pages.parent / "doctrees")]
    status = sphinx([*words, "-c", str(DOCS), "-b", "html", str(pages), str(out)])
    if not status:
        print(f"{out}/index.html")
    return status


def ontology() -> str:
    """The page of the ontology: what ``kg ontology`` prints, and which classes are related."""
    from kg.ontology import load
    from kg.store.rdf.vocabulary import reference

    known = load()
    head = ["from \\ to", *known.classes]
    rows = [head, ["---"] * len(head)]
    for one in known.classes:
        cells = [
            ", ".join(f"`{r.name}`" for r in known.relations.values() if _joins(r, one, other))
            for other in known.classes
        ]
        rows.append([f"**{one}**", *cells])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{reference(known)}\n## Which class is related to which\n\n{table}\n"


def _joins(relation: Relation, one: str, other: str) -> bool:
    """Whether a relation may lead from one class to the other."""
    allowed = one in relation.domain and other in relation.range
    return allowed and (one == other or not relation.same_class)


def options() -> str:
    """The page of all commands with their options, as ``--help`` prints them."""
    from kg.cli.main import parsers
    from kg.cli.options import COMMANDS

    os.environ["COLUMNS"] = "88"
    head = "# All options\n\nThis is what `kg COMMAND --help` prints of each command.\n"
    names = [command.name for command in COMMANDS]
    helps = {name: parsers()[1][name].format_help() for name in names}
    return "\n".join([head, *(f"## kg {name}\n\n```text\n{helps[name]}```\n" for name in names)])


def notebook() -> str:
    """The notebook as a page: its words, its code, and what each cell answered."""
    held = json.loads((DOCS / "tutorial" / "notebook.ipynb").read_text(encoding="utf-8"))
    told = []
    for cell in held["cells"]:
        text = "".join(cell["source"])
        told.append(text if cell["cell_type"] == "markdown" else f"```python\n{text}\n```")
        for output in cell.get("outputs", ()):
            shown = output.get("text") or output["data"]["text/plain"]
            told.append(f"```text\n{''.join(shown).rstrip()}\n```")
    return "\n\n".join(told) + "\n"


MADE: dict[str, Callable[[], str]] = {
    "reference/ontology.md": ontology,
    "reference/options.md": options,
    "tutorial/notebook.md": notebook,
}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
