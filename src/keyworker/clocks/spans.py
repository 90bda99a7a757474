"""Spans: the days on which a subject is inside something, as SQL over the named tables of the facts.

A file of `sql/spans` is a query of subject_id, from_on and to_on. Where it has a line `-- joined`, its overlapping and
touching rows are made one stretch; where it has a line `-- but not`, the days of the query below are taken away.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

JOINED, BUT_NOT = "-- joined", "-- but not"
_MOVED = re.compile(r"\{plus_(days|months) ([\w.]+) (-?\d+)\}")
_TAKEN_AWAY = """union all
                    select o.subject_id, case when e.step = 1 then o.from_on else o.to_on end, 0, e.step
                    from (
                        [outside]
                    ) o cross join (values (1), (-1)) as e(step)
                    where o.to_on is null or o.to_on > o.from_on"""


def span_sql(name: str) -> str:
    """The text of a span: on which days a subject is inside something."""
    return moved(_whole(name))


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
def _whole(name: str) -> str:
    text = _file(f"spans/{name}")
    inside, _, outside = text.partition(f"\n{BUT_NOT}\n")
    if not outside and JOINED not in text.splitlines():
        return text
    taken = _TAKEN_AWAY.replace("[outside]", outside.strip()) if outside else ""
    return _file("joined").replace("[inside]", inside.strip()).replace("[outside]", taken)


@cache
def _file(name: str) -> str:
    return (files("keyworker.clocks") / "sql" / f"{name}.sql").read_text(encoding="utf-8").strip()
