"""Challenges to what is planned or done for children: the lists, stage by stage, and the forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial

from keyworker.actions.challenges import WantedChallenge, WantedStage, problems
from keyworker.actions.questions.challenges import Challenged, OpenChallenges
from keyworker.actions.writing import LONGEST
from keyworker.facts.challenges import Challenge, Stage
from keyworker.facts.pictures import WorkerRef
from keyworker.vocabulary.codes import codes
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Field, FilledIn, of_codes, of_workers, worker_meant
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import due, plural, sentence, spoken, spoken_instant

SHORTLY = f"In {LONGEST} characters or fewer."
READ_OUTSIDE = (
    "Where the agency raised this itself, its person reads your words, without your name. What is marked as not to be "
    "told outside is left out; say nothing else of the family that they need not know."
)
OFFICERS = "A reviewing officer’s dispute is resolved within 20 working days in all: its clock is among what is due."


@dataclass(frozen=True)
class Told:
    """One challenge as the page tells of it. Takes ways, what the reader may do: its words, and the address's name."""

    number: str
    heading: str
    what: str
    why: str
    stages: tuple[str, ...]
    ended: str
    written: str
    ways: tuple[tuple[str, str], ...]


def answer(found: Challenged, today: date) -> str:
    """What is open, in one sentence."""
    still = [one for one in found.challenges if one.is_open]
    if not found.challenges:
        return f"Nobody has challenged what is planned or done for {found.name}."
    if not still:
        return f"Every challenge about {found.name} has ended."
    late = sum(_is_late(one, today) for one in still)
    past = f" {sentence(plural(late, 'was', 'were'))} to be answered by now." if late else ""
    return f"{sentence(plural(len(still), 'challenge is', 'challenges are'))} open about {found.name}.{past}"


def _is_late(one: Challenge, today: date) -> bool:
    return one.stage is not None and one.stage.waits and one.stage.due_on < today


def told(found: Challenged, today: date) -> list[Told]:
    """Every challenge about a child, the latest first."""
    return [_told(found, one, today) for one in found.challenges]


def _told(found: Challenged, one: Challenge, today: date) -> Told:
    ways = [("Answer it", "challenge-answer")] if one.challenge_id in found.may_answer else []
    if one.challenge_id in found.may_end:
        ways += [("Take it to the next stage", "challenge-next"), ("End it", "challenge-end")]
    ended = ""
    if one.ended_on:
        outcome = codes("challenge_outcome").get(one.outcome or "", "It ended")
        ended = f"{outcome} on {spoken(one.ended_on)}: {one.outcome_says}"
        ended = " ".join(filter(None, (ended, found.not_told.get(one.challenge_id))))
    return Told(
        one.challenge_id,
        f"{spoken(one.raised_on)}: {_by(one)}",
        one.what,
        one.why,
        tuple(
            " ".join(
                filter(
                    None,
                    (
                        _stage(stage, found.workers, today, is_open=one.is_open),
                        found.not_told.get(stage.stage_id),
                    ),
                )
            )
            for stage in one.stages
        ),
        ended,
        f"Written down {spoken_instant(one.written_at)}, by {one.account}.",
        tuple(ways),
    )


def _by(one: Challenge) -> str:
    if one.agency:
        return codes("agency").get(one.agency, one.agency)
    return {"conference chair": "the conference chair", "reviewing officer": "the independent reviewing officer"}.get(
        one.raised_by, one.raised_by
    )


def _stage(stage: Stage, workers: Mapping[str, WorkerRef], today: date, *, is_open: bool) -> str:
    who = workers.get(stage.worker_id or "")
    where = codes("challenge_stage").get(stage.stage, stage.stage)
    first = f"{where}{f' ({who.name})' if who else ''}, since {spoken(stage.since_on)}"
    if stage.answered_on:
        said = codes("challenge_answer").get(stage.answer or "", "").lower()
        return f"{first}. Answered {spoken(stage.answered_on)} by {stage.written_by}, {said}: {stage.answer_says}"
    waits = f"To be answered by {spoken(stage.due_on)}: {due(stage.due_on, today)}." if is_open else "Not answered."
    return f"{first}. {waits}"


def open_answer(found: OpenChallenges, today: date) -> str:
    """What is open about all children in sight, in one sentence."""
    if not found.challenges:
        return "No challenge about a child whom you may see is open."
    late = sum(_is_late(one, today) for one in found.challenges)
    past = f" {sentence(plural(late, 'was', 'were'))} to be answered by now." if late else ""
    return f"{sentence(plural(len(found.challenges), 'challenge is', 'challenges are'))} open.{past}"


def open_table(found: OpenChallenges, today: date, way: Callable[[str], str]) -> Table:
    """The open challenges, by the day by which each is to be answered. No worker is named and none is counted."""
    rows = tuple(_open_row(found, one, today, way) for one in found.challenges)
    headings = heads("Child", "What is challenged", "By", "Stage", "^To be answered by")
    return Table("open", "Open challenges", headings, rows, "Nothing is challenged.")


def _open_row(found: OpenChallenges, one: Challenge, today: date, way: Callable[[str], str]) -> tuple[Cell, ...]:
    child, stage = found.children[one.child_id], one.stage
    waits = Cell("")
    if stage is not None and stage.waits:
        tone = "past" if stage.due_on < today else ""
        says = (sentence(due(stage.due_on, today)),)
        waits = Cell(spoken(stage.due_on), notes=says, sort=stage.due_on.toordinal(), tone=tone)
    elif stage is not None and stage.answered_on:
        answered = codes("challenge_answer").get(stage.answer or "", "")
        waits = Cell(f"Answered {spoken(stage.answered_on)}", notes=(answered,), sort=stage.due_on.toordinal())
    return (
        Cell(child.name, way(child.handle)),
        Cell(one.what, notes=(f"Raised {spoken(one.raised_on)}",)),
        Cell(sentence(_by(one))),
        Cell(codes("challenge_stage").get(stage.stage, stage.stage) if stage else ""),
        waits,
    )


@dataclass(frozen=True)
class TypedChallenge:
    """What was typed of a challenge, kept whatever is wrong with it. Takes worker, a worker's handle."""

    number: str
    raised_by: str
    agency: str
    on: str
    what: str
    why: str
    stage: str
    worker: str
    due: str

    @classmethod
    def of(cls, said: Mapping[str, str], number: str, today: str) -> TypedChallenge:
        """What a form says. Takes number and today, where it says nothing of them yet."""
        typed = {one.name: said.get(one.name, "").strip() for one in fields(cls)}
        return cls(**{**typed, "number": typed["number"] or number, "on": said.get("on", today).strip()})

    def wanted(self, owners: Sequence[WorkerRef]) -> WantedChallenge:
        """The challenge that it means, as far as it can be read."""
        first = self.wanted_stage(owners)
        return WantedChallenge(self.number, day_typed(self.on), self.raised_by, self.what, self.why, first, self.agency)

    def wanted_stage(self, owners: Sequence[WorkerRef]) -> WantedStage:
        """The stage that it means."""
        return WantedStage(self.stage, worker_meant(owners, self.worker), day_typed(self.due))

    def errors(self, owners: Sequence[WorkerRef], today: date) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed."""
        return problems(self.wanted(owners), today)

    def fields(self, owners: Sequence[WorkerRef], errors: Mapping[str, str]) -> tuple[Field, ...]:
        """The fields of the form, in the order in which they are asked."""
        field = FilledIn(partial(getattr, self), errors).field
        agencies = of_codes("agency", self.agency)
        return (
            field("raised_by", "Who raises it?", "radio", choices=of_codes("challenger", self.raised_by)),
            field("agency", "Which agency", "select", "Only where it is one.", agencies),
            field("on", "The day on which it was raised", "date"),
            field("what", "What do they not accept, and what do they ask for?", "textarea", SHORTLY),
            field("why", "Why", "textarea", SHORTLY),
            *self.stage_fields(owners, errors),
        )

    def stage_fields(self, owners: Sequence[WorkerRef], errors: Mapping[str, str]) -> tuple[Field, ...]:
        """The fields that ask for a stage."""
        field = FilledIn(partial(getattr, self), errors).field
        who = of_workers(owners, self.worker)
        nobody = "Nobody needs to be named: the stage says with whom it is."
        return (
            field("stage", "At which stage?", "radio", choices=of_codes("challenge_stage", self.stage)),
            field("worker", "Who is to answer it", "select", nobody, who),
            field("due", "By which day", "date"),
        )


def ending_fields(
    name: str, of: str, label: str, says_label: str, typed: Mapping[str, str], errors: Mapping[str, str]
) -> tuple[Field, ...]:
    """What is asked when a challenge is answered or ends. Takes name and of, the field and its code list."""
    return (
        Field(name, label, "radio", typed[name], "", errors.get(name, ""), of_codes(of, typed[name])),
        Field("says", says_label, "textarea", typed["says"], SHORTLY, errors.get("says", "")),
        Field("on", "On which day", "date", typed["on"], "", errors.get("on", "")),
    )
