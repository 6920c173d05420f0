"""A language model as one more proposer: a prompt out, its answers in, what they propose out.

It is asked elsewhere, before documents are read (``kg.run.reading.llm_requests``); here nothing is
fetched. What it says is only a proposal: a name must stand in the text letter by letter, a claim
must quote it, and the arbiter decides of both as of those of rules and network.
"""

from __future__ import annotations

from kg.extract.model.llm.passages import passages
from kg.extract.model.llm.prompt import AnsweredModel, Model, Prompt
from kg.extract.model.llm.proposals import LlmProposals, propose
from kg.extract.model.llm.statements import statements

__all__ = ["AnsweredModel", "LlmProposals", "Model", "Prompt", "passages", "propose", "statements"]
