"""Planning a visit, moving it, calling it off: the forms, the list of what is planned, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.planned_visits import WantedEnd, WantedPlan, is_open, problems, problems_of_end
from keyworker.actions.questions.planned_visits import PlanTold
from keyworker.actions.questions.visits import Visitable
from keyworker.actions.writing import LONGEST
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.planned_visits import PlannedVisit, PlanStanding
from keyworker.vocabulary.codes import codes
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field, of_codes, of_options, of_workers, worker_meant
from keyworker.web.presenters.visits import CANCELLED, OUTCOMES, PLACES, YES_NO, YES_OR_NO, Line, time_typed
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import in_words, plural, sentence, spoken, spoken_instant

_NAMES = ("together_id", "on", "time", "part", "who", "announced", "place", "by", "why")
Address = Callable[[PlannedVisit], str]
NOT_SEEN_YET = "It counts for nothing until the visit is written down."


@dataclass(frozen=True)
class TypedPlan:
    """What was typed into the form of a planned visit, kept whatever is wrong with it.

    Takes   children, the numbers on the form of those who were chosen.
    """

    together_id: str
    on: str
    time: str
    part: str
    who: str
    announced: str
    place: str
    by: str
    why: str
    children: frozenset[str]

    @classmethod
    def of(cls, said: Mapping[str, str], children: Sequence[str], together_id: str) -> TypedPlan:
        """What a form says. Takes together_id, where it says none yet."""
        typed = {name: said.get(name, "").strip() for name in _NAMES}
        return cls(**{**typed, "together_id": typed["together_id"] or together_id}, children=frozenset(children))

    def wanted(self, children: Sequence[Visitable], workers: Sequence[WorkerRef]) -> WantedPlan:
        """The planned visit that it means, as far as it can be read. Takes those whom the form offers, in order."""
        chosen = [one.child_id for number, one in enumerate(children, 1) if str(number) in self.children]
        return WantedPlan(
            self.together_id,
            day_typed(self.on),
            time_typed(self.time),
            self.part if self.part in codes("part_of_day") else "",
            worker_meant(workers, self.who),
            YES_NO.get(self.announced),
            self.place if self.place in PLACES else "",
            tuple(chosen),
        )

    @property
    def end(self) -> WantedEnd:
        """By whom and why the one that stands is called off or moved."""
        return WantedEnd(self.by if self.by in CANCELLED else "", self.why)

    def errors(self, wanted: WantedPlan, today: date, *, moves: bool = False) -> dict[str, str]:
        """What is wrong with it, by the name of its field."""
        found = problems(wanted, today) | (problems_of_end(self.end) if moves else {})
        if self.time and time_typed(self.time) is None:
            found["time"] = "The time must be one of the day, such as 15:30"
        return found

    def fields(
        self,
        children: Sequence[Visitable],
        workers: Sequence[WorkerRef],
        errors: Mapping[str, str],
        hint: str,
        *,
        moves: bool = False,
    ) -> tuple[Field, ...]:
        """What the form asks. Takes hint, beside the day; moves, whether it moves one that stands."""
        whom = tuple(
            Choice(str(number), one.name, str(number) in self.children) for number, one in enumerate(children, 1)
        )
        goes = of_workers(workers, self.who)
        asked = [
            Field("on", "Day", "date", self.on, hint, errors.get("on", "")),
            Field("time", "Time, if one is set", "time", self.time, error=errors.get("time", "")),
            Field(
                "part",
                "Or the part of the day",
                "select",
                error=errors.get("part", ""),
                choices=of_codes("part_of_day", self.part),
            ),
            Field("who", "Who is to go", "select", error=errors.get("who", ""), choices=goes),
            Field(
                "announced",
                "Is the family told beforehand?",
                "radio",
                hint="Only what the family is told of is shown on the page for the child.",
                choices=of_options(YES_OR_NO, self.announced),
            ),
            Field("place", "Where", "radio", choices=of_options(PLACES, self.place)),
        ]
        if moves:
            return (*asked[:4], *end_fields(self, errors, "Who asked to move it?"), *asked[4:])
        first = [Field("children", "To whom", "checkbox", error=errors.get("children", ""), choices=whom)]
        return (*(first if len(children) > 1 else []), *asked)


def end_fields(typed: TypedPlan, errors: Mapping[str, str], label: str) -> tuple[Field, ...]:
    """By whom and why one is called off or moved."""
    hint = f"In {LONGEST} characters or fewer. Whoever may see this child sees it."
    return (
        Field("by", label, "radio", error=errors.get("by", ""), choices=of_options(CANCELLED, typed.by)),
        Field("why", "Why?", "textarea", typed.why, hint, errors.get("why", "")),
    )


def of_plan(one: PlannedVisit, worker: WorkerRef | None) -> dict[str, str]:
    """What stands of a planned visit, as a form that moves it begins with."""
    return {
        "on": one.planned_on.isoformat(),
        "time": f"{one.planned_time:%H:%M}" if one.planned_time else "",
        "part": one.part_of_day or "",
        "who": worker.handle if worker else "",
        "announced": _yes_no(one.announced),
        "place": one.place or "",
    }


def when(one: PlannedVisit) -> str:
    """For when it is planned, as spoken."""
    time = f" at {one.planned_time:%H:%M}" if one.planned_time else ""
    part = f", {_PARTS.get(one.part_of_day or '', '')}" if one.part_of_day else ""
    return f"{one.planned_on:%A} {spoken(one.planned_on)}{time}{part}"


_PARTS = {
    "morning": "in the morning",
    "afternoon": "in the afternoon",
    "after school": "after school",
    "evening": "in the evening",
}


def stands(one: PlannedVisit, today: date) -> str:
    """How it stands, in words."""
    match one.standing(today):
        case PlanStanding.PLANNED:
            return "Planned for today" if one.planned_on == today else "Planned"
        case PlanStanding.UNRECORDED:
            return "Its day has passed, and no visit is written down"
        case PlanStanding.MET:
            return OUTCOMES.get(one.outcome or "", "A visit was recorded, not what came of it")
        case PlanStanding.CANCELLED:
            return f"Called off by {_BY.get(one.ended_by or '', 'somebody')}"
        case _:
            return "Moved"


_BY = {"family": "the child or family", "worker": "the worker", "service": "the service", "other": "somebody else"}


def planned_answer(told: PlanTold, today: date) -> str:
    """What is planned and how it stands, in a sentence."""
    one = told.plan
    said = stands(one, today)
    if one.standing(today) is PlanStanding.PLANNED:
        goes = f" {told.worker.name} goes." if told.worker else ""
        return f"A visit to {told.name} is planned for {when(one)}.{goes} {NOT_SEEN_YET}"
    return f"A visit to {told.name} was planned for {when(one)}. {said}."


def planned_lines(told: PlanTold) -> list[Line]:
    """What stands of a planned visit, in the order in which it was asked."""
    one = told.plan
    lines = [
        ("Who goes", told.worker.name if told.worker else ""),
        ("Is the family told", _yes_no(one.announced)),
        ("Where", PLACES.get(one.place or "", "")),
        ("Also to", ", ".join(other.name for other in told.others)),
        ("Planned", f"{spoken_instant(one.planned_at)}, by {one.planned_by}"),
    ]
    if one.ended:
        by = f"{spoken(one.ended_on)}, {_BY.get(one.ended_by or '', 'nobody said by whom')}" if one.ended_on else ""
        lines += [("Moved" if one.ended == "moved" else "Called off", by), ("Why", one.ended_why or "")]
    return [Line(term, sentence(said)) for term, said in lines if said]


def mine_answer(found: Sequence[PlanTold], today: date) -> str:
    """What this worker is to visit today, and what passed without a record, in a sentence."""
    now = sum(one.plan.planned_on == today for one in found)
    past = sum(one.plan.planned_on < today for one in found)
    if not found:
        return "No visit of yours is planned."
    first = f"{in_words(now)} planned for today" if now else "Nothing is planned for today"
    late = f"; of {plural(past, 'visit')} the day has passed and nothing is written down" if past else ""
    return f"{first}{late}."


def mine_table(found: Sequence[PlanTold], today: date, address: Address, record: Address) -> Table:
    """The visits of one worker: those whose day passed, today's, and those to come. Takes record, to writing one."""
    return Table(
        "planned-visits",
        "Visits that you are to make",
        heads("Child", "When", "How it stands", "Written down"),
        tuple(
            (
                Cell(one.name, address(one.plan)),
                Cell(when(one.plan)),
                Cell(stands(one.plan, today), tone="past" if one.plan.planned_on < today else ""),
                Cell("Record it", record(one.plan)) if one.plan.planned_on <= today and record(one.plan) else Cell("–"),
            )
            for one in found
        ),
        "No visit of yours is planned.",
        stays=True,
    )


def planned_table(rows: Sequence[PlannedVisit], today: date, address: Callable[[PlannedVisit], str]) -> Table:
    """The visits that were planned to one child, the latest day first, each with what came of it."""
    return Table(
        "planned",
        "Planned visits",
        heads("For", "How it stands", "Why"),
        tuple(
            (Cell(when(one), address(one)), Cell(stands(one, today)), Cell(one.ended_why or "–"))
            for one in reversed(rows)
        ),
        "No visit was planned.",
        stays=True,
    )


def next_line(rows: Sequence[PlannedVisit], today: date) -> str:
    """When the next visit to a child is planned, in a sentence; empty where none is."""
    one = next_of(rows, today)
    return f"The next visit is planned for {when(one)}." if one else ""


def next_of(rows: Sequence[PlannedVisit], today: date) -> PlannedVisit | None:
    """The visit to one child that is planned next. Takes rows, the earliest day first."""
    return next((one for one in rows if one.standing(today) is PlanStanding.PLANNED), None)


def next_cell(one: PlannedVisit | None, due_on: date | None, address: str) -> Cell:
    """The visit to a child that is planned next, and whether in time; else the way to plan one."""
    if one is None:
        return Cell("Plan a visit", address, notes=tuple(filter(None, (planned_for(due_on, None),))))
    is_late = due_on is not None and one.planned_on > due_on
    return Cell(when(one), address, notes=("Past its date",) if is_late else (), sort=one.planned_on.toordinal())


def waiting_plans(rows: Sequence[PlannedVisit], today: date) -> list[PlannedVisit]:
    """The visits planned to a child that wait to be written down, the latest day first."""
    return [one for one in reversed(rows) if is_open(one, today)]


def as_planned(plans: Sequence[PlannedVisit], chosen: str, today: date) -> dict[str, str]:
    """What the form of a visit begins with where one was planned: when, where and whether the family knew.

    Never what came of it. Takes chosen, what the children of the planned visit share.
    """
    one = next((one for one in plans if one.together_id == chosen), None)
    if one is None:
        return {}
    on = min(one.planned_on, today).isoformat()
    return {**of_plan(one, None), "on": on, "planned": one.together_id}


def planned_for(due_on: date | None, one: PlannedVisit | None) -> str:
    """Whether a visit that is due is planned, in time or past its day."""
    if due_on is None:
        return ""
    if one is None:
        return "Not planned"
    if one.planned_on <= due_on:
        return f"Planned in time, for {spoken(one.planned_on)}"
    return f"Planned past its date, for {spoken(one.planned_on)}"


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"
