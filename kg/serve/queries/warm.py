"""What every worker needs, loaded once: the process that workers are forked from imports this."""

from __future__ import annotations

import gc
import signal
from contextlib import suppress

import kg.serve.queries.answer
import kg.store.rdf.vocabulary  # noqa: F401
from kg.base.errors import KgError
from kg.base.usage import at_death_of_parent
from kg.ontology import load

with suppress(KgError):  # the worker meets it again, and tells
    load()
# It would live as long as any worker does, and these are resumed when it dies.
at_death_of_parent(signal.SIGTERM)
gc.freeze()  # so that the garbage collector does not copy what processes share
