"""Run a query over named tables and give its rows."""

from __future__ import annotations

from typing import Any

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.relations import render


def fetch(connection: psycopg.Connection, lens: Lens, text: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a query over named tables, seen through a lens."""
    asked = render(text, lens, parameters=parameters)
    # A plan kept from a few children would be a bad one for many, so a wide query is planned for its very values.
    with connection.cursor(binary=True) as cursor:
        cursor.execute(asked.sql.encode(), asked.parameters, prepare=None if lens.is_narrow else False)
        return cursor.fetchall()
