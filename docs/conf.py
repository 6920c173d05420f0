"""How Sphinx makes the site of the documentation; ``docs/staged.py`` prepares the pages."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rjieba
from sphinx.search.en import SearchEnglish

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg import __version__  # noqa: E402

project = "Zhengtu 政图"
author = "The Zhengtu authors"
copyright = f"2026, {author}"
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4
highlight_language = "text"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
toc_object_entries = False

python_maximum_signature_line_length = 70

html_theme = "pydata_sphinx_theme"
html_title = f"Zhengtu 政图 {__version__}"
html_static_path = ["pictures/site.css"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_last_updated_fmt = None
html_search_language = "kg"
html_show_search_summary = False  # it fetches pages, which a browser refuses of files
html_context = {"default_mode": "auto"}
html_theme_options = {
    "navbar_align": "left",
    "navbar_end": ["theme-switcher"],
    "header_links_before_dropdown": 6,
    "show_prev_next": True,
    "show_version_warning_banner": False,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "back_to_top_button": False,
}
html_sidebars = {"index": []}


class Words(SearchEnglish):
    """English words by their stems, Chinese ones as the segmenter of kg cuts them."""

    lang = "kg"

    def split(self, input: str) -> list[str]:
        found: list[str] = []
        for word in re.findall(r"[㐀-鿿]+|[^\W㐀-鿿]+", input):
            chinese = "㐀" <= word[0] <= "鿿"
            found += rjieba.cut_for_search(word) if chinese else [word]
        return found


def setup(app: Sphinx) -> None:
    """Tell Sphinx how the search finds words."""
    app.add_search_language(Words)
