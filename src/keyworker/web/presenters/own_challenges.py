"""What another agency challenged itself: the list on its own page, and the forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from keyworker.actions.questions.own_challenges import OwnChallenges
from keyworker.facts.challenges import Challenge, Stage
from keyworker.vocabulary.codes import codes
from keyworker.web.presenters.challenges import SHORTLY, TypedChallenge
from keyworker.web.presenters.fields import Field, of_codes
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import due, spoken

TOLD = (
    "Whoever manages the child’s team sees this, with the name of your sign-in, and must answer by the day that you "
    "ask for. You see the answer here, and nothing more of the child. If it does not settle it, take it further."
)
Way = Callable[[Challenge], str]


def table(found: OwnChallenges, today: date, further: Way, end: Way) -> Table:
    """What somebody challenged for another agency, the latest first."""

    def row(one: Challenge) -> tuple[Cell, ...]:
        return (
            Cell(found.told_as.get(one.child_id, "A child whom you may no longer see")),
            Cell(one.what, notes=(one.why, f"Raised {spoken(one.raised_on)}")),
            _stands(one, today),
            Cell("Take it further", further(one)) if one.is_open else Cell("–"),
            Cell("Say how it ended", end(one)) if one.is_open else Cell("–"),
        )

    return Table(
        "challenged",
        "What you challenged",
        heads("For", "What you do not accept", "How it stands", "If it is not settled", "If it is"),
        tuple(map(row, found.challenges)),
        "You have challenged nothing.",
    )


def _stands(one: Challenge, today: date) -> Cell:
    notes = tuple(_stage(stage, today) for stage in reversed(one.stages))
    if not one.is_open:
        said = codes("challenge_outcome").get(one.outcome or "", "It ended")
        ended = f"{said} on {spoken(one.ended_on)}" if one.ended_on else said
        return Cell(ended, notes=(*filter(None, (one.outcome_says,)), *notes))
    stage = one.stage
    is_late = stage is not None and stage.waits and stage.due_on < today
    waits = "Waits for an answer" if stage is None or stage.waits else "Answered: say whether that settles it"
    return Cell(waits, notes=notes, tone="past" if is_late else "")


def _stage(stage: Stage, today: date) -> str:
    named = codes("challenge_stage").get(stage.stage, stage.stage)
    if stage.waits or stage.answered_on is None:
        return f"{named}, since {spoken(stage.since_on)}: {due(stage.due_on, today)}"
    said = codes("challenge_answer").get(stage.answer or "", "Answered")
    return f"{named}, {spoken(stage.answered_on)}: {said}. {stage.answer_says or ''}"


def new_fields(typed: TypedChallenge, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What is asked of another agency that raises a challenge."""
    what = "What do you not accept, and what do you ask for?"
    return (
        Field("what", what, "textarea", typed.what, SHORTLY, errors.get("what", "")),
        Field("why", "Why?", "textarea", typed.why, SHORTLY, errors.get("why", "")),
        Field("due", "By which day do you ask for an answer?", "date", typed.due, error=errors.get("due", "")),
    )


def next_fields(typed: TypedChallenge, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What is asked as it is taken further."""
    stages = of_codes("challenge_stage", typed.stage)
    return (
        Field("stage", "To whom?", "radio", error=errors.get("stage", ""), choices=stages),
        Field("due", "By which day do you ask for an answer?", "date", typed.due, error=errors.get("due", "")),
    )
