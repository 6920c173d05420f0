"""What a client accepts in, the format that it gets out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format of answers: its name (``?format=``), its media type, and other names of both."""

    name: str
    media: str
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        """The media type as a header says it: text is UTF-8."""
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


# The first of each is what a client gets that does not care.
RESULTS = (
    Format("json", "application/sparql-results+json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
GRAPHS = (
    Format("ttl", "text/turtle", ("application/x-turtle", "application/turtle"), ("turtle",)),
    Format("nt", "application/n-triples", ("text/plain",)),
    Format("rdf", "application/rdf+xml", ("application/xml", "text/xml"), ("xml",)),
    Format("jsonld", "application/ld+json", ("application/json",), ("json-ld", "json")),
    Format("nq", "application/n-quads"),
    Format("trig", "application/trig"),
)
# A question itself, with its parameters filled in.
TEXT = Format("sparql", "application/sparql-query")


def is_format(name: str) -> bool:
    """Whether a name is that of a format, of results or of graphs."""
    return any(name == format.name or name in format.names for format in RESULTS + GRAPHS)


def chosen(offered: tuple[Format, ...], accept: str, name: str = "") -> Format | None:
    """The format that a client gets; None if it takes none of them (RFC 9110, 12.5.1).

    Args:
        offered: Formats, the one that is preferred here first.
        accept: The header; empty if there was none.
        name: What ``?format=`` said; it counts before the header if it is that of a format,
            and is passed over if it is not: some clients say there what no server knows.

    >>> chosen(RESULTS, "text/html, */*;q=0.1").name, chosen(RESULTS, "text/csv").name
    ('json', 'csv')
    >>> chosen(RESULTS, "image/png") is None, chosen(GRAPHS, "*/*", "csv") is None
    (True, True)
    """
    if is_format(name):
        return next((f for f in offered if name == f.name or name in f.names), None)
    ranges = list(_ranges(accept or "*/*"))
    best, best_format = 0.0, None
    for format in offered:
        liked = max(_quality(media, ranges) for media in (format.media, *format.aliases))
        if liked > best:
            best, best_format = liked, format
    return best_format


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Media ranges and how much each is liked, 0 to 1."""
    ranges = []
    for part in accept.lower().split(","):
        media, *parameters = (p.strip() for p in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, text = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(text)))
                except ValueError:
                    quality = 0.0
        if media:
            ranges.append((media, quality))
    return ranges


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    """How much a media type is liked: the range that fits it most closely says it."""
    family = media.partition("/")[0] + "/*"
    for wanted in (media, family, "*/*"):
        liked = [quality for pattern, quality in ranges if pattern == wanted]
        if liked:
            return max(liked)
    return 0.0
