"""Make the prompt of a language model from the ontology: short, in Chinese, with a digest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kg.base.errors import KgError, OntologyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ontology import Ontology

PROPOSER = "llm."  # what a model is called as a proposer begins so, as the arbiter knows
# Raised when the same answer would be asked for, or read, in another way.
VERSION = 1
_NAME = re.compile(r"[^\W_][\w.:/@+-]{0,99}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What stands before each passage.

    Attributes:
        text: The task, with the classes, relations and attributes of the ontology.
        passage: What is said of a passage; ``{text}`` stands for it.
        attributes: The attributes that are asked for.
    """

    text: str
    passage: str
    attributes: frozenset[str]

    @classmethod
    def of(cls, ontology: Ontology) -> Prompt:
        """The prompt for an ontology.

        Raises:
            OntologyError: If its folder has no words for it.

        >>> from kg.ontology import load
        >>> "invests：投资（Organisation → Project）" in Prompt.of(load()).text
        True
        """
        file = ontology.folder / "words" / "prompt.yaml"
        words = ontology.words.get("prompt")
        if words is None:
            raise OntologyError(
                f"{file}: is missing, and a language model is asked by its words; copy it from the "
                "ontology of this installation (kg ontology --copy DIR)"
            )
        try:
            return cls._from_words(words, ontology)
        except (KeyError, TypeError, AttributeError) as error:
            raise OntologyError(f"{file}: lacks what a prompt is made of ({error})") from error

    @classmethod
    def _from_words(cls, words: dict[str, Any], ontology: Ontology) -> Prompt:
        attributes = {n: v for n, v in words["attributes"].items() if n in ontology.attributes}
        lists = {
            "classes": [
                _fill_in(words["class"], _labels(page)) for page in ontology.classes.values()
            ],
            "relations": [
                _fill_in(
                    words["relation"],
                    {**_labels(r), "domain": "、".join(r.domain), "range": "、".join(r.range)},
                )
                for r in ontology.relations.values()
            ],
            "attributes": [
                _fill_in(
                    words["attribute"],
                    {**_labels(a), "domain": "、".join(a.domain), "value": attributes[a.name]},
                )
                for a in ontology.attributes.values()
                if a.name in attributes
            ],
        }
        text = _fill_in(
            words["prompt"], {name: "\n".join(entries) for name, entries in lists.items()}
        )
        return cls(text, words["passage"], frozenset(attributes))

    @property
    def digest(self) -> str:
        """What the prompt is known by: 16 hex digits."""
        content = f"{VERSION}\x1f{self.text}\x1f{self.passage}"
        return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def messages(self, passage: str) -> list[dict[str, str]]:
        """A passage as the messages of a chat."""
        return [
            {"role": "system", "content": self.text},
            {"role": "user", "content": _fill_in(self.passage, {"text": passage})},
        ]


def _labels(page: Any) -> dict[str, str]:
    return {"name": page.name, "label": page.label["zh"], "comment": page.comment["zh"]}


def _fill_in(form: str, parts: dict[str, str]) -> str:
    """A form with its parts in; other braces stay, as those of JSON."""
    return re.sub(r"\{(\w+)\}", lambda m: parts.get(m[1], m[0]), form.rstrip("\n"))


@dataclass(frozen=True, slots=True)
class Model:
    """A language model with a prompt: all that an answer depends on beside the passage.

    The address where it is asked has no part in it.
    """

    name: str
    prompt: Prompt

    @classmethod
    def of(cls, name: str, ontology: Ontology) -> Model:
        """A model that is asked for what an ontology knows.

        Raises:
            KgError: If this can be no name of a model.
        """
        if not _NAME.fullmatch(name):
            raise KgError(
                f"{name!r}: is no name of a language model; it has letters, digits and . : / @ + - "
                "_, as in qwen2.5:7b"
            )
        return cls(name, Prompt.of(ontology))

    @property
    def rule(self) -> str:
        """The name by which it proposes."""
        return f"{PROPOSER}{self.name}"

    @property
    def digest(self) -> str:
        """What a reading depends on where it takes part."""
        return f"{self.rule} {self.prompt.digest}"

    def key(self, passage: str) -> str:
        """What the answer to a passage is kept under."""
        content = f"{self.name}\x1f{self.prompt.digest}\x1f{passage}"
        return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class AnsweredModel:
    """A model, and what it has answered: for a key the text, or None where there is none."""

    model: Model
    answer: Callable[[str], str | None]
