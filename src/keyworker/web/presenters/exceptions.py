"""Exceptions from timescales: those that were agreed for a child, and the form by which one is agreed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.exceptions import Wanted, also_covered, problems, the_duty
from keyworker.actions.writing import LONGEST
from keyworker.clocks.engine import Reading
from keyworker.clocks.granted import Granted
from keyworker.facts.days import london_day
from keyworker.vocabulary.homes import HERE
from keyworker.web.moments import day_typed
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, spoken, spoken_instant

LATER, NOT_ASKED = "later", "not-asked"
BY_LAW = (
    "This timescale is law. What is agreed here does not change what the law asks: it says that somebody decided, "
    "and why."
)
UNNAMED = f"In {LONGEST} characters or fewer. Whoever may see this child sees it: name nobody who need not be named."


@dataclass(frozen=True)
class Typed:
    """What was typed into the form, kept whatever is wrong with it."""

    exception_id: str
    agreed: str
    later: str
    granted_by: str
    reason: str

    @classmethod
    def of(cls, said: Mapping[str, str], exception_id: str, granted_by: str) -> Typed:
        """What a form says. Takes exception_id, granted_by: what stands where it says nothing of them yet."""
        return cls(
            said.get("exception_id", "") or exception_id,
            said.get("agreed", ""),
            said.get("later", "").strip(),
            said.get("granted_by", granted_by).strip(),
            said.get("reason", "").strip(),
        )

    def wanted(self, rule: str, due_on: date) -> Wanted:
        """The exception that it means, as far as it can be read."""
        later = day_typed(self.later) if self.agreed == LATER else None
        return Wanted(self.exception_id, rule, due_on, later, self.granted_by, self.reason)

    def errors(self, rule: str, due_on: date, readings: Sequence[Reading]) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed."""
        found = problems(self.wanted(rule, due_on), readings)
        if self.agreed not in (LATER, NOT_ASKED):
            return {"agreed-later": "Choose what was agreed", **found}
        if self.agreed == LATER and day_typed(self.later) is None:
            return {"later": "The later date must be a real day, such as 27 March 2026", **found}
        return found


@dataclass(frozen=True)
class Check:
    """One line of what will be written down, in words."""

    term: str
    said: str


def checked(typed: Typed, duty: Reading, wanted: Wanted, readings: Sequence[Reading], today: date) -> list[Check]:
    """What will be written down, to be looked at before it is."""
    due = spoken(wanted.due_on)
    said = (
        f"It may come later: by {spoken(wanted.new_due_on)}" if wanted.new_due_on else "It is not asked for this time"
    )
    lines = [Check("Duty", duty.title), Check("Due", due), Check("What was agreed", said)]
    lines += [Check("Agreed by", typed.granted_by), Check("Why", typed.reason)]
    if wanted.due_on < today:
        lines.append(Check("Note", "It is written down after its date had passed, and the list of exceptions says so."))
    also = also_covered(readings, wanted, today)
    if also:
        days = ", ".join(spoken(one.due_on) for one in also if one.due_on)
        lines.append(
            Check("It will also apply to", f"{plural(len(also), 'other duty', 'other duties')} of this kind due {days}")
        )
    return lines


def duty_of(readings: Sequence[Reading], rule: str, due_on: date | None) -> Reading | None:
    """The open duty that the address names; None where there is none, or something was agreed about it already."""
    return the_duty(readings, rule, due_on) if due_on else None


def exceptions_table(
    rows: Sequence[Granted], titles: Mapping[str, str], withdraw: Callable[[Granted], str], rule: Callable[[str], str]
) -> Table:
    """The exceptions of a child, the latest first, those that were withdrawn too.

    Takes   titles, of rules; withdraw, the address by which one is withdrawn, empty for whoever may not.
    """
    return Table(
        "exceptions",
        "Exceptions that were agreed",
        heads("Duty", "What was agreed", "Agreed by", "Why", "Written down"),
        tuple(_row(one, titles, withdraw, rule) for one in rows),
        "No exception from a timescale was agreed for this child.",
    )


def _row(
    one: Granted, titles: Mapping[str, str], withdraw: Callable[[Granted], str], rule: Callable[[str], str]
) -> tuple[Cell, ...]:
    said = f"May come later: by {spoken(one.new_due_on)}" if one.new_due_on else "Not asked for this time"
    if one.withdrawn:
        agreed = Cell(f"Withdrawn. It said: {said[:1].lower()}{said[1:]}", notes=_withdrawn(one))
    else:
        agreed = Cell(said)
    where = "" if one.source == HERE else f"loaded from a file ({one.source})"
    after = "after its date had passed" if _is_after(one) else ""
    href = "" if one.withdrawn or one.source != HERE else withdraw(one)
    return (
        Cell(titles.get(one.rule, one.rule), rule(one.rule), notes=(f"due on {spoken(one.from_on)} or after",)),
        agreed,
        Cell(one.granted_by),
        Cell(one.reason),
        Cell(
            "Withdraw it" if href else spoken_instant(one.written_at),
            href,
            tuple(
                filter(
                    None,
                    (
                        f"{spoken_instant(one.written_at)} by {one.written_by}" if href else f"by {one.written_by}",
                        where,
                        after,
                    ),
                )
            ),
        ),
    )


def _is_after(one: Granted) -> bool:
    """Whether it was written down after its duty's date: one that is written in time begins on the day itself."""
    return one.source == HERE and one.from_on < london_day(one.written_at)


def _withdrawn(one: Granted) -> tuple[str, ...]:
    gone = one.withdrawn
    return (f"{spoken_instant(gone.at)} by {gone.by}: {gone.why}",) if gone else ()
