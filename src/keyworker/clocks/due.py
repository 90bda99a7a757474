"""The due day of each duty, by the edition of its rule that was in force when it began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from keyworker.clocks.counting import Days, Method, due_days
from keyworker.clocks.rules import Edition, Rule, Rulebook

NO_EDITION = -1
NO_DAY = np.datetime64("NaT", "D")
_FAR = np.datetime64("9999-12-31", "D")


@dataclass(frozen=True)
class OwnInterval:
    """How often a child's own plan says that they are to be seen, who set it and why. Method None: unreadable."""

    method: Method | None
    from_on: date
    to_on: date | None
    set_by: str = ""
    why: str = ""


@dataclass(frozen=True)
class Exempted:
    """An agreed exception from a rule, for one child or worker, with who granted it; `to_on` exclusive.

    Takes   new_due_on, the later date that was agreed; None where the duty is not asked for.
    """

    subject: str
    rule: str
    from_on: date
    to_on: date | None
    new_due_on: date | None
    granted_by: str


@dataclass(frozen=True)
class Local:
    """What the council and the children's own plans say beside the catalogue.

    Takes   terms, the first and last day of each school term, in order; own, by child what their own plan says;
            exceptions, by subject and rule; known, the day at whose end the bank holidays are known (None: now).
    """

    terms: tuple[tuple[date, date], ...] = ()
    own: Mapping[str, tuple[OwnInterval, ...]] = field(default_factory=dict)
    exceptions: Mapping[tuple[str, str], tuple[Exempted, ...]] = field(default_factory=dict)
    known: date | None = None


def editions_of(rule: Rule) -> tuple[Edition, ...]:
    """A rule's editions in the order in which `edition` numbers them: the catalogue's, then the council's own."""
    return (*rule.editions, *rule.local)


def with_due(duties: pl.DataFrame, rulebook: Rulebook, local: Local) -> pl.DataFrame:
    """The same duties with `edition` and `due_on`; without those that began while no edition was in force.

    Gives   rows in another order, by rule. `due_on` is empty where nothing can be counted.
    """
    rules = list(rulebook)
    ordered = duties.sort("rule", "again", maintain_order=True)
    starts = ordered["started_on"].to_numpy().astype("datetime64[D]")
    edition = np.full(len(ordered), NO_EDITION, np.int16)
    due = np.full(len(ordered), NO_DAY, "datetime64[D]")
    for rule_number, again, rows in _groups(ordered):
        rule = rules[rule_number]
        edition[rows] = _edition(rule, starts[rows])
        due[rows] = _due(rule, again, starts[rows], edition[rows], local)
    counted = ordered.with_columns(pl.Series("edition", edition), pl.Series("due_on", due))
    counted = counted.with_columns(pl.coalesce("due_on", "due_event_on").alias("due_on"))
    return counted.filter(pl.col("edition") != NO_EDITION)


def _groups(ordered: pl.DataFrame) -> Iterator[tuple[int, bool, slice]]:
    """The stretches of one rule and one way of starting."""
    if not len(ordered):
        return
    code = ordered["rule"].to_numpy().astype(np.int64) * 2 + ordered["again"].to_numpy()
    ends = [*(np.flatnonzero(np.diff(code)) + 1).tolist(), len(code)]
    begin = 0
    for end in ends:
        yield int(code[begin]) // 2, bool(code[begin] % 2), slice(begin, end)
        begin = end


def _edition(rule: Rule, starts: Days) -> npt.NDArray[np.int16]:
    """Which edition was in force on each day; the council's own before the catalogue's, the newest of several."""
    found = np.full(len(starts), NO_EDITION, np.int16)
    everyone = editions_of(rule)
    order = sorted(range(len(everyone)), key=lambda n: (everyone[n].is_local, everyone[n].from_on or date.min))
    for number in order:
        one = everyone[number]
        begun = np.datetime64(one.from_on or date.min, "D") <= starts
        found[begun & (starts < (np.datetime64(one.to_on, "D") if one.to_on else _FAR))] = number
    return found


def _due(rule: Rule, again: bool, starts: Days, edition: npt.NDArray[np.int16], local: Local) -> Days:
    due = np.full(len(starts), NO_DAY, "datetime64[D]")
    for number, one in enumerate(editions_of(rule)):
        rows = edition == number
        method = one.method(again=again)
        if not rows.any():
            continue
        if method is not None:
            due[rows] = due_days(starts[rows], method, local.known)
        elif one.unit == "school_terms" and local.terms:
            due[rows] = _end_of_term(starts[rows], local.terms, one.n or 1)
    return due


def _end_of_term(starts: Days, terms: tuple[tuple[date, date], ...], count: int) -> Days:
    """The last day of the term that comes so many terms after the one in which each day lies."""
    begins = np.array([begin for begin, _ in terms], "datetime64[D]")
    ends = np.array([*(end for _, end in terms), NO_DAY], "datetime64[D]")
    place = np.searchsorted(begins, starts, side="right") - 1 + count
    found: Days = ends[np.minimum(place, len(terms))]
    return found
