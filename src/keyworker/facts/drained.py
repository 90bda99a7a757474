"""What a COPY sends, taken as fast as it comes: psycopg's own way waits anew for every row, which costs tenfold."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import psycopg
from psycopg import errors, pq
from psycopg.waiting import Ready, Wait

PART = 1 << 24
"""Bytes that are handed on together, a few more at most than one row's."""

_Waiting = Generator[Wait, Ready | int, bool]


def drained(connection: psycopg.Connection, statement: bytes) -> Iterator[bytearray]:
    """What a statement `copy ... to stdout` sends, in parts that end where a row does.

    Takes   statement, with its values written into it: COPY takes no parameters.
    """
    with connection.cursor() as cursor, cursor.copy(statement):
        is_over = False
        while not is_over:
            part = bytearray()
            is_over = connection.wait(_fill(connection.pgconn, part))
            if part:
                yield part


def _fill(server: pq.abc.PGconn, part: bytearray) -> _Waiting:
    """Take rows until there are enough for a part. Gives whether they were the last."""
    # Millions of rows pass here, so each costs a look and a copy, and nothing else.
    get, taken = server.get_copy_data, 0
    while taken < PART:
        length, row = get(1)
        if length > 0:
            part += row
            taken += length
        elif length == 0:
            while not (yield Wait.R):
                continue
            server.consume_input()
        else:
            _finish(server)
            return True
    return False


def _finish(server: pq.abc.PGconn) -> None:
    """Read how it ended. Raises what the server says went wrong."""
    while (result := server.get_result()) is not None:
        if result.status != pq.ExecStatus.COMMAND_OK:
            raise errors.error_from_result(result)
