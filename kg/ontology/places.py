"""The tables of places in, the place that a name, a number or a publisher means out.

Pure lookup, no text is searched here: annotate asks for the surfaces and gives them to its
automaton, resolve asks which place a surface means. Where a name has several readings and
nothing around it decides, the answer is None: places are never guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.ontology import divisions as gazetteers
from kg.ontology.divisions import LEVELS, WIDE, Division, Former, Zone, forms, rank

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.ontology import Ontology


class PlaceContext:
    """Codes of places that stand around a name, and of all that these lie in.

    Worked out once for a text, however many of its names are looked up in it.
    """

    __slots__ = ("around", "known")

    def __init__(self, known: Iterable[str], places: Places) -> None:
        self.known = frozenset(known)
        self.around = self.known | {a.code for code in self.known for a in places.ancestors(code)}


class Places:
    """All known places, and the questions that can be asked of them; see ``load``."""

    def __init__(
        self,
        divisions: Iterable[Division],
        former: Iterable[Former] = (),
        zones: Iterable[Zone] = (),
        signs: Iterable[tuple[str, str, str]] = (),
        publishers: Iterable[tuple[str, str]] = (),
        words: dict[str, Any] | None = None,
    ) -> None:
        self.divisions = {d.code: d for d in divisions}
        self.former = tuple(former)
        self.zones = {z.name: z for z in zones}
        self._zones = {n: z for z in self.zones.values() for n in (z.name, *z.aliases)}
        self._words = words or {}
        self._signs: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key, code, use in signs:
            self._signs[key, use].append(code)
        self._publishers = dict(publishers)
        self._ancestors: dict[str, tuple[Division, ...]] = {}
        self._index: dict[str, list[Division]] = defaultdict(list)
        for division in self.divisions.values():
            for name in forms(division):
                self._index[name].append(division)
        for old in self.former:
            for name in filter(None, (old.name, old.short)):
                if self.divisions[old.code] not in self._index[name]:
                    self._index[name].append(self.divisions[old.code])

    @classmethod
    def load(cls, ontology: Ontology) -> Places:
        """The places of an ontology's gazetteers; read once in a process, which takes 25 ms.

        Raises:
            OntologyError: If a table is missing or a row has too many cells.

        >>> from kg.ontology import load
        >>> places = Places.load(load())
        >>> places.by_code("500110").name
        '綦江区'
        """
        key = str(ontology.folder)
        if key not in _LOADED:
            words = ontology.words.get("places", {})
            _LOADED[key] = cls(
                gazetteers.divisions(ontology),
                gazetteers.former(ontology),
                gazetteers.zones(ontology),
                gazetteers.signs(ontology),
                gazetteers.publishers(ontology),
                words,
            )
        return _LOADED[key]

    def by_code(self, code: str) -> Division | None:
        """The division with a code of six digits, or None."""
        return self.divisions.get(code)

    def by_name(self, name: str) -> tuple[Division, ...]:
        """Every reading of a name: full, usual, short, former, or with its parents before it.

        Readings come highest level first, then by code; no reading gives ``()``.

        >>> from kg.ontology import load
        >>> [d.code for d in Places.load(load()).by_name("重庆市綦江区")]
        ['500110']
        """
        divisions = self._index.get(name) or self._prefixed(name)
        return tuple(sorted(divisions, key=rank)) if divisions else ()

    def leading(self, name: str) -> int:
        """How many characters the longest place has that opens a name; 0 if none does.

        >>> from kg.ontology import load
        >>> Places.load(load()).leading("重庆市甲某公司")
        3
        """
        longest = min(8, len(name))
        return next((n for n in range(longest, 1, -1) if self.by_name(name[:n])), 0)

    def _prefixed(self, name: str) -> list[Division]:
        divisions: dict[str, Division] = {}
        for cut in range(2, len(name) - 1):
            tails = self._index.get(name[cut:])
            heads = {d.code for d in self.by_name(name[:cut])} if tails else set()
            for tail in tails or ():
                if heads.intersection(a.code for a in self.ancestors(tail.code)):
                    divisions[tail.code] = tail
        return list(divisions.values())

    def resolve(self, name: str, context: PlaceContext | Collection[str] = ()) -> Division | None:
        """The one division that a name means, or None where that stays open.

        Args:
            name: As ``by_name`` takes it.
            context: Codes of places that stand around the name; as a ``PlaceContext`` where many
                names are looked up in one. A reading that is one of them, or lies in one,
                wins; the closer, the better.

        Of readings that the context does not part, the one that holds all the others wins
        (长沙 is the city, not its county), then the only one whose bare name is safe (西安 is
        not 西安区), then the only province (海南, 吉林).

        >>> from kg.ontology import load
        >>> places = Places.load(load())
        >>> places.resolve("铁西区"), places.resolve("铁西区", {"210100"}).code
        (None, '210106')
        """
        readings = self.by_name(name)
        if len(readings) < 2:
            return readings[0] if readings else None
        context = context if isinstance(context, PlaceContext) else PlaceContext(context, self)
        readings = self._province(name, readings, context)
        if len(readings) < 2:
            return readings[0]
        known = context.known
        # A bare name that both a city and its own county have is the city's (长沙, 长沙县).
        if all(d.short == name for d in readings):
            whole = self._outermost(name, readings)
            if whole is not None and (whole.code in known or whole.level == "prefecture"):
                return whole
        for places in (known, context.around):
            near = self._nearest(readings, places)
            if len(near) == 1:
                return near[0]
            readings = near or readings
        return self._outermost(name, readings)

    def _province(
        self, name: str, readings: tuple[Division, ...], context: PlaceContext
    ) -> tuple[Division, ...]:
        """The readings of a bare name of a province (河北): no district of another one (河北区)."""
        first = [r for r in readings if r.level == LEVELS[0] and r.short == name]
        if len(first) != 1:
            return readings
        large = LEVELS[:2]
        return tuple(r for r in readings if r.level in large or r.code in context.around)

    def _nearest(
        self, readings: tuple[Division, ...], places: Collection[str]
    ) -> tuple[Division, ...]:
        """The readings whose innermost place of the context is the closest to them."""
        steps = {}
        for reading in readings:
            chain = (reading, *self.ancestors(reading.code))
            within = [LEVELS.index(d.level) for d in chain if d.code in places]
            if within:
                steps[reading] = max(within)
        best = max(steps.values(), default=-1)
        return tuple(r for r, step in steps.items() if step == best)

    def _outermost(self, name: str, readings: tuple[Division, ...]) -> Division | None:
        first, *others = readings
        if all(first in self.ancestors(other.code) for other in others):
            return first
        bare = [r for r in readings if r.short == name and r.safe == "short"]
        provinces = [r for r in readings if r.level == LEVELS[0]]
        return next((group[0] for group in (bare, provinces) if len(group) == 1), None)

    def ancestors(self, code: str) -> tuple[Division, ...]:
        """The divisions that a code lies in, nearest first, without itself.

        >>> from kg.ontology import load
        >>> [d.name for d in Places.load(load()).ancestors("210106")]
        ['沈阳市', '辽宁省']
        """
        if code not in self._ancestors:
            division = self.divisions.get(code)
            parent = self.divisions[division.parent] if division and division.parent else None
            chain = (parent, *self.ancestors(parent.code)) if parent else ()
            self._ancestors[code] = chain
        return self._ancestors[code]

    def holds(self, outer: str, inner: str) -> bool | None:
        """Whether a place of one name lies in one of another; None where a table lacks one.

        >>> from kg.ontology import load
        >>> places = Places.load(load())
        >>> [places.holds("辽宁", name) for name in ("铁西区", "成都", "云湖镇")]
        [True, False, None]
        """
        area, zone = self.zone(outer), self.zone(inner)
        heads = {d.code for d in self.by_name(outer)} | ({area.name} if area else set())
        tails = [d.parent for d in self.by_name(inner)] or list(zone.parents if zone else ())
        around = {c for t in tails for c in (t, *(a.code for a in self.ancestors(t)))}
        if not heads or not tails:
            return None
        if area is not None and around.intersection(area.parents):
            return heads & around != set() or None  # a zone within a city: which part is not told
        return bool(heads & around)

    def zone(self, name: str) -> Zone | None:
        """The zone, region, country or area of that name or alias, or None."""
        return self._zones.get(name)

    def names(self) -> Iterator[tuple[str, bool, str]]:
        """Every surface once, in code point order: surface, whether it is safe, its level.

        A surface is safe when it is a place wherever it stands in running text. The level is
        the highest of its readings, one of LEVELS.
        """
        surfaces: dict[str, tuple[bool, str]] = {}
        for surface, safe, level in sorted(self._surfaces()):
            before = surfaces.get(surface, (False, level))
            surfaces[surface] = (safe or before[0], min(level, before[1], key=LEVELS.index))
        for surface in sorted(surfaces):
            yield surface, *surfaces[surface]

    def _surfaces(self) -> Iterator[tuple[str, bool, str]]:
        places: list[Division | Former] = [*self.divisions.values(), *self.former]
        for place in places:
            for surface in forms(place):
                bare = surface == place.short
                safe = place.safe == "short" or (place.safe == "name" and not bare)
                yield surface, safe, place.level
        for zone in self.zones.values():
            kind = WIDE.get(zone.kind, zone.kind)
            level = kind if kind in LEVELS else "zone"
            for surface in (zone.name, *zone.aliases):
                yield surface, zone.safe, level

    def number_prefix(self, text: str, context: Collection[str] = ()) -> Division | None:
        """The place whose government numbered a document, or None.

        Args:
            text: A document number, or the letters at its head: 渝府办发〔2020〕78号, 锡政办发.
            context: Codes that decide between places which share their letters.

        >>> from kg.ontology import load
        >>> places = Places.load(load())
        >>> [places.number_prefix(n).name for n in ("渝府办发〔2020〕78号", "锡政办发", "鄂发改")]
        ['重庆市', '无锡市', '湖北省']
        """
        head = re.split(r"[〔\[（(【0-9]", text.strip(), maxsplit=1)[0]
        after = tuple(self._words.get("number_after", ()))
        for size in range(min(len(head) - 1, 8), 1, -1):
            if head[:size] in self._index and head[size:].startswith(after):
                return self.resolve(head[:size], context)
        for size in range(len(head), 0, -1):
            codes = self._signs.get((head[:size], "number"), ())
            if codes:
                return self._only(codes, context)
        return None

    def _only(self, codes: Collection[str], context: Collection[str]) -> Division | None:
        readings = tuple(self.divisions[c] for c in codes)
        if len(readings) > 1:
            readings = self._nearest(readings, set(context))
        return readings[0] if len(readings) == 1 else None

    def publisher(self, name: str) -> Division | None:
        """The place that a publisher calls 我市 or 我省; None for national and unknown ones.

        >>> from kg.ontology import load
        >>> places = Places.load(load())
        >>> [places.publisher(n).name for n in ("重庆日报", "南方日报", "绵阳晚报")]
        ['重庆市', '广东省', '绵阳市']
        """
        if name in self._publishers:
            return self.divisions.get(self._publishers[name])
        for ending in sorted(self._words.get("publisher_endings", ()), key=len, reverse=True):
            if name.endswith(ending) and len(name) > len(ending):
                return self.resolve(name.removesuffix(ending))
        return None

    def here(self, word: str, home: str) -> Division | None:
        """The place that a deictic word means when the place with code ``home`` speaks.

        >>> from kg.ontology import load
        >>> places = Places.load(load())
        >>> places.here("我市", "500112").name, places.here("全省", "510100").name
        ('重庆市', '四川省')
        """
        entry = self._words.get("deictic", {}).get(word)
        speaker = self.divisions.get(home)
        if not entry or not speaker:
            return None
        levels = (entry["level"], *entry.get("or", ()))
        chain = (speaker, *self.ancestors(home))
        fit = (d for d in chain if d.level in levels and d.name.endswith(entry["ends"]))
        return next(fit, None)


_LOADED: dict[str, Places] = {}
