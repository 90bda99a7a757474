"""What is wrong with a council's own timescales, and how they differ from the published ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from keyworker.clocks.counting import Method, Unit, due_day

Row = Mapping[str, Any]
EXAMPLE = date(2026, 3, 2)
"""A Monday with no bank holiday for weeks, so that two ways of counting can be laid side by side."""

_PUBLISHED_BY = {
    "statutory": "the law allows",
    "national guidance": "national guidance says",
    "national indicator convention": "national figures are counted by",
}


def checked(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The editions with which something is wrong, and what.

    Takes   rows of the rulebook, one an edition, as `actions.rulebook.rules_at` gives them.
    """
    every = list(rows)
    published = {row["rule"]: row for row in every if row["basis"] != "local setting"}
    found = []
    for row in every:
        if row["basis"] != "local setting":
            continue
        for wrong, remedy in _faults(row, published[row["rule"]], every):
            found.append({"rule": row["rule"], "from_on": row["from_on"], "wrong": wrong, "remedy": remedy})
    return found


def _faults(row: Row, published: Row, every: Iterable[Row]) -> Iterable[tuple[str, str]]:
    method = _method(row)
    if method is None:
        yield (
            f"'{row['unit']}' cannot be counted.",
            "Write a whole number, and working_days, calendar_days or months.",
        )
        return
    limit, whose = _method(published), _PUBLISHED_BY.get(published["basis"])
    if whose and limit and _is_longer(method, limit):
        says = f"{whose.capitalize()} {limit.n} {limit.unit.value.replace('_', ' ')}."
        yield (f"It is longer than {whose}.", f"{says} Shares that are published are counted by that.")
    if not row["source"] or row["source"] == "a local setting":
        yield ("It does not say where it is written.", "Give the document in written_in.")
    if not row["set_by"]:
        yield ("It does not say who set it.", "Give the role or meeting in set_by.")
    others = (one for one in every if one is not row and one["rule"] == row["rule"] and one["basis"] == "local setting")
    if any(_overlap(row, one) for one in others):
        yield ("Two settings speak for the same days.", "End the older one; the newer speaks until then.")


def _is_longer(own: Method, published: Method) -> bool:
    return due_day(EXAMPLE, own) > due_day(EXAMPLE, published)


def compared(rows: Iterable[Row], at: date) -> list[dict[str, Any]]:
    """The council's own limits on a day beside the published ones."""
    every = list(rows)
    published = {row["rule"]: row for row in every if row["basis"] != "local setting"}
    found = []
    for row in every:
        if row["basis"] == "local setting" and _on(row, at):
            other = published[row["rule"]]
            found.append(
                {
                    "rule": row["rule"],
                    "title": row["title"],
                    "here": f"{row['n']} {row['unit']}",
                    "published": f"{other['n']} {other['unit']}",
                    "published_basis": other["basis"],
                    "set_by": row["set_by"],
                    "written_in": row["source"],
                    "from_on": row["from_on"],
                    "differs": (row["n"], row["unit"]) != (other["n"], other["unit"]),
                }
            )
    return found


def _method(row: Row) -> Method | None:
    if row["n"] is None or row["unit"] not in {unit.value for unit in Unit}:
        return None
    return Method(row["n"], Unit(row["unit"]), before=row["direction"] == "before", day_one=row["day_1"])


def _on(row: Row, day: date) -> bool:
    return (row["from_on"] is None or row["from_on"] <= day) and (row["to_on"] is None or row["to_on"] > day)


def _overlap(one: Row, other: Row) -> bool:
    """Whether two stretches of days share one."""
    far = date.max
    return bool(one["from_on"] < (other["to_on"] or far) and other["from_on"] < (one["to_on"] or far))
