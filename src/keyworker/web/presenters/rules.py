"""The rulebook: each timescale in plain words, with its source and an example worked out now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from keyworker.clocks.counting import Method, Unit, due_day
from keyworker.vocabulary.bank_holidays import bank_holidays
from keyworker.web.tables import Cell, Table, Tabled, heads
from keyworker.web.words import plural, sentence, spoken

Row = Mapping[str, Any]
ABOUT = {"child": "Duties to children", "worker": "Duties to and of workers", "council": "Duties of the council"}
UNITS = {
    "working_days": "working day",
    "calendar_days": "day",
    "months": "calendar month",
    "hours": "hour",
    "school_terms": "school term",
    "visits": "visit",
    "placement_days": "day placed",
    "cumulative_calendar_days": "day in all",
}
KINDS = {
    "deadline": "Something must happen by a day.",
    "cap": "Something must have ended by a day.",
    "window": "No task: what happens inside the window counts.",
    "gate": "Something may not happen before a day.",
}
MONDAY = 0
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Fact:
    """One line of what a rule is."""

    term: str
    said: str
    href: str = ""


@dataclass(frozen=True)
class RulesPage(Tabled):
    """Every rule, parted by whose duty it is."""

    answer: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class RulePage:
    """One rule in plain words."""

    title: str
    answer: str
    example: tuple[str, ...]
    facts: tuple[Fact, ...]
    editions: Table


def rules_page(rows: Sequence[Row], address: Callable[[str], str]) -> RulesPage:
    """Every rule in the edition in force on a day."""
    shown = _in_force(rows)
    open_questions = sum(1 for row in shown if row["unconfirmed"])
    unreadable = sum(1 for row in shown if not row["readable"])
    answer = (
        f"{len(shown)} timescales are kept here. {plural(open_questions, 'is', 'are')} unconfirmed in part and "
        f"{'says' if open_questions == 1 else 'say'} so; for {unreadable} the record does not hold what they need."
    )
    tables = tuple(
        Table(
            id=about,
            caption=caption,
            headings=heads("^Timescale", "Limit", "Who says so", "^Last changed"),
            rows=tuple(_line(row, address) for row in shown if row["about"] == about),
            empty="There is none.",
        )
        for about, caption in ABOUT.items()
    )
    return RulesPage(answer, tables)


def _in_force(rows: Sequence[Row]) -> list[Row]:
    """One row for each rule: the edition in force, or the newest where none is."""
    chosen: dict[str, Row] = {}
    for row in rows:
        kept = chosen.get(row["rule"])
        if kept is None or (row["in_force"] and not kept["in_force"]):
            chosen[row["rule"]] = row
    return list(chosen.values())


def _line(row: Row, address: Callable[[str], str]) -> tuple[Cell, ...]:
    notes = [] if row["in_force"] else ["not in force on this day"]
    if row["unconfirmed"]:
        notes.append("unconfirmed in part")
    if not row["readable"]:
        notes.append("cannot tell yet: the record does not hold what it needs")
    changed = row["from_on"]
    return (
        Cell(row["title"], address(row["rule"]), notes=tuple(notes)),
        Cell(limit(row)),
        Cell(sentence(row["basis"]), notes=(row["set_by"],) if row["set_by"] else ()),
        Cell(spoken(changed) if changed else "Not known", sort=changed.toordinal() if changed else 0),
    )


def limit(row: Row) -> str:
    """How long, in words: within 10 working days, at least 2 working days before."""
    if row["n"] is None:
        return "No number of days"
    said = plural(row["n"], UNITS.get(row["unit"], row["unit"].replace("_", " ")))
    if row["direction"] == "before":
        return f"{said} before"
    again = plural(row["every"], UNITS[row["every_unit"]]) if row["every"] else ""
    return (
        f"{said}, then every {again}" if again and again != said else (f"every {said}" if again else f"within {said}")
    )


def rule_page(rows: Sequence[Row], at: date) -> RulePage:
    """One rule in every edition, with an example worked out from a Monday before the day."""
    (row,) = _in_force(rows)
    facts = [
        Fact("What it asks", KINDS[row["kind"]]),
        Fact("The limit", sentence(limit(row))),
        Fact("Counted from", row["starts_says"] or "the day that starts it"),
        Fact("Met by", row["meets_says"] or "what it asks for"),
        Fact("Ends without it", row["stops_says"] or "nothing"),
        Fact("What counts", row["counts"] or "anything recorded as such"),
        Fact("Who says so", f"{sentence(row['basis'])}: {row['source']}", row["url"]),
        Fact("Last changed", spoken(row["from_on"]) if row["from_on"] else "not known"),
    ]
    if row["unconfirmed"]:
        facts.append(Fact("Unconfirmed", row["unconfirmed"]))
    if not row["readable"]:
        facts.append(Fact("Cannot tell yet", f"The record would need: {row['needs']}."))
    return RulePage(
        title=row["title"],
        answer=row["says"] or row["title"],
        example=tuple(_example(row, at)),
        facts=tuple(facts),
        editions=_editions(rows),
    )


def _editions(rows: Sequence[Row]) -> Table:
    ordered = sorted(rows, key=lambda row: row["from_on"] or date.min)
    return Table(
        id="editions",
        caption="Every edition, old law kept",
        headings=heads("From", "Until", "Limit", "Who says so"),
        rows=tuple(
            (
                Cell(spoken(row["from_on"]) if row["from_on"] else "As far back as is known"),
                Cell(spoken(row["to_on"] - DAY) if row["to_on"] else "Still in force"),
                Cell(sentence(limit(row))),
                Cell(row["source"], notes=tuple(filter(None, (row["set_by"], row["unconfirmed"])))),
            )
            for row in ordered
        ),
        empty="There is none.",
    )


def _example(row: Row, at: date) -> list[str]:
    """An example counted now, from the Monday four weeks before the day."""
    if row["n"] is None or row["unit"] not in {unit.value for unit in Unit}:
        return ["It is ordered by events, not by a number of days, so there is nothing to count."]
    method = Method(row["n"], Unit(row["unit"]), before=row["direction"] == "before", day_one=row["day_1"])
    start = at - timedelta(days=28)
    start -= timedelta(days=start.weekday() - MONDAY)
    due = due_day(start, method)
    first = "that Monday is itself day 1" if method.day_one else "that Monday is day 0"
    way = "back" if method.before else "on"
    said = [
        f"Starting on Monday {spoken(start)}: {first}, counted {way} in {_kind(method)}; due {due:%A} {spoken(due)}.",
        f"On {spoken(due)} it is still in time. The day after, it is overdue.",
    ]
    if method.unit is Unit.WORKING_DAYS:
        low, high = sorted((start, due))
        years = range(low.year, high.year + 1)
        closed = [one for year in years for one in bank_holidays(year) if low <= one.day <= high]
        names = "; ".join(f"{one.title}, {spoken(one.day)}" for one in closed)
        said.append(f"Left out, beside Saturdays and Sundays: {names or 'no bank holiday falls between'}.")
    return said


def _kind(method: Method) -> str:
    return {
        Unit.WORKING_DAYS: "working days of England and Wales",
        Unit.CALENDAR_DAYS: "calendar days",
        Unit.MONTHS: "calendar months",
        Unit.HOURS: "hours",
    }[method.unit]
