"""The one table of settings: name, default, unit and help; flags and docs come from it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its default, its unit and what it does. A default of 1/16 is a share."""

    name: str
    default: Any
    unit: str
    help: str


SETTINGS = {
    s.name: s
    for s in (
        Setting("base", "https://w3id.org/zhengtu/id/", "IRI", "IRIs of the graph begin with it"),
        Setting("directory", "outputs", "folder", "the folder that holds the graph"),
        Setting("corrections", "DIR/corrections.jsonl", "file", "the file of what people decided"),
        Setting(
            "reader",
            "learned",
            "weights",
            "who reads: learned (the weights of this installation), a file of weights that kg "
            "train wrote, or rules (rules alone)",
        ),
        Setting(
            "unsure", 20, "documents", "how many are chosen to be marked, the least sure first"
        ),
        Setting(
            "min_confidence",
            0.5,
            "confidence",
            "claims below this confidence are left out of the graph",
        ),
        Setting(
            "llm",
            "",
            "address",
            "OpenAI-compatible API of a language model that proposes names and claims too, as "
            "http://localhost:11434/v1; its key, if it wants one, stands in KG_LLM_KEY",
        ),
        Setting("llm_model", "", "name", "the name of the language model there, as qwen2.5:7b"),
        Setting("llm_timeout", 120, "seconds", "time that one of its answers may take"),
        Setting("llm_requests", 4, "requests", "passages that it is asked about at a time"),
        Setting("llm_attempts", 3, "attempts", "how often it is asked if it fails in passing"),
        Setting("workers", 1, "processes", "how many processes read documents"),
        Setting(
            "every",
            2,
            "seconds",
            "how long is waited between two looks; a build begins when two of them see the same",
        ),
        Setting("engine", "local", "engine", "local, or spark for a job on Apache Spark"),
        Setting("master", "", "address", "the Spark cluster; by default this machine"),
        Setting(
            "partitions", 0, "parts", "parts that a Spark job cuts its work into; 0: as Spark does"
        ),
        Setting("host", "127.0.0.1", "address", "address that the server listens on"),
        Setting("port", 8000, "TCP port", "port that the server listens on"),
        Setting("timeout", 10, "seconds", "time that a query may take on the server"),
        Setting(
            "page", 300, "seconds", "time that a page of the whole graph may take, once a build"
        ),
        Setting(
            "memory",
            Fraction(1, 16),
            "of the machine's memory",
            "what one query may take, at least 256 MiB and at most 1024 MiB",
        ),
        Setting(
            "together",
            Fraction(1, 2),
            "of the machine's memory",
            "what all queries may take at a time",
        ),
        Setting("answer", 256, "MiB", "length of an answer; its rows are not counted"),
        Setting("body", 1, "MiB", "length of a query"),
        Setting("decision", 64, "KiB", "length of a decision that the page of corrections sends"),
        Setting("address", 256, "KiB", "length of an address; longer queries come by POST"),
        Setting("nesting", 200, "levels", "how deep a query may be nested"),
        Setting("words", 4000, "words", "how long a query may be, long lists not counted"),
        Setting(
            "fresh",
            16,
            "workers",
            "processes that answer queries in their first moments, two for each processor unless "
            "they take longer",
        ),
        Setting(
            "slow",
            64,
            "workers",
            "further processes, for queries that take longer; one for each processor runs, the "
            "others are paused until it is their turn",
        ),
        Setting("connections", 700, "connections", "clients at a time; further ones are told busy"),
        Setting("sending", 15, "seconds", "time that a client may take to send what it asks"),
        Setting("reading", 60, "seconds", "time that a client may take to go on reading an answer"),
        Setting("around", 50, "things", "how many a page may show the surroundings of"),
        Setting("largest", 64, "MiB", "a larger source is skipped, and said so"),
        Setting(
            "file_timeout",
            30,
            "seconds",
            "processor time that one file may take, else it is skipped",
        ),
        Setting("file_memory", 2048, "MiB", "memory that one file may take, else it is skipped"),
        Setting(
            "page_timeout",
            120,
            "seconds",
            "processor time that one page of a scan may take, else it is left out, and said so",
        ),
        Setting("method", "gsp", "protocol", "how a graph goes to a server: gsp or update"),
        Setting("batch", 2000, "statements", "how many go to a server at a time"),
        Setting("attempts", 6, "attempts", "how often a batch is sent to a server that fails"),
        Setting("patience", 60, "seconds", "time that a server elsewhere may take to answer"),
        Setting("rows", 50000, "statements", "how many are asked of a server elsewhere at a time"),
        Setting(
            "drawn", 1000, "nodes", "a build's page has this many nodes, the most telling first"
        ),
        Setting("asked", 20, "questions", "how many questions a review asks or lists"),
        Setting(
            "shown",
            10000,
            "nodes",
            "a page draws this many nodes at most, most linked first; of a larger graph a server "
            "draws what its build did",
        ),
    )
}


def default(name: str) -> Any:
    """The default of a setting.

    >>> default("port")
    8000
    """
    return SETTINGS[name].default
