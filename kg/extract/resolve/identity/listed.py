"""Names that mean one thing in every document, as the tables of the ontology say.

``known.tsv`` has leaders, laws, strategies, games, international bodies, services;
``organisations.tsv`` and ``publishers.tsv`` bodies and media with their standing short names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.ontology import Ontology, load


@dataclass(frozen=True, slots=True)
class Row:
    """What a table says of a name.

    Attributes:
        name: What the thing is known by.
        posts: Titles or bodies one of which must be told of a person of so common a name.
        state: Whether other states have a body of this name: 外交部, 国防部.
    """

    name: str
    posts: tuple[str, ...] = ()
    state: bool = False

    def fits(self, descriptions: Collection[str]) -> bool:
        """Whether descriptions of a person (titles, employers) fit the one of the table.

        >>> row = Row("甲某", ("外交部", "外长"))
        >>> row.fits({"外交部长"}), row.fits({"编辑"})
        (True, False)
        """
        return not self.posts or any(
            post in description for post in self.posts for description in descriptions
        )


class Listed:
    """The tables, by class and name."""

    def __init__(self, ontology: Ontology) -> None:
        self.rows: dict[tuple[str, str], Row] = {}
        self.forms: dict[str, tuple[str, ...]] = {}
        for klass, name, row in _rows_of_known(ontology):
            self.rows.setdefault((klass, name), row)
        bodies = [k.name for k in ontology.classes.values() if k.identified_by == "body"]
        for name, also, subtype in _bodies(ontology):
            for klass in bodies:
                listed_rows = (self.rows.get((klass, one)) for one in (name, *also))
                row = next(filter(None, listed_rows), Row(name, state=subtype in STATES))
                for one in (name, *also):
                    self.rows.setdefault((klass, one), row)
        for (_, one), row in self.rows.items():
            self.forms[row.name] = (*self.forms.get(row.name, ()), one)
        self.folded = {(klass, fold(one)): row for (klass, one), row in self.rows.items()}
        self.bodies = frozenset(bodies)
        self.suffix = ontology.lexicon.identity.suffix
        self.firms = ontology.lexicon.identity.firms
        states = {row["name"] for row in ontology.table("countries")}
        self.states = re.compile("|".join(sorted(states, key=lambda name: (-len(name), name))))

    def find(self, klass: str, name: str) -> Row | None:
        """What the tables say of a name of a class.

        >>> from kg.ontology import load
        >>> listed(str(load().folder)).find("Organisation", "新华通讯社").name
        '新华社'
        """
        return self.rows.get((klass, name))

    def body(self, klass: str, name: str) -> Row | None:
        """What the tables say of a body, in capitals or not, with 公司 or its state or without.

        >>> from kg.ontology import load
        >>> table = listed(str(load().folder))
        >>> [table.body("Organisation", n).name for n in ("ARM", "arm公司", "美国富国银行")]
        ['Arm公司', 'Arm公司', '富国银行']
        """
        if klass not in self.bodies:
            return None
        bare = self.suffix.sub("", name)
        row = self.folded.get((klass, fold(name))) or self.folded.get((klass, fold(bare)))
        if row is None and (state := self.states.match(name)) and self.firms.search(bare):
            row = self.folded.get((klass, fold(bare[state.end() :])))
        return row


def fold(name: str) -> str:
    """A name without capital letters and white space."""
    return "".join(name.casefold().split())


STATES = ("government", "party")


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def _rows_of_known(ontology: Ontology) -> Iterator[tuple[str, str, Row]]:
    for line in ontology.table("known"):
        row = Row(line["name"], _cells(line["posts"]))
        for klass in _cells(line["class"]):
            for name in (line["name"], *_cells(line["aliases"])):
                yield klass, name, row


def _bodies(ontology: Ontology) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The bodies of the tables, with the names that are theirs wherever they stand."""
    for line in ontology.table("organisations"):
        if line["safe"] == "yes":
            yield line["name"], _cells(line["safe_aliases"]), line["subtype"]
    for line in ontology.table("publishers"):
        yield line["name"], _cells(line["aliases"]), "media"


@lru_cache(maxsize=4)
def listed(folder: str) -> Listed:
    """The tables of the ontology in a folder; read once for a process."""
    return Listed(load(folder))
