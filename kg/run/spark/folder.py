"""What a job does with a folder, by Spark's file systems."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from kg.base.errors import StoreError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://")
_PATTERN = re.compile(r"[*?\[\]{}\\]")


def address(directory: str) -> str:
    """The address of a folder: with a scheme as it is, else one of this machine.

    Raises:
        StoreError: If Spark would take it for a pattern.

    >>> address("hdfs://node/graph/")
    'hdfs://node/graph'
    """
    whole = directory if _SCHEME.match(directory) else f"file://{os.path.abspath(directory)}"
    if odd := _PATTERN.search(whole):
        raise StoreError(
            f"{directory}: Spark reads {odd[0]} in a path as a pattern; choose another folder with "
            "-o"
        )
    return whole.rstrip("/")


class Folder:
    """The folder that a job writes; all of it appears at the end, table by table.

    Until then it lies in a folder within, which ``close`` removes.
    """

    def __init__(self, spark: SparkSession, directory: str) -> None:
        jvm: Any = spark.sparkContext._jvm
        self.jvm, self.home = jvm, address(directory)
        self.work = f"{self.home}/.work-{uuid4().hex[:8]}"
        conf = spark.sparkContext._jsc.hadoopConfiguration()
        self.files = self._path(self.home).getFileSystem(conf)

    def _path(self, address: str) -> Any:
        return self.jvm.org.apache.hadoop.fs.Path(address)

    def fresh(self, name: str) -> str:
        """The address of a table while it is made."""
        return f"{self.work}/{name}"

    def exists(self, name: str) -> bool:
        """Whether something of this name is there."""
        return bool(self.files.exists(self._path(f"{self.home}/{name}")))

    def write(self, name: str, data: bytes) -> None:
        """Write one small file, in place of the one that may be there."""
        stream = self.files.create(self._path(f"{self.home}/{name}"), True)
        try:
            stream.write(bytearray(data))
        finally:
            stream.close()

    def publish(self, name: str, suffix: str = "") -> None:
        """Let a table that is whole take the place of the one that may be there.

        Args:
            name: Its name.
            suffix: Its files are named ``part-00000`` and so on, with this at the end; as
                Spark named them where it is ``""``.
        """
        fresh, place = self._path(self.fresh(name)), self._path(f"{self.home}/{name}")
        if suffix:
            self._rename_parts(fresh, suffix)
        self.files.delete(place, True)
        if not self.files.rename(fresh, place):
            raise StoreError(f"{self.home}/{name}: could not be put in its place")

    def _rename_parts(self, folder: Any, suffix: str) -> None:
        parts = sorted(
            str(one.getPath().getName())
            for one in self.files.listStatus(folder)
            if str(one.getPath().getName()).startswith("part-")
        )
        for number, part in enumerate(parts):
            target = self.jvm.org.apache.hadoop.fs.Path(folder, f"part-{number:05}{suffix}")
            self.files.rename(self.jvm.org.apache.hadoop.fs.Path(folder, part), target)

    def close(self) -> None:
        """Remove what was needed on the way."""
        self.files.delete(self._path(self.work), True)
