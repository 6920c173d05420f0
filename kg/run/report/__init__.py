"""Report on a run: ``report.json`` for programs, ``report.html`` to read."""

from __future__ import annotations

from kg.run.report.counts import report
from kg.run.report.record import Report

__all__ = ["Report", "report"]
