"""A child's case supervision: what stands, the form that writes one down, and what the worker says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.case_supervision import (
    CANCELLED,
    HELD,
    EndedAction,
    NewAction,
    WantedSupervision,
    problems,
)
from keyworker.actions.questions.case_supervision import MyActions, Supervisable, Supervised
from keyworker.facts.case_supervision import CaseSupervision, SupervisionAction
from keyworker.facts.pictures import WorkerRef
from keyworker.vocabulary.codes import codes
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Field, FilledIn, of_codes, of_options, of_workers, worker_meant
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import days_ago, due, in_words, plural, sentence, spoken, spoken_instant

NEW = 3
"""How many new actions the form has room for: a supervision that undertakes more is written in two."""
OUTCOMES = {HELD: "It was held", CANCELLED: "It was called off"}
ENDS = {"": "Still open: carry it on", "done": "Done", "given up": "Given up"}
CALLED_OFF = {"worker": "The worker", "supervisor": "Whoever was to hold it", "other": "Somebody else"}
NOT_HERE = (
    "Case supervision is recorded in the case system, and read from its extract here. Record it there: it is shown here"
    " with the next extract."
)


@dataclass(frozen=True)
class Told:
    """One supervision as the page tells of it."""

    number: str
    heading: str
    decision: str
    why: str
    written: str
    stands: str
    may_confirm: bool
    may_withdraw: bool


@dataclass(frozen=True)
class CarriedForm:
    """What the form asks of an action that was carried here."""

    says: str
    fields: tuple[Field, ...]


def answer_of(found: Supervised, at: date) -> str:
    """When the case was last talked over and what is open, in one sentence."""
    last = next((one for one in found.supervisions if one.outcome == HELD), None)
    first = (
        f"{found.name}’s case was last talked over in supervision {days_ago(last.happened_on, at)}."
        if last
        else f"No supervision of {found.name}’s case is recorded."
    )
    still = len(found.open_actions)
    if not still:
        return first
    late = sum(one.due_on < at for one in found.open_actions.values())
    past = f", {in_words(late).lower()} past the day by which it was to be done" if late else ""
    return f"{first} {in_words(still)} {'action is' if still == 1 else 'actions are'} open{past}."


def told(found: Supervised) -> list[Told]:
    """Every supervision of the child's case, the latest first."""
    return [_told(found, one) for one in found.supervisions]


def _told(found: Supervised, one: CaseSupervision) -> Told:
    what = "Withdrawn" if one.is_withdrawn else "Held" if one.outcome == HELD else "Called off"
    by = CALLED_OFF.get(one.cancelled_by or "", "")
    called_off = f", by {by[0].lower()}{by[1:]}" if by else ""
    form = f" ({codes('supervision_form').get(one.form, one.form).lower()})" if one.form else ""
    between = " with ".join(found.workers[who].name for who in (one.worker_id, one.supervisor_id) if who)
    also = f"; also {one.present}" if one.present else ""
    return Told(
        one.supervision_id,
        f"{spoken(one.happened_on)}: {what.lower()}{called_off}{form}",
        one.decision or "",
        f"Why: {one.why}" if one.why else "",
        f"{between}{also}. {_written(one)}".lstrip(". "),
        _stands(one),
        one.supervision_id in found.may_confirm and one.confirmed is not True,
        one.supervision_id in found.may_withdraw,
    )


def _written(one: CaseSupervision) -> str:
    if one.written_at is None:
        return "It came with an extract."
    return f"Written down {spoken_instant(one.written_at)}, by {one.written_by}."


def _stands(one: CaseSupervision) -> str:
    if one.is_withdrawn and one.changed_at:
        return f"Withdrawn {spoken_instant(one.changed_at)}, by {one.changed_by}: {one.changed_why}"
    if not one.is_ours:
        return ""
    if one.confirmed is None:
        return "The worker has not said whether it was so."
    says = f": {one.answer}" if one.answer else "."
    return f"The worker says that it was so{says}" if one.confirmed else f"The worker says that it was otherwise{says}"


def actions_table(found: Supervised, at: date) -> Table:
    """Every action, those that are open first, by the day on which they are due."""
    ordered = sorted(found.actions, key=lambda one: (not one.is_open, one.due_on))
    rows = tuple(
        (
            Cell(one.what, notes=(f"Undertaken {spoken(one.undertaken_on)}",)),
            Cell(found.workers[one.worker_id].name),
            Cell(spoken(one.due_on), notes=(sentence(due(one.due_on, at)),) if one.is_open else ()),
            Cell(_came_of(one), notes=(one.outcome,) if one.outcome else ()),
        )
        for one in ordered
    )
    headings = heads("What is to be done", "Who", "By", "What came of it")
    return Table("actions", "Actions", headings, rows, "Nothing was undertaken in a supervision recorded here.")


def _came_of(one: SupervisionAction) -> str:
    if one.ended_on is None:
        return "Open"
    return f"{'Done' if one.done else 'Given up'} {spoken(one.ended_on)}"


def my_answer(found: MyActions, at: date) -> str:
    """What waits for a worker of the supervision of children's cases, in one sentence."""
    late = sum(one.due_on < at for one in found.actions)
    if not found.actions and not found.to_confirm:
        return "Nothing that you undertook in supervision is open, and nothing waits for your word."
    said = f"{plural(len(found.actions), 'action of yours is', 'actions of yours are')} open"
    past = f", {late} past {'its' if late == 1 else 'their'} day" if late else ""
    so = "supervision waits for you to say that it was so", "supervisions wait for you to say that they were so"
    return sentence(f"{said}{past}; {plural(len(found.to_confirm), *so)}.")


def out_of_sight(found: MyActions) -> str:
    """That some of a worker's actions are for children whom they no longer see; empty where none is."""
    if not found.out_of_sight:
        return ""
    these = plural(found.out_of_sight, "more open action of yours is", "more open actions of yours are")
    return f"{these} for children whose record is no longer open to you. Ask your manager who takes them on."


def my_tables(found: MyActions, at: date, way: Callable[[str], str]) -> tuple[Table, Table]:
    """What a worker undertook and is open, by the day on which it is due; and what they have not confirmed."""
    return (
        Table(
            "actions",
            "Open actions",
            heads("Child", "What is to be done", "^By"),
            tuple(
                (
                    _child_of(found, one.child_id, way),
                    Cell(one.what, notes=(f"Undertaken {spoken(one.undertaken_on)}",)),
                    Cell(spoken(one.due_on), sort=one.due_on.toordinal(), notes=(sentence(due(one.due_on, at)),)),
                )
                for one in found.actions
            ),
            "Nothing that you undertook in supervision is open.",
        ),
        Table(
            "confirm",
            "Supervisions that wait for your word",
            heads("Child", "^On", "With", "What was decided"),
            tuple(
                (
                    _child_of(found, one.child_id, way),
                    Cell(spoken(one.happened_on), sort=one.happened_on.toordinal()),
                    Cell(found.workers[one.supervisor_id].name if one.supervisor_id else ""),
                    Cell(one.decision or "It was called off"),
                )
                for one in found.to_confirm
            ),
            "No supervision waits for you to say that it was so.",
        ),
    )


def _child_of(found: MyActions, child_id: str, way: Callable[[str], str]) -> Cell:
    child = found.children[child_id]
    return Cell(child.name, way(child.handle))


@dataclass(frozen=True)
class TypedSupervision:
    """What was typed of a supervision, kept whatever is wrong with it. Takes carried, the open actions in order."""

    number: str
    said: Mapping[str, str]
    between: Supervisable
    carried: Sequence[SupervisionAction]

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "").strip()

    @property
    def wanted(self) -> WantedSupervision:
        """What it means, as far as it can be read."""
        return WantedSupervision(
            self.number,
            day_typed(self["on"]),
            worker_meant(self.between.workers, self["worker"]),
            worker_meant(self.between.supervisors, self["supervisor"]),
            self["outcome"],
            self["form"],
            self["decision"],
            self["why"],
            self["present"],
            self["cancelled_by"],
            tuple(
                NewAction(self[f"what-{n}"], worker_meant(self.owners, self[f"owner-{n}"]), day_typed(self[f"due-{n}"]))
                for n in self._new
            ),
            tuple(
                EndedAction(one.action_id, self[f"end-{place}"] == "done", self[f"outcome-{place}"])
                for place, one in enumerate(self.carried, 1)
                if self[f"end-{place}"] in ("done", "given up")
            ),
        )

    @property
    def owners(self) -> list[WorkerRef]:
        """Who may be to do something: whoever works with the child, and whoever supervises."""
        return list({ref.worker_id: ref for ref in (*self.between.workers, *self.between.supervisors)}.values())

    @property
    def _new(self) -> list[int]:
        return [n for n in range(1, NEW + 1) if any(self[f"{part}-{n}"] for part in ("what", "owner", "due"))]

    def errors(self, today: date) -> dict[str, str]:
        """What is wrong with it, by the name of its field."""
        places = {f"{place}": n for place, n in enumerate(self._new, 1)}
        numbers = {one.action_id: place for place, one in enumerate(self.carried, 1)}
        found = {}
        for name, says in problems(self.wanted, today).items():
            part, _, rest = name.partition("-")
            if part in ("what", "owner", "due"):
                name = f"{part}-{places[rest]}"
            elif part == "outcome" and rest:
                name = f"outcome-{numbers[rest]}"
            found[name] = says
        return found

    def fields(self, errors: Mapping[str, str], today: date) -> tuple[Field, ...]:
        """What the form asks of the supervision."""
        field = FilledIn(self.__getitem__, errors).field
        about = "It stands on the child’s record. What is about the worker belongs into a note of personal supervision."
        forms = of_codes("supervision_form", self["form"], short=True)
        workers, supervisors = self.between.workers, self.between.supervisors
        called_off, outcomes = of_options(CALLED_OFF, self["cancelled_by"]), of_options(OUTCOMES, self["outcome"])
        day = f"Today is {spoken(today)}."
        return (
            field("outcome", "Was it held?", "radio", choices=outcomes),
            field("cancelled_by", "Who called it off, if it was", "select", choices=called_off),
            field("on", "Day on which it was held, or was to be", "date", day),
            field("form", "In which form?", "radio", choices=forms),
            field("worker", "Whose work was supervised?", "radio", choices=of_workers(workers, self["worker"])),
            field("supervisor", "Who held it?", "radio", choices=of_workers(supervisors, self["supervisor"])),
            field("present", "Who else took part", "text"),
            field("decision", "What was decided for the child", "textarea", about),
            field("why", "Why it was decided so", "textarea"),
        )

    def carried_forms(self, errors: Mapping[str, str], names: Mapping[str, WorkerRef]) -> list[CarriedForm]:
        """What the form asks of each action that was carried here."""
        field = FilledIn(self.__getitem__, errors).field
        return [
            CarriedForm(
                f"{one.what} {names[one.worker_id].name}, by {spoken(one.due_on)}.",
                (
                    field(f"end-{n}", "What came of it?", "radio", choices=of_options(ENDS, self[f"end-{n}"])),
                    field(f"outcome-{n}", "In a few words; why, if it is given up", "text"),
                ),
            )
            for n, one in enumerate(self.carried, 1)
        ]

    def new_forms(self, errors: Mapping[str, str]) -> list[tuple[Field, ...]]:
        """What the form asks of each new action."""
        field = FilledIn(self.__getitem__, errors).field
        return [
            (
                field(f"what-{n}", "What is to be done", "text"),
                field(f"owner-{n}", "Who is to do it", "select", choices=of_workers(self.owners, self[f"owner-{n}"])),
                field(f"due-{n}", "By which day", "date"),
            )
            for n in range(1, NEW + 1)
        ]
