"""Build as a Spark job: N-Quads shards and Parquet tables.

``session`` (Java, pyspark, a running Spark) → ``read`` (documents) → ``work`` (what the Python
workers do with a batch; ``lines`` has what they tell of each record, ``frames`` how batches go to
and fro) → ``write`` (shards, tables, the report), strung together in ``job``.
Nothing outside this package imports pyspark, and nothing here does before it is known to be
there.
"""
