"""The gazetteers of an ontology in, the records of their rows out: divisions and zones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology import Ontology

# Highest first. The last five have no division code.
LEVELS = ("province", "prefecture", "county", "zone", "region", "country", "area", "city")
# Kinds of places that are areas like any other in running text.
WIDE = {"continent": "area", "union": "area"}


@dataclass(frozen=True, slots=True)
class Division:
    """One coded place. ``parent`` is a code, ``""`` for a province.

    ``usual`` is the everyday name with a suffix (石柱县) and ``short`` the bare one (石柱),
    ``""`` where there is none. ``safe`` says which forms are a place wherever they stand:
    ``short`` all of them, ``name`` all but the bare one, ``no`` none.
    """

    code: str
    name: str
    usual: str
    short: str
    level: str
    parent: str
    aliases: tuple[str, ...]
    safe: str


@dataclass(frozen=True, slots=True)
class Former:
    """A name that a division had, or a division that went into it, until ``year``."""

    name: str
    short: str
    level: str
    code: str
    year: int
    safe: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A place without a code: functional zone, region, country, area, or city abroad.

    ``parents`` are the codes of the divisions it lies in, of a city abroad the name of its
    country; ``kind`` as in its table.
    """

    name: str
    aliases: tuple[str, ...]
    kind: str
    parents: tuple[str, ...]
    safe: bool


def forms(place: Division | Former) -> list[str]:
    """The names of a place, full name first."""
    if isinstance(place, Former):
        return [n for n in (place.name, place.short) if n]
    return [n for n in (place.name, place.usual, place.short, *place.aliases) if n]


def rank(division: Division) -> tuple[int, str]:
    """A key that puts the highest level first, then the lowest code."""
    return LEVELS.index(division.level), division.code


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def divisions(ontology: Ontology) -> Iterator[Division]:
    """The places that have a division code."""
    for row in ontology.table("divisions"):
        yield Division(**{**row, "aliases": _split(row["aliases"])})  # type: ignore[arg-type]


def former(ontology: Ontology) -> Iterator[Former]:
    """The names that divisions had, and divisions that went into others."""
    for row in ontology.table("divisions_former"):
        yield Former(**{**row, "year": int(row["year"])})  # type: ignore[arg-type]


def zones(ontology: Ontology) -> Iterator[Zone]:
    """The places without a code: zones and regions, countries, cities abroad."""
    for r in ontology.table("zones"):
        parents, safe = _split(r["parents"]), r["safe"] == "yes"
        yield Zone(r["name"], _split(r["aliases"]), r["kind"], parents, safe)
    for r in ontology.table("countries"):
        also = (*_split(r["full"]), *_split(r["aliases"]))
        yield Zone(r["name"], also, r["kind"], (), r["safe"] == "yes")
    for r in ontology.table("cities"):
        also = _split(r["aliases"])
        yield Zone(r["name"], also, "city", (r["country"],), r["safe"] == "yes")


def signs(ontology: Ontology) -> Iterator[tuple[str, str, str]]:
    """The one-character names of places and the letters of document numbers: sign, code, use."""
    for r in ontology.table("abbreviations"):
        yield r["key"], r["code"], r["use"]


def publishers(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """The names of publishers, each with the code of its place."""
    for row in ontology.table("publishers"):
        for name in (row["name"], *_split(row["aliases"])):
            yield name, row["place"]


def coordinates(ontology: Ontology) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the seats of divisions in degrees (WGS 84), by code.

    >>> from kg.ontology import load
    >>> coordinates(load())["500110"]
    (29.02, 106.65)
    """
    rows = ontology.table("coordinates")
    return {r["code"]: (float(r["latitude"]), float(r["longitude"])) for r in rows}
