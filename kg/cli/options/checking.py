"""Commands that check and correct a graph, and teach the reader."""

from __future__ import annotations

from kg.base.settings import default
from kg.cli.options.command import Command, arg, help_of
from kg.cli.options.forms import folder, moment, positive
from kg.cli.options.shared import (
    CORRECTIONS,
    DIR,
    FILE_MEMORY,
    FILE_TIMEOUT,
    PLACE,
    READER,
    WORKERS,
)

ACTIONS = ("accept", "reject", "merge", "split", "rename", "retype", "drop", "add")

COMMANDS = (
    Command(
        "validate",
        "Check the graph against the ontology's SHACL shapes; exit status 1 if it breaks one.",
        "kg validate -d outputs",
        (PLACE,),
    ),
    Command(
        "verify",
        "Compare the graph with its ledger, byte by byte; exit status 1 if a file is damaged.",
        "kg verify -d outputs",
        (DIR,),
    ),
    Command(
        "evaluate",
        "Measure precision, recall and F1 of extraction against gold.",
        "kg evaluate tests/gold examples --errors",
        (
            arg("gold", metavar="GOLD", help="a gold JSON file, a folder of them, or corrections"),
            arg(
                "source",
                nargs="?",
                metavar="SOURCE",
                help="the gold's documents, or a build of one (default: beside the gold)",
            ),
            arg(
                "--errors",
                action="store_true",
                help="list what is missing (-) and what is wrong (+)",
            ),
            arg(
                "--reliability",
                action="store_true",
                help="tell, by confidence, how many claims are right: how far it can be trusted",
            ),
            arg("--json", action="store_true", help="print the table as JSON"),
            READER,
            FILE_TIMEOUT,
            FILE_MEMORY,
        ),
    ),
    Command(
        "annotate",
        "Write the documents that the reader is least sure of as gold, to be corrected by hand.",
        "kg annotate articles -o mine.json --most 20",
        (
            arg("sources", metavar="DIR", help="the documents: a file or a folder"),
            arg("-o", "--output", metavar="FILE", help="the gold (default: standard output)"),
            arg(
                "--most",
                metavar="N",
                type=positive,
                default=default("unsure"),
                help=help_of("unsure"),
            ),
            READER,
            FILE_TIMEOUT,
            FILE_MEMORY,
        ),
    ),
    Command(
        "train",
        "Teach the reader from your own gold and corrections; a fifth of the gold is held back "
        "and measured on, before and after.",
        "kg train mine.json corrections.jsonl --sources articles -o mine.weights",
        (
            arg(
                "gold",
                nargs="+",
                metavar="GOLD",
                help="gold JSON files, folders of them, files of corrections (.jsonl)",
            ),
            arg(
                "--sources",
                metavar="DIR",
                help="the folder of the documents (default: beside the gold)",
            ),
            arg(
                "-o",
                "--output",
                metavar="FILE",
                default="reader.weights",
                help="the new weights; a file that is there is kept as FILE.before "
                "(default: reader.weights)",
            ),
            READER,
            WORKERS,
            FILE_TIMEOUT,
            FILE_MEMORY,
            arg(
                "--llm-answers",
                metavar="DIR",
                type=folder,
                help="the folder of a graph that a language model took part in: it learns how far "
                "to trust it",
            ),
            arg(
                "--llm-model",
                metavar="NAME",
                default="",
                help="the model, where several have answered there",
            ),
        ),
    ),
    Command(
        "review",
        "Correct the graph for good: ask what matters most, or take a decision; every build "
        "replays them.",
        "kg review reject 0d5c8b1e --by 王敏 --why 签约方是其子公司",
        (
            DIR,
            CORRECTIONS,
            arg("--list", action="store_true", help="list what is worth asking, and ask nothing"),
            arg("--json", action="store_true", help="list it as JSON"),
            arg(
                "--limit",
                metavar="N",
                type=positive,
                default=default("asked"),
                help=help_of("asked"),
            ),
            arg("--by", metavar="NAME", default="", help="who decides (default: who is logged in)"),
            arg("--why", metavar="TEXT", default="", help="the reason, for those who come after"),
            arg(
                "--when",
                metavar="TIME",
                type=moment,
                help="the time of the decision, as 2026-05-06T07:08:09Z (default: now)",
            ),
            arg("--quote", metavar="TEXT", default="", help="of add: the words that say it"),
            arg(
                "--document", metavar="NAME", default="", help="of add and split: where it is said"
            ),
            arg(
                "--alike",
                metavar="PATTERN",
                choices=("object", "subject", "phrase", "ending", "decision"),
                default="",
                help="all that is alike at once: of accept and reject the claims of this relation "
                "and rule with the same object or subject; of drop the name in every document "
                "(phrase), or the things of CLASS whose names end with NAME (ending); of undo what "
                "was decided at once with it (decision)",
            ),
            arg(
                "--preview",
                action="store_true",
                help="show what a decision would change, and decide nothing",
            ),
            arg("--status", metavar="STATUS", help="of accept and add: the status of the claim"),
            arg(
                "action",
                nargs="?",
                metavar="ACTION",
                choices=(*ACTIONS, "undo", "log"),
                help="accept CLAIM…, reject CLAIM…, merge NAME OTHER…, split NAME ALIAS…, rename "
                "NAME NEW, retype NAME CLASS, drop NAME… (it is no entity), add SUBJECT PREDICATE "
                "OBJECT, undo DECISION…, or log; without one it asks",
            ),
            arg("words", nargs="*", metavar="WORD", help="what the action is about"),
        ),
    ),
)
