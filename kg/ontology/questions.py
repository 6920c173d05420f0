"""A SPARQL file in, a Question out: its label, its comment and its parameters stand at its head."""

from __future__ import annotations

import re
from pathlib import Path

from kg.base.errors import OntologyError
from kg.ontology.files import read_text
from kg.ontology.pages import Parameter, Question, Remark, Text

KINDS_OF_PARAMETER = (
    "name", "class", "status", "relation", "attribute", "sum", "currency", "text", "date", "number",
    "flag",
)  # fmt: skip
_REMARK = re.compile(r"#> ?(.*)")
_QUESTION_HEAD = re.compile(r"#\s*(\S+?):\s*(.*)")
_PARAMETER = re.compile(r"(\w+)\s+\((\w+)(?:\s*=\s*(.*?))?\)\s*([^|]+?)\s*\|\s*(.+)")


def question(path: Path) -> Question:
    """Read a question: ``# label.zh: …``, ``# parameter: name (kind = default) 意思 | meaning``.

    ``ontology/RULES.md`` tells what the kinds of parameters stand for in the query.
    """
    text = read_text(path)
    texts: dict[str, Text] = {"label": {}, "comment": {}}
    parameters = []
    money: dict[str, str] = {}
    columns: tuple[tuple[str, ...], ...] = ()
    for line in text.splitlines():
        match = _QUESTION_HEAD.match(line)
        if not match:
            continue
        key, value = match.groups()
        if key == "money":
            column, _, currency = value.partition(" ")
            money[column] = currency.strip()
        elif key == "columns":
            columns = tuple(tuple(part.split()) for part in value.split("|"))
            _checked_columns(path, text, columns)
        elif key == "parameter":
            parameter = _PARAMETER.match(value)
            if not parameter or parameter[2] not in KINDS_OF_PARAMETER:
                raise OntologyError(
                    f"{path}: {value!r} is no parameter; write "
                    "'name (kind = default) 意思 | meaning', where kind is one of "
                    f"{', '.join(KINDS_OF_PARAMETER)}"
                )
            comment = {"zh": parameter[4], "en": parameter[5].strip()}
            parameters.append(Parameter(parameter[1], parameter[2], comment, parameter[3]))
        elif "." in key and key.split(".")[0] in texts:
            part, language = key.split(".", 1)
            texts[part][language] = value.strip()
    for part, labels in texts.items():
        for language in ("zh", "en"):
            if not labels.get(language):
                raise OntologyError(f"{path}: add a line '# {part}.{language}: …'")
    remark = _remark(path, text)
    return Question(
        path.stem,
        texts["label"],
        texts["comment"],
        tuple(parameters),
        text,
        str(path),
        remark,
        money,
        columns,
    )


def _checked_columns(path: Path, text: str, columns: tuple[tuple[str, ...], ...]) -> None:
    names = [name for together in columns for name in together]
    wrong = [n for n in names if not re.search(rf"\?{re.escape(n)}\b", text)]
    if not all(columns) or wrong or len(names) != len(set(names)):
        raise OntologyError(
            f"{path}: '# columns:' names columns of the query, each once, as 'who what | amount "
            f"kind'{'; it has no ' + ', '.join(wrong) if wrong else ''}"
        )


def _remark(path: Path, text: str) -> Remark | None:
    """What stands behind ``#>``: the remark in both languages, and the query that counts."""
    lines = [remark[1] for line in text.splitlines() if (remark := _REMARK.match(line))]
    if not lines:
        return None
    texts: Text = {}
    query = []
    for line in lines:
        language, colon, words = line.partition(": ")
        if colon and language in ("zh", "en"):
            texts[language] = words.strip()
        else:
            query.append(line)
    if not all(texts.get(language) and "{n}" in texts[language] for language in ("zh", "en")):
        raise OntologyError(f"{path}: add the lines '#> zh: … {{n}} …' and '#> en: … {{n}} …'")
    return Remark(texts, "\n".join(query))
