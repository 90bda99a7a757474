"""Children whose worker is away or has left: the list, the form of a decision, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.cover_decisions import NOBODY, WantedCover, problems
from keyworker.actions.questions.allocations import Receiver
from keyworker.actions.questions.cover_decisions import CoverTold, ToCover
from keyworker.actions.writing import LONGEST
from keyworker.facts.cover_decisions import AwayNow
from keyworker.facts.pictures import TeamRef
from keyworker.web.moments import day_typed
from keyworker.web.presenters.allocations import load
from keyworker.web.presenters.fields import Choice, Field
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken

Address = Callable[[str], str]


def until(away: AwayNow, today: date) -> str:
    """From when, if it is to come, and until when somebody is away. Never why."""
    if not away.has_begun(today):
        back = f" until {spoken(away.back_on)}" if away.back_on else ", and nobody knows until when"
        return f"to be away from {spoken(away.from_on)}{back}"
    return f"away until {spoken(away.back_on)}" if away.back_on else "away, and nobody knows until when"


def list_answer(found: Sequence[ToCover]) -> str:
    """The two lists in a sentence."""
    left = sum(one.away is None for one in found)
    cover = len(found) - left
    if not found:
        return "Every child whose worker is away, or soon will be, has a decision, and no child’s worker has left."
    said = []
    if left:
        said.append(f"{plural(left, 'child has', 'children have')} a worker who has left")
    if cover:
        said.append(f"{plural(cover, 'child waits', 'children wait')} for a decision who covers")
    return f"{'; '.join(said)}."


def list_tables(found: Sequence[ToCover], today: date, allocate: Address, decide: Address) -> list[Table]:
    """Children whose worker has left, and those whose worker is away, or soon will be, with nothing decided."""
    left = [one for one in found if one.away is None]
    away = [(one, one.away) for one in found if one.away is not None]
    return [
        Table(
            "left",
            "Their worker has left",
            heads("Child", "Worker who left"),
            tuple((Cell(one.child.name, allocate(one.child.handle)), Cell(one.worker.name)) for one in left),
            "No child’s worker has left.",
            "Open a child to give them another worker." if left else "",
            stays=True,
        ),
        Table(
            "away",
            "Their worker is away or soon will be, and nothing is decided",
            heads("Child", "Who is away", "When"),
            tuple(
                (
                    Cell(one.child.name, decide(one.child.handle)),
                    Cell(one.worker.name),
                    Cell(sentence(until(stands, today))),
                )
                for one, stands in away
            ),
            "For every child whose worker is away or soon will be it is decided who covers, or that nobody does.",
            "Open a child to decide." if away else "",
            stays=True,
        ),
    ]


def told_answer(told: CoverTold, today: date) -> str:
    """Whose worker is away until when, in a sentence."""
    if told.worker is None:
        return f"{told.name} has no worker, so there is nobody for whom to cover."
    if told.away is None:
        return f"{told.name}’s worker, {told.worker.name}, is not away, nor to be away within three months."
    return f"{told.name}’s worker, {told.worker.name}, is {until(told.away, today)}."


def decisions_table(told: CoverTold) -> Table:
    """What was decided for a child, the latest first."""
    return Table(
        "decisions",
        "What was decided",
        heads("Decided", "Who covers", "Until", "Why"),
        tuple(
            (
                Cell(spoken(one.decided_on), notes=(f"by {one.decided_by}",)),
                Cell(told.workers[one.covered_by].name if one.covered_by else "Nobody"),
                Cell(spoken(one.until_on) if one.until_on else "No day given"),
                Cell(one.why or "No reason is needed", tone="" if one.why else "quiet"),
            )
            for one in told.decisions
        ),
        "Nothing was decided for this child.",
        stays=True,
    )


@dataclass(frozen=True)
class TypedCover:
    """What was typed of who covers, kept whatever is wrong with it."""

    number: str
    said: Mapping[str, str]
    receivers: Sequence[Receiver]
    team: TeamRef | None
    told: CoverTold

    @property
    def wanted(self) -> WantedCover:
        """What it means, as far as it can be read."""
        named = self.said.get("covered_by", "")
        chosen = next((one.worker.worker_id for one in self.receivers if one.worker.handle == named), None)
        return WantedCover(
            self.number,
            chosen,
            self.team.team_id if self.team else None,
            day_typed(self.said.get("from_on", "")),
            day_typed(self.said.get("until_on", "")),
            self.said.get("why", ""),
            chosen is not None or named == NOBODY,
        )

    def errors(self, away: AwayNow, today: date) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed."""
        return problems(self.wanted, self.told.before, away, today)

    def fields(self, errors: Mapping[str, str]) -> tuple[Field, ...]:
        """What the form asks."""
        named = self.said.get("covered_by", "")
        main = self.told.worker.worker_id if self.told.worker else ""
        choices = [
            Choice(one.worker.handle, one.worker.name, one.worker.handle == named, load(one.row))
            for one in self.receivers
            if one.worker.worker_id != main and not (one.row and one.row.is_away)
        ]
        nobody = Choice(NOBODY, "Nobody covers, because", named == NOBODY, "Say why below.")
        hint = "By name. Whoever covers may see the child’s record while they do."
        why = f"Needed where nobody covers. In {LONGEST} characters or fewer. Whoever may see the record may read it."
        return (
            Field("covered_by", "Who covers?", "radio", named, hint, errors.get("covered_by", ""), (*choices, nobody)),
            Field("from_on", "From which day", "date", self.said.get("from_on", ""), "", errors.get("from_on", "")),
            Field("until_on", "The last day", "date", self.said.get("until_on", ""), "", errors.get("until_on", "")),
            Field("why", "Why", "textarea", self.said.get("why", ""), why, errors.get("why", "")),
        )
