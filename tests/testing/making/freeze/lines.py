"""What the reader gives for each of some texts, by the rules alone and as users have it.

python -m tests.testing.making.freeze.lines < GIVEN > LINES

reads and writes JSON, so that another version of the reader can be asked.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from hashlib import sha256

from kg.base.codec import encode
from kg.base.records import Document, Reading
from kg.extract.document import extract
from kg.ontology import load
from kg.read import parse
from tests.testing.making.freeze.given import Given

READER = "KG_READER"
# What KG_READER says: what users have, and rules alone, whose changes the arbiter may hide.
READERS = {"": "learned", "rules": "rules"}


def digest(given: Given) -> str:
    """A digest of all that the readers give for a text."""
    whole = sha256(_document(given).text.encode() if given.file else b"")
    for _, reading in readings(given):
        whole.update(encode(reading).encode())
    return whole.hexdigest()[:8]


def lines(given: Given) -> list[str]:
    """The same for eyes: the text of a file, and each entity and claim of each reader."""
    found = [f"text: {line}" for line in _document(given).text.split("\n")] if given.file else []
    for reader, reading in readings(given):
        found += [f"{reader}: {line}" for line in _told(reading)]
    return found


def readings(given: Given) -> Iterator[tuple[str, Reading]]:
    """What each reader gives, with the name of the reader."""
    document, before = _document(given), os.environ.get(READER)
    try:
        for setting, reader in READERS.items():
            os.environ[READER] = setting
            yield reader, extract(document, load())
    finally:
        os.environ.pop(READER, None)
        if before is not None:
            os.environ[READER] = before


def _document(given: Given) -> Document:
    if given.file:
        return parse(given.file, given.data)
    return Document("text", "text.txt", given.data.decode("utf-8"))


def _told(reading: Reading) -> Iterator[str]:
    """A line for each part; a claim names its ends, whose numbers are others if one is added."""
    yield from map(encode, reading.articles)
    yield from map(encode, reading.entities)
    names = [entity.name for entity in reading.entities]
    for claim in reading.claims:
        other = f" → {names[claim.object]}" if claim.object is not None else ""
        fields = json.loads(encode(claim))
        rest = json.dumps(fields[3:], ensure_ascii=False)
        yield f"{names[claim.subject]} {claim.predicate}{other} {rest}"
    yield from reading.notes


if __name__ == "__main__":
    asked = [Given(data.encode("latin-1"), file) for file, data in json.load(sys.stdin)]
    json.dump([(digest(given), lines(given)) for given in asked], sys.stdout)
