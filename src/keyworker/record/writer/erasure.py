"""The one sanctioned erasure: for a lawful reason, under two signatures, leaving a marker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import psycopg

from keyworker.record.entry import target
from keyworker.record.writer.act import Act, ActResult, lock, opened
from keyworker.record.writer.rows import described
from keyworker.vocabulary.errors import KeyworkerError


def erase(
    connection: psycopg.Connection,
    act: Act,
    now: datetime,
    table_name: str,
    entry_ids: Sequence[int],
    lawful_reason: str,
    signed_by: tuple[str, str],
) -> ActResult:
    """Empty these rows in all their history, for good. A marker says when, why, and who signed.

    What stays is the row's number, instants and source, and a hash of source and key, without which the next load
    would take the row back. A handle goes when nothing in the record holds its identifier any more. Copies outside
    the record (backups, snapshots, files) are not reached.

    Takes   entries of one table and one source; every other entry of the same rows is emptied with them.
    Gives   the numbers of the entries asked for. Raises KeyworkerError.
    """
    if act.kind != "erasure":
        raise ValueError(f"this needs an act of kind erasure, not {act.kind}")
    signatures = [name.strip() for name in signed_by]
    if not lawful_reason.strip() or len(signatures) != 2 or not all(signatures) or len(set(signatures)) != 2:
        raise KeyworkerError(
            "An erasure needs a lawful reason and the signatures of two different people.",
            remedy="Give the reason in words, and both names.",
        )
    table = described(table_name)
    with connection.transaction():
        lock(connection)
        sources = connection.execute(
            f"select source, count(*) from {target(table)} where entry_id = any(%s) group by source".encode(),
            (list(entry_ids),),
        ).fetchall()
        if len(sources) != 1 or sources[0][1] != len(set(entry_ids)):
            raise KeyworkerError(
                "These are not all entries of one source.", where=table.title, remedy="Name entries of one source."
            )
        result = opened(connection, replace(act, source=sources[0][0]), now, [table.name])
        connection.execute(
            "select record.erase(%s, %s, %s, %s, %s)",
            (result.act_id, table.name, list(entry_ids), lawful_reason, signatures),
        )
    return replace(result, entry_ids={table.name: tuple(entry_ids)})
