"""Start Spark, or say what is missing for it and how to get it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.base.errors import KgError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

NEEDED = ("pyspark", "pandas", "pyarrow")
JAVA = (
    "there is no java, which Spark needs: install Java 17 (on Debian: apt-get install "
    "openjdk-17-jre-headless), or let JAVA_HOME name the folder of one"
)
# Plain local[N] gives a task one attempt: a worker that dies would end the whole job.
ATTEMPTS = 4
# Documents that a Python worker gets at a time, and MiB of them: what it holds in memory.
BATCH, BATCH_MIB = 200, 64
# Bytes of sources that make a part, and how many the opening of a file counts for. By Spark's
# own 128 MB and 4 MB, made for columns that are scanned, a part is 60,000 articles of a table,
# half an hour of reading, or 32 small files, a second of it.
PART, OPENING = "16m", "16k"

# Masters whose workers are on this machine as well.
_LOOPBACK = re.compile(r"local\b|spark://(?:127\.|localhost\b)")
LOG = Path(__file__).with_name("log4j2.properties")


def check() -> None:
    """See that Java and the extra are there.

    Raises:
        MissingExtraError: If one is not; which one, and how to get it.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise MissingExtraError(
            f"--engine spark needs {', '.join(missing)}: pip install 'zhengtu[spark]' (from a "
            "checkout: pip install '.[spark]')"
        )
    home = os.environ.get("JAVA_HOME")
    if not (Path(home) / "bin" / "java").exists() if home else shutil.which("java") is None:
        where = f" in JAVA_HOME={home}" if home else ""
        raise MissingExtraError(f"--engine spark{where}: {JAVA}")


@contextmanager
def running(master: str, workers: int, partitions: int) -> Iterator[SparkSession]:
    """Give a running Spark, which ends with the block.

    Args:
        master: The address of a cluster; ``""`` for this machine.
        workers: How many tasks run at a time, on this machine.
        partitions: How many parts the work is cut into; 0 leaves it to Spark.

    Raises:
        KgError: If it does not start.
    """
    from pyspark.errors import PySparkException, PySparkRuntimeError
    from pyspark.sql import SparkSession

    master = master or f"local[{workers},{ATTEMPTS}]"
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if _LOOPBACK.match(master):
        # Its pages are for nobody else, and the name of this machine need not be known to it.
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(master).appName("kg build")
    for key, value in _settings(partitions).items():
        builder = builder.config(key, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, PySparkRuntimeError, RuntimeError) as error:
        raise KgError(f"Spark at {master} did not start: {first_line(error)}") from error
    except Exception as error:  # py4j tells what the JVM says in an error of its own
        raise KgError(f"Spark at {master} did not start: {first_line(error)}") from error
    try:
        yield spark
    finally:
        spark.stop()


def _settings(partitions: int) -> dict[str, str]:
    settings = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
        "spark.sql.execution.arrow.maxBytesPerBatch": f"{BATCH_MIB}m",
        "spark.ui.showConsoleProgress": "false",  # kg tells itself how far it is
        # What a task wrote counts from the moment that the driver hears of it, and once.
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "1",
        "spark.sql.files.maxPartitionBytes": PART,
        "spark.sql.files.openCostInBytes": OPENING,
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile=file:{LOG}",
    }
    if partitions:
        settings["spark.sql.shuffle.partitions"] = str(partitions)
    return settings


def first_line(error: BaseException) -> str:
    r"""What an error of Spark says, without the stacks of Java and Python below it.

    >>> first_line(ValueError("no such file\n\tat org.apache…"))
    'no such file'
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    # py4j tells what Java said in a line of its own: the class of the error, and its message.
    java = [line.removeprefix(": ") for line in lines if line.startswith(": ")]
    cause = [line for line in lines if line.startswith("Caused by:")]
    return (cause[-1:] or java or lines or [type(error).__name__])[0][:500]
