"""The append-only record in PostgreSQL, and its only writer.

In: acts with their entries, corrections, endings, signed erasures and loads (`record.writer`), and every reading
(`record.log`). Out: connections in one of six roles (`record.connect`) to a database that `record.upgrade` makes or
brings up to date. The hashes by which loads compare are in `record.digest`.
"""
