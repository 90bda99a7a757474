"""What is attached to direct work, sealed, as the database keeps it beside the row that it belongs to."""

from __future__ import annotations

from datetime import datetime

import psycopg

from keyworker.record.sealing import Key


def keep(connection: psycopg.Connection, work_id: str, content: bytes, key: Key, at: datetime) -> None:
    """Seal something and keep it, in the transaction of the act that writes its row."""
    connection.execute(
        "insert into record.attached (work_id, sealed, key_name, attached_at) values (%s, %s, %s, %s)",
        (work_id, key.seal(content, work_id), key.name, at),
    )


def taken(connection: psycopg.Connection, work_id: str, key: Key) -> bytes | None:
    """What is attached, opened; None where nothing is. Raises KeyworkerError where the key does not open it."""
    row = connection.execute("select sealed from record.attached where work_id = %s", (work_id,)).fetchone()
    return None if row is None else key.unseal(bytes(row[0]), work_id)
