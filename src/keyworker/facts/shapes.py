"""Shapes that many relations have, each written once: periods that touch made one, and days taken away from others.

A file of SQL that yields `from_on` and `to_on` says its shape in a line of its own:

    -- unbroken by child_id         the periods of a child that touch or overlap are one;
                                    `, with min(recorded_at) as recorded_at` keeps more of those that became one
    -- but not                      (under it) the days of the query below are taken away
    -- runs by child_id             its own rows with a number, `run`: those of a child that touch or overlap share one
    -- at once by child_id          between two days on which any begins or ends: how many there are, `at_once`
    -- one at a time by child_id, with worker_id, first by from_on desc
                                    between two such days: of those that cover them the first, with its columns

A period without a first day, and one that is over before it begins, is none.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_SHAPE = re.compile(
    r"^-- (unbroken|runs|at once|one at a time) by (\w+(?:, \w+)*?)(?:, with (.+?))?(?:, first by (.+))?\n",
    re.MULTILINE,
)
_BUT_NOT = "\n-- but not\n"


def shaped(text: str) -> str:
    """A file's SQL in the shape that it says it has; as it is where it says none.

    Raises  ValueError where what it says of its shape does not go together.
    """
    said = _SHAPE.search(text)
    shape, key, kept, order = said.groups() if said else ("", "", "", "")
    if _BUT_NOT in text and (shape != "unbroken" or kept):
        raise ValueError("`-- but not` needs `-- unbroken by` its columns alone")
    if (shape == "one at a time") != bool(order) or (order and not kept):
        raise ValueError("`-- one at a time` needs `with` and `first by`, which nothing else has")
    if said is None:
        return text
    rows, _, others = text[said.end() :].partition(_BUT_NOT)
    return text[: said.start()] + _whole(shape, key, rows, others, kept, order)


def _whole(shape: str, key: str, rows: str, others: str, kept: str, order: str) -> str:
    if shape == "runs":
        return _filled("runs", key, rows=rows)
    steps = _filled("steps", key, rows=rows)
    if shape == "at once":
        return _filled("at_once", key, steps=steps)
    if shape == "one at a time":
        return _filled("one_at_a_time", key, steps=steps, rows=rows, kept=kept, order=order)
    if others:
        return _filled("but_not", key, steps=steps, others=_filled("steps", key, rows=others))
    return _filled("unbroken", key, runs=_filled("runs", key, rows=rows), more=f", {kept}" if kept else "")


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
