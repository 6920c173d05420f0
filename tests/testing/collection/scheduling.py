"""Which tests go to which of several worker processes: all of a module to one of them.

What the tests of a module share (a server, a browser, a graph) is then made once; so is the JVM
that the modules of Spark share. The scheduler of
pytest-xdist that groups by marks writes to a private name of pytest, which newer versions do not
read: without any word, each test went to whichever worker was free, and all was made twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

# Folders whose modules share something, each of which goes to one worker.
SHARING = ("tests/run/spark/",)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Share the tests out by modules, in the order in which they are collected."""
    from xdist.scheduler import LoadScopeScheduling

    class ByModule(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            module = nodeid.partition("::")[0]
            return next((folder for folder in SHARING if module.startswith(folder)), module)

    config.option.loadscopereorder = False
    return ByModule(config, log)
