"""Where a chart's limits start afresh: the decisions beneath a chart, and the form by which one is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.rebases import QUESTIONS, WantedRebase
from keyworker.measures.charts import Decision, Rebase
from keyworker.measures.rebased import Rebased, as_decided, standing
from keyworker.web.moments import day_typed
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import spoken, spoken_instant

RULES = (
    "Limits say what is usual. They start afresh only by a person’s decision, from a month, where all four questions "
    "below are answered yes; never by themselves, and never because a signal is unwelcome. Otherwise leave them: the "
    "chart then goes on showing the change.",
    "A section with fewer than 12 months has trial limits, and one with fewer than five has none. The decision stands "
    "on the chart with its reason, and can be withdrawn.",
)


@dataclass(frozen=True)
class Question:
    """One of the four questions and whether it was answered yes."""

    name: str
    says: str
    yes: bool


@dataclass(frozen=True)
class Typed:
    """What was typed into the form, kept whatever is wrong with it."""

    rebase_id: str
    from_on: str
    decided_by: str
    why: str
    yes: frozenset[str]

    @classmethod
    def of(cls, said: Mapping[str, str], rebase_id: str, decided_by: str) -> Typed:
        """What a form says. Takes rebase_id, decided_by: what stands where it says nothing of them yet."""
        return cls(
            said.get("rebase_id", "") or rebase_id,
            said.get("from_on", "").strip(),
            said.get("decided_by", decided_by).strip(),
            said.get("why", "").strip(),
            frozenset(name for name in QUESTIONS if said.get(name) == "yes"),
        )

    def wanted(self, measure: str) -> WantedRebase:
        """The decision that it means, as far as it can be read."""
        return WantedRebase(self.rebase_id, measure, day_typed(self.from_on), self.decided_by, self.why, self.yes)

    @property
    def questions(self) -> list[Question]:
        """The four questions, as they are answered."""
        return [Question(name, says, name in self.yes) for name, says in QUESTIONS.items()]


def decided(found: Sequence[Rebased]) -> tuple[Rebase, ...]:
    """The decisions that hold, as a chart takes them."""
    return tuple(as_decided(one) for one in standing(found))


def with_one_more(found: Sequence[Rebased], wanted: WantedRebase, today: date) -> tuple[Rebase, ...]:
    """The same with one that is being looked at before it is written down. It can be decided on already."""
    held = decided(found)
    if wanted.from_on is None:
        return held
    new = Rebase(wanted.from_on, Decision(wanted.decided_by, today, wanted.why), *[True] * len(QUESTIONS))
    return tuple(sorted((*held, new), key=lambda one: one.on))


def rebases_table(found: Sequence[Rebased], withdraw: Callable[[Rebased], str]) -> Table:
    """The decisions about a chart's limits, the latest first, what was withdrawn too.

    Takes   withdraw, the address by which one is withdrawn, empty for whoever may not.
    """
    return Table(
        "rebases",
        "Where the limits start afresh",
        heads("From", "Decided by", "Why", "Written down"),
        tuple(_row(one, withdraw) for one in found),
        "Nobody has let them start afresh: all the months that are drawn set them.",
    )


def _row(one: Rebased, withdraw: Callable[[Rebased], str]) -> tuple[Cell, ...]:
    gone = one.withdrawn
    at = f"{spoken_instant(one.written_at)} by {one.written_by}"
    href = "" if gone else withdraw(one)
    notes = (f"withdrawn {spoken_instant(gone.at)} by {gone.by}: {gone.why}",) if gone else ()
    return (
        Cell(spoken(one.from_on), notes=notes),
        Cell(one.decided_by),
        Cell(one.why),
        Cell("Withdraw it" if href else at, href, (at,) if href else ()),
    )
