"""What every worker needs, loaded once: the process that workers are forked from imports this."""

from __future__ import annotations

import gc
from contextlib import suppress

import kg.serve.answer  # noqa: F401
from kg.errors import KgError
from kg.ontology import load

with suppress(KgError):  # the worker meets it again, and tells
    load()
gc.freeze()  # so that the garbage collector does not copy what processes share
