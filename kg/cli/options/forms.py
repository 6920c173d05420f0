"""Texts of a command line in, their values out, or an error that says which form they must have."""

from __future__ import annotations

import argparse
import re
from datetime import datetime

# Those of kg.publish.dossier.formats.
REPORTS = (".html", ".csv", ".xlsx", ".docx")


def positive(text: str) -> int:
    """A whole number from 1 on."""
    if not re.fullmatch(r"[1-9]\d{0,5}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def port(text: str) -> int:
    """A port of TCP, 0 for any that is free."""
    if not re.fullmatch(r"\d{1,5}", text) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give 0 (any) to 65535")
    return int(text)


def seconds(text: str) -> float:
    """A number of seconds above 0."""
    if not re.fullmatch(r"\d{1,5}(\.\d+)?", text) or not float(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return float(text)


def share(text: str) -> float:
    """A confidence from 0 to 1."""
    if not re.fullmatch(r"0|1|1\.0+|0?\.\d+", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no confidence; give a number from 0 to 1")
    return float(text)


def token(text: str) -> str:
    """A token of characters that an address may hold, or ``-``."""
    if text != "-" and not re.fullmatch(r"[A-Za-z0-9._~-]{8,}", text):
        raise argparse.ArgumentTypeError("a token has 8 or more of A-Z a-z 0-9 . _ ~ -")
    return text


def base_iri(text: str) -> str:
    """An absolute IRI that others can be made from."""
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|^`\\]*[/#:]", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no absolute IRI that ends in / or #")
    return text


def url(text: str) -> str:
    """The address of a server."""
    if not re.match(r"https?://", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no address; write http://HOST:PORT/PATH")
    return text


def folder(text: str) -> str:
    """A folder, and no address of a server."""
    if re.match(r"https?://", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is the address of a server, where this needs a folder; kg load brings a "
            "graph to a server"
        )
    return text


def report_file(text: str) -> str:
    """The file of a report, by whose ending its format is told."""
    if not text.lower().endswith(REPORTS):
        raise argparse.ArgumentTypeError(f"{text!r} is no report; end it in {', '.join(REPORTS)}")
    return text


def graph_iri(text: str) -> str:
    """The IRI of a named graph; ``""`` for the default graph."""
    if text and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no absolute IRI")
    return text


def moment(text: str) -> str:
    """A time of ISO 8601, to the second."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no time; write it as 2026-05-06T07:08:09Z"
        ) from error
    return moment.isoformat()
