"""Send the folder of an ontology to every machine of a cluster."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.core.broadcast import Broadcast
    from pyspark.sql import SparkSession


@dataclass(frozen=True)
class Rules:
    """An ontology on its way to the workers.

    It travels as a broadcast: what is added to a Spark as a file must lie where it was for as
    long as that Spark runs, since every executor that starts later asks for all of them.
    """

    name: str
    packed: Broadcast[bytes]

    def folder(self) -> str:
        """Where it lies on this machine; it is unpacked by who asks first."""
        from pyspark import SparkFiles

        root = Path(SparkFiles.getRootDirectory())
        place = root / self.name
        if not place.exists():
            unpacked = mkdtemp(prefix=".rules-", dir=root)
            with zipfile.ZipFile(io.BytesIO(self.packed.value)) as archive:
                archive.extractall(unpacked)
            try:
                os.rename(unpacked, place)
            except OSError:  # another worker of this machine was sooner
                shutil.rmtree(unpacked)
        return str(place)


def send_rules(spark: SparkSession, folder: Path) -> Rules:
    """Send an ontology to the workers of a Spark.

    Args:
        spark: A running Spark.
        folder: The ontology's; it is read now, and never again.
    """
    data = pack_folder(folder)
    name = f"ontology-{sha256(data).hexdigest()[:16]}"
    return Rules(name, spark.sparkContext.broadcast(data))


def pack_folder(folder: Path) -> bytes:
    """The files of a folder as a ZIP archive, the same bytes for the same files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            if "__pycache__" not in path.parts:
                name = path.relative_to(folder).as_posix()
                archive.writestr(zipfile.ZipInfo(name), path.read_bytes())
    return whole.getvalue()
