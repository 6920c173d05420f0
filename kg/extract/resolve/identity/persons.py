"""Find the key that identifies a person across documents.

Two people of one name are one by the body that they work for, by the place that they hold an
office of, or by a title that tells them from others. A name alone is enough only for those of
the table ``known.tsv``, and for full names of other languages: 亚历山大·某某.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.extract.resolve.bodies import bodies
from kg.extract.resolve.identity.listed import Listed, listed
from kg.ontology import Ontology, load
from kg.ontology.places import Places

FULL = 6  # characters of a full name in another language: two names and what parts them
FOREIGN = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:·[\u4e00-\u9fff]+)+|[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z.'-]*)+"
)
PARTED = re.compile("·")


class IdentityKey(NamedTuple):
    """What a thing is known by in all documents, and the rule that says so.

    The rule is ``""`` of what is another thing in every document.
    """

    key: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Employer:
    """A body that a person works for: its name, its key, and its division code if it has one.

    ``introduces`` where it stands before the first name of the person.
    """

    name: str
    key: str
    code: str = ""
    introduces: bool = False


class Persons:
    """Tells what persons are known by; see ``key_of``."""

    def __init__(self, ontology: Ontology) -> None:
        words, surnames = ontology.lexicon.identity, ontology.lexicon.surnames
        self.listed: Listed = listed(str(ontology.folder))
        self.bodies = bodies(str(ontology.folder))
        self.places = Places.load(ontology)
        self.seats = words.seats
        self.ranks, self.heads = words.ranks, words.heads
        self.frequent = frozenset(surnames.common[: words.frequent])
        self.surnames = frozenset(surnames.single) | frozenset(surnames.common)
        bylines = ontology.words["posts"]["bylines"]
        self.bylines = {name: re.compile(form) for name, form in bylines.items()}

    def key_of(
        self,
        klass: str,
        name: str,
        employers: Sequence[Employer],
        titles: Sequence[str],
        home: Mapping[str, str],
        document: str,
    ) -> IdentityKey:
        """What a person is known by.

        Args:
            klass: The class.
            name: The name.
            employers: Whom the document says that the person works for, in its order: that of the
                post by which somebody is introduced stands before those of a career.
            titles: The titles that it tells.
            home: For 市, 省, … the code of the place that speaks.
            document: Its id, which keeps apart what nothing else tells apart.
        """
        signs = [kind for title in titles if (kind := self._byline(title))]
        signed = len(signs) == len(titles) > 0
        row = self.listed.find(klass, name)
        if row and not signed and row.fits({*titles, *(e.name for e in employers)}):
            return IdentityKey(row.name, "identity.listed")
        if len(name) >= FULL and FOREIGN.fullmatch(name):
            return IdentityKey(name, "identity.name")
        if signed and "editor" in signs:
            return IdentityKey(f"{name}@{self._editor_title(name, titles)}", "identity.title")
        scoped = self._key_by_post(name, employers, titles, home)
        if scoped is None and signed and "author" in signs and not self._common(name):
            return IdentityKey(f"{name}@author", "identity.title")
        return scoped or IdentityKey(f"{name}@{document}")

    def _key_by_post(
        self,
        name: str,
        employers: Sequence[Employer],
        titles: Sequence[str],
        home: Mapping[str, str],
    ) -> IdentityKey | None:
        identified = [e for e in employers if "@" not in e.key or self._code(e)]
        if identified and (place := self._code(identified[0])):
            # Who heads several places is of the nearest: 甲省委常委、|乙市委书记某某.
            nearest = [code for e in identified if e.introduces and (code := self._code(e))]
            return IdentityKey(f"{name}@{[place, *nearest][-1]}", "identity.place")
        if identified:
            return IdentityKey(f"{name}@{identified[0].key}", "identity.body")
        levels = [m["level"] for title in titles if (m := self.ranks.match(title))]
        if codes := [home[level] for level in levels if level in home]:
            return IdentityKey(f"{name}@{min(codes)}", "identity.place")
        if heads := [m["head"] for title in titles if (m := self.heads.fullmatch(title))]:
            return IdentityKey(f"{name}@{min(heads)}", "identity.title")
        if specific := [title for title in titles if self._is_specific(name, title)]:
            return IdentityKey(f"{name}@{min(specific)}", "identity.title")
        return None

    def _editor_title(self, name: str, titles: Sequence[str]) -> str:
        """The title in the key of an editor: as printed where many people have the name."""
        editors = (t for t in titles if self._byline(t) == "editor")
        return min(editors) if self._frequent(name) else "editor"

    def _byline(self, title: str) -> str:
        return next(
            (kind for kind, pattern in self.bylines.items() if pattern.fullmatch(title)), ""
        )

    def _code(self, employer: Employer) -> str:
        """The code of the place that an employer is, or heads."""
        return employer.code or self._seat(employer.key)

    def _seat(self, body: str) -> str:
        """The code of the place that a body heads: of 甲县人民政府 that of 甲县."""
        place, office = self.bodies.parts(body)
        division = self.places.resolve(place) if place else None
        return division.code if division and office in self.seats else ""

    def _is_specific(self, name: str, title: str) -> bool:
        """Whether a title names a place, or the name is from abroad, so that few have it."""
        abroad = name[0] not in self.surnames
        names_place = self.places.leading(title) > 0 or self.places.zone(title[:2]) is not None
        return names_place or (abroad and not self._byline(title))

    def _common(self, name: str) -> bool:
        """Whether others who write may have a name: its surname is frequent."""
        return len(name) < 2 or name[0] in self.frequent

    def _frequent(self, name: str) -> bool:
        """Whether many people have a name: two characters after a frequent surname."""
        return len(name) < 2 or (len(name) == 2 and name[0] in self.frequent)


@lru_cache(maxsize=4)
def persons(folder: str) -> Persons:
    """What tells persons of the ontology in a folder; read once for a process."""
    return Persons(load(folder))
