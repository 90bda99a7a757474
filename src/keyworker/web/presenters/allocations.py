"""Who works with a child: what stands, the form that changes it, and changes of worker from offer to goodbye."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.allocations import (
    BeforeChange,
    Part,
    Steps,
    WantedAllocation,
    cause_words,
    problems,
    problems_of_steps,
)
from keyworker.actions.questions.allocations import OfferedChild, Receiver, WorkedWith
from keyworker.facts.handovers import Handover, Involvement
from keyworker.facts.pictures import TeamRef, WorkerRow
from keyworker.vocabulary.causes import local_causes
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field, of_options
from keyworker.web.presenters.visits import Line
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import in_words, listed, number, plural, sentence, spoken, spoken_instant

ROLES = {"lead": "Lead worker", "accountable": "Accountable worker", "co-worker": "Co-worker", "none": "No hold"}
COVERS = "covering worker"
ANSWERS = {"accepted": "Accepted", "refused": "Refused", "withdrawn": "Withdrawn"}
STEPS = {
    "told_on": "The child was told of the change",
    "introduced_on": "Both workers met the child together",
    "goodbye_on": "The child was offered a goodbye",
}
NOT_HERE = (
    "Who works with a child is recorded in the case system, and read from its extract here. Change it there: it is"
    " shown here with the next extract."
)
Address = Callable[..., str]


def working_table(found: WorkedWith, end: Callable[[int], str] | None) -> Table:
    """Who works with a child now. Takes end, from a row's number to where it is ended, for whoever may."""
    rows = []
    for one in found.before.working:
        said = "Covers" if one.said == COVERS else ROLES.get(one.role, one.said or "Role not recorded")
        team = found.teams.get(one.team_id or "")
        name = found.workers[one.worker_id].name
        row = [
            Cell(name, notes=(team.name,) if team else ()),
            Cell(said),
            Cell(f"Since {spoken(one.from_on)}"),
        ]
        rows.append((*row, Cell("End", end(one.entry_id), why="")) if end else tuple(row))
    headings = ("Worker", "Role", "Since", *(("Change",) if end else ()))
    return Table(
        "working", "Who works with the child now", heads(*headings), tuple(rows), "Nobody works with the child."
    )


def answer_of(found: WorkedWith) -> str:
    """Who works with a child, in one sentence, and what waits."""
    main = found.before.main
    first = (
        f"{found.workers[main.worker_id].name} has been {found.name}’s worker since {spoken(main.from_on)}."
        if main
        else f"{found.name} has no worker."
    )
    waiting = next((one for one in found.handovers if one.is_waiting), None)
    if waiting is None:
        return first
    return f"{first} The child is offered to {found.workers[waiting.worker_id].name}, who has not answered."


def warning(before: BeforeChange) -> str:
    """What is said before a further change of worker; nothing where there were few."""
    if before.main is None or not before.warns:
        return ""
    return (
        f"This child’s worker has changed {in_words(before.changes).lower()} times in the last 12 months. Each further"
        " change costs the child a person who knows them. If it is still right, say why: the reason is kept."
    )


@dataclass(frozen=True)
class TypedAllocation:
    """What was typed of who is to work with a child, kept whatever is wrong with it."""

    number: str
    said: Mapping[str, str]
    receivers: Sequence[Receiver]
    team: TeamRef | None
    before: BeforeChange

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "").strip()

    @property
    def wanted(self) -> WantedAllocation:
        """What it means, as far as it can be read."""
        chosen = next((one.worker for one in self.receivers if one.worker.handle == self["worker"]), None)
        return WantedAllocation(
            self.number,
            Part(self["part"]) if self["part"] in set(Part) else Part.WORKER,
            chosen.worker_id if chosen else "",
            self.team.team_id if self.team else None,
            day_typed(self["starts_on"]),
            self["cause"] if self["cause"] in cause_words() else "",
            self["why"],
            day_typed(self["until"]),
        )

    def errors(self, today: date) -> dict[str, str]:
        """What is wrong with it, by the name of its field."""
        found = problems(self.wanted, self.before, today)
        if self["part"] not in set(Part):
            found = {"part": "Choose what the worker is to be to the child"} | found
        if self["until"] and day_typed(self["until"]) is None:
            found["until"] = "The last day must be a real day, such as 27 March 2026"
        return found

    def fields(self, errors: Mapping[str, str], today: date) -> tuple[Field, ...]:
        """What the form asks."""
        others = " They are asked first: nothing changes until they accept." if self.before.main else ""
        parts = {
            Part.WORKER: ("The child’s worker", f"Holds the child in their caseload.{others}"),
            Part.CO_WORKER: ("A co-worker", "Works with the child beside the child’s worker."),
            Part.COVER: ("Cover", "For a while, because the child’s worker is away. The child keeps their worker."),
        }
        causes = of_options(cause_words(), self["cause"])
        return (
            Field(
                "part",
                "What is the worker to be?",
                "radio",
                self["part"],
                error=errors.get("part", ""),
                choices=tuple(Choice(one, says, one == self["part"], more) for one, (says, more) in parts.items()),
            ),
            Field(
                "worker",
                "Who?",
                "radio",
                self["worker"],
                "By name. What each holds is told for your decision; it says nothing of how well anybody works.",
                errors.get("worker", ""),
                tuple(
                    Choice(one.worker.handle, one.worker.name, one.worker.handle == self["worker"], load(one.row))
                    for one in self.receivers
                ),
            ),
            Field(
                "starts_on", "From which day?", "date", self["starts_on"], f"Today is {spoken(today)}.",
                errors.get("starts_on", ""),
            ),
            Field("until", "The last day of cover, if you know it", "date", self["until"], "", errors.get("until", "")),
            Field("cause", "Cause", "select", self["cause"], "", errors.get("cause", ""), causes),
            Field(
                "why", "Why it is right for this child", "textarea", self["why"],
                "Whoever may see the record may read it.", errors.get("why", ""),
            ),
        )  # fmt: skip


def load(row: WorkerRow | None) -> str:
    """What a worker holds and has agreed to hold, in words, as it is today."""
    if row is None:
        return "What they hold is not told to you"
    holds = f"Holds {plural(row.children, 'child', 'children')} of {plural(row.families, 'family', 'families')}"
    if row.accountable_only:
        holds += f" and answers for {row.accountable_only} whom others lead"
    room = (
        f"agreed capacity {number(row.agreed_capacity)}"
        if row.agreed_capacity is not None
        else "no agreed capacity recorded"
    )
    hours = f"{number(row.hours_today)} hours today" if row.hours_today is not None else "hours not recorded"
    away = f"away, expected back {spoken(row.away_until)}" if row.away_until else "away now" if row.is_away else ""
    return "; ".join(filter(None, (holds, room, hours, away)))


def ending_fields(said: Mapping[str, str], errors: Mapping[str, str], today: date) -> tuple[Field, ...]:
    """What is asked where it ends that somebody works with a child."""
    cause = said.get("cause", "")
    causes = of_options(cause_words(), cause)
    hint = f"The first day on which it is no longer so. Today is {spoken(today)}."
    return (
        Field("on", "From which day?", "date", said.get("on", today.isoformat()), hint, errors.get("on", "")),
        Field("cause", "Cause", "select", cause, "", errors.get("cause", ""), causes),
    )


def ending_errors(said: Mapping[str, str], one: Involvement, today: date) -> dict[str, str]:
    """What is wrong with it, by field."""
    day, found = day_typed(said.get("on", "").strip()), {}
    if day is None:
        found["on"] = "The day must be a real day, such as 27 March 2026"
    elif day <= one.from_on:
        found["on"] = f"The day must be after it began, on {spoken(one.from_on)}"
    elif day > today:
        found["on"] = "The day must be today or before"
    if said.get("cause", "") not in cause_words():
        found["cause"] = "Choose the cause"
    return found


def cause_said(cause: str) -> str:
    """A cause in words."""
    return next((one.says for one in local_causes() if one.said == cause), cause)


def handover_lines(found: WorkedWith, one: Handover) -> list[Line]:
    """What stands written of one change of worker."""
    team = found.teams.get(one.team_id or "")
    lines = [
        ("From", found.workers[one.from_worker_id].name),
        ("To", found.workers[one.worker_id].name + (f", {team.name}" if team else "")),
        ("From the day", spoken(one.starts_on)),
        ("Cause", cause_said(one.cause)),
        ("Why it is right", one.why),
        ("Offered", f"{spoken_instant(one.offered_at)}, by {one.offered_by}"),
        ("Answer", _answer(one)),
        *((says, spoken(day)) for name, says in STEPS.items() if (day := getattr(one, name))),
    ]
    if one.written_at != one.offered_at:
        lines.append(("Last written", f"{spoken_instant(one.written_at)}, by {one.written_by}"))
    return [Line(term, sentence(said)) for term, said in lines if said]


def handover_answer(found: WorkedWith, one: Handover) -> str:
    """How one change of worker stands, in one sentence."""
    to = found.workers[one.worker_id].name
    if one.is_waiting:
        return f"{found.name} is offered to {to} from {spoken(one.starts_on)}. Nothing changes until it is accepted."
    if not one.is_accepted:
        return f"The offer of {found.name} to {to} was {one.answer}. The child stayed with their worker."
    if one.is_complete:
        return f"The change to {to} is complete: {found.name} was told beforehand, introduced and offered a goodbye."
    return f"The change to {to} is not complete. Not recorded: {listed(lacking(one))}."


def lacking(one: Handover) -> list[str]:
    """Which steps of a handover are missing, in words."""
    told = "told of it only when it had happened" if one.told_on else "told beforehand"
    return [
        *([told] if not one.was_told_beforehand else []),
        *(["introduced"] if one.introduced_on is None else []),
        *(["offered a goodbye"] if one.goodbye_on is None else []),
    ]


def steps_fields(said: Mapping[str, str], errors: Mapping[str, str], one: Handover) -> tuple[Field, ...]:
    """The three days of a handover, as they were typed or stand."""
    hints = {"told_on": f"On a day before {spoken(one.starts_on)}, for the child to be told beforehand."}

    def value(name: str) -> str:
        stands = getattr(one, name)
        return said.get(name, stands.isoformat() if stands else "").strip()

    return tuple(
        Field(name, says, "date", value(name), hints.get(name, ""), errors.get(name, ""))
        for name, says in STEPS.items()
    )


def typed_steps(said: Mapping[str, str]) -> Steps:
    """The days that were typed, as far as they can be read."""
    return Steps(*(day_typed(said.get(name, "").strip()) for name in STEPS))


def steps_errors(said: Mapping[str, str], today: date) -> dict[str, str]:
    """What is wrong with them, by field."""
    unread = {
        name: "This must be a real day, such as 27 March 2026"
        for name in STEPS
        if said.get(name, "").strip() and day_typed(said[name].strip()) is None
    }
    return unread or problems_of_steps(typed_steps(said), today)


def handovers_of_child(found: WorkedWith, way: Callable[[str], str]) -> Table:
    """Every change of worker that was offered of one child, the latest first."""
    rows = tuple(
        (
            Cell(spoken(one.starts_on), way(one.handover_id)),
            Cell(f"{found.workers[one.from_worker_id].name} to {found.workers[one.worker_id].name}"),
            Cell(_answer(one) or "Waits for an answer"),
            Cell(_steps(one)),
        )
        for one in found.handovers
    )
    headings = heads("From the day", "Worker", "Answer", "Told, introduced, goodbye")
    return Table("handovers", "Changes of worker offered here", headings, rows, "No change of worker was offered here.")


def waiting_and_lacking(found: Sequence[OfferedChild], way: Callable[[str, str], str]) -> tuple[Table, Table]:
    """Two lists: offers that wait for an answer, and changes that are not complete; the oldest first."""
    waiting = [one for one in found if one.handover.is_waiting]
    lacks = [one for one in found if one.handover.is_accepted]
    return (
        Table(
            "waiting",
            "Offers that wait for an answer",
            heads("Child", "Worker", "^From the day", "Who answers"),
            tuple((*_of_list(one, way), Cell("You may" if one.answers else "")) for one in waiting),
            "No offer waits.",
        ),
        Table(
            "incomplete",
            "Changes of worker that are not complete",
            heads("Child", "Worker", "^From the day", "Not recorded"),
            tuple((*_of_list(one, way), Cell(sentence(listed(lacking(one.handover))))) for one in lacks),
            "No change of worker that was offered here lacks a step.",
        ),
    )


def _of_list(one: OfferedChild, way: Callable[[str, str], str]) -> tuple[Cell, Cell, Cell]:
    return (
        Cell(one.name, way(one.handle, one.handover.handover_id)),
        Cell(f"{one.from_worker.name} to {one.to_worker.name}", notes=(one.team.name,) if one.team else ()),
        Cell(spoken(one.handover.starts_on), sort=one.handover.starts_on.toordinal()),
    )


def _answer(one: Handover) -> str:
    if one.answer is None or one.answered_on is None:
        return ""
    why = f": {one.answered_why}" if one.answered_why else ""
    return f"{ANSWERS[one.answer]}, {spoken(one.answered_on)}{why}"


def _steps(one: Handover) -> str:
    if not one.is_accepted:
        return ""
    return "Complete" if one.is_complete else sentence(f"not recorded: {listed(lacking(one))}")


def list_answer(found: Sequence[OfferedChild], mine: int) -> str:
    """How changes of worker stand, in one sentence."""
    waiting = sum(one.handover.is_waiting for one in found)
    lacks = len(found) - waiting
    if not found:
        return "No offer waits for an answer, and no change of worker that was offered here lacks a step."
    offers = f"{in_words(waiting)} {'offer waits' if waiting == 1 else 'offers wait'} for an answer"
    yours = f", {in_words(mine).lower()} of them for yours" if mine else ""
    changes = f"{in_words(lacks).lower()} {'change is' if lacks == 1 else 'changes are'} not complete"
    return f"{offers}{yours}; {changes}."
