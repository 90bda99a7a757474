"""Run a query over named tables and give its rows."""

from __future__ import annotations

from typing import Any

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.relations import render

# Beyond this many children a plan made for a few would be a bad one, so the query is planned for these very values.
FEW = 200


def fetch(connection: psycopg.Connection, lens: Lens, text: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a query over named tables, seen through a lens."""
    asked = render(text, lens, parameters=parameters)
    few = lens.child_ids is not None and len(lens.child_ids) <= FEW
    with connection.cursor(binary=True) as cursor:
        cursor.execute(asked.sql.encode(), asked.parameters, prepare=None if few else False)
        return cursor.fetchall()
