"""What the tests of Spark share: a JVM, in which each job finds ready what the first one loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.testing.spark.cluster import end_jvm

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="package", autouse=True)
def jvm() -> Iterator[None]:
    """It starts with the first Spark of this process, and ends with the last of these tests."""
    yield
    end_jvm()
