"""List the files to read of sources, as a table.

Local files and folders are listed as the local engine lists them (``kg.read.walk``), so names
and problems are the same; the workers open them by their paths. What has a scheme (hdfs://,
s3a://, file://) is listed and read by Spark's own file systems.
"""

from __future__ import annotations

import glob
import os
import re
from typing import TYPE_CHECKING

from kg.base.records import Skipped
from kg.base.settings import default
from kg.read import bytes_of, walk
from kg.read.kinds import other_kind
from kg.read.lines import SUFFIX_OF_LINES, is_table, of_lines, of_row
from kg.review.book import apart as without

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

    from kg.read import File
    from kg.read.lines import Row

# ``content`` is empty where a worker is to open the path; ``other`` is that of ``kg.read.File``.
SCHEMA = "name string, path string, problem string, content binary, other string"
COLUMNS = ["name", "path", "problem", "content", "other"]
MISSING = "does not exist; check the path"
LARGEST_MIB: int = default("largest")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://")
_GLOB = re.compile(r"[*?\[]")


def files(
    spark: SparkSession, sources: Sequence[str], partitions: int, apart: Path | None = None
) -> DataFrame:
    """The files of sources: columns as ``SCHEMA`` tells.

    Args:
        spark: A running Spark.
        sources: Files, folders, globs; with a scheme or without.
        partitions: How many parts they are cut into; 0 leaves it to Spark.
        apart: A file of this machine that is left out, since it is no document.
    """
    whole = [one for s in sources for one in ([s] if _SCHEME.match(s) else expanded(s))]
    tables = [source for source in whole if is_table(source)]
    far = [source for source in whole if source not in tables and _SCHEME.match(source)]
    near = [source for source in whole if source not in (*tables, *far)]
    parts = [_listed(spark, near, partitions, apart)] if near else []
    parts += [_far(spark, source, apart) for source in far]
    parts += [_rows(spark, source) for source in tables]
    table = parts[0]
    for part in parts[1:]:
        table = table.unionByName(part)
    return table.repartition(partitions) if partitions and (far or tables) else table


def expanded(source: str) -> list[str]:
    """What a glob stands for, in order; any other source is itself.

    >>> expanded("-")
    ['-']
    """
    if os.path.exists(source) or not _GLOB.search(source):
        return [source]
    return sorted(glob.glob(source, recursive=True)) or [source]


def _listed(
    spark: SparkSession, sources: Sequence[str], partitions: int, apart: Path | None
) -> DataFrame:
    listed = without(walk(sources), apart) if apart else walk(sources)
    rows = [_row_of(file) for file in listed]
    slices = partitions or max(spark.sparkContext.defaultParallelism, len(rows) // 500)
    return spark.createDataFrame(spark.sparkContext.parallelize(rows, slices), SCHEMA)


def _row_of(file: File) -> tuple[str, str, str, bytes | None, str]:
    """A row of the table; what lies in an archive travels with it, not as the place of one."""
    data = bytes_of(file) if file.inner and not (file.problem or file.other) else file.data
    if isinstance(data, Skipped):
        return file.name, file.path, data.reason, None, ""
    return file.name, file.path, file.problem, data, file.other


def _rows(spark: SparkSession, source: str) -> DataFrame:
    """The rows of a table: each is a document."""
    path = source if _SCHEME.match(source) else f"file://{os.path.abspath(source)}"
    table = path.rsplit("/", 1)[-1]
    if not paths_of(spark, path):
        return spark.createDataFrame([(table, source, MISSING, None, "")], SCHEMA)
    if table.lower().endswith(SUFFIX_OF_LINES):
        lines = spark.read.text(path, lineSep="\n")
        cells, of = lines.select(lines.value.cast("binary").alias("line")), _of_lines
    else:
        whole = spark.read.parquet(path)
        if "text" not in whole.columns:
            problem = f"has no column text; it has {', '.join(whole.columns)}"
            return spark.createDataFrame([(table, source, problem, None, "")], SCHEMA)
        id_ = (whole.id.cast("string").alias("id"),) if "id" in whole.columns else ()
        cells, of = whole.select(*id_, "text"), _of_cells

    def named(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        import pandas as pd

        for frame in frames:
            rows = [(name, source, problem, data, "") for name, problem, data in of(frame, table)]
            yield pd.DataFrame(rows, columns=COLUMNS)

    return cells.mapInPandas(named, SCHEMA)


def _of_lines(frame: pd.DataFrame, table: str) -> Iterator[Row]:
    for line in frame["line"]:
        yield from of_lines([bytes(line)], table)


def _of_cells(frame: pd.DataFrame, table: str) -> Iterator[Row]:
    ids = frame["id"] if "id" in frame else [None] * len(frame)
    return (of_row(id_, text, table) for id_, text in zip(ids, frame["text"], strict=True))


def _far(spark: SparkSession, source: str, apart: Path | None) -> DataFrame:
    from pyspark.sql import functions as f

    roots = paths_of(spark, source)
    if not roots:
        return spark.createDataFrame([(source, source, MISSING, None, "")], SCHEMA)
    whole = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(roots)
    if apart:
        whole = whole.filter(whole.path != f"file:{os.path.realpath(apart)}")
    # The lengths decide before a byte is read: Spark leaves out what the filter does.
    most = LARGEST_MIB * 1024 * 1024
    too_large = f.lit(f"is larger than {LARGEST_MIB} MiB; split it")
    small = whole.filter(whole.length <= most).select("path", f.lit("").alias("problem"), "content")
    large = whole.filter(whole.length > most).select(
        "path", too_large.alias("problem"), f.lit(None).cast("binary").alias("content")
    )

    def named(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        import pandas as pd

        for frame in frames:
            rows = (_row(roots, *row) for row in frame.itertuples(index=False))
            yield pd.DataFrame([row for row in rows if not hidden(row[0])], columns=COLUMNS)

    return small.unionByName(large).mapInPandas(named, SCHEMA)


def _row(
    roots: Sequence[str], path: str, problem: str, data: bytes | None
) -> tuple[str, str, str, bytes | None, str]:
    name = name_below(roots, path)
    other = "" if path in roots else other_kind(name)
    return (name, path, "", None, other) if other else (name, path, problem, data, "")


def paths_of(spark: SparkSession, source: str) -> list[str]:
    """The files and folders that an address with a scheme stands for, in full."""
    jvm = spark.sparkContext._jvm
    assert jvm is not None
    path = jvm.org.apache.hadoop.fs.Path(source)
    conf = spark.sparkContext._jsc.hadoopConfiguration()
    entries = path.getFileSystem(conf).globStatus(path) or ()
    return sorted(one.getPath().toString() for one in entries)


def name_below(roots: Sequence[str], path: str) -> str:
    """The name of a file: its path below the source; the base name of a file that is one.

    >>> name_below(["hdfs://n/a"], "hdfs://n/a/2024/b.txt")
    '2024/b.txt'
    """
    above = [root for root in roots if path.startswith(f"{root.rstrip('/')}/")]
    longest = max(above, key=len, default="")
    return path[len(longest.rstrip("/")) + 1 :] if longest else path.rsplit("/", 1)[-1]


def hidden(name: str) -> bool:
    """Whether the local engine would leave a file out.

    >>> hidden("a/.b/c.txt"), hidden("a/b.txt")
    (True, False)
    """
    return any(part.startswith((".", "~$")) for part in name.split("/"))
