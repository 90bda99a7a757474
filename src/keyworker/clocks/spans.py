"""Spans: the days on which a subject is inside something, as SQL over the named tables of the facts.

A file of `sql/spans` is a query of subject_id, from_on and to_on. `facts.shapes` says how touching rows are made one
stretch and how days are taken away.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from keyworker.facts.shapes import shaped

_MOVED = re.compile(r"\{plus_(days|months) ([\w.]+) (-?\d+)\}")


def span_sql(name: str) -> str:
    """The text of a span: on which days a subject is inside something."""
    return moved(shaped(_file(f"spans/{name}")))


def event_sql(name: str) -> str:
    """The text of a derived event."""
    return moved(_file(f"events/{name}"))


def moved(sql: str) -> str:
    """Replace `{plus_days column n}` and `{plus_months column n}` by SQL that PostgreSQL and DuckDB read alike."""

    def written(found: re.Match[str]) -> str:
        unit, column, n = found.groups()
        if unit == "days":
            return f"({column} + {n})" if int(n) >= 0 else f"({column} - {-int(n)})"
        return f"cast({column} + interval '{n} months' as date)"

    return _MOVED.sub(written, sql)


@cache
def _file(name: str) -> str:
    return (files("keyworker.clocks") / "sql" / f"{name}.sql").read_text(encoding="utf-8").strip()
