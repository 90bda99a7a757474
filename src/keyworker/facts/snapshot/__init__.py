"""Columnar copies of the record for analysis: nameless, under random keys, readable by their owner only, expiring.

In: a connection as the snapshot role. Out: a folder of Parquet files that DuckDB opens as the same named tables.
"""

from keyworker.facts.snapshot.make import make
from keyworker.facts.snapshot.manifest import Manifest, expire, listed
from keyworker.facts.snapshot.opened import open_snapshot

__all__ = ["Manifest", "expire", "listed", "make", "open_snapshot"]
