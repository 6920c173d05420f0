"""``python -m kg`` is ``kg``."""

from __future__ import annotations

import sys

from kg.cli.main import main

# Guarded: processes that are spawned to read documents import this module too.
if __name__ == "__main__":
    sys.exit(main())
