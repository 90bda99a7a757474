"""What a child's plan asks, of whom and by when: the lists, and the forms by which it is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial

from keyworker.actions.plan_actions import AGENCY, FAMILY, OURS, WORKER, WantedAction, owner_words, problems
from keyworker.actions.questions.plan_actions import OwnActions, PlanAsked
from keyworker.actions.writing import LONGEST
from keyworker.facts.days import london_day
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.plan_actions import PlanAction
from keyworker.vocabulary.codes import codes
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Field, FilledIn, of_codes, of_options, of_workers, worker_meant
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import due, in_words, plural, sentence, spoken, spoken_instant

NOT_HERE = (
    "What a plan asks is recorded in the case system, and no extract of it tells that. Record it there. It can be "
    "recorded here once the council sets Keyworker as the home of plan actions."
)
OWNERS = {WORKER: "A worker of the council", FAMILY: "Somebody of the family", AGENCY: "Another agency"}
DONE, GIVEN_UP = "done", "given up"
ENDS = {DONE: "It was done", GIVEN_UP: "It is given up"}
Way = Callable[[PlanAction], str]


def answer(found: PlanAsked, today: date) -> str:
    """What is open of what the plan asks, in one sentence."""
    still = found.open_actions
    if not found.actions:
        return f"Nothing is written down of what {found.name}’s plan asks."
    if not still:
        return f"Everything that {found.name}’s plan asks is done or given up."
    late = sum(one.is_late_on(today) for one in still)
    past = (
        f"{sentence(plural(late, 'is', 'are'))} past its day"
        if late == 1
        else f"{sentence(in_words(late))} are past their day"
    )
    first = f"{found.name}’s plan asks {plural(len(still), 'thing that is', 'things that are')} still to be done."
    return f"{first} {past}." if late else f"{first} None is past its day."


def plan_tables(found: PlanAsked, today: date, move: Way, end: Way) -> tuple[Table, Table]:
    """What is still to be done, by its day; and what was done or given up. Takes move and end, where each leads."""
    return (
        Table(
            "to-do",
            "Still to be done",
            heads("What is to be done", "Who", "^By", "Its day", "What came of it"),
            tuple(
                _open_row(one, found.workers, today, move(one), end(one), found.not_told.get(one.action_id, ""))
                for one in found.open_actions
            ),
            "The plan asks nothing that is still to be done.",
        ),
        Table(
            "ended",
            "Done or given up",
            heads("What was to be done", "Who", "By", "What came of it"),
            tuple(_ended_row(one, found.workers) for one in found.actions if not one.is_open),
            "Nothing was done or given up yet.",
        ),
    )


def _open_row(
    one: PlanAction, workers: Mapping[str, WorkerRef], today: date, move: str, end: str, not_told: str
) -> tuple[Cell, ...]:
    tone = "past" if one.is_late_on(today) else ""
    return (
        _what(one),
        Cell(_who(one, workers), notes=(not_told,) if not_told else ()),
        Cell(spoken(one.due_on), notes=_due_notes(one, today), sort=one.due_on.toordinal(), tone=tone),
        Cell("Move it" if move else "", move),
        Cell("Say what came of it" if end else "Open", end),
    )


def _ended_row(one: PlanAction, workers: Mapping[str, WorkerRef]) -> tuple[Cell, ...]:
    return (_what(one), Cell(_who(one, workers)), Cell(spoken(one.due_on), notes=_moved(one)), _came_of(one))


def _what(one: PlanAction) -> Cell:
    agreed = f"Agreed {spoken(one.agreed_on)}, {codes('plan_kind').get(one.plan, one.plan).lower()}"
    need = (f"For: {one.need}",) if one.need else ()
    return Cell(one.what, notes=(*need, f"{agreed}; written down {spoken_instant(one.written_at)}"))


def _who(one: PlanAction, workers: Mapping[str, WorkerRef]) -> str:
    worker = workers.get(one.worker_id or "")
    return sentence(owner_words(one, worker.name if worker else ""))


def _due_notes(one: PlanAction, today: date) -> tuple[str, ...]:
    return (sentence(due(one.due_on, today)), *_moved(one))


def _moved(one: PlanAction) -> tuple[str, ...]:
    return (f"First agreed for {spoken(one.first_due_on)}. Moved: {one.moved_why}",) if one.first_due_on else ()


def _came_of(one: PlanAction) -> Cell:
    ended = f"{'Done' if one.done else 'Given up'} {spoken(one.ended_on)}" if one.ended_on else "Open"
    written = london_day(one.changed_at)
    later = "" if written == one.ended_on else f"Written down {spoken(written)}"
    return Cell(ended, notes=tuple(filter(None, (one.outcome, later))))


def own_answer(found: OwnActions, today: date) -> str:
    """What somebody is to do under children's plans, in one sentence."""
    still = [one for one in found.actions if one.is_open]
    if not still:
        return "Nothing that is yours under a child’s plan is still to be done."
    late = sum(one.is_late_on(today) for one in still)
    first = (
        f"{plural(len(still), 'action of yours is', 'actions of yours are')} still to be done under children’s plans"
    )
    past = f", {late} past {'its' if late == 1 else 'their'} day" if late else ""
    return sentence(f"{first}{past}.")


def own_tables(
    found: OwnActions, today: date, child: Callable[[str], str], end: Way, challenge: Way
) -> tuple[Table, Table]:
    """One's own actions: those still to be done, and those that have ended.

    Takes   challenge, to where another agency challenges what is planned; empty for whoever is no agency.
    """
    challenges = any(challenge(one) for one in found.actions)

    def ways(one: PlanAction, *said: Cell) -> tuple[Cell, ...]:
        way = challenge(one)
        return (*said, Cell("Challenge what is planned", way) if way else Cell("–")) if challenges else said

    more = ("If you do not accept the plan",) if challenges else ()
    return (
        Table(
            "to-do",
            "Still to be done",
            heads("For", "What is to be done", "^By", "Change", *more),
            tuple(
                ways(
                    one,
                    _for(found, one, child),
                    _what(one),
                    Cell(spoken(one.due_on), notes=_due_notes(one, today), sort=one.due_on.toordinal()),
                    Cell("Say what came of it", end(one)),
                )
                for one in found.actions
                if one.is_open
            ),
            "Nothing of yours is still to be done.",
        ),
        Table(
            "ended",
            "Done or given up",
            heads("For", "What was to be done", "What came of it", *more),
            tuple(
                ways(one, _for(found, one, child), _what(one), _came_of(one))
                for one in found.actions
                if not one.is_open
            ),
            "Nothing of yours was done or given up.",
        ),
    )


def _for(found: OwnActions, one: PlanAction, child: Callable[[str], str]) -> Cell:
    who = found.children.get(one.child_id)
    return Cell(who.name, child(who.handle)) if who else Cell(one.told_as or "A child whom you may no longer see")


@dataclass(frozen=True)
class TypedAction:
    """What was typed of an action, kept whatever is wrong with it. Takes worker, a worker's handle."""

    number: str
    plan: str
    on: str
    need: str
    what: str
    owner: str
    worker: str
    relation: str
    agency: str
    account: str
    told_as: str
    due: str

    @classmethod
    def of(cls, said: Mapping[str, str], number: str, today: str) -> TypedAction:
        """What a form says. Takes number and today, where it says nothing of them yet."""
        typed = {one.name: said.get(one.name, "").strip() for one in fields(cls)}
        return cls(**{**typed, "number": typed["number"] or number, "on": said.get("on", today).strip()})

    def wanted(self, workers: Sequence[WorkerRef]) -> WantedAction:
        """The action that it means, as far as it can be read."""
        return WantedAction(
            self.number,
            day_typed(self.on),
            self.plan,
            self.what,
            self.owner,
            day_typed(self.due),
            self.need,
            worker_meant(workers, self.worker),
            self.relation,
            self.agency,
            self.account,
            self.told_as,
        )

    def errors(self, workers: Sequence[WorkerRef], today: date) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed."""
        return problems(self.wanted(workers), today)


def form_fields(typed: TypedAction, workers: Sequence[WorkerRef], errors: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of the form, in the order in which they are asked."""

    field = FilledIn(partial(getattr, typed), errors).field

    agencies = tuple(one for one in of_codes("agency", typed.agency) if one.value != OURS)
    who = of_workers(workers, typed.worker)
    owners = of_options(OWNERS, typed.owner)
    one_thing = f"In {LONGEST} characters or fewer: one thing, so that it can be done."
    family = of_codes("relation", typed.relation, short=True)
    shown_alone = "They then see this action, and nothing else of the child."
    in_place = "They are shown these words in place of the child’s name."
    return (
        field("plan", "Under which plan?", "radio", choices=of_codes("plan_kind", typed.plan)),
        field("on", "The day on which it was agreed", "date"),
        field("need", "Which need of the child is it for?", "text", "In the words of the plan."),
        field("what", "What is to be done", "text", one_thing),
        field("owner", "Who is to do it?", "radio", choices=owners),
        field("worker", "Which worker", "select", "Only where it is a worker’s.", who),
        field("relation", "Who of the family", "select", "Only where it is the family’s.", family),
        field("agency", "Which agency", "select", "Only where it is another agency’s.", agencies),
        field("account", "Their sign-in, where they have one", "text", shown_alone),
        field("told_as", "By which words they know the child", "text", in_place),
        field("due", "By which day", "date"),
    )


def moving_fields(one: PlanAction, until: str, why: str, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What is asked when the day of an action is moved."""
    hint = f"It is {spoken(one.due_on)} now. The day agreed first stays beside the new one."
    return (
        Field("due", "The new day", "date", until, hint, errors.get("due", "")),
        Field("why", "Why it is moved", "text", why, f"In {LONGEST} characters or fewer.", errors.get("why", "")),
    )


def ending_fields(done: str, on: str, outcome: str, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What is asked when something came of an action."""
    choices = of_options(ENDS, done)
    return (
        Field("done", "What came of it?", "radio", done, "", errors.get("done", ""), choices),
        Field("on", "On which day", "date", on, "", errors.get("on", "")),
        Field(
            "outcome",
            "What changed for the child; why, if it is given up",
            "textarea",
            outcome,
            f"In {LONGEST} characters or fewer.",
            errors.get("outcome", ""),
        ),
    )


def is_done(said: str) -> bool | None:
    """What was chosen: done, given up, or nothing yet."""
    return {DONE: True, GIVEN_UP: False}.get(said)
