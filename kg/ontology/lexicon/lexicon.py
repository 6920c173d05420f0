"""The files of ``ontology/words`` in, one lexicon out: every word and expression of the code."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from kg.base.errors import OntologyError
from kg.ontology.lexicon.claims import ClauseWords, DenialWords, NoticeWords, OfficeWords
from kg.ontology.lexicon.names import (
    GrammarWords,
    HeadWords,
    PersonWords,
    ShortWords,
    SurnameWords,
    TitleWords,
    TownWords,
    TrimWords,
)
from kg.ontology.lexicon.references import ReferenceWords
from kg.ontology.lexicon.section import check, compiled
from kg.ontology.lexicon.texts import DateWords, FileWords, LayoutWords, TableWords, ValueWords
from kg.ontology.lexicon.things import BodyWords, IdentityWords, SamenessWords

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

T = TypeVar("T")
FILES: dict[str, type] = {
    "grammar": GrammarWords,
    "heads": HeadWords,
    "towns": TownWords,
    "surnames": SurnameWords,
    "persons": PersonWords,
    "titles": TitleWords,
    "shorts": ShortWords,
    "trimmed": TrimWords,
    "layout": LayoutWords,
    "files": FileWords,
    "tables": TableWords,
    "dates": DateWords,
    "values": ValueWords,
    "references": ReferenceWords,
    "clauses": ClauseWords,
    "denial": DenialWords,
    "notices": NoticeWords,
    "offices": OfficeWords,
    "bodies": BodyWords,
    "identity": IdentityWords,
    "sameness": SamenessWords,
}


class Lexicon:
    """The words of one ontology: for each file of ``words/`` a record, compiled when first asked.

    An ontology has one (``ontology.lexicon``), which is handed along; nothing is compiled twice.

    >>> from kg.ontology import load
    >>> load().lexicon.heads.towns
    ('镇', '乡')
    """

    def __init__(self, folder: Path, words: Mapping[str, Mapping[str, Any]]) -> None:
        self._folder, self._words = folder, words

    def check(self) -> None:
        """Check that every file is there, with the entries that the code reads.

        Raises:
            OntologyError: If a file or an entry is missing or wrong: both are named.
        """
        for name, kind in FILES.items():
            file = self._folder / f"{name}.yaml"
            if name not in self._words:
                raise OntologyError(
                    f"{file}: is missing; copy it from the ontology that came with kg"
                )
            check(kind, self._words[name], file)

    def compile(self) -> None:
        """Compile every file now, so that a wrong expression is told before anything is read.

        Raises:
            OntologyError: If one is wrong: file and entry are named.
        """
        for name in FILES:
            getattr(self, name)

    def _section(self, name: str, kind: type[T]) -> T:
        return compiled(kind, name, self._words, self._folder)

    @cached_property
    def grammar(self) -> GrammarWords:
        """Where names begin and end, and what the words of a segmenter are cut into."""
        return self._section("grammar", GrammarWords)

    @cached_property
    def heads(self) -> HeadWords:
        """Names by their head nouns (公司, 项目, 大会): ``kg.extract.mentions.heads``."""
        return self._section("heads", HeadWords)

    @cached_property
    def towns(self) -> TownWords:
        """Places: ``finders.place`` and ``finders.address`` of ``kg.extract.mentions``."""
        return self._section("towns", TownWords)

    @cached_property
    def surnames(self) -> SurnameWords:
        """Surnames of persons."""
        return self._section("surnames", SurnameWords)

    @cached_property
    def persons(self) -> PersonWords:
        """Persons, bylines and the posts that persons have."""
        return self._section("persons", PersonWords)

    @cached_property
    def titles(self) -> TitleWords:
        """Names in quotation marks and titles: ``finders.finders``, ``finders.title``."""
        return self._section("titles", TitleWords)

    @cached_property
    def shorts(self) -> ShortWords:
        """Short names: ``finders.short`` and ``finders.lookup``."""
        return self._section("shorts", ShortWords)

    @cached_property
    def trimmed(self) -> TrimWords:
        """What is no part of names: ``mentions.trimmed``."""
        return self._section("trimmed", TrimWords)

    @cached_property
    def layout(self) -> LayoutWords:
        """How pages of newspapers and notices are laid out: ``kg.extract.segment``."""
        return self._section("layout", LayoutWords)

    @cached_property
    def files(self) -> FileWords:
        """How files are read: characters, programs and what they write by themselves."""
        return self._section("files", FileWords)

    @cached_property
    def tables(self) -> TableWords:
        """Tables and records of fields: ``segment.grid``, ``finders.table``, ``claims.cells``."""
        return self._section("tables", TableWords)

    @cached_property
    def dates(self) -> DateWords:
        """Days, and the day on which a document was written: ``kg.extract.values``."""
        return self._section("dates", DateWords)

    @cached_property
    def values(self) -> ValueWords:
        """Amounts of money, and words that count from a day: ``kg.extract.values``."""
        return self._section("values", ValueWords)

    @cached_property
    def references(self) -> ReferenceWords:
        """What 该公司, 双方, 我市 stand for."""
        return self._section("references", ReferenceWords)

    @cached_property
    def clauses(self) -> ClauseWords:
        """Who does what in a sentence: ``claims.clause`` and ``claims.clauses``."""
        return self._section("clauses", ClauseWords)

    @cached_property
    def denial(self) -> DenialWords:
        """What denies a statement, and what came to nothing: ``claims.status``."""
        return self._section("denial", DenialWords)

    @cached_property
    def notices(self) -> NoticeWords:
        """What official notices say of themselves: ``claims.notices``."""
        return self._section("notices", NoticeWords)

    @cached_property
    def offices(self) -> OfficeWords:
        """Who holds which post where: ``claims.posts``."""
        return self._section("offices", OfficeWords)

    @cached_property
    def bodies(self) -> BodyWords:
        """Which names of bodies mean the same body: ``kg.extract.resolve.bodies``."""
        return self._section("bodies", BodyWords)

    @cached_property
    def identity(self) -> IdentityWords:
        """What a thing is known by in all documents: ``kg.extract.resolve.identity``."""
        return self._section("identity", IdentityWords)

    @cached_property
    def sameness(self) -> SamenessWords:
        """Which names in a document are of one thing: ``kg.extract.resolve``."""
        return self._section("sameness", SamenessWords)
