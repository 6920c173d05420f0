"""Text as decoded in, text as stored out: the only changes that kg makes to characters.

Line ends become LF. Look-alikes of hanzi (Kangxi radicals, compatibility ideographs)
become the hanzi: PDF files are full of ⽬ for 目. Control and invisible characters go.
Nothing else is touched; NFKC as a whole would turn （：） into (:).
"""

from __future__ import annotations

import re
import unicodedata

from kg.ontology.lexicon.files import file_words

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff"
    "\ud800-\udfff\\u2e80-\\u2fdf\\uf900-\\ufaff]"
)


def clean(text: str) -> str:
    r"""Normalise a text; the positions of broken characters (U+FFFD) stay visible.

    >>> clean("\ufeff⽬标：⻓沙\r\n（一）\x00")
    '目标：长沙\n（一）'
    """
    return _ODD.sub(_replacement, _LINE_ENDS.sub("\n", text))


def _replacement(match: re.Match[str]) -> str:
    char = match[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    if 0x2E80 <= ord(char) <= 0x2FDF or 0xF900 <= ord(char) <= 0xFAFF:
        return file_words().radicals.get(char) or unicodedata.normalize("NFKC", char)
    return ""
