"""The words that files are read with, before an ontology is asked: ``words/files.yaml``."""

from __future__ import annotations

from functools import lru_cache

from kg.ontology.files import default_folder, read_yaml
from kg.ontology.lexicon.section import check, compiled
from kg.ontology.lexicon.texts import FileWords


@lru_cache(maxsize=1)
def file_words() -> FileWords:
    """The words of this installation's own ontology: a file says the same to all of them.

    >>> file_words().sheet.fullmatch("工作表1") is not None
    True
    """
    folder = default_folder() / "words"
    page = read_yaml(folder / "files.yaml")
    check(FileWords, page, folder / "files.yaml")
    return compiled(FileWords, "files", {"files": page}, folder)
