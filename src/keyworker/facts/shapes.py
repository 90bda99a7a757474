"""Shapes that many relations have, each written once: periods that touch made one, and days taken away from others.

A file of SQL that yields `from_on` and `to_on` says its shape in a line of its own:

    -- unbroken by child_id         the periods of a child that touch or overlap are one;
                                    `, with min(recorded_at) as recorded_at` keeps more of those that became one
    -- but not                      (under it) the days of the query below are taken away
    -- runs by child_id             its own rows with a number, `run`: those of a child that touch or overlap share one
    -- at once by child_id          between two days on which any begins or ends: how many there are, `at_once`

A period without a first day, and one that is over before it begins, is none.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_SHAPE = re.compile(r"^-- (unbroken|runs|at once) by (\w+(?:, \w+)*?)(?:, with (.+))?\n", re.MULTILINE)
_BUT_NOT = "\n-- but not\n"


def shaped(text: str) -> str:
    """A file's SQL in the shape that it says it has; as it is where it says none.

    Raises  ValueError where it takes days away and does not say by what what is left is unbroken.
    """
    said = _SHAPE.search(text)
    shape, key, more = said.groups() if said else ("", "", "")
    if _BUT_NOT in text and (shape != "unbroken" or more):
        raise ValueError("`-- but not` needs `-- unbroken by` its columns alone")
    if said is None:
        return text
    head, body = text[: said.start()], text[said.end() :]
    rows, _, others = body.partition(_BUT_NOT)
    if others:
        return head + _filled("but_not", key, rows=rows, others=others)
    if shape != "unbroken":
        return head + _filled(shape.replace(" ", "_"), key, rows=rows)
    return head + _filled("unbroken", key, runs=_filled("runs", key, rows=rows), more=f", {more}" if more else "")


def _filled(shape: str, key: str, **parts: str) -> str:
    """A shape's own SQL with queries in their places, as far in as their places are."""
    sql = _template(shape).replace("[key]", key)
    for name, part in parts.items():
        place = re.compile(rf"^( *)\[{name}\]", re.MULTILINE).search(sql)
        within = place.group(1) if place else ""
        sql = sql.replace(f"[{name}]", part.rstrip().replace("\n", f"\n{within}"))
    return sql


@cache
def _template(shape: str) -> str:
    return (files("keyworker.facts") / "sql" / "shapes" / f"{shape}.sql").read_text(encoding="utf-8").strip()
