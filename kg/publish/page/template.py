"""Fill the template of a page: one file with its scripts, its styles and its policy."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

# The stylesheet of vis-network (220 kB) is left out: it serves its editor and its own
# tooltips and buttons, none of which the page uses.
LIBRARY = ("lib", "vis-9.1.2", "vis-network.min.js")
STYLES = ("header.css", "graph.css", "filter.css", "beside.css")
# They share one scope: a name is declared once in all of them.
SCRIPTS = (
    "shared.js",
    "blank.js",
    "words.js",
    "beside.js",
    "side.js",
    "rest.js",
    "others.js",
    "whole.js",
    "overview.js",
    "districts.js",
    "tiles.js",
    "library.js",
    "labels.js",
    "address.js",
    "correct.js",
    "panel.js",
    "reader.js",
    "find.js",
    "sought.js",
    "search.js",
    "state.js",
    "claims.js",
    "filter.js",
    "passing.js",
    "around.js",
    "near.js",
    "laid.js",
    "first.js",
    "stories.js",
    "mini.js",
    "path.js",
    "picture.js",
    "rows.js",
    "turtle.js",
    "export.js",
    "kinds.js",
    "menus.js",
    "statuses.js",
    "places.js",
    "documents.js",
    "time.js",
    "timeline.js",
)


def filled(title: str, drawing: dict[str, Any], few: bool) -> str:
    """The template with its slots filled; only scripts of these very bytes may run in it.

    Args:
        title: What the page is called.
        drawing: All that the scripts read.
        few: Whether vis-network draws the graph; the page's own canvas does otherwise.
    """
    folder = files("kg.publish.page").joinpath("templates")
    names = (*SCRIPTS, "vis.js" if few else "canvas.js", "graph.js")
    parts = [_script(folder.joinpath(name).read_text(encoding="utf-8")) for name in names]
    library = files("pyvis").joinpath(*LIBRARY).read_text(encoding="utf-8") if few else ""
    scripts = {
        # A source map would be the page's only request.
        "library": re.sub(r"\n//# sourceMappingURL=.*", "\n", library),
        "script": "(() => {\n'use strict';\n" + "\n".join(parts) + "})();\n",
    }
    sheets = [folder.joinpath(name).read_text(encoding="utf-8") for name in STYLES]
    style = "\n" + "\n".join(sheets) + "\n"
    slots = {
        **scripts,
        "title": escape(title),
        "style": style,
        "data": _json({name: one for name, one in drawing.items() if name != "rest"}),
        # Neither markup nor the end of the element: its lines are JSON, or base64.
        "rest": _escaped(drawing.get("rest", "")),
        "policy": _policy(scripts.values(), style, drawing["served"]),
    }
    template = folder.joinpath("graph.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: slots[slot[1]], template)


def _script(module: str) -> str:
    """A module as a part of the page's one script, where nothing is exported."""
    return re.sub(r"^export ", "", module, flags=re.MULTILINE)


def _policy(scripts: Iterable[str], style: str, served: bool) -> str:
    """The page's Content Security Policy: nothing else runs or styles.

    A page of a server may fetch from it, a file from nowhere.
    """
    own = "connect-src 'self'; " if served else ""
    return (
        f"default-src 'none'; script-src {' '.join(map(_digest, scripts))}; "
        f"style-src {_digest(style)}; {own}"
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _json(value: Any) -> str:
    r"""JSON that no parser of HTML can take for markup, nor a parser of script for a line end.

    >>> _json("</script>&")
    '"\\u003c/script\\u003e\\u0026"'
    """
    return _escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _escaped(text: str) -> str:
    """Text of JSON without a sign that a parser of HTML could take for markup."""
    return re.sub("[<>&\u2028\u2029]", lambda c: f"\\u{ord(c[0]):04x}", text)
