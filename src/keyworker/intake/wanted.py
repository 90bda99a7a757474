"""How a load is wanted by whoever asks for it, and how that shows in what is read and in the act that is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from keyworker.facts.days import LONDON, london_day
from keyworker.intake.contract import Opened, Scope
from keyworker.intake.ending import WouldEnd
from keyworker.record.writer import Act

Progress = Callable[[str, str, int], None]  # what is being done, to which table, how many rows more
Ask = Callable[[WouldEnd], bool]


@dataclass(frozen=True)
class Wanted:
    """How a load is wanted.

    Takes   now, the clock; cut_at, when the extract was cut, where the user knows and the file does not;
            source, a name other than the format's; scope, the period that the user says the files cover;
            allow_ending, whether much may end; ask, who decides otherwise; mends, the load whose rows these mend.
    """

    now: datetime
    author: str
    purpose: str = "load an extract"
    cut_at: datetime | None = None
    source: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    allow_ending: bool = False
    ask: Ask | None = None
    mends: int | None = None
    progress: Progress | None = None

    @property
    def today(self) -> date:
        """The day of the load."""
        return london_day(self.now)

    def told(self, what: str) -> Callable[[str, int], None]:
        """Whom to tell of one thing that is being done."""
        progress = self.progress
        return (lambda table, rows: progress(what, table, rows)) if progress else _silent


def as_wanted(opened: Opened, wanted: Wanted) -> Opened:
    """The source under the name, the cut time and the scope that the user gives."""
    scope = opened.scope
    if wanted.from_on or wanted.to_on:
        scope = replace(scope, from_on=wanted.from_on or scope.from_on, to_on=wanted.to_on or scope.to_on)
    if wanted.mends is not None:
        scope = replace(scope, whole=False)
    cut_at = opened.cut_at or wanted.cut_at
    if cut_at and cut_at.tzinfo is None:
        cut_at = cut_at.replace(tzinfo=LONDON)
    return replace(opened, source=wanted.source or opened.source, cut_at=cut_at, scope=scope)


def act_of(opened: Opened, wanted: Wanted) -> Act:
    """The act of this load, as far as it is known."""
    return Act(
        "load",
        wanted.author,
        wanted.purpose,
        opened.source,
        opened.cut_at,
        tuple(opened.notes),
        _spoken_scope(opened.scope) | {"format": opened.format, "files": [path.name for path in opened.paths]},
    )


def _spoken_scope(scope: Scope) -> dict[str, object]:
    return {
        "tables": sorted(scope.tables),
        "from_on": scope.from_on.isoformat() if scope.from_on else None,
        "to_on": scope.to_on.isoformat() if scope.to_on else None,
        "whole": scope.whole,
    }


def _silent(table: str, rows: int) -> None:
    """Tell nobody."""
