"""One duty as it stands at the end of a day, with its reason in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from keyworker.clocks import words
from keyworker.clocks.due import editions_of
from keyworker.clocks.exempted import without_who
from keyworker.clocks.readings import State, Why
from keyworker.clocks.rules import Rule, Rulebook, Subject


@dataclass(frozen=True, slots=True)
class Reading:
    """Where one duty stands at the end of a day, and why.

    Takes   subject, the child or worker (empty for the council's own); passed_due, whether its date had passed when it
            was met, ended or looked at, and recorded_late, whether its entry came after its date (None: nobody can
            tell); reason, how it was counted and why it stands so; unconfirmed, what of the rule was not read in a
            source; agreed, the exception that somebody granted, in words; understood_due_on, of what was done late the
            day by which it was due as that was understood when it was done, where it was another.
    """

    rule: str
    title: str
    subject_kind: Subject
    subject: str
    started_on: date | None
    due_on: date | None
    met_on: date | None
    stopped_on: date | None
    state: State
    passed_due: bool | None
    recorded_late: bool | None
    reason: str
    source: str
    basis: str
    unconfirmed: str = ""
    agreed: str = ""
    understood_due_on: date | None = None

    @property
    def was_in_time_then(self) -> bool:
        """Whether what is late by what is known now was done in time by the date as it was understood on the day."""
        return bool(self.met_on and self.understood_due_on and self.met_on <= self.understood_due_on)

    @property
    def said(self) -> str:
        """The state in so many words; late recording is told apart from late doing, and what was not yet known too."""
        if self.was_in_time_then:
            return "done in time by the date as understood then"
        if self.state is State.MET_IN_TIME and self.recorded_late:
            return "done in time, recorded late"
        return self.state.value.replace("_", " ")

    @property
    def reason_without_who(self) -> str:
        """The reason without who granted an exception, which is in words that somebody wrote."""
        return self.reason.removesuffix(self.agreed) + without_who(self.agreed) if self.agreed else self.reason


def rows_of(found: pl.DataFrame, rulebook: Rulebook) -> Iterator[Reading]:
    """Readings as values with their reasons in words, from columns."""
    rules = list(rulebook)
    for row in found.iter_rows(named=True):
        yield _reading(rules[row["rule"]], row)


def _reading(rule: Rule, row: dict[str, Any]) -> Reading:
    edition = editions_of(rule)[row["edition"]]
    why = Why(row["why"])
    counted = words.counted(rule, edition, row["started_on"], row["due_on"], again=bool(row["again"]))
    because = row["agreed"] or words.standing(rule, why, row["met_on"], row["stopped_on"], row["may_on"])
    return Reading(
        rule=rule.id,
        title=rule.title,
        subject_kind=rule.binding.subject,
        subject=row["subject"],
        started_on=row["started_on"],
        due_on=row["due_on"],
        met_on=row["met_on"],
        stopped_on=row["stopped_on"],
        state=State(row["state"]),
        passed_due=row["passed_due"],
        recorded_late=row["recorded_late"],
        reason=" ".join(filter(None, [counted, because])),
        source=words.source(rule, edition),
        basis=rule.basis,
        unconfirmed=edition.unconfirmed,
        agreed=row["agreed"] or "",
    )


def cannot_tell(rule: Rule, subject: str) -> Reading:
    """The reading of a rule of which no source supplies what starts it."""
    edition = editions_of(rule)[0]
    return Reading(
        rule=rule.id,
        title=rule.title,
        subject_kind=rule.binding.subject,
        subject=subject,
        started_on=None,
        due_on=None,
        met_on=None,
        stopped_on=None,
        state=State.CANNOT_TELL,
        passed_due=None,
        recorded_late=None,
        reason=words.needs(rule),
        source=words.source(rule, edition),
        basis=rule.basis,
        unconfirmed=edition.unconfirmed,
    )


_PRESSING = {state: place for place, state in enumerate((State.OVERDUE, State.RUNNING))}


def by_subject(reading: Reading) -> tuple[str, int, date, str]:
    """The order in which readings are given: by subject, the most pressing first."""
    last = len(_PRESSING)
    return (reading.subject, _PRESSING.get(reading.state, last), reading.due_on or date.max, reading.rule)
